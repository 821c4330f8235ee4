"""文中增减：比上年（上年同期、预算）增加、减少的金额与比率，由…增至…。

上期数印出的用上期数，未印出的由本期数与增减额倒推；本期数在前文的按名称、年度寻找，找不到的不猜。

>>> from fusuan.model import Document, Paragraph, Place
>>> def found(*lines):
...     document = Document("", "", tuple(Paragraph(line, Place(paragraph=n)) for n, line in enumerate(lines, 1)))
...     return [(s.stated.text, sorted(f.text for fs in s.readings[0].roles.values() for f in fs)) for s in find(Report(document))]
>>> found("收入完成31840万元，比上年减收1395万元，下降4.2%。")
[('4.2%', ['1395万元', '31840万元'])]
>>> found("普通小学为3265.29元，比上年的3120.50元增长4.64%。")
[('4.64%', ['3120.50元', '3265.29元'])]
>>> found("办公费由80万元增至104万元，增加24万元。")
[('24万元', ['104万元', '80万元'])]
>>> found("收入增长8.2%。", "支出1.5万元，增长3%。")
[]
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import regex

from fusuan.model import Figure, Reading, Statement
from fusuan.patterns._binding import before_it, level, year_of
from fusuan.patterns._changes import change, pair
from fusuan.patterns._items import CHANGED, Item
from fusuan.patterns._prose import Prose, prose_of
from fusuan.patterns._report import Report
from fusuan.patterns._said import Said
from fusuan.patterns.names.likeness import alike, basis_of, core


def find(report: Report) -> Iterator[Statement]:
    for prose in prose_of(report):
        for index, item in enumerate(prose.items):
            for said in item.said:
                if said.role == "delta":
                    yield from _amount(prose, index, said)
                elif said.role == "growth":
                    yield from _rate(prose, index, said)


def _amount(prose: Prose, index: int, said: Said) -> Iterator[Statement]:
    """By how much: from two amounts of the item, or from amounts of like name elsewhere."""
    item = prose.items[index]
    dimension = said.figure.dimension
    earlier = [s for s in item.said if s.start < said.start or s.text < said.text]
    fits = [s for s in earlier if s.role in ("amount", "prior") and s.figure.dimension in (dimension, "")]
    priors = _unused(item.said, [s for s in fits if s.role == "prior"], said) or _told_after(item.said, said)
    amounts = [s for s in fits if s.role == "amount"]
    if priors and (amounts or _wholes_over(prose, index, dimension)):
        readings = _from_prior(prose, index, said, amounts, priors[-1])
        yield change(prose, said, item.name, readings, (fits or [said])[0], guess=not amounts)
    elif priors and (likes := _levels_of(prose, index, dimension)):
        yield change(prose, said, item.name, [pair(s, priors[-1]) for s in likes], likes[0], guess=True)
    elif len(amounts) >= 2 and not (said.against == "prior" and _one_budget(amounts)):
        pairs = list(_pairs(amounts, said))
        yield change(prose, _signed(said, pairs[0]), item.name, pairs, amounts[0], guess=said.against == "prior")
    elif len(amounts) == 1 and not said.against and (became := _became(item.said, said)) is not None:
        yield change(prose, said, item.name, [pair(became, amounts[0])], amounts[0], guess=True)
    elif said.falls and said.against != "prior" and _SAVED.search(said.pre) and (two := _two_before(prose, index, said)):
        plain = any(_ASKED.search(i.name + s.pre) for i in prose.items[max(0, index - 6):index + 1] for s in i.said if s is two[0])
        yield change(prose, said, item.name, [pair(two[1], two[0])], two[0], guess=said.against != "" or not plain)
    elif said.against != "budget":
        yield from _across(prose, index, said)


def _unused(among: Sequence[Said], priors: list[Said], said: Said) -> list[Said]:
    """What there was before, for a change in a sentence of its own only where no change has been told against it yet."""
    own = [s for s in among if s.role == said.role and priors and (priors[-1].text, priors[-1].start) < (s.text, s.start) < (said.text, said.start)]
    return [] if own and said.name and "。" in said.gap else priors


def _became(among: Sequence[Said], said: Said) -> Said | None:
    """A,调增B,调整后为C: what an amount came to by a change, told right after it."""
    after = among[among.index(said) + 1:][:1]
    told = [s for s in after if s.role == "amount" and s.figure.dimension == said.figure.dimension
            and (regex.match(r"(?:调整|追加|变更|核减|调减|调增)后", s.pre.strip()) or CHANGED.search(s.pre.strip()))]
    return told[0] if told and regex.search(r"[调追核]", said.pre) else None


def _told_after(among: Sequence[Said], said: Said) -> list[Said]:
    """What there was before, told right after a change or its rate: 减少2万元,下降5%(上年40万元)."""
    if said.against == "budget":
        return []
    at = among.index(said)
    after = among[at + 1:at + 3]
    if len(after) == 2 and after[0].role not in ("growth", "delta"):
        after = after[:1]
    return [s for s in after if s.role == "prior" and s.text == said.text and not regex.search(r"[比较与由从]", s.gap)
            and (s.figure.dimension == "money") == (said.figure.dimension in ("money", "rate"))]


def _wholes_over(prose: Prose, index: int, dimension: str) -> list[Said]:
    """The amounts over the list that an item may be the last part of: 总额A,其中B,C,较上年…: a change told last may be of A."""
    item = prose.items[index]
    return [s for total in prose.ends.get(id(item), ()) if (s := level(total, dimension)) is not None]


def _levels_of(prose: Prose, index: int, dimension: str) -> list[Said]:
    """水利资金较2021年5940万元增加432万元: what it is now was told before, under a like name."""
    likes = list(before_it(prose.items, index, prose.items[index].name, dimension))[:4]
    return [s for i in likes if (s := level(i, dimension)) is not None]


def _one_budget(amounts: Sequence[Said]) -> bool:
    """预算38万元,支出31万元,较上年节约5万元: between a budget and what was spent there is no change against last year."""
    return len({basis_of(s.name) in ("budget", "adjusted") for s in amounts}) == 2 and not CHANGED.search(amounts[-1].pre.strip())


def _from_prior(prose: Prose, index: int, said: Said, amounts: Sequence[Said], prior: Said) -> list[Reading]:
    """Now against what there was before: the item's own amount, or that of the list it ends; the one that moves the way
    the wording says first.
    """
    own = [_stands(amounts)] if amounts else []
    readings = [pair(s, prior) for s in own + _wholes_over(prose, index, prior.figure.dimension)]
    return sorted(readings, key=lambda r: said.falls is not None and (r["now"][0].base <= r["before"][0].base) != said.falls)


_SAVED = regex.compile(r"(?<!核销)(?:节约|审减|核减|净减|节支|压减)")


def _two_before(prose: Prose, index: int, said: Said) -> list[Said]:
    """送审金额A，审定金额B，审减C: the two amounts of the sentence that a saving is between, the larger first."""
    sentence = prose.items[index].sentence
    money = [s for i in prose.items[max(0, index - 6):index + 1] if i.sentence == sentence for s in i.money
             if (s.text, s.start) < (said.text, said.start)]
    return money if len(money) == 2 and money[0].figure.base > money[1].figure.base else []


def _stands(amounts: Sequence[Said]) -> Said:
    """The amount that is compared with last year's: the last that is no budget."""
    done = [s for s in amounts if basis_of(s.name) not in ("budget", "adjusted")]
    return (done or amounts)[-1]


