"""Grades in words, and the bands of marks a report prints for them.

>>> bands_in("90分（含）以上为优，80（含）-90分为良，60（含）-80分为中，60分以下为差")
{'优': (90, 100), '良': (80, 90), '中': (60, 80), '差': (0, 60)}
>>> bands_in("优（得分≥85分）、良（75≤得分＜85）、合格（60-75分）"), bands_in("得分90分以上为优")
({'优': (85, 100), '良': (75, 85), '中': (60, 75)}, {})
"""

from __future__ import annotations

import regex

from fusuan.patterns.text.fold import fold

WORDS = "优秀|优良|优|良好|良|中等|中|合格|基本合格|一般|及格|较差|差|不合格|不及格"
_GRADES = {"优秀": "优", "优": "优", "良好": "良", "良": "良", "中等": "中", "中": "中", "合格": "中", "基本合格": "中",
           "一般": "中", "及格": "中", "较差": "差", "差": "差", "不合格": "差", "不及格": "差"}
_N = r"(?P<{}>[0-9]{{1,3}}(?:\.[0-9]+)?)\s?分?"
_RANGE = _N.format("low") + r"\s?(?:\((?:不?含)[^()]{0,6}\))?\s?(?:-|~|—|至|到|≤[^,;。≤<]{0,6}<|≤[^,;。≤<]{0,6}≤|,)\s?" \
    + _N.format("high") + r"\s?(?:\(不?含[^()]{0,6}\))?"
_ABOVE = r"(?:≥|不低于|大于等于)\s?" + _N.format("least") + r"|" + _N.format("over") + r"\s?(?:\(含[^()]{0,6}\))?(?:及|\(含\))?以上"
_BELOW = r"(?:<|低于|不足|小于|不满)\s?" + _N.format("under") + r"|" + _N.format("most") + r"\s?(?:\(不?含[^()]{0,6}\))?以下"
_SPAN = rf"(?:{_RANGE}|{_ABOVE}|{_BELOW})"
_FORWARD = regex.compile(rf"{_SPAN}\s?(?:的|之间|者)?,?\s?(?:评|定|评定|确定|等级|等次)?(?:为|是|:|属于|的?为)?\s?[“\"]?(?P<grade>{WORDS})")
_BACKWARD = regex.compile(rf"[“\"]?(?P<grade>{WORDS})[”\"]?\s?(?:等级|等次|级)?\s?(?:\(|\[|:|为|指)\s?(?:评价|综合|自评)?(?:总?得分|总?分|S|s)?(?:在|为|是)?\s?{_SPAN}")
_GOOD, _GRADE = regex.compile("[优良]"), regex.compile("[优良中差格般]")
_FEW = 3
"""So many grades make bands: one of them, at least, is good, as there are but two others."""


def grade_of(word: str) -> str:
    """Return the grade a word stands for, empty where it stands between two (优良)."""
    return _GRADES.get(word, "")


def bands_in(text: str) -> dict[str, tuple[int, int]]:
    """Return the bands a paragraph defines, grade by grade; empty unless it defines three or more."""
    folded = fold(text)
    if not _GOOD.search(folded) or len(_GRADE.findall(folded)) < _FEW or not any(c.isdigit() for c in folded):
        return {}
    for pattern in (_FORWARD, _BACKWARD):
        found: dict[str, tuple[int, int]] = {}
        for match in pattern.finditer(folded):
            grade = grade_of(match["grade"])
            if grade and (band := _band(match)):
                found.setdefault(grade, band)
        if len(found) >= _FEW:
            return found
    return {}


def told_in_bands(text: str) -> list[tuple[int, int]]:
    """Where a folded text says which marks make which grade, were it of one grade alone; grades before their marks (优(≥90)、良(≥80)) of two or more.

    >>> told_in_bands("得92分,评为优(90分及以上为优)"), told_in_bands("评为优(≥90分)")
    ([(9, 17)], [])
    """
    forward, backward = ([match.span() for match in pattern.finditer(text)] for pattern in (_FORWARD, _BACKWARD))
    return forward or (backward if len(backward) > 1 else [])


def _band(match: regex.Match[str]) -> tuple[int, int] | None:
    whole = {k: int(v.partition(".")[0]) for k, v in match.groupdict().items() if v and k != "grade"}
    low = whole.get("low", whole.get("least", whole.get("over", 0)))
    high = whole.get("high", whole.get("under", whole.get("most", 100)))
    return (low, high) if low < high <= 120 else None
