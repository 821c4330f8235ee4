"""以0为基数的增长率、完成率：上年为0（本期数全是增加额）而写增长百分之几，预算为0而写完成百分之几。

>>> from fusuan.model import Document, Paragraph, Place
>>> def found(*lines):
...     document = Document("", "", tuple(Paragraph(line, Place(paragraph=n)) for n, line in enumerate(lines, 1)))
...     return [(s.stated.text, s.facts["of"], [f.text for f in s.figures[1:]]) for s in find(Report(document))]
>>> found("公车购置支出6.5万元，较上年增加6.5万元，增长100%。", "基建支出年初预算为0万元，支出决算为12.4万元，完成年初预算的82%。")
[('100%', 'growth', ['6.5万元', '6.5万元']), ('82%', 'completion', ['12.4万元', '0万元'])]
>>> found("公车购置支出6.5万元，上年为0万元，增长100%。")
[('100%', 'growth', ['6.5万元', '0万元'])]
>>> found("公车购置支出6.5万元，较上年增加3万元，增长85.7%。", "出国费年初预算0万元，支出决算0万元，完成预算的100%。")
[]
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fusuan.model import Reading, Statement
from fusuan.patterns._items import Item
from fusuan.patterns._prose import Prose, prose_of
from fusuan.patterns._report import Report
from fusuan.patterns._said import Said
from fusuan.patterns.names.likeness import basis_of

_PLANS = ("budget", "adjusted")


def find(report: Report) -> Iterator[Statement]:
    for prose in prose_of(report):
        for item in prose.items:
            for at, said in enumerate(item.said):
                before = item.said[:at]
                if said.figure.unit in ("%", "倍") and said.role == "growth" and not said.falls and said.figure.value:
                    yield from _growth(prose, item, said, before)
                elif said.figure.unit == "%" and said.role == "completion":
                    yield from _completion(prose, item, said, before)


def _growth(prose: Prose, item: Item, said: Said, before: Sequence[Said]) -> Iterator[Statement]:
    """A growth from nothing: the figure before is printed as 0, or all of the amount is what was added to it."""
    amounts = [s for s in before if s.role == "amount" and s.figure.dimension == "money"]
    if not amounts or not amounts[-1].figure.value:
        return
    last = before[-1]
    from_zero = last.role == "prior" and last.figure.dimension == "money" and not last.figure.value
    all_new = last.role == "delta" and last.falls is False and last.figure.base == amounts[-1].figure.base and last.against == said.against
    if from_zero or all_new and not any(s.role == "prior" for s in before):
        yield _statement(prose, item, said, amounts[-1], last, "growth")


def _completion(prose: Prose, item: Item, said: Said, before: Sequence[Said]) -> Iterator[Statement]:
    """A completion of a budget of 0, where something was spent."""
    money = [s for s in before if s.role in ("amount", "base") and s.figure.dimension == "money"]
    plans = [s for s in money if s.role == "base" or _basis(item, s) in _PLANS]
    done = [s for s in money if s not in plans]
    whole = plans[-1] if plans and ("调整" in said.pre) == (_basis(item, plans[-1]) == "adjusted") else None
    if whole is not None and not whole.figure.value and done and done[-1].figure.value and len(plans) == 1:
        yield _statement(prose, item, said, done[-1], whole, "completion")


def _basis(item: Item, said: Said) -> str:
    return basis_of(said.name) or (basis_of(item.name) if said is item.amount else "")


def _statement(prose: Prose, item: Item, said: Said, now: Said, base: Said, of: str) -> Statement:
    label = "growth" if of == "growth" else "rate"
    return Statement("zero_base", label, said.figure, (Reading({"now": (now.figure,), "base": (base.figure,)}),),
                     prose.quote(item.said[0], said), {"of": of})
