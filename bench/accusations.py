"""List what is accused in texts, and how often a hundred thousand characters: for texts that are right, or are read by a person.

usage: python bench/accusations.py FOLDER_OR_TEXT ...   (*.txt, in folders below too)

Each accusation (不符) is printed with the file, the stated figure, what was computed, the formula, and the sentence.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from fusuan.batch.audit import audit
from fusuan.model import Finding, Verdict


def texts(paths: Iterable[str]) -> Iterator[Path]:
    """Every text file named or lying in a folder that is."""
    for path in map(Path, paths):
        yield from sorted(path.rglob("*.txt")) if path.is_dir() else [path]


def accused(path: Path) -> list[Finding]:
    """What is accused in one text."""
    return [finding for finding in audit(path).findings if finding.verdict is Verdict.BROKEN]


def shown(path: Path, finding: Finding) -> str:
    """One accusation, to be checked by hand."""
    computed = finding.computed
    formula = f"{computed.formula} = {round(computed.value, 4)}" if computed else finding.expected
    return f"{path.name} {finding.place}: {finding.label} {finding.stated.name}{finding.stated.text} ≠ {formula}\n    {finding.quote}"


def main(paths: Iterable[str]) -> None:
    characters = files = count = 0
    for path in texts(paths):
        files += 1
        characters += sum(not letter.isspace() for letter in path.read_text(encoding="utf-8"))
        for finding in accused(path):
            count += 1
            print(shown(path, finding))
    rate = 100_000 * count / max(characters, 1)
    print(f"{count} accusations in {files} texts of {characters} characters: {rate:.1f} per 100,000")


if __name__ == "__main__":
    main(sys.argv[1:])
