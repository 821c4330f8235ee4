"""评分方案：用不了的，动手之前说明。"""

from __future__ import annotations

import click


def check_scheme(scheme: str | None) -> None:
    """A scheme that cannot be used is said once, before any file is read."""
    if scheme is None:
        return
    from fusuan.batch.schemes import fault

    if why := fault(scheme):
        raise click.UsageError(why)
