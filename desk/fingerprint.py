"""Which finding is which: a name for a finding that survives edits elsewhere in its file.

It is made of what a person would know the finding by: whose report it is, the kind, the printed text and its name, the
headings above it (their numbers aside) and what it should be. A dismissal so never covers another accusation: where the
figure, or what it is recomputed from, is changed, the finding is a new one and is looked at again.

The name of the file is a part of it, as the forms of a unit are often alike. So a finding has further names, under which it is
known again in a file that was renamed: by the file's content, and, where it tells whose report it is, by unit, title and year.

Of a file that does not tell whose it is, renamed and edited, what is left is the figures in it. Of all with four digits or more,
the few that chance (a digest) puts first stand for it; a name is made of all but one of them, the title, and the figures of the
finding itself. So most of a file must be as it was, and all of the accusation: a passage that others copied is not enough.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal, localcontext
from hashlib import sha256
from heapq import nsmallest
from itertools import combinations
from pathlib import PurePath
from typing import TypeVar

from fusuan.model import Audit, Finding, Source, plain

T = TypeVar("T")
_LENGTH = 16
_NUMBERS = re.compile(r"第?[一二三四五六七八九十\d]{1,3}[部章篇]分?|[（(]?\s*[一二三四五六七八九十\d]{1,3}\s*[）)、.．]")
_DRAWN, _LEAST, _RICH = 5, 3, 4
"""How many figures stand for a file that does not say whose it is, how many there must be at least, and how many digits each has."""
_BLANK = re.compile(r"\s+")


def fingerprint(finding: Finding, audit: Audit) -> str:
    """Return the name of one finding of an audit; of all at once, `fingerprints` is faster."""
    own = likeness(finding)
    before = 0
    for other in audit.findings:
        if other is finding:
            break
        before += other.stated.text == finding.stated.text and likeness(other) == own
    return _name(_filer(audit.source), own, before)


def fingerprints(audit: Audit) -> tuple[str, ...]:
    """Return the names of all findings of an audit, in their order."""
    return tuple(names[0] for names in _names(audit))


def aliases(audit: Audit) -> tuple[str, ...]:
    """Return all names of each finding, its fingerprint first, parted by blanks: what `first` looks up."""
    return tuple(" ".join(names) for names in _names(audit))


def first(known: Mapping[str, T], names: str) -> T | None:
    """Return what is known of a finding under the first of its names.

    >>> first({"b": 2, "c": 3}, "a b c"), first({}, "a")
    (2, None)
    """
    return next((known[name] for name in names.split() if name in known), None)


def _names(audit: Audit) -> Iterator[list[str]]:
    source, seen = audit.source, Counter[str]()
    filer, content = _filer(source), f"content|{source.sha256}"
    whole = (source.unit, source.title, source.year, source.project)
    report = "|".join(("report", *map(_squeezed, whole))) if source.unit and source.title else ""
    drawn = [] if source.unit else _drawn(audit)
    for finding in audit.findings:
        own = likeness(finding)
        names = [_name(filer, own, seen[own])]
        if source.sha256:
            names.append(_name(content, own, seen[own]))
        if finding.stated.text.strip() and not seen[own]:  # empty cells are alike in any form
            names += [_name(report, own, 0)] if report else []
            names += [_name(one, f"{own}|{_reckoned(finding)}", 0) for one in drawn]
        yield names
        seen[own] += 1


def _drawn(audit: Audit) -> list[str]:
    """Name a file by figures in it, so that it is known again while all but one of those drawn are there."""
    rich = {f"{plain(figure.value)}{figure.unit}" for figure in audit.figures
            if len(figure.value.as_tuple().digits) >= _RICH and figure.unit != "年"}
    drawn = nsmallest(_DRAWN, rich, key=lambda figure: sha256(figure.encode()).digest())
    if len(drawn) < _LEAST:
        return []
    kept: Sequence[Sequence[str]] = list(combinations(drawn, _DRAWN - 1)) if len(drawn) == _DRAWN else [drawn]
    head = (audit.source.title, audit.source.year, audit.source.project)
    return ["|".join(("figures", *map(_squeezed, head), *sorted(figures))) for figures in kept]


def _reckoned(finding: Finding) -> str:
    figures = finding.computed.operands if finding.computed else ()
    return "|".join(sorted(_squeezed(figure.text) for figure in figures))


def likeness(finding: Finding) -> str:
    """Say what a finding is, whoever filed it: two of different files (or of two versions of one) may be alike.

    >>> from dataclasses import replace
    >>> from decimal import Decimal
    >>> from fusuan.model import Figure, Place, Severity, Verdict
    >>> place = Place(paragraph=84, heading="四、绩效评价总结论")
    >>> said = Figure("98 分", Decimal(98), "分", place=place, name="总得分")
    >>> one = Finding("marks", "score_sum", said, Verdict.BROKEN, Severity.HIGH, "")
    >>> moved = replace(said, text="98分", place=Place(paragraph=90, heading="五、绩效评价总结论"))
    >>> likeness(one) == likeness(replace(one, stated=moved)), likeness(one) == likeness(replace(one, label="rate"))
    (True, False)
    """
    return f"{subject(finding)}|{_squeezed(finding.stated.text)}|{_squeezed(finding.expected)}|{_should(finding)}"


def subject(finding: Finding) -> str:
    """Say what a finding is about, whatever the figures are."""
    where = _NUMBERS.sub("", finding.place.heading)
    return "|".join(_squeezed(part) for part in (finding.check, finding.label, finding.stated.name, where))


def _should(finding: Finding) -> str:
    """The value computed, to the digits that results keep of it."""
    if finding.computed is None:
        return ""
    with localcontext() as context:
        context.prec = max(60, finding.computed.value.adjusted() + 10)
        text = plain(finding.computed.value.quantize(Decimal("0.000001"), ROUND_HALF_UP))
    return text.rstrip("0").rstrip(".") if "." in text else text


def _filer(source: Source) -> str:
    """Whose report it is: the unit, or else the folder, and the name of the file."""
    folder = source.unit or PurePath(source.path.replace("\\", "/")).parent.name
    return f"{_squeezed(folder)}|{_squeezed(source.name)}"


def _squeezed(text: str) -> str:
    return _BLANK.sub("", unicodedata.normalize("NFKC", text)).casefold()


def _name(filer: str, own: str, before: int) -> str:
    """Findings that are quite alike (an empty cell beside another) are told apart by their order."""
    return sha256(f"{filer}|{own}|{before}".encode("utf-8", "surrogatepass")).hexdigest()[:_LENGTH]
