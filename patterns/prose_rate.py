"""文中比率：占…的比重、占比、完成（为、占）预算的百分之几。

分母印在同一句的用该数；在前文的按名称寻找；“完成预算的31.6%”而文中没有预算数的，列入未核对。

>>> from fusuan.model import Document, Paragraph, Place
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

import regex

from fusuan.model import Reading, Statement
from fusuan.patterns._binding import before_it, level
from fusuan.patterns._items import Item
from fusuan.patterns._prose import Prose, named, prose_of
from fusuan.patterns._report import Report
from fusuan.patterns._said import Said
from fusuan.patterns._share_wholes import WHOLE, all_before, of_list, over, own_name, wholes_of
from fusuan.patterns._shares_beside import of_one_whole, to_hundred, twice
from fusuan.patterns.names.likeness import alike, basis_of, core


def find(report: Report) -> Iterator[Statement]:
    for prose in prose_of(report):
        found = to_hundred(of_one_whole(list(_rates(prose))))
        yield from found
        yield from twice(found)


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
    own = own_name(said)
    if own and now and not any(alike(own, name) for name in (item.name, now[0].name)):
        # 结转资金占调整预算的3.42%: it has a subject of its own, not the amount before
        now = [s for i in before_it(prose.items, index, own) if core(i.name) == core(own) and (s := level(i))][:1]
        if not now or _base(item, said) is None:
            return
    base = _base(item, said)
    if base is not None:
        if now:
            yield _statement(prose, said, item.name, [over(now[0], base)], now[-1], guess=False)
        return
    before = [s for s in item.of("prior") if "预算" in s.pre and (s.text, s.start) < (said.text, said.start)]
    if before and now and "预算" in said.pre:
        # 决算数A,比预算数B超收C,完成预算的R%
        yield _statement(prose, said, item.name, [over(now[0], before[-1])], now[0], guess=False)
        return
    following = item.said[item.said.index(said) + 1:][:1]
    if now and following and following[0].role == "base" and following[0].gap.startswith("("):
        yield _statement(prose, said, item.name, [over(now[0], following[0])], now[-1], guess=False)
        return
    if now and base is None and (done := _done_before(prose, index, now[0])):
        yield _statement(prose, said, done.name, [over(done, now[0])], done, guess=True)
        return
    budgets = [s for s in item.amounts if (s.text, s.start) < (said.text, said.start) and s not in now[:1]
               and (basis_of(s.name) in ("budget", "adjusted") or basis_of(item.name) in ("budget", "adjusted"))]
    if now and "年初" in said.pre and not any(basis_of(s.name or item.name) == "budget" for s in budgets):
        budgets = _early_budget(prose, index, now[0])
    if now and budgets:
        ordered = sorted(budgets, key=lambda s: basis_of(s.name) != _meant(said))
        yield _statement(prose, said, item.name, [over(now[0], b) for b in ordered], item.said[0], guess=False)
        return
    if now and (planned := _budget_beside(prose, index, now[0])) and "预算" in said.pre:
        yield _statement(prose, said, item.name, [over(now[0], planned)], planned, guess=False)
        return
    if now:
        special = _special(prose, index, said, now[0])
        readings = special or [over(now[0], b) for b in _budgets_before(prose, index, item.name)
                               if b.figure.dimension == now[0].figure.dimension]
        if readings:
            yield _statement(prose, said, item.name, readings, now[0], guess=len(special) != 1)
        elif granted := _granted(prose, index, now[0]):
            found = _statement(prose, said, item.name, [over(now[0], b) for b in granted], now[0], guess=True)
            yield replace(found, facts={"slip": "none"})


def _early_budget(prose: Prose, index: int, now: Said) -> list[Said]:
    """The budget that the sentence calls that of the start of the year, told under a name of its own."""
    item = prose.items[index]
    return [s for i in prose.items[max(0, index - 6):index + 1] if i.sentence == item.sentence for s in i.money
            if s is not now and "年初" in i.lead + s.pre and basis_of(s.name or i.name) == "budget"][:1]


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
    return [over(now, s) for i in prose.items[max(0, index - 8):index] for s in i.money
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


# 均占0%: of several things at once
_EACH = regex.compile(r"[均各都]占")


def _share(prose: Prose, index: int, said: Said, parent: Item | None) -> Iterator[Statement]:
    """占…的: of the base printed, of an amount by that name, else of the total whose part this is."""
    item = prose.items[index]
    base = _base(item, said)
    now = _now(item, said)
    if _EACH.search(said.pre):
        return
    own = own_name(base or said)
    if own and not alike(own, item.name):
        likes = [i for i in before_it(prose.items, index, own) if core(i.name) != core(said.name)]
        named_so = [i for i in likes if core(i.name) == core(own)]
        # 灵活就业人员 is no 人员, 其他城镇企业 no 其他
        likes = [i for i in likes if 2 * len(core(i.name)) >= len(core(own))]
        now = [s for i in named_so or likes if (s := level(i))][:1]
        parent = None
        if not now and likes:
            return
    now = now or _carried(prose, index)
    if not now:
        yield from _implied(prose, index, said)
    elif base is not None:
        yield _statement(prose, said, item.name, [over(now[0], base)], now[-1], guess=bool(own))
    else:
        readings, sure = wholes_of(prose, index, said, now[0], parent)
        readings += of_list(prose, index, readings)
        if readings:
            found = _statement(prose, said, own or item.name, readings, now[0], guess=not sure)
            exactly = not own or core(own) in (core(item.name), *(core(i.name) for i in all_before(prose.items, index)[:24]))
            yield replace(found, facts={**({} if exactly else {"slip": "none"}), "of": core(said.name) or WHOLE.sub("", said.pre.rpartition("占")[2].strip())})


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
                yield _statement(prose, said, name + "占比", [over(first, whole)], whole, guess=True)
                return


def _begins(name: str, other: str) -> bool:
    return alike(name, other) or core(name)[:1] == core(other)[:1] and regex.search(r"税", name) is not None and "税" in other and "非税" not in other
