"""What a resubmission mended, left and made new: the findings of two versions of a report side by side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from fusuan.desk.fingerprint import likeness, subject
from fusuan.model import Audit, Figure, Finding


@dataclass(frozen=True, slots=True)
class Mended:
    """A finding that is gone; `now` is the figure that agrees in its place, None where nothing of the kind is said any more."""

    was: Finding
    now: Finding | None


@dataclass(slots=True)
class Comparison:
    """Two audits held against each other; findings that are left are given as they were and as they are."""

    old: Audit
    new: Audit
    mended: list[Mended] = field(default_factory=list)
    left: list[tuple[Finding, Finding]] = field(default_factory=list)
    fresh: list[Finding] = field(default_factory=list)


Key = Callable[[Finding], str]


def compare(old: Audit, new: Audit) -> Comparison:
    """Find each finding of the old version in the new one: by all that it says, then by what it is about, then by its figures."""
    result = Comparison(old, new)
    before, after = ([f for f in audit.findings if not f.agrees] for audit in (old, new))
    for key in (likeness, subject, _figures):
        before, after = _paired(before, after, key, result.left)
    agreeing: dict[str, Finding] = {subject(finding): finding for finding in reversed(new.findings) if finding.agrees}
    result.mended = [Mended(finding, agreeing.get(subject(finding)) or _operand(finding, new)) for finding in before]
    result.fresh = after
    return result


def _operand(was: Finding, new: Audit) -> Finding | None:
    """What agrees and rests on the figure as it should have been: a part put right is told with its total, no longer by itself."""
    if was.computed is None or not isinstance(was.stated, Figure):
        return None
    for finding in new.findings:
        for figure in finding.computed.operands if finding.agrees and finding.computed is not None else ():
            if (figure.name, figure.value, figure.unit) == (was.stated.name, was.computed.value, was.stated.unit):
                return replace(finding, stated=figure)
    return None


def _figures(finding: Finding) -> str:
    return "|".join((finding.label, finding.stated.text, likeness(finding).rpartition("|")[2]))


def _paired(before: Sequence[Finding], after: Sequence[Finding], key: Key, left: list[tuple[Finding, Finding]]) -> tuple[list[Finding], list[Finding]]:
    """Pair what has one key, in order; return what is over of both."""
    waiting: dict[str, list[Finding]] = defaultdict(list)
    for finding in reversed(after):
        waiting[key(finding)].append(finding)
    over, taken = list[Finding](), set[int]()
    for finding in before:
        if like := waiting[key(finding)]:
            left.append((finding, like.pop()))
            taken.add(id(left[-1][1]))
        else:
            over.append(finding)
    return over, [finding for finding in after if id(finding) not in taken]


def versions(old: Iterable[Audit], new: Iterable[Audit]) -> tuple[list[tuple[Audit, Audit]], list[Audit], list[Audit]]:
    """Pair the files of two filings: by name, then by unit and title, then the last one of each; return what has no counterpart."""
    pairs: list[tuple[Audit, Audit]] = []
    before, after = list(old), list(new)
    for key in (lambda a: a.source.name, lambda a: f"{a.source.unit}|{a.source.title}|{a.source.year}" if a.source.unit else ""):
        named = {key(audit): audit for audit in reversed(after) if key(audit)}
        for audit in list(before):
            if (found := named.pop(key(audit), None)) is not None:
                pairs.append((audit, found))
                before.remove(audit)
                after.remove(found)
    if len(before) == len(after) == 1:
        pairs.append((before.pop(), after.pop()))
    return pairs, before, after
