"""Tables of a PDF page that have no ruling lines: words in columns under headings, read by where they stand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from fusuan.extract._pdf_grid import Grid, Region
from fusuan.extract._pdf_laid import laid
from fusuan.extract._pdf_lines import Line
from fusuan.extract._pdf_rows import Row, rows_of
from fusuan.extract._pdf_words import Word, coded, gapped, headed, rivers, span_of, used, whole, words_of

_LEADER = re.compile(r"[.·．…]{4,}")
_CAPTION = re.compile(r"单位\s*[:：]")
_OVER = re.compile(r"(?:\S+\s+)*(?:金额)?单位\s*[:：]\s*(?:人民币)?[百千万亿]*元|\S*表\s*[0-9-]*")
"""What stands over a table and in none: its unit, its title."""
_FIGURE = re.compile(r"[≥≤><=＝]?[-−+]?[0-9][0-9,]*(?:\.[0-9]+)?[%％‰]?[^0-9]{0,4}")
_COUNT = re.compile(r"[0-9]")
_LONG = 0.62
_LABEL = 16
_LEAST = 3
_HEADING = 5
_LEAD = 2
_REACH = 14
_APART = 5.0
_UNEVEN = 0.05
_HALF = 0.9


@dataclass(frozen=True, slots=True)
class _Block:
    lines: list[Line]
    words: list[list[Word]]
    bounds: list[float]


def unruled(lines: Sequence[Line], page: int, above: Grid | None = None,
            foot: Sequence[Line] = ()) -> tuple[list[Grid], list[Line], Grid | None]:
    """Take the tables without ruling lines from among the lines of a page; return them and the other lines.

    `above` is the table at the foot of the page before, if any: it may go on at the top without a heading. `foot` is the heading
    that stands there alone: where the page begins with what it heads, it comes back as a grid of its page.
    """
    grids: list[Grid] = []
    head: Grid | None = None
    taken: set[int] = set()
    more = _continued(lines, above) if above is not None else None
    if more is not None and above is not None:
        rows, pitch = rows_of(more.lines, more.words, more.bounds, above.pitch)
        tall = laid(more.words, more.bounds)
        rows = tall.rows if tall is not None else rows
        grids.append(replace(_grid(rows, more.bounds, page, above), pitch=pitch))
        taken |= {id(line) for line in more.lines}
    for run in _runs(lines[len(taken):]):
        led = _led(run, lines)
        tall = laid(list(map(words_of, led)))
        if tall is not None and _tabular(tall.rows, len(tall.bounds) + 1):
            grids.append(_grid(tall.rows, tall.bounds, page, None))
            taken |= {id(line) for line in led}
            continue
        block = _block(run)
        if block is None:
            continue
        if not _is_table(block):
            found = _headed(block, lines, foot) if foot and not taken else None
            if found is None:
                continue
            block, head = found
        rows, pitch = rows_of(block.lines, block.words, block.bounds)
        grids.append(replace(_grid(rows, block.bounds, page, None), pitch=pitch))
        taken |= {id(line) for line in block.lines}
    return grids, [line for line in lines if id(line) not in taken], head


def parted_heading(lines: Sequence[Line]) -> list[Line]:
    """Return the last lines of a page if they are the heading of a table whose rows stand on the next page."""
    over = next((k for k in range(len(lines), 0, -1) if _is_over(lines[k - 1])), 0)
    found = list(lines[over:])
    if not over or len(found) > _HEADING or not any(map(gapped, found)):
        return []
    return [] if any(_FIGURE.fullmatch(word.text) for line in found for word in words_of(line)) else found


def _headed(block: _Block, lines: Sequence[Line], foot: Sequence[Line]) -> tuple[_Block, Grid] | None:
    """Return a table at the top of a page and its heading, at the foot of the page before; with what of that goes on over the page."""
    lead = lines[:lines.index(block.lines[0])]
    if len(lead) > _LEAD or any(map(gapped, lead)):
        return None
    block = _Block([*lead, *block.lines], [*([whole(line)] for line in lead), *block.words], block.bounds)
    rows, _ = rows_of(block.lines, block.words, block.bounds)
    own, _ = rows_of(foot, list(map(words_of, foot)), block.bounds)
    if not _level([*own, *rows]) or not _tabular([*own, *rows], len(block.bounds) + 1):
        return None
    page = foot[0].page
    return block, replace(_grid(own, block.bounds, page, None), xs=_grid(rows, block.bounds, page, None).xs)


def _is_table(block: _Block) -> bool:
    rows, _ = rows_of(block.lines, block.words, block.bounds)
    return _level(rows) and _tabular(rows, len(block.bounds) + 1)


def _is_over(line: Line) -> bool:
    """Tell whether a line is the title of a table, or names its unit."""
    return _OVER.fullmatch(line.text.strip()) is not None and (not gapped(line) or _CAPTION.search(line.text) is not None)


def _runs(lines: Sequence[Line]) -> list[list[Line]]:
    """Lines that may be one table: those with wide gaps, and short ones among them."""
    runs: list[list[Line]] = []
    if not lines:
        return runs
    most = _LONG * (max(line.right for line in lines) - min(line.left for line in lines))
    current: list[Line] = []
    last = 0
    for line in lines:
        wide = gapped(line) and not _LEADER.search(line.text)
        far = bool(current) and line.base - current[-1].base > _APART * line.size
        over = _is_over(line)
        if current and (far or over or not wide and (line.right - line.left > most or len(current) - last > _REACH)):
            runs.append(current[:last])
            current, last = [], 0
        if (wide or current) and not over:
            current.append(line)
            last = len(current) if wide or _belongs(current) else last
    runs.append(current[:last])
    return [run for run in runs if sum(map(gapped, run)) >= _LEAST]


def _belongs(run: Sequence[Line]) -> bool:
    """Tell whether the last line of a run goes on with one above it in the same column, close below."""
    line = run[-1]
    if any(line.base - other.base < _HALF * line.size or _under(line, other) for other in run[-4:-1]):
        return True
    return any(abs(other.left - line.left) < 2 or any(abs(g.left - line.left) < 2 for g in other.glyphs)
               for other in run[-2:-1]) and line.base - run[-2].base < 1.5 * line.size


def _under(line: Line, other: Line) -> bool:
    """Tell whether a line stands right under the middle of a word of another, as close as lines of one cell do."""
    return line.base - other.base < 1.5 * line.size and any(
        abs(word.left + word.right - line.left - line.right) < 2 for word in words_of(other))


def _led(run: list[Line], lines: Sequence[Line]) -> list[Line]:
    """A run of lines with those above it that are less than a line away: cells that are centred begin there."""
    first = lines.index(run[0])
    while first and run[0].base - lines[first - 1].base < _HALF * run[0].size and not _is_over(lines[first - 1]):
        first -= 1
        run = [lines[first], *run]
    return run


def _block(run: Sequence[Line]) -> _Block | None:
    words = [words_of(line) for line in run]
    skip = next((k for k, line in enumerate(run) if len(words[k]) > 1 and not _CAPTION.search(line.text)), len(run))
    run, words = run[skip:], words[skip:]
    bounds = used(coded(headed(rivers([row for row in words if len(row) > 1]), words), words), words)
    return _Block(list(run), words, bounds) if bounds and len(run) >= _LEAST else None


def _continued(lines: Sequence[Line], above: Grid) -> _Block | None:
    """The lines at the top of a page that stand in the columns of the table at the foot of the page before."""
    bounds = above.xs[1:-1]
    words: list[list[Word]] = []
    last = several = counted = 0
    for k, line in enumerate(lines):
        row = words_of(line) if gapped(line) else [whole(line)]
        if not bounds or not _within(row, bounds, above):
            break
        words.append(row)
        if len(row) > 1 or last == k and _belongs(lines[:k + 1]) or not several:
            last = k + 1
        several += len(row) > 1
        counted += any(_FIGURE.fullmatch(word.text) for word in row[1:])
    if not counted or several < 2 and not (several and len(bounds) > 1 and len(words[0]) > 2):
        return None
    return _Block(list(lines[:last]), words[:last], list(bounds))


def _within(row: Sequence[Word], bounds: Sequence[float], above: Grid) -> bool:
    """Tell whether the words of a line each stand in a column of their own."""
    spans = [span_of(word, bounds) for word in row]
    return (all(first == last for first, last in spans) and len({first for first, _ in spans}) == len(spans)
            and row[0].left > above.xs[0] - 3 and row[-1].right < above.xs[-1] + 3)


def _tabular(rows: Sequence[Row], columns: int) -> bool:
    """Tell whether rows are a table: a heading of words, each over one column, and figures under them."""
    if len(rows) < 2 or sum(len(row.words) > 1 for row in rows) < 2:
        return False
    counted = [_figures(row) for row in rows]
    for k, row in enumerate(rows):
        heads = {word.first for word in row.words if word.first == word.last and len(word.text) <= _LABEL}
        if _heading(row) and len(heads) >= max(2, 0.5 * min(columns, 5)):
            below = [found & heads for found in counted[k + 1:]]
            if any(below[:4]) and (sum(map(bool, below)) >= 2 or len(heads) > 3):
                return True
    return False


def _level(rows: Sequence[Row]) -> bool:
    """Tell whether rows begin on one line each: where cells are centred, nothing tells whose the lines beside are."""
    torn = any(entry.torn for row in rows for entry in row.words)
    return not torn and sum(not row.level for row in rows) <= max(1, _UNEVEN * len(rows))


def _heading(row: Row) -> bool:
    return len(row.words) > 1 and not any(_FIGURE.fullmatch(word.text) for word in row.words)


def _figures(row: Row) -> set[int]:
    return {word.first for word in row.words if word.first > 0 and _FIGURE.fullmatch(word.text)}


def _grid(rows: Sequence[Row], bounds: Sequence[float], page: int, above: Grid | None) -> Grid:
    """Make a grid whose columns meet between words and whose rows meet between lines."""
    words = [word for row in rows for word in row.words]
    xs = list(above.xs) if above else [min(w.left for w in words) - 2, *bounds, max(w.right for w in words) + 2]
    tops, bottoms = [row.top for row in rows], [row.bottom for row in rows]
    ys = [tops[0] - 2, *((a + b) / 2 for a, b in zip(bottoms, tops[1:], strict=False)), bottoms[-1] + 2]
    rooms = [max((w.right - w.left for w in words if w.first == w.last == c), default=0.0) for c in range(len(xs) - 1)]
    regions = []
    free = [[True] * (len(xs) - 1) for _ in rows]
    for r, row in enumerate(rows):
        for word in row.words:
            last = min(word.last, len(xs) - 2)
            for k in range(r, r + word.rows):
                free[k][word.first:last + 1] = [False] * (last + 1 - word.first)
            room = max(rooms[word.first], word.right - word.left) if word.first == last else xs[last + 1] - xs[word.first]
            regions.append(Region(r, word.rows, xs[word.first], ys[r], xs[last + 1], ys[r + word.rows],
                                  list(word.glyphs), room))
    for c in range(len(xs) - 1) if above else ():
        high = next((r for r, line in enumerate(free) if not line[c]), len(rows))
        if high < 2 or high == len(rows) or any(not free[r][k] for r in range(high) for k in range(c)):
            break
        regions.append(Region(0, high, xs[c], ys[0], xs[c + 1], ys[high]))
        for r in range(high):
            free[r][c] = False
    for r, line in enumerate(free):
        regions += (Region(r, 1, xs[c], ys[r], xs[c + 1], ys[r + 1]) for c, empty in enumerate(line) if empty)
    return Grid(page, xs, ys, sorted(regions, key=lambda region: (region.row, region.left)), ruled=False)
