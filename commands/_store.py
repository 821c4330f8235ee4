"""结果存储：放在哪里，用不了时怎么说；一批做完之后怎么说。"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from fusuan.batch.tally import LEVELS
from fusuan.commands._exit import STOPPED
from fusuan.commands._terminal import note, say

if TYPE_CHECKING:
    from fusuan.batch.outputs import Outputs
    from fusuan.batch.tally import Tally


def store_beside(asked: Path | None, *outputs: Path | None) -> Path | None:
    """Return where results are remembered: as asked, else beside the first output; None where nothing is written."""
    from fusuan.batch.store import SUFFIX

    return asked or next((output.with_suffix(SUFFIX) for output in outputs if output is not None), None)


@contextmanager
def using_store() -> Iterator[None]:
    from fusuan.batch.cluster import ClusterError
    from fusuan.batch.store import StoreError

    try:
        yield
    except (ClusterError, StoreError) as error:
        raise click.ClickException(str(error)) from error


@contextmanager
def stopping(outputs: Outputs) -> Iterator[None]:
    """Say what is left where a person ends it before the results are written."""
    try:
        yield
    except KeyboardInterrupt:
        note("已中断，结果没有写出" + ("；核对过的都已保存，再次运行同一命令即可接着核对" if outputs.store else ""))
        raise click.exceptions.Exit(STOPPED) from None


def finished(tally: Tally, outputs: Outputs, fail_on: str = LEVELS[0]) -> None:
    """Say how a batch went and where its results are; end with its exit status."""
    for line in tally.lines():
        say(line)
    for path in filter(None, (outputs.whole, outputs.lines)):
        note(f"{'已中断，已完成部分的' if tally.interrupted else ''}结果已写入 {path}")
    if tally.interrupted:
        note("再次运行同一命令即可接着核对" if outputs.store else "已中断")
        raise click.exceptions.Exit(STOPPED)
    raise click.exceptions.Exit(tally.status(fail_on))
