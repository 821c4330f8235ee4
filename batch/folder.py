"""整个文件夹的核对：逐份写出，边做边报进度，最后给出合计。"""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from fusuan.batch.audit import skipped
from fusuan.batch.gather import Found, gather
from fusuan.batch.pool import Limits, run
from fusuan.batch.tally import Tally
from fusuan.export import clean
from fusuan.model import Audit, Verdict


@dataclass(frozen=True, slots=True)
class Outputs:
    """Where the results of a batch go: one file for all, one line a file as it goes, and what a person reads.

    `beside` is a folder into which `each` writes what it makes of every audit.
    """

    whole: Path | None
    lines: Path | None
    say: Callable[[str], None]
    beside: Path | None = None
    each: Callable[[Audit], None] = lambda audit: None


def through(folder: Path, suffixes: Collection[str], outputs: Outputs, limits: Limits, tally: Tally) -> None:
    """Check every report below `folder`; write each result as it comes, in order of path, and count it in `tally`."""
    start = monotonic()
    files = gather(folder, suffixes, [path for path in (outputs.whole, outputs.lines, outputs.beside) if path is not None])
    audits = _audits(files, limits)
    with ExitStack() as stack:
        counted = _told(audits, len(files), outputs, tally, stack)
        if outputs.whole is not None:
            from fusuan import export

            export.write(counted, outputs.whole)
        for _ in counted:  # what no writer has drawn
            pass
    tally.seconds = monotonic() - start


def _audits(files: list[Found], limits: Limits) -> Iterator[Audit]:
    done = run((file.path for file in files if not file.skip), limits)
    for file in files:
        yield skipped(file.path, "skipped", file.skip) if file.skip else next(done)


def _told(audits: Iterator[Audit], count: int, outputs: Outputs, tally: Tally, stack: ExitStack) -> Iterator[Audit]:
    """Pass audits on; write the line of each, count it and say what came of it."""
    from fusuan.export.json import text

    lines = stack.enter_context(outputs.lines.open("w", encoding="utf-8", newline="\n")) if outputs.lines else None
    progress = _Bar(count, stack) if sys.stderr.isatty() else None
    for audit in audits:
        if lines is not None:
            lines.write(text(audit) + "\n")
            lines.flush()
        tally.add(audit)
        outputs.each(audit)
        if progress is not None:
            progress.advance(_line(audit.source.name))
        if (line := told(audit)):
            (progress.say if progress is not None and sys.stdout.isatty() else outputs.say)(line)
        yield audit


def told(audit: Audit) -> str:
    """Say in one line what is worth knowing of a file; nothing where all is well."""
    if audit.status != "checked":
        word = "未能读取" if audit.status == "failed" else "跳过"
        return f"{word}  {_line(audit.source.path)}：{_line((audit.error or {}).get('message', ''))}"
    broken, doubtful = audit.count(Verdict.BROKEN), audit.count(Verdict.DOUBTFUL)
    return f"不符 {broken}，存疑 {doubtful}  {_line(audit.source.path)}" if broken or doubtful else ""


def _line(text: str) -> str:
    """A file may be named anything: no line breaks, nothing that moves the cursor."""
    return clean(text).replace("\n", " ")


class _Bar:
    """A progress bar on the terminal's error stream, so that standard output stays clean."""

    def __init__(self, count: int, stack: ExitStack) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        self.console = Console(stderr=True, highlight=False, markup=False, emoji=False)
        self.progress = stack.enter_context(Progress(
            TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(),
            console=self.console, transient=True))
        self.task = self.progress.add_task("核对中", total=count)

    def advance(self, name: str) -> None:
        self.progress.update(self.task, advance=1, description=name[-24:])

    def say(self, line: str) -> None:
        self.console.print(line, soft_wrap=True)
