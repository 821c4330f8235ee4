"""Small characters above the line: marks of notes, squares. A figure does not go on with them: 12.5 with the mark of note 2 is not 12.52."""

from __future__ import annotations

_SIGNS = "0123456789" "[(（〔［" "])）〕］" "①②③④⑤⑥⑦⑧⑨"
_RAISED = str.maketrans(_SIGNS, "⁰¹²³⁴⁵⁶⁷⁸⁹" "⁽⁽⁽⁽⁽" "⁾⁾⁾⁾⁾" "¹²³⁴⁵⁶⁷⁸⁹")


def raised(text: str) -> str:
    """Return text as characters that stand above the line by themselves, those that have such; one for one.

    >>> raised("2"), raised("[12]"), raised("③"), raised("注1")
    ('²', '⁽¹²⁾', '³', '注¹')
    """
    return text.translate(_RAISED)
