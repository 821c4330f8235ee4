"""Formulas in a rule's text, lifted out before the words are read.

>>> lifted("低于90%的,得分=执行率×分值;低于60%不得分")[0]
'低于90%的,《0》;低于60%不得分'
>>> lifted("得分(20分×执行率)")[0], lifted("执行率=支出/预算×100%,≥95%得5分")[0]
('《0》', ',≥95%得5分')
"""

from __future__ import annotations

import re

from fusuan.checks._criterion._expression import Expression, expression, is_rate

FULL_NAME = re.compile(r"分值|权重|满分|标准分|权重分|总分|^S$|基本分|^(?:指标|本项|该项)分数?$")
_PIECE = re.compile(r"[^;,:]+")
_TAIL = re.compile(r"(?:来)?(?:进行)?(?:计算得分|计算得出|计分|计算|得分|记分|赋分|折算|得出|分)$")
_HEAD = re.compile(r"^.*?(?:(?:得分|计分|分数|评分|公式)(?:公式)?(?:为|是)|按照?(?=[\d(\u4e00-\u9fffA-Z])|按)")


def lifted(text: str) -> tuple[str, tuple[Expression, ...]]:
    """Return the text with 《i》 in place of each formula for the mark, and the formulas.

    Formulas that define the measured rate (…×100%) are dropped.
    """
    found: list[Expression] = []

    def replaced(match: re.Match[str]) -> str:
        piece = match[0]
        if not re.search(r"[×/xX]", piece) or len(piece) > 160:
            return piece
        return _lifted(piece, found)

    return _PIECE.sub(replaced, text), tuple(found)


def _lifted(piece: str, found: list[Expression]) -> str:
    if re.search(r"×100%?\)?$", piece) and not FULL_NAME.search(piece):
        return "" if "=" in piece else piece
    head = re.match(r"(?P<before>[^=]*?)(?:得分|计分|分数|评分|公式)(?=[(=])", piece)
    for start, inner in _candidates(piece, head):
        formula = expression(inner)
        if formula and _marks(formula, inner, bool(head)):
            found.append(formula)
            return f"{head['before'] if head else piece[:start]}《{len(found) - 1}》"
    return piece


def _candidates(piece: str, head: re.Match[str] | None) -> list[tuple[int, str]]:
    """The parts of a piece that may be the formula, the longest first."""
    starts = [head.end() + (piece[head.end()] == "=")] if head else []
    starts += [m.end() for m in re.finditer(r"[=:]", piece)][-1:]
    if prefix := _HEAD.match(piece):
        starts.append(prefix.end())
    starts += [0] + [m.end() for m in re.finditer(r"[的(]", piece)][:3]
    tries = []
    for start in starts:
        inner = piece[start:]
        for text in dict.fromkeys((_TAIL.sub("", inner), inner)):
            tries += [(start, text)]
            if text.startswith("(") and text.endswith(")"):
                tries.append((start, text[1:-1]))
            elif text.endswith(")") and text.count(")") > text.count("("):
                tries.append((start, text[:-1]))
    return tries


def _marks(formula: Expression, inner: str, headed: bool) -> bool:
    """Tell whether the formula gives a mark: it holds the full mark, or points, or is introduced as the mark."""
    if any(FULL_NAME.search(name) for name in formula.names) or re.search(r"\d分(?!值)", inner):
        return bool(formula.names)
    if set(formula.names) == {"A", "B"} and "×" in formula.tokens:
        return True
    return bool(formula.names) and (headed or "×" in formula.tokens and any(map(is_rate, formula.names)))
