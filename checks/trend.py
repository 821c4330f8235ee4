"""增减方向与数字一致：说“增加”则本期数 > 对比数，说“减少”则小于，说“等于”则相等，“控制在预算内”则不大于

只核对方向，不核对多少；“持平”“基本持平”允许相差的百分比见 `LEVEL`。对比数没有印出的，看完成率（与100%比）或增减额。
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from fusuan.checks._say import severity
from fusuan.model import Figure, Finding, Quantity, Reading, Statement, Verdict, Words, total

KINDS = ("trend",)
LEVEL = {"exact": ("0", "0.5"), "plain": ("1", "5"), "slight": ("5", "10"), "about": ("10", "20")}
"""By how many percent two amounts called level may differ, and up to where that is doubtful rather than wrong."""
SLIGHT = Decimal(50)
"""A change of more percent than this is not slight."""
_SAYS = {"+": "大于", "-": "小于", "=": "等于", "≤": "不大于", "≥": "不小于"}
_IS = {**{sign: f"并不{said}" for sign, said in _SAYS.items()}, "≤": "大于", "≥": "小于"}
"""How a figure lies that is not as it is said to."""
_LIMITS = ("≤", "≥")
_HUNDRED = Figure("100%", Decimal(100), "%")
Judged = tuple[Verdict, str]


def check(statement: Statement) -> Iterator[Finding]:
    """Yield whether the words fit the figures: broken only where they fit no reading."""
    words = statement.stated
    if not isinstance(words, Words):
        return
    direction, degree = statement.facts["direction"], statement.facts.get("degree", "plain")
    tries = [(_judged(reading, direction, degree), reading) for reading in statement.readings if reading.roles]
    if not tries:
        return
    (verdict, why), reading = min(tries, key=lambda tried: list(Verdict).index(tried[0][0]))
    if statement.certainty == 0 and verdict is not Verdict.HOLDS:
        return
    if verdict is Verdict.BROKEN and statement.guess:
        verdict, why = Verdict.DOUBTFUL, "如所指的不是这两个数，则可能相符"
    yield Finding("trend", "trend", words, verdict, severity(statement, verdict), _message(words, reading, direction, verdict, why),
                  _computed(reading), _expected(reading, degree == "bound" or direction in _LIMITS), why, statement.quote)


def _judged(reading: Reading, direction: str, degree: str) -> Judged:
    if change := reading["rise"] or reading["fall"]:
        return _moved(change[0], bool(reading["fall"]), direction, degree)
    now, before = _pair(reading)
    if reading["numerator"]:
        rate = _rate(reading)
        return _held(direction, degree, rate.value - before.base, before.base, rate.near.high - rate.value) if rate else (Verdict.BROKEN, "")
    return _held(direction, degree, now.base - before.base, before.base, _last(now) + _last(before))


def _rate(reading: Reading) -> Quantity | None:
    """The rate that is held against another, of what it is of."""
    above, below = (total([Quantity.of(f, None, reading["numerator"][0].scale) for f in reading[role]]) for role in ("numerator", "denominator"))
    return (above / below).percent() if below.divides else None


def _pair(reading: Reading) -> tuple[Figure, Figure]:
    """The amount now and the one before; a completion is held against the whole."""
    if reading["rate"]:
        return reading["rate"][0], _HUNDRED
    if reading["numerator"]:
        rate = _rate(reading)
        shown = f"{rate.value:.2f}%" if rate else ""
        return Figure(shown, rate.value if rate else Decimal(0), "%", 2), reading["before"][0]
    return reading["now"][0], reading["before"][0]


def _last(figure: Figure) -> Decimal:
    """Half of the last digit printed; money of which fewer than two decimals are printed has dropped its zeros."""
    exact = figure is _HUNDRED or figure.unit == "元"
    decimals = max(figure.decimals, 2) if figure.dimension == "money" else figure.decimals
    return Decimal(0) if exact else Decimal("0.5").scaleb(-decimals) * figure.scale


def _held(direction: str, degree: str, gap: Decimal, base: Decimal, last: Decimal) -> Judged:
    """Judge a difference: `gap` of `base`, both rounded so that `last` of it may be nothing.

    >>> [_held("=", degree, Decimal(3), Decimal(100), Decimal(0))[0].value for degree in LEVEL]
    ['broken', 'doubtful', 'holds', 'holds']
    >>> [_held("-", "plain", Decimal(gap), Decimal(100), Decimal("0.01"))[0].value for gap in (-1, 0, 1)]
    ['holds', 'doubtful', 'broken']
    """
    percent = abs(gap) / abs(base) * 100 if base else Decimal(100 if gap else 0)
    if direction == "=":
        fine, soft = map(Decimal, LEVEL[degree])
        if abs(gap) <= last or percent <= fine:
            return Verdict.HOLDS, ""
        return (Verdict.DOUBTFUL, f"如指大致相等（相差{percent:.1f}%），则相符") if percent <= soft else (Verdict.BROKEN, "")
    if direction in _LIMITS:
        return (Verdict.HOLDS, "") if (gap if direction == "≤" else -gap) <= last else (Verdict.BROKEN, "")
    way = gap if direction == "+" else -gap
    if way > 0 or degree == "bound" and not way:
        far = degree == "slight" and percent > SLIGHT
        return (Verdict.DOUBTFUL, f"相差{percent:.1f}%，不能说“略”") if far else (Verdict.HOLDS, "")
    return (Verdict.DOUBTFUL, "如差额小于印出的末位，则相符") if abs(gap) <= last else (Verdict.BROKEN, "")


def _moved(change: Figure, falls: bool, direction: str, degree: str) -> Judged:
    gap = -change.base if falls else change.base
    if change.dimension == "rate":
        return _held(direction, degree, gap, Decimal(100), _last(change))
    if direction == "=" and gap:
        return Verdict.DOUBTFUL, "增减额不为0，如指大致相等，则相符"
    return _held(direction, "plain", gap, Decimal(0), Decimal(0))


def _message(words: Words, reading: Reading, direction: str, verdict: Verdict, why: str) -> str:
    said = f"“{words.text}”"
    if change := reading["rise"] or reading["fall"]:
        shown = f"{'减少' if reading['fall'] else '增加'}{change[0].text.strip()}"
    else:
        now, before = (figure.text.strip() for figure in _pair(reading))
        shown = f"{now}、{before}"
        if verdict is Verdict.BROKEN:
            return f"{said}，但{now}{_IS[direction]}{before}"
    return {Verdict.HOLDS: f"{said}与{shown}相符", Verdict.BROKEN: f"{said}，但{shown}"}.get(verdict, f"{said}，对照{shown}：{why}")


def _computed(reading: Reading) -> Quantity:
    if change := reading["rise"] or reading["fall"]:
        return Quantity.of(change[0])
    now, before = _pair(reading)
    if reading["numerator"] and (rate := _rate(reading)):
        return rate - Quantity.of(before, None, Decimal(1))
    if before is _HUNDRED:
        return Quantity.of(now) - Quantity.constant(Decimal(100), "100")
    return Quantity.of(now, None, now.scale) - Quantity.of(before, None, now.scale)


def _expected(reading: Reading, limit: bool) -> str:
    """What the figures say: that one rose or fell, or how it lies to the `limit` it is held against."""
    more, less, same = ("大于", "小于", "等于") if limit else ("增加", "减少", "持平")
    if reading["rise"] or reading["fall"]:
        return "减少" if reading["fall"] else "增加"
    now, before = _pair(reading)
    return more if now.base > before.base else less if now.base < before.base else same
