"""Misprint one figure of each relation that comes out in filed texts, and count how often anything is said of it.

usage: python -m bench.misprints [--each N] FOLDER_OR_TEXT ...   (*.txt, in folders below too)

Of each text up to N relations (10) are taken, by turns the stated figure and one operand, where the figure stands once in its paragraph. The text
around (40 paragraphs before, 30 after) is read again with one digit changed. Accused: a finding 不符 of that figure, or of another that rests on it.
"""

from __future__ import annotations

import argparse
import re
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from bench.accusations import texts
from fusuan.batch.audit import audit
from fusuan.model import Figure, Finding, Verdict

BEFORE, AFTER, DIGITS = 40, 30, 3
_KINDS = ("sum", "balance", "growth", "rate")
_NUMBER = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?")


class Misprint(NamedTuple):
    """A text with one figure changed; `role`: whether it is what is stated, or an operand."""

    role: str
    printed: str
    text: str


def changed(number: str, turn: int) -> str:
    """A number with its second digit another.

    >>> changed("1,234.5", 0), changed("98.2", 3)
    ('1,534.5', '94.2')
    """
    spot = [n for n, char in enumerate(number) if char.isdigit()][1]
    return f"{number[:spot]}{(int(number[spot]) + 3 + turn % 4) % 10}{number[spot + 1:]}"


def misprints(path: Path, each: int) -> Iterator[Misprint]:
    """The misprints of one text."""
    lines, made = path.read_text(encoding="utf-8").splitlines(), 0
    for finding in audit(path).findings:
        at = (finding.place.paragraph or 0) - 1
        if made == each:
            return
        if finding.agrees and finding.label in _KINDS and 0 <= at < len(lines) and (number := _figure(finding, made)):
            spots = [m.start() for m in re.finditer(rf"(?<![0-9.,]){re.escape(number)}(?![0-9]|[.,][0-9])", lines[at])]
            if len(spots) == 1:
                wrong = changed(number, made)
                line = lines[at][:spots[0]] + wrong + lines[at][spots[0] + len(number):]
                yield Misprint("operand" if made % 2 else "stated", wrong, "\n".join((*lines[max(0, at - BEFORE):at], line, *lines[at + 1:at + AFTER])))
                made += 1


def _figure(finding: Finding, turn: int) -> str:
    """The number to misprint: what is stated, or an operand, in turn; empty where it has too few digits to tell anything."""
    operands = finding.computed.operands if finding.computed is not None else ()
    figure = operands[turn % len(operands)] if turn % 2 and operands else finding.stated
    match = _NUMBER.search(figure.text) if isinstance(figure, Figure) else None
    return match.group() if match and sum(char.isdigit() for char in match.group()) >= DIGITS else ""


def accused(misprint: Misprint, folder: Path) -> bool:
    """Tell whether anything is accused that states the misprinted figure or rests on it."""
    path = folder / "text.txt"
    path.write_text(misprint.text, encoding="utf-8")
    broken = (f for f in audit(path).findings if f.verdict is Verdict.BROKEN)
    figures = (figure.text for f in broken for figure in (f.stated, *(f.computed.operands if f.computed is not None else ())))
    return any(misprint.printed in _NUMBER.findall(text) for text in figures)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", nargs="+")
    parser.add_argument("--each", type=int, default=10)
    given = parser.parse_args()
    made, told = Counter[str](), Counter[str]()
    with tempfile.TemporaryDirectory() as folder:
        for path in texts(given.texts):
            for misprint in misprints(path, given.each):
                made[misprint.role] += 1
                told[misprint.role] += accused(misprint, Path(folder))
    for role in sorted(made):
        print(f"{role:8} misprinted {made[role]:4}, accused {told[role]:4} ({told[role] / made[role]:.0%})")


if __name__ == "__main__":
    main()
