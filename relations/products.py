"""金额 = 数量 × 标准；人均 = 金额 ÷ 人数；金额 = 总额 × 比例

正文中写明数量、标准（单价）、人均或比例的金额；由 product 复算。
"""

from __future__ import annotations

from collections.abc import Iterator

from fusuan.relations._fit import meets
from fusuan.relations._pool import SECTION, Pool, lies
from fusuan.relations._question import Candidate, Tries, loose
from fusuan.relations.passages import cues
from fusuan.relations.passages.mention import NO_AMOUNT, Mention, Passage

TOPIC = "product"
_GROUPED = 12
"""So many figures beside an amount may be counts and prices in turn."""


def ask(pool: Pool) -> Iterator[Candidate]:
    """Yield the products and averages among the figures close by that an amount may be."""
    passage, d = pool.passage, pool.stated
    if d.role != "amount" or not d.like(d):
        return
    near = [o for o in passage.near(d, 4, 3) if abs(o.clause - d.clause) <= 5 and o.value > 0]
    counts = [o for o in near if _counts(o)]
    money = [o for o in near if o.dimension == "money"]
    if d.dimension == "money":
        yield from _counted(d, counts, [o for o in near if _priced(o)])
        yield from _groups(passage, d)
        # 按 20% 提取 2.8万元; what a share or a growth says of an amount is asked of the rate
        for rate in (o for o in near if o.figure.unit == "%" and o.index < d.index and o.role in ("percent", "named")):
            for whole in money:
                yield _product(d, "share of a whole", {"factors": (whole, rate)}, whole.value * rate.value / 100, rate)
    if cues.MEAN.search(d.before[-14:]):
        wholes = money if _priced(d) else counts
        for n in counts:
            yield from (_product(d, "average", {"dividend": (whole,), "divisors": (n,)}, whole.value / n.value, whole) for whole in wholes if whole is not n)
        yield from _from_afar(passage, d, counts, wholes)


def _priced(m: Mention) -> bool:
    """Tell whether a figure may be a price: money, or money for each."""
    return m.dimension == "money" or m.dimension.startswith("元/")


def _counts(m: Mention) -> bool:
    return m.dimension not in NO_AMOUNT and not _priced(m)


def _counted(d: Mention, counts: list[Mention], prices: list[Mention]) -> Iterator[Candidate]:
    """One or two counts at a price, of the item told of where that has both."""
    told = [p for p in prices if p.matter == d.matter and _said(p)]
    own = [[o for o in group if o.matter == d.matter and o.index < d.index] for group in (counts, told)]
    if all(own) and all(p.index < d.index for p in told):
        counts, prices = own
    for price in prices:
        for i, n in enumerate(counts):
            yield _product(d, "count × price", {"factors": (n, price)}, n.value * price.value, price)
            for m in counts[i + 1:]:
                yield _product(d, "count × count × price", {"factors": (n, m, price)}, n.value * m.value * price.value, price)


def _groups(passage: Passage, d: Mention) -> Iterator[Candidate]:
    """Several counts, each at a price of its own, told in a row before the amount or after it: 46户每户800元，95户每户500元."""
    for run in (passage.mentions[max(0, d.index - _GROUPED):d.index][::-1], passage.mentions[d.index + 1:d.index + 1 + _GROUPED]):
        groups: list[tuple[Mention, Mention]] = []
        for a, b in zip(run[::2], run[1::2], strict=False):
            n, price = (a, b) if _counts(a) else (b, a)
            if not (_counts(n) and _priced(price) and (_said(price) or price.dimension != "money") and n.paragraph == d.paragraph):
                break
            groups.append((n, price))
            if len(groups) > 1:
                yield _sum_of_products(d, groups)


def _sum_of_products(d: Mention, groups: list[tuple[Mention, Mention]]) -> Candidate:
    value = sum(n.value * price.value for n, price in groups)
    roles: dict[str, tuple[Mention, ...]] = {f"factors {k}": group for k, group in enumerate(groups, 1)}
    c = Candidate("product", d, roles, value, sum(price.half * n.value if price.decimals else 0.0 for n, price in groups),
                  shape=f"groups {lies(groups[0][0], d)}").held()
    c.facts.append("product: several counts at prices of their own")
    c.note(("product: several counts and prices, the total closes them", d.closes), ("product: several counts and prices, one sentence", all(
        n.sentence == d.sentence for n, _ in groups)))
    return c


def _said(price: Mention) -> bool:
    return bool(cues.PRICE.search(price.before[-10:] + price.after[:4]))


def _from_afar(passage: Passage, d: Mention, counts: list[Mention], near: list[Mention]) -> Iterator[Candidate]:
    """A mean over a number told beside it, of an amount that stands somewhere in the section."""
    tries = Tries(d)
    known = {o.index for o in near}
    dimension = "money" if d.dimension == "money" else d.dimension
    wholes = {o.value: o for o in passage.near(d, SECTION // 2, 4) if o.dimension == dimension and o.index not in known and o.value > 0}
    for n in counts:
        for whole in wholes.values():
            facts = ("product: average of an amount from afar",)
            spread = whole.half / n.value + whole.value * n.half / n.value ** 2
            if meets(d, whole.value / n.value, spread):
                yield loose(Candidate("product", d, {"dividend": (whole,), "divisors": (n,)}, whole.value / n.value, spread).held(), facts)
            else:
                tries.count(facts)
    yield from tries.left()


def _product(d: Mention, form: str, roles: dict[str, tuple[Mention, ...]], value: float, price: Mention) -> Candidate:
    operands = [o for group in roles.values() for o in group]
    spread = sum(o.half / o.value * value for o in operands if o.half and not (o.decimals == 0 and form.startswith("count")))
    c = Candidate("product", d, roles, value, spread, shape=f"{form} {lies(operands[0], d)} {lies(operands[1], operands[0])}").held()
    c.facts.append("product: " + form)
    c.note(
        ("product: price word", _said(price)),
        ("product: the price is for one of what is counted", any(price.dimension == "元/" + o.dimension for o in operands)),
        ("product: mean word", bool(cues.MEAN.search(d.before[-14:]))),
        ("product: one sentence", all(o.sentence == d.sentence for o in operands)),
        ("product: operands right beside", max(abs(o.index - d.index) for o in operands) <= len(operands)),
        ("product: price is a computed mean", form.endswith("price") and bool(cues.COMPUTED_MEAN.search(price.before[-14:]))),
        ("product: price dearer than the total", form.endswith("price") and price.value > d.value),
    )
    return c
