"""The pieces of a printed formula: numbers with their units, operators, brackets, relations and words between.

>>> [(t.kind, t.text) for t in tokens("控制率=（6/11）×100%=54.54%≤100%")]     # doctest: +NORMALIZE_WHITESPACE
[('word', '控制率'), ('rel', '='), ('(', '（'), ('num', '6'), ('op', '/'), ('num', '11'), (')', '）'), ('op', '×'),
 ('num', '100%'), ('rel', '='), ('num', '54.54%'), ('rel', '≤'), ('num', '100%')]
>>> [t.text for t in tokens("5人×200元/人=1,000元") if t.kind == "num"]
['5人', '200元/人', '1,000元']
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

import regex

from fusuan.model import Figure, Place
from fusuan.patterns.text.fold import fold

NOWHERE = Place()
_UNIT = (r"(?:[亿万千百]?元|[%‰倍分]|个百分点|[亿万](?=[+\-×÷*/xX=≈≤≥<>)\]])"
         r"|(?:平方米|平方公里|公里|公顷|人次|个月|万[亩人户吨]|[\u4e00-\u9fff㎡])(?=\s?(?:[+\-×÷*/xX=≈≤≥<>)\]]|$)))(?:/[\u4e00-\u9fff]{1,2}(?![\u4e00-\u9fff0-9]))?")
_PIECE = regex.compile(
    rf"""(?P<num>(?<![0-9.A-WYZa-wyz])(?:[0-9]{{1,3}}(?:,[0-9]{{3}})++(?![0-9])|[0-9]++)(?:\.[0-9]++)?+(?:\s?{_UNIT})?)
      | (?P<rel>≤|≥|≈|[=<>])
      | (?P<op>[+\-×÷*/]|(?<=[0-9%)\]\s元人])[xX](?=[\s0-9(]))
      | (?P<open>[(\[{{])
      | (?P<close>[)\]}}])
      | (?P<stop>[,;。:、!?|]|\n(?![+\-×÷*/=(]))
      | (?P<space>\s)
      | (?P<word>[^\s0-9=<>≤≥≈+\-×÷*/()\[\]{{}},;。:、!?|]++|.)""",
    regex.VERBOSE | regex.DOTALL,
)
_PRINTED = regex.compile(r"[0-9,.]+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece: `kind` is num, op, rel, "(", ")", word or stop; `sign` is the operator in one spelling."""

    kind: str
    text: str
    span: tuple[int, int]
    sign: str = ""
    figure: Figure | None = None


def tokens(text: str, place: Place = NOWHERE) -> list[Piece]:
    """Return the pieces of a text in order, spaces left out."""
    # a full-width comma parts two numbers, it groups no thousands
    folded = fold(text.replace("，", "；"))
    found: list[Piece] = []
    for match in _PIECE.finditer(folded):
        kind, span = match.lastgroup or "word", match.span()
        if kind == "space":
            continue
        printed = text[span[0]:span[1]]
        if kind == "num":
            found.append(_number(text, folded, span, place))
            continue
        sign = {"*": "×", "x": "×", "X": "×", "/": "÷", "≈": "="}.get(match.group(), match.group())
        found.append(Piece({"open": "(", "close": ")"}.get(kind, kind), printed, span, sign))
    return _worded(found)


def _number(text: str, folded: str, span: tuple[int, int], place: Place) -> Piece:
    digits = _PRINTED.match(folded, pos=span[0])
    assert digits is not None
    printed = digits.group()[:span[1] - span[0]].rstrip(",.")
    unit = folded[span[0] + len(printed):span[1]].strip()
    value = Decimal(printed.replace(",", ""))
    unit, factor = {"亿": ("亿元", 1), "万": ("万元", 1), "百元": ("元", 100)}.get(unit, (unit.split("/")[0], 1))
    figure = Figure(text[span[0]:span[1]], value * factor, unit, len(printed.partition(".")[2]), place, span)
    return Piece("num", figure.text, span, "", figure)


def _worded(pieces: list[Piece]) -> list[Piece]:
    """Read 为, 等于 after ×100% as the equals sign they stand for: 6÷11×100%为54.54%."""
    for index in range(2, len(pieces) - 1):
        word, before, after = pieces[index], pieces[index - 1], pieces[index + 1]
        percent = before.kind == "num" and before.sign == "" and fold(before.text).replace(" ", "") == "100%" \
            and pieces[index - 2].sign == "×"
        if word.kind == "word" and percent and after.kind == "num" and regex.fullmatch(r"约?(?:等于|为|得)", word.text):
            pieces[index] = replace(word, kind="rel", sign="=")
    return pieces