def _pairs(amounts: Sequence[Said], said: Said) -> Iterator[Reading]:
    """Which of an item's amounts a difference is between: the final one and its budget, first printed or last."""
    if CHANGED.search(amounts[-1].pre.strip()):
        # A调整为B: B is what it is now
        yield pair(amounts[-1], amounts[-2])
        return
    budgets = [s for s in amounts if basis_of(s.name) in ("budget", "adjusted")]
    others = [s for s in amounts if s not in budgets]
    for budget in budgets:
        for other in reversed(others):
            yield pair(other, budget)
    if not (budgets and others):
        yield pair(amounts[-1], amounts[0])


def _signed(said: Said, reading: Reading) -> Said:
    """A bare 差值 has no direction: it is what the two amounts are apart."""
    if said.falls is not None:
        return said
    return replace(said, falls=reading["now"][0].base < reading["before"][0].base)


def _across(prose: Prose, index: int, said: Said) -> Iterator[Statement]:
    """Now and before stand in earlier sentences under like names: the item's own amount, and another of another year."""
    item = prose.items[index]
    dimension = said.figure.dimension
    own = level(item, dimension)
    if said.against == "prior" or own is None:
        name = said.name or item.name
        likes = list(before_it(prose.items, index, name, dimension))[:6]
        values = [(i, level(i, dimension)) for i in likes]
        if own is not None:
            readings = [pair(own, s) for i, s in values if s and s.figure.base != own.figure.base and year_of(i) != year_of(item)]
        else:
            readings = [pair(a, b) for i, a in values for k, b in values
                        if a and b and i is not k and year_of(i) > year_of(k)]
        if readings:
            sure = own is not None and likes[0].sentence == item.sentence and core(likes[0].name) == core(item.name) \
                and _next_year(likes[0].year, item.year) and not said.name
            yield change(prose, said, name, readings[:1] if sure else readings[:8], own if sure and own else said, guess=not sure)
    yield from _left(prose, index, said)


