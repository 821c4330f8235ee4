"""The whole result for one file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from fusuan.model.document import Document
from fusuan.model.figure import Figure
from fusuan.model.finding import Finding, Verdict


@dataclass(frozen=True, slots=True)
class Unchecked:
    """A figure (or rule) that entered no check, and why (in Chinese)."""

    figure: Figure
    reason: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A line of the score tree: an indicator with its full mark, the mark claimed and the mark recomputed.

    `level` counts from 0 (the total). Texts are as printed; None where nothing is printed or nothing can be computed.
    """

    level: int
    name: str
    full: Figure | None = None
    earned: Figure | None = None
    computed: str | None = None
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """The file: what it is and what it says of itself."""

    name: str
    path: str
    sha256: str = ""
    format: str = ""
    pages: int | None = None
    title: str = ""
    unit: str = ""
    year: str = ""
    project: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Audit:
    """What came of one file. `status` is checked, failed or skipped; `error` has code and message when failed.

    `grade_computed` is the grade that the recomputed total earns, by the bands the grade stated was held against.

    `document` is what was read, kept only for a writer that shows it: thousands of them would not fit into memory.

    `thin`: how little of a file checked was recomputed, and why (Chinese); empty where enough was. Such a file is not all right.
    """

    source: Source
    status: str = "checked"
    error: Mapping[str, str] | None = None
    figures: tuple[Figure, ...] = ()
    findings: tuple[Finding, ...] = ()
    unchecked: tuple[Unchecked, ...] = ()
    marks: tuple[Mark, ...] = ()
    score_stated: str | None = None
    score_computed: str | None = None
    grade: str | None = None
    grade_computed: str | None = None
    remarks: tuple[str, ...] = field(default=())
    thin: str = ""
    document: Document | None = None

    def count(self, verdict: Verdict) -> int:
        return sum(finding.verdict is verdict for finding in self.findings)
