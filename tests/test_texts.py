"""Reports of many kinds: what is found of them does not fall, and nothing right in them is accused anew."""

from __future__ import annotations

from tests import texts


def test_as_much_is_found_as_before() -> None:
    now, held = texts.totals(), texts.floors()
    assert now["missed"] <= held["missed"] and now["caught"] >= held["caught"], now


def test_nothing_is_accused_that_was_not() -> None:
    assert texts.totals()["accused"] <= texts.floors()["accused"], [m.accused for m in texts.measured() if m.accused]
