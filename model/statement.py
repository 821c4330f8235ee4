"""What the wording or the layout of a report says about figures, in roles."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from fusuan.model.figure import Figure, Words
from fusuan.model.place import Place

KINDS = ("parts", "balance", "rate", "change", "formula", "score", "target", "marks", "grade", "mention", "blank",
         "trend", "sample", "product", "sister", "zero_base", "unsigned", "bound")


@dataclass(frozen=True, slots=True)
class Reading:
    """One way of taking a statement: figures in roles.

    `supposition` names what must be supposed for this reading where the wording does not say it plainly; a statement
    that holds only by such a reading is doubtful. Roles by kind of statement:

    parts    parts (minus: parts that are taken away)
    balance  opening, income, outgo (all lists) -> closing
    rate     numerator, denominator (lists: added up; minus_numerator, minus_denominator taken away)
    change   now, before -> amount; or amount, before / amount, now -> rate
    """

    roles: dict[str, tuple[Figure, ...]] = field(default_factory=dict)
    supposition: str = ""

    def __getitem__(self, role: str) -> tuple[Figure, ...]:
        return self.roles.get(role, ())


@dataclass(frozen=True, slots=True)
class Statement:
    """A figure (or words) stated, and the readings that say what it must be, the most plausible first.

    `kind` is one of KINDS and picks the check; `label` is the kind the JSON contract reports (sum, growth, rate ...).
    `facts` holds what is not a figure (the rule's text, a direction word, a formula; because: why this relation is likely meant; said=none: nothing points to it).
    `source` is the module that read it. `certainty`: how sure it is, by wording and arithmetic together, that this relation
    is meant and fails (weighed by `relations`); 0: that it is meant, but its failing proves nothing; None: printed outright.
    `guess`: the layout suggests the relation, nothing says it, so a mismatch is never more than doubtful.
    """

    kind: str
    label: str
    stated: Figure | Words
    readings: tuple[Reading, ...] = ()
    quote: str = ""
    facts: dict[str, str] = field(default_factory=dict)
    guess: bool = False
    source: str = ""
    certainty: float | None = None

    def changed(self, right: Callable[[Figure], Figure]) -> Statement:
        """Return it with every figure put through `right`: as it would be with another unit, digit or value.

        >>> from decimal import Decimal
        >>> said = Statement("parts", "sum", Figure("3", Decimal(3)), (Reading({"parts": (Figure("1", Decimal(1)),)}),))
        >>> [f.unit for f in said.changed(lambda f: replace(f, unit="元")).figures]
        ['元', '元']
        """
        stated = right(self.stated) if isinstance(self.stated, Figure) else self.stated
        readings = tuple(replace(r, roles={role: tuple(map(right, group)) for role, group in r.roles.items()}) for r in self.readings)
        return replace(self, stated=stated, readings=readings)

    @property
    def place(self) -> Place:
        return self.stated.place

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Every figure it mentions, the stated one first."""
        own = (self.stated,) if isinstance(self.stated, Figure) else ()
        return own + tuple(f for r in self.readings for fs in r.roles.values() for f in fs)
