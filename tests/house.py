"""What the folders of code look like from above: modules, what each imports, circles, floors, the longest functions.

`python tests/house.py` prints it; `--lower` writes down in bench/house.json what has fallen (tests/test_house.py).
"""

from __future__ import annotations

import ast
import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent
PACKAGE = "fusuan"
# every folder that holds the package, and the command line: those that are not there yet count nothing
FOLDERS = ("model", "extract", "patterns", "checks", "export", "relations", "batch", "desk", "marked", "page", "commands", "cli")
MAXIMA = ROOT / "bench" / "house.json"

Graph = Mapping[str, frozenset[str]]
"""What each module imports of ours."""


def dotted(path: Path) -> str:
    """Return the name of the module in a file, as it stands below the root."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


@cache
def modules() -> dict[str, Path]:
    paths = [path for name in FOLDERS for path in [*ROOT.glob(f"{name}.py"), *ROOT.glob(f"{name}/**/*.py")]]
    return {dotted(path): path for path in sorted(paths)}


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imported(path: Path) -> Iterator[str]:
    """Yield every name that is imported anywhere in a file, within functions too; `from a import b` is `a.b`."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def module_of(name: str) -> str:
    """Return the module of ours that an imported name is or lies in, without the package's name; "" for others."""
    parts = name.removeprefix(f"{PACKAGE}.").split(".")
    known = (".".join(parts[:count]) for count in range(len(parts), 0, -1))
    return next((module for module in known if module in modules()), "")


@cache
def graph() -> Graph:
    return {name: frozenset(filter(None, map(module_of, imported(path)))) - {name} for name, path in modules().items()}


def circles(arrows: Graph) -> list[list[str]]:
    """Return the groups of modules that import each other.

    >>> circles({"a": frozenset("b"), "b": frozenset("c"), "c": frozenset("b"), "d": frozenset("abc")})
    [['b', 'c']]
    """
    reach = {name: _reached(name, arrows) for name in arrows}
    groups = {tuple(sorted(other for other in reach[name] if name in reach[other])) for name in arrows}
    return sorted(list(group) for group in groups if group)


def _reached(name: str, arrows: Graph) -> set[str]:
    found: set[str] = set()
    ahead = list(arrows[name])
    while ahead:
        if (here := ahead.pop()) not in found:
            found.add(here)
            ahead += arrows.get(here, ())
    return found


def floors(folder: str, arrows: Graph) -> int:
    """Return how many modules of a folder stand on each other in the longest chain of imports.

    >>> floors("a", {"a.x": frozenset({"a.y"}), "a.y": frozenset({"a.z", "b"}), "a.z": frozenset(), "b": frozenset()})
    3
    """
    inside = {name: found for name, found in arrows.items() if name == folder or name.startswith(f"{folder}.")}
    height: dict[str, int] = {}

    def climb(name: str) -> int:
        if name not in height:
            height[name] = 0  # what comes back to where it began counts once
            height[name] = 1 + max((climb(other) for other in sorted(inside[name]) if other in inside), default=0)
        return height[name]

    return max(map(climb, sorted(inside)), default=0)


@dataclass(frozen=True, slots=True)
class Folder:
    """How large a folder of code is; `longest` lines the longest function has, `module` the longest module."""

    modules: int
    lines: int
    module: int
    longest: int
    floors: int


def folder(name: str) -> Folder:
    paths = [path for module, path in modules().items() if module.split(".")[0] == name]
    sizes = [len(path.read_text(encoding="utf-8").splitlines()) for path in paths]
    lengths = [length for path in paths for length in function_lengths(path)]
    return Folder(len(paths), sum(sizes), max(sizes), max(lengths, default=0), floors(name, graph()))


def function_lengths(path: Path) -> Iterator[int]:
    """Yield how many lines each function of a file takes, its docstring aside."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            first, *rest = node.body
            code = rest[0] if rest and ast.get_docstring(node, clean=False) is not None else first
            yield (node.end_lineno or 0) - code.lineno + 1 + first.lineno - node.lineno


def measured() -> dict[str, dict[str, int]]:
    """Return what bench/house.json holds maxima of, folder by folder."""
    present = [name for name in FOLDERS if any(module.split(".")[0] == name for module in modules())]
    found = {name: folder(name) for name in present}
    return {"all": {"circles": len(circles(graph()))}, **{
        name: {"lines": it.lines, "longest module": it.module, "longest function": it.longest, "floors": it.floors}
        for name, it in found.items()}}


def maxima() -> dict[str, dict[str, int]]:
    held: dict[str, dict[str, int]] = json.loads(MAXIMA.read_text(encoding="utf-8"))
    return held


def table() -> str:
    """Write what is measured, each beside its maximum."""
    held = maxima()
    return "\n".join(f"{name:10} " + "  ".join(f"{what} {value} (at most {held.get(name, {}).get(what, '?')})"
                                              for what, value in values.items())
                     for name, values in measured().items())


def lower() -> None:
    """Write down what has fallen, and what is new; nothing rises."""
    held = maxima()
    fallen = {name: {what: min(value, held.get(name, {}).get(what, value)) for what, value in values.items()}
              for name, values in measured().items()}
    MAXIMA.write_text(json.dumps(fallen, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    if sys.argv[1:] == ["--lower"]:
        lower()
    print(table())
