"""A whole number written as Word numbers its lists (ISO/IEC 29500-1 §17.18.59, ST_NumberFormat)."""

from __future__ import annotations

from collections.abc import Callable

_DIGITS = "〇一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
          (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


def numeral(number: int, form: str) -> str:
    """Return `number` in the number format `form`; plain digits where the format is not known.

    >>> [numeral(12, form) for form in ("chineseCounting", "decimalEnclosedCircle", "upperRoman", "lowerLetter")]
    ['十二', '⑫', 'XII', 'l']
    >>> numeral(203, "chineseCountingThousand"), numeral(3, "ideographTraditional"), numeral(21, "decimalEnclosedCircle")
    ('二百〇三', '丙', '㉑')
    """
    if number < 0 or number > 99_999:
        return str(number)
    written = _FORMS[form](number) if form in _FORMS else ""
    return written or str(number)


def _counting(digits: str, places: str) -> Callable[[int], str]:
    """Return the writer of numbers with names for ten, hundred, thousand and ten thousand."""

    def write(number: int) -> str:
        if number == 0:
            return digits[0]
        out, gap = "", False
        for place in range(len(str(number)) - 1, -1, -1):
            digit = number // 10**place % 10
            if digit:
                out += (digits[0] if gap and out else "") + digits[digit] + (places[place - 1] if place else "")
            gap = not digit
        return out[1:] if 10 <= number < 20 and digits[1] == "一" else out

    return write


def _digital(number: int) -> str:
    return "".join(_DIGITS[int(digit)] for digit in str(number))


def _letter(number: int) -> str:
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1) if 0 < number <= 780 else ""


def _roman(number: int) -> str:
    out = ""
    for worth, sign in _ROMAN:
        out += sign * (number // worth)
        number %= worth
    return out if len(out) < 30 else ""


def _cycle(signs: str) -> Callable[[int], str]:
    return lambda number: signs[number - 1] if 0 < number <= len(signs) else ""


def _run(*ranges: tuple[int, int]) -> Callable[[int], str]:
    """Return the writer of signs that stand in rows of code points, each (first, how many)."""
    return _cycle("".join(chr(first + step) for first, count in ranges for step in range(count)))


_CHINESE = _counting(_DIGITS, "十百千万")
_FORMS: dict[str, Callable[[int], str]] = {
    **dict.fromkeys(("chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting",
                     "taiwaneseCountingThousand", "koreanCounting"), _CHINESE),
    **dict.fromkeys(("ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital"), _digital),
    **dict.fromkeys(("chineseLegalSimplified", "ideographLegalTraditional", "japaneseLegal"),
                    _counting(_LEGAL, "拾佰仟万")),
    "ideographTraditional": _cycle("甲乙丙丁戊己庚辛壬癸"),
    "ideographZodiac": _cycle("子丑寅卯辰巳午未申酉戌亥"),
    **dict.fromkeys(("decimalEnclosedCircle", "decimalEnclosedCircleChinese"),
                    _run((0x2460, 20), (0x3251, 15), (0x32B1, 15))),
    "decimalEnclosedParen": _run((0x2474, 20)),
    "decimalEnclosedFullstop": _run((0x2488, 20)),
    "ideographEnclosedCircle": _run((0x3280, 10)),
    **dict.fromkeys(("decimalFullWidth", "decimalFullWidth2"),
                    lambda number: "".join(chr(ord(digit) + 0xFEE0) for digit in str(number))),
    "decimalZero": lambda number: f"{number:02d}",
    "lowerLetter": _letter,
    "upperLetter": lambda number: _letter(number).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
    "numberInDash": lambda number: f"- {number} -",
}
