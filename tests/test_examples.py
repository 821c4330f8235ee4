"""The examples in docstrings do what they say: all of one module with `-k growth`."""

from __future__ import annotations

import doctest
from collections.abc import Iterator
from importlib import import_module

import pytest

from tests import form_layouts, house

NAMES = [f"{house.PACKAGE}.{name}" for name in house.modules()]


def examples() -> Iterator[doctest.DocTest]:
    for module in (*map(import_module, NAMES), form_layouts, house):
        yield from (found for found in doctest.DocTestFinder().find(module) if found.examples)


def failures(example: doctest.DocTest) -> str:
    """Say where an example gives something else than it says; nothing where it does as it says."""
    told: list[str] = []
    doctest.DocTestRunner(verbose=False).run(example, out=told.append)
    return "".join(told)


@pytest.mark.parametrize("example", [*examples()], ids=lambda example: example.name.removeprefix(f"{house.PACKAGE}."))
def test_examples(example: doctest.DocTest) -> None:
    if told := failures(example):
        pytest.fail(told, pytrace=False)


def test_an_example_that_is_wrong_fails() -> None:
    (good, bad) = (doctest.DocTestParser().get_doctest(f">>> 1 + 1\n{value}\n", {}, "f", "f.py", 0) for value in (2, 3))
    assert not failures(good)
    assert "Got:\n    2" in failures(bad)
