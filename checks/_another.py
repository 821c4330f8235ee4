"""One formula for two percentages: where one of them is what it gives, the next is a rate of another place or time.

Beside 支付率 93.0% the text goes on to tell 全省平均 93.6%, last year's 93.8% and that of half a year: none of them is a misprint of the first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal

from fusuan.checks._judged import Judged
from fusuan.model import Figure, Place

Told = tuple[Place, Decimal]
"""The paragraph of a percentage, and what its formula gives."""


def another(judged: Sequence[Judged]) -> list[Judged]:
    """Return what was judged, without the accusations of what follows the percentage that is right; only what wording alone gave its formula."""
    held: dict[Told, list[int]] = defaultdict(list)
    for item in judged:
        if item.agrees and (told := _told(item)):
            held[told].append(item.statement.stated.span[0])
    return [item for item in judged if not (item.broken and item.statement.certainty and (told := _told(item)) and _follows(item, held.get(told, ())))]


def _told(item: Judged) -> Told | None:
    finding, stated = item.finding, item.statement.stated
    if finding is None or finding.computed is None or not isinstance(stated, Figure) or stated.dimension != "rate":
        return None
    return finding.place, finding.computed.value


def _follows(item: Judged, right: Sequence[int]) -> bool:
    """Tell whether no figure of the formula stands between one that is right and the one accused."""
    stated, computed = item.statement.stated, item.finding.computed if item.finding is not None else None
    own = [f.span[0] for f in computed.operands if f.place == stated.place] if computed is not None else []
    return any(at < stated.span[0] and not any(at < o < stated.span[0] for o in own) for at in right)
