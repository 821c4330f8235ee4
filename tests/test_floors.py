"""The folders stand on floors: each may import only from those below it, or from itself."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FLOORS = ({"model"}, {"extract", "patterns", "checks", "export"}, {"batch"}, {"cli"})
BELOW = {name: set[str]().union(*FLOORS[:n]) for n, floor in enumerate(FLOORS) for name in floor}
MODULES = sorted(path for name in BELOW for path in [*ROOT.glob(f"{name}.py"), *ROOT.glob(f"{name}/**/*.py")])


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.partition(".")[0]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_point_down(path: Path) -> None:
    home = path.relative_to(ROOT).parts[0].removesuffix(".py")
    assert BELOW.keys() & set(imported(path)) <= BELOW[home] | {home}


def test_every_folder_of_code_has_a_floor() -> None:
    folders = {path.parent.name for path in ROOT.glob("*/__init__.py")}
    assert folders <= BELOW.keys()


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_numbers_of_reports_are_never_floats(path: Path) -> None:
    """`float(` appears nowhere where figures are read, recomputed or judged."""
    if path.relative_to(ROOT).parts[0] not in ("model", "patterns", "checks"):
        return
    calls = [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
             if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "float"]
    assert not calls
