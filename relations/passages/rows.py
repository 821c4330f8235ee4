"""Rows of tables that lost their frame, read out of what follows one another in a text.

A row is a label and the values until the next label, however its lines are broken; bars, blanks and line ends part cells.
A number that counts the rows, or opens a line right before words (a code), belongs to the label.

>>> from fusuan.model import Paragraph, Place
>>> from fusuan.patterns import Text
>>> def read(*lines):
...     texts = [Text.of(Paragraph(line, Place(paragraph=n))) for n, line in enumerate(lines)]
...     return [[(r.label, [m.shown() if m else None for m in r.values]) for r in block.rows] for block in blocks(texts)]
>>> read("| 房产税 | 412 | 97 |", "| 35 | - |", "印花税 88 (3.5)", "合 计 90%")
[[('房产税', ['412', '97', '35', None]), ('印花税', ['88', '(3.5)']), ('合计', ['90%'])]]
>>> read("1", "甲乡", "25", "310", "2", "乙乡", "31", "402", "3", "丙乡", "17", "208")
[[('甲乡', ['25', '310']), ('乙乡', ['31', '402']), ('丙乡', ['17', '208'])]]
>>> read("30101 基本工资 41.20 40.15", "30102 津贴补贴 13.60 13.60")
[[('30101基本工资', ['41.20', '40.15']), ('30102津贴补贴', ['13.60', '13.60'])]]
>>> read("| 甲乡 | 25 | 310 | 因雨停工，延期。 |", "| 乙乡 | 31 | 402 |", "道路改线，已经报批。", "| 丙乡 | 17 | 208 | |")
[[('甲乡', ['25', '310']), ('乙乡', ['31', '402']), ('丙乡', ['17', '208'])]]
>>> read("甲乡 25 310 #DIV/0!", "乙乡 31 402")
[[('甲乡', ['25', '310', None]), ('乙乡', ['31', '402'])]]
>>> read("全年支出 31 万元，比上年增加 2 万元。", "甲 3", "2023年5月 6日", "乙 5")
[]
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import groupby, pairwise

import regex

from fusuan.model import Figure, Place
from fusuan.patterns import Text
from fusuan.relations.passages.mention import Mention

LONGEST = 400
"""More rows than this are read as another block."""
LEAST = 4
TOTAL = regex.compile(r"(?:合计|总计|小计|总额|共计)(?:数|[(][^()]*[)]|/平均)?:?$")
"""How the label of a row of totals ends."""
_PAIRED = 3
"""So many lines hold two rows where lists stand side by side."""
_CELL = regex.compile(r"[^|]+")
_PIECE = regex.compile(r"[^\s|]+")
_VALUE = regex.compile(r"(?P<open>\()?(?P<number>[-+]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?)(?P<unit>%|‰|[百千]?[万亿]?元)?(?(open)\))")
_ENDS = regex.compile(r"(?<=[\u4e00-\u9fff)])[0-9][0-9,]*(?:\.[0-9]+)?%?$")
_BLANK = regex.compile(r"[-—–/]+|#(?:DIV/0!|VALUE!|REF!|NUM!|NULL!|N/A|NAME\?)")
"""What an empty cell prints, or one that a spreadsheet could not work out."""
_SPOKEN = regex.compile(r"[。;]|(?<![A-Z0])[!?]|,(?![0-9]{3}(?![0-9]))|、[^、]*、[^、]*、")
_HAN = regex.compile(r"[\u4e00-\u9fff]")
_LETTER = regex.compile(r"[\u4e00-\u9fffA-Za-z]")
_VALUES, _CELLS = 3, 40
"""So many values before words that speak, in no more cells than this, make these a remark at the end of a row."""
_REMARK = 4
"""So many lines that speak may be a remark in a cell, where the lines before and after them are parted by bars."""
_HEADING = 30
"""Words without a value that are longer than this are no cell."""


@dataclass(slots=True)
class Row:
    """A label and its values in order; an empty cell is None."""

    label: str
    values: list[Mention | None] = field(default_factory=list)
    line: int = 0           # in which its values begin
    words: str = ""         # the label without numbers and codes

    @property
    def quote(self) -> str:
        """Its words and figures, as one line."""
        return " ".join((self.label[-40:], *(m.shown() if m else "-" for m in self.values)))


@dataclass(slots=True)
class Block:
    """Rows that follow one another, and the paragraphs they were read of."""

    rows: list[Row]
    places: frozenset[Place]


@dataclass(slots=True)
class _Token:
    """A word (no figure), a value, or an empty cell (no word, no figure)."""

    word: str
    figure: Figure | None = None
    line: int = 0


def blocks(texts: Iterable[Text]) -> Iterator[Block]:
    """Yield the blocks of rows among consecutive texts: paragraphs, or cells one by one; a cell that speaks (a remark) has no value."""
    held: list[Text] = []
    said = 0
    for text in texts:
        barred = "|" in text.folded
        if not barred and _spoken(text.folded):
            if held and text.paragraph.place.row is not None:
                continue
            said += 1
            if not (held and "|" in held[-1].folded and said <= _REMARK):
                yield from _block(held)
                held = []
            continue
        if said and not barred:
            yield from _block(held)
            held = []
        said = 0
        if text.folded.strip():
            held.append(text)
    yield from _block(held)


def _spoken(folded: str) -> bool:
    """Tell whether a paragraph is a sentence, or more words than the cells of a row hold; behind values a cell may speak."""
    if (match := _SPOKEN.search(folded)) and not _remark(folded, match.start()):
        return True
    values = sum(bool(_VALUE.fullmatch(piece)) for piece in _PIECE.findall(folded))
    return len(_HAN.findall(folded)) > _HEADING + 12 * values


def _remark(folded: str, at: int) -> int:
    """Where the cell begins that speaks at a place, if it has a name and several values before it; else 0."""
    start = folded.rfind(" ", 0, at) + 1
    before = _PIECE.findall(folded, 0, start)
    named = bool(before) and bool(_LETTER.search(before[0]) or len(before) > 1 and before[0].isdigit() and _LETTER.search(before[1]))
    return start if named and len(before) <= _CELLS and sum(bool(_VALUE.fullmatch(piece)) for piece in before[1:]) >= _VALUES else 0


def _block(texts: Sequence[Text]) -> Iterator[Block]:
    rows = _counted(list(_rows(list(_unremarked(list(_tokens(texts)))))))
    places = frozenset(text.paragraph.place for text in texts if "|" not in text.folded or not _SPOKEN.search(text.folded))
    for start in range(0, len(rows), LONGEST):
        some = [row for row in rows[start:start + LONGEST] if row.values]
        if sum(len(row.values) for row in some) >= LEAST:
            yield Block(some, places)


def sides(block: Block) -> Iterator[Block]:
    """The lists that stand side by side in a block: the first rows of its lines, the second rows, where several lines hold two."""
    lines: dict[int, list[Row]] = {}
    for row in block.rows:
        lines.setdefault(row.line, []).append(row)
    if sum(len(own) > 1 for own in lines.values()) >= _PAIRED:
        for n in range(max(map(len, lines.values()))):
            yield Block([own[n] for own in lines.values() if n < len(own)], block.places)


def _tokens(texts: Iterable[Text]) -> Iterator[_Token]:
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
    if "|" not in folded and (match := _SPOKEN.search(folded)):
        folded = folded[:_remark(folded, match.start()) or None]
    for cell in _CELL.finditer(folded):
        if not (_SPOKEN.search(cell.group()) and "|" in folded):
            yield from _PIECE.finditer(folded, *cell.span())


def _unremarked(tokens: Sequence[_Token]) -> Iterator[_Token]:
    """The tokens without the words that end a line behind its values, where the next begins with a name of its own.

    >>> from fusuan.model import Paragraph
    >>> texts = [Text.of(Paragraph(line, Place(paragraph=n))) for n, line in enumerate(("甲 3 4 据实", "乙 5 6 丙", "7 8"))]
    >>> [token.word for token in _unremarked(list(_tokens(texts))) if token.word]
    ['甲', '乙', '丙']
    """
    lines = [list(own) for _, own in groupby(tokens, key=lambda token: token.line)]
    for line, after in zip(lines, [*lines[1:], []], strict=False):
        last = max((n for n, token in enumerate(line) if not token.word), default=-1)
        named = bool(after) and bool(after[0].word or len(after) > 1 and _digits(after[0]) and after[1].word)
        yield from line[:last + 1] if named and 0 < last else line


def _parted(text: Text, piece: str, start: int, figures: dict[int, Figure]) -> Iterator[_Token]:
    """The cells of a piece: a word and the number that is glued to its end are two."""
    piece = piece.removesuffix("列不明")  # so our own tables say
    if _VALUE.fullmatch(piece):
        yield _Token("", _figure(text, piece, start, figures))
    elif _BLANK.fullmatch(piece):
        yield _Token("")
    elif (glued := _ENDS.search(piece)) and start + glued.start() in figures:
        yield _Token(piece[:glued.start()])
        yield _Token("", _figure(text, glued.group(), start + glued.start(), figures))
    elif _LETTER.search(piece):
        yield _Token(piece)


def _figure(text: Text, piece: str, start: int, figures: dict[int, Figure]) -> Figure:
    """The figure that stands there; in brackets it is negative, and a hyphen is its sign; one too long for running text is made."""
    known, end = figures.get(start) or figures.get(start + 1), start + len(piece)
    if known is None or known.span[1] > end and _HAN.match(text.folded, known.span[1]):  # 01 人力资源 is no number of people
        found = _VALUE.fullmatch(piece)
        number, unit = (found["number"], found["unit"] or "") if found else (piece, "")
        value = Decimal(number.replace(",", ""))
        known = Figure(text.printed[start:end], value, unit, len(number.partition(".")[2]), text.paragraph.place, (start, end))
    return replace(known, text=text.printed[start:end], value=-abs(known.value), span=(start, end)) if piece[0] in "(-" else known


def _rows(tokens: Sequence[_Token]) -> Iterator[Row]:
    row, words = Row(""), True
    coded = _coded(tokens)
    for at, token in enumerate(tokens):
        if token.word or _code(tokens, at, coded):
            if not words:
                yield row
                row, words = Row(""), True
            row.label += token.word or (token.figure.text if token.figure else "")
            row.words += token.word
        else:
            row.line = token.line if words else row.line
            row.values.append(mention(token.figure, at) if token.figure else None)
            words = False
    yield row


def _code(tokens: Sequence[_Token], at: int, coded: bool) -> bool:
    """Tell whether whole numbers open a line and words follow in it; in a `coded` block a code may stand anywhere before words.

    >>> [_code([_Token("", Figure(text, Decimal(text))) for text in ("301", "02")] + [_Token("津贴")], at, False) for at in (0, 1)]
    [True, True]
    """
    if coded and any(at >= w - _before(tokens, w) for w in range(at + 1, min(at + 4, len(tokens)))):
        return True
    opens = at == 0 or tokens[at - 1].line != tokens[at].line
    if not opens and not (_digits(tokens[at]) and _digits(tokens[at - 1]) and at > 0 and _code(tokens, at - 1, coded)):
        return False
    end = at
    while end < len(tokens) and end < at + 3 and tokens[end].line == tokens[at].line and _digits(tokens[end]):
        end += 1
    return at < end < len(tokens) and bool(tokens[end].word) and tokens[end].line == tokens[at].line


def _coded(tokens: Sequence[_Token]) -> bool:
    """Tell whether rows bear the codes of a classification: several before words, some the beginning of the next."""
    codes = ["".join(map(_digits, tokens[w - n:w])) for w in range(len(tokens)) if (n := _before(tokens, w))]
    return len(codes) >= 4 and sum(b.startswith(a) and a != b for a, b in pairwise(codes)) >= 2


def _before(tokens: Sequence[_Token], word: int) -> int:
    """How many tokens before a word are its code, in one piece or in several (201 | 03 | 01)."""
    if not tokens[word].word:
        return 0
    for count in (3, 2, 1):
        pieces = [_digits(token) for token in tokens[max(0, word - count):word]]
        if len(pieces) == count and all(pieces) and len(pieces[0]) >= 3 and all(len(p) == 2 for p in pieces[1:]) and _CLASS.fullmatch("".join(pieces)):
            return count
    return 0


def _digits(token: _Token) -> str:
    """A whole number without a unit, as printed; empty where it is none."""
    figure = token.figure
    return figure.text.strip() if figure is not None and not figure.decimals and not figure.unit and "," not in figure.text else ""


_CLASS = regex.compile(r"(?:2[0-3][0-9]|30[1-9]|31[0-3]|399)(?:[0-9]{2}){0,2}")
"""A code of the classification of spending by function or by use (财政部《政府收支分类科目》)."""


def _counted(rows: list[Row]) -> list[Row]:
    """The rows without the numbers that count them, each of which was read as the last value of the row before."""
    at = 0
    while at < len(rows):
        end = at
        while end < len(rows) and _last(rows[end]) == end - at + 1:
            end += 1
        if end - at >= 3:
            for row in rows[at:end]:
                row.values.pop()
        at = max(end, at + 1)
    return rows


def _last(row: Row) -> int:
    m = row.values[-1] if row.values else None
    return int(m.value) if m and not m.figure.unit and not m.decimals and abs(m.value) < 1e6 else 0


def mention(figure: Figure, index: int) -> Mention:
    """A figure of a row, to be weighed."""
    scale = float(figure.scale)
    half = 0.0 if figure.is_count else 0.5 * 10.0 ** -figure.decimals * scale
    digits = "".join(c for c in f"{abs(figure.value):f}" if c.isdigit()).lstrip("0")
    return Mention(index, figure, float(figure.value) * scale, half, scale, digits, figure.dimension, *figure.span, 0, 0, 0, "", "")
