"""What a statement read of a table that lost its frame, or its merged cells, is worth.

A column may have slipped there and a blank means nothing, so that most is a guess; the table it was read of is told
(facts "table"), for the other rows and columns of that table may prove what one of them says.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import regex

from fusuan.model import Figure, Statement, Table
from fusuan.patterns._report import Report
from fusuan.patterns.grids.unframed.build import Rebuilt
from fusuan.patterns.grids.unframed.spans import Kept
from fusuan.patterns.text.fold import fold


def careful(statement: Statement, report: Report) -> Iterator[Statement]:
    """Yield a statement as it may be believed, or nothing where it may not."""
    place = statement.place
    if place.table is not None or place.row is None:
        weak = statement.guess and (_few_digits(statement) or _unlike(statement)) \
            or bool(report.parted) and statement.kind in _SUMS and any(f.place.table in report.parted for f in statement.figures)
        if not weak:
            yield statement
        elif statement.kind != "marks":  # what a text says of a whole form
            yield _guessed(statement)
        return
    number = report.put_back.get(place)
    kept = report.tables[number] if number is not None else None
    if _few_digits(statement) or _unlike(statement) or isinstance(kept, Kept) and kept.padded and len({f.place.row for f in statement.figures}) > 1:
        yield _guessed(statement)
        return
    if isinstance(kept, Kept):
        yield _open(statement) if statement.kind == "blank" and (place.row in kept.short | kept.padded or _two_sided(statement, kept)) else statement
        return
    if statement.kind == "blank":
        return
    if number is None:
        yield replace(statement, guess=statement.guess or statement.kind != "change" and not statement.facts.get("proven"))
        return
    yield _believed(statement, report.tables[number], number)


def _believed(statement: Statement, table: Table, number: int) -> Statement:
    """A statement of a table whose rows, or rows and columns, had to be guessed: sure where whole rows under known headings say it."""
    plain = not statement.guess and isinstance(table, Rebuilt)
    facts = {**statement.facts, "table": str(number), **({"plain": "yes"} if plain else {})}
    rows = {f.place.row for f in statement.figures}
    if isinstance(table, Rebuilt):
        sure = rows <= table.sure and (len(rows) == 1 or _exceeds(statement))
        if statement.kind == "target" and not (sure and regex.search(r"[≥≤<>=]", facts.get("target", ""))):
            # what scanning made of a sign (290% for ≥90%) shows in no other way
            facts["certain"] = ""
        if statement.kind == "parts" and len(rows) > 2 and rows <= table.coded:
            facts["coded"] = "yes"
        if _crosses(rows, table.open) or statement.label in ("weight_sum", "score_sum") and rows & table.open:
            sure = False
            facts = {**facts, "slip": "none", "table": ""}
    else:
        sure = statement.kind == "change"
        if statement.kind == "parts":
            # rows and columns are guessed alike there, and in which columns the values of a row stand most of all
            proofs = () if len(rows) > 1 else ("proven", "table")
            facts = {key: value for key, value in facts.items() if key not in proofs} | {"slip": "none"}
    return replace(statement, facts=facts, guess=statement.guess or not sure and not statement.facts.get("proven"))


_SUMS = ("parts", "score", "marks")


def _guessed(statement: Statement) -> Statement:
    """A statement that no failing proves, not even by a slip of the pen."""
    return replace(statement, guess=True, facts={**statement.facts, "slip": "none"})


def _open(statement: Statement) -> Statement:
    """A blank that may be covered by what stands beside it."""
    return replace(statement, facts={**statement.facts, "weight": ""})


def _few_digits(statement: Statement) -> bool:
    """Tell whether it is a sum of amounts of one digit or two: the next column's is as good."""
    stated = statement.stated
    return statement.kind == "parts" and statement.label == "sum" and len(statement.figures) > 2 and isinstance(stated, Figure) \
        and max(abs(f.value) for f in statement.figures) < 100 and not any(f.decimals for f in statement.figures)


def _unlike(statement: Statement) -> bool:
    """Tell whether a value slipped or ran into another: marks under a percentage, a part alone in another unit than its sum, 10100%."""
    stated, figures = statement.stated, statement.figures
    if statement.kind not in _SUMS:
        return statement.kind == "rate" and isinstance(stated, Figure) and abs(stated.value) >= 1000
    if statement.label.endswith("_sum"):
        return len({fold(f.text).strip().endswith("%") for f in figures}) > 1
    return len(figures) == 2 and len({f.scale for f in figures}) > 1


def _two_sided(statement: Statement, table: Table) -> bool:
    """Tell whether another label stands over or right of a blank, in its row or in one of the three above: a list beside a list, each with blanks of its own."""
    row, column = statement.place.row or 0, statement.place.column or 0
    return any(cell.text.rstrip().endswith((":", "：")) for cell in table.cells
               if row - 3 <= (cell.place.row or 0) <= row and (cell.place.column or 0) >= max(column, 2))


def _exceeds(statement: Statement) -> bool:
    """Tell whether parts come to more than their total: no row that was lost explains that."""
    parts = statement.readings[0]["parts"]
    return statement.kind == "parts" and isinstance(statement.stated, Figure) and not statement.readings[0]["minus"] \
        and all(f.value >= 0 for f in parts) and sum(f.value for f in parts) > statement.stated.value >= 0


def _crosses(rows: set[int | None], open_: frozenset[int]) -> bool:
    """Tell whether among the rows of a sum one stands whose values have no sure place."""
    known = [row for row in rows if row is not None]
    return len(known) > 1 and any(min(known) <= row <= max(known) + 1 for row in open_)

