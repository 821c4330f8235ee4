"""Which amounts are said to make up which: 其中, 包括, 分别为, numbered lists, 按…分, 其余, 合计.

A `Split` holds a total and, in order of plausibility, where its list of parts may end. `whole` tells that the wording
or the field's own divisions claim the list to be complete; else a list that does not add up may just be partial.
`_list_words` knows the words, `_list_totals` finds the total, `_list_parts` the parts, `_list_claims` tells completeness.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from patterns._items import Item
from patterns._list_claims import PER_HEAD, known, whole
from patterns._list_parts import (
    Split,
    direct,
    ends,
    fits,
    fits_kind,
    lines,
    numbered,
    opening_of,
    shorter,
    strength,
    style_of,
)
from patterns._list_totals import adding_up, amount_named, closed_itself, nearest, restated, smaller, total_of
from patterns._list_words import AGAIN, AMONG, COLON, NESTED, OPENING, closed_before

__all__ = ["PER_HEAD", "Split", "known", "splits", "strength"]

_AGO = regex.compile(r"(?:上年|去年)(?:同期|决算|预算|支出|收入|实际)*数?分别(?:为|是):?[^,;。]*$")
# 全年支出100万元。1.基本支出…；2.项目支出…
_FIRST = regex.compile(r"^[^\n]*[。:] ?(?:1[.、]|\(一\)|一、)(?![0-9])[^,;。:]*$")
_NESTED = 2
"""No bracket holds brackets deeper than this: one that seems to was never closed."""
_USED = regex.compile(r"用于|安排|下拨|分配")


def splits(items: Sequence[Item]) -> Iterator[Split]:
    """Yield every list that the wording opens, with its total."""
    done: list[Split] = []
    listed: set[int] = set()
    for index, item in enumerate(items):
        opened = _opened(item) or _side_by_side(items, index)
        if not opened or not item.said or (opened == "用于" and id(item) in listed):
            continue
        if item.dimension not in ("money", "") and index + 1 < len(items) and items[index + 1].money \
                and items[index + 1].sentence == item.sentence and not any(fits(i, item) for i in items[max(0, index - 9):index]):
            # "其中,安排…等8项任务资金575万元": the count belongs to the name of the amount
            items[index + 1].lead = item.lead + items[index + 1].lead
            continue
        split = _bracketed(items, index) if "(" in item.lead and item.depth else None
        split = split or (_listed(items, index, opened, done) if opened != "(" else None)
        if split is not None and not any(PER_HEAD.search(part.name) for part in split.lists[0]):
            done.append(split)
            listed |= {id(part) for part in split.lists[-1]}
            yield split


def _opened(item: Item) -> str:
    """The words that open a list before this item, empty where none do."""
    if again := AGAIN.search(item.lead):
        return again.group()
    if _AGO.search(item.lead):
        return ""
    if found := [m for m in OPENING.finditer(item.lead) if not closed_before(m, item.lead)]:
        return found[-1].group()
    if AMONG.search(item.lead) and item.amount:
        return "中"
    if item.lead.startswith(":") and item.amount:
        return ":"
    if item.money and COLON.search(opening_of(item)):
        return "如下"
    if _FIRST.search(item.lead) and item.money:
        return "1."
    if style_of(item.lead) in ("is", "pnum", "circle") and regex.search(r"一是|\(1\)|①", item.lead) and item.amount:
        return "一是"
    used = item.depth and item.lead.endswith("(") and _USED.search(item.lead)
    if not used and item.depth and regex.search(r"\([^,;。()]*$", item.lead) and item.amount:
        return "("
    if not used and item.amount and item.amount.pre.strip() in ("", "将", "安排") and item.dimension == "money":
        # the amount first, its use after: 将2.4亿元用于…，47万元用于…
        used = regex.search(r"用于", item.amount.post)
    return used.group() if used else ""


def _side_by_side(items: Sequence[Item], index: int) -> str:
    """全年支出100万元。基本支出60万元,项目支出40万元: a sentence that opens with the members of a known division."""
    item = items[index]
    if item.depth or not item.money or not regex.match(r"\)?[。\n]", item.lead) or index + 1 == len(items):
        return ""
    beside = [i for i in items[index:index + 6] if i.sentence == item.sentence and i.depth == 0 and i.money]
    return "并列" if len(beside) >= 2 and known([i.name for i in beside[:2]]) else ""


def _bracketed(items: Sequence[Item], index: int) -> Split | None:
    """(其中A…, B…): the list is what the bracket holds, its total what stands before it."""
    first = items[index]
    opener = first.lead.rpartition("(")[2]
    if not NESTED.search(opener) and (index + 1 == len(items) or items[index + 1].depth < first.depth
                                       or regex.search(r"比|较|占|增|减|上年", opener)):
        return None
    total = next((i for i in reversed(items[max(0, index - 4):index]) if i.depth < first.depth), None)
    inside: list[Item] = []
    for item in items[index:index + 120]:
        if item.text != first.text or not 0 <= item.depth - first.depth <= _NESTED or (inside and item.depth == first.depth and regex.search(r"[()]", item.lead)):
            break
        inside.append(item)
    inside = [item for item in inside if fits_kind(item, first)]
    if total is None or not fits(total, first) or len(inside) < 2 and not NESTED.search(opener):
        return None
    before = [s for s in total.amounts if (s.text, s.start) < (first.said[0].text, first.start)]
    return Split(total, (tuple(inside),), whole(inside, "", total), "(", amount=before[-1] if len(before) > 1 else None)


def _listed(items: Sequence[Item], index: int, opened: str, done: list[Split]) -> Split | None:
    total, others = total_of(items, index, opened, done)
    if total is None or opened == "一是" and total.text != items[index].text and ":" not in items[index].lead:
        return None
    first = items[index]
    if "分别" in opened and total.sentence != first.sentence and "其中" not in first.lead:
        # 甲、乙分别为A、B in a sentence of its own: what is named there, no parts of an amount before
        return None
    if total.text != first.text and closed_itself(items, index):
        return None
    # a number before the opening words is that of a heading
    style = style_of(first.lead[max(first.lead.rfind(opened), 0):])
    members = numbered(items, index, style) if style else []
    lists = (tuple(members),) if len(members) >= 2 else tuple(dict.fromkeys(direct(items[index:end]) for end in ends(items, index)))
    if lists and restated(total, lists[0]):
        total = next((i for i in others if not restated(i, lists[0])), None)
        if total is None:
            return None
    if len(members) >= 2:
        if others and AGAIN.search(first.lead):
            total = adding_up((total, *others), lists) or total
        return Split(total, lists, whole(members, opened, total), opened, others)
    if "分别" in opened and all(any(not part.name for part in parts[1:]) for parts in lists if len(parts) > 1):
        # 2021年预算分别为30万元、20万元: values of what was named before, no parts of it
        return None
    if not style and (rows := lines(items, index)):
        lists = tuple(dict.fromkeys((*lists, *(rows[:end] for end in range(len(rows), 1, -1)))))
    again, meant = bool(AGAIN.search(first.lead)), total
    if others and "。" in first.lead and "其中" in first.lead:
        # 总资产A,负债B,净资产C。其中甲、乙: of several amounts of the sentence before, the one that they add up to
        total = adding_up((total, *others), lists) or total
    elif others and (again or smaller(total, first)):
        total = adding_up((total, *others), lists) or (nearest((total, *others), lists[0]) if again else total)
    # 分级次看: of what, where several amounts stand before or sentences lie between, is not said; the total of a list just
    # told is what is split again
    told = meant is total and any(split.total is total for split in done)
    far = again and not told and (bool(others) or first.sentence - total.sentence > 1) and adding_up((total,), lists) is None
    claims = {id(parts): whole(parts, opened, total) for parts in lists}
    ordered = sorted(lists, key=lambda parts: (not claims[id(parts)], len(parts) < 2))
    sure = any(claims.values()) and not far and opened != "并列"
    ordered += [] if style or sure else shorter(lists)
    return Split(total, tuple(ordered), sure, opened, others, amount_named(total, first)) if lists else None
