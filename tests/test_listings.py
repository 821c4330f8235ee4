"""A total and its parts, in every layout that reports have for them: what is found of them does not fall."""

from __future__ import annotations

import json

from tests import listings


def test_totals_are_found_and_their_misprints_accused_as_before_and_nothing_right_is() -> None:
    held, now = json.loads(listings.FLOORS.read_text("utf-8")), listings.measured()
    assert now["found"] >= held["found"] and now["caught"] >= held["caught"], now
    assert now["accused"] == 0
