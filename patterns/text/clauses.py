"""The words before a place, as far as its clause reaches.

>>> clause_before("上年得88分,今年得91分。", 10)
'今年得'
"""

from __future__ import annotations


def clause_before(folded: str, at: int) -> str:
    """Return what a folded text says between the last comma, semicolon or full stop and a place in it."""
    return folded[max(folded.rfind(mark, 0, at) for mark in "。;,") + 1:at]
