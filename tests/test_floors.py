"""The folders stand on floors: each may import only from those below it, or from itself, and nothing goes in a circle."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.house import ROOT, circles, graph, imported, module_of, modules, tree

FLOORS = ({"model"}, {"desk"}, {"extract", "patterns", "checks", "export"}, {"relations", "batch"}, {"marked"}, {"page"},
          {"commands"}, {"cli"})
BELOW = {name: set[str]().union(*FLOORS[:n]) for n, floor in enumerate(FLOORS) for name in floor}
BELOW["relations"] -= {"extract", "export"}
BELOW["batch"] |= {"relations"}
ROOMS = ({"text"}, {"figures"}, {"names", "cues"}, {"grids"}, {"forms", "amounts"}, {"accounts", "marks"})
UNDER = {name: set[str]().union(*ROOMS[:n]) for n, floor in enumerate(ROOMS) for name in floor}
ALL = pytest.mark.parametrize("path", modules().values(), ids=lambda path: str(path.relative_to(ROOT)))


def home(module: str) -> str:
    return module.partition(".")[0]


@pytest.mark.parametrize("module", modules())
def test_imports_point_down(module: str) -> None:
    assert {home(found) for found in graph()[module]} <= BELOW[home(module)] | {home(module)}


def test_every_folder_of_code_has_a_floor() -> None:
    assert {path.parent.name for path in ROOT.glob("*/__init__.py")} <= BELOW.keys()
    assert {path.parent.name for path in ROOT.glob("patterns/*/__init__.py")} == UNDER.keys()


def room(module: str) -> str:
    """Return the room of `patterns` a module lies in; "" for what lies outside or beside the rooms."""
    parts = module.split(".")
    return parts[1] if parts[0] == "patterns" and len(parts) > 1 and parts[1] in UNDER else ""


@pytest.mark.parametrize("module", [name for name in modules() if room(name)])
def test_rooms_stand_on_rooms(module: str) -> None:
    """What lies beside the rooms, at the top of `patterns`, is older than they are and used by some of them."""
    assert {room(found) for found in graph()[module]} <= UNDER[room(module)] | {room(module), ""}


@pytest.mark.parametrize("module", [name for name in modules() if home(name) == "relations"])
def test_relations_enter_patterns_by_the_front_door(module: str) -> None:
    """And what reads passages knows nothing of what may be meant by them."""
    found = graph()[module]
    assert {name for name in found if home(name) == "patterns"} <= {"patterns"}
    if module.startswith("relations.passages"):
        assert all(name.startswith("relations.passages") for name in found if home(name) == "relations")


def test_arrows_are_seen(tmp_path: Path) -> None:
    """By whatever name a module is imported, at the top or within a function."""
    file = tmp_path / "a.py"
    file.write_text("import fusuan.model.place\nfrom fusuan import checks\nimport re\n\n"
                    "def f():\n    from fusuan.patterns._report import Report\n    from fusuan.model import parts\n")
    assert {module_of(name) for name in imported(file)} == {"model.place", "checks", "", "patterns._report", "model.parts"}


@pytest.mark.parametrize("path", [*modules().values(), *ROOT.glob("*/*.py")], ids=lambda path: str(path.relative_to(ROOT)))
def test_every_import_names_the_package(path: Path) -> None:
    """Under its bare name a module would be loaded twice, and two classes of one name are not the same."""
    assert not {name for name in imported(path) if home(name) in BELOW}


def private_of_others(module: str) -> set[str]:
    """Return the modules a module imports that are private to a folder it does not lie in."""
    return {found for found in graph()[module] for at, part in enumerate(found.split("."))
            if part.startswith("_") and not f"{module}.".startswith(".".join(found.split(".")[:at]) + ".")}


@pytest.mark.parametrize("module", modules())
def test_private_modules_stay_at_home(module: str) -> None:
    """What other folders may use stands in the folder's `__init__`."""
    assert not private_of_others(module)


def test_no_circles() -> None:
    assert not circles(graph())


@ALL
def test_numbers_of_reports_are_never_floats(path: Path) -> None:
    """`float(` appears nowhere where figures are read, recomputed or judged."""
    if path.relative_to(ROOT).parts[0] not in ("model", "patterns", "checks"):
        return
    calls = [node for node in ast.walk(tree(path))
             if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "float"]
    assert not calls