def _next_year(earlier: str, later: str) -> bool:
    return bool(earlier and later) and int(later) == int(earlier) + 1


_CAME_IN = regex.compile(r"总收入|收入合计|本年收入|调整后?预算")


def _left(prose: Prose, index: int, said: Said) -> Iterator[Statement]:
    """A budget cut down to what came in: 年初预算A，本年减少B, where A − B is an income stated elsewhere."""
    item = prose.items[index]
    near = [i for i in prose.items[max(0, index - 2):index + 2] if i.sentence == item.sentence]
    budgets = [s for i in near for s in i.money if basis_of(i.name or s.name) == "budget" or "预算" in s.pre]
    incomes = [s for i in prose.items[max(0, index - 80):index] for s in i.money if _CAME_IN.search(i.name + s.pre)]
    for budget in budgets[:1]:
        readings = [pair(income, budget) for income in incomes[-12:]]
        if readings and said.falls is not None:
            yield change(prose, said, item.name, readings, said, guess=True)


def _rate(prose: Prose, index: int, said: Said) -> Iterator[Statement]:
    """At what rate: the change just stated over what there was before; else from the amounts themselves."""
    item = prose.items[index]
    earlier = [s for s in item.said if (s.text, s.start) < (said.text, said.start)]
    deltas = [s for s in earlier if s.role == "delta" and s.figure.dimension != ""]
    priors = [s for s in earlier + _told_after(item.said, said) if s.role == "prior" and s.figure.dimension != "rate"]
    amounts = [s for s in earlier if s.role == "amount" and (not priors or s.figure.dimension == priors[-1].figure.dimension)]
    delta = deltas[-1] if deltas and _goes_with(deltas[-1], said, earlier) else _told_next(item.said, said)
    priors = _unused(item.said, priors, delta) if delta is not None else priors
    readings: list[Reading] = []
    near, guess = said, False
    two = _two_before(prose, index, said) if said.falls and _SAVED.search(said.pre) else []
    if two and delta is not None:
        readings, near = [Reading({"amount": (delta.figure,), "before": (two[0].figure,)}), pair(two[1], two[0])], two[0]
    elif (years := _YEARS.search(said.gap)) and delta is None:
        readings = _of_years(prose, index, said, years[1], years[2])
        near = said
    elif delta is not None and _CUT_RATE.search(said.pre) and len(same := [s for s in amounts if s.figure.dimension == "money"]) == 1:
        readings, near = _cut(prose.items[index], delta, same[0], said), same[0]
    elif priors and (amounts or _wholes_over(prose, index, priors[-1].figure.dimension)):
        readings = _from_prior(prose, index, said, amounts, priors[-1])
        near = min((priors[-1], *amounts[-1:]), key=lambda s: (s.text, s.start))
        guess = not amounts
    elif priors and delta is not None:
        readings, near = [Reading({"amount": (delta.figure,), "before": (priors[-1].figure,)})], priors[-1]
    elif delta is not None:
        readings, near, guess = _over(prose, index, delta, said)
        if said.against == "prior":
            # where the change itself is misprinted, the amounts of the two years still give the rate
            readings += [r for r in _bare(prose, index, said)[0] if r["now"] and r["before"]]
    elif said.against == "budget" and len(amounts) >= 2:
        readings, near, guess = list(_pairs(amounts, said)), amounts[0], True
    else:
        readings, near, guess = _bare(prose, index, said)
    if readings:
        found = change(prose, said, item.name, readings, near, guess)
        alone = guess and len(readings) == 1 and delta is not None and said.against == delta.against and said.gap.strip(",") == said.pre
        yield replace(found, facts={**found.facts, "bound": "alone"}) if alone else found


