"""The headings of a table copied out as text: which of the words before the first row head its values.

>>> def heads(text, *rows):
...     top, *body = [*lines_of(tokens([Paragraph(text, Place())])), *lines_of(tokens([Paragraph(row, Place()) for row in rows]))]
...     found = heads_of(top, [top, *body], False)
...     return found and [[t.text if t else "" for t in row] for row in found.rows]
>>> heads("单位:万元 项目 预算数 决算数 完成率 合计 30 28 93.3%", "其中:甲 10 9 90%")
[['项目', '预算数', '决算数', '完成率']]
>>> heads("预算数(万元) 执行数(万元) 总额 财政拨款 总额 财政拨款 合计 30 28 20 18", "其中:甲 10 9 8 7")
[['', '预算数(万元)', '预算数(万元)', '执行数(万元)', '执行数(万元)'], ['', '总额', '财政拨款', '总额', '财政拨款']]
>>> heads("年度 合计 出国费 用车购置及运行费 合计 用车购置费 用车运行费 2015年 30 1 29 9 20", "2016年 31 2 29 8 21")
[['年度', '合计', '出国费', '用车购置及运行费', '用车购置及运行费', '用车购置及运行费'], ['', '', '', '合计', '用车购置费', '用车运行费']]
>>> heads("项目 预算数 完成率 合计 93.3% 30", "其中:甲 90% 10")
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

import regex

from fusuan.patterns.cues.amounts import is_rate, kind_of, rank
from fusuan.patterns.cues.indicators import role_of
from fusuan.patterns.grids.unframed.lines import Line, Paragraph, Place, lines_of, tokens
from fusuan.patterns.grids.unframed.tokens import NUMBER, Token

__all__ = ["Heads", "Paragraph", "Place", "goes", "heads_of", "lines_of", "tokens"]

_HEAD = regex.compile(r"(?:数|额|率|比重|占比|预算|决算|执行|支出|收入|资金|合计|小计|总计|总额|金额|年度?|月|费|经费|拨款|结转|结余|情况|面积|人数|标准|"
                      r"增减|余额|数量|完成|累计|下达|到位|清算|投资|值|分|[A-G])(?:\([^()]*\))?$|%\)?$|元\)?$|^其中:")
_ASIDE = regex.compile(r"备注|说明|原因|偏差|材料|端口|佐证|附件|改进措施")
_NO_HEAD = regex.compile(r"[:;。]$|[(（][0-9]{1,3}(?:\.[0-9]+)?分?[)）]$|^(?:填报|编制|填表|主管|金额|项目)?(?:单位|部门|日期|时间)(?:名称)?[::]|^附[件表]|表$|^公开[0-9]+表|"
                         r"^[一二三四五六七八九十]{1,3}、|^\([一二三四五六七八九十]\)")
_LEAD = regex.compile(r"序号|行次|科目|项目|编码|名称|单位|地区|年度|类|款|项|类款项?|科目(?:编码|名称)|项目名称|单位名称|县\(市、?区\)|学校名称")
_CORNER = regex.compile(r"资金(?:情况)?\((?:百|万|亿)?元\)$")
_KNOWN = ("initial", "budget", "executed", "rate", "weight", "earned")
_TOTAL = regex.compile(r"合计|小计|总计")


@dataclass(frozen=True, slots=True)
class Heads:
    """The headings: `rows` as they stand over the label column and the columns of values, `names` the innermost of each
    column, `first` the first word that is one of them, `labels` how many words name a row.
    """

    rows: tuple[tuple[Token | None, ...], ...]
    names: tuple[str, ...]
    first: Token
    labels: int
    lead: tuple[Token, ...] = ()

    @property
    def width(self) -> int:
        return len(self.names)

    @property
    def deep(self) -> int:
        """How many rows of headings there are; the numbers of the columns are none."""
        return len([row for row in self.rows if not any(t is not None and t.text.isdigit() for t in row)])

    @property
    def known(self) -> bool:
        """Tell whether every heading is one of a form of funds, or of changes."""
        return all(role_of(name) in _KNOWN or kind_of(name) == "change" for name in self.names)

    def spare(self, column: int) -> bool:
        """Tell whether a column holds neither amounts nor counts: marks, rates and changes."""
        return kind_of(self.names[column]) in ("mark", "rate", "change") or is_rate(self.names[column])


def heads_of(top: Line, body: Sequence[Line], apart: bool) -> Heads | None:
    """The headings that fit the rows: as many as the fullest have values. `apart`: no label follows them."""
    usual = Counter(len(line.words) for line in body[1:] if line.values)
    label = min(2, max(usual, key=lambda n: (usual[n], -n))) if usual else 1
    widths = sorted({len(line.values) for line in body if line.values}, reverse=True)
    told = _told(top)
    apart = apart or told == 0
    for width in dict.fromkeys([*_promised(top, label, widths), *widths]):
        for labels in dict.fromkeys([0] if apart or _unlabelled(top) else [told] if told else [label, 1, 0] if len(body) == 1 else [label, 1]):
            before = list(top.words[: len(top.words) - labels])
            while before and (_ASIDE.search(before[-1].text) or role_of(before[-1].text) in ("rule", "note", "reason", "ignored")):
                before.pop()
            lone = labels == 0 and not apart and not top.numbers
            for found in (_nested(before, width, labels), _plain(before, width, labels)):
                if found is not None and _plausible(found, body, lone):
                    return _counted(found, top.numbers)
    return None


def _promised(top: Line, label: int, widths: Sequence[int]) -> list[int]:
    """How many headings of a form of funds stand before the label, where they are a few more than the fullest row has values."""
    count = 0
    for word in reversed(top.words[: len(top.words) - label]):
        if role_of(word.text) not in _KNOWN or _CORNER.search(word.text):
            break
        count += 1
    return [count] if widths and widths[0] < count <= widths[0] + 2 else []


def _told(top: Line) -> int | None:
    """How many words of a line are the label, where the headings stand in a line before it; None where lines tell nothing."""
    if not top.values:
        return None
    own = [word for word in top.words if word.last >= top.values[0].line]
    before = [word.line for word in top.words[:len(top.words) - len(own)]]
    lined = len(before) >= 3 and len(set(before)) * 2 <= len(before) and len({v.line for v in top.values}) == 1
    # staff beside their quota are known without a name: 152 141 92.76%
    return len(own) if lined and len(own) <= 2 and (own or not any(v.text.endswith("%") for v in top.values)) else None


def _unlabelled(top: Line) -> bool:
    """Tell whether the values follow the numbers of their columns without a label."""
    return bool(top.numbers) and (top.words[-1].line, top.words[-1].start) < (top.numbers[0].line, top.numbers[0].start)


def _counted(found: Heads, numbers: Sequence[Token]) -> Heads:
    """The headings with the numbers of the columns under them, where these go by formulas."""
    if len(numbers) != found.width or not any("=" in n.text for n in numbers):
        return found
    blank = [None] * (len(found.rows[0]) - found.width)
    return replace(found, rows=(*found.rows, (*blank, *numbers)))


def _plain(before: Sequence[Token], width: int, labels: int) -> Heads | None:
    """A heading a column; over equal groups of them (合计 甲 乙 合计 甲 乙) as many that head the groups."""
    if not 0 < width <= len(before):
        return None
    own, rest = before[len(before) - width:], list(before[: len(before) - width])
    texts = [h.text for h in own]
    over: list[Token] = []
    for groups in (2, 3):
        size = width // groups
        if size > 1 and texts == texts[:size] * groups and len(rest) >= groups:
            over, rest = rest[len(rest) - groups:], rest[: len(rest) - groups]
            break
    lead = _lead(rest)
    rows = [tuple(own)] if not over else [tuple(over[c // (width // len(over))] for c in range(width)), tuple(own)]
    return _laid(rows, (*lead, *over, *own)[0], labels, lead)


def _nested(before: Sequence[Token], width: int, labels: int) -> Heads | None:
    """Headings over several rows, written row by row: of 合计 甲 乙 小计 丙 丁 the second row stands under one of the first."""
    totals = [n for n, token in enumerate(before) if _TOTAL.fullmatch(token.text)]
    for halves in (1, 2):
        if len(totals) < 2 * halves:
            continue
        for skip in range(max(0, len(totals) - 2 * halves - 2), len(totals) - 2 * halves + 1):
            found = _nest(before, totals[skip:], halves)
            if found is not None and len(found[-1]) == width:
                lead = _lead(before[:totals[skip] - (halves if halves > 1 else 0)])
                first = (*lead, *(before[totals[skip] - halves:] if halves > 1 else before[totals[skip]:]))[0]
                return _laid(found, first, labels, lead)
    return None


def _nest(before: Sequence[Token], totals: Sequence[int], halves: int) -> list[tuple[Token | None, ...]] | None:
    start, sub = totals[0], totals[halves]
    if halves == 2:
        sub = 2 * totals[1] - start
        own = [t.text for t in before[start:sub]]
        if sub not in totals or own[: len(own) // 2] != own[len(own) // 2:] or start < 2:
            return None
    groups = [before[a:b] for a, b in zip([n for n in totals if n >= sub], [*[n for n in totals if n > sub], len(before)], strict=True)]
    top = list(before[start:sub])
    if len(groups) % halves or any(len(group) < 2 for group in groups):
        return None
    under: dict[int, Sequence[Token]] = {}
    size, each = len(top) // halves, len(groups) // halves
    for n, group in enumerate(groups):
        half = n // each
        places = [p for p in range(half * size + 1, (half + 1) * size) if p not in under]
        shared = [len(set(top[p].text) & set("".join(t.text for t in group[1:]))) for p in places]
        best = max(shared, default=0)
        if best < 2 or shared.count(best) > 1:
            return None
        under[places[shared.index(best)]] = group
    first: list[Token | None] = []
    second: list[Token | None] = []
    over: list[Token | None] = []
    for p, token in enumerate(top):
        wide = len(under.get(p, ())) or 1
        first += [token] * wide
        second += under[p] if p in under else [None]
        over += [before[start - 2 + p // size]] * wide if halves == 2 else []
    return [tuple(row) for row in (over, first, second) if row]


def _laid(rows: Sequence[tuple[Token | None, ...]], first: Token, labels: int, lead: Sequence[Token]) -> Heads:
    names = tuple(next((row[c].text for row in reversed(rows) if row[c] is not None), "") for c in range(len(rows[-1])))  # type: ignore[union-attr]
    blank = [None] * (max(labels, 1) - 1)
    named: list[Token | None] = [None]
    for token in lead:
        named = [token] if not regex.search(r"序号|编码|行次|^[类款项]+$", token.text) else named
    put = len(rows) - 1 if len(rows) == 1 or rows[-1][0] is not None else 0
    laid = [(*blank, *(named if n == put else [None]), *row) for n, row in enumerate(rows)]
    return Heads(tuple(laid), names, first, labels, tuple(lead))


def _lead(before: Sequence[Token]) -> list[Token]:
    """The names of the label columns at the end of some words."""
    at = len(before)
    while at and len(before) - at < 3 and _LEAD.fullmatch(before[at - 1].text) and before[at - 1].kind == "word":
        at -= 1
    return list(before[at:])


def _plausible(found: Heads, body: Sequence[Line], lone: bool) -> bool:
    """Tell whether headings go with the rows; a row without label (`lone`) needs every one of them known."""
    heads = [t for row in found.rows for t in row if t is not None]
    if any(h.kind != "word" or len(h.text) > 24 or _NO_HEAD.search(h.text) and not h.text.startswith("其中") and role_of(h.text) not in _KNOWN for h in heads):
        return False
    width = found.width
    known = sum(bool(_HEAD.search(name) or role_of(name)) for name in found.names)
    total = any(rank(name) for name in found.names)
    if len(body) == 1 and width < 3 and not all(role_of(name) for name in found.names):
        return False
    if known * 2 < width and not (total and len(body) > 2) or lone and (known < width or width < 3):
        return False
    if all(role_of(name) in ("weight", "earned") for name in found.names):
        return False
    if any(len(line.values) > width for line in body) or width == 1 and len(body) < 3:
        return False
    full = [line for line in body if len(line.values) == width]
    return all(goes(line.values[n].text, name) for line in full for n, name in enumerate(found.names))


def goes(value: str, head: str) -> bool:
    """Tell whether a value may stand under a heading: a percentage under a rate, and no long amount there.

    >>> goes("95.1%", "控制率"), goes("95.1%", "决算数"), goes("5214", "占预算%"), goes("0", "执行率"), goes("—", "得分")
    (True, False, False, True, True)
    """
    number = NUMBER.search(value)
    if number is None:
        return True
    if value.endswith("%"):
        return is_rate(head) or kind_of(head) == "change" or bool(regex.search(r"率|[比%]", head))
    if kind_of(head) == "mark" and not is_rate(head):
        return abs(Decimal(number[0].replace(",", ""))) <= 200
    return not (is_rate(head) and kind_of(head) == "rate" and regex.search(r"[0-9]{4}", value.replace(",", "").partition(".")[0]))
