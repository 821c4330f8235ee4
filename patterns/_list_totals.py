"""Which amount a list splits: the one its wording names, else the nearest that can be its total."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import regex

from patterns._items import Item
from patterns._likeness import alike, core, opposed
from patterns._list_parts import Split, fits, opening_of, priced, strength
from patterns._list_words import AGAIN, AMONG, TITLED
from patterns._said import Said

_MEAN = regex.compile(r"(?:人|户|亩|年|月|日|车|次|生)均|平均|单方|折合每")
_WITHIN = regex.compile(r"([^,;。:\n]{2,20})[中里](?:含|包括|有)")
_LEAD = regex.compile(r"^(?:其中|,|;|。|\n)+")


def total_of(items: Sequence[Item], index: int, opened: str, done: list[Split]) -> tuple[Item | None, tuple[Item, ...]]:
    """The item that a list splits, and others it may be meant for."""
    first = items[index]
    again = AGAIN.search(first.lead)
    if again and _siblings(items, index, done):
        return None, ()
    same = [i for i in items[max(0, index - 40):index] if fits(i, first) and i.depth <= first.depth and not _mean(i)
            and not opposed(i.name, first.name) and (not priced(first) or priced(i))]
    if opened == ":":
        return (same[-1], ()) if same and same[-1] is items[index - 1] else (None, ())
    if opened == "中" and not again:
        return _among(same, first), ()
    within = _WITHIN.findall(first.lead)
    if within and (match := next((i for i in reversed(same) if alike(within[-1], i.name)), None)):
        return match, ()
    if again:
        named = _LEAD.sub("", again["of"] or "")
        if named and (match := next((i for i in reversed(same) if alike(named, i.name)), None)):
            return match, ()
        last = max((parts[-1].sentence for parts in done[-1].lists), default=0) if done else -1
        fresh = [i for i in same if i.sentence > last]
        inner = {id(part) for split in done for part in split.lists[0]}
        outer = next((s.total for s in reversed(done) if s.marker != "(" and s.total in same and id(s.total) not in inner), None)
        if outer is not None and not fresh and "其中" not in first.lead and first.sentence - outer.sentence <= 12:
            told = (i for i in same if i.sentence == outer.sentence and i is not outer)
            return outer, (*(part for part in done[-1].lists[0] if not smaller(part, first)), *told)
    elif (titled := TITLED.search(opening_of(first))) and not _GENERAL.fullmatch(titled["of"]):
        return next((i for i in reversed(same) if alike(titled["of"], i.name)), None), ()
    opened_by = regex.findall(r"([^,;。:\n]{2,12}?)(?:资金)?(?:构成|组成|来源|结构)(?:为|是|如下|情况)?[:,]?$", opening_of(first))
    if opened_by and not _GENERAL.fullmatch(opened_by[-1]):
        same = [i for i in same if alike(opened_by[-1], i.name)]
    # a total smaller than its first part, in a sentence before, is no total of it
    same = [i for i in same if i.sentence == first.sentence or not smaller(i, first)
            or i is items[index - 1] and _stands_over(i, first)]
    if not same or first.text - same[-1].text > 2 or (first.text != same[-1].text and "\n" not in first.lead):
        return None, ()
    # a list beside another one splits what stands over both, never a part of the other
    once_more = strength(first.lead) == 3 or bool(_ONCE_MORE.search(first.lead))
    beside = _over(same[-1], done) if not again and "其中" not in first.lead and once_more else None
    if beside is not None and any(i is beside for i in same):
        return beside, ()
    if again:
        same = [i for i in same if not smaller(i, first) and not (i.amount and _SOME.search(i.amount.pre.strip()))] or same[-1:]
        heads = [i for n, i in enumerate(same) if (not n or same[n - 1].sentence != i.sentence) and first.text - i.text <= 1]
        over = [i for i in heads if i.text == heads[-1].text] if heads else same[-1:]
        inside = [i for i in reversed(same) if i.text == over[-1].text and i not in over and i.depth == first.depth][:6]
        return over[-1], (*over[-2::-1], *inside)
    return same[-1], tuple(i for i in reversed(same[-6:-1]) if first.text - i.text <= 1)


# 资金来源为…: what the whole is made of, in a sentence of its own
_ONCE_MORE = regex.compile(r"[。;](?:其|项目|建设|投资)*(?:资金)?(?:来源|构成|组成|结构)(?:为|是|于|:)")


def _over(item: Item, done: Sequence[Split]) -> Item | None:
    """The total over the list that ended with an item: 总额A,其中甲、乙;分两批下达:… splits A once more, not 乙."""
    return next((split.total for split in reversed(done) if any(part is item for part in split.lists[0])), None)


def adding_up(candidates: Sequence[Item], lists: Sequence[Sequence[Item]]) -> Item | None:
    """Of the amounts that a list may split, the one that it adds up to; None where it is not just one."""
    kinds = {i.dimension for i in candidates}
    # each kind of thing for itself: 项目41个3726万元
    sums = {(kind, sum(next((s.figure.base for s in p.amounts if s.figure.dimension == kind), Decimal(0)) for p in parts))
            for kind in kinds for parts in lists if len(parts) > 1}
    fitting = [i for i in candidates if i.amount and (i.dimension, i.amount.figure.base) in sums]
    return fitting[0] if len({i.amount.figure.base for i in fitting if i.amount}) == 1 else None


def _mean(item: Item) -> bool:
    """Tell whether an amount is an average, which no list splits."""
    return bool(_MEAN.search(item.name + (item.amount.pre if item.amount else "")))


_GENERAL = regex.compile(r"(?:其中|主要|具体|资金|支出|收入|经费|费用|金额|内容|方面|分别|[该本]项目|情况|增加|减少|原因|的|将|用)+")


def _among(same: Sequence[Item], first: Item) -> Item | None:
    """…中，: what the clause names; where it only ends the name of the count before (27户企业中), that count."""
    words = AMONG.search(first.lead)
    if words is None or not same:
        return None
    if words.start() == 0 and not regex.match(r"[,;。:\n]", first.lead):
        # 14个乡镇和1个开发区中: of both together, which no figure tells
        return None if regex.match(r"[^,;。:\n]{0,8}(?:和|及|与|、)", same[-1].lead) else same[-1]
    if len(core(words["of"])) < 2:
        return None
    named = next((i for i in reversed(same) if alike(words["of"], i.name)), None)
    return named or next((i for i in reversed(same) if any(core(s.name) == core(words["of"]) for s in i.amounts)), None)


def amount_named(total: Item, first: Item) -> Said | None:
    """实际支出中，…: of several amounts of one thing (预算, 支出) the one that the clause names."""
    words = AMONG.search(first.lead)
    if words is None or len(total.money) < 2:
        return None
    return next((s for s in total.money[1:] if s.name and core(s.name) == core(words["of"])), None)


def nearest(candidates: Sequence[Item], parts: Sequence[Item]) -> Item:
    """Of the amounts that a list may split, the first, unless another comes within a tenth of what the list adds up to."""
    added = sum((p.amount.figure.base for p in parts if p.amount), Decimal(0))
    close = [i for i in candidates if i.amount and abs(i.amount.figure.base - added) * 10 < added]
    return candidates[0] if candidates[0] in close or not close else close[0]


def restated(total: Item, parts: Sequence[Item]) -> bool:
    """Tell whether a list tells an amount once more as one of its parts: then it splits another."""
    more = sum(1 for part in parts if part.amount and part.amount.figure.value)
    return more > 1 and any(core(part.name) == core(total.name) and not opposed(total.name, part.name) and part.amount and total.amount
                            and part.amount.figure.base == total.amount.figure.base for part in parts)


_AT_ONCE = regex.compile(r"^[^\n]{0,12}(?:其中|如下|包括|分别为)[^。\n]{0,8}[:。]?\s*\n|^(?:资金|支出|收入)?[。;,:]\s*(?:将|其中|包括)|^。其中")
_IN_ALL = regex.compile(r"(?:共|合计|共计|总计|总额)(?:为|达|是|计|安排|下达|投入|支出)*$")


def _stands_over(item: Item, first: Item) -> bool:
    """Tell whether an amount, though smaller than what follows, is said to be the total of the list: then it is misprinted."""
    said = item.amount
    return said is not None and bool(_AT_ONCE.search(first.lead)) and ("其中" in first.lead and "。" not in first.lead[1:] or bool(_IN_ALL.search(said.pre)))


def smaller(total: Item, part: Item) -> bool:
    """Tell whether all amounts of an item are below the amount of another."""
    if not part.amount:
        return False
    fits = [s.figure.base for s in total.amounts if s.figure.dimension == part.dimension]
    return bool(fits) and max(fits) < part.amount.figure.base


# 以上六税合计: of some, split no further
_SOME = regex.compile(r"^(?:以上|上述|[^,;。]{0,6}[两三四五六七八九十][项类笔批个种大税])[^,;。]{0,8}(?:合计|共计|总计|共)")
_OWN_TOTAL = regex.compile(r"^(?:以上|上述|[^,;。]{0,6}[两三四五六七八九十][项类笔批个])?[^,;。]{0,4}(?:合计|共计|总计|总共|一共)(?:为|支出|收入|安排|投入|完成|达)*$")


def closed_itself(items: Sequence[Item], index: int) -> bool:
    """Tell whether a list ends with its own total (以上三项共计…): an amount in a paragraph before is then none of it."""
    first = items[index]
    after = [i for i in items[index + 1:index + 17] if i.text <= first.text + 6 and i.dimension == first.dimension]
    return any(i.amount is not None and _OWN_TOTAL.search(i.amount.pre.strip()) for i in after)


def _siblings(items: Sequence[Item], index: int, done: list[Split]) -> bool:
    """Two ways of splitting side by side, their total last: what stands before is a list, not a total."""
    listed = {id(part) for split in done for parts in split.lists for part in parts}
    for item in reversed(items[max(0, index - 20):index]):
        if item.text != items[index].text or item.sentence != items[index].sentence:
            return False
        if AGAIN.search(item.lead):
            return id(item) not in listed
    return False
