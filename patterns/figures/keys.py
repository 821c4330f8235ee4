"""The keys that a table prints for its rows and columns (A, ①, 3), and formulas over them (A=B+C, (7)=(6)/(4)).

>>> keyed("A"), keyed("（7）＝（6）／（4）"), keyed("V=B+H-P"), keyed("4=4.1+4.2"), keyed("得分=权重×B")
(('A', ''), ('7', '6/4'), ('V', 'B+H-P'), ('4', '4.1+4.2'), None)
"""

from __future__ import annotations

from functools import lru_cache

import regex

from fusuan.patterns.text.squeeze import squeeze

KEY = r"(?:[A-Z][0-9]?|[①-⑳]|[0-9]{1,2}(?:\.[0-9])?)"
_KEYED = regex.compile(rf"({KEY})(?:=([-+*/×÷()%.A-Z①-⑳0-9—]{{3,40}}))?")
_BRACED = regex.compile(rf"\(({KEY})\)")
_LONGEST = 60


@lru_cache(maxsize=4096)
def keyed(text: str) -> tuple[str, str] | None:
    """Return the key that a cell prints and the formula behind it (folded, empty where there is none); None for any other text."""
    match = _KEYED.fullmatch(_BRACED.sub(r"\1", squeeze(text))) if len(text) <= _LONGEST else None
    return (match[1], match[2] or "") if match else None
