"""等级与总得分所在分档一致

报告印有分档的按其分档；没有的按财预〔2020〕10号：优≥90，良≥80，中≥60，差＜60，各地另有分档的只作提示。
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from fusuan.checks._say import severity
from fusuan.model import Figure, Finding, Quantity, Statement, Verdict, Words

KINDS = ("grade",)
Bands = Mapping[str, tuple[int, int]]
_GENERAL: Bands = {"优": (90, 100), "良": (80, 90), "中": (60, 80), "差": (0, 60)}
_WIDEST: Bands = {"优": (85, 200), "良": (75, 90), "中": (60, 80), "差": (0, 65)}
"""The outer limits of the schemes in use (90/80/60 of 财预〔2020〕10号; 90/75/60 and 85/75/60 of older local rules)."""
_GRADE = {"优秀": "优", "良好": "良", "中等": "中", "合格": "中", "基本合格": "中", "一般": "中", "及格": "中",
          "较差": "差", "不合格": "差", "不及格": "差"}


def check(statement: Statement) -> Iterator[Finding]:
    """Yield whether the grade's band holds the score."""
    words, scores = statement.stated, statement.readings[0]["score"]
    if not isinstance(words, Words) or not scores:
        return
    score, printed = scores[0], _printed(statement.facts.get("bands", ""))
    grade = _GRADE.get(words.text, words.text)
    bands = printed or _GENERAL
    if grade not in bands:
        return
    should = next((g for g, band in bands.items() if _within(score, band)), "")
    if _within(score, bands[grade]):
        verdict, supposition = Verdict.HOLDS, ""
    elif not printed and _within(score, _WIDEST[grade]):
        verdict, supposition = Verdict.DOUBTFUL, "如本地另有分档，则可能相符"
    else:
        verdict, supposition = Verdict.BROKEN, ""
    yield Finding("grade", "grade", words, verdict, severity(statement, verdict),
                  _message(words, score, verdict, should, bool(printed)), _computed(words, grade, score, bands), should, supposition,
                  statement.quote)


def _computed(words: Words, grade: str, score: Figure, bands: Bands) -> Quantity:
    """The score with the bands it is held against: 72分 按 优90～100、良80～90、中60～80、差0～60（“合格”即中）."""
    told = "、".join(f"{name}{low}～{high}" for name, (low, high) in bands.items())
    also = "" if words.text.strip().startswith(grade) else f"（“{words.text.strip()}”即{grade}）"
    return replace(Quantity.of(score), tokens=(score, " 按 ", told + also))


def _within(score: Figure, band: tuple[int, int]) -> bool:
    """Both ends count: which side a shared end belongs to is often not said."""
    return band[0] <= score.value <= band[1] or band[1] == 100 and score.value > 100


def _printed(bands: str) -> Bands:
    pairs = (piece.split(":") for piece in bands.split(";") if piece)
    return {grade: (int(low), int(high)) for grade, (low, high) in ((g, b.split("-")) for g, b in pairs)}


def _message(words: Words, score: Figure, verdict: Verdict, should: str, own: bool) -> str:
    by = "报告所列分档" if own else "财预〔2020〕10号分档"
    if verdict is Verdict.HOLDS:
        return f"{score.text.strip()}评为“{words.text}”，与{by}相符"
    tail = "；如本地另有分档，则可能相符" if verdict is Verdict.DOUBTFUL else ""
    return f"{score.text.strip()}按{by}应为“{should}”，报告评为“{words.text}”{tail}"


