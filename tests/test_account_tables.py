"""Tables of account codes: the code says what belongs under what; code and number columns are no amounts."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from fusuan.model import Document
from fusuan.patterns import form_indicators, form_totals
from fusuan.patterns._report import Report
from tests.account_tables import CODED, PROVED
from tests.account_traps import LEFT_ALONE
from tests.test_form_money import judged, laid_out


@pytest.mark.parametrize("name", CODED)
def test_codes_give_the_hierarchy(name: str) -> None:
    assert judged(CODED[name]) == []


@pytest.mark.parametrize("name", LEFT_ALONE)
def test_what_is_no_amount_is_not_added(name: str) -> None:
    assert judged(LEFT_ALONE[name]) == []


@pytest.mark.parametrize("name", PROVED)
def test_rows_prove_which_columns_add_up(name: str) -> None:
    assert judged(PROVED[name]) == []


def coded(rows: int) -> str:
    """A table of so many accounts, all of whose parents hold."""
    lines = ["科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出"]
    for n in range(rows // 4):
        group = f"{201 + n % 90}{10 + n // 90}"
        lines.append(f"{group} | 款 | {3 * n + 7}.50 | {n + 2}.25 | {2 * n + 5}.25")
        lines += [f"{group}{item:02} | 项 | {n + 2}.50 | {n}.25 | 2.25" for item in (1, 2)]
        lines.append(f"{group}99 | 项 | {n + 2}.50 | 1.75 | {2 * n}.75")
    return "\n".join(lines)


def laid(rows: int, text: str) -> Report:
    table, _ = laid_out("\n".join(text.splitlines()[:rows]))
    return Report(Document("", "", (table,)))


def test_cost_grows_with_the_rows(linear: Callable[..., None]) -> None:
    linear(lambda rows: list(form_totals.find(laid(rows, coded(rows)))), 800)


def test_a_long_list_of_plain_rows_costs_no_more(linear: Callable[..., None]) -> None:
    """What asks each line of a block about the whole block costs the square of it."""
    lines = "\n".join(["项目 | 合计 | 基本支出 | 项目支出 | 决算数 | 执行率", *(f"单位{n} | {n * 3}.50 | {n}.25 | {n * 2}.25 | {n} | 33.33%" for n in range(3, 3203))])
    linear(lambda rows: list(form_indicators.find(laid(rows, lines))), 800)
