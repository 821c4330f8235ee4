"""What the field takes from what: 资产 less 负债 is 净资产."""

from __future__ import annotations

import tomllib
from functools import cache, lru_cache
from importlib.resources import files

from fusuan.patterns.names.called import Ways, called, ways_of

PARTS = ("left", "of", "less")


@cache
def _identities() -> tuple[dict[str, Ways], ...]:
    table = tomllib.loads((files(__package__) / "identities.toml").read_text(encoding="utf-8"))
    return tuple({part: ways_of(entry[part]) for part in PARTS} for entry in table["identity"])


@lru_cache(maxsize=4096)
def identity_parts(name: str) -> frozenset[tuple[int, str]]:
    """The parts a name plays: which identity, and what in it.

    >>> sorted(identity_parts("市级净资产总额")), sorted(identity_parts("资产总额")), sorted(identity_parts("资产负债率"))
    ([(0, 'left')], [(0, 'of')], [])
    """
    return frozenset((n, part) for n, identity in enumerate(_identities()) for part in PARTS if called(name, identity[part]))