# 核减率, 节约率: of what was asked for, not of what remained
_CUT_RATE = regex.compile(r"(?:核减|审减|节约|节支|节省|下浮)(?:率|幅度|比例)")
_ASKED = regex.compile(r"送审|报审|申报|申请|控制价|概算|预算|计划|批复")


def _cut(item: Item, delta: Said, amount: Said, said: Said) -> list[Reading]:
    """A saving over what was asked for; where only what remained is told, over both together."""
    ways = [Reading({"amount": (delta.figure,), role: (amount.figure,)}) for role in ("before", "now")]
    return ways if _ASKED.search(item.name + amount.pre) or said.against != "budget" and not delta.against else ways[:0:-1]


_YEARS = regex.compile(r"((?:19|20)[0-9]{2})年度?[^,;。]{0,12}?(?:比|较|与|同)((?:19|20)[0-9]{2})年")


def _of_years(prose: Prose, index: int, said: Said, later: str, earlier: str) -> list[Reading]:
    """2022年比2020年增长: the amounts of those two years, of one name, from the same paragraph."""
    name = said.name or prose.items[index].name
    near = [i for i in prose.items[max(0, index - 12):index + 1] if i.text == said.text and i.money and alike(i.name, name)]
    now = [level(i) for i in near if i.year == later]
    then = [level(i) for i in near if i.year == earlier]
    return [pair(a, b) for a in now[:1] for b in then[:1] if a and b]


def _told_next(among: Sequence[Said], said: Said) -> Said | None:
    """下降9.8%,减收80万元: the change itself told right after its rate."""
    after = among[among.index(said) + 1:][:1]
    plain = after and after[0].role == "delta" and after[0].gap.startswith(",") and after[0].falls == said.falls and not after[0].name
    return after[0] if plain and not regex.search(r"[比较与]", after[0].gap) else None


_SHORT = regex.compile(r"^(?:短收|短支|超收|欠收)$")


def _goes_with(delta: Said, said: Said, earlier: Sequence[Said]) -> bool:
    """A rate belongs to the change right before it, unless they name other things compared."""
    last = earlier[-1]
    if said.against == "prior" and _SHORT.search(delta.pre.strip()):
        # 短收B,比上年下降R%: B is against the budget
        return False
    return last is delta or (said.against == delta.against and said.falls == delta.falls)


_LAST_YEARS = regex.compile(r"^(?:与|比|较|同)(?:上年|去年|上一年度?)[^,;。]{2,}$")
_YEAR_OF = regex.compile(r"^\s?((?:19|20)[0-9]{2})\s?年度?(?![^,;。]*[比较与同])")


