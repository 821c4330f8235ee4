"""Forms copied out as text, in every style: no fewer of their relations are found than before, and nothing right is accused anew."""

from __future__ import annotations

import pytest

from bench import flattened


@pytest.mark.parametrize("style", flattened.STYLES)
def test_no_less_is_read_of_a_style(style: str) -> None:
    now, held = flattened.measured(style)[0], flattened.floors()[style]
    assert now["found"] >= held["found"] and now["accused"] <= held["accused"], flattened.measured(style)[1]


def test_a_number_is_one_however_it_is_printed() -> None:
    assert flattened.numbers("≥1,236.50元", "1236.5") == flattened.numbers("1236.50")


def test_a_relation_needs_its_figure_and_half_of_its_operands() -> None:
    case = next(case for case in flattened._cases() if case["name"] == "settlement")
    found, findings = flattened._framed("settlement")
    assert found and not flattened.met(case, []) and len(flattened.met(case, findings[:1])) == 1
