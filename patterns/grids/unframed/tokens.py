"""The words and values of a page copied out as text, one after another: what a table without frame is put back from.

A token is what stands between blanks. Single characters set apart (合 计), a unit or a bracket behind a blank, and a number
broken at the end of a line are one token again.

>>> [(t.text, t.kind) for t in tokens([Paragraph("合 计 60.50 — 全年预算数 (A) 95.", Place()), Paragraph("10% 其他", Place())])]
[('合计', 'word'), ('60.50', 'value'), ('—', 'blank'), ('全年预算数(A)', 'word'), ('95.10%', 'value'), ('其他', 'word')]
>>> [t.kind for t in tokens([Paragraph("全年完成 3 项，其中新建 1 项。", Place())])]
['prose']
>>> [(t.text, t.kind) for t in tokens([Paragraph("得分 92.1 分 (30 分) - 3 -", Place()), Paragraph("- 4 -", Place())])][:3]
[('得分', 'word'), ('92.1分', 'value'), ('(30分)', 'word')]
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import regex

from fusuan.model import Paragraph, Place
from fusuan.patterns.grids.unframed.joined import pieces
from fusuan.patterns.text.fold import fold

__all__ = ["Paragraph", "Place", "Token", "cells", "in_rows", "tokens"]

NUMBER = regex.compile(r"[-+]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?")
_UNITS = r"%|‰|百分比|[万亿]|[万亿千]?元(?:/[\u4e00-\u9fff]{1,3})?|万?[人个分户亩项次辆套天场台件处条座份期家名]|公里|平方米|立方米|人次|批次"
_VALUE = regex.compile(rf"[≥≤<>=]?\(?{NUMBER.pattern}\)?(?:{_UNITS})?")
_BLANK = regex.compile(r"[-—–/]+")
_PROSE = regex.compile(r"[。;!?]|,(?![0-9]{3}(?![0-9]))")
_UNIT = regex.compile(_UNITS)
_BRACKET = regex.compile(r"\((?:[A-Z](?:[-+/÷×*=0-9A-Z%]{0,12})|[万亿千]?元|%|[0-9]{1,3}分?|人|分)\)")
# a piece longer than this may be many cells that run together
_JOINED = 40
_PAGE = regex.compile(r"\s*(?:[-—]\s?[0-9]{1,4}\s?[-—]|第\s?[0-9]{1,4}\s?页(?:[,\s]*共\s?[0-9]{1,4}\s?页)?)\s*")
_PIECE = regex.compile(r"[^\s(]*+\([^()\s]{0,8}\s[^()\s]{0,8}\)\S*+|\S++")


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a value: `text` as read (folded, joined), `kind` one of word, value, blank, prose.

    `line` is the paragraph it begins in (by its place among those given), `last` the one it ends in; `start` and `end` are
    offsets there.
    """

    text: str
    kind: str
    line: int
    start: int
    last: int
    end: int

    @property
    def number(self) -> bool:
        """Tell whether it is a bare number."""
        return self.kind == "value" and bool(NUMBER.fullmatch(self.text))

    @property
    def whole(self) -> int | None:
        """The whole number it is, None where it is none."""
        return int(self.text) if self.kind == "value" and self.text.isdigit() and len(self.text) < 9 else None

    def opens(self, before: Token | None) -> bool:
        """Tell whether it is the first of its line."""
        return before is None or before.last < self.line


def tokens(paragraphs: Sequence[Paragraph]) -> list[Token]:
    """Return the tokens of consecutive paragraphs; a paragraph of running text is a single one."""
    found: list[Token] = []
    for line, paragraph in enumerate(paragraphs):
        for token in _of(paragraph.text, line):
            joined = _joined(found[-1], token) if found else None
            if joined is not None:
                found[-1] = joined
            else:
                found.append(token)
    return found


def cells(paragraphs: Sequence[Paragraph]) -> list[Token]:
    """Return the tokens of cells written one to a paragraph: each is one, whatever blanks it holds.

    >>> [(t.text, t.kind) for t in cells([Paragraph("林木 良种", Place()), Paragraph("573", Place()), Paragraph("/", Place())])]
    [('林木良种', 'word'), ('573', 'value'), ('/', 'blank')]
    """
    texts = ["".join(fold(paragraph.text).split()) for paragraph in paragraphs]
    return [Token(text, _kind(text), n, 0, n, len(paragraphs[n].text)) for n, text in enumerate(texts) if text]


