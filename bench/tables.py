"""Count the sums that hold in the account tables of a folder of filings, and how many of them the program finds.

usage: python bench/tables.py FOLDER [--missed]

A parser of its own (nothing of patterns/) takes the tables as they are read: digits left of a name are its code, numbers
right of it its amounts. Counted are parents by code (类 = Σ款 = Σ项), 合计 rows over the outermost codes, and rows whose first
amount is the sum of the others, each where it holds. A sum counts as found where a finding agrees at its cell over its parts.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# this folder must not come first: a module bench.py lies in it
sys.path[:] = [str(ROOT), *(p for p in sys.path if Path(p).resolve() != ROOT / "bench")]

from bench import between  # noqa: E402
from fusuan import extract  # noqa: E402
from fusuan.batch.audit import audit  # noqa: E402
from fusuan.model import Cell, Document, Finding, Place, ReadError, Table  # noqa: E402

_AMOUNT = re.compile(r"-?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?")
_CODE = re.compile(r"[0-9]{1,9}")
_TOTAL = re.compile(r"(?:.{0,6})(?:合计|总计)$")
_HAN = re.compile(r"[\u4e00-\u9fff]")

Amounts = dict[int, tuple[Decimal, Place]]


@dataclass
class Line:
    """A row of one half of a table: code, name, amounts by column."""

    code: str
    name: str
    amounts: Amounts = field(default_factory=dict)


@dataclass(frozen=True)
class Sum:
    """A sum that holds: its kind, the cell of the total and the cells of the parts that are not nothing."""

    kind: str
    total: Place
    parts: frozenset[Place]


def halves(table: Table) -> list[list[Line]]:
    """The halves of a table, by the column of their names; each row's codes are completed from the rows above."""
    found: dict[int, list[Line]] = {}
    kept: dict[int, list[str]] = {}
    for cells in table.grid():
        codes: list[str] = []
        line: Line | None = None
        for column, cell in enumerate(cells):
            if cell is None or (cell.place.column or 0) != column:
                continue
            text = "".join(cell.text.split()).replace("，", ",")
            if _HAN.search(text):
                line = Line(_code(codes, kept.setdefault(column, [])), text)
                found.setdefault(column, []).append(line)
                codes = []
            elif line is not None and _AMOUNT.fullmatch(text) and not _opens(cells, column):
                line.amounts[column] = (Decimal(text.replace(",", "")), cell.place)
            elif _CODE.fullmatch(text):
                line, codes = None, [*codes, text]
    return list(found.values())


def _opens(cells: Sequence[Cell | None], column: int) -> bool:
    """Tell whether a number is the code of the next half: short digits with a name to their right."""
    text = "".join((cells[column].text if cells[column] is not None else "").split())  # type: ignore[union-attr]
    rest = ["".join(c.text.split()) for c in cells[column + 1:] if c is not None and c.text.strip()]
    return bool(re.fullmatch(r"[1-9][0-9]{2}(?:[0-9]{2}){0,2}", text)) and any(_HAN.search(t) for t in rest[:2])


def _code(parts: list[str], above: list[str]) -> str:
    if not parts:
        return ""
    joined = parts[0] if len(parts[0]) >= 3 else ("".join(above[:1]) + parts[0].zfill(2))
    for part in parts[1:]:
        joined = part if len(part) >= 5 else joined + part.zfill(2)
    above[:] = [joined[:3]]
    return joined if re.fullmatch(r"[1-9][0-9]{2}(?:[0-9]{2}){0,3}", joined) else ""


def sums(lines: list[Line]) -> Iterator[Sum]:
    """The sums of one half of a table that hold."""
    for place, line in enumerate(lines):
        if line.code:
            under = _children(lines, place)
            yield from _held("parent", line, under) if under else ()
        elif _TOTAL.fullmatch(line.name):
            coded = [one for one in lines if one.code]
            tops = [one for one in coded if not any(one.code != other.code and one.code.startswith(other.code) for other in coded)]
            yield from _held("total row", line, tops) if len(tops) > 1 else ()
    yield from _rows([line for line in lines if len(line.amounts) >= 2])


