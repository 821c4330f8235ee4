"""结余 = 期初 + 收入 − 支出

正文中的结余、剩余、缺口：由前文各笔收支按其字样（收、支、上缴、结转）相加减；由 balance 复算。
"""

from __future__ import annotations

from collections.abc import Iterator

import regex

from fusuan.patterns import identity_parts
from fusuan.relations._fit import meets
from fusuan.relations._pool import SECTION, Pool, lies
from fusuan.relations._question import Candidate, Tries, loose
from fusuan.relations.passages import cues
from fusuan.relations.passages.mention import Mention, Passage

TOPIC = "balance"
_LEFT = regex.compile(r"扣除|还有|尚|其余|余下|调整后|下达|追减|追加|净结余|净资产|差|少|应|年终|年末|实际")
_SIDES = regex.compile("收入|支出|收|支")
_SET_OFF = regex.compile(r"收支(?:相抵|相减|轧差|品迭)后?[,，]?(?:当年|本年|年[终末])?净?(?:结转|结余)[^,，;；。]{0,8}$")
_EVEN = regex.compile("平衡|相抵|相等|持平")
_CLAUSE = regex.compile(r"[,;。]")


def ask(pool: Pool) -> Iterator[Candidate]:
    """Yield the balances that an amount may be."""
    passage, d = pool.passage, pool.stated
    if d.role not in ("amount", "change") or not d.like(d):
        return
    near = [o for o in passage.near(d, 10, 3) if o.like(d) and o.role in ("amount", "base", "change")]
    yield from _by_name(d, near)
    if d.role == "change":
        return
    yield from _even(passage, d, near)
    yield from _set_off(d, near)
    if "left" in d.tags or _LEFT.search(d.before[-16:]):
        yield from _two_or_three(passage, d, near)
        yield from _from_afar(passage, d, near)
    else:
        yield from _unsaid(d, near)
    run = [o for o in near if o.index < d.index]
    for start in range(len(run) - 2):
        minus = tuple(o for o in run[start:] if cues.MINUS.search(_CLAUSE.split(o.before)[-1]) or o.role == "change" and o.direction < 0)
        plus = tuple(o for o in run[start:] if o not in minus)
        spent = sum(o.value for o in minus)
        idle = len(plus) > 1 and any(meets(o, spent, 0) for o in plus)  # what takes back all that one of them adds says nothing
        if plus and minus and sum(o.value for o in plus) >= spent and not idle:
            c = _balance(d, plus, minus, "signed")
            c.facts.append("balance: every figure since, signed by its words")
            c.note(("balance: since the sentence's start", run[start].sentence == d.sentence and (not start or run[start - 1].sentence != d.sentence)))
            yield c


def _even(passage: Passage, d: Mention, near: list[Mention]) -> Iterator[Candidate]:
    """Spending told beside as much income, both of one name: 收入总计 a、支出总计 a."""
    name = _SIDES.sub("", d.name)
    for o in near:
        if o.index < d.index and "spend" in d.tags and "income" in o.tags and o.role == "amount" and "income" not in d.tags and _SIDES.sub("", o.name) == name:
            c = Candidate("balance", d, {"income": (o,)}, o.value, o.half, shape=f"even {lies(o, d)}").held()
            c.facts.append("balance: spending as much as income of the same name")
            said = bool(_EVEN.search(passage.text, d.end, d.end + 40))
            c.note(("balance: said to be even", said), ("balance: even, side by side", o.index == d.index - 1),
                   ("balance: even, both totals", "total" in d.tags and "total" in o.tags), ("balance: even, not of all there is", not said and not _whole(o, d)), ("balance: even, one sentence", o.sentence == d.sentence))
            yield c


def _set_off(d: Mention, near: list[Mention]) -> Iterator[Candidate]:
    """What is left of all income and all spending that are said to be set off: 收入总计 a …, 支出总计 b …。收支相抵, 结转下年 c."""
    if not _SET_OFF.search(d.before):
        return
    before = [o for o in reversed(near) if o.index < d.index and o.paragraph == d.paragraph and o.role == "amount" and "总计" in o.before[-8:]]
    income, spent = (next((o for o in before if tag in o.tags and other not in o.tags), None) for tag, other in (("income", "spend"), ("spend", "income")))
    if income is not None and spent is not None and income.index < spent.index == d.index - 1:
        c = _plain(d, (income,), (spent,))
        c.facts.append("balance: what is left of both totals, said to be set off")
        yield c


def _by_name(d: Mention, near: list[Mention]) -> Iterator[Candidate]:
    """What the field takes from what, by the names: the nearest of each before the figure (净资产 after 资产 and 负债)."""
    before = [o for o in reversed(near) if o.index < d.index and o.role == "amount" and o.paragraph == d.paragraph]
    for identity in (n for n, part in identity_parts(d.name) if part == "left"):
        a, b = (next((o for o in before if (identity, part) in identity_parts(o.name)), None) for part in ("of", "less"))
        if a is not None and b is not None and a is not b:
            c = _plain(d, (a,), (b,))
            c.shape = f"by name {identity} {lies(a, d)} {lies(b, d)}"
            c.facts.append("balance: what the field takes from what, by the names")
            c.note(("balance: by the names, one sentence", a.sentence == b.sentence == d.sentence),
                   ("balance: by the names, both right before", {a.index, b.index} == {d.index - 1, d.index - 2}))
            yield c


