"""A figure found among the characters of a page: by what stands before and after it, as it was read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fusuan.extract import Character

Box = tuple[float, float, float, float]
_CONTEXT = 16


def boxes_of(characters: Sequence[Character], text: str, start: int, end: int, least: int = 0) -> list[Box]:
    """Return the inked boxes, one a line, of `text[start:end]` among the characters of a page; none where it is not there.

    Blanks count for nothing. Of several places the one is taken whose surroundings are most alike; it must share at
    least `least` characters with them.

    >>> page = [Character(char, at, 9, (at, 0, at + 1, 1)) for at, char in enumerate("一16.5二6.5三6.5四")]
    >>> boxes_of(page, "二 6.5 三 6.5 四", 8, 11)
    [(10, 0, 13, 1)]
    >>> boxes_of(page, "五 7.5", 2, 5)
    []
    """
    letters = [(char, one) for one in characters for char in one.text]
    said = "".join(char for char, _ in letters)
    sought, before, after = (_plain(piece) for piece in (text[start:end], text[:start], text[end:]))
    found = [(_alike(said, at, sought, before, after), -abs(at - len(before)), at) for at in _all(said, sought)]
    if not found or max(found)[0] < least:
        return []
    at = max(found)[2]
    return list(_lines([one for _, one in letters[at:at + len(sought)]]))


def _plain(text: str) -> str:
    return "".join(text.split())


def _all(said: str, sought: str) -> Iterator[int]:
    at = said.find(sought) if sought else -1
    while at >= 0:
        yield at
        at = said.find(sought, at + 1)


def _alike(said: str, at: int, sought: str, before: str, after: str) -> int:
    """Count the characters next to a place, before and after it, that are those next to what is sought."""
    left = _shared(said[max(at - _CONTEXT, 0):at][::-1], before[-_CONTEXT:][::-1])
    end = at + len(sought)
    return left + _shared(said[end:end + _CONTEXT], after[:_CONTEXT])


def _shared(one: str, other: str) -> int:
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _lines(characters: Sequence[Character]) -> Iterator[Box]:
    """Join the boxes of characters that stand on one line."""
    run: list[Character] = []
    for one in characters:
        if run and one.left < run[-1].left:
            yield _around(run)
            run = []
        run.append(one)
    if run:
        yield _around(run)


def _around(characters: Sequence[Character]) -> Box:
    boxes = [one.ink for one in characters]
    return (min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes))
