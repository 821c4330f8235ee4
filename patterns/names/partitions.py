"""Whether names divide something as the field does: 基本支出 and 项目支出, 税收 and 非税."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from importlib.resources import files

from fusuan.patterns.names.called import Ways, called, ways_of


@cache
def _partitions() -> tuple[tuple[int, bool, tuple[Ways, ...]], ...]:
    """How many members make a partition, whether they are all there are, and which."""
    table = tomllib.loads((files(__package__) / "partitions.toml").read_text(encoding="utf-8"))
    return tuple((entry.get("least", 2), entry.get("whole", False), tuple(map(ways_of, entry["members"])))
                 for entry in table["partition"])


@lru_cache(maxsize=4096)
def _memberships(name: str) -> dict[int, int]:
    """The partitions a name belongs to, each with the member it is."""
    found = {}
    for number, (_, _, members) in enumerate(_partitions()):
        if (hit := next((n for n, ways in enumerate(members) if called(name, ways)), None)) is not None:
            found[number] = hit
    return found


def known(names: Sequence[str]) -> bool:
    """Tell whether these names divide something as the field does.

    >>> known(["税收收入", "非税收入"]), known(["教育支出", "农林水支出"]), known(["基本支出", "项目支出"])
    (True, False, True)
    """
    return any(len(hits) >= max(_partitions()[number][0], 2) for number, hits in _shared(names))


def whole(names: Sequence[str]) -> bool:
    """Tell whether these names are all into which the field divides something.

    >>> whole(["因公出国（境）费", "公务接待费"]), whole(["因公出国（境）费", "公务用车运行费", "公务接待费"])
    (False, True)
    """
    return any(_partitions()[number][1] and len(hits) == len(_partitions()[number][2]) for number, hits in _shared(names))


def _shared(names: Sequence[str]) -> Iterator[tuple[int, set[int]]]:
    """The partitions all these names belong to, with the members they are."""
    of = [_memberships(name) for name in dict.fromkeys(names)]
    for number in of[0] if of else ():
        if all(number in hits for hits in of):
            yield number, {found[number] for found in of}
