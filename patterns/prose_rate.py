"""文中比率：占…的比重、占比、完成（为、占）预算的百分之几。

分母印在同一句的用该数；在前文的按名称寻找；“完成预算的31.6%”而文中没有预算数的，列入未核对。

>>> from model import Document, Paragraph, Place
>>> def found(*lines):
...     document = Document("", "", tuple(Paragraph(line, Place(paragraph=n)) for n, line in enumerate(lines, 1)))
...     return [(s.stated.text, [[f.text for f in fs] for fs in s.readings[0].roles.values()]) for s in find(Report(document))]
>>> found("支出预算为24.50万元，支出决算为16.34万元，完成预算的66.69%。")
[('66.69%', [['16.34万元'], ['24.50万元']])]
>>> found("财政支出912.40亿元。", "其中，民生支出641.4亿元，占财政支出的70.3%。")
[('70.3%', [['641.4亿元'], ['912.40亿元']])]
>>> found("收入27850万元，为年预算的31.6%。")
[]
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

import regex

from model import Figure, Reading, Statement, Words
from patterns._binding import before_it, level, year_of
from patterns._items import Item, alike, basis_of, core
from patterns._prose import Prose, named, prose_of
from patterns._report import Report
from patterns._said import Said, clean


def find(report: Report) -> Iterator[Statement]:
    for prose in prose_of(report):
        found = _to_hundred(_of_one_whole(list(_rates(prose))))
        yield from found
        yield from _twice(found)


_NEAR = 8


def _of_one_whole(found: list[Statement]) -> list[Statement]:
    """Shares told side by side of a whole by one name are of one amount: the one that a share of three digits fits.

    全民健身198万元,占总数的89.59%; 竞技体育23万元,占总数的10.41%: what 总数 means to the first it means to the second.
    """
    fits: dict[tuple[str, int], list[tuple[Figure, Figure]]] = {}
    settled = []
    for statement in found:
        stated, of = statement.stated, statement.facts.get("of")
        if of is not None and isinstance(stated, Figure) and (stated.decimals >= 1 or stated.value >= 100):
            known = [(r["denominator"][0], stated) for r in statement.readings if _exactly(stated, r)]
            reach = _NEAR if of else 1
            for near in range(-reach, reach + 1):
                fits.setdefault((of, (stated.place.paragraph or 0) + near), []).extend(known)
    for statement in found:
        stated, beside = statement.stated, fits.get((statement.facts.get("of", "-"), statement.place.paragraph or 0), [])
        wholes = {whole.base: whole for whole, _ in beside}
        if statement.guess and len(wholes) == 1 and not any(_exactly(stated, r) for r in statement.readings):
            whole = next(iter(wholes.values()))
            listed = any(r["denominator"][0].base in wholes for r in statement.readings)
            reading = replace(statement.readings[0], roles={**statement.readings[0].roles, "denominator": (whole,)})
            # that it is of the same whole is plain where that was among its own readings, or is borne out twice
            statement = replace(statement, readings=(reading,), guess=not listed and len({s.span for _, s in beside}) < 2)
        settled.append(statement)
    return settled


def _to_hundred(found: list[Statement]) -> list[Statement]:
    """Shares of one whole that are printed to come to just 100: then one may be a last digit off to make them so."""
    sums: dict[tuple[str, int], Decimal] = {}
    shares: dict[int, tuple[str, int]] = {}
    for number, statement in enumerate(found):
        stated, of = statement.stated, statement.facts.get("of")
        if of is not None and isinstance(stated, Figure) and stated.unit == "%":
            shares[number] = (of, stated.place.paragraph or 0)
            sums[shares[number]] = sums.get(shares[number], Decimal(0)) + stated.value
    return [replace(s, facts={**s.facts, "hundred": "yes"}) if n in shares and sums[shares[n]] == 100 else s for n, s in enumerate(found)]


def _exactly(stated: Figure | Words, reading: Reading) -> bool:
    """Tell whether a printed share is that of one amount in another, to its last digit."""
    above, below = reading["numerator"], reading["denominator"]
    if not isinstance(stated, Figure) or len(above) != 1 or len(below) != 1 or not below[0].base or stated.unit != "%":
        return False
    share = above[0].base / below[0].base * 100
    return share.quantize(Decimal(1).scaleb(-stated.decimals), ROUND_HALF_UP) == stated.value


def _twice(found: Sequence[Statement]) -> Iterator[Statement]:
    """The same amount over the same base stated again as another rate: one of the two is misprinted (cut or rounded apart)."""
    first: dict[tuple[Decimal, Decimal], Statement] = {}
    for statement in found:
        reading = statement.readings[0]
        above, below, stated = reading["numerator"], reading["denominator"], statement.stated
        if statement.guess or len(above) != 1 or len(below) != 1 or not isinstance(stated, Figure) or stated.unit != "%":
            continue
        same = first.setdefault((above[0].base, below[0].base), statement).stated
        if isinstance(same, Figure) and same is not stated and same.unit == "%" and same.decimals == stated.decimals \
                and abs(same.value - stated.value) != Decimal(1).scaleb(-stated.decimals):
            yield Statement("mention", "cross", stated, (Reading({"other": (same,)}),), statement.quote)


def _rates(prose: Prose) -> Iterator[Statement]:
    parents = {id(p): s.total for s in prose.splits for parts in s.lists[:1] for p in parts}
    for index, item in enumerate(prose.items):
        for said in item.said:
            if said.role == "completion":
                yield from _completion(prose, index, said)
            elif said.role == "share" or _in_bracket(said) and _beside(prose, index):
                yield from _share(prose, index, said, parents.get(id(item)))


def _in_bracket(said: Said) -> bool:
    """水电费92万元(39.1%): a rate alone in a bracket right behind an amount."""
    return said.role == "other" and said.gap == "(" and said.figure.unit == "%" and not said.post.strip() and not said.figure.sign


def _beside(prose: Prose, index: int) -> bool:
    """Tell whether the amounts beside it carry such rates too: then they are shares of what these add up to."""
    item = prose.items[index]
    near = [i for i in prose.items[max(0, index - 8):index + 9] if i.sentence == item.sentence and i.depth == item.depth]
    return sum(any(_in_bracket(s) for s in i.said) for i in near) >= 2


def _statement(prose: Prose, said: Said, name: str, readings: Sequence[Reading], near: Said, guess: bool) -> Statement:
    return Statement("rate", "rate", named(said, name), tuple(readings), prose.quote(near, said), guess=guess)


def _over(above: Said, below: Said) -> Reading:
    return Reading({"numerator": (above.figure,), "denominator": (below.figure,)})


def _base(item: Item, said: Said) -> Said | None:
    """The base printed in the same clause, right before the rate."""
    position = item.said.index(said)
    before = item.said[position - 1] if position else None
    return before if before is not None and before.role == "base" and said.joined else None


def _now(item: Item, said: Said) -> list[Said]:
    """The amounts of an item that a rate may be of, the plainest first: what was done before what was planned."""
    earlier = [s for s in item.amounts if (s.text, s.start) < (said.text, said.start) and s.figure.dimension != ""]
    money = [s for s in earlier if s.figure.dimension == "money"] or earlier
    done = [s for s in money if basis_of(s.name) not in ("budget", "adjusted") and
            not (s is money[0] and basis_of(item.name) in ("budget", "adjusted") and len(money) > 1)]
    return (done or money)[::-1]


def _completion(prose: Prose, index: int, said: Said) -> Iterator[Statement]:
    item = prose.items[index]
    now = _now(item, said)
    own = _own(said)
    if own and now and not any(alike(own, name) for name in (item.name, now[0].name)):
        # 结转资金占调整预算的3.42%: it has a subject of its own, not the amount before
        now = [s for i in before_it(prose.items, index, own) if core(i.name) == core(own) and (s := level(i))][:1]
        if not now or _base(item, said) is None:
            return
    base = _base(item, said)
    if base is not None:
        if now:
            yield _statement(prose, said, item.name, [_over(now[0], base)], now[-1], guess=False)
        return
    before = [s for s in item.of("prior") if "预算" in s.pre and (s.text, s.start) < (said.text, said.start)]
    if before and now and "预算" in said.pre:
        # 决算数A,比预算数B超收C,完成预算的R%
        yield _statement(prose, said, item.name, [_over(now[0], before[-1])], now[0], guess=False)
        return
    following = item.said[item.said.index(said) + 1:][:1]
    if now and following and following[0].role == "base" and following[0].gap.startswith("("):
        yield _statement(prose, said, item.name, [_over(now[0], following[0])], now[-1], guess=False)
        return
    if now and base is None and (done := _done_before(prose, index, now[0])):
        yield _statement(prose, said, done.name, [_over(done, now[0])], done, guess=True)
        return
    budgets = [s for s in item.amounts if (s.text, s.start) < (said.text, said.start) and s not in now[:1]
               and (basis_of(s.name) in ("budget", "adjusted") or basis_of(item.name) in ("budget", "adjusted"))]
    if now and budgets:
        ordered = sorted(budgets, key=lambda s: basis_of(s.name) != _meant(said))
        yield _statement(prose, said, item.name, [_over(now[0], b) for b in ordered], item.said[0], guess=False)
        return
    if now and (planned := _budget_beside(prose, index, now[0])) and "预算" in said.pre:
        yield _statement(prose, said, item.name, [_over(now[0], planned)], planned, guess=False)
        return
    if now:
        special = _special(prose, index, said, now[0])
        readings = special or [_over(now[0], b) for b in _budgets_before(prose, index, item.name)
                               if b.figure.dimension == now[0].figure.dimension]
        if readings:
            yield _statement(prose, said, item.name, readings, now[0], guess=len(special) != 1)
        elif granted := _granted(prose, index, now[0]):
            found = _statement(prose, said, item.name, [_over(now[0], b) for b in granted], now[0], guess=True)
            yield replace(found, facts={"slip": "none"})


def _done_before(prose: Prose, index: int, budget: Said) -> Said | None:
    """支出决算3365万元…。年初预算3102万元,完成年初预算的108%: only the budget is told here, what was done stands before."""
    item = prose.items[index]
    if len(item.money) != 1 or basis_of(budget.name or item.name) not in ("budget", "adjusted"):
        return None
    head = next((i for i in reversed(prose.items[max(0, index - 6):index]) if i.money and i.depth == item.depth), None)
    near = head is not None and head.text == item.text and item.sentence - head.until <= 1 and "其中" not in head.lead
    return level(head) if near and head and basis_of(head.name) not in ("budget", "adjusted") else None


def _budget_beside(prose: Prose, index: int, now: Said) -> Said | None:
    """调整预算数9.86亿元,实际完成9.51亿元,占调整预算的R%: the budget told right before what was done, and only that."""
    item, before = prose.items[index], prose.items[index - 1] if index else None
    if before is None or before.sentence != item.sentence or before.depth != item.depth or len(before.money) != 1 or item.name or now.name:
        return None
    told = before.money[0]
    return told if basis_of(before.name) in ("budget", "adjusted") and told.figure.dimension == now.figure.dimension else None


def _special(prose: Prose, index: int, said: Said, now: Said) -> list[Reading]:
    """占概算的, 为合同价的: the base goes by a word of its own, printed a sentence or two before."""
    word = regex.search(r"概算|总投资|投资额|合同[价额]|控制数|限额", said.pre)
    item = prose.items[index]
    if word is None:
        return []
    return [_over(now, s) for i in prose.items[max(0, index - 8):index] for s in i.money
            if word.group() in s.pre + i.name and item.sentence - i.sentence <= 3 and s is not now]


_GRANT = regex.compile(r"下达|安排|批复|到位|拨入|预算|核定|总投资|概算")


def _granted(prose: Prose, index: int, now: Said) -> list[Said]:
    """What was granted, told in the sentences before under another name, or as a budget right after."""
    item = prose.items[index]
    near = [i for i in prose.items[max(0, index - 12):index] if i.text == item.text and i.depth == 0]
    before = [s for i in reversed(near) for s in i.money if _GRANT.search(s.pre) and s.figure.base >= now.figure.base]
    after = [s for i in prose.items[index + 1:index + 12] if i.text == item.text for s in i.money
             if "预算" in s.pre and s.figure.dimension == now.figure.dimension]
    return before[:3] + after[:2]


def _meant(said: Said) -> str:
    return "adjusted" if "调整" in said.pre or "全年" in said.pre else "budget"


def _budgets_before(prose: Prose, index: int, name: str) -> list[Said]:
    """Budgets of like name in earlier sentences."""
    found = []
    for like in before_it(prose.items, index, name):
        found += [s for s in like.money if basis_of(s.name) in ("budget", "adjusted") or basis_of(like.name) in ("budget", "adjusted")]
    return found[:3]


def _share(prose: Prose, index: int, said: Said, parent: Item | None) -> Iterator[Statement]:
    """占…的: of the base printed, of an amount by that name, else of the total whose part this is."""
    item = prose.items[index]
    base = _base(item, said)
    now = _now(item, said)
    own = _own(base or said)
    if own and not alike(own, item.name):
        likes = [i for i in before_it(prose.items, index, own) if core(i.name) != core(said.name)]
        named_so = [i for i in likes if core(i.name) == core(own)]
        now = [s for i in named_so or likes if (s := level(i))][:1]
        parent = None
        if not now and likes:
            return
    now = now or _carried(prose, index)
    if not now:
        yield from _implied(prose, index, said)
    elif base is not None:
        yield _statement(prose, said, item.name, [_over(now[0], base)], now[-1], guess=bool(own))
    else:
        readings, sure = _wholes(prose, index, said, now[0], parent)
        readings += _of_list(prose, index, readings)
        if readings:
            found = _statement(prose, said, own or item.name, readings, now[0], guess=not sure)
            exactly = not own or core(own) in (core(item.name), *(core(i.name) for i in _all_before(prose.items, index)[:24]))
            yield replace(found, facts={**({} if exactly else {"slip": "none"}), "of": core(said.name) or _WHOLE.sub("", said.pre.rpartition("占")[2].strip())})


def _of_list(prose: Prose, index: int, readings: Sequence[Reading]) -> list[Reading]:
    """费用A,其中甲B、乙C,占收入的R%: a share told behind the last part may be that of all the parts, where no other has one."""
    item = prose.items[index]
    if index and any(s.role in ("share", "base") for s in prose.items[index - 1].said):
        return []
    totals = [w for total in prose.ends.get(id(item), ()) if total.sentence == item.sentence and (w := level(total, item.dimension))]
    return [_over(w, Said(below[0], "amount")) for w in totals for r in readings if (below := r["denominator"])
            and below[0].base > w.figure.base][:2]


def _own(said: Said) -> str:
    """What has the share, where the clause names it before 占."""
    own = clean(said.pre.partition("占")[0]) if "占" in said.pre else ""
    return "" if own == "分别" else own


def _wholes(prose: Prose, index: int, said: Said, now: Said, parent: Item | None) -> tuple[list[Reading], bool]:
    """The amounts that a share may be of, the plainest first, and whether the wording leaves no other."""
    item = prose.items[index]
    readings, sure = [], False
    if _DEICTIC.search(said.pre):
        return [], False
    if _SCOPE.search(said.pre):
        return _of_scope(prose, index, said, now), False
    names = [said.name] if said.name else [found[1] for found in regex.finditer(r"([^,;。:\n]{2,50}?)(?:之?中|[里内])[,:]", _lead(prose, index))]
    for name in names:
        likes = [i for i in _all_before(prose.items, index) if i is not item and _means(name, i.name)]
        exact = [i for i in likes if core(i.name) == core(name)]
        if said.name and not _GENERAL.fullmatch(said.name) and (alone := _alone(exact, item, now, said.name)):
            return [_over(now, alone)], True
        for like in (exact + [i for i in likes if i not in exact])[:5]:
            whole = level(like, now.figure.dimension)
            if whole is not None and whole.figure.base >= now.figure.base:
                readings.append(_over(now, whole))
        over = {id(t): t for i in likes[:5] for t in prose.within.get(id(i), ())}
        readings += [_over(now, w) for t in over.values() if (w := level(t, now.figure.dimension)) and w.figure.base >= now.figure.base]
        sure = bool(said.name and parent is not None and likes and likes[0] is parent)
    if not said.name and not names and parent is None and (of := _last_base(prose, index, said)):
        return [_over(now, of)], True
    general = not said.name or _GENERAL.fullmatch(said.name)
    if parent is not None and general:
        wholes = [w for w in parent.amounts if w.figure.dimension == now.figure.dimension
                  and (w.figure.base >= now.figure.base or parent.sentence == item.sentence)]
        # a part of what was done is a share of that, not of its budget
        done = [w for w in wholes if basis_of(w.name) not in ("budget", "adjusted")] or wholes
        readings += [_over(now, w) for w in sorted(wholes, key=lambda w: w not in done)]
        sure = sure or len({w.figure.value for w in done}) == 1
        # 支出A;加…,总计B。其中甲C,占R%: of the total right above, or of another amount of its sentence
        beside = [w for i in prose.items[max(0, index - 12):index] if i.sentence == parent.sentence and i is not parent and i.depth == parent.depth
                  and parent.sentence < item.sentence and (w := level(i, now.figure.dimension)) and w.figure.base > now.figure.base]
        readings += [_over(now, w) for w in beside]
    if not readings and general:
        readings = _nearby(prose, index, now)
    if not readings and said.name:
        readings = [_over(now, s) for i in prose.items[index + 1:index + 16] if i.text <= item.text + 3 and _means(said.name, i.name)
                    for s in i.money[:1] if s.figure.base >= now.figure.base]
    return readings, sure


_WHOLE = regex.compile(r"(?:的)?(?:比重|比例|比率|百分比|份额|比)?(?:约|近|仅)?(?:为|达到?|是)?$|的$")
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
    likes = [i for i in _all_before(prose.items, index) if i is not item and len(core(own)) >= 2 and core(i.name) == core(own)]
    return [_over(now, whole) for i in likes[:4] if (whole := level(i, now.figure.dimension)) and whole.figure.base >= now.figure.base]


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
    larger = [_over(now, s) for i in _all_before(prose.items, index)[:12] if i is not item and i.depth == 0
              for s in i.money if s.figure.dimension == now.figure.dimension and s.figure.base > now.figure.base][:5]
    listed = [i for i in prose.items[max(0, index - 20):index + 20] if i.sentence == item.sentence and i.of("share") and i.amount
              and i.dimension == now.figure.dimension]
    if len(listed) >= 2:
        larger.append(Reading({"numerator": (now.figure,), "denominator": tuple(i.amount.figure for i in listed if i.amount)}))
    return larger


def _all_before(items: Sequence[Item], index: int) -> list[Item]:
    return [i for i in reversed(items[max(0, index - 200):index + 1]) if i.amounts]


def _means(base: str, name: str) -> bool:
    return alike(base, name) and len(core(base)) >= 2


def _carried(prose: Prose, index: int) -> list[Said]:
    """The amount right before, when the share begins the next line."""
    item = prose.items[index]
    before = prose.items[index - 1] if index else None
    if before is None or item.text - before.text > 1 or item.amounts or item.name != item.said[0].name:
        return []
    return before.money[-1:]


def _implied(prose: Prose, index: int, said: Said) -> Iterator[Statement]:
    """税收占比64.18%: a part named in the rate itself, of the total it was listed under."""
    name = regex.sub(r"(?:占比|比重|占).*$", "", said.pre)
    for split in reversed(prose.splits):
        for part in split.lists[0] if split.lists else ():
            first, whole = part.amount, split.total.amount
            if first and whole and len(core(name)) >= 2 and part.said[0].text <= said.text and _begins(name, part.name) \
                    and first.figure.dimension == whole.figure.dimension:
                yield _statement(prose, said, name + "占比", [_over(first, whole)], whole, guess=True)
                return


def _begins(name: str, other: str) -> bool:
    return alike(name, other) or core(name)[:1] == core(other)[:1] and regex.search(r"税", name) is not None and "税" in other and "非税" not in other
