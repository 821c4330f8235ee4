"""Scoring rules in words against the marks they must give (criteria.toml)."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from fusuan.checks._criterion import Criterion, Marks, Refusal, parse

_DATA = tomllib.loads((Path(__file__).parent / "criteria.toml").read_text(encoding="utf-8"))
_PLACES = Decimal("0.0001")
_FAMILIES = {"A": 10, "B": 17, "C": 8, "D": 18, "E": 25, "F": 16, "G": 7, "H": 11}


def _cases() -> list[Any]:
    return [pytest.param(case, text, id=f"{case['id']}-{number}")
            for case in _DATA["case"] for number, text in enumerate(case["texts"])]


def _told(marks: Marks | None) -> set[str]:
    if marks is None:
        return {"-"}
    return {_plain(mark) for mark, _, _ in marks.readings} | {f"{_plain(a)}~{_plain(b)}" for a, b in marks.ranges}


def _plain(number: Decimal) -> str:
    text = f"{number.quantize(_PLACES):f}"
    return text.rstrip("0").rstrip(".")


def _read(text: str) -> Criterion:
    rule = parse(text)
    assert isinstance(rule, Criterion), rule
    return rule


@pytest.mark.parametrize(("case", "text"), _cases())
def test_a_rule_gives_the_marks_it_must(case: dict[str, Any], text: str) -> None:
    rule = _read(text)
    full = Decimal(case["full"])
    target = Decimal(case["target"]) if "target" in case else None
    operands = {name: Decimal(value) for name, value in case.get("operands", {}).items()}
    for pair in filter(None, case.get("marks", "").split("; ")):
        value, _, expected = pair.partition("=")
        marks = rule.marks(Decimal(value), full, target=target, operands=operands)
        assert _told(marks) == set(expected.split("|")), (value, marks)
    if "words" in case:
        assert _told(rule.possible(full)) == set(case["words"].split("|"))
    if "exempt" in case:
        assert rule.exempt == case["exempt"]


@pytest.mark.parametrize(("case", "text"), _cases())
def test_full_width_and_blanks_change_nothing(case: dict[str, Any], text: str) -> None:
    wide = "".join(chr(ord(c) + 0xFEE0) if c in "0123456789%()<>=:;," else c for c in text)
    blank = " ".join(text)
    full, target = Decimal(case["full"]), Decimal(case["target"]) if "target" in case else None
    for value in (Decimal(0), Decimal("61.5"), Decimal(100)):
        first = _told(_read(text).marks(value, full, target=target))
        assert _told(_read(wide).marks(value, full, target=target)) == first
        if "\n" not in text and "(1分) " not in text:
            assert _told(_read(blank).marks(value, full, target=target)) == first


def test_every_phrasing_of_the_catalogue_has_a_case() -> None:
    known = {case["id"] for case in _DATA["case"]}
    assert {f"{family}{number}" for family, count in _FAMILIES.items() for number in range(1, count + 1)} <= known
    assert {f"I{number}" for number in range(1, 10)} <= {case["id"] for case in _DATA["refused"]}


@pytest.mark.parametrize(("text", "reason"), [(t, case["reason"]) for case in _DATA["refused"] for t in case["texts"]])
def test_what_cannot_be_recomputed_is_refused_with_its_reason(text: str, reason: str) -> None:
    refused = parse(text)
    assert isinstance(refused, Refusal)
    assert reason in refused.reason and refused.reason


def test_the_full_mark_printed_in_the_rule() -> None:
    assert _read("控制率≤100%，计5分；每超过1%扣1分").stated_full() == 5
    assert _read("得分=20分×执行率").stated_full() == 20
    assert _read("①制度健全1分；②执行有效2分").stated_full() == 3
    assert _read("≥90%得满分，否则不得分").stated_full() is None


def test_a_full_mark_other_than_the_rules_own_is_a_second_reading() -> None:
    marks = _read("控制率≤100%，计5分；每超过1%扣1分").marks(Decimal(90), Decimal(8))
    assert marks is not None and _told(marks) == {"5", "8"} and marks.plainly is None


def test_names_of_what_is_measured_and_counted() -> None:
    rule = _read("预算执行率≥95%得满分，每低1个百分点扣0.5分")
    assert (rule.measure, rule.unit, rule.items) == ("预算执行率", "%", ())
    rule = _read("每发现一处账实不符扣2分")
    assert rule.items[0].size == 1 and rule.items[0].unit == "处" and "账实不符" in rule.subject


def test_a_mark_is_allowed_rounded_or_cut() -> None:
    marks = _read("得分=分值×执行率").marks(Decimal("97.36"), Decimal(10))
    assert marks is not None
    allowed = [marks.allows(Decimal(text), len(text.partition(".")[2])) for text in ("9.736", "9.74", "9.73", "9.7", "10")]
    assert allowed == [True, True, True, True, True]
    assert not marks.allows(Decimal("9.8"), 1) and not marks.allows(Decimal("9.75"), 2)


@pytest.mark.parametrize("unit", ["每", "扣", "1", "分", "≥", "按比例", "得5分", "每1项扣1分", "(", "×", "分值×", "80%-", "、", "一",
                                  "a", "按", "不足", "得分=", "根据", "视", "超过目标值的", "每超过", "上年", "最高;", "\n1、甲"])
def test_hostile_text_is_read_in_linear_time(unit: str, linear: Callable[..., None]) -> None:
    def work(size: int) -> None:
        rule = parse((unit * size)[:size])
        if isinstance(rule, Criterion):
            rule.marks(Decimal(50), Decimal(10))
            rule.possible(Decimal(10))

    work(1200)  # as long as a rule may be: what is longer is refused
    linear(work, 25_000)
