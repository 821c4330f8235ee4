"""How a part joins fusuan: by lying in the right folder."""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Any


@cache
def parts_of(package: str) -> tuple[Any, ...]:
    """Import every public module of `package` (its sub-folders are its rooms, no parts), in order of name.

    The caller says what contract they meet; tests/test_parts.py holds them to it.
    """
    folder = import_module(package).__path__
    names = sorted(module.name for module in iter_modules(folder) if not module.ispkg and not module.name.startswith("_"))
    return tuple(import_module(f"{package}.{name}") for name in names)
