"""The values that flow through fusuan: Document -> Figure -> Statement -> Finding -> Audit.

This is the ground floor: it imports nothing of ours, and everything of ours may import it.
"""

from fusuan.model.audit import Audit, Mark, Source, Unchecked
from fusuan.model.crossing import Batch, Crossing
from fusuan.model.document import Block, Cell, Document, Paragraph, ReadError, Table
from fusuan.model.figure import MONEY, RATES, Figure, Words
from fusuan.model.finding import LADDER, Finding, Severity, Verdict, best, judge
from fusuan.model.place import Place
from fusuan.model.quantity import Quantity, Range, Token, plain, total
from fusuan.model.statement import KINDS, Reading, Statement

__all__ = ["KINDS", "LADDER", "MONEY", "RATES", "Audit", "Batch", "Block", "Cell", "Crossing", "Document", "Figure", "Finding", "Mark",
           "Paragraph", "Place", "Quantity", "Range", "ReadError", "Reading", "Severity", "Source", "Statement",
           "Table", "Token", "Unchecked", "Verdict", "Words", "best", "judge", "plain", "total"]
