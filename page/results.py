"""What can be taken away: the workbook, and whatever else the program can make of the reports checked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from fusuan import export
from fusuan.batch.store import Store
from fusuan.model import Audit
from fusuan.page.inbox import Filing, Inbox

Make = Callable[[Inbox, Sequence[Filing]], Path | str]
"""Makes a file and returns where it lies, or says in Chinese why it cannot."""


@dataclass(frozen=True, slots=True)
class Result:
    """Something to download; `single` where it makes sense for one report, `ready` tells whether this program can make it."""

    id: str
    label: str
    make: Make
    single: bool = True
    ready: Callable[[], bool] = lambda: True


def audits(inbox: Inbox, filings: Sequence[Filing]) -> Iterator[Audit]:
    """Yield the audits of reports, one held at a time."""
    with Store(inbox.store) as store:
        for filing in filings:
            audit = store.get(filing.key)
            if audit is not None:
                yield audit


def workbook(inbox: Inbox, filings: Sequence[Filing]) -> Path | str:
    path = inbox.home / "疑点.xlsx"
    export.write(audits(inbox, filings), path)
    return path


RESULTS = (Result("疑点.xlsx", "工作簿", workbook),)
