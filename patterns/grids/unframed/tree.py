"""Score tables whose groups carry their points in brackets, copied out as text: the tree of groups and rows.

How many points follow one another before the rows of a group tells its level: 过程(30分) 管理(20分) 制度 5 5 opens two, the
next 资金(10分) 合规 10 9 the lower one again. Names may stand before or after their points.

>>> text = "决策(20分) 立项(12分) 依据 6 6 程序 6 5 目标(8分) 明确性 8 8 过程(30分) 资金(10分) 合规 10 9 制度(20分) 健全 20 20"
>>> tree = tree_of(text)
>>> [(text[g.span[0]:g.span[1]], g.value, len(g.groups), [r.weight for r in g.rows]) for g in tree.all()][:3]
[('20分', Decimal('20'), 2, []), ('12分', Decimal('12'), 0, [Decimal('6'), Decimal('6')]), ('8分', Decimal('8'), 0, [Decimal('8')])]
>>> tree_of("依据(1)进行调查(2)走访 5 5") is None
True

A group of one row:

>>> text = "决策(20分) 立项(12分) 依据(12分) 9 目标(8分) 明确(8分) 7 过程(30分) 资金(30分) 合规(30分) 29 产出(50分) 完成率(50分) 48 合计 93"
>>> [(g.value, [child.value for child in g.groups]) for g in tree_of(text).groups]
[(Decimal('20'), [Decimal('12'), Decimal('8')]), (Decimal('30'), [Decimal('30')]), (Decimal('50'), [])]
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import accumulate, chain

import regex

from fusuan.model import Figure
from fusuan.patterns._report import Report, Text

Span = tuple[int, int]
_HEAD = regex.compile(r"(?P<open>\(\s{0,3})?(?<![0-9.])(?P<points>[0-9]{1,3}(?:\.[0-9])?\s{0,2}(?P<unit>分)?)\s{0,3}\)")
_NUMBER = regex.compile(r"(?<!\S)[0-9]{1,3}(?:\.[0-9]{1,2})?(?!\S)")
_TOTAL = regex.compile(r"总\s?分|合\s?计|总\s?计")
_WORD = regex.compile(r"[\u4e00-\u9fff]")
_MOST = 4000
_LONGEST = 200


@dataclass(slots=True)
class Marked:
    """A row: its full mark, and the mark earned where one is printed."""

    weight: Decimal
    span: Span
    earned: Decimal | None = None
    earned_span: Span = (0, 0)


@dataclass(slots=True)
class Group:
    """A group: its points, where they are printed, the groups or rows right under it. `odd`: a row has not what others have."""

    value: Decimal
    span: Span
    groups: list[Group] = field(default_factory=list)
    rows: list[Marked] = field(default_factory=list)
    odd: bool = False

    def all(self) -> Iterator[Group]:
        """Itself (but for the root) and every group below."""
        if self.span[1]:
            yield self
        for group in self.groups:
            yield from group.all()

    def marks(self) -> Iterator[Marked]:
        yield from self.rows
        for group in self.groups:
            yield from group.marks()

    @property
    def parts(self) -> list[tuple[Decimal, Span]]:
        return [(g.value, g.span) for g in self.groups] or [(r.weight, r.span) for r in self.rows]

    @property
    def own(self) -> Decimal:
        """What its members add up to."""
        return sum((value for value, _ in self.parts), Decimal(0))


@dataclass(slots=True)
class Whole(Group):
    """The whole of a table: `total` is what its last line prints (full mark and mark, or one of them).

    `cut`: a group without rows closes it.
    """

    total: tuple[tuple[Decimal, Span], ...] = ()
    end: int = 0
    cut: bool = False


def trees(report: Report) -> Iterator[tuple[Joined, Whole]]:
    """Yield the score tables of a report, each with the text it stands in."""
    for joined in _joined(report):
        start = 0
        for _ in range(12):
            tree = tree_of(joined.text, start)
            if tree is None or tree.end <= start:
                break
            yield joined, tree
            start = tree.end


@dataclass(frozen=True, slots=True)
class Joined:
    """Consecutive paragraphs as one text, each with where it begins there."""

    text: str
    parts: tuple[tuple[int, Text], ...]

    def figure(self, value: Decimal, span: Span) -> Figure:
        start, text = next((at, t) for at, t in reversed(self.parts) if at <= span[0])
        own = span[0] - start, span[1] - start
        shown = text.paragraph.text[own[0]:own[1]]
        decimals = max(0, -int(value.as_tuple().exponent))
        return Figure(shown, value, "分", decimals, text.paragraph.place, own)

    def quote(self, group: Group) -> str:
        end = max((span[1] for _, span in group.parts), default=group.span[1])
        line = self.text.rfind("\n", 0, group.span[0]) + 1
        return self.text[max(line, group.span[0] - 12):end][:400]


def _joined(report: Report) -> Iterator[Joined]:
    """The runs of paragraphs that may be a score table: bare numbers and brackets in lines that are no sentences."""
    held: list[Text] = []
    for text in [*report.texts, None]:
        if text is not None and (len(text.folded) <= _LONGEST or text.folded.count("分)") >= 3):
            held.append(text)
            continue
        if sum(t.folded.count(")") for t in held) >= 3:
            yield _together(held)
        held = []


def _together(texts: list[Text]) -> Joined:
    parts, at = [], 0
    for text in texts:
        parts.append((at, text))
        at += len(text.folded) + 1
    return Joined("\n".join(t.folded for t in texts), tuple(parts))


@dataclass(frozen=True, slots=True)
class _Item:
    """A piece of the text: points in brackets, a run of bare numbers, or the word of a total."""

    kind: str
    values: tuple[tuple[Decimal, Span], ...]


def tree_of(text: str, start: int = 0) -> Whole | None:
    """The tree of a score table that begins somewhere behind `start`; None where there is none."""
    items, end = _items(text, start)
    heads = [item for item in items if item.kind == "head"]
    usual = Counter(len(item.values) for item in items if item.kind == "row").most_common(1)
    if len(heads) < 3 or not usual or sum(item.kind == "row" for item in items) < 3 or "分" not in text:
        return None
    tree = Whole(Decimal(0), (0, 0), end=end, cut=items[-1].kind == "head")
    tree.total = next((item.values for before, item in zip(items, items[1:], strict=False)
                       if before.kind == "total" and item.kind == "row"), ())
    lone = usual[0][0] == 1
    _grow(tree, items, lone)
    return tree


def _items(text: str, start: int) -> tuple[list[_Item], int]:
    """The pieces of a table up to its total, and where they end."""
    found: list[_Item] = []
    stop = min(len(text), start + _MOST)
    matches = sorted([*((m.start(), "head", m) for m in _HEAD.finditer(text, start, stop)),
                      *((m.start(), "row", m) for m in _NUMBER.finditer(text, start, stop)),
                      *((m.start(), "total", m) for m in _TOTAL.finditer(text, start, stop))], key=lambda m: m[0])
    bracketed = sum(bool(m["unit"]) for _, kind, m in matches if kind == "head")
    last = start
    for at, kind, match in matches:
        if at < last:
            continue
        if found and found[-1].kind == "total" and (kind != "row" or _WORD.search(text, last, at)):
            break
        if kind == "head" and (match["unit"] or bracketed >= 2 and match["open"] and len(match["points"].strip()) > 1
                               or bracketed >= 2 and regex.search(r"\(\s*$", text[max(start, at - 4):at])):
            found.append(_Item("head", (_number(match, "points"),)))
        elif kind == "row" and found and found[-1].kind == "row" and not _WORD.search(text, last, at):
            found[-1] = _Item("row", (*found[-1].values, _number(match, 0)))
        elif kind != "head":
            found.append(_Item(kind, (_number(match, 0),) if kind == "row" else ()))
        else:
            continue
        last = match.end()
    return [_without_page(item, text) for item in found], last


def _number(match: regex.Match[str], group: str | int) -> tuple[Decimal, Span]:
    digits = regex.sub(r"[^0-9.]", "", match[group])
    start, end = match.span(group)
    return Decimal(digits), (start, start + len(match[group].rstrip()) if end else end)


def _without_page(item: _Item, text: str) -> _Item:
    """Drop the number of a page: the third of three, first in its line."""
    if item.kind == "row" and len(item.values) == 3:
        at = item.values[2][1][0]
        if "\n" in text[item.values[1][1][1]:at] and item.values[2][0] == int(item.values[2][0]):
            return _Item("row", item.values[:2])
    return item


def _grow(tree: Whole, items: Sequence[_Item], lone: bool) -> None:
    """Hang groups and rows where they belong. `lone`: rows carry their full mark in brackets, as groups do."""
    runs = _runs(items, lone)
    deep = max((len(heads) for heads, _ in runs), default=1)
    path: list[Group] = [tree]
    for heads, row in runs:
        for n, (value, span) in enumerate(heads):
            level = deep - len(heads) + n
            del path[min(level + 1, len(path)):]
            group = Group(value, span)
            path[-1].groups.append(group)
            path.append(group)
        if row is not None:
            path[-1].rows.append(row)
        elif heads:
            path[-1].odd = True
    _lift(tree, Decimal(100))
    for group in tree.all():
        group.odd = group.odd or bool(group.groups) and bool(group.rows)


def _lift(parent: Group, value: Decimal) -> None:
    """Give a group above what overfills those under it, where all then come out: a row right under a group of the first level opens
    as many points as one two deep.
    """
    for group in parent.groups:
        _lift(group, group.value)
    over = [group.groups[_filled(group):] for group in parent.groups]
    if any(over) and sum(g.value for g in (*parent.groups, *chain(*over))) == value:
        for group in parent.groups:
            del group.groups[_filled(group):]
        parent.groups = [g for group, more in zip(parent.groups, over, strict=True) for g in (group, *more)]


def _filled(group: Group) -> int:
    """How many of its members come to its points; all of them where no number does."""
    sums = list(accumulate(g.value for g in group.groups))
    return sums.index(group.value) + 1 if group.value in sums else len(sums)


def _runs(items: Sequence[_Item], lone: bool) -> list[tuple[list[tuple[Decimal, Span]], Marked | None]]:
    """Each row with the groups that open before it; None for a row that has not the numbers of the others."""
    found: list[tuple[list[tuple[Decimal, Span]], Marked | None]] = []
    heads: list[tuple[Decimal, Span]] = []
    for item in items:
        if item.kind == "total":
            break
        if item.kind == "head":
            heads.append(item.values[0])
            continue
        own: Marked | None = None
        if lone and heads and len(item.values) == 1:
            (value, span), earned = heads.pop(), item.values[0]
            own = Marked(value, span, *earned)
        elif not lone and len(item.values) == 2:
            own = Marked(*item.values[0], *item.values[1])
        found.append((heads, own))
        heads = []
    return found
