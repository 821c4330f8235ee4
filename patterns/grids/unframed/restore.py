"""Tables that lost their frame: rows of a page copied out as text, cells parted by bars or one to a line.

`unflattened` puts such runs of paragraphs back as Tables, so that the forms are read from them like any other; each
cell keeps the paragraph it stands in. Where the bars leave a merged cell in doubt, the figures of a row are put under
the columns in which the other rows have theirs.

>>> lines = ["单位 | 小计 | 公路 | 水利", "合计 | 30 | 10 | 20", "甲镇 | 12 | 4 | 8"]
>>> document = Document("", "", tuple(Paragraph(t, Place(paragraph=n)) for n, t in enumerate(lines, 1)))
>>> table = table_of(unflattened(document))
>>> table.height, table.width, table.cells[5].text, table.cells[5].place.paragraph
(3, 4, '30', 2)
>>> lines = ["年度", "|", "合计", "|", "公路", "|", "水利", "|", "2021年", "|", "30", "|", "10", "|", "20", "|",
...          "2022年", "|", "33", "|", "12", "|", "21", "|"]
>>> document = Document("", "", tuple(Paragraph(t, Place(paragraph=n)) for n, t in enumerate(lines, 1)))
>>> [[c.text for c in row if c] for row in table_of(unflattened(document)).grid()][1][:2]
['2021年', '30']
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import regex

from fusuan.model import Block, Cell, Document, Paragraph, Place, Table
from fusuan.patterns.cues.indicators import role_of
from fusuan.patterns.grids.unframed.bars import (
    Row,
    barred,
    bars_of,
    closed,
    counted,
    opened,
    opens,
    parted,
    parts_of,
    rows_of,
    tabbed,
)
from fusuan.patterns.grids.unframed.build import Rebuilt, of_cells, of_rows, rebuilt
from fusuan.patterns.grids.unframed.frames import framed
from fusuan.patterns.grids.unframed.spans import Kept, spans_of
from fusuan.patterns.grids.unframed.streams import VALUE, stream, streamed, wordy
from fusuan.patterns.text.fold import fold
from fusuan.patterns.text.squeeze import squeeze


def table_of(document: Document) -> Table:
    """The first table of a document."""
    return next(document.tables)


_FAR = 40


def unflattened(document: Document) -> Document:
    """Return the document with the tables that lost their frame put back; the same document where there are none."""
    lines = any(isinstance(b, Paragraph) and parted(b.text) for b in document.blocks)
    blocks = _unparted(document.blocks) if lines else document.blocks
    put_back = tuple(_rebuilt(blocks))
    return document if put_back == document.blocks else replace(document, blocks=put_back)


def _rebuilt(blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks with tables in the place of words and values that only blanks or line ends part."""
    run: list[Paragraph] = []
    for block in [*blocks, None]:
        if isinstance(block, Paragraph) and not block.note:
            run.append(block)
            continue
        yield from rebuilt(run)
        run = []
        if block is not None:
            yield block


