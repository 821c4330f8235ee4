"""Every part offers what its folder asks for, says what it does in Chinese, and shows it."""

from __future__ import annotations

import doctest
import re
from types import ModuleType
from typing import cast

import pytest

from fusuan import model
from fusuan.checks import checks
from fusuan.export import writers
from fusuan.extract import readers
from fusuan.patterns import patterns

READERS, PATTERNS, CHECKS, WRITERS = (
    cast("tuple[ModuleType, ...]", parts()) for parts in (readers, patterns, checks, writers))


def ids(part: ModuleType) -> str:
    return part.__name__


@pytest.mark.parametrize("part", [*READERS, *PATTERNS, *CHECKS, *WRITERS], ids=ids)
def test_says_in_chinese_what_it_does(part: ModuleType) -> None:
    assert re.search("[\u4e00-\u9fff]", (part.__doc__ or "").strip().splitlines()[0])


@pytest.mark.parametrize("part", READERS, ids=ids)
def test_reader(part: ModuleType) -> None:
    assert part.SUFFIXES
    assert all(suffix.startswith(".") and suffix == suffix.lower() for suffix in part.SUFFIXES)
    assert callable(part.read)


@pytest.mark.parametrize("part", PATTERNS, ids=ids)
def test_pattern_shows_what_it_reads_and_what_it_leaves(part: ModuleType) -> None:
    assert callable(part.find)
    examples = doctest.DocTestFinder(recurse=False).find(part, globs={})[0].examples
    assert examples
    assert "\n>>> " in f"\n{part.__doc__}"


@pytest.mark.parametrize("part", CHECKS, ids=ids)
def test_check_takes_kinds_that_exist(part: ModuleType) -> None:
    assert callable(part.check)
    assert part.KINDS
    assert set(part.KINDS) <= set(model.KINDS)


def test_every_kind_of_statement_has_one_check() -> None:
    taken = [kind for part in CHECKS for kind in part.KINDS]
    assert sorted(taken) == sorted(model.KINDS)


@pytest.mark.parametrize("part", WRITERS, ids=ids)
def test_writer(part: ModuleType) -> None:
    assert callable(part.write)
    assert isinstance(part.SUFFIXES, tuple)


@pytest.mark.parametrize("parts", [READERS, WRITERS], ids=["readers", "writers"])
def test_suffixes_do_not_clash(parts: tuple[ModuleType, ...]) -> None:
    suffixes = [suffix for part in parts for suffix in part.SUFFIXES]
    assert len(suffixes) == len(set(suffixes))
