"""What the notes of a form prescribe for its groups: 一级指标分值统一设置为：产出指标50分、效益指标30分、满意度指标10分、预算执行率10分."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from fusuan.model import Figure
from fusuan.patterns._report import Report
from fusuan.patterns.text.fold import fold

_SAID = re.compile(r"(?:分值|权重|分数|满分)[^。;；:0-9]{0,16}[:为]")
_ITEM = re.compile(r"([\u4e00-\u9fff“”()()]{2,14}?)(?:的?(?:分值|权重))?(?:为|占|:|各)?\s*$")
_OPEN = re.compile(r"原则上|可(?:以|根据|结合|适当|自行|作)?.{0,6}调整|参考|一般(?:为|设)|建议|例如|如有特殊|可按|酌情")
_FUNDS = re.compile(r"执行")
_PLAIN = re.compile(r"[“”()（）]|指标$|^(?:一级|年度|项目|服务对象|社会公众)|[0-9.]+分?|[、:\s]")
WHOLE = Decimal(100)


@dataclass(frozen=True)
class Prescribed:
    """The points of each group by the name the note gives it; `open_`: the note leaves room for others."""

    points: tuple[tuple[str, Figure], ...]
    open_: bool

    @property
    def funds_within(self) -> bool:
        """Tell whether the hundred counts the execution of the budget in."""
        return not self.open_ and any(_FUNDS.search(name) for name, _ in self.points)

    def of(self, name: str) -> Figure | None:
        """The points of a group by its name; None where the note does not name it, or names it twice."""
        own = _plain(name)
        found = [figure for said, figure in self.points if len(own) >= 2 and not _FUNDS.search(said) and _one(own, _plain(said))]
        return found[0] if len(found) == 1 else None


def _plain(name: str) -> str:
    """A name without points, brackets and the words that all groups have.

    >>> [_plain(name) for name in ("产出指标（50分）", "服务对象满意度指标", "一级指标产出")]
    ['产出', '满意度', '指标产出']
    """
    last = ""
    while name != last:
        last, name = name, _PLAIN.sub("", name)
    return name


def _one(a: str, b: str) -> bool:
    return a == b or a.startswith(b) or b.startswith(a)


def prescribed(report: Report) -> Prescribed | None:
    """The one prescription of a report; None where it has none, or several that differ."""
    found = [one for text, figures in _texts(report) if (one := _read(text, figures)) is not None]
    told = {tuple((name, figure.value) for name, figure in one.points) for one in found}
    return replace(found[0], open_=any(one.open_ for one in found)) if len(told) == 1 else None


def _texts(report: Report) -> Iterator[tuple[str, Sequence[Figure]]]:
    for text in report.texts:
        yield text.folded, text.figures
    for cell, figures in report.cells.items():
        if len(figures) >= 3 and len(cell.text) <= 600:
            yield fold(cell.text), figures


def _read(text: str, figures: Iterable[Figure]) -> Prescribed | None:
    """The points that follow one another after a word for them, where they come to a hundred."""
    start = _SAID.search(text)
    if start is None:
        return None
    points: list[tuple[str, Figure]] = []
    end = start.end()
    for figure in figures:
        if figure.span[0] < start.end():
            continue
        match = _ITEM.search(text[end:figure.span[0]].lstrip("、,;； \n"))
        if figure.unit not in ("分", "%") or match is None or figure.span[0] - end > 24:
            break
        points.append((match[1], figure))
        end = figure.span[1]
    if len(points) < 3 or sum((figure.value for _, figure in points), Decimal(0)) != WHOLE:
        return None
    sentence = text[max(0, start.start() - 40):end + 60]
    return Prescribed(tuple(points), bool(_OPEN.search(sentence)))
