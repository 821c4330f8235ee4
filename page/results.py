"""What can be taken away: the workbook, the marked copies, the letters to the units.

Whatever opens a report again does so in a worker. What was settled as no error is neither marked nor written to a unit.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from fusuan import export
from fusuan.batch.pool import Limits, settled
from fusuan.batch.store import Store, renamed
from fusuan.desk import Remark, Remarks, first, standing
from fusuan.export import letter
from fusuan.export.html import laid
from fusuan.model import Audit
from fusuan.page.inbox import Filing, Inbox, on_disk

Make = Callable[[Inbox, Sequence[Filing], Path], Path | str]
"""Makes a file in a folder and returns where it lies, or says in Chinese why it cannot."""
_LIMITS = Limits(2, 120)
NOTHING = "没有需要列出的不符与存疑"


@dataclass(frozen=True, slots=True)
class Result:
    """Something to download."""

    id: str
    label: str
    make: Make


def audits(inbox: Inbox, filings: Sequence[Filing]) -> Iterator[tuple[Filing, Audit]]:
    """Yield reports with their audits under the names they were handed in by, one held at a time.

    A store that is shared may have been started over meanwhile: what is no longer in it is left out.
    """
    with Store(inbox.store) as store:
        for filing in filings:
            audit = store.any(filing.key)
            if audit is not None:
                yield filing, renamed(audit, filing.short, filing.name)


def _standing(inbox: Inbox, filings: Sequence[Filing]) -> Iterator[tuple[Filing, Audit]]:
    """Yield reports with what has not been settled as no error."""
    with Remarks(inbox.store) as remarks:
        settled_as_right = {name: remark.dismisses for name, remark in remarks.latest().items()}
    for filing, audit in audits(inbox, filings):
        yield filing, standing(audit, settled_as_right)


def workbook(inbox: Inbox, filings: Sequence[Filing], folder: Path) -> Path | str:
    path = folder / "疑点.xlsx"
    export.write((audit for _, audit in audits(inbox, filings)), path, store=inbox.store)
    return path


def decided(inbox: Inbox, view: Mapping[str, Any]) -> dict[int, Remark]:
    """Return what was decided of the findings of a report, by their number."""
    with Remarks(inbox.store) as remarks:
        known = remarks.latest()
    return {finding["number"]: remark for finding in view["findings"] if (remark := first(known, finding["names"]))}


def settled_names(inbox: Inbox) -> Mapping[str, bool]:
    """Tell by its fingerprint whether a finding has a verdict; asked every second, so it is read again only where the file has changed."""
    beside = (inbox.store, inbox.store.with_name(f"{inbox.store.name}-wal"))
    return _settled(inbox.store, tuple((path.stat().st_mtime_ns, path.stat().st_size) for path in beside if path.exists()))


@lru_cache(maxsize=2)
def _settled(store: Path, stamp: object) -> Mapping[str, bool]:
    with Remarks(store) as remarks:
        return {name: bool(remark.verdict) for name, remark in remarks.latest().items()}


def report(inbox: Inbox, filing: Filing, folder: Path, view: Mapping[str, Any]) -> Path | str:
    """Put a report together as one file, from what its worker drew and what was decided since."""
    path = folder / f"{on_disk(filing.name)}.html"
    cards = [(item["number"], item["card"]) for item in view["findings"]]
    for _, audit in audits(inbox, [filing]):
        with path.open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(laid(audit, (inbox.text(filing),), cards, decided(inbox, view)))
        return path
    return "结果存储里已没有这份报告，请重新放入"


def copies(inbox: Inbox, filings: Sequence[Filing], folder: Path) -> Path | str:
    jobs = [(replace(audit, source=replace(audit.source, path=str(inbox.path(filing)))), folder) for filing, audit in _standing(inbox, filings)
            if any(not finding.agrees for finding in audit.findings)]
    done = [made for _, made in settled(jobs, _LIMITS, mark, lambda job, code, message: (None, message))]
    paths = sorted(path for path, _ in done if path is not None)
    return _one(paths, folder / "标注件.zip") or next((said for _, said in done if said), NOTHING)


def mark(job: tuple[Audit, Path], _: str | None) -> tuple[Path | None, str]:
    """Write a marked copy, in a worker."""
    from fusuan.marked import mark as marked

    return marked(*job)


def letters(inbox: Inbox, filings: Sequence[Filing], folder: Path) -> Path | str:
    groups = letter.by_unit(audit for _, audit in _standing(inbox, filings) if any(not finding.agrees for finding in audit.findings))
    paths = []
    for unit, own in groups.items():
        paths.append(export.reserved(folder, letter.file_stem(unit), "{}", ".docx"))
        letter.write(own, paths[-1])
    return _one(paths, folder / "复核意见.zip") or NOTHING


def _one(paths: Sequence[Path], whole: Path) -> Path | None:
    """Return the only file, or several packed together; None of none."""
    if len(paths) < 2:
        return next(iter(paths), None)
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in paths:
            archive.write(path, path.name)
    return whole


RESULTS = (Result("workbook", "工作簿", workbook), Result("copies", "标注件", copies), Result("letters", "复核意见", letters))
