"""Tables of amounts copied out as text, put back under their headings.

As many headings stand before the first label as the fullest rows have values. Where they do not go together (a percentage
under an amount, a row with more values than there are headings) nothing is put back.

>>> text = "单位:万元 项目 年初预算 本月完成 累计完成 占预算% 一、税收收入 86,500 5,214 79,863 92.33 其中:增值税 24,800 1,590 23,118 93.22"
>>> [["|".join(c.text if c else "" for c in row) for row in b.rows] for b in grids_of(tokens([Paragraph(text, Place())]))]
[['项目|年初预算|本月完成|累计完成|占预算%', '一、税收收入|86,500|5,214|79,863|92.33', '其中:增值税|24,800|1,590|23,118|93.22']]
>>> list(grids_of(tokens([Paragraph("项目 金额 占预算% 一、税收 86.5% 40 二、其他 33.1% 20", Place())])))
[]
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import regex

from fusuan.patterns.cues.amounts import label_of
from fusuan.patterns.cues.indicators import role_of
from fusuan.patterns.grids.unframed.headings import Heads, heads_of
from fusuan.patterns.grids.unframed.lines import Line, Paragraph, Place, lines_of, tokens
from fusuan.patterns.grids.unframed.marks import Built
from fusuan.patterns.grids.unframed.place import Placed, placed
from fusuan.patterns.grids.unframed.tokens import Token

__all__ = ["Paragraph", "Place", "grids_of", "tokens"]

_MOST = 400


def grids_of(stream: Sequence[Token], start: int = 0, end: int | None = None) -> Iterator[Built]:
    """Yield the tables of amounts in a stretch of a stream."""
    lines = lines_of(stream, start, end)
    places = {id(token): n for n, token in enumerate(stream[start:end], start)}
    at = 0
    while at < len(lines):
        built, stop = _table(lines, at, places)
        if built is not None:
            yield built
        at = max(stop, at + 1)


def _table(lines: Sequence[Line], at: int, places: Mapping[int, int]) -> tuple[Built | None, int]:
    """The table whose headings stand in a row of words and values, and the row after it. `places`: of each token."""
    top = lines[at]
    apart = not top.values and at + 1 < len(lines) and bool(lines[at + 1].codes)
    if len(top.words) < 2 + apart or not (top.values or apart):
        return None, at + 1
    stop = _stop(lines, at + 1)
    body = list(lines[at + apart:stop])
    heads = heads_of(top, body, apart)
    if heads is None:
        return None, at + 1
    if not apart:
        body[0] = replace(top, words=top.words[len(top.words) - heads.labels:])
    rows = placed(body, heads)
    if not any(len(line.values) == heads.width for line in body) and not (heads.known and all(p.state != "open" for p in rows)):
        return None, at + 1
    laid = list(_headed(heads, body, rows))
    sure = [n for n, (_, state) in enumerate(laid) if state == "full" and heads.known]
    rest = _fund_lines(lines, stop) if heads.known else []
    laid += [((*[None] * (len(laid[-1][0]) - heads.width - max(heads.labels, 1)), word, *[None] * (heads.width + max(heads.labels, 1) - 1)), "")
             for word in rest]
    end = places[id(rest[-1])] + 1 if rest else body[-1].end
    return Built(places[id(heads.first)], end, tuple(row for row, _ in laid), frozenset(sure),
                 frozenset(n for n, (_, state) in enumerate(laid) if state == "open"), heads=heads.deep), stop


_FUND = regex.compile(r"(?:其中:)?(?:上年结转(?:资金)?|其他资金|单位资金|财政专户管理资金|地方资金|县级资金|自筹资金|社会资金)[::]?")


def _fund_lines(lines: Sequence[Line], at: int) -> list[Token]:
    """The lines of funds without amounts at the end of a form of funds: 上年结转资金 其他资金."""
    found: list[Token] = []
    for line in lines[at:at + 3]:
        for word in line.words:
            if not _FUND.fullmatch(word.text):
                return found
            found.append(word)
        if line.values:
            return found
    return found


def _stop(lines: Sequence[Line], start: int) -> int:
    """Where the rows end: at running text, a line without values, or further headings."""
    at = start
    while at < len(lines) and at - start < _MOST:
        line = lines[at]
        headed = sum(bool(role_of(word.text)) for word in line.words)
        if line.prose or not (line.values or line.codes) or len(line.words) > 4 or headed >= 2 and len(line.words) > 2:
            break
        at += 1
    return at


_Laid = tuple[tuple[Token | None, ...], str]


def _headed(heads: Heads, body: Sequence[Line], places: Sequence[Placed]) -> Iterator[_Laid]:
    """The rows with their headings and labels, and of each whether it is full or open."""
    coded = any(line.codes for line in body)
    blank = [replace(heads.first, text="编码")] if coded else []
    labels = max(heads.labels, 1)
    for n, row in enumerate(heads.rows):
        yield (*(blank if not n else [None] * len(blank)), *row), ""
    for line, place in zip(body, places, strict=True):
        code = [replace(line.codes[0], text="".join(c.text for c in line.codes))] if line.codes else [None]
        own: list[Token | None] = list(line.words[max(0, len(line.words) - labels):])
        for word in line.words[:max(0, len(line.words) - labels)]:
            if _names_row(word.text):
                yield (*([None] if coded else []), *[None] * (labels - 1), word, *[None] * heads.width), ""
        own += [None] * (labels - len(own))
        yield (*(code if coded else []), *own, *place.values), place.state


def _names_row(text: str) -> bool:
    """Tell whether words before the label of a row are a row of their own, without values, rather than a remark."""
    label = label_of(text)
    return bool(label.grade or label.among or text.endswith(":"))
