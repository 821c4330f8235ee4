"""What must hold of every scoring rule, whatever its numbers."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from fusuan.checks._criterion import Criterion, Marks, Refusal, parse

_RATE = st.decimals(0, 150, places=2)
_FULL = st.sampled_from([Decimal(text) for text in ("1", "2.5", "5", "8", "10", "20")])
_STEP = st.sampled_from(["0.1", "0.5", "1", "2", "5", "10"])
_OFF = st.sampled_from(["0.1", "0.5", "1", "2"])
_LIMIT = st.integers(60, 100)
_WORDS = ["每低于", "每", "个百分点", "%", "扣", "分", "得", "满分", "≥", "≤", "90", "100", "0.5", "-", "以上", "（含）", "，", "；", "不得分",
          "按比例", "分值", "×", "执行率", "/", "(", ")", "目标值", "酌情", "一", "项", "否则", "扣完为止", "最多", "\n", "①", "每出现", "超过"]


def _rule(text: str) -> Criterion:
    rule = parse(text)
    assert isinstance(rule, Criterion), (text, rule)
    return rule


def _marks(rule: Criterion, value: Decimal, full: Decimal, target: Decimal | None = None) -> Marks:
    marks = rule.marks(value, full, target=target)
    assert marks is not None and marks.readings
    return marks


def _extremes(marks: Marks) -> tuple[Decimal, Decimal]:
    span = marks.span
    assert span is not None
    return span


@given(_RATE, _RATE, _FULL, _STEP, _OFF, _LIMIT)
def test_less_execution_never_earns_more(one: Decimal, other: Decimal, full: Decimal, step: str, off: str, limit: int) -> None:
    rule = _rule(f"执行率≥{limit}%得满分，每低{step}个百分点扣{off}分，扣完为止")
    low, high = (_extremes(_marks(rule, value, full)) for value in sorted((one, other)))
    assert low[0] <= high[0] and low[1] <= high[1]


@given(_RATE, _RATE, _FULL, _STEP, _OFF)
def test_more_overspending_never_earns_more(one: Decimal, other: Decimal, full: Decimal, step: str, off: str) -> None:
    rule = _rule(f"控制率≤100%计满分；每超过{step}%扣{off}分，扣完为止")
    less, more = (_extremes(_marks(rule, value, full)) for value in sorted((one, other)))
    assert more[0] <= less[0] and more[1] <= less[1]


@given(_RATE, _FULL, _STEP, _OFF, _LIMIT)
def test_marks_stay_between_nothing_and_the_full_mark(value: Decimal, full: Decimal, step: str, off: str, limit: int) -> None:
    for text in (f"≥{limit}%得满分，每低{step}%扣{off}分", "得分=分值×执行率", f"≥{limit}%得满分，低于{limit}%按比例得分",
                 f"执行率{limit}%以上得满分，低于{limit}%得分值的60%", f"100%得满分，每超过（降低）{step}%扣{off}分"):
        low, high = _extremes(_marks(_rule(text), value, full))
        assert 0 <= low <= high <= full


@given(_FULL, _STEP, _OFF, st.decimals(1, 120, places=1))
def test_a_value_at_its_target_earns_the_full_mark(full: Decimal, step: str, off: str, target: Decimal) -> None:
    for text in (f"达到目标值得满分，每低于目标值{step}%扣{off}分", "未达到目标值的，按完成值与目标值的比例计分", "得分=权重×B/A",
                 f"低于目标值的，每低{step}个百分点扣{off}分"):
        assert _marks(_rule(text), target, full, target).plainly == full


@given(st.lists(st.sampled_from(_WORDS), max_size=30), _RATE, _FULL)
@settings(max_examples=300)
def test_any_text_is_read_or_refused(words: list[str], value: Decimal, full: Decimal) -> None:
    rule = parse("".join(words))
    if isinstance(rule, Refusal):
        assert rule.reason
        return
    for target in (None, Decimal(0), Decimal(90)):
        rule.marks(value, full, target=target)
    rule.possible(full)
    rule.stated_full()


@given(st.text(max_size=80), _RATE)
@settings(max_examples=200)
def test_no_text_raises(text: str, value: Decimal) -> None:
    rule = parse(text)
    if isinstance(rule, Criterion):
        rule.marks(value, Decimal(10))
