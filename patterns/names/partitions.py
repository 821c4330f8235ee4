"""Whether names divide something as the field does: 基本支出 and 项目支出, 税收 and 非税."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files


@cache
def _partitions() -> tuple[tuple[int, tuple[tuple[str, ...], ...]], ...]:
    table = tomllib.loads((files(__package__) / "partitions.toml").read_text(encoding="utf-8"))
    return tuple((entry.get("least", 2), tuple(tuple(m.split()) for m in entry["members"])) for entry in table["partition"])


def _member(name: str, words: tuple[str, ...]) -> bool:
    return all((w[1:] not in name) if w.startswith("!") else (w in name) for w in words)


def known(names: Sequence[str]) -> bool:
    """Tell whether these names divide something as the field does.

    >>> known(["税收收入", "非税收入"]), known(["教育支出", "农林水支出"]), known(["基本支出", "项目支出"])
    (True, False, True)
    """
    names = list(dict.fromkeys(names))
    for least, members in _partitions():
        hits = [next((n for n, words in enumerate(members) if _member(name, words)), None) for name in names]
        if None not in hits and len(set(hits)) >= least and len(set(hits)) >= min(2, len(members)):
            return True
    return False
