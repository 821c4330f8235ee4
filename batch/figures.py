"""一份报告里读出的全部数字：位置、名称、数字、是否核对。"""

from __future__ import annotations

from collections.abc import Iterator

from fusuan.export import clean, columns_for, padded, wrapped
from fusuan.model import Audit

HEADER = ("位置", "名称", "数字", "核对情况")
LEAST, MOST, GAP = (8, 8, 8, 8), (24, 36, 24, 40), "  "


def listed(audit: Audit, width: int) -> Iterator[str]:
    """Yield a table of every figure of an audit, in lines of at most `width` columns, and one line of totals."""
    reasons = {(item.figure.place, item.figure.span): item.reason for item in audit.unchecked}
    rows = [tuple(map(clean, (str(figure.place), figure.name, " ".join(figure.text.split()),
                              reasons.get((figure.place, figure.span), "已复算")))) for figure in audit.figures]
    widths = columns_for([HEADER, *rows], LEAST, MOST, width - len(GAP) * (len(HEADER) - 1))
    for row in (HEADER, tuple("-" * column for column in widths), *rows):
        parts = [list(wrapped(cell, column)) or [""] for cell, column in zip(row, widths, strict=True)]
        for number in range(max(map(len, parts))):
            cells = [part[number] if number < len(part) else "" for part in parts]
            yield GAP.join(padded(cell, column) for cell, column in zip(cells, widths, strict=True)).rstrip()
    yield f"共 {len(rows)} 个数字，其中 {len(reasons)} 个未核对"