def _over(prose: Prose, index: int, delta: Said, said: Said) -> tuple[list[Reading], Said, bool]:
    """The change over its base, which is now less the change; against a budget the budget itself."""
    item = prose.items[index]
    dimension = delta.figure.dimension
    same = [s for s in item.amounts if s.figure.dimension == dimension and (s.text, s.start) < (delta.text, delta.start)]
    if said.against == "budget" or delta.against == "budget" and not said.against:
        budgets = [s for s in same if basis_of(s.name) == "budget" or basis_of(item.name) == "budget"]
        bases = [Reading({"amount": (delta.figure,), "before": (b.figure,)}) for b in budgets]
        bases += [Reading({"amount": (delta.figure,), "now": (s.figure,)}) for s in same if s not in budgets]
        return bases, (same or [delta])[0], not budgets
    if same:
        ordered = sorted(same, key=lambda s: basis_of(s.name or item.name) in ("budget", "adjusted"))
        if basis_of(item.name) == "budget" and len(same) > 1:
            ordered = same[::-1]
        wholes = _wholes_over(prose, index, dimension)
        later = _YEAR_OF.search(delta.pre)
        if len(same) == 1 and _LAST_YEARS.search(same[0].pre.strip()) or later and item.year and later[1] > item.year:
            # 2022年A,2023年减少B: A is what there was before
            return [Reading({"amount": (delta.figure,), "before": (s.figure,)}) for s in same[-1:]], same[-1], False
        readings = [Reading({"amount": (delta.figure,), "now": (s.figure,)}) for s in [*_latest(ordered), *wholes]]
        # what rose by more than it is now did not rise: the change is that of the list
        readings.sort(key=lambda r: not delta.falls and r["now"][0].base <= delta.figure.base)
        return readings, same[0], False
    readings = []
    near = delta
    likes = list(before_it(prose.items, index, delta.name or item.name, dimension))[:6]
    for like in likes:
        now = level(like, dimension)
        if now is not None:
            same_year = year_of(like) in ("", year_of(item)) or not year_of(item)
            role = "now" if same_year else "before"
            readings.append(Reading({"amount": (delta.figure,), role: (now.figure,)}))
            if not same_year:
                readings.append(Reading({"amount": (delta.figure,), "now": (now.figure,)}))
            near = now if near is delta else near
    exact = [i for i in likes if core(i.name) == core(delta.name) and delta.text - i.text <= 1]
    if len(exact) == 1 and readings and not year_of(exact[0]) < year_of(item):
        return readings[:1], near, False
    return readings, near, True


def _latest(amounts: Sequence[Said]) -> list[Said]:
    """The amounts a change may be of, the nearest first within each basis."""
    first = [s for s in amounts if basis_of(s.name) not in ("budget", "adjusted")]
    rest = [s for s in amounts if s not in first]
    return first[::-1] + rest[::-1]


def _bare(prose: Prose, index: int, said: Said) -> tuple[list[Reading], Said, bool]:
    """A rate alone: an amount of like name in another year, or the changes of the parts, may be its base."""
    item = prose.items[index]
    now = level(item)
    readings: list[Reading] = []
    if now is None:
        return readings, said, True
    for like in list(before_it(prose.items, index, said.name or item.name))[:6]:
        then = level(like)
        if then is not None and year_of(like) and year_of(item) and year_of(like) < year_of(item):
            readings.append(pair(now, then))
    parts = _changes_after(prose, index, said)
    if parts is not None and not readings:
        readings.append(parts)
    return readings, now, True


def _changes_after(prose: Prose, index: int, said: Said) -> Reading | None:
    """The total's change given only through its parts: 总额15.60万元…增长18.18%，其中A增加0万元，B增加2.40万元."""
    item = prose.items[index]
    after = [s for i in prose.items[index + 1:index + 16] if i.text == item.text and not i.money for s in i.of("delta")
             if (s.text, s.start) > (said.text, said.start)]
    after = [s for s in after if (s.falls or False) == (said.falls or False) or not s.figure.value]
    now = level(item)
    if now is None or not after:
        return None
    return Reading({"amount": tuple(s.figure for s in after if s.figure.value) or (after[0].figure,), "now": (now.figure,)})


__all__ = ["Figure", "find"]
