"""读出的数字。"""

from __future__ import annotations

from pathlib import Path

import click

from fusuan.commands._chinese import chinese
from fusuan.commands._exit import FAILED
from fusuan.commands._terminal import say, width


@chinese
@click.argument("file", metavar="文件", type=click.Path(path_type=Path))
def command(file: Path) -> None:
    """列出从一份报告里读出的每个数字，以及它是否核对、为何没有核对。"""
    from fusuan.batch.audit import audit
    from fusuan.batch.figures import listed

    result = audit(file, deep=True)
    if result.status != "checked":
        say(f"{file}：{(result.error or {}).get('message', '')}")
        raise click.exceptions.Exit(FAILED)
    for line in listed(result, width()):
        say(line)
