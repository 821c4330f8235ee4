"""What a share is of: the amount its words name, else the total over the list, else a larger amount before it."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from fusuan.model import Reading
from fusuan.patterns._binding import level, year_of
from fusuan.patterns._items import Item
from fusuan.patterns._prose import Prose
from fusuan.patterns._said import Said, clean
from fusuan.patterns.names.likeness import alike, basis_of, core


def over(above: Said, below: Said) -> Reading:
    return Reading({"numerator": (above.figure,), "denominator": (below.figure,)})


def of_list(prose: Prose, index: int, readings: Sequence[Reading]) -> list[Reading]:
    """费用A,其中甲B、乙C,占收入的R%: a share told behind the last part may be that of all the parts, where no other has one."""
    item = prose.items[index]
    if index and any(s.role in ("share", "base") for s in prose.items[index - 1].said):
        return []
    totals = [w for total in prose.ends.get(id(item), ()) if total.sentence == item.sentence and (w := level(total, item.dimension))]
    return [over(w, Said(below[0], "amount")) for w in totals for r in readings if (below := r["denominator"])
            and below[0].base > w.figure.base][:2]


def own_name(said: Said) -> str:
    """What has the share, where the clause names it before 占."""
    own = clean(said.pre.partition("占")[0]) if "占" in said.pre else ""
    return "" if own == "分别" else own


def wholes_of(prose: Prose, index: int, said: Said, now: Said, parent: Item | None) -> tuple[list[Reading], bool]:
    """The amounts that a share may be of, the plainest first, and whether the wording leaves no other."""
    item = prose.items[index]
    readings, sure = [], False
    if _DEICTIC.search(said.pre):
        return [], False
    if _SCOPE.search(said.pre):
        return _of_scope(prose, index, said, now), False
    names = [said.name] if said.name else [found[1] for found in regex.finditer(r"([^,;。:\n]{2,50}?)(?:之?中|[里内])[,:]", _lead(prose, index))]
    for name in names:
        likes = [i for i in all_before(prose.items, index) if i is not item and _means(name, i.name)]
        exact = [i for i in likes if core(i.name) == core(name)]
        if said.name and not _GENERAL.fullmatch(said.name) and (alone := _alone(exact, item, now, said.name)):
            return [over(now, alone)], True
        for like in (exact + [i for i in likes if i not in exact])[:5]:
            whole = level(like, now.figure.dimension)
            if whole is not None and whole.figure.base >= now.figure.base:
                readings.append(over(now, whole))
        lists = {id(t): t for i in likes[:5] for t in prose.within.get(id(i), ())}
        readings += [over(now, w) for t in lists.values() if (w := level(t, now.figure.dimension)) and w.figure.base >= now.figure.base]
        sure = bool(said.name and parent is not None and likes and likes[0] is parent)
    if not said.name and not names and parent is None and (of := _last_base(prose, index, said)):
        return [over(now, of)], True
    general = not said.name or _GENERAL.fullmatch(said.name)
    if parent is not None and general:
        wholes = [w for w in parent.amounts if w.figure.dimension == now.figure.dimension
                  and (w.figure.base >= now.figure.base or parent.sentence == item.sentence)]
        # a part of what was done is a share of that, not of its budget
        done = [w for w in wholes if basis_of(w.name) not in ("budget", "adjusted")] or wholes
        readings += [over(now, w) for w in sorted(wholes, key=lambda w: w not in done)]
        sure = sure or len({w.figure.value for w in done}) == 1
        # 支出A;加…,总计B。其中甲C,占R%: of the total right above, or of another amount of its sentence
        beside = [w for i in prose.items[max(0, index - 12):index] if i.sentence == parent.sentence and i is not parent and i.depth == parent.depth
                  and parent.sentence < item.sentence and (w := level(i, now.figure.dimension)) and w.figure.base > now.figure.base]
        readings += [over(now, w) for w in beside]
    if not readings and general:
        readings = _nearby(prose, index, now)
    if not readings and said.name:
        readings = [over(now, s) for i in prose.items[index + 1:index + 16] if i.text <= item.text + 3 and _means(said.name, i.name)
                    for s in i.money[:1] if s.figure.base >= now.figure.base]
    return readings, sure


WHOLE = regex.compile(r"(?:的)?(?:比重|比例|比率|百分比|份额|比)?(?:约|近|仅)?(?:为|达到?|是)?$|的$")
# a name that tells no more than that it is the whole
_GENERAL = regex.compile(r"(?:本年|全年|全部|财政|部门|其|项目|各项|资金|整体)*(?:总体?|合计)?(?:支出|收入|资金|投入|投资|规模|金额|经费|数|量|额)*"
                         r"(?:合计|总计|总额|总数|总量)?")


def _alone(exact: Sequence[Item], item: Item, now: Said, name: str) -> Said | None:
    """The one amount of the report up to here that bears just the name of the whole, in the same year; None where there are
    several.
    """
    exact = [i for i in exact if basis_of(i.name) not in ("budget", "adjusted") or len(i.money) > 1]
    wholes = [s for i in exact if (s := level(i, now.figure.dimension)) and year_of(i) in ("", year_of(item))]
    # 占资金总额: what was spent of it goes by another word
    if "支出" not in name and any("支出" in i.name for i in exact):
        return None
    alone = len({s.figure.base for s in wholes}) == 1 and len(wholes) == len(exact) and wholes[0].figure.base >= now.figure.base
    return wholes[0] if alone else None


# 占同类产品采购金额: of something else each time it is said
_DEICTIC = regex.compile(r"占(?:同[类级等]|各自|相应|对应|本类|同一)")
_SCOPE = regex.compile(r"占(?:全[国省市州县区乡镇村旗盟]|全部门|全系统|全院|全校)(?:总量|总数|总额|的|比重|比例)*(?:为|达)?$")


def _of_scope(prose: Prose, index: int, said: Said, now: Said) -> list[Reading]:
    """占全市的36.9%: of the same thing counted for the whole of the place."""
    item = prose.items[index]
    own = _LOWER.sub("", item.name)
    likes = [i for i in all_before(prose.items, index) if i is not item and len(core(own)) >= 2 and core(i.name) == core(own)]
    return [over(now, whole) for i in likes[:4] if (whole := level(i, now.figure.dimension)) and whole.figure.base >= now.figure.base]


_LOWER = regex.compile(r"^.{0,8}?(?:本级|直属|城区|开发区|新区|县级|区级|市级)(?:\([^()]*\))?")


def _last_base(prose: Prose, index: int, said: Said) -> Said | None:
    """占总投资30万元的60%;…占40%: the base printed with a share before in the sentence is that of the next."""
    sentence = prose.items[index].sentence
    shares = [s for i in prose.items[max(0, index - 8):index] if i.sentence == sentence for s in i.said if s.role in ("base", "share")]
    bases = [s for s in shares if s.role == "base" and "占" in s.pre]
    return bases[-1] if bases and said.text == bases[-1].text else None


def _lead(prose: Prose, index: int) -> str:
    """The words before the items of the sentence an item stands in."""
    item = prose.items[index]
    return "\n".join(i.lead for i in prose.items[max(0, index - 12):index + 1] if i.sentence == item.sentence)


def _nearby(prose: Prose, index: int, now: Said) -> list[Reading]:
    """Where nothing names the whole: larger amounts before, and the sum of the amounts listed with shares."""
    item = prose.items[index]
    larger = [over(now, s) for i in all_before(prose.items, index)[:12] if i is not item and i.depth == 0
              for s in i.money if s.figure.dimension == now.figure.dimension and s.figure.base > now.figure.base][:5]
    listed = [i for i in prose.items[max(0, index - 20):index + 20] if i.sentence == item.sentence and i.of("share") and i.amount
              and i.dimension == now.figure.dimension]
    if len(listed) >= 2:
        larger.append(Reading({"numerator": (now.figure,), "denominator": tuple(i.amount.figure for i in listed if i.amount)}))
    return larger


def all_before(items: Sequence[Item], index: int) -> list[Item]:
    return [i for i in reversed(items[max(0, index - 200):index + 1]) if i.amounts]


def _means(base: str, name: str) -> bool:
    return alike(base, name) and len(core(base)) >= 2
