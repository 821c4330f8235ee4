"""The cells of rows that lost their frame, one after another: words, values, empty cells; which numbers belong to words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import groupby, pairwise

import regex

from fusuan.model import Figure
from fusuan.patterns import Text

_VALUES = 3
"""So many values before words that speak make these a remark at the end of a row."""
_CELL = regex.compile(r"[^|]+")
_PIECE = regex.compile(r"[^\s|]+")
_VALUE = regex.compile(r"(?P<open>\()?(?P<number>[-+]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?)(?P<unit>%|‰|[百千]?[万亿]?元)?(?(open)\))")
_ENDS = regex.compile(r"(?<=[\u4e00-\u9fff)])[0-9][0-9,]*(?:\.[0-9]+)?%?$")
_BLANK = regex.compile(r"[-—–/]+|#(?:DIV/0!|VALUE!|REF!|NUM!|NULL!|N/A|NAME\?)")
"""What an empty cell prints, or one that a spreadsheet could not work out."""
SPOKEN = regex.compile(r"[。;]|(?<![A-Z0])[!?]|,(?![0-9]{3}(?![0-9]))|、[^、]*、[^、]*、")
_HAN = regex.compile(r"[\u4e00-\u9fff]")
_LETTER = regex.compile(r"[\u4e00-\u9fffA-Za-z]")
_HEADING = 30
"""Words without a value that are longer than this are no cell."""


@dataclass(slots=True)
class Token:
    """A word (no figure), a value, or an empty cell (no word, no figure)."""

    word: str
    figure: Figure | None = None
    line: int = 0


def spoken(folded: str) -> bool:
    """Tell whether a paragraph is a sentence, or more words than the cells of a row hold; behind values a cell may speak."""
    if (match := SPOKEN.search(folded)) and not _remark(folded, match.start()):
        return True
    values = sum(bool(_VALUE.fullmatch(piece)) for piece in _PIECE.findall(folded))
    return len(_HAN.findall(folded)) > _HEADING + 12 * values


def _remark(folded: str, at: int) -> int:
    """Where the cell begins that speaks at a place, if it has a name and several values before it; else 0."""
    start = folded.rfind(" ", 0, at) + 1
    before = _PIECE.findall(folded, 0, start)
    return start if any(map(_LETTER.search, before[:2])) and sum(bool(_VALUE.fullmatch(piece)) for piece in before[1:]) >= _VALUES else 0


def tokens_of(texts: Iterable[Text]) -> list[Token]:
    """The cells of consecutive texts, without remarks."""
    return list(_unremarked(list(_tokens(texts))))


def _tokens(texts: Iterable[Text]) -> Iterator[Token]:
    line, last = 0, None
    for text in texts:
        place = text.paragraph.place
        key = place.row if place.row is not None else (place.paragraph, text.folded)
        line, last, end = line + (key != last), key, 0
        figures = {f.span[0]: f for f in text.figures}
        for piece in _pieces(text.folded):
            line += text.folded.count("\n", end, piece.start())
            end = piece.end()
            for token in _parted(text, piece.group(), piece.start(), figures):
                token.line = line
                yield token


def _pieces(folded: str) -> Iterator[regex.Match[str]]:
    """What blanks and bars part, without the cells that are sentences."""
    if "|" not in folded and (match := SPOKEN.search(folded)):
        folded = folded[:_remark(folded, match.start()) or None]
    for cell in _CELL.finditer(folded):
        if not (SPOKEN.search(cell.group()) and "|" in folded):
            yield from _PIECE.finditer(folded, *cell.span())


def _unremarked(tokens: Sequence[Token]) -> Iterator[Token]:
    """The tokens without the words that end a line behind its values, where the next begins with a name of its own.

    >>> from fusuan.model import Paragraph, Place
    >>> texts = [Text.of(Paragraph(line, Place(paragraph=n))) for n, line in enumerate(("甲 3 4 据实", "乙 5 6 丙", "7 8"))]
    >>> [token.word for token in _unremarked(list(_tokens(texts))) if token.word]
    ['甲', '乙', '丙']
    """
    lines = [list(own) for _, own in groupby(tokens, key=lambda token: token.line)]
    for line, after in zip(lines, [*lines[1:], []], strict=False):
        last = max((n for n, token in enumerate(line) if not token.word), default=-1)
        named = bool(after) and bool(after[0].word or len(after) > 1 and digits(after[0]) and after[1].word)
        yield from line[:last + 1] if named and 0 < last else line


def _parted(text: Text, piece: str, start: int, figures: dict[int, Figure]) -> Iterator[Token]:
    """The cells of a piece: a word and the number that is glued to its end are two."""
    piece = piece.removesuffix("列不明")  # so our own tables say
    if _VALUE.fullmatch(piece):
        yield Token("", _figure(text, piece, start, figures))
    elif _BLANK.fullmatch(piece):
        yield Token("")
    elif (glued := _ENDS.search(piece)) and start + glued.start() in figures:
        yield Token(piece[:glued.start()])
        yield Token("", _figure(text, glued.group(), start + glued.start(), figures))
    elif _LETTER.search(piece):
        yield Token(piece)


def _figure(text: Text, piece: str, start: int, figures: dict[int, Figure]) -> Figure:
    """The figure that stands there; in brackets it is negative, and a hyphen is its sign; one too long for running text is made."""
    known, end = figures.get(start) or figures.get(start + 1), start + len(piece)
    if known is None or known.span[1] > end and _HAN.match(text.folded, known.span[1]):  # 01 人力资源 is no number of people
        found = _VALUE.fullmatch(piece)
        number, unit = (found["number"], found["unit"] or "") if found else (piece, "")
        value = Decimal(number.replace(",", ""))
        known = Figure(text.printed[start:end], value, unit, len(number.partition(".")[2]), text.paragraph.place, (start, end))
    return replace(known, text=text.printed[start:end], value=-abs(known.value), span=(start, end)) if piece[0] in "(-" else known


def is_code(tokens: Sequence[Token], at: int, coded: bool) -> bool:
    """Tell whether whole numbers open a line and words follow in it; in a `coded` block a code may stand anywhere before words.

    >>> [is_code([Token("", Figure(text, Decimal(text))) for text in ("301", "02")] + [Token("津贴")], at, False) for at in (0, 1)]
    [True, True]
    """
    if coded and any(at >= w - _before(tokens, w) for w in range(at + 1, min(at + 4, len(tokens)))):
        return True
    opens = at == 0 or tokens[at - 1].line != tokens[at].line
    if not opens and not (digits(tokens[at]) and digits(tokens[at - 1]) and at > 0 and is_code(tokens, at - 1, coded)):
        return False
    end = at
    while end < len(tokens) and end < at + 3 and tokens[end].line == tokens[at].line and digits(tokens[end]):
        end += 1
    return at < end < len(tokens) and bool(tokens[end].word) and tokens[end].line == tokens[at].line


def coded(tokens: Sequence[Token]) -> bool:
    """Tell whether rows bear the codes of a classification: several before words, some the beginning of the next."""
    codes = ["".join(map(digits, tokens[w - n:w])) for w in range(len(tokens)) if (n := _before(tokens, w))]
    return len(codes) >= 4 and sum(b.startswith(a) and a != b for a, b in pairwise(codes)) >= 2


def _before(tokens: Sequence[Token], word: int) -> int:
    """How many tokens before a word are its code, in one piece or in several (201 | 03 | 01)."""
    if not tokens[word].word:
        return 0
    for count in (3, 2, 1):
        pieces = [digits(token) for token in tokens[max(0, word - count):word]]
        if len(pieces) == count and all(pieces) and len(pieces[0]) >= 3 and all(len(p) == 2 for p in pieces[1:]) and _CLASS.fullmatch("".join(pieces)):
            return count
    return 0


def digits(token: Token) -> str:
    """A whole number without a unit, as printed; empty where it is none."""
    figure = token.figure
    return figure.text.strip() if figure is not None and not figure.decimals and not figure.unit and "," not in figure.text else ""


_CLASS = regex.compile(r"(?:2[0-3][0-9]|30[1-9]|31[0-3]|399)(?:[0-9]{2}){0,2}")
"""A code of the classification of spending by function or by use (财政部《政府收支分类科目》)."""
