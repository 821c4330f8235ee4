"""Lines whose cells bars or tabs part, and the rows they make.

A row may take several lines where a cell has several: where its neighbours end with a bar, it ends there too.

>>> def rows(*lines):
...     return [[text for text, _ in row] for row in rows_of([Paragraph(t, Place(paragraph=n)) for n, t in enumerate(lines, 1)])]
>>> rows("| 单位 | 预算", "数 | 决算数 |", "| 甲 | 3 | 4 |")
[['单位', '预算\\n数', '决算数'], ['甲', '3', '4']]
>>> rows("单位\\t预算数\\t决算数", "甲\\t3", "\\t5\\t")
[['单位', '预算数', '决算数'], ['甲', '3', ''], ['', '5', '']]
>>> parted("甲\\t3\\t4"), parted("一、概况\\t3"), parted("甲 | 3 |")
(True, False, True)
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from fusuan.model import Paragraph, Place

__all__ = ["Paragraph", "Place", "Row", "barred", "closed", "parts_of", "parted", "rows_of", "tabbed"]

Row = list[tuple[str, int | None]]


def parted(text: str) -> bool:
    """Tell whether a line is parted as rows of tables are."""
    return barred(text) or tabbed(text)


def barred(text: str) -> bool:
    """Tell whether bars part the cells of a line."""
    return "|" in text or "｜" in text


def tabbed(text: str) -> bool:
    """Tell whether tabs part the cells of a line, three or more of them; what only pushes its beginning in parts nothing."""
    return text.count("\t") >= 2 and ("\t" in text.strip() or text.endswith("\t\t"))


def rows_of(run: Sequence[Paragraph]) -> list[Row]:
    """Return the rows of a run of lines, all of the same width."""
    shuts = [closed(p.text) for p in run]
    closing = sum(shuts) * 2 > len(run)
    usual = Counter(len(parts_of(p.text)) for p, shut in zip(run, shuts, strict=True) if shut)
    width = max(usual, key=lambda n: (usual[n], n)) if closing else 0
    rows: list[Row] = []
    whole = True
    for line, shut in zip(run, shuts, strict=True):
        cells: Row = [(text, line.place.paragraph) for text in parts_of(line.text)]
        opens = line.text.lstrip().startswith(("|", "｜"))
        if whole or opens and shut or len(rows[-1]) + len(cells) - 1 > width:
            rows.append(cells)
        else:
            (text, number), *rest = cells
            last, first = rows[-1][-1]
            rows[-1][-1:] = [(f"{last}\n{text}".strip("\n"), first if last else number), *rest]
        whole = not closing or shut or len(rows[-1]) > width
    wide = max((len(row) for row in rows), default=0)
    return [[*row, *[("", row[-1][1])] * (wide - len(row))] for row in rows]


def parts_of(line: str) -> list[str]:
    """The cells of a line."""
    if not barred(line):
        return [part.strip() for part in line.split("\t")]
    line = line.replace("｜", "|").strip()
    parts = [part.strip() for part in line.split("|")]
    return parts[int(line.startswith("|")):len(parts) - int(line.endswith("|"))] or [""]


def closed(line: str) -> bool:
    """Tell whether a bar ends a line."""
    return line.rstrip().endswith(("|", "｜"))
