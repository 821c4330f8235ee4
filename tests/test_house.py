"""The house grows no larger and no more tangled than it is: what bench/house.json holds may only fall.

`python tests/house.py --lower` writes down what has fallen. A folder whose code is new is not held yet.
"""

from __future__ import annotations

import ast

import pytest

from tests import house

MEASURED = house.measured()


@pytest.mark.parametrize(("name", "what"), [(name, what) for name, values in house.maxima().items() for what in values])
def test_nothing_rises(name: str, what: str) -> None:
    print(house.table())
    assert MEASURED.get(name, {}).get(what, 0) <= house.maxima()[name][what]


def test_a_length_is_that_of_the_code_not_of_its_docstring(monkeypatch: pytest.MonkeyPatch) -> None:
    text = 'def f(a,\n      b):\n    """Do."""\n\n    x = a\n    return x\n\ndef g():\n    return 1\n'
    monkeypatch.setattr(house, "tree", lambda path: ast.parse(text))
    assert list(house.function_lengths(house.ROOT)) == [4, 2]
