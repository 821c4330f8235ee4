"""读出的数字。"""

from __future__ import annotations

from pathlib import Path

import click

from fusuan.commands._chinese import chinese
from fusuan.commands._exit import FAILED
from fusuan.commands._terminal import recognising, say, width


@chinese
@click.argument("file", metavar="文件", type=click.Path(path_type=Path))
@click.option("--password", "passwords", metavar="密码", multiple=True, help="加密文件的打开密码；可给出多个，逐个尝试")
@click.option("--timeout", metavar="秒", type=click.FloatRange(0.1), default=120.0, help="每份文件的时限（默认 120 秒）")
def command(file: Path, passwords: tuple[str, ...], timeout: float) -> None:
    """列出从一份报告里读出的每个数字，以及它是否核对、为何没有核对；压缩包则逐份列出。"""
    from fusuan.batch.figures import listed
    from fusuan.batch.guarded import guarded
    from fusuan.batch.pool import Limits

    failed = False
    for result in guarded([file], Limits(1, timeout, passwords=passwords, watch=recognising), deep=True):
        if result.status != "checked":
            failed |= result.status == "failed"
            say(f"{result.source.path}：{(result.error or {}).get('message', '')}")
            continue
        if result.source.path != str(file):
            say(f"{result.source.path}：")
        for line in listed(result, width()):
            say(line)
    if failed:
        raise click.exceptions.Exit(FAILED)