def in_rows(rows: Sequence[Sequence[str]]) -> list[Token]:
    """Return the tokens of cells that stand row by row, two blanks between them in the line of their row.

    >>> [(t.text, t.line, t.start, t.end) for t in in_rows([["林木 良种", "573"], ["造林"]])]
    [('林木良种', 0, 0, 5), ('573', 0, 7, 10), ('造林', 1, 0, 2)]
    """
    found: list[Token] = []
    for line, row in enumerate(rows):
        at = 0
        for text in row:
            word = "".join(fold(text).split())
            found.append(Token(word, _kind(word), line, at, line, at + len(text)))
            at += len(text) + 2
    return found


def _of(text: str, line: int) -> Iterator[Token]:
    folded = fold(text)
    if _PAGE.fullmatch(folded) or not folded.strip(" .…"):
        return
    found = [(match, pieces(match.group()) if match.end() - match.start() > _JOINED else []) for match in _PIECE.finditer(folded)]
    if _running(folded) and not any(joined for _, joined in found):
        yield Token(folded.strip(), "prose", line, 0, line, len(folded))
        return
    for match, joined in found:
        for start, end in joined or [(0, match.end() - match.start())]:
            word = "".join(match.group()[start:end].split())
            # a point typed after a number is none of it
            spare = int(bool(regex.fullmatch(r"[0-9]+\.[0-9]+\.", word)))
            word = word[: len(word) - spare]
            yield Token(word, _kind(word), line, match.start() + start, line, match.start() + end - spare)


def _running(folded: str) -> bool:
    """Tell whether a paragraph is running text: sentences, and no more values among them than running text has."""
    if not _PROSE.search(folded):
        return False
    pieces = folded.split()
    if _row(pieces):
        return False
    values = sum(bool(_VALUE.fullmatch(piece)) for piece in pieces)
    spoken = sum(bool(_PROSE.search(piece)) for piece in pieces)
    return values < 4 or spoken * 3 > values


_MARK = regex.compile(r"[0-9]{1,3}(?:\.[0-9]{1,2})?")


def _row(pieces: Sequence[str]) -> bool:
    """Tell whether the pieces of a paragraph are a row of names, remarks and marks: it ends with a mark, or with two and a remark.

    >>> _row("立项依据 充分得5分,否则不得分。 5 5".split()), _row("组织机构 2 2 有专人负责2分。".split()), _row("完成 3 项,新建 1 项。".split())
    (True, True, False)
    """
    if len(pieces) < 3 or _PROSE.search(pieces[0]) or NUMBER.match(pieces[0]):
        return False
    marks = [bool(_MARK.fullmatch(piece)) for piece in pieces]
    return marks[-1] or any(a and b for a, b in zip(marks[-4:-1], marks[-3:], strict=False))


def _kind(word: str) -> str:
    if _VALUE.fullmatch(word):
        return "value"
    if _BLANK.fullmatch(word):
        return "blank"
    return "prose" if len(word) > 60 or _PROSE.search(word) else "word"


def _joined(before: Token, token: Token) -> Token | None:
    """The token that two make, None where they are two."""
    same = before.last == token.line
    if before.kind == "word" and token.kind == "word":
        apart = same and len(before.text) == len(token.text) == 1 and _han(before.text) and _han(token.text)
        if apart or _BRACKET.fullmatch(token.text) and not _BRACKET.search(before.text):
            return _together(before, token)
    if before.kind == "value" and token.kind == "word" and same and token.text.startswith("年") and regex.fullmatch(r"(?:19|20)[0-9]{2}", before.text):
        return replace(_together(before, token), kind="word")
    if before.kind == "value" and token.kind == "word" and same and _UNIT.fullmatch(token.text) and NUMBER.fullmatch(before.text):
        return _together(before, token)
    broken = before.kind == "word" and not same and regex.fullmatch(r"-?[0-9][0-9,]*\.", before.text) and token.kind == "value"
    if broken and regex.match(r"[0-9]{1,2}(?![0-9.])", token.text):
        return replace(_together(before, token), kind="value")
    return None


def _together(before: Token, token: Token) -> Token:
    return replace(before, text=before.text + token.text, last=token.last, end=token.end)


def _han(char: str) -> bool:
    return "\u4e00" <= char <= "\u9fff"
