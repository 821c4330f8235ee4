"""The shares that bench/tables.py prints: on our own accounts nearly all that holds between cells is found, and its own parser reads it."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.tables import shares

SPECIMENS = Path(__file__).parent.parent / "corpus" / "specimens"
BARS = {"parent": 0.95, "total row": 0.95, "row": 0.95, "sisters": 0.95, "text": 0.7}


@pytest.mark.parametrize("suffix", ["docx", "pdf"])
def test_nearly_all_that_holds_is_found(suffix: str) -> None:
    found = shares([SPECIMENS / f"account-tables.{suffix}"])
    assert {kind: held >= 3 for kind, (_, held) in found.items()} == dict.fromkeys(BARS, True)
    assert {kind: seen / held for kind, (seen, held) in found.items() if seen / held < BARS[kind]} == {}
