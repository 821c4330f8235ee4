"""The figures of consecutive paragraphs as items: each amount with all that is said of it.

>>> from fusuan.model import Paragraph, Place
>>> text = Text.of(Paragraph("收入31840万元，完成预算78800万元的40.4%，比上年减收1395万元，下降4.2%。其中：税收收入9126万元", Place()))
>>> [(item.name, str(item.amount.figure.value), len(item.said)) for item in items_in((text,))]
[('收入', '31840', 5), ('税收收入', '9126', 1)]
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import regex

from fusuan.patterns._items import BASIS, Item, head, of_another, put, returns
from fusuan.patterns._report import Text
from fusuan.patterns._said import Said, clean
from fusuan.patterns._series import ranked, said_in
from fusuan.patterns.names.likeness import basis_of

_YEAR = regex.compile(r"(?<![比较与同于从])(?:19|20)[0-9]{2}(?=\s?年)")


def items_in(texts: Sequence[Text]) -> list[Item]:
    """Gather the figures of consecutive paragraphs into items, in order."""
    gathering = _Gathering()
    for index, text in enumerate(texts):
        gathering.read(text, index)
    return gathering.items


@dataclass(slots=True)
class _Gathering:
    """The items so far, the last series of them (分别为), and the item that what follows goes back to, with when that was."""

    items: list[Item] = field(default_factory=list)
    series: list[Item] = field(default_factory=list)
    sentence: int = 0
    tail: str = ""
    year: str = ""
    returned: tuple[Item, int, int] | None = None

    def read(self, text: Text, index: int) -> None:
        """Take in the figures of a paragraph."""
        depth, end = 0, 0
        for said in ranked(said_in(text, index)):
            if not said.figure.unit and not _bare_prior(said, self.items):
                continue
            gap = text.folded[end:said.start]
            depth = max(0, depth + gap.count("(") - gap.count(")"))
            breaks = gap.count("。") + gap.count("!") + (end == 0 and index > 0)
            lead = (self.tail + "\n" + gap) if end == 0 else gap
            self.sentence += breaks
            opening, end = end == 0, said.figure.span[1]
            self.year = (_YEAR.findall(lead) or [self.year])[-1]
            if not said.figure.unit:
                said = replace(said, figure=replace(said.figure, unit=self.items[-1].said[0].figure.unit))
            fresh = Item(said.name, [said], lead, depth, self.sentence, index, self.year)
            if self._in_series(said, fresh) or self._goes_back(said, bool(breaks) or ";" in gap):
                continue
            if opening and not said.name and said.role == "amount" and not gap.strip():
                said = replace(said, name=_heading(self.tail))
            put(replace(fresh, name=said.name, said=[said], until=self.sentence), self.items)
        rest = text.folded[end:]
        self.tail = rest[-160:] if end else (self.tail + "\n" + rest)[-160:]

    def _in_series(self, said: Said, fresh: Item) -> bool:
        """Give a figure its place in a series, where it stands in one: a named amount begins an item, what is told of one belongs to it."""
        if said.rank is None or _bases_only(said, self.items):
            return False
        self.series = [] if said.opens else self.series
        if said.role == "amount" and said.name:
            self.series.append(fresh)
            self.items.append(fresh)
            return True
        if said.rank == 0 and said.of != len(self.series) and said.role != "amount":
            self.series = _last_told(self.items, said.of, self.sentence)
        if said.rank >= len(self.series):
            return False
        self.series[said.rank].said.append(said)
        return True

    def _goes_back(self, said: Said, parted: bool) -> bool:
        """Give a figure to the item told before that it goes back to, or that what stands before it went back to."""
        if self.returned is not None and self.returned[1:] != (self.sentence, len(self.items)):
            self.returned = None
        if self.returned is None and returns(said, self.items, self.sentence) and (back := head(self.items, self.sentence)):
            self.returned = (back, self.sentence, len(self.items))
        if self.returned is not None and said.role in ("delta", "growth", "prior", "points") and not said.name:
            self.returned[0].said.append(said)
            return True
        if parted and (known := of_another(said, self.items, self.sentence, self.year)) is not None:
            known.said.append(said)
            self.returned = (known, self.sentence, len(self.items))
            return True
        return False


def _last_told(items: list[Item], count: int, sentence: int) -> list[Item]:
    """甲A元、乙B元,分别占30%和70%: the amounts of the sentence that n values are said of, the last n told."""
    here = [item for item in items[-24:] if item.sentence == sentence and item.amounts and item.depth == items[-1].depth]
    return here[-count:] if len(here) >= count else []


def _heading(tail: str) -> str:
    """The line above a line that begins with its amount, where it is a name: 一般公共预算收入 / 512.36亿元."""
    line = tail.strip().rpartition("\n")[2].strip()
    return clean(line) if 2 <= len(line) <= 30 and not regex.search(r"[,;。:!?|]", line) else ""


def _bases_only(said: Said, items: list[Item]) -> bool:
    """预算数和决算数分别为A、B: one thing in several bases, not several things."""
    return said.role == "amount" and bool(BASIS.match(said.name)) and basis_of(said.name) != ""


def _bare_prior(said: Said, items: list[Item]) -> bool:
    """A number without a unit is read only as the prior value of an amount just named ("较上年2.08减少")."""
    return said.role == "prior" and bool(items) and said.text == items[-1].text and bool(items[-1].money)
