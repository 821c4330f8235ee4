"""Tables of accounts of many kinds, framed and copied out as text: what is found of them does not fall, and nothing right is accused."""

from __future__ import annotations

import json

from tests import ledgers
from tests.ledger_kinds import made


def test_relations_are_found_and_misprints_accused_as_before_and_nothing_right_is() -> None:
    held, now = json.loads(ledgers.FLOORS.read_text("utf-8")), ledgers.totals()
    assert now["accused"] <= held["accused"] and now["others"] <= held["others"], now
    assert all(now[key] >= held[key] for key in ("framed found", "framed caught", "found", "caught")), now


def test_a_misprint_is_one_figure_of_the_table() -> None:
    case = made("by_source", 0)
    spoilt = ledgers.misprinted(case, 0)
    assert spoilt is not None
    changed, relation, new = spoilt
    cells = [(a, b) for one, two in zip(case["blocks"], changed["blocks"], strict=True) if not isinstance(one, str)
             for row, other in zip(one, two, strict=True) for a, b in zip(row, other, strict=True) if a != b]
    assert cells == [(relation["stated"], new)]
