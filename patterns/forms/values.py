"""A target and what was achieved, as comparable as their cells allow: units and scales, dates, words."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from fusuan.model import Cell, Figure
from fusuan.patterns.cues.indicators import bare, direction_of, says, words
from fusuan.patterns.figures.numbers import figure_in, figures_in
from fusuan.patterns.text.fold import fold
from fusuan.patterns.text.squeeze import squeeze

_DATE = re.compile(r"(?:(20[0-9]{2})[年./-])?([0-9]{1,2})(?:月|[./-])(?:([0-9]{1,2})[日号]?)?(?:底|末)?(?:之?前|以前|前|内|完成|为止)*$")
_YEAR_END = re.compile(r"^(20[0-9]{2})年?(?:底|末|年底|年末)(?:之?前|以前|前|完成)*$")
_SIGNS = {"≥": "≥", ">=": "≥", "≤": "≤", "<=": "≤", ">": ">", "<": "<", "=": "=", "大于等于": "≥", "小于等于": "≤", "大于": ">", "小于": "<",
          "等于": "=", "不低于": "≥", "不少于": "≥", "不高于": "≤", "不超过": "≤", "正向": "≥", "反向": "≤", "逆向": "≤", "负向": "≤"}
_SCALES = {("公里", "千米"): Decimal(1), ("千米", "公里"): Decimal(1), ("公里", "米"): Decimal(1000), ("千米", "米"): Decimal(1000),
           ("米", "公里"): Decimal("0.001"), ("米", "千米"): Decimal("0.001"), ("公顷", "亩"): Decimal(15), ("吨", "公斤"): Decimal(1000),
           ("公斤", "吨"): Decimal("0.001"), ("平方米", "㎡"): Decimal(1), ("㎡", "平方米"): Decimal(1)}
"""How many of the second unit one of the first is."""
_TIME = re.compile(r"个?(?:月|工作日|日|天|年|小时|分钟|秒|季度|周|岁|度)")
_SPAN = re.compile(r"[0-9]%?[-~—至][0-9]|[0-9]/[0-9]|、|和|及")


@dataclass(frozen=True, slots=True)
class Aim:
    """How a row stands. `state` is "met", "unmet" or "unknown"; `sign` the comparison made; `certain`: the direction
    is printed or plain from the name, both numbers are plain and of one unit. `why` says what made it unknown.
    """

    state: str
    sign: str = ""
    target: Figure | None = None
    measured: Figure | None = None
    certain: bool = False
    why: str = ""


def aim_of(target: Cell, measured: Cell, unit: str, nature: str, names: tuple[str, str]) -> Aim | None:
    """Compare an achieved value with its target; `names` are the indicator's and its group's. None: nothing to compare.

    >>> from fusuan.model import Place
    >>> def aim(t, m, unit="", nature="", name="", group=""):
    ...     found = aim_of(Cell(t, Place()), Cell(m, Place()), unit, nature, (name, group))
    ...     return found and (found.state, found.sign, found.certain)
    >>> aim("≥90%", "0.95"), aim("≤30", "31", "万元"), aim("100", "97", "%", name="公用经费控制率")
    (('met', '≥', True), ('unmet', '≤', True), ('met', '≤', True))
    >>> aim("6月底前", "5月"), aim("2023年12月底前", "2024年1月"), aim("效果明显", "效果明显"), aim("≥90%", "已完成")
    (('met', '≤', True), ('unmet', '≤', True), ('met', '', False), ('unknown', '', False))
    """
    wanted, got = squeeze(target.text), squeeze(measured.text)
    if not wanted or not got or bare(wanted) in words("words", "none"):
        return None
    by_date = _dates(wanted, got)
    if by_date is not None:
        return Aim("met" if by_date else "unmet", "≤", certain=True)
    figure, reached = _figure(target, unit), _figure(measured, unit)
    if figure is None or reached is None:
        return _by_words(target, wanted, got, unit)
    return _compared(figure, reached, _sign(figure, nature), names, _plain(wanted) and _plain(got))


def _figure(cell: Cell, unit: str) -> Figure | None:
    """The one number of a value cell, in the unit of its own or of the unit column."""
    found = figures_in(cell.text, cell.place)
    if len(found) != 1 or _SPAN.search(squeeze(cell.text)):
        return None
    own = found[0]
    if own.unit or not unit:
        return own
    return replace(own, unit="%" if unit in ("%", "百分比") else unit)


def _plain(text: str) -> bool:
    return len(text) <= 14 and bool(re.match(r"[≥≤><=]*\(?-?[0-9]", text) or re.match(r"(?:不低于|不超过|不少于|不高于|大于|小于|达到|控制在)", text))


def _sign(figure: Figure, nature: str) -> str:
    if figure.sign in ("≥", "≤", ">", "<", "="):
        return figure.sign
    key = re.sub(r"指标|[()]", "", nature)
    return _SIGNS.get(key, "")


def _compared(target: Figure, measured: Figure, sign: str, names: tuple[str, str], plain: bool) -> Aim | None:
    scaled = _one_scale(target, measured)
    if scaled is None:
        return Aim("unknown", target=target, measured=measured, why="指标值与完成值的单位不同")
    wanted, got = scaled
    certain = bool(sign) and plain and measured.sign in ("", "=")
    if not sign:
        sign = direction_of(*names) or "≥"
        told = "%" in (target.unit, measured.unit) or target.value == 0
        certain = plain and measured.sign in ("", "=") and (told and bool(direction_of(names[0])) or _far_short(target, got / wanted if wanted else None, names))
    met = {"≥": got >= wanted, "≤": got <= wanted, ">": got > wanted, "<": got < wanted, "=": got == wanted}[sign]
    if not met and sign in (">", "<") and got == wanted:
        certain = False
    if sign == "=" and not met:
        certain = certain and got < wanted and target.dimension != "money" and direction_of(*names) != "≤"
    if got > 0 and wanted > 0 and max(got, wanted) >= 100 * min(got, wanted):
        certain = False
    return Aim("met" if met else "unmet", sign, target, measured, certain)


def _far_short(target: Figure, share: Decimal | None, names: tuple[str, str]) -> bool:
    """Tell whether a count (数量指标) falls so far short of its target that no way of counting makes it met."""
    counted = "数量" in names[1] and target.dimension not in ("money", "rate") and not _TIME.fullmatch(target.unit)
    return counted and not direction_of(names[0]) and share is not None and Decimal(0) < share < Decimal("0.85")


def _one_scale(target: Figure, measured: Figure) -> tuple[Decimal, Decimal] | None:
    """Both values on one scale (万 before a unit, metres and kilometres); None where their units do not tell how."""
    if "rate" in (target.dimension, measured.dimension) and (scaled := _fraction(target, measured)) is not None:
        return scaled
    if target.dimension == measured.dimension and (target.unit == measured.unit or target.dimension in ("money", "rate")):
        return target.base, measured.base
    if not measured.unit or not target.unit:
        return target.value, measured.value
    factor = _SCALES.get((target.unit, measured.unit))
    if factor is None and target.unit == "万" + measured.unit:
        factor = Decimal(10_000)
    if factor is None and measured.unit == "万" + target.unit:
        factor = 1 / Decimal(10_000)
    return (target.value * factor, measured.value) if factor is not None else None


def _fraction(target: Figure, measured: Figure) -> tuple[Decimal, Decimal] | None:
    """Both in percent where one of them is written as a fraction (0.95 for 95%)."""
    small = Decimal("1.5")
    if "%" not in fold(measured.text) and 0 < measured.value <= small and target.value > 2:
        return target.value, measured.value * 100
    if "%" not in fold(target.text) and 0 < target.value <= 1 and measured.value > 2:
        return target.value * 100, measured.value
    return None


def _by_words(target: Cell, wanted: str, got: str, unit: str) -> Aim | None:
    if says(got, "words", "unmet"):
        return Aim("unmet", why="完成值写明未完成")
    if wanted == got or bare(wanted) == bare(got):
        return Aim("met")
    number = _figure(target, unit)
    if says(got, "words", "met"):
        if number is not None and not _DATE.search(wanted):
            return Aim("unknown", target=number, why=f"定量指标的完成值只写“{got}”，不是数，无从核对")
        return Aim("met")
    if number is not None and _plain(wanted) and not figure_in(got) and not any(c.isdigit() for c in got) and len(got) <= 8 \
            and got not in words("words", "none"):
        return Aim("unknown", target=number, why=f"完成值“{got}”不是数，无从核对")
    return None


def _dates(wanted: str, got: str) -> bool | None:
    """Tell whether a date was kept; None where either is no date, or one names a year and the other does not."""
    limit, done = _date(wanted), _date(got)
    if limit is None or done is None or (limit[0] is None) != (done[0] is None):
        return None
    return (done[0] or 0, done[1], done[2] or 0) <= (limit[0] or 0, limit[1], limit[2] or 31)


def _date(text: str) -> tuple[int | None, int, int | None] | None:
    if match := _YEAR_END.match(text):
        return int(match[1]), 12, None
    match = _DATE.search(text)
    if match is None or match.start() > 3 or "月" not in text or not 1 <= int(match[2]) <= 12:
        return None
    return (int(match[1]) if match[1] else None), int(match[2]), (int(match[3]) if match[3] else None)


def arrived(text: str, figures: tuple[Figure, ...]) -> list[Figure]:
    """The rate an explanation arrives at: its last percentage that is not part of a formula (×100%).

    >>> [f.text for f in arrived("(9÷10)×100%=90%，达标", figures_in("(9÷10)×100%=90%，达标"))]
    ['90%']
    """
    rates = [f for f in figures if f.unit == "%" and not re.search(r"[×*xX÷/]\s*$", text[: f.span[0]])]
    return rates[-1:]
