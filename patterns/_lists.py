"""Which amounts are said to make up which: 其中, 包括, 分别为, numbered lists, 按…分, 其余, 合计.

A `Split` holds a total and, in order of plausibility, where its list of parts may end. `whole` tells that the wording
or the field's own divisions claim the list to be complete; else a list that does not add up may just be partial.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import regex

from patterns._items import Item, alike

_NESTED = regex.compile(r"其中|(?<!不|内)包括|包含|(?<!不|内|包)含(?![税量义氧])")
_AGAIN = regex.compile(
    r"(?P<of>[^,;。:\n]{0,16})(?:按|分)(?!别)[^,;。:\n]{0,14}?(?:分|看|划分|分类|情况|科目|用途|级次|部门|行业|税种|性质|来源|类别|地区|层级|渠道)(?:类)?(?:是|为)?(?:[,:]|$)|以上[^,;。:]{0,8}中[,:]?|上述[^,;。:]{0,8}中[,:]?")
_OPENING = regex.compile(
    r"其中|(?<!不|内)包括|包含|(?<!不|内|包)含(?![税量义氧])|分别(?:为|是)|具体(?:为|是|下达|安排|情况|如下|包括)|分项|构成|组成|(?:主要|分别)(?:用于|是|为|安排)|"
    r"分别于|如下|来源|资金用途:|前者|分配(?:为|情况|方案)(?:是|:|$)")
_AGO = regex.compile(r"(?:上年|去年)(?:同期|决算|预算|支出|收入|实际)*数?分别(?:为|是):?[^,;。]*$")
_MEAN = regex.compile(r"(?:人|户|亩|年|月|车|次|生)均|平均")
_ELSE = regex.compile(r"[,;]\s*(?:截[至止][^,;]{0,16},?)?(?:已|实际|累计|目前|尚|结余|剩余|全年(?:实际)?支出)[^,;。]*$")
_YEARLY = regex.compile(r"(?:19|20)[0-9]{2}\s?年[度]?[^0-9,;。]{0,8}$")
_USED = regex.compile(r"用于|安排|下拨|分配")
_PARTIAL = regex.compile(r"等|主要(?!用于)|重点|例如|如:|譬如|…")
_CLOSING = regex.compile(r"其余|剩余|另有|此外|余下|其他")
_MARKER = regex.compile(
    r"(?P<han>[一二三四五六七八九十]{1,3}、)|(?P<is>[一二三四五六七八九十]是)|(?P<paren>\([一二三四五六七八九十]{1,3}\))|"
    r"(?P<num>(?<![0-9.])[0-9]{1,2}[.、](?![0-9]|$)|(?<=\n\s?)[0-9]{1,2}[.、](?=\s?(?:19|20)[0-9]{2}\s?年|\s?[0-9]{3,6}\s?[\u4e00-\u9fff]|$))|(?P<pnum>\([0-9]{1,2}\))|(?P<circle>[①-⑳])|(?P<nth>第[一二三四五六七八九十](?=[,类项笔批]))")
_STRENGTH = {"、": 1, "和": 1, "及": 1, ",": 2, ")": 2, "(": 2, ";": 3, "。": 4, "\n": 5}


@dataclass(frozen=True, slots=True, eq=False)
class Split:
    """A total item and the ends its list of parts may have; `whole`: the list claims to be complete."""

    total: Item
    lists: tuple[tuple[Item, ...], ...]
    whole: bool
    marker: str = ""
    others: tuple[Item, ...] = ()


def strength(lead: str) -> int:
    """How strongly the words before an item part it from the one before: 1 、 2 , 3 ; 4 。 5 a new paragraph."""
    return max((_STRENGTH.get(c, 0) for c in lead), default=0)


def splits(items: Sequence[Item]) -> Iterator[Split]:
    """Yield every list that the wording opens, with its total."""
    done: list[Split] = []
    listed: set[int] = set()
    for index, item in enumerate(items):
        opened = _opened(item)
        if not opened or not item.said or (opened == "用于" and id(item) in listed):
            continue
        if item.dimension not in ("money", "") and index + 1 < len(items) and items[index + 1].money \
                and items[index + 1].sentence == item.sentence and not any(_fits(i, item) for i in items[max(0, index - 9):index]):
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
    if again := _AGAIN.search(item.lead):
        return again.group()
    if _AGO.search(item.lead):
        return ""
    if found := [m for m in _OPENING.finditer(item.lead) if not _over(m, item.lead)]:
        return found[-1].group()
    if _style(item.lead) in ("is", "pnum", "circle") and regex.search(r"一是|\(1\)|①", item.lead) and item.amount:
        return "一是"
    used = item.depth and item.lead.endswith("(") and _USED.search(item.lead)
    if not used and item.depth and regex.search(r"\([^,;。()]*$", item.lead) and item.amount:
        return "("
    if not used and item.amount and item.amount.pre.strip() in ("", "将", "安排") and item.dimension == "money":
        # the amount first, its use after: 将2.4亿元用于…，47万元用于…
        used = regex.search(r"用于", item.amount.post)
    return used.group() if used else ""


def _over(opening: regex.Match[str], lead: str) -> bool:
    """Tell whether a list without figures ends in these words: 主要包括办公费、差旅费等；项目支出…"""
    return opening.group() != "其中" and bool(regex.search(r"[\u4e00-\u9fff]{2}[^;。]*[;。]", lead[opening.end():]))


def _nests(lead: str) -> bool:
    """Tell whether the words before an item open a list that it is the first of."""
    return any(not _over(m, lead) for m in _NESTED.finditer(lead))


def _bracketed(items: Sequence[Item], index: int) -> Split | None:
    """(其中A…, B…): the list is what the bracket holds, its total what stands before it."""
    first = items[index]
    opener = first.lead.rpartition("(")[2]
    if not _NESTED.search(opener) and (index + 1 == len(items) or items[index + 1].depth < first.depth
                                       or regex.search(r"比|较|占|增|减|上年", opener)):
        return None
    total = next((i for i in reversed(items[max(0, index - 4):index]) if i.depth < first.depth), None)
    inside: list[Item] = []
    for item in items[index:index + 120]:
        if item.text != first.text or item.depth < first.depth or (inside and item.depth == first.depth and ")" in item.lead):
            break
        inside.append(item)
    inside = [item for item in inside if _fits_kind(item, first)]
    if total is None or not _fits(total, first) or len(inside) < 2 and not _NESTED.search(opener):
        return None
    return Split(total, (tuple(inside),), _whole(inside, "", total), "(")


def _listed(items: Sequence[Item], index: int, opened: str, done: list[Split]) -> Split | None:
    total, others = _total_of(items, index, opened, done)
    if total is None:
        return None
    first = items[index]
    if "分别" in opened and total.sentence != first.sentence and "其中" not in first.lead:
        # 甲、乙分别为A、B in a sentence of its own: what is named there, no parts of an amount before
        return None
    if total.text != first.text and _closed_itself(items, index):
        return None
    style = _style(first.lead)
    members = _numbered(items, index, style) if style else []
    if len(members) >= 2:
        return Split(total, (tuple(members),), _whole(members, opened, total), opened, others)
    lists = tuple(dict.fromkeys(_direct(items[index:end]) for end in _ends(items, index)))
    if "分别" in opened and all(any(not part.name for part in parts[1:]) for parts in lists if len(parts) > 1):
        # 2021年预算分别为30万元、20万元: values of what was named before, no parts of it
        return None
    if not style and (lines := _lines(items, index)):
        lists = tuple(dict.fromkeys((*lists, *(lines[:end] for end in range(len(lines), 1, -1)))))
    claims = [_whole(parts, opened, total) for parts in lists]
    ordered = [parts for parts, claim in zip(lists, claims, strict=True) if claim] + [
        parts for parts, claim in zip(lists, claims, strict=True) if not claim]
    return Split(total, tuple(ordered), any(claims), opened, others) if lists else None


def _lines(items: Sequence[Item], index: int) -> tuple[Item, ...]:
    """其中： and on each line after it one part, with what is said of it: the first amount of each line."""
    first = items[index]
    if not regex.search(r"[:,]\s*\n[^\n]*$", first.lead):
        return ()
    members = [first]
    for item in items[index + 1:index + 80]:
        if item.text == members[-1].text:
            continue
        if item.text != members[-1].text + 1 or not _fits(item, first) or item.depth != first.depth or _style(item.lead) \
                or not item.name:
            break
        members.append(item)
    return tuple(members[:12]) if len(members) > 1 else ()


def _total_of(items: Sequence[Item], index: int, opened: str, done: list[Split]) -> tuple[Item | None, tuple[Item, ...]]:
    """The item that a list splits, and others it may be meant for."""
    first = items[index]
    again = _AGAIN.search(first.lead)
    if again and _siblings(items, index, done):
        return None, ()
    same = [i for i in items[max(0, index - 40):index] if _fits(i, first) and i.depth <= first.depth and not _MEAN.search(i.name)]
    within = regex.findall(r"([^,;。:\n]{2,20})[中里](?:含|包括|有)", first.lead)
    if within and (match := next((i for i in reversed(same) if alike(within[-1], i.name)), None)):
        return match, ()
    if again:
        named = regex.sub(r"^(?:其中|,|;|。|\n)+", "", again["of"] or "")
        if named and (match := next((i for i in reversed(same) if alike(named, i.name)), None)):
            return match, ()
        fresh = [i for i in same if not done or i.sentence > done[-1].lists[-1][-1].sentence]
        if done and not fresh and "其中" not in first.lead and done[-1].total in same and first.sentence - done[-1].total.sentence <= 12:
            return done[-1].total, ()
    if opened_by := regex.findall(r"([^,;。:\n]{2,12}?)(?:资金)?(?:构成|组成|来源|结构)(?:为|是|如下|情况)?[:,]?$", first.lead[:-len(first.name) or None]):
        same = [i for i in same if alike(opened_by[-1], i.name)]
    # a total smaller than its first part, in a sentence before, is no total of it
    same = [i for i in same if i.sentence == first.sentence or not _smaller(i, first)
            or i is items[index - 1] and _stands_over(i, first)]
    if not same or first.text - same[-1].text > 2 or (first.text != same[-1].text and "\n" not in first.lead):
        return None, ()
    # a list beside another one splits what stands over both, never a part of the other
    heads = [i for n, i in enumerate(same) if not n or same[n - 1].sentence != i.sentence] if again else []
    near = heads[-1] if heads else same[-1]
    others = tuple(i for i in reversed(same[-6:-1]) if first.text - i.text <= 1)
    return near, others


_AT_ONCE = regex.compile(r"^[^\n]{0,12}(?:其中|如下|包括|分别为)[^。\n]{0,8}[:。]?\s*\n|^(?:资金|支出|收入)?[。;,:]\s*(?:将|其中|包括)")
_IN_ALL = regex.compile(r"(?:共|合计|共计|总计|总额)(?:为|达|是|计|安排|下达|投入|支出)*$")


def _stands_over(item: Item, first: Item) -> bool:
    """Tell whether an amount, though smaller than what follows, is said to be the total of the list: then it is misprinted."""
    said = item.amount
    return said is not None and bool(_AT_ONCE.search(first.lead)) and ("其中" in first.lead and "。" not in first.lead or bool(_IN_ALL.search(said.pre)))


def _smaller(total: Item, part: Item) -> bool:
    """Tell whether all amounts of an item are below the amount of another."""
    if not part.amount:
        return False
    fits = [s.figure.base for s in total.amounts if s.figure.dimension == part.dimension]
    return bool(fits) and max(fits) < part.amount.figure.base


_OWN_TOTAL = regex.compile(r"(?:合计|共计|总计|总共|一共)(?:为|支出|收入|安排|投入|完成|达)*$")


def _closed_itself(items: Sequence[Item], index: int) -> bool:
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
        if _AGAIN.search(item.lead):
            return id(item) not in listed
    return False


def _fits(item: Item, part: Item) -> bool:
    """An item can be the total of a part when it states an amount (or a change) of the same kind of thing."""
    if part.amounts:
        return any(s.figure.dimension == part.dimension for s in item.amounts)
    return bool(part.of("delta")) and bool(item.of("delta"))


def _style(lead: str) -> str:
    found = list(_MARKER.finditer(lead))
    return found[-1].lastgroup or "" if found else ""


def _numbered(items: Sequence[Item], index: int, style: str) -> list[Item]:
    """The first item after each number of a numbered list (一是…二是…, 1. 2. 3.)."""
    first = items[index]
    members = [first]
    for item in items[index + 1:]:
        if _AGAIN.search(item.lead):
            break
        styles = [m.lastgroup for m in _MARKER.finditer(item.lead)]
        if style in styles and _fits(item, first) and item.depth == first.depth:
            members.append(item)
        elif item.text > members[-1].text and styles and styles[-1] != style and _outranks(styles[-1], style):
            break
        elif item.text > members[-1].text + 2:
            break
    return members


def _outranks(style: str | None, other: str) -> bool:
    order = ["han", "paren", "num", "pnum", "circle"]
    return style in order and other in order and order.index(style) < order.index(other)


def _ends(items: Sequence[Item], index: int) -> Iterator[int]:
    """Where a list that starts at `index` may end: before each break stronger than those inside it."""
    first = items[index]
    inner = 0
    for position in range(index + 1, min(len(items), index + 120)):
        item = items[position]
        gap = max(strength(item.lead), 4 if item.sentence > items[position - 1].sentence else 0)
        if item.depth > first.depth and gap < 4:
            continue
        if item.text > first.text + (1 if strength(first.lead) >= 5 else 0) or _AGAIN.search(item.lead):
            yield position
            return
        if inner and gap > inner or _ELSE.search(item.lead):
            yield position
        inner = max(inner, gap)
    yield min(len(items), index + 120)


def _direct(span: Sequence[Item]) -> tuple[Item, ...]:
    """The parts of a stretch at its own level: lists within it (其中 again, brackets) are left to themselves."""
    if not span:
        return ()
    first, parts = span[0], []
    nested = False
    for position, item in enumerate(span):
        if item.depth > first.depth:
            continue
        if position and _nests(item.lead):
            nested = True
        elif nested and strength(item.lead) >= 3:
            nested = False
        if not nested and _fits_kind(item, first):
            parts.append(item)
    return tuple(parts)


def _fits_kind(item: Item, first: Item) -> bool:
    if first.amounts:
        return item.dimension == first.dimension
    return bool(item.of("delta"))


@cache
def _partitions() -> tuple[tuple[int, tuple[tuple[str, ...], ...]], ...]:
    table = tomllib.loads((files("patterns") / "_partitions.toml").read_text(encoding="utf-8"))
    return tuple((entry.get("least", 2), tuple(tuple(m.split()) for m in entry["members"])) for entry in table["partition"])


def _member(name: str, words: tuple[str, ...]) -> bool:
    return all((w[1:] not in name) if w.startswith("!") else (w in name) for w in words)


def known(names: Sequence[str]) -> bool:
    """Tell whether these names divide something as the field does.

    >>> known(["税收收入", "非税收入"]), known(["教育支出", "农林水支出"]), known(["基本支出", "项目支出"])
    (True, False, True)
    """
    names = list(dict.fromkeys(names))
    for least, members in _partitions():
        hits = [next((n for n, words in enumerate(members) if _member(name, words)), None) for name in names]
        if None not in hits and len(set(hits)) >= least and len(set(hits)) >= min(2, len(members)):
            return True
    return False


PER_HEAD = regex.compile(r"[人户亩生车]均|平均|每[人户亩个辆名生次套台座]|单价|标准")


def _whole(parts: Sequence[Item], opened: str, total: Item | None) -> bool:
    """Tell whether a list claims to be complete."""
    if len(parts) < 2 or any(_PARTIAL.search(_own(item)) for item in parts):
        return False
    if regex.search(r"(?:包括|具体为|如下|分别为|分别是)$", opened) and all(_style(item.lead) for item in parts) and len(parts) >= 3:
        return True
    if "分别" in opened or [item.name for item in parts] == ["前者", "后者"] or regex.match(r"其余|剩余|余下", parts[-1].name) or _CLOSING.match(parts[-1].name):
        return True
    if all(_YEARLY.search(item.lead) and not item.name for item in parts):
        return True
    names = [item.name for item in parts]
    if len(parts) >= 3 and all(item.amount and not item.amount.pre.strip() and item.amount.post.startswith("用于") for item in parts[1:]):
        return True
    return known(names) or (total is not None and _kinds_of(total.name, names) and not _beyond(total, parts))


def _beyond(total: Item, parts: Sequence[Item]) -> bool:
    """Tell whether parts come to more than their total: kinds of one noun may overlap (刑事案件, 未成年人案件)."""
    added = sum(part.amount.figure.value for part in parts if part.amount)
    return total.amount is not None and added > total.amount.figure.value


def _kinds_of(total: str, names: Sequence[str]) -> bool:
    """Tell whether parts are named as the kinds of what the total counts.

    >>> _kinds_of("三级绩效指标", ["数量指标", "质量指标", "时效指标"]), _kinds_of("财政支出", ["教育支出", "卫生支出", "住房支出"])
    (True, False)
    """
    noun = names[0][-2:] if names else ""
    return len(names) >= 3 and len(noun) == 2 and noun in total and noun not in ("支出", "收入", "资金", "经费", "项目", "预算", "补助", "决算") \
        and all(name.endswith(noun) and name != total for name in names)


def _own(item: Item) -> str:
    post = item.amount.post if item.amount else ""
    return post[:4]
