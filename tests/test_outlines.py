"""Rows over rows, however they are labelled, cut and added up: what is found of them does not fall, and nothing right is accused."""

from __future__ import annotations

import json

from tests import outlines


def test_sums_of_rows_over_rows_are_found_as_before_and_none_is_accused() -> None:
    held, now = json.loads(outlines.FLOORS.read_text("utf-8")), outlines.measured()
    assert now["found"] >= held["found"], now
    assert now["accused"] == 0
