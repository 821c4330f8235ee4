"""文中合计：总数与其中、包括、分别为、按…分、编号列举的各分项。

读出总数与分项；同一总数的几种分法分别核对；分项自带的增减、预算数也按同一列举核对。
带“等”“主要”的列举、只列一项的“其中”，不认作完整列举，合不上时不判不符。

>>> from fusuan.model import Document, Paragraph, Place
>>> def found(*lines):
...     document = Document("", "", tuple(Paragraph(line, Place(paragraph=n)) for n, line in enumerate(lines, 1)))
...     return [(s.stated.text, [f.text for f in s.readings[0]["parts"]], s.guess) for s in find(Report(document))]
>>> found("总收入248.35万元：其中税收收入58.41万元，非税收入189.94万元。")
[('248.35万元', ['58.41万元', '189.94万元'], False)]
>>> found("运行经费4.15万元，其中办公费2.36万元，差旅费1.42万元等。")
[('4.15万元', ['2.36万元', '1.42万元'], True)]
>>> found("2020年召开会议12次，培训300人。")
[]
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import regex

from fusuan.model import Figure, Reading, Statement
from fusuan.patterns._items import Item
from fusuan.patterns._list_claims import upper_end
from fusuan.patterns._list_parts import style_of
from fusuan.patterns._lists import PER_HEAD, Split, strength
from fusuan.patterns._prose import Prose, named, prose_of
from fusuan.patterns._report import Report
from fusuan.patterns._said import Said
from fusuan.patterns.names.likeness import alike, basis_of


def find(report: Report) -> Iterator[Statement]:
    for prose in prose_of(report):
        for split in prose.splits:
            yield from _amounts(prose, split)
            yield from _bases(prose, split)
            yield from _changes(prose, split)
        yield from _closed(prose)
        yield from _headed(prose)


def _amounts(prose: Prose, split: Split) -> Iterator[Statement]:
    """The total against its parts, in each basis that both state."""
    totals = [split.total, *split.others] if not split.whole else [split.total]
    for total in totals[:1]:
        for said in [split.amount] if split.amount else _distinct(total.amounts):
            readings, last = [], None
            for parts in split.lists:
                chosen = [_matching(part, said, total) for part in parts]
                figures = tuple(named(s, p.name) for s, p in zip(chosen, parts, strict=True) if s is not None)
                if figures and None not in chosen and said.figure not in figures:
                    readings.append(Reading({"parts": figures}))
                    last = last or chosen[-1]
            if readings and last:
                alone = len(readings[0]["parts"]) < 2
                found = Statement("parts", "sum", named(said, total.name), tuple(readings), prose.quote(said, last),
                                  guess=not split.whole or alone or not _first(said, total))
                yield from _of_the_change(prose, split, found) or [_partial(split, found)]


def _of_the_change(prose: Prose, split: Split, found: Statement) -> list[Statement]:
    """调整为A,增加B,其中甲、乙: what is listed right behind a change may make up the change; then it does not split A."""
    first = split.lists[0][0].said[0]
    before = [s for s in split.total.said if (s.text, s.start) < (first.text, first.start)]
    if not before or before[-1].role not in ("delta", "growth"):
        return []
    change = next((s for s in reversed(before) if s.role == "delta"), None)
    readings = [r for r in found.readings if change is not None and sum(f.base for f in r["parts"]) == change.figure.base]
    if change is None or not readings:
        return []
    return [replace(found, label="growth", stated=named(change, split.total.name + "增减"), readings=tuple(readings[:1]), guess=True)]


def _partial(split: Split, found: Statement) -> Statement:
    """主要是甲、乙: a list that only names the main parts is no sum, near as it may come to the total."""
    less = isinstance(found.stated, Figure) and all(sum(f.base for f in r["parts"]) < found.stated.base for r in found.readings)
    main = "主要" in split.marker and "用于" not in split.marker
    # 其中甲100个；乙9个: a list that may end with its first part says nothing of the rest
    # (unless so many digits agree that no chance explains it)
    long = isinstance(found.stated, Figure) and len(regex.findall(r"[0-9]", found.stated.text)) >= 6 and len(split.lists[0]) >= 3
    single = any(len(parts) < 2 for parts in split.lists) and not long or upper_end([part.name for part in split.lists[0]])
    return replace(found, facts={**found.facts, "slip": "none"}) if found.guess and (less and main or single) else found


def _distinct(said: Sequence[Said]) -> list[Said]:
    return list({s.figure.value: s for s in reversed(said)}.values())[::-1]


def _first(said: Said, total: Item) -> bool:
    """The wording splits the amount it names; other bases of it follow only if their parts are stated too."""
    return len({s.figure.value for s in total.amounts if s.figure.dimension == said.figure.dimension}) == 1


def _matching(part: Item, total: Said, item: Item) -> Said | None:
    """The amount of a part that goes with this amount of the total: same kind, same basis where it has several."""
    fits = [s for s in part.amounts if s.figure.dimension == total.figure.dimension]
    if len(fits) > 1:
        kinds = [s for s in item.amounts if s.figure.dimension == total.figure.dimension]
        place = kinds.index(total) if total in kinds else 0
        wanted = basis_of(total.name)
        return next((s for s in fits if basis_of(s.name) == wanted), fits[min(place, len(fits) - 1)])
    return fits[0] if fits else None


def _bases(prose: Prose, split: Split) -> Iterator[Statement]:
    """Budgets printed beside total and parts add up like them: 占年初预算12074万元的43.2%，其中…占年初预算9650万元…"""
    bases = split.total.of("base")
    if len(bases) != 1:
        return
    for parts in split.lists[:1]:
        chosen = [part.of("base") for part in parts]
        if len(parts) >= 2 and all(len(c) == 1 for c in chosen):
            figures = tuple(named(c[0], p.name + "预算") for c, p in zip(chosen, parts, strict=True))
            yield Statement("parts", "sum", named(bases[0], split.total.name + "预算"), (Reading({"parts": figures}),),
                            prose.quote(bases[0], chosen[-1][0]), guess=True)


def _changes(prose: Prose, split: Split) -> Iterator[Statement]:
    """The change of the total as the signed sum of its parts' changes; unchanged parts may go unmentioned."""
    for total in split.total.of("delta"):
        readings, last = [], None
        for parts in split.lists:
            plus: list[Figure] = []
            minus: list[Figure] = []
            for part in parts:
                for said in [s for s in part.of("delta") if s.against == total.against or not s.against][:1]:
                    same = (said.falls or False) == (total.falls or False)
                    (plus if same else minus).append(named(said, part.name))
                    last = said
            if plus:
                readings.append(Reading({"parts": tuple(plus), "minus": tuple(minus)}))
        if readings and last and total.falls is not None:
            yield Statement("parts", "growth", named(total, split.total.name + "增减"), tuple(readings),
                            prose.quote(total, last), guess=True)


