"""Accounts copied out as text: names with one amount each, in one column or in two side by side.

收支总表: income and outgo are told by their names and put side by side again, their totals in one row; the row numbers
(行次) are left out. A list of names and amounts under a total is a table of two columns; with classification codes it
is put in their order, each total before what it adds up.

>>> def shown(*lines):
...     stream = tokens([Paragraph(line, Place(paragraph=n)) for n, line in enumerate(lines)])
...     return [[" ".join(t.text if t else "_" for t in row) for row in b.rows[b.heads:]] for b in pairs_of(stream)]
>>> shown("收入 支出 项目 行次 决算数 项目 行次 决算数", "一、财政拨款收入 1 30.50 一、教育支出 31 28.10", "二、事业收入 2 二、卫生支出 32 2.00",
...       "本年收入合计 27 30.50 本年支出合计 57 30.10", "年初结转和结余 29 年末结转和结余 59 0.40", "总计 30 30.50 总计 60 30.50")[0]
['一、财政拨款收入 30.50 一、教育支出 28.10', '二、事业收入 _ 二、卫生支出 2.00', '本年收入合计 30.50 本年支出合计 30.10', '年初结转和结余 _ 年末结转和结余 0.40', '总计 30.50 总计 30.50']
>>> shown("301 工资福利支出 18.00 302 商品和服务支出 6.00", "30101 基本工资 18.00 30201 办公费 6.00", "人员经费合计 18.00 公用经费合计 6.00")
[['_ 人员经费合计 18.00', '301 工资福利支出 18.00', '30101 基本工资 18.00', '_ 公用经费合计 6.00', '302 商品和服务支出 6.00', '30201 办公费 6.00']]
>>> shown("附件 3", "表 4", "图 5", "页 6")
[]
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import regex

from fusuan.patterns.cues.amounts import label_of, rank
from fusuan.patterns.grids.unframed.lines import Line, Paragraph, Place, lines_of, tokens
from fusuan.patterns.grids.unframed.marks import Built
from fusuan.patterns.grids.unframed.tokens import Token

__all__ = ["Paragraph", "Place", "pairs_of", "tokens"]

_LEFT = regex.compile(r"收入|拨款|上年结[转余]|年初|期初|使用非财政|用事业基金|财政专户")
_RIGHT = regex.compile(r"支出|结余分配|年末|年终|期末|结转下年|付息")
_SUM = regex.compile(r"(?:本年|本期|收入|支出)*(?:合计|总计)")
_STAFF = regex.compile(r"人员经费.{0,4}(?:合计|小计)?$")
_RUNNING = regex.compile(r"公用经费.{0,4}(?:合计|小计)?$")
_OPEN = regex.compile(r"[(（][^()（）]*$")
_LEAST = 4
_TAIL = 4
"""Names have as many characters, the end of a broken one may have fewer."""


@dataclass(frozen=True, slots=True)
class _Pair:
    """A name with its amount (none where it is blank) and its classification code."""

    name: Token
    value: Token | None
    code: Token | None = None

    @property
    def total(self) -> bool:
        return bool(_SUM.fullmatch(label_of(self.name.text).text))


def pairs_of(stream: Sequence[Token], start: int = 0, end: int | None = None) -> Iterator[Built]:
    """Yield the accounts in a stretch of a stream."""
    lines = [_opening(line) for line in lines_of(stream, start, end)]
    places = {id(token): n for n, token in enumerate(stream[start:end], start)}
    at = 0
    while at < len(lines):
        stop = at
        while stop < len(lines) and _fits(lines[stop], first=stop == at):
            stop += 1
        if stop - at >= _LEAST:
            built = _account(lines[at:stop], places)
            if built is not None:
                yield built
        at = max(stop, at + 1)


def _opening(line: Line) -> Line:
    """A row without the sentence that stands before its name, where that is numbered: the first of a list under its heading."""
    last = line.words[-1] if line.prose else None
    return replace(line, words=[last]) if last is not None and last.kind != "prose" and label_of(last.text).grade else line


def _fits(line: Line, first: bool) -> bool:
    """Tell whether a row is names and one amount, with row numbers or without."""
    if line.prose or not line.words or len(line.values) > 3 or any(v.text.endswith("%") for v in line.values):
        return False
    return first or len(line.words) <= 3


def _account(lines: Sequence[Line], places: dict[int, int]) -> Built | None:
    """The table that rows of names and amounts make; None where they are something else."""
    numbered = any(word.text == "行次" for word in lines[0].words)
    pairs = list(_pairs(lines, numbered))
    if pairs is None or sum(p.value is not None for p in pairs) < _LEAST:
        return None
    if not numbered and any(len(line.values) > 1 for line in lines):
        return None
    coded = sum(p.code is not None for p in pairs) * 2 > len(pairs)
    left, right = _sides(pairs)
    both = any(p.total for p in left) and any(p.total for p in right) and _by_turns(pairs, left)
    if coded:
        rows = _by_code(pairs)
    elif both:
        rows = _beside(left, right)
    elif any(rank(p.name.text) for p in pairs) and any(label_of(p.name.text).grade for p in pairs):
        rows = [(p.name, p.value) for p in pairs]
    else:
        return None
    first = pairs[0].name if pairs[0].code is None else pairs[0].code
    heads = [replace(first, text=text) for text in (("编码", "项目", "金额") if coded else ("项目", "金额") * (2 if both else 1))]
    over = [replace(first, text="收入"), replace(first, text="支出")]
    top = [(over[0], over[0], over[1], over[1])] if both and not coded else []
    name = pairs[0].name
    opening, begins = next((line, word) for line in lines for word in line.words if (word.line, word.start) == (name.line, name.start))
    return Built(opening.start if opening.codes else places[id(begins)], lines[-1].end, (*top, tuple(heads), *rows), heads=1 + len(top))


def _pairs(lines: Sequence[Line], numbered: bool) -> Iterator[_Pair]:
    """The names with their amounts; the words before the first name are headings."""
    begun = False
    exact = sum("." in v.text for line in lines for v in line.values) >= 2
    for line in lines:
        values, words = [v for v in line.values if v.kind == "value"], _unbroken(line.words)
        if numbered and begun | bool(label_of(words[-1].text).grade):
            values = values[1:2] if values and values[0].whole is not None else values[:1]
            # the number of a row whose name is blank: the amounts have decimals
            values = [v for v in values if not (v.whole is not None and v.whole < 100 and (exact or v.opens(line.values[0])))]
        code = replace(line.codes[0], text="".join(c.text for c in line.codes)) if line.codes else None
        for n, word in enumerate(words):
            last = n == len(words) - 1
            if last and (begun or line.codes or label_of(word.text).grade or values and not numbered) \
                    or not last and (begun or label_of(word.text).grade):
                begun = True
                yield _Pair(word, values[0] if last and values else None, code if last else None)


def _unbroken(words: Sequence[Token]) -> list[Token]:
    """The words of a row; of a name that the end of a line broke (…财政拨款收, 入) one word."""
    whole: list[Token] = []
    for word in words:
        if whole and word.line > whole[-1].last and len(word.text) < _TAIL and not label_of(word.text).grade \
                and (label_of(whole[-1].text).grade or _OPEN.search(whole[-1].text)):
            whole[-1] = replace(whole[-1], text=whole[-1].text + word.text, last=word.last, end=word.end)
        else:
            whole.append(word)
    return whole


def _sides(pairs: Sequence[_Pair]) -> tuple[list[_Pair], list[_Pair]]:
    """The pairs of income and those of outgo, by their names; bare totals by turns."""
    left: list[_Pair] = []
    right: list[_Pair] = []
    turn = True
    for pair in pairs:
        name = label_of(pair.name.text).text
        if _RIGHT.search(name) and not regex.search(r"收入(?:合计|总计)?$", name):
            right.append(pair)
        elif _LEFT.search(name):
            left.append(pair)
        elif pair.total:
            (left if turn else right).append(pair)
            turn = not turn
        else:
            (right if right or not left else left).append(pair)
    return left, right


def _by_turns(pairs: Sequence[_Pair], left: Sequence[_Pair]) -> bool:
    """Tell whether the names of both sides come by turns: in one line, or with the same list mark (一、 and 一、)."""
    own = {id(pair) for pair in left}
    crowd = Counter(pair.name.line for pair in pairs)
    turns = sum(id(a) in own and id(b) not in own
                and (a.name.line == b.name.line and crowd[a.name.line] <= 3 or _mark(a) == _mark(b) != "") for a, b in pairwise(pairs))
    return turns >= 3 and turns * 4 >= len(pairs)


def _mark(pair: _Pair) -> str:
    match = regex.match(r"[一二三四五六七八九十]{1,3}、", pair.name.text)
    return match[0] if match else ""


_Cells = tuple[Token | None, ...]


def _beside(left: Sequence[_Pair], right: Sequence[_Pair]) -> list[_Cells]:
    """Both sides in one table, with the totals of both in one row."""
    rows: list[_Cells] = []
    parts = [_split(left), _split(right)]
    for n in range(max(map(len, parts))):
        own, other = (part[n] if n < len(part) else [] for part in parts)
        deep = max(len(own), len(other))
        for side in (own, other):
            closed = bool(side) and side[-1].total
            blank: list[_Pair | None] = [None] * (deep - len(side))
            side[:] = [*side[:-1], *blank, side[-1]] if closed else [*side, *blank]  # type: ignore[list-item]
        rows += [_cells(a, b) for a, b in zip(own, other, strict=True)]
    return rows


def _cells(a: _Pair | None, b: _Pair | None) -> _Cells:
    return (a.name if a else None, a.value if a else None, b.name if b else None, b.value if b else None)


def _split(pairs: Sequence[_Pair]) -> list[list[_Pair]]:
    """The pairs up to each total, and those behind the last."""
    parts: list[list[_Pair]] = [[]]
    for pair in pairs:
        parts[-1].append(pair)
        if pair.total:
            parts.append([])
    return parts


def _by_code(pairs: Sequence[_Pair]) -> list[_Cells]:
    """Rows in the order of their codes; the total of staff before 301 and 303, that of running costs before the others."""
    coded = sorted((p for p in pairs if p.code is not None), key=lambda p: p.code.text if p.code else "")
    totals = [p for p in pairs if p.code is None]
    staff = next((p for p in totals if _STAFF.match(p.name.text)), None)
    running = next((p for p in totals if _RUNNING.match(p.name.text)), None)
    if staff is None or running is None:
        return [(p.code, p.name, p.value) for p in (*totals, *coded)]
    own = [p for p in coded if p.code is not None and p.code.text[:3] in ("301", "303")]
    other = [p for p in coded if p not in own]
    rest = [p for p in totals if p not in (staff, running)]
    return [(p.code, p.name, p.value) for p in (*rest, staff, *own, running, *other)]
