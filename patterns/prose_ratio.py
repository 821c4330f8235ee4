"""文中比例“几比一”：生师比25.1:1、医护比1:1.2，按文中学生数与教师数、医生数与护士数核对。

两数按名称从同句、前文或其后括号寻找，只作参考；分担比例（8:2）、招投标评分等不算。

>>> from model import Document, Paragraph, Place
>>> def found(*lines):
...     document = Document("", "", tuple(Paragraph(line, Place(paragraph=n)) for n, line in enumerate(lines, 1)))
...     return [(s.stated.text, [f.text for f in s.figures[1:]]) for s in find(Report(document))]
>>> found("在校学生1512人，专任教师63人，生师比24:1。"), found("医生40人、护士48人，医护比为1：1.2。")
([('24:1', ['1512人', '63人'])], [('1：1.2', ['48人', '40人'])])
>>> found("按8:2的比例分担，中央88万元，县级22万元。")
[]
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

import regex

from model import Figure, Reading, Statement
from patterns._counts import Told
from patterns._prose import prose_of
from patterns._report import Report, Text

_RATIO = regex.compile(r"(?P<a>[生师医护床患警辅])(?P<b>[生师医护床患警辅])比[^,;。:0-9]{0,16}?(?:\([^()0-9]{1,12}\)|[^,;。0-9]{0,12}人计算)?"
                       r"[^,;。0-9]{0,4}(?P<x>[0-9]{1,4}(?:\.[0-9]{1,3})?)\s?:\s?(?P<y>[0-9]{1,4}(?:\.[0-9]{1,3})?)(?![0-9.:])")
_WHO = {"生": r"在校生|学生|在校|幼儿|学员", "师": r"专任教师|教师|教职工|教职员工", "医": r"医生|医师", "护": r"护士|护师|护理", "床": r"床位|病床", "患": r"患者|病人",
        "警": r"民警", "辅": r"辅警"}
_PER_SO_MANY = regex.compile(r"[0-9]++(?=人计算)")


def find(report: Report) -> Iterator[Statement]:
    for prose in prose_of(report):
        told: list[Told] = []
        for index, text in enumerate(prose.texts):
            told = (told + prose.told[index])[-80:] if text.figures else told
            for match in _ratios(text):
                yield from _statement(text, index, match, told)


def _ratios(text: Text) -> Iterator[regex.Match[str]]:
    # 按专任教师591人计算: the count inside is no part of the ratio
    if "比" in text.folded:
        yield from _RATIO.finditer(_PER_SO_MANY.sub(lambda m: "·" * len(m.group()), text.folded))


def _statement(text: Text, index: int, match: regex.Match[str], told: Sequence[Told]) -> Iterator[Statement]:
    value, over = Decimal(match["x"]), Decimal(match["y"])
    one, above, below = ("y", match["a"], match["b"]) if over == 1 else ("x", match["b"], match["a"])
    if 1 not in (value, over) or above == below:
        return
    digits = match["y" if one == "x" else "x"]
    printed = text.paragraph.text[match.start("x"):match.end("y")]
    name = match["a"] + match["b"] + "比"
    stated = Figure(printed, Decimal(digits), "", len(digits.partition(".")[2]), text.paragraph.place, (match.start("x"), match.end("y")), name)
    ways = [Reading({"dividend": (a.figure,), "divisors": (b.figure,)}) for a in _counts(above, told) for b in _counts(below, told) if a is not b]
    if ways:
        start = max(text.folded.rfind("。", 0, match.start()), text.folded.rfind("\n", 0, match.start())) + 1
        yield Statement("product", "rate", stated, tuple(ways[:4]), text.paragraph.text[start:match.end()].strip(), guess=True)


def _counts(who: str, told: Sequence[Told]) -> list[Told]:
    """The counts of such people told before, wholes before parts, the nearest first."""
    found = [t for t in reversed(told) if t.figure.unit in ("人", "位", "张") and t.figure.value > 0 and not t.per
             and regex.search(_WHO[who], t.said.pre[-12:] + "|" + t.said.post[:6])]
    return sorted(found, key=lambda t: bool(t.part or t.depth))[:2]