def _unparted(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks of a document with runs of lines that bars or tabs part as tables."""
    done: list[Block] = []
    run: list[Paragraph] = []
    for at, block in enumerate([*blocks, None]):
        if isinstance(block, Paragraph) and block.text.strip(" |｜") == "" and barred(block.text) and not run and done:
            # the first of cells one to a line stands before the first bar
            first = done[-1]
            if isinstance(first, Paragraph) and len(first.text) <= 20 and not regex.search(r"[，。；,;]", first.text):
                run.append(first)
                done.pop()
        if isinstance(block, Paragraph) and run and barred(run[-1].text) != barred(block.text) and parted(block.text) and parted(run[-1].text):
            done += _framed(run)
            run = []
        if isinstance(block, Paragraph) and (parted(block.text) or run and _between(block, run, blocks[at + 1:at + _FAR])):
            run.append(block)
            continue
        done += _framed(run)
        run = []
        if block is not None:
            done.append(block)
    return tuple(done)


def _between(block: Paragraph, run: Sequence[Paragraph], after: Sequence[Block]) -> bool:
    """Tell whether a line that nothing parts goes on with a run: a cell of several lines, cells one to a line, a row of one cell."""
    last = run[-1].text.strip()
    if last in ("|", "｜"):
        return len(block.text) <= 60
    if not any(barred(p.text) for p in (*run[:2], *run[-2:])):
        near = bool(after) and isinstance(after[0], Paragraph) and "\t" in after[0].text and tabbed(run[-1].text)
        return "\t" in block.text or near and len(block.text) <= _FAR and not _TITLE.search(block.text.strip())
    end = next((p.text.strip() for p in after if isinstance(p, Paragraph) and barred(p.text)), "")
    if closed(last) or not end or opens(end):
        return False
    begun = next((p for p, above in zip(run[:-_FAR:-1], [*run[-2:-_FAR - 1:-1], None], strict=False) if above is None or closed(above.text)), None)
    return begun is not None and opens(begun.text) or closed(end) and any(closed(p.text) for p in run[-6:])


_TITLE = regex.compile(r"表$|^(?:单位|金额单位|附件?|表)[:：0-9一二三四五六七八九十]")


def _framed(run: Sequence[Paragraph]) -> Iterator[Block]:
    """The table a run of parted lines makes; the lines themselves where they make none."""
    bars = sum(bars_of(p.text) for p in run)
    if not run or bars < 3 and not _tabled(run):
        yield from run
        return
    enclosed = bool(opened(run))
    if bars and not enclosed and (whole := streamed(run)):
        yield _kept(whole, run[0].place, frozenset(), frozenset())
        return
    if not bars or sum(_of_row(p.text) for p in run) > 0.5 * len(run) or enclosed:
        rows = [row for row in rows_of(run) if any(text for text, _ in row)]
        yield from _laid_out(rows, run) if rows else ()
        return
    cells = [Paragraph(text, replace(run[0].place, paragraph=number)) for text, number in stream(run) if text]
    blocks = of_cells(cells)
    if any(isinstance(block, Rebuilt) for block in blocks):
        yield from blocks
        return
    rows = [row for row in _regrouped(run) if any(text for text, _ in row)]
    if rows:
        yield _table(_aligned(rows), run[0].place)


def _of_row(text: str) -> bool:
    """Tell whether a line holds the cells of a row: between two bars, or on both sides of one."""
    return bars_of(text) >= 2 or len(parts_of(text)) == 2 and all(parts_of(text))


def _laid_out(rows: Sequence[Row], run: Sequence[Paragraph]) -> Iterator[Block]:
    """The table of rows whose cells are parted; of rows that lost their empty places what headings and values tell of it."""
    place = run[0].place
    if _whole(rows, run):
        padded = {p.place.paragraph for p in run if _PADDED.search(p.text)}
        parts = {p.place.paragraph: len(regex.findall(r"[\t|｜]", p.text)) for p in run}
        short = {number for number, count in parts.items() if count < max(parts.values())}
        if padded:
            rows = [refilled if row[0][1] in padded else row for row, refilled in zip(rows, _refilled(rows), strict=True)]
        yield _kept(rows, place, *(frozenset(n for n, row in enumerate(rows) if row[0][1] in some) for some in (padded, short)))
        return
    texts = [[text for text, _ in row if text] for row in rows]
    scored = any(sum(role_of(squeeze(text)) in ("level", "weight", "earned") for text in row) >= 3 for row in texts)
    blocks = of_rows(texts, [replace(place, paragraph=row[0][1] or place.paragraph) for row in rows]) if scored else []
    if any(isinstance(block, Rebuilt) for block in blocks):
        yield from blocks
    else:
        yield _table(_aligned(_refilled(rows)), place)


def _tabled(run: Sequence[Paragraph]) -> bool:
    """Tell whether tabbed lines are rows of a table: two or more, with values among them."""
    parts = [parts_of(p.text) for p in run if tabbed(p.text)]
    return len(parts) >= 2 and sum(bool(regex.search(r"[0-9]", text)) and len(text) < _FAR for row in parts for text in row) >= 4


def _whole(rows: Sequence[Row], run: Sequence[Paragraph]) -> bool:
    """Tell whether rows kept their empty places.

    Where places under merged cells were left out and bars added at the end of the rows instead, each stands as far left as it
    can: few begin with an empty place, or have one before their last cell.
    """
    padded = sum(bool(_PADDED.search(p.text)) for p in run)
    lead = inner = tail = 0
    for row in rows:
        filled = [n for n, (text, _) in enumerate(row) if text]
        lead += filled[0] > 0
        inner += filled[-1] - filled[0] >= len(filled)
        tail += filled[-1] < len(row) - 1
    if padded * 4 > len(rows):
        return False
    return not tail or not padded and _even(run) or lead >= 2 and max(lead, inner) * 3 >= tail or inner >= max(tail, 3 - min(lead, 2))


def _even(run: Sequence[Paragraph]) -> bool:
    """Tell whether all lines have as many tabs, or as many bars from first to last: a program wrote them, which leaves out nothing."""
    enclosed = all(opens(p.text) and closed(p.text) for p in run)
    if counted(run):
        return True
    if not enclosed and any(barred(p.text) for p in run):
        # bars that close every line may stand for places that were left out
        return not all(closed(p.text) for p in run) and len({bars_of(p.text) for p in run}) == 1
    return len({p.text.count("|" if enclosed else "\t") for p in run}) == 1


# bars that part nothing, at the end of a line whose cells stand between blanks
_PADDED = regex.compile(r"(?: [|｜] [^|｜]*)[|｜]{2,}$")


def _kept(rows: Sequence[Row], place: Place, padded: frozenset[int], short: frozenset[int]) -> Table:
    """The table of rows that kept their empty places."""
    cells = [Cell(rows[s.row][s.column][0], Place(page=place.page, paragraph=rows[s.row][s.column][1], row=s.row, column=s.column), s.rows, s.columns)
             for s in spans_of([[text for text, _ in row] for row in rows])]
    return Kept(tuple(cells), len(rows), len(rows[0]), place, padded, short)


def _refilled(rows: Sequence[Row]) -> list[Row]:
    """Rows that stand too far left with their cells under the headings these go with."""
    lines = framed([[text for text, _ in row] for row in rows])
    return [[(text, row[0][1]) for text in line] for row, line in zip(rows, lines, strict=True)]


def _regrouped(run: Sequence[Paragraph]) -> Iterator[Row]:
    """Rows out of cells one to a line: a row begins with the words that follow its values.

    Headings run into the words of the first row: as many words as the next row has belong to that row.
    """
    rows: list[Row] = [[]]
    for text, number in stream(run):
        if wordy(text) and rows[-1] and not wordy(rows[-1][-1][0]) and any(wordy(t) for t, _ in rows[-1]):
            rows.append([])
        rows[-1].append((text, number))
    words = [next((n for n, (text, _) in enumerate(row) if not wordy(text)), len(row)) for row in rows]
    for n, row in enumerate(rows):
        following = words[n + 1] if n + 1 < len(rows) else words[n]
        if words[n] < len(row) and words[n] >= following + 3 and following:
            yield row[:words[n] - following]
            yield row[words[n] - following:]
        else:
            yield row


def _aligned(rows: list[Row]) -> list[Row]:
    """Put the figures of a total whose name was merged over several columns under the columns of the rows below, or above."""
    firsts = [next((n for n, (text, _) in enumerate(row) if n and VALUE.fullmatch(fold(text))), 0) for row in rows]
    done = []
    for at, (row, first) in enumerate(zip(rows, firsts, strict=True)):
        beside = [n for n in firsts[at + 1:at + 20] if n] or [n for n in firsts[max(0, at - 20):at] if n]
        column = max(beside, key=beside.count) if beside else first
        spare = len(row) - max((n for n, (text, _) in enumerate(row) if text), default=0) - 1
        if first == 1 and 1 < column <= spare + 1 and _sums(row[0][0]):
            row = [row[0], *[("", row[0][1])] * (column - 1), *row[1:len(row) - (column - 1)]]
        done.append(row)
    return done


def _sums(label: str) -> bool:
    return bool(regex.search(r"合\s*计|小\s*计|总\s*计|总\s*额", label))


def _table(rows: list[Row], place: Place) -> Table:
    width = max(len(row) for row in rows)
    cells = [Cell(text, Place(page=place.page, paragraph=number or place.paragraph, row=r, column=c,
                             scanned=place.scanned))
             for r, row in enumerate(rows) for c, (text, number) in enumerate(row)]
    return Table(tuple(cells), len(rows), width, place)
