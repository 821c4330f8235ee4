"""Numbers written in Chinese: 三百二十万, 叁佰万元整, 百分之五.

>>> [str(number(t)) for t in ("三百二十", "叁佰万", "一千零五", "两", "十二", "一亿二千万", "二〇一九", "壹拾贰万叁仟")]
['320', '3000000', '1005', '2', '12', '120000000', '2019', '123000']
>>> number("十足") is None
True
"""

from decimal import Decimal

_DIGITS = {c: n for n, cs in enumerate(("零〇", "一壹", "二贰两贰", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖"))
           for c in cs}
_TENS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_GROUPS = {"万": 10**4, "亿": 10**8}
LETTERS = "".join(_DIGITS) + "".join(_TENS) + "".join(_GROUPS)


def number(text: str) -> Decimal | None:
    """Return the value of a Chinese numeral, None where it is none."""
    if not text or any(c not in LETTERS for c in text):
        return None
    if all(c in _DIGITS for c in text) and len(text) > 1:
        return Decimal("".join(str(_DIGITS[c]) for c in text))
    whole = group = digit = 0
    for c in text:
        if c in _DIGITS:
            digit = _DIGITS[c]
        elif c in _TENS:
            group += (digit or 1) * _TENS[c]
            digit = 0
        else:
            # 亿 closes all that stands before it, 万 only its own group
            whole = (whole + group + digit) * _GROUPS[c] if c == "亿" else whole + (group + digit or 1) * _GROUPS[c]
            group = digit = 0
    return Decimal(whole + group + digit)
