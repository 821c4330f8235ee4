"""The parts of a list: which items make it up, and where it may end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from fusuan.patterns._items import Item
from fusuan.patterns._list_words import AGAIN, AMONG, ELSE, MARKER, NESTED, PRICE, closed_before
from fusuan.patterns._said import Said
from fusuan.patterns.figures.chinese import number
from fusuan.patterns.names.likeness import core

YEARLY = regex.compile(r"(?:19|20)[0-9]{2}\s?年[度]?[^0-9,;。]{0,8}$")
_STRENGTH = {"、": 1, "和": 1, "及": 1, ",": 2, ")": 2, "(": 2, ";": 3, "。": 4, "\n": 5}


@dataclass(frozen=True, slots=True, eq=False)
class Split:
    """A total item and the ends its list of parts may have; `whole`: the list claims to be complete."""

    total: Item
    lists: tuple[tuple[Item, ...], ...]
    whole: bool
    marker: str = ""
    others: tuple[Item, ...] = ()
    amount: Said | None = None
    """The amount of the total that is split, where it has several and the list stands right behind one."""


def strength(lead: str) -> int:
    """How strongly the words before an item part it from the one before: 1 、 2 , 3 ; 4 。 5 a new paragraph."""
    return max((_STRENGTH.get(c, 0) for c in lead), default=0)


def opening_of(item: Item) -> str:
    """The words before the name of an item."""
    lead = item.lead.rstrip()
    at = lead.rfind(item.name) if item.name else len(lead)
    return lead[:at] if at >= 0 else lead[:-len(item.name)]


def fits(item: Item, part: Item) -> bool:
    """An item can be the total of a part when it states an amount (or a change) of the same kind of thing."""
    if part.amounts:
        return bool(_dimensions(item) & _dimensions(part))
    return bool(part.of("delta")) and bool(item.of("delta"))


def _dimensions(item: Item) -> set[str]:
    return {said.figure.dimension for said in item.amounts}


def fits_kind(item: Item, first: Item) -> bool:
    """Tell whether an item can stand beside the first of a list: it states the same kind of thing, and no price of one."""
    if not first.amounts:
        return bool(item.of("delta"))
    return bool(_dimensions(item) & _dimensions(first)) and priced(item) == priced(first)


def priced(item: Item) -> bool:
    """Tell whether an amount is what one thing costs (每站5万元), no amount of its own."""
    return item.amount is not None and bool(PRICE.search(item.amount.pre))


def nests(lead: str) -> bool:
    """Tell whether the words before an item open a list that it is the first of."""
    return any(not closed_before(m, lead) for m in NESTED.finditer(lead))


def style_of(lead: str) -> str:
    """How an item is numbered, by the last mark of its own line; empty where it has none.

    >>> style_of("。其中:一是"), style_of("。\\n(二)支出情况\\n全年支出"), style_of(";(2)")
    ('is', '', 'pnum')
    """
    found = list(MARKER.finditer(lead, lead.rfind("\n") + 1 or 0))
    return found[-1].lastgroup or "" if found else ""


def ordinal(mark: str) -> int:
    """The number in a list mark; 0 where it has none.

    >>> ordinal("3、"), ordinal("(十二)"), ordinal("②"), ordinal("——"), ordinal("二是")
    (3, 12, 2, 0, 2)
    """
    if digits := regex.search(r"[0-9]+", mark):
        return int(digits.group())
    if mark and "①" <= mark[0] <= "⑳":
        return ord(mark[0]) - ord("①") + 1
    letters = regex.sub(r"[^一二三四五六七八九十]", "", mark)
    return int(number(letters) or 0) if letters else 0


def numbered(items: Sequence[Item], index: int, style: str) -> list[Item]:
    """The first item after each number of a numbered list (一是…二是…, 1. 2. 3.)."""
    first = items[index]
    members = [first]
    last = max((ordinal(m.group()) for m in MARKER.finditer(first.lead) if m.lastgroup == style), default=0)
    for item in items[index + 1:]:
        if AGAIN.search(item.lead):
            break
        marks = list(MARKER.finditer(item.lead))
        styles = [m.lastgroup for m in marks]
        if item.text > members[-1].text and any(_outranks(other, style) for other in styles if other != style):
            break
        if style in styles and (count := ordinal(next(m.group() for m in reversed(marks) if m.lastgroup == style))) and count <= last:
            # the numbers begin anew: another list
            break
        if style in styles and fits(item, first) and item.depth == first.depth:
            members.append(item)
            last = count
        elif item.text > members[-1].text + 2:
            break
    return members


def _outranks(style: str | None, other: str) -> bool:
    order = ["han", "paren", "num", "pnum", "circle"]
    return style in order and other in order and order.index(style) < order.index(other)


def ends(items: Sequence[Item], index: int) -> Iterator[int]:
    """Where a list that starts at `index` may end: before each break stronger than those inside it."""
    first = items[index]
    inner = 0
    for position in range(index + 1, min(len(items), index + 120)):
        item = items[position]
        gap = max(strength(item.lead), 4 if item.sentence > items[position - 1].sentence else 0)
        if item.depth > first.depth and gap < 4:
            continue
        if item.text > first.text + (1 if strength(first.lead) >= 5 else 0) or AGAIN.search(item.lead):
            yield position
            return
        if gap > (inner or 2) or ELSE.search(item.lead):
            yield position
        inner = max(inner, gap)
    yield min(len(items), index + 120)


def direct(span: Sequence[Item]) -> tuple[Item, ...]:
    """The parts of a stretch at its own level: lists within it (其中 again, brackets, numbers after a colon) are left to
    themselves.
    """
    if not span:
        return ()
    first, parts = span[0], list[Item]()
    nested, numbers = False, ""
    for position, item in enumerate(span):
        if item.depth > first.depth:
            continue
        if position and (nests(item.lead) or item.lead.startswith(":") or _of_part(item.lead, parts)):
            nested, numbers = True, numbers or (style_of(item.lead) if item.lead.startswith(":") else "")
        elif nested and strength(item.lead) >= 3 and not (numbers and style_of(item.lead) == numbers):
            nested, numbers = False, ""
        if not nested and fits_kind(item, first):
            parts.append(item)
    return tuple(parts)


def _of_part(lead: str, parts: Sequence[Item]) -> bool:
    """Tell whether a list within is opened by the name of a part: 其中甲60人、乙40人;甲中,男35人、女25人."""
    among = AMONG.search(lead)
    return among is not None and any(core(part.name) == core(among["of"]) for part in parts)


def shorter(lists: Sequence[tuple[Item, ...]]) -> list[tuple[Item, ...]]:
    """The longest list cut before its end: what follows the parts of a total may look like one more of them."""
    longest = max(lists, key=len, default=())[:14]
    return [cut for end in range(len(longest) - 1, 1, -1) if (cut := longest[:end]) not in lists]


def lines(items: Sequence[Item], index: int) -> tuple[Item, ...]:
    """其中： and on each line after it one part, with what is said of it: the first amount of each line."""
    first = items[index]
    if not regex.search(r"[:,]\s*\n[^\n]*$", first.lead):
        return ()
    members = [first]
    for item in items[index + 1:index + 80]:
        if item.text == members[-1].text:
            continue
        if item.text != members[-1].text + 1 or not fits(item, first) or item.depth != first.depth or style_of(item.lead) \
                or not item.name:
            break
        members.append(item)
    return tuple(members[:12]) if len(members) > 1 else ()


