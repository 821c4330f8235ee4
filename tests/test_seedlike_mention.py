"""The same quantity stated twice: agreement, plain contradiction, and scopes that are not to be compared."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from fusuan import checks, patterns, relations
from fusuan.model import Block, Cell, Document, Paragraph, Place, Table


def table(rows: list[list[str]]) -> Table:
    cells = (Cell(t, Place(table=1, row=r, column=c)) for r, row in enumerate(rows) for c, t in enumerate(row))
    return Table(tuple(cells), len(rows), len(rows[0]), Place(table=1))


def judged(*parts: str | list[list[str]]) -> list[tuple[str, str, str]]:
    blocks: list[Block] = [Paragraph(p, Place(paragraph=n)) if isinstance(p, str) else table(p) for n, p in enumerate(parts, 1)]
    found = [s for s in relations.find(patterns.find(Document("", "", tuple(blocks)))).statements if s.kind == "mention" and s.certainty is None]
    return [(f.label, f.stated.text, f.verdict.value) for f in checks.run(found)]


SPENT = [["项目", "2022年决算"], ["公务接待费", "14.20"], ["会议费", "6.05"], ["培训费", "23.77"]]
MENTIONS = [
    (["在职人员控制率为100%。", "在职人员控制率=18/24×100%=75%。"], [("cross", "100%", "broken")]),
    (["在职人员控制率为75%。", "在职人员控制率=18/24×100%=75%。"], [("cross", "75%", "holds")]),
    (["“三公经费”控制率0.9%。", "三公”经费控制率＝0.18/20×100%=0.9%。"], [("cross", "0.9%", "holds")]),
    (["合同价款肆拾伍万元整（￥450000元）。"], [("caps", "肆拾伍万元整", "holds")]),
    (["合同价款肆拾伍万元整（￥540000元）。"], [("caps", "肆拾伍万元整", "broken")]),
    (["安排资金1234560元（123.46万元）。"], [("unit", "123.46万元", "holds")]),
    (["安排资金1234560元（1234.56万元）。"], [("unit", "1234.56万元", "broken")]),
    (["2022年公务接待费14.20万元，会议费6.05万元，培训费23.77万元。", SPENT],
     [("cross", "14.20万元", "holds"), ("cross", "6.05万元", "holds"), ("cross", "23.77万元", "holds")]),
    (["2022年公务接待费14.20万元，会议费6.05万元，培训费25万元。", SPENT],
     [("cross", "14.20万元", "holds"), ("cross", "6.05万元", "holds"), ("cross", "25万元", "broken")]),
    (["2022年公务接待费14.2万元，会议费6.1万元，培训费24万元。", SPENT],
     [("cross", "14.2万元", "holds"), ("cross", "6.1万元", "holds"), ("cross", "24万元", "holds")]),
]
NOT_COMPARED = [
    ["在职人员控制率≤100%得满分。", "在职人员控制率=18/24×100%=75%。"],
    ["2021年在职人员控制率为80%。", "2022年在职人员控制率=18/24×100%=75%。"],
    ["上年公务接待费15.30万元，本年公务接待费14.20万元。", SPENT],
    ["2022年本级公务接待费3.10万元，会议费1.05万元，培训费3.77万元。", SPENT],
    ["2021年公务接待费14.30万元，会议费6.15万元。", SPENT],
    ["2022年一般公共预算财政拨款收入30.55万元，政府性基金预算财政拨款收入30.56万元。"],
    ["2022年公用经费预算12.50万元。", "2022年公用经费决算12.30万元。"],
    ["收入12万元（其中财政拨款11万元）。"],
    ["总投资1300万元（1.3亿元为二期）。"],
    ["在职人员控制率100%（2021年）。", "在职人员控制率=18/24×100%=75%。"],
    ["2022年公务接待费14.20万元，会议费6.05万元，培训费23.77万元。",
     "2022年公务接待费预算15.20万元，会议费预算6.05万元，培训费预算23.77万元。"],
]


@pytest.mark.parametrize(("parts", "expected"), MENTIONS)
def test_stated_twice(parts: list[str | list[list[str]]], expected: list[tuple[str, str, str]]) -> None:
    assert judged(*parts) == expected


@pytest.mark.parametrize("parts", NOT_COMPARED)
def test_other_scopes_are_no_contradiction(parts: list[str | list[list[str]]]) -> None:
    assert not [f for f in judged(*parts) if f[2] == "broken"]


def test_many_mentions_cost_linear_time(linear: Callable[..., None]) -> None:
    from fusuan.patterns import Text
    from fusuan.relations import twice
    from fusuan.relations.passages.prose import passage

    def work(size: int) -> None:
        lines = [f"2022年公务接待费{n}.5万元，会议费6.05万元，培训费{n}万元。" for n in range(size)]
        list(twice.find([passage([Text.of(Paragraph(t, Place(paragraph=n))) for n, t in enumerate(lines)])], ()))

    linear(work, 100)