def _whole(*sides: Mention) -> bool:
    """Tell whether income and spending are said to be all there is, with what is carried over: these must be even, those of a year need not."""
    return all("总" in m.before[-12:] for m in sides)


def _two_or_three(passage: Passage, d: Mention, near: list[Mention]) -> Iterator[Candidate]:
    tries = Tries(d)
    for i, a in enumerate(near):
        for b in near:
            if b is a or 0 < b.value <= a.half:  # what the rounding of the other hides is not taken from it
                continue
            for plus in ((a,), *((a, c) for c in near[i + 1:] if c is not b)):
                value = sum(o.value for o in plus) - b.value
                if value < 0:
                    continue
                spent = bool(a.tags & {"income", "total"}) and "spend" in b.tags and a.paragraph == d.paragraph
                facts = ("balance: nothing points to it", f"balance of {len(plus) + 1}, nothing points to it")
                if len(plus) == 1 and (spent or max(a.index, b.index) == d.index - 1):
                    yield _balance(d, plus, (b,), "")
                elif meets(d, value, sum(o.half for o in (*plus, b))):
                    yield loose(_plain(d, plus, (b,)), facts)
                else:
                    tries.count(facts)
    yield from tries.left()


def _from_afar(passage: Passage, d: Mention, near: list[Mention]) -> Iterator[Candidate]:
    """What is left of income, of a total or of what heads a paragraph, after spending told somewhere else in the section."""
    tries = Tries(d)
    known = {o.index for o in near}
    far = [o for o in passage.near(d, SECTION, 3) if o.like(d) and o.role in ("amount", "prior") and o.value > d.value
           and (o.heads or o.tags & {"income", "spend", "total"})]
    for a in far:
        for b in (b for b in far if b.value < a.value and not (a.index in known and b.index in known)):
            facts = ("balance: of amounts from afar", *(("balance: of amounts from afar, income less spending",)
                                                        if "income" in a.tags and "spend" in b.tags else ()))
            if meets(d, a.value - b.value, a.half + b.half):
                yield loose(_plain(d, (a,), (b,)), facts)
            else:
                tries.count(facts)
    yield from tries.left()


def _unsaid(d: Mention, near: list[Mention]) -> Iterator[Candidate]:
    """Two amounts of its paragraph whose difference a figure is, though no word says so (资产 less 负债 is 权益)."""
    tries = Tries(d)
    around = [o for o in near if o.paragraph == d.paragraph]
    for a in around:
        for b in around:
            if a.value <= b.value or not b.value:
                continue
            facts = ("balance: no word for what is left", *(("balance: no word for what is left, both right before",)
                                                            if {a.index, b.index} == {d.index - 1, d.index - 2} else ()))
            if meets(d, a.value - b.value, a.half + b.half):
                yield loose(_plain(d, (a,), (b,)), facts)
            else:
                tries.count(facts)
    yield from tries.left()


def _plain(d: Mention, plus: tuple[Mention, ...], minus: tuple[Mention, ...]) -> Candidate:
    every = (*plus, *minus)
    value = sum(o.value for o in plus) - sum(o.value for o in minus)
    return Candidate("balance", d, {"income": plus, "outgo": minus}, value, sum(o.half for o in every)).held()


def _balance(d: Mention, plus: tuple[Mention, ...], minus: tuple[Mention, ...], way: str) -> Candidate:
    every = (*plus, *minus)
    c = _plain(d, plus, minus)
    c.shape = f"balance {way} {len(plus)} {len(minus)} {lies(every[0], d)} {lies(every[-1], d)} {d.name}"
    c.facts.append("balance")
    c.note(
        ("balance: of three", len(plus) == 2), ("balance: left word", "left" in d.tags),
        ("balance: minus is spent", all(o.tags & {"actual", "spend"} and "budget" not in o.tags for o in minus)),
        ("balance: plus is had", all(o.tags & {"budget", "income", "received", "carried"} for o in plus)),
        ("balance: plus has what was carried over", any("carried" in o.tags for o in plus)),
        ("balance: all right before", {o.index for o in every} == {d.index - 1 - i for i in range(len(every))}),
        ("balance: minus right before", minus[0].index == d.index - 1),
        ("balance: income less spending", bool(plus[0].tags & {"income", "total", "carried"}) and all("spend" in o.tags for o in minus)),
        ("balance: plus is income", any("income" in o.tags for o in plus)),
        ("balance: minus is income", any("income" in o.tags and "spend" not in o.tags for o in minus)),
        ("balance: a change taken for an amount", any(o.role == "change" for o in every)),
        ("balance: plus first", plus[0].index < minus[0].index),
        ("balance: same sentence", all(o.sentence == d.sentence for o in every)),
        ("balance: other paragraph", any(o.paragraph != d.paragraph for o in every)),
        ("balance: operand after", any(o.index > d.index for o in every)),
        ("balance: nothing taken away", any(o.value == 0 for o in minus)),
        ("balance: a part of a listing", any(o.among for o in every) and not d.among),
    )
    return c
