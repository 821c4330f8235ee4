"""The formulas of a workbook's own cells, recomputed from the cells they name and held against the results it keeps."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal, DecimalException, localcontext
from typing import Any

from fusuan.extract._sheet_layout import Sheet, cell_name

Value = Decimal | list[Decimal]
"""A number, or the numbers that stand in a range."""

_REFERENCE = re.compile(r"(?:(?:'(?P<quoted>(?:[^']|'')+)'|(?P<sheet>[^'!\[\]]+))!)?"
                        r"\$?(?P<left>[A-Z]{1,3})\$?(?P<top>[0-9]{1,7})(?::\$?(?P<right>[A-Z]{1,3})\$?(?P<bottom>[0-9]{1,7}))?")
_BINDS = {"^": 3, "*": 2, "/": 2, "+": 1, "-": 1}
_MOST_FORMULAS, _MOST_OPERANDS, _LONGEST = 20_000, 2_000_000, 2000
_NEAR = Decimal("1e-9")
"""A spreadsheet reckons in binary and keeps 15 digits: what differs by less than this part is the same."""


class Unknown(Exception):
    """A formula that is not recomputed: a function or a thing it names is not known here."""


@dataclass(slots=True)
class Compared:
    """What became of the formulas of a workbook."""

    agree: int = 0
    unknown: int = 0
    differ: list[str] = field(default_factory=list)

    def remarks(self) -> Iterator[str]:
        """Say it in Chinese; nothing where there are no formulas."""
        count = self.agree + self.unknown + len(self.differ)
        if not count:
            return
        left = f"，{self.unknown} 个未复算（含不支持的函数或外部引用）" if self.unknown else ""
        yield f"工作簿自带公式 {count} 个：{self.agree} 个复算结果与保存的结果一致，{len(self.differ)} 个不一致{left}"
        yield from self.differ[:20]
        if len(self.differ) > 20:
            yield f"公式与保存结果不一致的还有 {len(self.differ) - 20} 处，未一一列出"


def compared(sheets: Sequence[Sheet]) -> Compared:
    """Recompute each formula from the values the file keeps, and hold the result against the one it keeps."""
    found = Compared()
    book = _Book({sheet.name: sheet for sheet in sheets})
    for sheet in sheets:
        for number, (at, formula) in enumerate(sheet.formulas.items()):
            kept = sheet.numbers.get(at)
            if kept is None:
                continue
            value = book.value(formula, sheet) if number < _MOST_FORMULAS else None
            if value is None:
                found.unknown += 1
            elif abs(value - kept) <= _NEAR * max(abs(value), abs(kept), Decimal(1)):
                found.agree += 1
            else:
                found.differ.append(f"{sheet.name}!{cell_name(*at)} 的公式 ={formula[:80]} 按所引单元格复算为 {_plain(value)}，"
                                    f"单元格保存的结果为 {_plain(kept)}：可能改动后未重新计算，请用 Excel 或 WPS 重算核实")
    return found


def _plain(value: Decimal) -> str:
    return f"{value.quantize(Decimal('1e-6')).normalize():f}" if abs(value) < 10 ** 15 else str(value)


@dataclass(slots=True)
class _Book:
    """The sheets that formulas name, and how much may still be read of them."""

    sheets: Mapping[str, Sheet]
    left: int = _MOST_OPERANDS

    def value(self, formula: str, sheet: Sheet) -> Decimal | None:
        """Return what a formula comes to; None where it is not recomputed."""
        from openpyxl.formula import Tokenizer

        if len(formula) > _LONGEST:
            return None
        try:
            tokens = [token for token in Tokenizer("=" + formula).items if token.type != "WHITE-SPACE"]
            with localcontext(prec=40):
                return _one(_Reader(tokens, lambda name: self._numbers(name, sheet)).whole())
        except (Unknown, DecimalException, ValueError, IndexError, OverflowError, RecursionError):
            return None

    def _numbers(self, name: str, home: Sheet) -> Value:
        """Return the number in a cell (nothing counts as 0), or those in a range."""
        match = _REFERENCE.fullmatch(name)
        sheet = home if match and not (match["quoted"] or match["sheet"]) else self.sheets.get(
            (match["quoted"] or match["sheet"]).replace("''", "'")) if match else None
        if match is None or sheet is None:
            raise Unknown(name)
        left, top = _column(match["left"]), int(match["top"]) - 1
        if not match["right"]:
            if (top, left) in sheet.numbers:
                return sheet.numbers[top, left]
            if (top, left) in sheet.texts:
                raise Unknown(name)
            return Decimal(0)
        right, bottom = _column(match["right"]), int(match["bottom"]) - 1
        size = (bottom - top + 1) * (right - left + 1)
        self.left -= min(size, len(sheet.numbers))
        if self.left < 0:
            raise Unknown(name)
        if size <= len(sheet.numbers):
            places = ((row, column) for row in range(top, bottom + 1) for column in range(left, right + 1))
            return [sheet.numbers[at] for at in places if at in sheet.numbers]
        return [number for (row, column), number in sheet.numbers.items() if top <= row <= bottom and left <= column <= right]


class _Reader:
    """Reads the tokens of one formula by the precedence of operators."""

    def __init__(self, tokens: Sequence[Any], numbers: Callable[[str], Value]) -> None:
        self._tokens, self._numbers, self._at = tokens, numbers, 0

    def whole(self) -> Value:
        value = self._bound(0)
        if self._at != len(self._tokens):
            raise Unknown
        return value

    def _bound(self, least: int) -> Value:
        """Read what operators that bind more tightly than `least` hold together."""
        value = self._single()
        while self._at < len(self._tokens) and self._tokens[self._at].type == "OPERATOR-INFIX":
            sign = self._tokens[self._at].value
            if sign not in _BINDS:
                raise Unknown(sign)
            if _BINDS[sign] <= least:
                break
            self._at += 1
            value = _applied(sign, _one(value), _one(self._bound(_BINDS[sign])))
        return value

    def _single(self) -> Value:
        token = self._tokens[self._at]
        self._at += 1
        if token.type == "OPERATOR-PREFIX":
            value: Value = _one(self._single()) * (-1 if token.value == "-" else 1)
        elif token.type == "OPERAND" and token.subtype == "NUMBER":
            value = Decimal(token.value)
        elif token.type == "OPERAND" and token.subtype == "RANGE":
            value = self._numbers(token.value)
        elif token.type == "PAREN" and token.subtype == "OPEN":
            value = self._bound(0)
            self._at += 1
        elif token.type == "FUNC" and token.subtype == "OPEN":
            value = self._function(token.value[:-1].upper())
        else:
            raise Unknown(token.value)
        while self._at < len(self._tokens) and self._tokens[self._at].type == "OPERATOR-POSTFIX":
            self._at += 1
            value = _one(value) / 100
        return value

    def _function(self, name: str) -> Decimal:
        arguments: list[Value] = []
        while self._tokens[self._at].type != "FUNC" or self._tokens[self._at].subtype != "CLOSE":
            if self._tokens[self._at].type == "SEP":
                self._at += 1
                continue
            arguments.append(self._bound(0))
        self._at += 1
        if name not in _FUNCTIONS:
            raise Unknown(name)
        return _FUNCTIONS[name](arguments)


def _applied(sign: str, left: Decimal, right: Decimal) -> Decimal:
    if sign == "^":
        if right != int(right) or abs(right) > 100:
            raise Unknown
        return left ** int(right)
    return {"+": left + right, "-": left - right, "*": left * right}[sign] if sign != "/" else left / right


def _one(value: Value) -> Decimal:
    if isinstance(value, list):
        raise Unknown
    return value


def _all(arguments: Sequence[Value]) -> list[Decimal]:
    return [number for value in arguments for number in (value if isinstance(value, list) else [value])]


def _rounded(arguments: Sequence[Value]) -> Decimal:
    number, places = _one(arguments[0]), int(_one(arguments[1]))
    if abs(places) > 15:
        raise Unknown
    near = number.quantize(Decimal(1).scaleb(-12), ROUND_HALF_UP) if abs(number) < 10 ** 15 else number
    return near.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def _mean(arguments: Sequence[Value]) -> Decimal:
    numbers = _all(arguments)
    return sum(numbers, Decimal(0)) / len(numbers)


def _product(arguments: Sequence[Value]) -> Decimal:
    value = Decimal(1)
    for number in _all(arguments):
        value *= number
    return value


def _subtotal(arguments: Sequence[Value]) -> Decimal:
    if _one(arguments[0]) not in (9, 109):
        raise Unknown
    return sum(_all(arguments[1:]), Decimal(0))


_FUNCTIONS: dict[str, Callable[[Sequence[Value]], Decimal]] = {
    "SUM": lambda given: sum(_all(given), Decimal(0)), "SUBTOTAL": _subtotal, "AVERAGE": _mean, "PRODUCT": _product, "ROUND": _rounded,
    "MAX": lambda given: max(_all(given)), "MIN": lambda given: min(_all(given)), "COUNT": lambda given: Decimal(len(_all(given))),
    "ABS": lambda given: abs(_one(given[0])), "INT": lambda given: _one(given[0]).to_integral_value(ROUND_FLOOR),
}


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
