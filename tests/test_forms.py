"""Forms of many layouts: what is found of them and what is noticed of misprints does not fall, and nothing right is accused anew."""

from __future__ import annotations

import json

import pytest

from fusuan.model import Verdict
from tests import forms


def test_as_much_is_found_as_before() -> None:
    now, held = forms.totals(), forms.floors()
    assert now["missed"] <= held["missed"] and now["caught"] >= held["caught"], now


def test_as_many_misprints_are_noticed_as_before() -> None:
    now, held = forms.totals(), forms.floors()
    assert now["slips caught"] >= held["slips caught"] and now["slips noticed"] >= held["slips noticed"], now


def test_nothing_is_accused_that_was_not() -> None:
    now, held = forms.totals(), forms.floors()
    assert now["accused"] <= held["accused"] and now["others accused"] <= held["others accused"], now


@pytest.mark.parametrize("heading", ["评价要点", "考核要点", "考察内容说明"])
def test_rows_under_one_name_are_leaves_whatever_their_column_is_called(heading: str) -> None:
    """A heading that nobody knows costs relations, never a right form its peace."""
    accused = []
    for case in forms.cases():
        renamed = json.loads(json.dumps(case, ensure_ascii=False).replace("三级指标", heading))
        if renamed != case:
            known = {f.message for f in forms.findings_of(forms.laid_out(case))}
            accused += [(case["name"], f.message) for f in forms.findings_of(forms.laid_out(renamed)) if f.verdict is Verdict.BROKEN and f.message not in known]
    assert not accused
