"""What running text names like a row or column of a standard table, and the cells under that name.

Names are compared without what a sentence and a table put behind them by turns (支出, 预算数, 决算为 …). What is found vouches for the
figure and never accuses it: a namesake that differs may be another year's, another fund's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

import regex

from fusuan.model import Figure
from fusuan.patterns._report import Text
from fusuan.patterns.accounts.cells import named_rows
from fusuan.patterns.accounts.tables import Account
from fusuan.patterns.cues.amounts import bare

_BEHIND = regex.compile(r"(?:财政拨款|拨款|预算|决算|执行|支出|收入|资金|经费|总计|合计|小计|总额|安排|列支|实际|[数额为是共计约:“”\"'、])$")
_LONGEST = 40
"""So many characters before a figure are asked for a name."""
_LEVEL = regex.compile(r"[(][0-9]*[类款项][)]")
_SCOPES = ("一般公共预算", "财政拨款", "政府性基金", "国有资本")
_OTHER_TIME = regex.compile(r"上年|去年|上一年度|年初|调整|比|较|同比|增加|减少")
_BUDGET, _FINAL = regex.compile(r"(?<!公共|基金|经营)预算"), regex.compile("决算")
_LEAST_DIGITS = 3


def stages(name: str) -> Iterator[str]:
    """A name, and what is left of it as one word after another behind it is taken off.

    >>> [list(stages(n)) for n in ("公务接待费支出决算", "住房保障支出(类)", "财政拨款收入", "支出")]
    [['公务接待费支出决算', '公务接待费支出', '公务接待费'], ['住房保障支出', '住房保障'], ['财政拨款收入', '财政拨款'], ['支出']]
    """
    own = bare(name)
    yield own
    while (match := _BEHIND.search(own)) and match.start() >= 2:
        own = own[:match.start()]
        yield own


class Names:
    """The cells of the standard tables by name."""

    def __init__(self, accounts: Sequence[Account]) -> None:
        self._cells: dict[str, list[tuple[Account, Figure]]] = defaultdict(list)
        for account in accounts:
            for name, figure in named_rows(account):
                for own in stages(name):
                    self._cells[own].append((account, figure))

    def meant(self, text: Text, figure: Figure, since: int) -> Iterator[tuple[str, Account, Figure]]:
        """The cells that bear the words right before a figure of the text, which begin at `since`, the longest name first."""
        stretch = regex.split(r"[。;,]", text.folded[since:figure.span[0]])[-1]
        if _OTHER_TIME.search(stretch) or not _plain(figure) or _within(stretch):
            return
        for own in stages("".join(stretch.split())[-_LONGEST:]):
            for size in range(len(own), 1, -1):
                for account, cell in self._cells.get(own[-size:], ()):
                    if _of(account, stretch, own[:-size]):
                        yield own[-size:], account, cell


def _within(stretch: str) -> bool:
    """Tell whether the words speak of a part of the account named before them: …（项）中的项目支出."""
    *_, last = stages(_LEVEL.split(stretch)[-1])
    return bool(_LEVEL.search(stretch)) and bool(_BEHIND.sub("", last))


def _plain(figure: Figure) -> bool:
    digits = regex.sub(r"[^0-9]", "", figure.text.partition("元")[0])
    return figure.dimension == "money" and not figure.sign and bool(figure.value) and len(digits) >= _LEAST_DIGITS


def _of(account: Account, stretch: str, before: str) -> bool:
    """Tell whether a table is of the basis the words speak of, and of the funds named before the name."""
    said = [scope for scope in _SCOPES if scope in before]
    if said and account.kind != "三公表" and not any(scope in account.title for scope in said):
        return False
    budget, final = bool(_BUDGET.search(stretch)), bool(_FINAL.search(stretch))
    return not (account.mark[0] == "决算" and budget and not final or account.mark[0] == "预算" and final)
