"""Chains of equals signs in a text: the sides that are arithmetic, and what relates them.

A side is kept as a template ("(#-#)÷#") with one figure for each #; the check computes it. A side in which a name
stands for a number, or of which a part is cut off by words, is no side: nothing is guessed.

>>> def show(text):
...     return [[(s.template, [f.text for f in s.figures]) if s else None for s in chain.sides] for chain in chains(text)]
>>> show("执行率=执行数/预算数×100%=15/20×100%=75%")
[[None, None, ('#÷#×#', ['15', '20', '100%']), ('#', ['75%'])]]
>>> show("（年初结转15.8万元+本年预算20万元）/40万元=89.5%，其他"), show("结余20（含5）+3=23")
([[('(#+#)÷#', ['15.8万元', '20万元', '40万元']), ('#', ['89.5%'])]], [[None, ('#', ['23'])]])
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fusuan.model import Figure, Place
from fusuan.patterns.figures.tokens import NOWHERE, Piece, tokens


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a relation: its template and its figures in order."""

    template: str
    figures: tuple[Figure, ...]

    @property
    def number(self) -> Figure | None:
        """The figure, where the side is nothing but one."""
        return self.figures[0] if self.template in ("#", "-#") else None


@dataclass(frozen=True, slots=True)
class Chain:
    """Sides (None where one is not arithmetic), the relations between them, and where the whole stands."""

    sides: tuple[Side | None, ...]
    relations: tuple[str, ...]
    span: tuple[int, int]
    name: str


def chains(text: str, place: Place = NOWHERE) -> Iterator[Chain]:
    """Yield the chains of a paragraph or cell, left to right."""
    if not any(mark in text for mark in "=＝═﹦≈") and "100" not in text:
        return
    run: list[Piece] = []
    for piece in [*tokens(text, place), Piece("stop", "", (len(text), len(text)))]:
        if piece.kind != "stop":
            run.append(piece)
            continue
        if any(p.kind == "rel" for p in run):
            yield _chain(run)
        run = []


def _chain(run: Sequence[Piece]) -> Chain:
    cuts = [i for i, p in enumerate(run) if p.kind == "rel"]
    pieces = [run[a + 1:b] for a, b in zip([-1, *cuts], [*cuts, len(run)], strict=True)]
    last = len(pieces) - 1
    sides = tuple(_side(p, first=i == 0, last=i == last) for i, p in enumerate(pieces))
    head = "".join(p.text for p in pieces[0])
    return Chain(sides, tuple(run[i].sign for i in cuts), (run[0].span[0], _end(run, cuts[-1])), head)


def _end(run: Sequence[Piece], cut: int) -> int:
    """Where the last number of the last side ends."""
    return next((p.span[1] for p in reversed(run[cut:]) if p.kind in ("num", ")")), run[-1].span[1])


def _parts(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Cut a side where two things stand side by side that no operator joins."""
    parts: list[list[Piece]] = [[]]
    for piece in pieces:
        ended = bool(parts[-1]) and parts[-1][-1].kind in ("num", ")")
        if ended and piece.kind in ("num", "(", "word"):
            parts.append([])
        parts[-1].append(piece)
    return parts


def _side(pieces: Sequence[Piece], first: bool, last: bool) -> Side | None:
    parts = _parts(pieces)
    if len(parts) > 1 and not (first or last):
        return None
    chosen = parts[-1] if first else parts[0]
    if first and len(parts) > 1 and chosen[0].kind != "word":
        return None
    if last and not first and len(parts) > 1 and _goes_on(parts[1:]):
        return None
    if first and chosen and chosen[0].kind == "op":
        return None
    return _arithmetic(chosen)


def _goes_on(rest: Sequence[Sequence[Piece]]) -> bool:
    """Tell whether what follows a number is an aside in the middle of a formula: 20（含5）+3."""
    flat = [p for part in rest for p in part]
    if flat[0].kind == "word":
        return len(flat) > 1 and flat[1].kind == "op"
    depth = 0
    for index, piece in enumerate(flat):
        depth += (piece.kind == "(") - (piece.kind == ")")
        if depth <= 0:
            return index + 1 < len(flat) and flat[index + 1].kind == "op"
    return True


def _arithmetic(pieces: Sequence[Piece]) -> Side | None:
    """Return the side, its operands' names left out; None where a name stands alone or a bracket does not close."""
    template, figures, depth = "", [], 0
    for index, piece in enumerate(pieces):
        if piece.kind == "word":
            if index + 1 >= len(pieces) or pieces[index + 1].kind != "num" or template.endswith(("#", ")")):
                return None
            continue
        depth += (piece.kind == "(") - (piece.kind == ")")
        if depth < 0:
            return None
        template += "#" if piece.kind == "num" else piece.kind if piece.kind in "()" else piece.sign
        if piece.figure is not None:
            figures.append(piece.figure)
    complete = depth == 0 and figures and template[-1] in "#)" and len(template) <= 200
    return Side(template, tuple(figures)) if complete else None
