"""Forms for tests, drawn in text: cells parted by |, "<" goes on to the left, "^" goes on from above."""

from __future__ import annotations

from fusuan.model import Cell, Document, Paragraph, Place, Table


def table(drawn: str, number: int = 1) -> Table:
    """Lay out a drawn table; blank lines are dropped, a line feed inside a cell is written ¶.

    >>> [(c.text, c.rows, c.columns) for c in table("A | < | B\\n^ | < | C").cells]
    [('A', 2, 2), ('B', 1, 1), ('C', 1, 1)]
    """
    rows = [[cell.strip() for cell in line.split("|")] for line in drawn.strip().splitlines() if line.strip()]
    width = max(len(row) for row in rows)
    assert all(len(row) == width for row in rows), [(len(row), row) for row in rows]
    cells = []
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            if text in ("<", "^"):
                continue
            columns = 1
            while c + columns < width and row[c + columns] == "<":
                columns += 1
            height = 1
            while r + height < len(rows) and rows[r + height][c] == "^":
                height += 1
            place = Place(table=number, row=r, column=c)
            cells.append(Cell(text.replace("¶", "\n"), place, height, columns))
    return Table(tuple(cells), len(rows), width, Place(table=number))


def document(*blocks: str) -> Document:
    """A document of drawn tables and paragraphs (a block without | is a paragraph)."""
    found: list[Paragraph | Table] = []
    tables = 0
    for block in blocks:
        if "|" in block:
            tables += 1
            found.append(table(block, tables))
        else:
            found.append(Paragraph(block, Place(paragraph=len(found) + 1)))
    return Document("form.docx", "docx", tuple(found))
