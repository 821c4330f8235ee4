"""How a part joins fusuan: by lying in the right folder."""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Any


def names_of(package: str) -> list[str]:
    """Return the names of the public modules of `package`; a folder in it is a room of its own, no part."""
    folder = import_module(package).__path__
    return sorted(module.name for module in iter_modules(folder) if not module.ispkg and not module.name.startswith("_"))


@cache
def parts_of(package: str) -> tuple[Any, ...]:
    """Import every public module of `package`, in order of name.

    The caller says what contract they meet; tests/test_parts.py holds them to it.
    """
    return tuple(import_module(f"{package}.{name}") for name in names_of(package))
