"""The values that flow through fusuan: Document -> Figure -> Statement -> Finding -> Audit.

This is the ground floor: it imports nothing of ours, and everything of ours may import it.
"""

from model.audit import Audit, Mark, Source, Unchecked
from model.document import Block, Cell, Document, Paragraph, ReadError, Table
from model.figure import MONEY, RATES, Figure, Words
from model.finding import LADDER, Finding, Severity, Verdict, best, judge
from model.place import Place
from model.quantity import Quantity, Range, Token, plain, total
from model.statement import KINDS, Reading, Statement

__all__ = ["KINDS", "LADDER", "MONEY", "RATES", "Audit", "Block", "Cell", "Document", "Figure", "Finding", "Mark",
           "Paragraph", "Place", "Quantity", "Range", "ReadError", "Reading", "Severity", "Source", "Statement",
           "Table", "Token", "Unchecked", "Verdict", "Words", "best", "judge", "plain", "total"]
