"""The vocabulary of forms: what a heading means, which mark a name carries, which way is better."""

from __future__ import annotations

import re
import tomllib
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from fusuan.model import Cell, Figure
from fusuan.patterns.figures.numbers import figure_in, figures_in
from fusuan.patterns.text.fold import fold
from fusuan.patterns.text.squeeze import squeeze

_BRACKETS = re.compile(r"[(\[][^()\[\]]{0,40}[)\]]")
_TAIL = re.compile(r"[:：,、。*★☆●]+$|^[*★☆●]+|^[(（]?[一二三四五六七八九十0-9]{1,2}[)）]?[、.．]")
_POINTS = re.compile(
    r"[(\[](?:[^()\[\]0-9≥≤<>=每扣加低高于达超过]{0,12}?([0-9]{1,3}(?:\.[0-9]{1,2})?)(分)|(?:分值|满分|权重):?([0-9]{1,3}(?:\.[0-9]{1,2})?)()|(?:权重|分值|占)?:?([0-9]{1,3}(?:\.[0-9]{1,2})?)(%))[)\]]"
    r"|(?<![0-9.达于≥≤为均过超到得])([0-9]{1,3}(?:\.[0-9]{1,2})?)(分)[:：]?$")
_LOOSE = re.compile(r"(?<![0-9.])([0-9]{1,3}(?:\.[0-9]{1,2})?)[)）]?$")
_NAMES_AND_MARKS = re.compile(r"(?:[一二三四]级|评价|考核|考评|绩效|评分)?(?:指标|项目|内容)(?:名称)?(?:及|和|与|、|/)(?:分值|权重|标准分|分数|满分)")
_FULL_IN_HEAD = re.compile(r"[0-9]{1,3}分?$")
_MARK = re.compile(r"[0-9]{1,4}(?:\.[0-9]{1,4})?", re.ASCII)


@cache
def vocabulary() -> dict[str, Any]:
    """The words of indicators.toml, lists as they stand there."""
    return tomllib.loads((Path(__file__).parent / "indicators.toml").read_text(encoding="utf-8"))


@cache
def words(section: str, key: str) -> frozenset[str]:
    return frozenset(vocabulary()[section][key])


@cache
def _roles() -> list[tuple[str, frozenset[str], tuple[str, ...], tuple[str, ...]]]:
    return [(r["name"], frozenset(r.get("names", ())), tuple(r.get("ends", ())), tuple(r.get("inside", ())))
            for r in vocabulary()["role"]]


def bare(text: str) -> str:
    """A squeezed heading without brackets, list number and trailing marks."""
    shorn = text
    while (shorter := _BRACKETS.sub("", shorn)) != shorn:
        shorn = shorter
    return _TAIL.sub("", _TAIL.sub("", shorn))


def names_marks(heading: str) -> bool:
    """Tell whether a heading (squeezed) says that names carry marks: 一级指标及分值."""
    return bool(_NAMES_AND_MARKS.fullmatch(bare(heading)))


@cache
def role_of(heading: str) -> str:
    """Say what a heading (squeezed) means; empty where it is none we know.

    >>> role_of("得分(20分*执行率)"), role_of("年初指标值"), role_of("偏差原因分析及改进措施"), role_of("指标权重(分)")
    ('earned', 'initial_target', 'reason', 'weight')
    >>> role_of("一级指标及分值"), role_of("考核内容/权重")
    ('level', 'level')
    >>> role_of("全年实际完成值(B)"), role_of("其中:本年财政拨款"), role_of("(A)")
    ('measured', '', '')
    """
    name = _FULL_IN_HEAD.sub("", bare(heading))
    if not name or len(name) > 24:
        return ""
    if _NAMES_AND_MARKS.fullmatch(name):
        return "level"
    for role, names, _, _ in _roles():
        if name in names:
            return role
    for role, _, ends, _ in _roles():
        if ends and name.endswith(ends) and len(name) <= 16:
            return role
    for role, _, _, inside in _roles():
        if any(word in name for word in inside):
            return role
    return ""


