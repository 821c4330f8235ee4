"""Measure what docs/scale.md tells and write it there: on a quiet machine, in about five minutes.

    python bench/scale.py [TABLE …]        default all: county workbook cost beside

Each table stands in the page between `<!-- NAME -->` and `<!-- / -->` and is what one of the programs here prints.
"""

from __future__ import annotations

import os
import platform
import re
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
PAGE = HERE.parent / "docs" / "scale.md"
TABLES = {"county": ["county.py", "2000", "20"], "workbook": ["workbook.py", "2500", "10000"], "cost": ["cost.py"], "beside": ["bench.py", "--many"]}


def measured(command: list[str]) -> str:
    """Return the lines of a table that a program prints, under a heading."""
    done = subprocess.run([sys.executable, str(HERE / command[0]), *command[1:]], stdout=subprocess.PIPE, text=True, encoding="utf-8", check=True)
    return laid(done.stdout)


def laid(printed: str) -> str:
    """Make a table of lines that begin with a bar: as wide as the widest, with a heading where they have none.

    >>> print(laid("Words:\\n| a | 1 |\\n| b | 2 | 3 |\\n"))
    Words:
    <BLANKLINE>
    | what | measured |  |
    | --- | --- | --- |
    | a | 1 |  |
    | b | 2 | 3 |
    """
    words = [line for line in printed.splitlines() if line and not line.startswith("|")]
    rows = [line.strip("|").split("|") for line in printed.splitlines() if line.startswith("|")]
    rows = [[cell.strip() for cell in row] for row in rows if not set("".join(row)) <= set("-: ")]
    wide = max(map(len, rows))
    head = rows.pop(0) if rows[0][0] == "what" else ["what", "measured"]
    body = [[*row, *[""] * (wide - len(row))] for row in (head, ["---"] * wide, *rows)]
    return "\n".join([*words, *([""] if words else []), *(f"| {' | '.join(row)} |" for row in body)])


def written(page: str, name: str, table: str, load: float) -> str:
    """Put a table in its place, with when and where it was measured, and what else the machine did."""
    where = (f"Measured {time.strftime('%Y-%m-%d')}, Python {platform.python_version()}, {os.cpu_count()} cores, {platform.system()}, "
             f"at a load of {load:.1f} beforehand.")
    found = re.compile(f"<!-- {name} -->\n.*?<!-- / -->", re.DOTALL)
    if not found.search(page):
        raise SystemExit(f"{PAGE} has no place for {name}")
    return found.sub(lambda _: f"<!-- {name} -->\n{where}\n\n{table}\n<!-- / -->", page)


def main(names: list[str]) -> None:
    for name in names:
        load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
        table = measured(TABLES[name])
        print(f"{name}\n{table}\n", flush=True)
        PAGE.write_text(written(PAGE.read_text(encoding="utf-8"), name, table, load), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:] or list(TABLES))
