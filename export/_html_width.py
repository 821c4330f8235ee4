"""How much of a very wide sheet a page shows: its first columns, and those in which something does not agree.

A browser takes minutes to lay out 16,384 columns, and nobody reads them there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from fusuan.model import Audit, Block, Document, Paragraph, Place, Table

WIDEST = 200


def narrowed(audit: Audit) -> Audit:
    """Return the audit with its document as a page shows it; what is left out is said below its table."""
    if audit.document is None or not any(isinstance(block, Table) and block.width > WIDEST for block in audit.document.blocks):
        return audit
    open_ = frozenset(place for finding in audit.findings if not finding.agrees for place in (
        finding.place, *(figure.place for figure in (finding.computed.operands[:WIDEST] if finding.computed else ()))))
    return replace(audit, document=replace(audit.document, blocks=tuple(_blocks(audit.document, open_))))


def _blocks(document: Document, open_: frozenset[Place]) -> Iterator[Block]:
    for block in document.blocks:
        if not isinstance(block, Table) or block.width <= WIDEST:
            yield block
            continue
        columns = {cell.place.column or 0 for cell in block.cells}
        shown = {*sorted(columns)[:WIDEST], *(cell.place.column or 0 for cell in block.cells if cell.place in open_)}
        kept = tuple(cell for cell in block.cells if (cell.place.column or 0) in shown)
        yield replace(block, cells=kept)
        if len(shown) < len(columns):
            yield Paragraph(f"（此表过宽，共 {len(columns)} 列，网页只显示前 {WIDEST} 列和有疑点的列；其余各列同样核对过，见原件和结果工作簿）",
                            Place(sheet=block.place.sheet))