def points_in(cell: Cell, loose: bool = False) -> Figure | None:
    """Return the full mark that a name carries ("产出指标（50分）", "项目管理13分"); `loose`: a bare number at its end too.

    >>> from fusuan.model import Place
    >>> def points(*texts):
    ...     return [str(f and f.value) for f in (points_in(Cell(text, Place())) for text in texts)]
    >>> points("产出指标\\n（50 分）", "决策2分", "满意度", "满意度（≥90%）", "质量（20%）", "考试平均85分", "得分（分值10）")
    ['50', '2', 'None', 'None', '20', 'None', '10']
    """
    text = squeeze(cell.text)
    matches = list(_POINTS.finditer(text))
    if not matches and loose:
        matches = [match] if (match := _LOOSE.search(text)) and match.start() > 0 else []
        if matches:
            return _printed(cell, matches[0][1], "")
    if not matches:
        return None
    match = matches[-1]
    digits = match[1] or match[3] or match[5] or match[7]
    unit = match[2] or match[6] or match[8] or ""
    return _printed(cell, digits, "" if unit == "%" else unit)


def _printed(cell: Cell, digits: str, unit: str) -> Figure:
    """The mark as it stands in the cell, blanks between its digits or not."""
    spaced = re.search(r"\s*".join(re.escape(c) for c in digits + unit), fold(cell.text))
    span = spaced.span() if spaced else (0, 0)
    shown = cell.text[span[0]:span[1]] if spaced else digits + unit
    return Figure(shown, Decimal(digits), "分", len(digits.partition(".")[2]), cell.place, span, name=name_of(cell))


def name_of(cell: Cell) -> str:
    """The name in a level cell, without its mark.

    >>> from fusuan.model import Place
    >>> name_of(Cell("项目管理\\n（10分）", Place()))
    '项目管理'
    """
    return _POINTS.sub("", squeeze(cell.text)) or squeeze(cell.text)


def mark_in(cell: Cell | None) -> Figure | None:
    """Return the mark that a weight or score cell holds, None where it holds none (a dash, words, a blank)."""
    if cell is None or not cell.text:
        return None
    bare_mark = cell.text.strip()
    if _MARK.fullmatch(bare_mark):
        start = cell.text.index(bare_mark)
        decimals = len(bare_mark.partition(".")[2])
        return Figure(bare_mark, Decimal(bare_mark), "", decimals, cell.place, (start, start + len(bare_mark)))
    found = figure_in(cell.text, cell.place)
    if found is None and "%" in fold(cell.text):
        # a rate and its mark in one cell: 90% 9分
        told = [figure for figure in figures_in(cell.text, cell.place) if figure.unit == "分"]
        found = told[0] if len(told) == 1 else None
    if found is None or found.unit not in ("", "分", "%"):
        return None
    return found


def says(text: str, section: str, key: str) -> bool:
    """Tell whether a squeezed text is one of the words listed."""
    return bare(text).rstrip("。.;；,，") in words(section, key)


_NUMBERED = re.compile(r"^[一二三四五六七八九十]{1,3}、")


def is_total(text: str, key: str) -> bool:
    """Tell whether a squeezed label names a total (`key` "names") or a subtotal ("part").

    >>> is_total("合计", "names"), is_total("指标得分合计", "names"), is_total("小计", "part"), is_total("合计面积", "names")
    (True, True, True, False)
    """
    name = _NUMBERED.sub("", _FULL_IN_HEAD.sub("", bare(text).rstrip("。.;；,，")))
    if name in words("total", key) or key == "part" and name.endswith("小计"):
        return True
    return key == "names" and len(name) <= 10 and name.endswith(("合计", "总计", "总分", "总得分"))


def direction_of(name: str, group: str = "") -> str:
    """Which way a name says is better: "≤", "≥" or "" where it does not say.

    >>> direction_of("公用经费控制率"), direction_of("群众满意度"), direction_of("新建道路"), direction_of("平均单价", "成本指标")
    ('≤', '≥', '', '≤')
    """
    if any(word in name for word in vocabulary()["direction"]["up"]):
        return "≥"
    if any(word in name for word in vocabulary()["direction"]["down"]) or "成本" in group:
        return "≤"
    return ""
