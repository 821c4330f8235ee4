"""What the other rows and columns prove of a relation in a table that lost its frame.

There the layout is only likely, so that a relation that fails proves nothing by itself. But where the same rows add up
in another column, or the same columns go together in other rows, the layout is what it seems, and the one figure that
does not fit is an error.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from fusuan.checks._judged import Checking, Judged, accused, failures
from fusuan.checks._slip import slip
from fusuan.model import Figure, Finding, Place, Statement

Key = tuple[str, ...]
_KINDS = ("parts", "balance", "rate", "change", "product", "marks")
_RATED = ("rate", "change")


@dataclass(slots=True)
class _Seen:
    """Where one relation of a table holds (values stated), and where it fails (which statement, and its finding)."""

    held: set[str] = field(default_factory=set)
    failing: dict[int, Finding] = field(default_factory=dict)


def upheld(judged: Sequence[Judged], check: Checking) -> list[Judged]:
    """Return what was judged, with the relations that fail where their like hold in the same table."""
    seen: dict[Key, _Seen] = defaultdict(_Seen)
    rated = {(f.place, f.stated.span) for item in judged if (f := item.finding) is not None and f.agrees and item.statement.kind in _RATED}
    for index, item in enumerate(judged):
        if not item.statement.facts.get("table") or item.statement.kind not in _KINDS:
            continue
        if item.finding is not None and item.agrees:
            for key in _keys(item.statement, item.finding):
                seen[key].held.add(f"{item.finding.stated.text} {_shown(item.finding)}")
        elif item.fails and (item.statement.kind in _RATED or (item.statement.place, item.statement.stated.span) not in rated):
            # a rate that is right is no sum, even if the amounts over it are
            for key, finding in _failed(item.statement, check):
                seen[key].failing.setdefault(index, finding)
    settled = list(judged)
    told = accused(judged)
    # sums before rates: a total that is wrong makes the rate that is right look wrong
    for key, relation in sorted(seen.items(), key=lambda pair: pair[0][2:3] in (("rate",), ("change",))):
        for index, finding in relation.failing.items():
            if settled[index].finding is None and _proven(relation, key, judged[index].statement) and not _draws_on(finding, told) \
                    and not _slipped_in(finding) and not _averages(finding):
                settled[index] = replace(judged[index], finding=finding)
                told.add((finding.place, finding.stated.span))
    return settled


def _slipped_in(finding: Finding) -> bool:
    """Tell whether a total without a frame is right but for one part, which may have slipped into its column."""
    stated, computed = finding.stated, finding.computed
    return finding.place.table is None and computed is not None and isinstance(stated, Figure) and len(computed.operands) > 1 \
        and any(f.value == computed.value - stated.value for f in computed.operands)


def _averages(finding: Finding) -> bool:
    """Tell whether a total lies among its parts, as that of rates or prices does."""
    stated, values = finding.stated, [f.value for f in finding.computed.operands] if finding.computed is not None else []
    return finding.label == "sum" and isinstance(stated, Figure) and len(values) > 2 and 0 < min(values) <= stated.value <= max(values)


def _draws_on(finding: Finding, accused: set[tuple[Place, tuple[int, int]]]) -> bool:
    """Tell whether a rate rests on a figure that is itself in error."""
    return finding.label in ("rate", "growth") and finding.computed is not None and any((f.place, f.span) in accused for f in finding.computed.operands)


def _proven(relation: _Seen, key: Key, statement: Statement) -> bool:
    """Tell whether a relation holds often enough beside where it fails: once for what the headings say, else twice.

    Codes tell what belongs under what: where that holds of three rows, the one of which it does not is wrong.
    Of rates several may be wrong, where twice as many are right and more than two.
    """
    failing, held = len(relation.failing), len(relation.held)
    if key[0] == "coded":
        return held >= 3 and len({f.place.row for f in relation.failing.values()}) == 1
    if failing > 1:
        return statement.kind in _RATED and bool(statement.facts.get("plain")) and held >= max(3, 2 * failing)
    if key[0] == "group":
        return held >= (1 if statement.facts.get("apart") or all(map(_uneven, relation.failing.values())) else 2)
    return held >= (1 if statement.facts.get("plain") and "single" not in key else 2)


def _uneven(finding: Finding) -> bool:
    """Tell whether a group prints 54 points over rows that add up to 50: groups have round marks."""
    stated, computed = finding.stated, finding.computed
    return isinstance(stated, Figure) and computed is not None and stated.value % 5 != 0 == computed.value % 5 \
        and bool(slip(stated, computed.value))


def _shown(finding: Finding) -> str:
    return finding.computed.formula if finding.computed is not None else ""


def _failed(statement: Statement, check: Checking) -> Iterator[tuple[Key, Finding]]:
    yield from ((key, finding) for finding in failures(statement, check, 4) for key in _keys(statement, finding))


def _keys(statement: Statement, finding: Finding) -> Iterator[Key]:
    """What is the same relation elsewhere in a table: of the same rows, or of the same columns."""
    operands = finding.computed.operands if finding.computed is not None else ()
    full = sum(bool(f.value) for f in operands)
    alone = statement.kind == "parts" and full == 1 and bool(statement.facts.get("plain"))
    if not isinstance(finding.stated, Figure) or full < 2 and not alone:
        return
    own, others = finding.place, [f.place for f in operands]
    table = statement.facts["table"]
    if statement.kind == "marks":
        yield "down", table, "marks", str(own.row), *(str(p.row) for p in others)
        if statement.label == "weight_sum":
            yield "group", table
    elif all(p.row == own.row for p in others):
        yield "across", table, statement.kind, str(own.column), *(str(p.column) for p in others)
    elif all(p.column == own.column for p in others):
        # the rows of what is nothing leave no trace
        rows = sorted({str(f.place.row) for f in operands if f.value} if alone else {str(p.row) for p in others})
        yield "down", table, statement.kind, str(own.row), *rows, *(("single",) if alone else ())
        if statement.facts.get("coded") and statement.facts.get("plain"):
            yield "coded", table
