"""A misprinted figure, proved by the relations it stands in.

A relation that was only likely proves nothing when it fails. But where one digit of one figure, set right, makes two or
more failing relations hold that have no other figure in common, and unsettles none that held, that figure is misprinted:
a share whose total is a digit off fails together with the list under that total, and one correction mends both.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from fusuan.checks._judged import Checking, Judged, Key, accused, altered, failures, key_of, key_of_stated, outright
from fusuan.checks._say import message
from fusuan.checks._slip import correctable, digits_of, set_right, slip
from fusuan.model import Figure, Finding, Reading, Statement, Verdict

_KINDS = ("parts", "balance", "rate", "change", "mention")
# beyond this many relations a figure is a number of the form (a row number, a full mark), not one that is misprinted
_MOST = 40


@dataclass(frozen=True, slots=True)
class Correction:
    """A figure and the value that a slip of the pen would have turned into what is printed."""

    figure: Figure
    value: Decimal

    @property
    def key(self) -> Key:
        return key_of(self.figure)


def corroborated(judged: Sequence[Judged], check: Checking) -> list[Judged]:
    """Return what was judged, with the misprints that several relations prove, and without the accusations they explain."""
    settled = list(judged)
    about: dict[Key, list[int]] = defaultdict(list)
    for index, item in enumerate(judged):
        if item.statement.kind in _KINDS:
            for key in {key_of(f) for f in item.statement.figures}:
                about[key].append(index)
    told = accused(judged)
    for correction in _corrections(judged, about, check):
        mended = _mended(correction, judged, about[correction.key], check)
        if not _independent(mended):
            continue
        own = [index for index in mended if key_of_stated(judged[index].statement) == correction.key]
        if not own:
            if correction.key not in told:
                settled = _placed(settled, mended, correction, check)
            continue
        for index in mended:
            if index in own[:1]:
                settled[index] = replace(judged[index], finding=_proved(judged[index].statement, correction, len(mended) - 1, check))
            elif index not in own and judged[index].statement.guess:
                settled[index] = replace(judged[index], finding=None)
    return settled


def _placed(judged: list[Judged], mended: Iterable[int], correction: Correction, check: Checking) -> list[Judged]:
    """What fails because one part is misprinted is told of that part: the shortest of the sums it enters, turned round."""
    failing = [n for n in mended if judged[n].broken]
    sums = [(len(turned.figures), n, turned) for n in failing if (turned := _turned(judged[n].statement, correction.key)) is not None]
    if not sums:
        return judged
    _, index, turned = min(sums, key=lambda each: each[:2])
    found = _proved(turned, correction, len(list(mended)) - 1, check)
    if found is None:
        return judged
    return [Judged(turned, found) if n == index else item for n, item in enumerate(judged)]


def _turned(statement: Statement, key: Key) -> Statement | None:
    """A sum told of one of its parts: the total less the others."""
    stated, reading = statement.stated, statement.readings[0]
    if statement.kind != "parts" or statement.label not in ("sum", "balance") or not isinstance(stated, Figure):
        return None
    plus, minus = reading["parts"], reading["minus"]
    added = [f for f in plus if key_of(f) == key]
    taken = [f for f in minus if key_of(f) == key]
    if len(added) + len(taken) != 1:
        return None
    rest = tuple(f for f in plus if f not in added), tuple(f for f in minus if f not in taken)
    roles = {"parts": (stated, *rest[1]), "minus": rest[0]} if added else {"parts": rest[0], "minus": (stated, *rest[1])}
    return replace(statement, label="balance", stated=(added or taken)[0], readings=(Reading(roles),), guess=False)


def _corrections(judged: Sequence[Judged], about: dict[Key, list[int]], check: Checking) -> Iterator[Correction]:
    """The corrections worth a look: of figures in several relations of which two fail, each figure once."""
    tried: dict[Key, dict[Decimal, Correction]] = defaultdict(dict)
    for item in judged:
        if item.fails and item.statement.kind in _KINDS:
            for correction in _slips(item.statement, check):
                among = about[correction.key]
                if len(among) <= _MOST and sum(judged[n].fails for n in among) >= 2:
                    tried[correction.key].setdefault(correction.value, correction)
    for ways in tried.values():
        yield from ways.values()


def _slips(statement: Statement, check: Checking) -> Iterator[Correction]:
    """What a slip in the stated figure or in one operand of a sum would make of each likely reading."""
    for finding in failures(statement, check, 8):
        stated, computed = finding.stated, finding.computed
        if computed is None or not isinstance(stated, Figure):
            continue
        should = computed.value.quantize(Decimal(1).scaleb(-stated.decimals), ROUND_HALF_UP)
        if _telling(stated) and slip(stated, should):
            yield Correction(stated, should)
        yield from (Correction(figure, right) for figure, right in set_right(stated, computed)
                    if right * figure.value >= 0 and _telling(figure) and correctable(figure, right))


def _telling(figure: Figure) -> bool:
    """Tell whether a slip in it says anything: every figure of one digit is a slip away from any other."""
    return len(digits_of(figure).lstrip("0")) > 1


def _mended(correction: Correction, judged: Sequence[Judged], among: Iterable[int], check: Checking) -> dict[int, frozenset[Key]]:
    """The failing relations that a correction sets right, each with the other figures it then rests on; none where one that
    held is upset.
    """
    mended = {}
    for index in among:
        item = judged[index]
        if not item.fails and not item.agrees:
            continue
        found = next(iter(check(_corrected(item.statement, correction))), None)
        if item.fails:
            if found is not None and found.agrees and found.computed is not None:
                mended[index] = frozenset(key_of(f) for f in (*found.computed.operands, found.stated)
                                          if isinstance(f, Figure) and key_of(f) != correction.key)
        elif found is None or not found.agrees:
            return {}
    return mended


def _corrected(statement: Statement, correction: Correction) -> Statement:
    return outright(altered(statement, correction.key, value=correction.value))


def _independent(mended: dict[int, frozenset[Key]]) -> bool:
    """Tell whether two of the relations rest on figures of their own, one of them on more than a mere repetition."""
    ways = list(mended.values())
    return any(not (a & b) and a and b and max(len(a), len(b)) >= 2 for n, a in enumerate(ways) for b in ways[n + 1:])


def _proved(statement: Statement, correction: Correction, others: int, check: Checking) -> Finding | None:
    """The relation as broken: by the reading that the correction would set right."""
    for reading in statement.readings:
        plain = outright(statement, reading)
        if any(f.verdict is Verdict.HOLDS for f in check(_corrected(plain, correction))):
            for found in check(plain):
                if found.verdict is Verdict.BROKEN and found.computed is not None and isinstance(found.stated, Figure):
                    cause = f"{slip(found.stated, correction.value)}，改正后另有{others}处算式也相符"
                    return replace(found, supposition=cause, message=message(found.stated, found.computed, found.verdict, cause))
    return None
