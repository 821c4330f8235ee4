"""评分方案。"""

from __future__ import annotations

from fusuan.commands._chinese import chinese
from fusuan.commands._terminal import say


@chinese
def command() -> None:
    """列出可用的评分方案。"""
    from fusuan.batch.schemes import listed

    for line in listed():
        say(line)
