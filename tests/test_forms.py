"""Forms of many layouts: what is found of them and what is noticed of misprints does not fall, and nothing right is accused anew."""

from __future__ import annotations

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
