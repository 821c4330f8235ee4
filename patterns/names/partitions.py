"""Whether names divide something as the field does: 基本支出 and 项目支出, 税收 and 非税."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.resources import files


@cache
def _partitions() -> tuple[tuple[int, tuple[tuple[str, ...], ...]], ...]:
    table = tomllib.loads((files(__package__) / "partitions.toml").read_text(encoding="utf-8"))
    return tuple((entry.get("least", 2), tuple(tuple(m.split()) for m in entry["members"])) for entry in table["partition"])


def _member(name: str, words: tuple[str, ...]) -> bool:
    return all((w[1:] not in name) if w.startswith("!") else (w in name) for w in words)


@lru_cache(maxsize=4096)
def _memberships(name: str) -> dict[int, int]:
    """The partitions a name belongs to, each with the member it is."""
    found = {}
    for number, (_, members) in enumerate(_partitions()):
        if (hit := next((n for n, words in enumerate(members) if _member(name, words)), None)) is not None:
            found[number] = hit
    return found


def known(names: Sequence[str]) -> bool:
    """Tell whether these names divide something as the field does.

    >>> known(["税收收入", "非税收入"]), known(["教育支出", "农林水支出"]), known(["基本支出", "项目支出"])
    (True, False, True)
    """
    of = [_memberships(name) for name in dict.fromkeys(names)]
    for number in of[0] if of else ():
        if all(number in hits for hits in of):
            least, members = _partitions()[number]
            hits = {found[number] for found in of}
            if len(hits) >= least and len(hits) >= min(2, len(members)):
                return True
    return False
