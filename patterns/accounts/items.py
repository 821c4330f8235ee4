"""Accounts named in running text with their amounts: 教育支出（205类）普通教育（02款）小学教育（02项）35.20万元.

The path may lack its outer levels; the amount is that right behind the path, that of 支出决算为, or that of 预算安排 of a year.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from fusuan.model import Figure
from fusuan.patterns._report import Text
from fusuan.patterns.cues.times import EARLIER

_NAME = r"[\p{Han}、()]{2,40}?"
_PATH = regex.compile(rf"(?:(?P<class>{_NAME})[(](?:[0-9]{{3}})?类[)](?:支出)?)?(?:(?P<group>{_NAME})[(](?:[0-9]{{2}})?款[)](?:支出)?)?"
                      rf"(?P<item>{_NAME})[(](?:[0-9]{{2}})?(?P<level>[类款项])[)]")
_LEVEL = regex.compile(r"[(](?:[0-9]{2,3})?[类款项][)]")
_QUOTED = regex.compile(r"[“\"](?P<item>[\p{Han}、()]{2,24})[”\"](?:科目|支出|类)?")
_RIGHT_BEHIND = regex.compile(r"[”\"]?(?:科目)?(?:支出|预算|决算)?(?:数)?(?:为|:)?\s*")
_LATER = regex.compile(r"(?P<final>支出决算|决算支出|决算)(?:数|额)?(?:为|是)\s*$|(?P<year>20[0-9]{2})年(?:度)?(?:当年)?预算(?:数|安排)(?:数)?(?:为|是)?\s*$")
_YEAR = regex.compile(r"20[0-9]{2}(?=\s*年)")
_NUMBER = regex.compile(r"^(?:其中|包括|主要用于以下方面)?[:：]?(?:[(]?[一二三四五六七八九十0-9]{1,3}[)]?[、..])?")


@dataclass(frozen=True, slots=True)
class Told:
    """An amount said of an account: names outermost first, the year it is said of ("" this one), whether as final account."""

    path: tuple[str, ...]
    level: str
    figure: Figure
    year: str = ""
    final: bool = False


def items_of(text: Text) -> Iterator[Told]:
    """Yield the accounts of a paragraph with their amounts.

    >>> from fusuan.model import Paragraph, Place
    >>> line = "1、教育支出（205类）普通教育（02款）小学教育（02项）35.20万元。上年执行数为30.00万元，2024年预算安排35.20万元。"
    >>> [(t.path, t.figure.text, t.year) for t in items_of(Text.of(Paragraph(line, Place())))]
    [(('教育支出', '普通教育', '小学教育'), '35.20万元', ''), (('教育支出', '普通教育', '小学教育'), '35.20万元', '2024')]
    """
    folded = text.folded
    if "(" not in folded and "“" not in folded and '"' not in folded:
        return
    found = [*_PATH.finditer(folded)] if _LEVEL.search(folded) else [*_QUOTED.finditer(folded)]
    for turn, match in enumerate(found):
        names = match.groupdict()
        path = tuple(_NUMBER.sub("", name).lstrip("、,") for level in ("class", "group", "item") if (name := names.get(level)))
        end = found[turn + 1].start() if turn + 1 < len(found) else len(folded)
        for figure in text.figures:
            if match.end() <= figure.span[0] < end and figure.dimension == "money" and not figure.sign:
                before = folded[match.end():figure.span[0]]
                if _RIGHT_BEHIND.fullmatch(before):
                    yield Told(path, names.get("level") or "类", figure, _year_before(folded[:match.start()]))
                elif later := _LATER.search(before):
                    yield Told(path, names.get("level") or "类", figure, later["year"] or "", bool(later["final"]))


def _year_before(text: str) -> str:
    """The year that the sentence up to here speaks of; "-" where it is the one before."""
    sentence = text[text.rfind("。") + 1:]
    if EARLIER.search(sentence):
        return "-"
    years = _YEAR.findall(sentence)
    return years[-1] if years else ""