def _children(lines: list[Line], place: int) -> list[Line]:
    own = lines[place].code
    under = []
    for line in lines[place + 1:]:
        if not line.code.startswith(own) or line.code == own:
            break
        under.append(line)
    least = min((len(line.code) for line in under), default=0)
    return [line for line in under if len(line.code) == least]


def _held(kind: str, line: Line, parts: list[Line]) -> Iterator[Sum]:
    for column, (value, place) in line.amounts.items():
        own = [part.amounts[column] for part in parts if column in part.amounts]
        if value and own and _near(value, [v for v, _ in own]):
            yield Sum(kind, place, frozenset(p for v, p in own if v))


def _rows(lines: list[Line]) -> Iterator[Sum]:
    """The rows whose first amount is the sum of the others, where that is the way of the table."""
    first = Counter(min(line.amounts) for line in lines).most_common(1)
    wide = [line for line in lines if first and min(line.amounts) == first[0][0]]
    right = []
    for line in wide:
        (value, place), *rest = [line.amounts[c] for c in sorted(line.amounts)]
        if value and _near(value, [v for v, _ in rest]):
            right.append(Sum("row", place, frozenset(p for v, p in rest if v)))
    if sum(len(one.parts) >= 2 for one in right) >= 2 and len(right) >= 0.8 * len(wide):
        yield from right


def _near(total: Decimal, parts: list[Decimal]) -> bool:
    step = min(Decimal(1).scaleb(int(v.as_tuple().exponent)) for v in (total, *parts))
    return abs(total - sum(parts)) <= step * (len(parts) + 1) / 2


def found(one: Sum, findings: dict[Place, list[Finding]]) -> bool:
    """Tell whether a finding agrees at the cell of a sum over all of its parts."""
    return any(f.agrees and f.computed is not None and one.parts <= {o.place for o in f.computed.operands} for f in findings.get(one.total, ()))


def between_tables(document: Document, findings: Sequence[Finding]) -> Iterator[tuple[str, str, bool]]:
    """What two tables, or text and table, say alike: the kind, where, whether it is found."""
    same, items = between.groups(findings), between.items(document)
    for one, other in between.sisters(items):
        yield "sisters", f"{one.place} {one.printed} = {other.place} {one.kind} {other.kind} {set(one.addresses & other.addresses)}", same.same(one.node, other.node)
    for node, cells in between.told(document, items):
        yield "text", f"{node[0]} {node[1]} = {cells[0].place}", any(same.same(node, cell.node) for cell in cells)


def counted(path: Path) -> Iterator[tuple[str, str, bool]]:
    """Every relation of a file that holds: its kind, where, whether it is found."""
    document = extract.read(path)
    findings = audit(path).findings
    by_place: dict[Place, list[Finding]] = {}
    for finding in findings:
        by_place.setdefault(finding.place, []).append(finding)
    for one in (s for table in document.tables for half in halves(table) for s in sums(half)):
        yield one.kind, str(one.total), found(one, by_place)
    yield from between_tables(document, findings)


def shares(paths: Iterable[Path], missed: bool = False) -> dict[str, tuple[int, int]]:
    """By kind of relation how many are found of those that hold in the files."""
    held: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    for path in paths:
        try:
            for kind, where, is_found in counted(path):
                held[kind] += 1
                seen[kind] += is_found
                if missed and not is_found:
                    print(f"{path.name} {kind}: {where}")
        except ReadError:
            continue
    return {kind: (seen[kind], held[kind]) for kind in held}


def main() -> None:
    paths = (p for p in sorted(Path(sys.argv[1]).rglob("*")) if p.suffix.lower() in extract.suffixes())
    for kind, (seen, held) in shares(paths, "--missed" in sys.argv).items():
        print(f"{kind:10} {seen:6} of {held:6} found, {100 * seen / held:.1f} %")


if __name__ == "__main__":
    main()
