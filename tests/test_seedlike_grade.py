"""Grades against scores: by the report's own bands first, else by the general ones, where only the plain case is broken."""

import pytest

from fusuan import checks, patterns
from fusuan.model import Document, Paragraph, Place

OWN = "评分90（含）-100分为优，75（含）-90分为良，60（含）-75分为中，60分以下为差。"


def judged(*lines: str) -> list[tuple[str, str]]:
    document = Document("", "", tuple(Paragraph(line, Place(paragraph=n)) for n, line in enumerate(lines, 1)))
    found = [s for s in patterns.find(document).statements if s.kind == "grade"]
    return [(f.stated.text, f.verdict.value) for f in checks.run(found)]


@pytest.mark.parametrize(("lines", "expected"), [
    (["总得分93.5分，评价等级为“优”。"], [("优", "holds")]),
    (["自评得分93.5分。", "评价等次为良好。"], [("良好", "broken")]),
    (["综合评价得分为87分，自评等级为优。"], [("优", "doubtful")]),
    (["综合评价得分为77分，自评等级为优。"], [("优", "broken")]),
    ([OWN, "综合评价得分为78分，自评等级：良。"], [("良", "holds")]),
    ([OWN, "综合评价得分为87分，自评等级为“优”。"], [("优", "broken")]),
    (["总分90分，绩效评价结果为优秀。"], [("优秀", "holds")]),
    (["总得分55分，评价等级为“中”。"], [("中", "broken")]),
    (["总得分98分。评价等为“优”。"], [("优", "holds")]),
])
def test_grades(lines: list[str], expected: list[tuple[str, str]]) -> None:
    assert judged(*lines) == expected


@pytest.mark.parametrize("line", [
    "我单位在全县年度考核中被评为优秀等次。",
    OWN,
    "总得分85分，等级：优□良□中□差□",
    "评价结果分为优、良、中、差四个等级，总分100分。",
    "空气质量优良天数比例达到95%，自评得分80分。",
])
def test_what_states_no_grade(line: str) -> None:
    assert judged(line) == []
