"""文中不写等号的算式：发放慰问金2.46万元（30人×500元+12人×800元）；按8人×1800元×3个月共计43200元；得8.54分（10分×85.41%）。

算式须紧跟在金额后的括号里，或后接“计、共计、合计、需”与金额；写了等号的由算式一类核对。

>>> from fusuan.model import Document, Paragraph, Place
>>> def found(*lines):
...     document = Document("", "", tuple(Paragraph(line, Place(paragraph=n)) for n, line in enumerate(lines, 1)))
...     return [(s.stated.text, s.facts["expression"], [f.text for f in s.figures[1:]]) for s in find(Report(document))]
>>> found("发放慰问金2.46万元（30人×500元+12人×800元）。")
[('2.46万元', '#×#+#×#', ['30人', '500元', '12人', '800元'])]
>>> found("保安工资按8人×1800元×3个月计43200元；得分5分（权重×50%）。")
[('43200元', '#×#×#', ['8人', '1800元', '3个月'])]
>>> found("预算执行率得8.54分（10分×85.41%）。")
[('8.54分', '#×#', ['10分', '85.41%'])]
>>> found("新建管网（DN300×4）320米，规格3.5×1.2米，共计12套。"), found("工资8人×1800元=14400元。")
([], [])
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import regex

from fusuan.model import Figure, Reading, Statement
from fusuan.patterns._prose import prose_of
from fusuan.patterns._report import Report, Text
from fusuan.patterns.names.words import clean

_NUMBER = r"[0-9][0-9,.]*+[^0-9+×*xX=≈,;。:()、\n]{0,8}+"
_WORKED = regex.compile(rf"{_NUMBER}(?:[+×*xX]{_NUMBER})+")
_CLOSES = regex.compile(r"\)?[,\s]*(?:共?计|合计|总计|共需?|需|即|小计|应[发付]|共)(?:支出|发放|资金|补助|补贴|支付|金额|为|需)*\s*$")
_TIMES = regex.compile(r"[×*xX]")
_SIGNS = regex.compile(r"[+×*xX]")


def find(report: Report) -> Iterator[Statement]:
    for prose in prose_of(report):
        for text in prose.texts:
            if _TIMES.search(text.folded) and len(text.figures) >= 3:
                yield from _of_text(text)


def _of_text(text: Text) -> Iterator[Statement]:
    for match in _WORKED.finditer(text.folded):
        inside = [f for f in text.figures if match.start() <= f.span[0] and f.span[1] <= match.end()]
        signs = _SIGNS.findall(match.group())
        money = [f for f in inside if f.unit.partition("/")[0] in ("元", "万元", "分")]
        if len(inside) != len(signs) + 1 or not money or set(signs) == {"+"} or any(f.sign or not f.unit for f in inside):
            continue
        stated = _total(text, match, inside, money[0].dimension)
        if stated is None:
            continue
        operands = tuple(replace(f, unit=f.unit.partition("/")[0]) for f in inside)
        expression = "#" + "".join(("+" if sign == "+" else "×") + "#" for sign in signs)
        yield Statement("formula", "score_rule" if stated.unit == "分" else "sum", stated, (Reading({"operands": operands}),),
                        text.quote(min(stated.span[0], match.start()), max(match.end(), stated.span[1]), "。;\n"), {"expression": expression})


def _total(text: Text, match: regex.Match[str], inside: list[Figure], kind: str) -> Figure | None:
    """The amount right before the bracket that holds the working, else the one it is said to come to."""
    before = next((f for f in reversed(text.figures) if f.span[1] <= match.start()), None)
    rest = text.folded[match.end():match.end() + 1]
    if before is not None and before.dimension == kind and rest in (")", ",", ";", "。") \
            and regex.fullmatch(r"\s*\((?:按|即|按照)?[\u4e00-\u9fff]{0,8}:?", text.folded[before.span[1]:match.start()]):
        return _named(text, before)
    after = next((f for f in text.figures if f.span[0] >= match.end()), None)
    tail = regex.search(r"[^0-9]*$", inside[-1].text)
    gap = text.folded[inside[-1].span[1]:after.span[0]] if after is not None and tail is not None else ""
    return _named(text, after) if after is not None and after.dimension == kind and len(gap) <= 16 and _CLOSES.fullmatch(gap) else None


def _named(text: Text, figure: Figure) -> Figure:
    return replace(figure, name=clean(regex.split(r"[,;。:\n()]", text.folded[max(0, figure.span[0] - 30):figure.span[0]])[-1]))
