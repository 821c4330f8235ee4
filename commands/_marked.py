"""标注件：原件的副本，在每处不符、存疑的数字上加批注；核实为不属实的不标，另外计数。"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import click

from fusuan.commands._outputs import writing
from fusuan.commands._terminal import note

if TYPE_CHECKING:
    from fusuan.batch.tally import Tally
    from fusuan.model import Audit

marked_option = click.option(
    "--marked", metavar="文件夹", type=click.Path(path_type=Path, file_okay=False),
    help="另存标注件：在不符、存疑的数字上加批注（.docx、.xlsx、.pdf），原件不动")


def marking(folder: Path | None, output: Path | None = None, store: Path | None = None) -> Callable[[Audit], None]:
    """Return what writes the marked copy of each report and says what came of it; nothing is done without a folder.

    What was settled as no error in the workbook `output` or in the store is not marked.
    """
    if folder is None:
        return lambda result: None
    with writing(folder):
        folder.mkdir(parents=True, exist_ok=True)

    from fusuan.desk import dismissed, standing
    from fusuan.marked import mark, opener

    open_ = opener()
    settled = cache(lambda: dismissed(output or Path(), store))

    def marked(result: Audit) -> None:
        with writing(folder):
            _, said = mark(standing(result, settled()), folder, open_)
        if said:
            note(said)

    return marked


def counting(tally: Tally, each: Callable[[Audit], object], output: Path | None, store: Path | None) -> Callable[[Audit], None]:
    """Return what does `each` of every audit, and counts what was settled as no error."""
    from fusuan.desk import dismissed, standing

    settled = cache(lambda: dismissed(output or Path(), store))

    def counted(result: Audit) -> None:
        tally.settled += len(result.findings) - len(standing(result, settled()).findings)
        each(result)

    return counted
