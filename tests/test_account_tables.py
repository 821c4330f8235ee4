"""Tables of account codes: the code says what belongs under what; code and number columns are no amounts."""

from __future__ import annotations

import pytest

from tests.account_tables import CODED, LEFT_ALONE, PROVED
from tests.test_form_money import judged


@pytest.mark.parametrize("name", CODED)
def test_codes_give_the_hierarchy(name: str) -> None:
    assert judged(CODED[name]) == []


@pytest.mark.parametrize("name", LEFT_ALONE)
def test_what_is_no_amount_is_not_added(name: str) -> None:
    assert judged(LEFT_ALONE[name]) == []


@pytest.mark.parametrize("name", PROVED)
def test_rows_prove_which_columns_add_up(name: str) -> None:
    assert judged(PROVED[name]) == []
