"""A figure in its surroundings, and a passage of them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from fusuan.model import Figure, Place, Words
from fusuan.model.finding import BOUNDS
from fusuan.relations.passages.lists import Path

NO_AMOUNT = frozenset(("rate", "points", "marks", "times", ""))


@dataclass(slots=True, eq=False)
class Mention:
    """One figure and what the words around it say.

    `value`, `half` (of its last printed unit) are in base measure (元, percent, as printed) and approximate: they serve
    to weigh candidates. What is reported is recomputed from `figure` in decimal.
    `role`: amount, change, swing (同比多增: the change of a change), prior, base; of percentages growth, share, done, named, percent; points.
    """

    index: int
    figure: Figure
    value: float
    half: float
    scale: float
    digits: str                 # as printed, without point and leading zeros
    dimension: str              # money, rate, points, or the classifier
    start: int
    end: int
    clause: int
    sentence: int
    paragraph: int
    before: str                 # from the figure before, or the sentence's start
    after: str
    tail: str = ""              # the last words before it, up and down alike
    lead: str = ""              # the sentence up to the figure, and some of what stands before it
    role: str = "amount"
    direction: int = 0
    name: str = ""
    pairs: frozenset[str] = frozenset()
    own_name: bool = False
    year: int = 0
    last_year: bool = False
    past: bool = False          # a percentage of an earlier time: 上年为 30.2%
    remarked: bool = False      # a percentage measured otherwise than the amounts beside it: 34.2%(同口径)
    tags: frozenset[str] = frozenset()
    opens: str = ""             # the word for parts (其中, 包括, a colon) between the figure before and this one
    among: bool = False         # in a sentence opened by 其中
    item: bool = False          # a list marker stands there
    path: Path = ()             # the lists it stands in, and the item of each
    depth: int = 0              # open brackets
    series: int = 0             # the length of the series it stands in (分别为 A、B), 0: in none
    rank: int = 0               # its place in that series
    heads: bool = False         # the first amount of its paragraph
    bare: bool = False          # printed without a unit
    matter: int = 0             # the semicolons before it
    added: bool = False         # 加上 stands before it
    priced: bool = False        # it is said to be a price or a mean
    closes: bool = False        # a word that closes a listing stands before it
    rough: float = 0.0          # half of its last digit that is no trailing zero
    step: float = 0.0           # one of its last digit
    decimals: int = 0           # how many were printed
    bound: tuple[int, int] | None = None  # how far from it the true figure may be, in steps, where it is printed as a bound or about right

    def __post_init__(self) -> None:
        self.decimals, self.bound = self.figure.decimals, BOUNDS.get(self.figure.sign)
        self.step = self.scale * 10.0 ** -self.decimals
        self.rough = half_of_round(self.digits, self.decimals, self.scale)

    @property
    def earlier(self) -> bool:
        """Whether it is marked as of the time before."""
        return self.role == "prior" or self.last_year

    def like(self, other: Mention) -> bool:
        """Tell whether both count the same kind of thing, and a kind that adds up."""
        return self.dimension == other.dimension and self.dimension not in NO_AMOUNT

    def shown(self) -> str:
        return self.figure.text.strip()


@dataclass(slots=True)
class Passage:
    """Figures that are read together, in order.

    `text` is folded, its paragraphs parted by line feeds; `printed` is the same as it stands in the file.
    `cells`: the figures of rows that stand among the sentences, numbered from -1 down. `lines`: where each paragraph begins, and its place.
    `tabled`: the figures that the tables of the report print, by value and decimals.
    """

    text: str
    printed: str = ""
    mentions: list[Mention] = field(default_factory=list)
    cells: list[Mention] = field(default_factory=list)
    by_value: dict[tuple[str, float], list[Mention]] = field(default_factory=dict)
    by_name: dict[str, list[Mention]] = field(default_factory=dict)
    by_digits: dict[tuple[Decimal, int], list[Mention]] = field(default_factory=dict)
    lines: list[tuple[int, Place]] = field(default_factory=list)
    tabled: frozenset[tuple[Decimal, int]] = frozenset()

    def index(self) -> None:
        """Make the figures findable by value and by name."""
        for m in self.mentions:
            self.by_value.setdefault((m.dimension, m.value), []).append(m)
            self.by_name.setdefault(m.name, []).append(m)
        for m in self.cells:
            if m.bare:
                self.by_digits.setdefault((m.figure.value, m.decimals), []).append(m)

    def equals(self, m: Mention) -> Iterator[Mention]:
        """The earlier mentions of the same value, the nearest first."""
        return _earlier(self.by_value.get((m.dimension, m.value), []), m)

    def named(self, m: Mention) -> Iterator[Mention]:
        """The earlier mentions of the same name, the nearest first."""
        return _earlier(self.by_name.get(m.name, []) if m.name else [], m)

    def near(self, m: Mention, back: int, ahead: int) -> list[Mention]:
        return self.mentions[max(0, m.index - back):m.index] + self.mentions[m.index + 1:m.index + 1 + ahead]

    def before(self, m: Mention, reach: int) -> list[Mention]:
        """The mentions before, the nearest first."""
        return self.mentions[max(0, m.index - reach):m.index][::-1]

    def line(self, start: int) -> int:
        """The number of the paragraph in which a place of the text stands."""
        return bisect_right(self.lines, start, key=lambda line: line[0]) - 1

    def words(self, start: int, end: int, name: str = "") -> Words:
        """What is said between two places of the text, as printed."""
        at, place = self.lines[self.line(start)]
        return Words(self.printed[start:end], place, (start - at, end - at), name)

    def quote(self, mentions: Iterable[Mention]) -> str:
        """The words, as printed, from the clause of the first of some mentions to the last."""
        places = [(m.start, m.end) for m in mentions]
        low, high = min(a for a, _ in places), max(b for _, b in places)
        return self.clause(low, high)

    def clause(self, low: int, high: int) -> str:
        """The words, as printed, from the clause of one place to another."""
        start = max(self.text.rfind(mark, 0, low) for mark in "。;\n!") + 1
        return self.printed[start:high].strip()[:1500]

    def between(self, a: Mention, b: Mention) -> list[Mention]:
        """The mentions after the first of both, up to the second."""
        low, high = sorted((a.index, b.index))
        return self.mentions[low + 1:high + 1]


def _earlier(mentions: Sequence[Mention], m: Mention) -> Iterator[Mention]:
    for at in range(bisect_left(mentions, m.index, key=lambda o: o.index) - 1, -1, -1):
        yield mentions[at]


def half_of_round(digits: str, decimals: int, scale: float) -> float:
    """Half of the last digit that is no trailing zero: round figures meet by accident far more often than others.

    >>> half_of_round("1300", 0, 1.0), half_of_round("4416", 2, 1.0)
    (50.0, 0.005)
    """
    zeros = len(digits) - len(digits.rstrip("0"))
    return 0.5 * 10.0 ** min(zeros - decimals, 300) * scale


def pairs(name: str) -> frozenset[str]:
    """The pairs of neighbouring letters of a name."""
    return frozenset(name[i:i + 2] for i in range(len(name) - 1)) if len(name) > 1 else frozenset((name,)) - {""}


def likeness(x: frozenset[str], y: frozenset[str]) -> float:
    """Share of the shorter name's letter pairs found in the longer.

    >>> likeness(pairs("公务接待"), pairs("公务接待费")), likeness(pairs("项目"), pairs("基本"))
    (1.0, 0.0)
    """
    return len(x & y) / min(len(x), len(y)) if x and y else 0.0
