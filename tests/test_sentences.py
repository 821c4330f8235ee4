"""The hard sentences of corpus/sentences/: no fewer are read right than were, and in no more is anything right accused.

The reader weighs evidence by learned weights, so learning again may move a sentence either way: what is held is the counts in
bench/sentences.json, which may only get better. `make sentences` writes down what has; corpus/unread.toml lists what is not read.
"""

from __future__ import annotations

import re
import tomllib
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal, getcontext

import pytest

from fusuan.model import Verdict
from tests.sentences import (
    AGREES,
    FLOORS,
    UNREAD,
    Expected,
    Reading,
    Sentence,
    better,
    floors,
    measured,
    narrow,
    newly,
    reading,
    sentences,
)

KINDS = {"sum", "balance", "rate", "growth", "trend", "cross", "unit", "caps", "score_sum"}
EVERY = pytest.mark.parametrize("sentence", sentences(), ids=lambda sentence: f"{sentence.name}-{sentence.family}")


def test_no_fewer_are_read_and_no_more_accused() -> None:
    now, held = measured(), floors()
    worse = {key: f"{now[key]}, was {value}" for key, value in held.items() if better(key, now[key], value) != now[key]}
    assert not worse, f"{worse}\n{newly()}"


def test_what_is_not_read_is_listed_under_sentences_that_exist() -> None:
    """The list is for people; `make sentences` writes it."""
    names = {f"{sentence.name} {sentence.family}" for sentence in sentences()}
    assert tomllib.loads(UNREAD.read_text(encoding="utf-8")).keys() <= names
    assert floors().keys() == {"right", "accused", "noticed"}, FLOORS


RIGHT = Sentence("", "", "支出合计420.50万元，其中：基本支出300.20万元，项目支出120.30万元。", ("sum: 420.50万元 = 300.20 + 120.30",), (), False)
WRONG = RIGHT._replace(text=RIGHT.text.replace("300.20", "310.20"), expect=("sum: 420.50万元 ≠ 310.20 + 120.30",))


@pytest.mark.parametrize(("sentence", "accused", "missed"), [
    (RIGHT, 0, 0),
    (WRONG, 0, 0),
    (WRONG._replace(expect=()), 1, 0),
    (RIGHT._replace(expect=("sum: 420.50万元 ≠ 300.20 + 120.30",)), 0, 1),
    (RIGHT._replace(expect=("sum: 420.50万元 = 300.20",)), 0, 1),
    (RIGHT._replace(expect=("rate: 420.50万元 = 300.20 + 120.30",)), 0, 1),
])
def test_a_reading_is_judged(sentence: Sentence, accused: int, missed: int) -> None:
    found: Reading = reading(sentence, "full")
    assert (len(found.accused), len(found.missed)) == (accused, missed)
    assert found.right == (not accused and not missed)




def _computed(way: str) -> Decimal:
    getcontext().prec = 40
    return Decimal(eval(re.sub(r"[0-9]+(?:\.[0-9]+)?", lambda m: f"Decimal('{m.group()}')", way), {"Decimal": Decimal}))


@EVERY
def test_the_expectations_are_sound(sentence: Sentence) -> None:
    """The author's own arithmetic, done here apart from the program: what must hold does, what is broken is not close."""
    for line in sentence.expect:
        expected = Expected.of(line)
        assert set(expected.kinds) <= KINDS, line
        assert narrow(expected.stated) in narrow(sentence.text), line
        if sentence.spelt:
            continue
        digits = re.search(r"[0-9,]+(?:\.[0-9]+)?", narrow(expected.stated))
        assert digits is not None, line
        stated = Decimal(digits.group().replace(",", ""))
        scale = {"%": 100, "‰": 1000}.get(narrow(expected.stated)[-1], 1) if {"rate", "growth"} & set(expected.kinds) else 1
        for way in expected.ways:
            value = abs(_computed(way) * scale)
            near = {value.quantize(stated, mode) for mode in (ROUND_HALF_UP, ROUND_DOWN)}
            if expected.verdicts == AGREES:
                assert stated in near, f"{line}: {value}"
            elif Verdict.BROKEN in expected.verdicts:
                assert stated not in near or _computed(way) < 0, f"{line}: {value}"  # what fell did not grow by as much


def test_silent_figures_stand_in_their_text() -> None:
    for sentence in sentences():
        for figure in sentence.silent:
            assert narrow(figure) in narrow(sentence.text), figure
        assert sentence.expect or sentence.silent, sentence.text
