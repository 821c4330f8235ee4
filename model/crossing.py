"""What several files of a batch say together: copies, corrected filings, amounts of one unit that do not meet."""

from __future__ import annotations

from dataclasses import dataclass

from fusuan.model.finding import Verdict


@dataclass(frozen=True, slots=True)
class Crossing:
    """`files` are the numbers of the files in their batch, `names` how they are shown. `verdict` is None where nothing is judged:
    something to know, like two versions of a report. `quotes` are what a person compares, one for each file or both sides in one."""

    kind: str
    message: str
    files: tuple[int, ...]
    names: tuple[str, ...]
    unit: str = ""
    verdict: Verdict | None = None
    quotes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Batch:
    """What is known of a batch beside its audits: how many files, who filed nothing (unit, what came instead), what files say
    together, and how it ran (name, value)."""

    files: int = 0
    silent: tuple[tuple[str, str], ...] = ()
    crossings: tuple[Crossing, ...] = ()
    about: tuple[tuple[str, str], ...] = ()
