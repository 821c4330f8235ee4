"""文字与数字的方向：“比年初预算略有增加”“控制在预算范围内”“决算数小于预算数”，对照前后文中该项的两个数。

只认没有跟数字的增减（跟数字的由增减一类核对）；项目名称在别处没有成对的数的不判；下年打算、应当、力争的不判。

>>> from fusuan.model import Document, Paragraph, Place
>>> def found(*lines):
...     document = Document("", "", tuple(Paragraph(line, Place(paragraph=n)) for n, line in enumerate(lines, 1)))
...     return [(s.stated.text, s.facts["direction"], [f.text for f in s.figures]) for s in find(Report(document))]
>>> found("公务接待费年初预算5万元，实际支出3万元。", "因此公务接待费比年初预算略有增加。")
[('比年初预算略有增加', '+', ['3万元', '5万元'])]
>>> found("公务接待费实际支出3万元。", "公务接待费比年初预算略有增加。"), found("公务接待费比上年增加2万元。")
([], [])
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from fusuan.model import Reading, Statement, Words
from fusuan.patterns._items import Item
from fusuan.patterns._prose import Prose, prose_of
from fusuan.patterns._report import Report, Text
from fusuan.patterns.names.likeness import basis_of, core
from fusuan.patterns.names.names import canonical, figure_name

_UP, _DOWN = "增加|增长|上升|提高|超支|超出|超过|上涨", "减少|下降|降低|节约|节支|压减|下降了|减少了"
_MOVED = regex.compile(
    rf"(?:比|较|与|同)(?P<base>(?:年初)?预算|年初批复预算|上年度?|去年)(?:数|安排数|同期|决算数?|支出)?(?:相比)?,?(?:总体|均|都|基本)?"
    rf"(?:略|稍|小幅|大幅|明显|大大|逐步|微)?(?:有)?(?:所|大幅度?|明显|小幅)?(?P<word>(?P<up>{_UP})|(?P<down>{_DOWN})|(?P<level>持平|相同|一致))"
    r"(?!率|额|数|幅|了?\s?[0-9]|[^,;。]{0,4}[0-9]|的(?:是|有))")
_WITHIN = regex.compile(
    r"(?:各项?)?(?:支出|费用|经费)?(?:均|都|全部)?(?:严格|有效)?(?:控制在|没有超[出过]?|未超[出过]?|未突破|不超[出过]?)(?:了)?"
    r"(?P<base>(?:年初)?预算|上年度?|去年)(?:数|总额|支出|安排)?(?:范围|额度|指标|标准|控制)?(?:之内|以内|内)?(?![^,;。]{0,3}[0-9])")
_SIDES = regex.compile(
    r"(?:决算|支出决算|实际支出|执行)数?(?:(?P<up>大于|高于|多于|超过)|(?P<down>小于|低于|少于)|(?P<level>等于))(?P<base>(?:年初|全年)?预算)数?(?!的?[0-9])")
_NOT = regex.compile(r"下年|明年|下一年|往年|预计|应当?|力争|确保|要求|不得|如果|若|原则|今后|继续|防止|避免|是否|≤|≥|得分|计[0-9]")


def find(report: Report) -> Iterator[Statement]:
    for prose in prose_of(report):
        by_name = _by_name(prose)
        by_text: dict[int, list[Item]] = {}
        for item in prose.items:
            by_text.setdefault(item.text, []).append(item)
        for index, text in enumerate(prose.texts):
            for pattern in (_MOVED, _WITHIN):
                for match in pattern.finditer(text.folded):
                    yield from _named(by_name, text, match)
            for match in _SIDES.finditer(text.folded):
                yield from _before(by_text.get(index, []), text, match)


def _direction(match: regex.Match[str]) -> str:
    groups = match.groupdict()
    if "up" not in groups:
        return "≤"
    return "+" if groups["up"] else "-" if groups["down"] else "="


def _clause(text: Text, match: regex.Match[str]) -> str:
    head = max((text.folded.rfind(stop, 0, match.start()) for stop in ",;。:\n!"), default=-1) + 1
    return text.folded[max(head, match.start() - 60):match.start()]


def _named(by_name: dict[str, list[Item]], text: Text, match: regex.Match[str]) -> Iterator[Statement]:
    """A direction said of a named item, whose two amounts stand elsewhere."""
    clause = _clause(text, match)
    if not clause or _NOT.search(clause) or _NOT.search(text.folded[match.end():match.end() + 6]):
        return
    name = figure_name(regex.sub(r"(?:各|总|的)?(?:项)?(?:费用|支出|总额|经费)?$", "", clause)) if match.re is _WITHIN else ""
    known = canonical(name) or canonical(figure_name(clause))
    if known is None:
        return
    pairs = [pair for item in by_name.get(core(known), [])[:12] if _of_year(item, clause) for pair in _pairs(item, match["base"])]
    yield from _statement(text, match, pairs[:6], known, guess=False)


def _by_name(prose: Prose) -> dict[str, list[Item]]:
    """The items with two amounts or more, by what makes their name itself."""
    found: dict[str, list[Item]] = {}
    for item in prose.items:
        if len(item.said) > 1 and (name := core(canonical(item.name) or item.name)):
            found.setdefault(name, []).append(item)
    return found


def _of_year(item: Item, clause: str) -> bool:
    years = regex.findall(r"(?:19|20)[0-9]{2}(?=\s?年)", clause)
    return not years or not item.year or item.year in years


def _pairs(item: Item, base: str) -> list[Reading]:
    """The amounts of an item now and before, as the words compare them."""
    money = [s for s in item.money if s.figure.sign not in ("≥", "≤", "≈")]
    if "预算" in base:
        budgets = [s for s in money if basis_of(s.name) in ("budget", "adjusted") or
                   s is item.amount and basis_of(item.name) == "budget"]
        done = [s for s in money if s not in budgets]
    else:
        budgets = [s for s in item.of("prior") if s.figure.dimension == "money"]
        done = [s for s in money if basis_of(s.name) not in ("budget", "adjusted")]
    return [Reading({"now": (a.figure,), "before": (b.figure,)}) for a in done[:2] for b in budgets[:2]]


def _before(items: Sequence[Item], text: Text, match: regex.Match[str]) -> Iterator[Statement]:
    """决算数小于预算数: of the item right before in this paragraph, or of the one the paragraph opens with."""
    if _NOT.search(_clause(text, match)):
        return
    near = [i for i in items if i.said[0].start < match.start() and _pairs(i, "预算")]
    readings = [pair for item in [*near[-1:], *near[:1]] for pair in _pairs(item, "预算")]
    yield from _statement(text, match, readings, near[-1].name if near else "", guess=len(near) != 1)


def _statement(text: Text, match: regex.Match[str], readings: Sequence[Reading], name: str, guess: bool) -> Iterator[Statement]:
    if not readings:
        return
    words = Words(text.paragraph.text[match.start():match.end()], text.paragraph.place, match.span(), name)
    start = max((text.folded.rfind(stop, 0, match.start()) for stop in ",;。:\n!"), default=-1) + 1
    yield Statement("trend", "trend", words, tuple(readings), text.paragraph.text[start:match.end()].strip(),
                    {"direction": _direction(match)}, guess=guess)
