"""Forms that a PDF draws within forms: PDFium unfolds them all as it loads a page, so what has no end is told beforehand.

It is looked for in the bytes themselves: a form is a stream, and a stream's dictionary never lies packed.
"""

from __future__ import annotations

import re
import zlib

_FORM = re.compile(rb"/Subtype\s*/Form\b")
_OBJECT = re.compile(rb"(\d{1,9})\s+\d{1,5}\s+obj\b")
_DRAWS = re.compile(rb"/XObject\s*<<(.{0,20000}?)>>", re.DOTALL)
_REFERENCE = re.compile(rb"(\d{1,9})\s+\d{1,5}\s+R\b")
_RESOURCES = re.compile(rb"/Resources\s+(\d{1,9})\s+\d{1,5}\s+R\b")
_DO = re.compile(rb"\bDo\b")
_NEAR, _STREAM = 8192, 1 << 16
MOST_DRAWN = 1_000_000
"""How often the forms within one form may be drawn."""


def endless(data: bytes) -> bool:
    """Tell whether a form draws itself, or so many forms in turn that nobody would wait for it.

    >>> form = b"%d 0 obj <</Subtype /Form /Resources <</XObject <</X %d 0 R>>>>>> stream /X Do endstream "
    >>> endless(form % (7, 8) + form % (8, 7)), endless(form % (7, 8) + form % (8, 9))
    (True, False)
    """
    forms = dict(_forms(data)) if b"/Form" in data else {}
    known: dict[int, float] = {}
    return any(_drawn(number, forms, known) > MOST_DRAWN for number in forms)


def _forms(data: bytes) -> list[tuple[int, tuple[list[int], int]]]:
    """Return of each form its number, the forms it names, and how often it draws."""
    found = []
    for match in _FORM.finditer(data):
        begin = max(0, match.start() - _NEAR)
        named = list(_OBJECT.finditer(data, begin, match.start()))
        end = data.find(b"stream", match.end(), match.end() + _NEAR)
        if not named or end < 0:
            continue
        head = data[named[-1].end():end]
        drawn = _named(head, data)
        if drawn:
            found.append((int(named[-1][1]), (drawn, _count(data[end + 6:end + 6 + _STREAM]))))
    return found


def _named(head: bytes, data: bytes) -> list[int]:
    """Return the numbers that a form's resources name as drawings, told in place or in an object of their own."""
    apart = _RESOURCES.search(head)
    if apart:
        at = data.find(b"\n%s 0 obj" % apart[1])
        head = data[at:at + _NEAR] if at >= 0 else head
    listed = _DRAWS.search(head)
    return [int(number) for number in _REFERENCE.findall(listed[1])] if listed else []


def _count(stream: bytes) -> int:
    """Return how often a content draws something: at least once."""
    stream = stream.lstrip(b"\r\n")
    try:
        stream = zlib.decompressobj().decompress(stream, _STREAM)
    except zlib.error:
        stream = stream.partition(b"endstream")[0]
    return max(1, len(_DO.findall(stream)))


def _drawn(start: int, forms: dict[int, tuple[list[int], int]], known: dict[int, float]) -> float:
    """Return how often forms are drawn by one of them; without end where it comes back to itself."""
    todo, way = [start], set[int]()
    while todo:
        number = todo[-1]
        if number in known:
            todo.pop()
            continue
        inner = [named for named in forms[number][0] if named in forms]
        if number in way:
            many = sum(known.get(named, float("inf")) for named in inner) * forms[number][1] / max(1, len(forms[number][0]))
            known[number] = 1 + many
            way.discard(number)
            todo.pop()
        else:
            way.add(number)
            if any(named in way for named in inner):
                known[number] = float("inf")
            todo += [named for named in inner if named not in known and named not in way]
    return known[start]
