"""What an installation takes is written down, and the limits that the pages promise are those of the program."""

from __future__ import annotations

import re
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from fusuan.extract import _libreoffice, _limits, _package, _packed, _pdf_forms, _pdf_page, _pdf_source, _sheet_formulas
from tests.test_docs import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
WANTED = [*PROJECT["dependencies"], *(name for names in PROJECT["optional-dependencies"].values() for name in names)]
LOCKED = {canonicalize_name(name): version for name, _, version in (
    line.partition("==") for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines() if not line.startswith("#"))}


@pytest.mark.parametrize("wanted", [name for name in WANTED if not name.startswith("fusuan")])
def test_every_dependency_is_locked_to_a_version_it_may_have(wanted: str) -> None:
    """`python3 start.py lock` writes them anew."""
    requirement = Requirement(wanted)
    assert requirement.specifier.contains(LOCKED[canonicalize_name(requirement.name)], prereleases=True)


def test_the_lock_names_no_place() -> None:
    assert all(re.fullmatch(r"[a-z0-9_.-]+==[0-9][A-Za-z0-9_.+!-]*", line) for line in (ROOT / "constraints.txt").read_text(
        encoding="utf-8").splitlines()[1:])


@pytest.mark.parametrize("said", [
    f"{_libreoffice.SECONDS} s", f"{_package.MOST >> 20} MB in all", f"{_package.MOST_XML >> 20} MB one XML part", f"{_package.MOST_RATIO} times",
    f"{_packed.MOST_ONE >> 20} MB each", f"{_packed.MOST_ALL >> 30} GB in all", f"{_pdf_source.MOST_PAGES} pages",
    *(f"{number:,}".replace(",", " ") for number in (
        _package.MOST_PARTS, _packed.MOST_MEMBERS, _limits.MOST_POSITIONS, _limits.MOST_TABLES, _limits.MOST_PARAGRAPHS, _limits.MOST_CHARACTERS,
        _pdf_forms.MOST_DRAWN, _pdf_page.MOST_GLYPHS, _pdf_page.MOST_OBJECTS, _sheet_formulas._MOST_FORMULAS, _sheet_formulas._MOST_OPERANDS)),
])
def test_the_limits_are_those_of_the_program(said: str) -> None:
    assert said in (ROOT / "docs" / "formats.md").read_text(encoding="utf-8")
