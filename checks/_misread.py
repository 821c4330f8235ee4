"""A discrepancy on a scanned page that a figure misread there would explain.

Recognition takes one digit for another, loses a point, takes the side of a cell for a 1, or misses a part of a sum. Where one such misreading of one
figure would set a relation right, nobody is accused by it, unless the figure is known to be read right: because it stands
in another relation that holds, and would not if the figure were that other one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from fusuan.checks._doubt import doubted
from fusuan.checks._judged import Checking, Judged, Key, about, agrees, altered, key_of
from fusuan.checks._slip import digits_of
from fusuan.model import Figure, Finding, Statement, Words

SUPPOSED = "可能为识别错误，请核对原件"
_TRIES = 3000
_HELD = 6
_LONG = 15
_SUMS = ("parts", "marks")
# the side of a cell is taken for a 1, a sign before a figure for a 2 or a 7
_SIDES, _SIGNS = "1", "27"
_NUMBER = re.compile(r"[0-9][0-9,，]*(?:\.[0-9]+)?")


def legible(judged: Sequence[Judged], check: Checking) -> list[Judged]:
    """Return what was judged, what a misreading would explain as doubtful."""
    broken = [n for n, item in enumerate(judged) if item.broken and any(_scanned(item.statement))]
    if not broken:
        return list(judged)
    held = about(item for item in judged if item.agrees)
    settled = list(judged)
    for n in broken:
        finding = judged[n].finding
        if finding is not None and (why := _why(judged[n].statement, finding, held, check)):
            settled[n] = replace(judged[n], finding=doubted(finding, why))
    return settled


def _scanned(statement: Statement) -> Iterator[bool]:
    yield statement.place.scanned
    yield from (figure.place.scanned for figure in statement.figures)


def _why(statement: Statement, finding: Finding, held: Mapping[Key, Sequence[Judged]], check: Checking) -> str:
    """Name the misreading that would explain a discrepancy; empty where none would."""
    if isinstance(statement.stated, Words) and statement.kind == "blank":
        return f"格中可能有没有识别出的内容，{SUPPOSED}"
    tries = 0
    for figure in _figures(statement, finding):
        for other in misreadings(figure):
            tries += 1
            if tries > _TRIES:
                return f"数字出自扫描件，{SUPPOSED}"
            if _agrees(statement, figure, other, check) and not _upset(held.get(key_of(figure), ()), figure, other, check):
                return f"“{figure.text.strip()}”如为“{other.text.strip()}”则相符，{SUPPOSED}"
    gap = finding.difference
    if statement.kind in _SUMS and gap is not None and gap > 0:
        return f"各项中可能有没有识别出的数字，{SUPPOSED}"
    return ""


def _figures(statement: Statement, finding: Finding) -> list[Figure]:
    """The figures that a finding rests on and that were read from a picture, each once, the stated one first."""
    operands = finding.computed.operands if finding.computed is not None else ()
    found = {key_of(f): f for f in (*statement.figures[:1], *operands, *statement.figures) if f.place.scanned}
    return [figure for figure in found.values() if len(digits_of(figure)) <= _LONG]


def _agrees(statement: Statement, figure: Figure, other: Figure, check: Checking) -> bool:
    return agrees(altered(statement, key_of(figure), text=other.text, value=other.value, decimals=other.decimals), check)


def _upset(held: Sequence[Judged], figure: Figure, other: Figure, check: Checking) -> bool:
    """Tell whether a relation that holds would not if a figure were another one.

    A lone character read alike in two places vouches for nothing: what made a 1 of one stroke made it of the other too.
    """
    return any(not _agrees(item.statement, figure, other, check) for item in held[:_HELD] if not _alike(item.statement, figure))


def _alike(statement: Statement, figure: Figure) -> bool:
    read = digits_of(figure)
    return len(read) == 1 and all(digits_of(one) == read for one in statement.figures)


def misreadings(figure: Figure) -> Iterator[Figure]:
    """What a figure may have been before it was recognised: one digit another, a 1 at an end more or less, a point lost.

    >>> made = [str(f.value) for f in misreadings(Figure("136.5万元", Decimal("136.5"), "万元", 1))]
    >>> [n in made for n in ("186.5", "36.5", "1136.5", "1365", "316.5", "148.5", "036.5")], made[-1]
    ([True, True, True, True, False, False, False], '-136.5')
    """
    printed = digits_of(figure)
    for text in dict.fromkeys(_spelt(printed)):
        if not re.match("0[0-9]", text):
            yield _as(figure, text, Decimal(text) if figure.value >= 0 else -Decimal(text))
    if figure.value > 0:
        yield _as(figure, f"-{printed}", -figure.value)


def _spelt(printed: str) -> Iterator[str]:
    for k, char in enumerate(printed):
        if char.isdigit():
            yield from (printed[:k] + digit + printed[k + 1:] for digit in "0123456789" if digit != char)
    if printed[0] in _SIDES + _SIGNS and printed[1:2].isdigit():
        yield printed[1:]
    if printed[-1] in _SIDES and printed[-2:-1].isdigit():
        yield printed[:-1]
    yield from (side + printed for side in _SIDES)
    yield from (printed + side for side in _SIDES)
    if "." in printed:
        yield printed.replace(".", "")
    else:
        yield from (f"{printed[:k]}.{printed[k:]}" for k in range(1, len(printed)))


def _as(figure: Figure, text: str, value: Decimal) -> Figure:
    return replace(figure, text=_NUMBER.sub(text, figure.text, count=1), value=value, decimals=len(text.partition(".")[2]))
