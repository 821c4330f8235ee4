"""Why a formula is taken to be the one meant, in Chinese words: the facts that weigh most for it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from fusuan.relations._question import Candidate

TURNED = "数字的增减与所说的方向相反"
MOST = 3
DECIDES = 9.0
"""A fact without a weight of its own decides by itself."""


@cache
def _words() -> dict[str, str]:
    return dict(tomllib.loads((files(__package__) / "reasons.toml").read_text(encoding="utf-8"))["reasons"])


def reasons(candidate: Candidate, learned: Mapping[str, float]) -> str:
    """Return the strongest facts for a candidate that have words, the strongest first; empty where none has."""
    found = {fact: learned.get(fact, DECIDES) for fact in candidate.facts if fact in _words()}
    strongest = sorted((fact for fact, weight in found.items() if weight > 0), key=lambda fact: -found[fact])
    said = list(dict.fromkeys(_words()[fact] for fact in strongest))
    return "；".join(said[:MOST])
