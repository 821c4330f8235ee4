"""From running text to its mentions: each figure with its role, name, direction and place.

>>> from fusuan.patterns._report import Text
>>> from fusuan.model import Paragraph, Place
>>> def roles(text):
...     return [(m.shown(), m.role, m.direction, m.name) for m in passage([Text.of(Paragraph(text, Place()))]).mentions]
>>> roles("接待费31.5万元，比上年减少2.5万元，下降7.35%")
[('31.5万元', 'amount', 0, '接待费'), ('2.5万元', 'change', -1, '接待费'), ('7.35%', 'growth', -1, '接待费')]
>>> roles("甲镇、乙镇分别为3万元、5万元，占总额的37.5%")
[('3万元', 'amount', 0, '甲镇'), ('5万元', 'amount', 0, '乙镇'), ('37.5%', 'share', 0, '甲镇乙镇')]
>>> roles("结构为12.5:50.0:37.5")[1:], roles("门票、停车费分别增长８．２％、１２．７％")[1]
([('50.0', 'share', 0, '结构'), ('37.5', 'share', 0, '结构')], ('１２．７％', 'growth', 1, '门票停车费'))
>>> [is_row(Text.of(Paragraph(line, Place()))) for line in ("房产税 412 97", "31.6亿元 环比下降4.7%")]
[True, False]
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence, Set
from dataclasses import replace
from itertools import pairwise

import regex

from fusuan.model import Figure, Place
from fusuan.relations.passages import cues
from fusuan.relations.passages.lists import Lists
from fusuan.relations.passages.mention import Mention, Passage, pairs
from fusuan.relations.passages.units import JOINED, TO, Prose, with_units

_SENTENCE = regex.compile(r"[。!?\n]")
_CLAUSE = regex.compile(r"[;、:|。!?\n]|,(?![0-9]{3})")
_MARKER = regex.compile(r"\s*(?:[(]?[一二三四五六七八九十]{1,3}[)、]|[(]?[0-9]{1,2}(?:[)、]|[.](?![0-9]))|[①-⑳]|[一二三四五六七八九十]是)")
_GROWN = regex.compile(rf"(?:同比|环比|比上[年月]|较上[年月])(?:{cues.DOWN}|{cues.UP})$")
"""What no cell of values says before its percentage."""
_EACH = regex.compile(r"分别|各")
_PARTING = regex.compile(r"、|以及|和|及|与|,")
_MARKS = regex.compile(r"[。;:!?、]|,(?![0-9]{3})")
_WITHIN = regex.compile(r"中(?:[,:]有?|有)[^,;:。]{0,24}$")
"""预算 500 万元中, …; 在税收收入中, …; 12 个县中有 …"""
_HAN = regex.compile(r"[\u4e00-\u9fff]")
_CLAUSE_HEAD = regex.compile(r"[,;:。(]")
_NAME_HEAD = regex.compile(r"[;。\n]")
_DIGITS = regex.compile(r"[0-9][0-9, ]*(?:\.[0-9]+)?")
_BARE_NAMES = frozenset(("支出", "收入", "总支出", "总收入", "总", "总量", "总额"))


def passage(texts: Sequence[Prose], rows: Set[Place] = frozenset()) -> Passage:
    """Return the mentions of some paragraphs in order; `rows`: which of them are rows of a table."""
    starts = [0]
    for text in texts:
        starts.append(starts[-1] + len(text.folded) + 1)
    joined = _unwrapped([text.folded for text in texts])
    whole = Passage(joined, "\n".join(text.printed for text in texts), lines=[(start, text.place) for start, text in zip(starts, texts, strict=False)])
    marks = _Marks(whole.text)
    end = paragraph = 0
    for text, offset in zip(texts, starts, strict=False):
        paragraph += offset > 0 and whole.text[offset - 1] == "\n"
        if text.place in rows or is_row(text):
            whole.cells += (_mention(whole, marks, figure, offset, paragraph, 0, -1 - len(whole.cells) - n) for n, figure in enumerate(text.figures))
            continue
        for figure in with_units(text):
            mention = _mention(whole, marks, figure, offset, paragraph, end, len(whole.mentions))
            end = mention.end
            whole.mentions.append(mention)
    _describe(whole)
    whole.index()
    return whole


def is_row(text: Prose) -> bool:
    """Tell whether a paragraph is a row of figures and no sentence: names and values without a mark between them."""
    if not text.figures or _MARKS.search(text.folded) or any(_GROWN.search(text.folded, 0, f.span[0]) for f in text.figures if f.dimension == "rate"):
        return False
    return len(text.figures) > 1 or len(_HAN.findall(text.folded)) < 3


def _unwrapped(lines: list[str]) -> str:
    """The lines as one text: a line that the width of a page broke goes on after a blank, any other ends with its feed."""
    pieces = []
    for line, following in pairwise([*lines, ""]):
        bare = line.rstrip()
        broken = len(bare) >= 16 and bare[-1] not in "。;:!?|" and bool(following.strip()) and "|" not in line + following \
            and not _MARKER.match(following) and not following[:1].isspace()
        pieces += [line, " " if broken else "\n"]
    return "".join(pieces)[:-1]


class _Marks:
    """Where the sentences and clauses of a text end."""

    def __init__(self, text: str) -> None:
        self.sentences = [m.end() for m in _SENTENCE.finditer(text)]
        self.clauses = [m.end() for m in _CLAUSE.finditer(text)]
        self.semicolons = [n for n, mark in enumerate(text) if mark == ";"]

    def sentence(self, at: int) -> int:
        return bisect_right(self.sentences, at)

    def start(self, at: int) -> int:
        number = self.sentence(at)
        return self.sentences[number - 1] if number else 0


def _mention(whole: Passage, marks: _Marks, figure: Figure, offset: int, paragraph: int, previous: int, index: int) -> Mention:
    text = whole.text
    start, end = figure.span[0] + offset, figure.span[1] + offset
    head = max(previous, marks.start(start))
    scale = float(figure.scale)
    digits = _DIGITS.search(text, start, end)
    raw = digits.group().replace(",", "").replace(" ", "") if digits else str(figure.value)
    half = 0.0 if figure.is_count else 0.5 * 10.0 ** -figure.decimals * scale
    return Mention(
        index=index, figure=figure, value=float(figure.value) * scale, half=half, scale=scale,
        digits=raw.replace(".", "").lstrip("0"), dimension=figure.dimension, start=start, end=end,
        clause=bisect_right(marks.clauses, start), sentence=marks.sentence(start), paragraph=paragraph, matter=bisect_right(marks.semicolons, start),
        before=text[max(head, start - 60):start], after=text[end:end + 24], lead=text[max(offset, start - 100):start],
        bare=not figure.unit)


def _describe(whole: Passage) -> None:
    """Fill in role, direction, name, year and list structure, from the text between the figures."""
    name, depth, seen, paragraph = "", 0, 0, -1
    lists = Lists(whole.text)
    for m in whole.mentions:
        m.path = lists.at(m.start)
        gap = whole.text[seen:m.start]
        opened = gap if m.paragraph == paragraph else gap.rsplit("\n", 1)[-1]
        m.depth = depth = max(0, (depth if m.paragraph == paragraph else 0) + opened.count("(") - opened.count(")"))
        seen = m.end
        _place(whole, m, gap)
        if m.index and gap.strip() in ("", "、") and (beside := whole.mentions[m.index - 1]).dimension != m.dimension:
            m.opens, m.item = m.opens or beside.opens, m.item or beside.item  # 其中:甲9人、7335元
        clause = _CLAUSE_HEAD.split(m.before)[-1]
        m.role, m.direction = _role(m, clause)
        if m.role == "amount" and _earlier(whole, m):
            m.role = "prior"
        m.tail = cues.EITHER.sub("±", m.before[-8:].strip())[-4:]
        m.last_year = bool(cues.EARLIER.search(clause)) and m.role in ("amount", "prior", "base")
        m.tags = _tags(m)
        m.past = m.dimension == "rate" and _is_past(m)
        m.remarked = m.dimension == "rate" and bool(cues.REMARK.match(m.after) or cues.REMARKED.search(m.before))
        m.added = bool(cues.PLUS.search(m.before[-14:]))
        m.priced = bool(cues.PRICE.search(m.before[-6:]) or cues.MEAN.search(m.before[-6:]))
        m.closes = bool(cues.CLOSING.search(m.before))
        own = naming(m.before)
        m.own_name = len(own) >= 2 and own not in _BARE_NAMES
        name = m.name = own if m.own_name else name
        m.pairs = pairs(name)
        paragraph = m.paragraph
    for run in _series(whole):
        _rank(run)
    for m in whole.mentions:
        if m.direction and m.value < 0:  # 下降 -8.2%, 增长 -8.2%: either way the sign says that it fell
            m.direction, m.value, m.figure = -1, -m.value, replace(m.figure, value=-m.figure.value)
    seen_in: set[int] = set()
    for m in whole.mentions:
        if m.role == "amount" and m.dimension == "money" and m.paragraph not in seen_in:
            m.heads = True
            seen_in.add(m.paragraph)


def _earlier(whole: Passage, m: Mention) -> bool:
    """Tell whether brackets or a clause of its own give an amount as that of an earlier year."""
    if cues.IN_COMPARISON.search(m.before):
        return True
    last = whole.mentions[m.index - 1] if m.index else None
    return last is not None and last.sentence == m.sentence and last.role in ("growth", "change") and bool(cues.YEAR_ALONE.search(m.before))


def _is_past(m: Mention) -> bool:
    """Tell whether a percentage is said to be of an earlier time, or what another one came from."""
    said = cues.PAST.search(m.before)
    return said is not None and (said.group()[0] not in "由从" or bool(cues.EARLIER.search(said.group()) or cues.REACHES.match(m.after)))


def _place(whole: Passage, m: Mention, gap: str) -> None:
    years = cues.YEAR.findall(m.lead)
    m.year = int(years[-1]) if years else 0
    opens = cues.OPENS.findall(gap[-40:])
    m.opens = "其中" if "其中" in opens else opens[-1] if opens else "中" if _WITHIN.search(gap) else ""
    m.item = bool(cues.ITEM.search(gap[-60:])) or "\n" in gap and bool(_MARKER.match(gap.rsplit("\n", 1)[-1]))
    m.among = bool(cues.AMONG.search(whole.text, max(0, m.start - 200), m.start)) and "其中" in _sentence_to(whole, m)


def _sentence_to(whole: Passage, m: Mention) -> str:
    start = max(whole.text.rfind(mark, 0, m.start) for mark in "。\n")
    return whole.text[max(start + 1, m.start - 400):m.start]


def _tags(m: Mention) -> frozenset[str]:
    said = cues.FUNDS.sub("", m.before[-24:])
    found = {tag for tag, pattern in cues.TAGS.items() if pattern.search(said)}
    if m.figure.sign == "≈":
        found.add("approximate")
    elif m.figure.sign and m.figure.sign in "≥≤><":
        found.add("target")
    return frozenset(found)


def _role(m: Mention, clause: str) -> tuple[str, int]:
    """What part a figure plays, and which way it points, by the words right before and after it."""
    tail = m.before[-30:]
    change = cues.CHANGE.search(tail)
    direction = (1 if change["up"] else -1 if change["down"] else 0) if change else 0
    if m.dimension == "rate":
        reached = cues.REACHED.search(m.lead)
        return _rate_role(m.lead[max(0, reached.start() - 30):reached.start()], False, 0) if reached else _rate_role(tail, bool(change), direction)
    if m.dimension == "points":
        return "points", direction
    if change and cues.SWING.search(tail):
        return "swing", 0
    if change and not cues.CHANGED_TO.search(tail):
        return "change", direction
    if cues.BASE_AFTER.match(m.after):
        return "base", 0
    if cues.COMPARE.search(clause) and (cues.CHANGES_AFTER.match(m.after) or cues.EARLIER.search(clause) and m.after[:1] != "。"):
        return "prior", 0
    return "amount", 0


def _rate_role(tail: str, changes: bool, direction: int) -> tuple[str, int]:
    if cues.GROWTH.search(tail) or changes and not cues.DONE.search(tail):
        return "growth", direction
    if cues.SHARE.search(tail):
        return "share", 0
    if cues.DONE.search(tail):
        return "done", 0
    return ("named", 0) if cues.RATE_NAME.search(tail) else ("percent", 0)


def naming(before: str) -> str:
    """The words that name a figure, without those that any figure has.

    >>> naming("其中:公务接待费支出"), naming("比上年增加")
    ('公务接待费支出', '')
    """
    clause = _MARKER.sub("", _NAME_HEAD.split(before)[-1], count=1)
    return cues.EMPTY.sub("", clause)[-16:]


def _series(whole: Passage) -> Iterator[list[Mention]]:
    """Runs of figures with nothing but a joint between them: 分别为 3.1 万元、4.2 万元."""
    run: list[Mention] = []
    for a, b in pairwise(whole.mentions):
        if a.dimension == b.dimension and (JOINED.fullmatch(whole.text, a.end, b.start) or _composed(a) and _composed(b)
                                           and TO.fullmatch(whole.text, a.end, b.start)):
            run = run or [a]
            run.append(b)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _composed(m: Mention) -> bool:
    """Tell whether it is a member of a composition: a percentage for which no sign is printed."""
    return m.figure.unit == "%" and not {"%", "％"} & set(m.figure.text) and not m.bare


def _rank(run: list[Mention]) -> None:
    """Give the figures of a series their place in it, what the first one is, and the names told before it in turn."""
    first = run[0]
    clause = _NAME_HEAD.split(first.before)[-1]
    names = [cues.EMPTY.sub("", part) for part in _PARTING.split(_EACH.split(clause)[0])]
    names = [name for name in names if name]
    for rank, m in enumerate(run):
        m.series, m.rank = len(run), rank
        m.role, m.direction, m.tags, m.opens = "share" if _composed(m) else first.role, first.direction, first.tags, "" if rank else first.opens
        if len(names) == len(run) and first.role == "amount":
            m.name, m.own_name, m.pairs = names[rank][-16:], True, pairs(names[rank][-16:])
