"""Arithmetic printed in a rule: 得分=(实际完成率-60%)/(1-60%)×分值.

>>> e = expression("(实际完成率-60%)/(1-60%)×分值")
>>> e.value({"实际完成率": Decimal("0.9"), "分值": Decimal(8)}.get)
(Decimal('6.00'), '(90% - 60%) ÷ (1 - 60%) × 8')
>>> expression("分值×"), expression("((((") is None
(None, True)
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, DivisionByZero, InvalidOperation

_TOKEN = re.compile(r"(?P<number>\d+(?:\.\d+)?)(?P<mark>%|分(?!值))?|(?P<op>[-+×/()])|(?P<name>[^-+×/()\d,;:=%<>≤≥]+)")
_RATE = re.compile(r"(?:率|比例|比值|比率|比重|进度|系数|满意度|百分比|程度)$")
Lookup = Callable[[str], "Decimal | None"]


@dataclass(frozen=True, slots=True)
class Expression:
    """A formula: `names` it needs, in order; `quotients` are the pairs of names printed one over the other."""

    tokens: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(t for t in self.tokens if is_name(t)))

    @property
    def quotients(self) -> tuple[tuple[str, str], ...]:
        ts = self.tokens
        return tuple((ts[i - 1], ts[i + 1]) for i in range(1, len(ts) - 1)
                     if ts[i] == "/" and is_name(ts[i - 1]) and is_name(ts[i + 1]))

    def value(self, lookup: Lookup) -> tuple[Decimal, str] | None:
        """Return the value and the formula with figures in place of names; None where a name is unknown or ÷ 0."""
        try:
            reader = _Reader(self.tokens, lookup)
            value = reader.sum()
        except (_Unknown, DivisionByZero, InvalidOperation, IndexError):
            return None
        return value, _shown(reader.shown)


def is_name(token: str) -> bool:
    return token not in "-+×/()" and not token[0].isdigit()


def is_rate(name: str) -> bool:
    """Tell whether a name is that of a rate, which stands for value ÷ 100."""
    return bool(_RATE.search(name))


def expression(text: str) -> Expression | None:
    """Read a formula; None where the text is none."""
    text = re.sub(r"(?<=[\d%)分值重率])[xX](?=[\d(%A-Z\u4e00-\u9fff])", "×", text)
    tokens, end = [], 0
    while match := _TOKEN.match(text, end):
        tokens.append(match["number"] + (match["mark"] or "") if match["number"] else match["op"] or match["name"])
        end = match.end()
    if end != len(text) or not 1 < len(tokens) < 60:
        return None
    found = Expression(tuple(tokens))
    if tokens.count("(") > 8 or found.value(lambda _: Decimal(1)) is None and not _whole(found):
        return None
    return found


def _whole(found: Expression) -> bool:
    """Tell whether the grammar is right although ones in place of names divide by zero."""
    return found.value(lambda name: Decimal(len(name) + 1)) is not None


class _Unknown(Exception):
    pass


class _Reader:
    """Recursive descent over the tokens, depth bounded by the count of brackets."""

    def __init__(self, tokens: tuple[str, ...], lookup: Lookup) -> None:
        self.tokens, self.at, self.lookup = tokens, 0, lookup
        self.shown: list[str] = []

    def sum(self, inner: bool = False) -> Decimal:
        value = self.product()
        while self.at < len(self.tokens) and self.tokens[self.at] in "+-":
            sign = self.take()
            value = value + self.product() if sign == "+" else value - self.product()
        if not inner and self.at != len(self.tokens):
            raise _Unknown
        return value

    def product(self) -> Decimal:
        value = self.atom()
        while self.at < len(self.tokens) and self.tokens[self.at] in "×/":
            sign = self.take()
            value = value * self.atom() if sign == "×" else value / self.atom()
        return value

    def atom(self) -> Decimal:
        token = self.take()
        if token == "(":
            value = self.sum(inner=True)
            if self.take() != ")":
                raise _Unknown
            return value
        if token in "-+×/)":
            raise _Unknown
        if token[0].isdigit():
            return Decimal(token[:-1]) / 100 if token.endswith("%") else Decimal(token.rstrip("分"))
        found = self.lookup(token)
        if found is None:
            raise _Unknown
        self.shown[-1] = written(found * 100) + "%" if is_rate(token) else written(found)
        return found

    def take(self) -> str:
        token = self.tokens[self.at]
        self.at += 1
        self.shown.append("÷" if token == "/" else token.rstrip("分") if token[0].isdigit() else token)
        return token


def written(number: Decimal) -> str:
    """Write a number without exponent and trailing zeros."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _shown(pieces: list[str]) -> str:
    text = ""
    if pieces[0] == "(" and pieces.count("(") == 1 and pieces[-1] == ")":
        pieces = pieces[1:-1]
    for piece in pieces:
        text += f" {piece} " if piece in "-+×÷" else piece
    return text
