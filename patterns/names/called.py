"""What a name must hold to be one of the field's: choices of words, as partitions.toml and identities.toml print them.

"|" parts the choices; all words of one must stand in the name, "!" before a word: it must not.
"""

from __future__ import annotations

Ways = tuple[tuple[str, ...], ...]
"""The choices, each by its words."""


def ways_of(printed: str) -> Ways:
    """Read printed choices.

    >>> ways_of("用车|税收 !非税")
    (('用车',), ('税收', '!非税'))
    """
    return tuple(tuple(way.split()) for way in printed.split("|"))


def called(name: str, ways: Ways) -> bool:
    """Tell whether a name holds all words of a choice.

    >>> [called(name, ways_of("税收 !非税|关税")) for name in ("税收收入", "非税收入", "关税")]
    [True, False, True]
    """
    return any(all((word[1:] not in name) if word.startswith("!") else (word in name) for word in words) for words in ways)
