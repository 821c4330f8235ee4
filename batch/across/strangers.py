"""放错或没改的：文件夹（清单）是一个单位，文中写的是另一个报送单位；文件名是一个年度，文中是另一个。"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from fusuan.batch.across.wording import Wording
from fusuan.batch.filings import Filing, same
from fusuan.model import Crossing, Verdict

_YEAR = re.compile("(?<![0-9])(20[0-9]{2})(?![0-9])")


def find(filings: Sequence[Filing], wording: Wording) -> Iterator[Crossing]:
    """Yield each filing that speaks of another unit or another year than it is filed under."""
    units = {one.unit for one in filings if one.unit}
    for one in filings:
        if one.trace is None:
            continue
        if one.stated and one.unit and one.stated in units and not same(one.stated, one.unit):
            yield _crossing(one, "他单位名称", f"按文件夹或清单属于“{one.unit}”，文中填报单位是“{one.stated}”")
        named = _YEAR.findall(one.item.name)
        if one.year and named and one.year not in named and not any(year in named for year in one.trace.years):
            yield _crossing(one, "他年度", f"文件名为 {'、'.join(named)} 年，文中为 {one.year} 年")


def _crossing(one: Filing, kind: str, message: str) -> Crossing:
    return Crossing(kind, message + "，请核实", (one.number,), (one.item.shown,), one.unit, Verdict.DOUBTFUL)