_TOTAL = regex.compile(r"(?:合计|共计|总计|总额|小计|总数|共)(?:为|达|是|完成|支出|收入|下达|安排)*$|"
                       r"^(?:以上|上述|[^,;。]{0,8}[两三四五六七八九十]项)[^,;。]{0,10}(?:合计|共计|总计|共)[^,;。]{0,14}$|"
                       r"^(?:合计|共计|总计|三项合计)[^,;。]{0,14}$")
# 两个标段合计: the wording counts the parts
_HOW_MANY = regex.compile(r"^[^,;。]{0,6}([两二三四五六七八九十])(?!项支出)[个项类批笔家][^,;。0-9]{0,8}(?:合计|共计|总计)")
_ADDING = regex.compile(r"加上|加之|加:|[,;。]加(?=年初|上年|本年|期初)")


def _names_its_own(item: Item, before: Sequence[Item]) -> bool:
    """Tell whether a closing total names what it adds up, and that is not what was told before: 其余甲、乙两类合计."""
    clause = regex.split(r"[,;。:\n]", item.lead)[-1]
    listed = clause.split("、") if regex.search(r"[两二三四五六七八九十][个项类批笔家大]", clause) else []
    return "其余" in clause or "其他" in clause and bool(listed) or len(listed) > 1 and not any(alike(listed[0], i.name) for i in before)


def _closed(prose: Prose) -> Iterator[Statement]:
    """Parts first, the total last: A…，B…，合计C; A…。加上B，合计C."""
    items = prose.items
    for index, item in enumerate(items):
        said = item.amount
        if said is None or not _TOTAL.search(said.pre.strip()) or index == 0:
            continue
        adding = next((n for n in range(index - 1, max(-1, index - 4), -1) if _ADDING.search(items[n].lead)), None)
        if adding is not None and adding > 0 and all(strength(i.lead) < 3 for i in items[adding + 1:index + 1]):
            continue
        if _names_its_own(item, items[max(0, index - 8):index]):
            continue
        told = _HOW_MANY.search(said.pre)
        runs = [parts for parts in _before(items, index, bool(told)) if len(parts) >= 2]
        readings = [Reading({"parts": tuple(named(p.amount, p.name) for p in parts if p.amount)}) for parts in runs]
        counted = [r for r in readings if told and len(r["parts"]) == "两二三四五六七八九十".index(told[1]) + 2 - (told[1] != "两")]
        # ①甲…；②乙…；③丙…。合计…: what is numbered up to the total is all of it
        numbered = [r for r, parts in zip(readings, runs, strict=True) if len(parts) >= 3 and all(style_of(i.lead) for i in parts)
                    and parts[0].text == item.text and regex.match(r"(?:合计|共计|总计)", said.pre.strip())][-1:]
        readings = counted or numbered or readings
        if readings:
            first = runs[0][0]
            yield Statement("parts", "sum", named(said, item.name), tuple(readings), prose.quote(first.said[0], said),
                            guess=not counted and not numbered)


