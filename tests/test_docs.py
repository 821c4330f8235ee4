"""What the pages promise is so."""

from __future__ import annotations

import importlib.util
import re
import sys
import tomllib
from pathlib import Path
from types import ModuleType

import pytest

from fusuan import cli, commands

ROOT = Path(__file__).parent.parent
PAGES = ("README.md", "README.zh.md")


def refresh() -> ModuleType:
    spec = importlib.util.spec_from_file_location("refresh", ROOT / "docs" / "refresh.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.skipif(sys.platform == "win32", reason="paths are printed with the other slash")
@pytest.mark.parametrize("name", PAGES)
def test_examples_are_what_the_program_prints(name: str) -> None:
    """`python docs/refresh.py` rewrites them."""
    page = (ROOT / name).read_text(encoding="utf-8")
    assert "<!-- fusuan check" in page
    assert refresh().refreshed(page) == page


@pytest.mark.parametrize("name", [*PAGES, "CONTRIBUTING.md", "docs/quickstart.zh.md", "docs/architecture.md", "docs/dependencies.md", "docs/benchmark.md"])
def test_links_lead_somewhere(name: str) -> None:
    page = ROOT / name
    links = re.findall(r"\]\(([^)#]+)[^)]*\)", page.read_text(encoding="utf-8"))
    assert all((page.parent / link).exists() for link in links if not link.startswith("http"))


def test_the_twins_say_the_same() -> None:
    ours, theirs = ((ROOT / name).read_text(encoding="utf-8") for name in PAGES)
    for pattern in (r"^## ", r"^\|", r"^```", r"^    \S"):
        assert len(re.findall(pattern, ours, re.MULTILINE)) == len(re.findall(pattern, theirs, re.MULTILINE)), pattern


@pytest.mark.parametrize("name", PAGES)
def test_every_command_is_in_the_readme(name: str) -> None:
    page = (ROOT / name).read_text(encoding="utf-8")
    assert all(f"`fusuan {command}" in page for command in commands.names())


def test_every_dependency_is_accounted_for() -> None:
    page = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    names = [re.split("[<>=]", dependency)[0] for dependency in project["dependencies"]]
    assert all(f"| {name} |" in page for name in names)
    assert project["version"] == cli.VERSION
