"""Plant the errors that people make in right texts, one by one, and count how many are found.

usage: python -m bench.people [--write]      (corpus/right/errors.toml; --write raises bench/people.json)

Found: a finding 不符 that states the wrong figure or rests on it. What is not found is listed.
"""

from __future__ import annotations

import json
import re
import sys
import tempfile
import tomllib
from pathlib import Path

from fusuan.batch.audit import audit
from fusuan.model import Verdict

RIGHT = Path(__file__).parent.parent / "corpus" / "right"
FLOOR = Path(__file__).parent / "people.json"
_NUMBER = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?")

Error = dict[str, str | int]


def errors() -> list[Error]:
    """The errors, each with its file, line, what stands there and what is printed instead."""
    found: list[Error] = tomllib.loads((RIGHT / "errors.toml").read_text(encoding="utf-8"))["error"]
    return found


def planted(error: Error) -> str:
    """A text with an error in it; ValueError where what should be there is not."""
    lines = (RIGHT / str(error["file"])).read_text(encoding="utf-8").split("\n")
    at, right = int(error["line"]) - 1, str(error["right"])
    if lines[at].count(right) != 1:
        raise ValueError(f"{error['file']} line {error['line']}: {right}")
    lines[at] = lines[at].replace(right, str(error["wrong"]))
    return "\n".join(lines)


def noticed(error: Error, folder: Path) -> bool:
    """Tell whether anything is accused that states a wrong figure or rests on it."""
    path = folder / "text.txt"
    path.write_text(planted(error), encoding="utf-8")
    broken = (f for f in audit(path).findings if f.verdict is Verdict.BROKEN)
    figures = (figure.text for f in broken for figure in (f.stated, *(f.computed.operands if f.computed is not None else ())))
    return any(error["told"] in _NUMBER.findall(text) for text in figures)


def missed() -> list[Error]:
    """The errors of which nothing is said."""
    with tempfile.TemporaryDirectory() as folder:
        return [error for error in errors() if not noticed(error, Path(folder))]


def main(arguments: list[str]) -> None:
    left = missed()
    print(*(f"{e['file']}:{e['line']} {e['wrong']}" for e in left), sep="\n")
    found = {"found": len(errors()) - len(left)}
    print(found, "of", len(errors()))
    if "--write" in arguments and found["found"] >= json.loads(FLOOR.read_text(encoding="utf-8"))["found"]:
        FLOOR.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
