"""A number as Excel shows it in its number format (ISO/IEC 29500-1 §18.8.30-31): 0.8943 in 0.00% is 89.43%."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache

from fusuan.extract._numfmt_code import Section, sections
from fusuan.extract._numfmt_date import dated

_FIFTEEN = Context(prec=15, rounding=ROUND_HALF_UP)
"""Excel keeps and shows 15 significant digits of a number; what files hold beyond is binary noise."""
_WIDE = Context(prec=120)
_LARGEST = Decimal(10) ** 40


def exact(written: str) -> Decimal | None:
    """Return the number that a file writes, binary noise taken off; None where it is no number.

    >>> exact("0.89429999999999998"), exact("1E-2"), exact("x")
    (Decimal('0.8943'), Decimal('0.01'), None)
    """
    try:
        value = _FIFTEEN.create_decimal(written.strip())
    except ArithmeticError:
        return None
    if not value.is_finite() or abs(value) >= _LARGEST or (value and abs(value) < 1 / _LARGEST):
        return None
    return value.normalize() if value else Decimal(0)


def general(value: Decimal) -> str:
    """Return a number without format: whole ones whole, long fractions in the eleven characters Excel gives them.

    Up to four decimals are kept whatever the length: cents of a large amount are not to be lost.

    >>> general(Decimal("12")), general(Decimal("0.333333333333333")), general(Decimal("123456789.12"))
    ('12', '0.333333333', '123456789.12')
    """
    plain = f"{value:f}"
    whole, _, part = plain.lstrip("-").partition(".")
    if len(part) > 4:
        room = max(10 - len(whole), 0) if abs(value) >= Decimal("0.0001") else len(part)
        plain = f"{value.quantize(Decimal(1).scaleb(-max(room, 4)), ROUND_HALF_UP, Context(prec=60)):f}"
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def shown(value: Decimal, code: str, since_1904: bool = False) -> str:
    """Return a number as shown under the format `code`; text that only aligns it is left out.

    >>> [shown(Decimal("1234.5"), code) for code in ("General", "#,##0.00", "0.00_);[Red](0.00)", '0.0,"千元"')]
    ['1234.5', '1,234.50', '1234.50', '1.2千元']
    >>> shown(Decimal("0.8943"), "0.00%"), shown(Decimal("-3"), "0;(0)"), shown(Decimal(0), '0_ ;-0_ ;_ * "-"??_ ;')
    ('89.43%', '(3)', '-')
    >>> shown(Decimal("45291"), "yyyy/m/d"), shown(Decimal("45291"), '[$-804]yyyy"年"m"月"d"日";@')
    ('2023/12/31', '2023年12月31日')
    """
    parts = sections(code)
    section, signed = _fitting(parts, value)
    if section is None or (section.is_general and len(section.tokens) == 1):
        return general(value)
    if section.is_date:
        return dated(value, section, since_1904) or general(value)
    if section.has_unknown:
        return general(value)
    said = _written(abs(value), section).strip()
    return f"-{said}" if signed and value < 0 and any(digit in "123456789" for digit in said) else said


def _fitting(parts: tuple[Section, ...], value: Decimal) -> tuple[Section | None, bool]:
    """Return the section for a value, and whether its sign is still to be written."""
    numeric = parts[:3]
    if any(part.condition for part in numeric):
        for part in numeric:
            if part.condition is None or part.holds(value):
                return part, True
        return None, True
    if not numeric:
        return None, True
    if value < 0 and len(numeric) > 1:
        return numeric[1], False
    if value == 0 and len(numeric) > 2:
        return numeric[2], False
    return numeric[0], True


@dataclass(frozen=True, slots=True)
class _Digits:
    """The digits to write: whole part (grouped if asked), fraction."""

    whole: str
    part: str


def _written(value: Decimal, section: Section) -> str:
    if section.is_fraction or section.exponent is not None:  # 1.2E+07 would be read as 1.2 and 7
        return general(value)
    if section.around is not None:
        rounded = _scaled(value, section).quantize(Decimal(1).scaleb(-len(section.decimals)), ROUND_HALF_UP, _WIDE)
        return f"{section.around[0]}{rounded:{',' if section.grouped else ''}f}{section.around[1]}"
    digits = _digits(value, section)
    whole = _spread(digits.whole, section)
    out = ""
    for index, token in enumerate(section.tokens):
        if token.kind == "digit":
            out += whole.get(index, "")
        elif token.kind == "point":
            out += f".{digits.part}" if digits.part or section.keeps_point else ""
        elif token.kind == "general":
            out += general(value)
        else:
            out += token.text
    return out


def _scaled(value: Decimal, section: Section) -> Decimal:
    return value.scaleb(2 * section.percents - 3 * section.thousands_cut)


def _digits(value: Decimal, section: Section) -> _Digits:
    rounded = _scaled(value, section).quantize(Decimal(1).scaleb(-len(section.decimals)), ROUND_HALF_UP, _WIDE)
    whole, _, part = f"{rounded:f}".partition(".")
    must = len(section.decimals.rstrip("#?"))
    while len(part) > must and part.endswith("0"):
        part = part[:-1]
    if whole == "0" and "0" not in section.wholes:
        whole = ""
    first = section.wholes.find("0")
    whole = whole.rjust(len(section.wholes) - first if first >= 0 else 0, "0")
    return _Digits(whole, part)


def _spread(whole: str, section: Section) -> dict[int, str]:
    """Lay the digits of the whole part on their placeholders, from the right; what is left goes before the first."""
    places = [index for index, token in enumerate(section.tokens) if token.kind == "digit"]
    laid: dict[int, str] = {}
    left = list(whole)
    written = 0
    for place in reversed(places):
        take = len(left) if place == places[0] else 1
        out = ""
        for _ in range(min(take, len(left))):
            out = left.pop() + ("," if section.grouped and written and written % 3 == 0 else "") + out
            written += 1
        laid[place] = out
    return laid


@lru_cache(maxsize=4096)
def _cached(value: Decimal, code: str, since_1904: bool) -> str:
    return shown(value, code, since_1904)


def text_of(written: str, code: str, since_1904: bool = False) -> str:
    """Return what a cell shows for the number that a file writes; the writing itself where it is no number.

    >>> text_of("0.89429999999999998", "0.00%")
    '89.43%'
    """
    value = exact(written)
    return written if value is None else _cached(value, code, since_1904)

