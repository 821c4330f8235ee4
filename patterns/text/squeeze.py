"""A text without its blanks, as cells are compared."""

from __future__ import annotations

import re

from fusuan.patterns.text.fold import fold

_BLANK = re.compile(r"\s+")


def squeeze(text: str) -> str:
    """Fold a text and drop every blank in it, so that a heading written one character a line reads as one word.

    >>> squeeze("一 级\\n指 标（５０分）")
    '一级指标(50分)'
    """
    return _BLANK.sub("", fold(text))
