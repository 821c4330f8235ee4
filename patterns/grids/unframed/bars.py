"""Lines whose cells bars or tabs part, and the rows they make.

A row may take several lines where a cell has several: where its neighbours end with a bar, it ends there too.

>>> def rows(*lines):
...     return [[text for text, _ in row] for row in rows_of([Paragraph(t, Place(paragraph=n)) for n, t in enumerate(lines, 1)])]
>>> rows("| 单位 | 预算", "数 | 决算数 |", "| 甲 | 3 | 4 |")
[['单位', '预算\\n数', '决算数'], ['甲', '3', '4']]
>>> rows("单位\\t预算数\\t决算数", "甲\\t3", "\\t5\\t")
[['单位', '预算数', '决算数'], ['甲', '3', ''], ['', '5', '']]
>>> rows("| 单位 | 预算", "数", "| 决算数 |", "| 甲", "", "镇 | 3 | |")
[['单位', '预算\\n数', '决算数'], ['甲\\n镇', '3', '']]
>>> rows("序号|单位|金额", "1|甲镇|3", "|合计|3")[2]
['', '合计', '3']
>>> parted("甲\\t3\\t4"), parted("一、概况\\t3"), parted("甲 | 3 |")
(True, False, True)
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import regex

from fusuan.model import Paragraph, Place

__all__ = ["Paragraph", "Place", "Row", "barred", "closed", "opened", "opens", "parted", "parts_of", "rows_of", "tabbed"]

Row = list[tuple[str, int | None]]
_FEWEST = 4
"""Of fewer rows nobody knows where each ends."""


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
    if whole_rows := opened(run):
        return whole_rows
    shuts = [closed(p.text) for p in run]
    closing, opening = sum(shuts) * 2 > len(run), _opening(run)
    usual = Counter(len(parts_of(p.text, opening)) for p, shut in zip(run, shuts, strict=True) if shut)
    width = max(usual, key=lambda n: (usual[n], n)) if closing else 0
    rows: list[Row] = []
    whole = True
    for line, shut in zip(run, shuts, strict=True):
        cells: Row = [(text, line.place.paragraph) for text in parts_of(line.text, opening)]
        if whole or opens(line.text) and shut or len(rows[-1]) + len(cells) - 1 > width:
            rows.append(cells)
        else:
            (text, number), *rest = cells
            last, first = rows[-1][-1]
            rows[-1][-1:] = [(f"{last}\n{text}".strip("\n"), first if last else number), *rest]
        whole = not closing or shut or len(rows[-1]) > width
    wide = max((len(row) for row in rows), default=0)
    return [[*row, *[("", row[-1][1])] * (wide - len(row))] for row in rows]


def bars_of(line: str) -> int:
    return line.count("|") + line.count("｜")


def _opening(run: Sequence[Paragraph]) -> bool:
    """Tell whether bars open the lines of a run, rather than end an empty first cell: all of them, where all lines have as many bars."""
    opening = sum(opens(p.text) for p in run)
    return opening == len(run) or opening * 2 > len(run) and len({bars_of(p.text) for p in run}) > 1


def opened(run: Sequence[Paragraph]) -> list[Row]:
    """The rows of lines each of whose rows begins and ends with a bar, however the lines of its cells are broken; none where they do not."""
    if whole := counted(run):
        return whole
    groups: list[list[Paragraph]] = []
    for line in run:
        if opens(line.text) and (not groups or closed(groups[-1][-1].text)):
            groups.append([])
        elif not groups:
            return []
        groups[-1].append(line)
    rows = [_cells(group) for group in groups]
    widths = Counter(map(len, rows))
    width = max(widths, key=lambda n: widths[n], default=0)
    if len(rows) == len(run) or len(rows) < 2 or width < 2 or widths[width] * 10 < 9 * len(rows):
        return []
    return [[*row, *[("", row[-1][1])] * (max(widths) - len(row))] for row in rows]


def counted(run: Sequence[Paragraph]) -> list[Row]:
    """The rows of lines that end where a row does and where a cell is empty: so many cells a row tell which.

    >>> run = [Paragraph(t, Place(paragraph=n)) for n, t in enumerate(("|甲|3|", "|5|", "|", "|2|6|", "|", "|乙|", "|1|", "|", "|丙|4|2|7|"))]
    >>> [[text for text, _ in row] for row in counted(run)]
    [['甲', '3', '', '5'], ['', '2', '6', ''], ['乙', '', '1', ''], ['丙', '4', '2', '7']]
    """
    if len(run) < _FEWEST or not all(opens(p.text) and closed(p.text) for p in run):
        return []
    stream: Row = []
    for line in run:
        stream += [*((text, line.place.paragraph) for text in parts_of(line.text) if line.text.strip() not in ("|", "｜")), ("", line.place.paragraph)]
    widths = {len(parts_of(p.text)) for p in run}
    for width in sorted(widths, reverse=True) if len(widths) > 1 else ():
        rows = [stream[n:n + width] for n in range(0, len(stream), width + 1)]
        if len(rows) >= _FEWEST and len(stream) % (width + 1) == 0 and not any(text for text, _ in stream[width::width + 1]):
            return rows
    return []


def _cells(lines: Sequence[Paragraph]) -> Row:
    """The cells of a row that bars enclose, whose lines may be broken anywhere."""
    row: Row = [("", None)]
    for line in lines:
        first, *rest = line.text.replace("｜", "|").split("|")
        text, number = row[-1]
        row[-1] = (_continued(text, first.strip()), number if text else line.place.paragraph)
        row += [(piece.strip(), line.place.paragraph) for piece in rest]
    return row[1:len(row) - (not row[-1][0])]


_NUMBER = regex.compile(r"[-+≥≤]?[0-9][0-9.,]*%?")
_MARKER = regex.compile(r"[0-9]{1,2}(?:[、)）]|[.．](?![0-9]))")


def _continued(text: str, more: str) -> str:
    """A cell and its next line: a number that the end of the line cuts is one again, not so two numbers, or the mark of an item.

    >>> _continued("=97.4", "0/130"), _continued("25", "310"), _continued("完成道路3", "2.完成桥梁5"), _continued("", "甲")
    ('=97.40/130', '25\\n310', '完成道路3\\n2.完成桥梁5', '甲')
    """
    last = text.rpartition("\n")[2]
    cut = last[-1:].isdigit() or last[-1:] == "." and last[-2:-1].isdigit()
    if cut and more[:1] in "0123456789.%" and not (_NUMBER.fullmatch(last) and _NUMBER.fullmatch(more)) and not _MARKER.match(more) and more:
        return text + more
    return f"{text}\n{more}".strip("\n")


def parts_of(line: str, opening: bool = True) -> list[str]:
    """The cells of a line; where bars are not `opening` lines, one before the first cell is the end of an empty one."""
    if not barred(line):
        return [part.strip() for part in line.split("\t")]
    line = line.replace("｜", "|").strip()
    parts = [part.strip() for part in line.split("|")]
    return parts[int(opening and line.startswith("|")):len(parts) - int(line.endswith("|"))] or [""]


def opens(line: str) -> bool:
    """Tell whether a bar begins a line."""
    return line.lstrip().startswith(("|", "｜"))


def closed(line: str) -> bool:
    """Tell whether a bar ends a line."""
    return line.rstrip().endswith(("|", "｜"))
