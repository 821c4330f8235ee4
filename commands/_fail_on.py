"""到什么程度算没有通过，退出码为 1。"""

from __future__ import annotations

import click

from fusuan.batch.tally import LEVELS

fail_on_option = click.option(
    "--fail-on", "fail_on", metavar="程度", type=click.Choice(LEVELS), default=LEVELS[0],
    help="何时退出码为 1：不符（默认）、存疑（含不符）、未核对（含前两者）、never（从不）")
