"""两次报送之间改了什么。"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from fusuan.commands._chinese import chinese
from fusuan.commands._exit import AGREES, BROKEN
from fusuan.commands._results import audits_of
from fusuan.commands._scheme import check_scheme
from fusuan.commands._terminal import say, width

if TYPE_CHECKING:
    from fusuan.model import Audit


@chinese
@click.argument("old", metavar="旧", type=click.Path(path_type=Path))
@click.argument("new", metavar="新", type=click.Path(path_type=Path))
@click.option("--scheme", metavar="方案", help="评分方案的名称（见 fusuan schemes）或 .toml 文件")
def command(old: Path, new: Path, scheme: str | None) -> None:
    """比较两次报送：哪些疑点改正了，哪些还在，哪些是新出现的。两个都可以是报告，也可以是核对结果（.json、.jsonl、.fusuan）。"""
    from fusuan.desk.compare import versions

    check_scheme(scheme)
    pairs, gone, come = versions(audits_of(old, scheme), audits_of(new, scheme))
    wrong = [_told(before, after) for before, after in pairs]
    for word, audits in (("新的一次没有这份报告", gone), ("旧的一次没有这份报告", come)):
        for audit in audits:
            say(f"{word}：{audit.source.name}")
    raise click.exceptions.Exit(BROKEN if any(wrong) else AGREES)


def _told(old: Audit, new: Audit) -> bool:
    """Say what became of one file; tell whether something is wrong with it still."""
    from fusuan.desk.compare import compare
    from fusuan.export import changes

    result = compare(old, new)
    for line in changes(result, width()):
        say(line)
    return bool(result.left or result.fresh)
