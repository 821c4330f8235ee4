"""How much one file may hold, whatever its format: a few bytes can ask for millions of cells (docs/limits.md)."""

from __future__ import annotations

from fusuan.model import Document, ReadError, Table

MOST_POSITIONS = 1_000_000
"""Grid positions of all tables. The accounts of a province, 300 pages of them, have 150,000."""
MOST_TABLES = 20_000
MOST_PARAGRAPHS = 300_000
MOST_CHARACTERS = 40_000_000


def within(document: Document) -> Document:
    """Return the document; raise ReadError too_large where nobody would wait for it to be checked."""
    positions = tables = paragraphs = characters = 0
    for block in document.blocks:
        if isinstance(block, Table):
            tables += 1
            positions += block.height * block.width
            characters += sum(len(cell.text) for cell in block.cells)
        else:
            paragraphs += 1
            characters += len(block.text)
    for count, most, what in ((positions, MOST_POSITIONS, "个单元格"), (tables, MOST_TABLES, "张表"),
                              (paragraphs, MOST_PARAGRAPHS, "个段落"), (characters, MOST_CHARACTERS, "个字")):
        if count > most:
            raise too_many(document.name, count, most, what)
    return document


class Positions:
    """What is left of the grid positions of one file while its tables are laid out."""

    def __init__(self, name: str) -> None:
        self._name, self._count = name, 0

    def take(self, count: int) -> None:
        """Take positions; raise ReadError too_large where there are none left."""
        self._count += count
        if self._count > MOST_POSITIONS:
            raise too_many(self._name, self._count, MOST_POSITIONS, "个单元格")


def too_many(name: str, count: int, most: int, what: str) -> ReadError:
    return ReadError("too_large", f"内容过多（{count} {what}，上限 {most}），疑似异常文件：{name}。请核实后拆分再试")