def _under(item: Item) -> bool:
    return bool(regex.search(r"其中", item.lead))


def _before(items: Sequence[Item], index: int, counted: bool) -> list[tuple[Item, ...]]:
    """The runs of amounts before a closing total, from its sentence back to the start of its paragraph and the one before."""
    total = items[index]
    runs: list[tuple[Item, ...]] = []
    run: list[Item] = []
    for item in reversed(items[max(0, index - 24):index]):
        if item.text < total.text - (9 if counted else 1):
            break
        if item.dimension == total.dimension and item.depth == total.depth and not PER_HEAD.search(item.name):
            if item.amount and _TOTAL.search(item.amount.pre.strip()):
                break
            run.insert(0, item)
            if strength(item.lead) >= 4 or item.start == 0 or len(run) >= 2 and strength(item.lead) >= 3:
                runs.append(tuple(run))
    if run and (not runs or runs[-1] != tuple(run)):
        runs.append(tuple(run))
    near = items[max(0, index - 26):index]
    if counted:
        # 其中：甲…，乙…，以上两项合计…: the wording counts them, whatever stands over the list
        return runs
    return [r for r in runs if not any(_under(i) for i in r[1:]) and not (_under(r[0]) and _had_total(near, r[0]))]


def _had_total(items: Sequence[Item], first: Item) -> bool:
    """Tell whether a list opened by 其中 has its total before it."""
    at = items.index(first)
    return at > 0 and items[at - 1].dimension == first.dimension and first.text - items[at - 1].text <= 1


_HEADS = {"han": regex.compile(r"^\s*[一二三四五六七八九十]{1,3}、"), "paren": regex.compile(r"^\s*\([一二三四五六七八九十]{1,3}\)"),
          "num": regex.compile(r"^\s*[0-9]{1,2}[.、](?![0-9]*%)"), "pnum": regex.compile(r"^\s*\([0-9]{1,2}\)"),
          "is": regex.compile(r"^\s*[一二三四五六七八九十]是")}


def _headed(prose: Prose) -> Iterator[Statement]:
    """Parts that head numbered paragraphs, their total stated before the first."""
    firsts: dict[int, Item] = {}
    for item in prose.items:
        if item.money and item.depth == 0:
            firsts.setdefault(item.text, item)
    opened = {id(split.lists[0][0]) for split in prose.splits if split.lists and split.lists[0]}
    for style, _pattern in _HEADS.items():
        runs: list[list[Item]] = [[]]
        for number, text in enumerate(prose.texts):
            mark = next((name for name, p in _HEADS.items() if p.match(text.folded)), "")
            if mark == style and number in firsts:
                runs[-1].append(firsts[number])
            elif mark == style or (mark and list(_HEADS).index(mark) < list(_HEADS).index(style)):
                runs.append([])
        for run in runs:
            if len(run) >= 2 and id(run[0]) not in opened:
                yield from _over(prose, run)


def _over(prose: Prose, run: list[Item]) -> Iterator[Statement]:
    """The totals that may stand over a run of numbered paragraphs: the last amounts before it."""
    place = prose.places[id(run[0])]
    before = [i for i in prose.items[max(0, place - 60):place] if i.money and i.text < run[0].text and run[0].text - i.text <= 3 and i.depth == 0]
    parts = tuple(named(p.money[0], p.name) for p in run)
    fits = [item for item in before[:-3:-1] if _would_fit(item.money[0].figure, parts)][:1]
    # the list fits the income, but it is the outgo right above it that it splits
    spent = [item for item in before[-1:] if fits and item not in fits and _outgo(item) and not _outgo(fits[0])
             and any(_outgo(part) for part in run)]
    for item in (*spent, *fits) or before[:-3:-1]:
        said = item.money[0]
        yield Statement("parts", "sum", named(said, item.name), (Reading({"parts": parts}),),
                        prose.quote(said, run[-1].money[0]), guess=True)


def _outgo(item: Item) -> bool:
    return "支出" in item.name


def _would_fit(total: Figure, parts: Sequence[Figure]) -> bool:
    """Prefer, of the amounts over a numbered list, the one the list adds up to."""
    return total.base == sum(p.base for p in parts)
