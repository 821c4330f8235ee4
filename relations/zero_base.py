"""以0为基数的增长率、完成率：上年为0（本期数全是增加额）而写增长百分之几，预算为0而写完成百分之几。

>>> from fusuan.model import Paragraph, Place
>>> from fusuan.patterns import Text
>>> from fusuan.relations.passages.prose import passage
>>> def found(line):
...     return [(s.stated.text, s.facts["of"], [f.text for f in s.figures[1:]]) for s in find(passage([Text.of(Paragraph(line, Place()))]))]
>>> found("公车购置支出6.5万元，较上年增加6.5万元，增长100%。"), found("基建支出年初预算为0万元，支出决算为12.4万元，完成年初预算的82%。")
([('100%', 'growth', ['6.5万元', '6.5万元'])], [('82%', 'completion', ['12.4万元', '0万元'])])
>>> found("公车购置支出6.5万元，上年为0万元，增长100%。")
[('100%', 'growth', ['6.5万元', '0万元'])]
>>> found("公车购置支出6.5万元，较上年增加3万元，增长85.7%。"), found("出国费年初预算0万元，支出决算0万元，完成预算的100%。")
([], [])
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from fusuan.model import Reading, Statement
from fusuan.relations.compare.told import basis
from fusuan.relations.passages.mention import Mention, Passage, likeness

_PLANS = ("budget", "adjusted")
_NEAR = 8


def find(passage: Passage) -> Iterator[Statement]:
    """Yield the rates that have nothing to be rates of."""
    for m in passage.mentions:
        if m.dimension == "rate" and m.direction >= 0 and not m.bare and (m.value or m.role != "growth"):
            before = [o for o in passage.before(m, _NEAR) if o.sentence == m.sentence and o.dimension == "money"]
            found, of = (_risen(m, before), "growth") if m.role == "growth" else (_completed(m, before), "completion")
            if found is not None:
                now, base = found
                reading = Reading({"now": (now.figure,), "base": (base.figure,)})
                yield Statement("zero_base", "growth" if of == "growth" else "rate", replace(m.figure, name=m.name), (reading,),
                                passage.quote((now, base, m)), {"of": of}, source="zero_base")


def _risen(rate: Mention, before: list[Mention]) -> tuple[Mention, Mention] | None:
    """A growth from nothing: the figure before is printed as 0, or all of the amount is what was added to it."""
    last, now = before[0] if before else None, next((o for o in before[1:] if o.role == "amount" and not o.last_year and o.value), None)
    if last is None or now is None or last.index != rate.index - 1:
        return None
    if last.earlier and basis(last) not in _PLANS:
        return None if last.value else (now, last)
    whole = last.role == "change" and last.direction > 0 and last.figure.base == now.figure.base
    told = any(o.earlier for o in before if o.index > now.index and o is not last)
    return (now, last) if whole and not told and (not last.own_name or likeness(last.pairs, now.pairs) >= 0.6) else None


def _completed(rate: Mention, before: list[Mention]) -> tuple[Mention, Mention] | None:
    """A completion of a budget of 0, where something was spent."""
    if "完成" not in rate.before or "预算" not in rate.before:
        return None
    plans = [o for o in before if o.role == "base" or basis(o) in _PLANS]
    done = next((o for o in before if o.role == "amount" and o not in plans), None)
    if len(plans) != 1 or done is None or plans[0].value or not done.value:
        return None
    return (done, plans[0]) if ("调整" in rate.before) == (basis(plans[0]) == "adjusted") else None
