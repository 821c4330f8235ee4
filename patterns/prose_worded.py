"""以名称写出的算式：预算完成率=（上年结转+年初预算+本年追加-年末结余）/（上年结转+年初预算+本年追加）×100%=97.87%。

式中每个名称都要在前文找到同名的金额才复算，名称不唯一时取最近的，只作参考；上年结转、年初预算、追加、年末结余四项
连着写出之后的“预算完成率”按同一算式核对。

>>> from fusuan.model import Document, Paragraph, Place
>>> def found(*lines):
...     document = Document("", "", tuple(Paragraph(line, Place(paragraph=n)) for n, line in enumerate(lines, 1)))
...     return [(s.stated.text, s.facts.get("expression", ""), [f.text for f in s.figures[1:]]) for s in find(Report(document))]
>>> found("年初预算300万元，本年追加预算60万元。", "预算控制率=（本年追加预算/年初预算）×100%=20%。")
[('20%', '(#÷#)×#', ['60万元', '300万元', '100%'])]
>>> found("上年结转20万元，年初预算300万元，本年追加80万元，年末结余4万元，预算完成率99%。")
[('99%', '', ['20万元', '300万元', '80万元', '20万元', '300万元', '80万元', '4万元'])]
>>> found("变动率=（本年数-上年数）/上年数×100%=5%。"), found("得分=执行率×分值=9.5分。")
([], [])
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import regex

from fusuan.model import Figure, Reading, Statement
from fusuan.patterns._prose import Prose, prose_of
from fusuan.patterns._report import Report, Text
from fusuan.patterns.figures.tokens import Piece, tokens
from fusuan.patterns.names.words import Told, clean, told_in

_FLOW = (r"(?:上年|年初).{0,4}结[转余]|年初.{0,4}结[转余]", r"^(?!.*(?:追加|调整)).*预算", r"追加|调增", r"年[末未底]|结[余转]")
_COMPLETION = regex.compile(r"(?P<name>[\u4e00-\u9fff]{0,12}预算完成率)[^,;。0-9]{0,10}$")
_PRICE = regex.compile(r"[每均][^,;。]{0,4}$")


def find(report: Report) -> Iterator[Statement]:
    for prose in prose_of(report):
        told: list[Told] = []
        for index, text in enumerate(prose.texts):
            here = told_in(text, index)
            if "=" in text.folded and "%" in text.folded:
                yield from _formulas(text, [*told, *here])
            told = [*told, *here][-80:]
            yield from _completions(prose, told, index)


def _is_amount(said: Told) -> bool:
    return said.figure.dimension == "money" and "/" not in said.figure.unit and not _PRICE.search(said.pre)


def _formulas(text: Text, told: Sequence[Told]) -> Iterator[Statement]:
    """Name=(name+name)/name×100%=rate: the sides cut at the equals signs."""
    run: list[list[Piece]] = [[]]
    for piece in [*tokens(text.paragraph.text, text.paragraph.place), Piece("stop", "", (0, 0))]:
        if piece.kind == "rel" and piece.sign == "=":
            run.append([])
        elif piece.kind in ("stop", "rel"):
            yield from _formula(text, run, told)
            run = [[]]
        else:
            run[-1].append(piece)


def _formula(text: Text, run: Sequence[Sequence[Piece]], told: Sequence[Told]) -> Iterator[Statement]:
    for side, after in zip(run[1:], run[2:], strict=False):
        stated = after[0].figure if after else None
        if stated is None or stated.unit != "%" or not any(p.sign == "÷" for p in side) or len(side) > 40:
            continue
        bound = _bound(side, [t for t in told if t.figure.place != stated.place or t.figure.span < stated.span])
        if bound is not None:
            name = "".join(p.text for p in run[0])[-20:]
            changed = regex.search(r"变动|增长|增减|增幅", name)
            yield Statement("formula", "growth" if changed else "rate", replace(stated, name=name), (Reading({"operands": bound[1]}),),
                            text.paragraph.text[run[0][0].span[0] if run[0] else side[0].span[0]:stated.span[1]].strip(),
                            {"expression": bound[0]}, guess=True)


def _bound(side: Sequence[Piece], told: Sequence[Told]) -> tuple[str, tuple[Figure, ...]] | None:
    """The side as a template with the amounts its names stand for; None where a name has none, or a number stands among them."""
    template, figures = "", []
    for piece in side:
        if piece.kind == "word":
            figure = _amount(piece.text, told)
            if figure is None or template.endswith("#"):
                return None
            figures.append(figure)
            template += "#"
        elif piece.kind == "num" and piece.figure is not None:
            if piece.figure.unit != "%" or piece.figure.value != 100:
                return None
            figures.append(piece.figure)
            template += "#"
        else:
            template += piece.kind if piece.kind in "()" else piece.sign
    money = [f for f in figures if f.unit != "%"]
    whole = len(money) >= 2 and template.count("(") == template.count(")") and template[-1:] in ("#", ")")
    return (template, tuple(figures)) if whole else None


def _amount(name: str, told: Sequence[Told]) -> Figure | None:
    """The amount last told under a name: the very name, or one that ends in it and is of the same year and stage."""
    wanted = _key(name)
    if len(wanted) < 2:
        return None
    known = [(one, _key(one.pre) or _key(clean(one.pre))) for one in told if _is_amount(one)]
    exact = [one for one, own in known if own == wanted]
    like = [one for one, own in known if _stage(own) == _stage(wanted) and (_within(wanted, own) or len(own) >= 4 and _within(own, wanted))]
    return next((one.figure for one in reversed(exact or like)), None)


def _key(name: str) -> str:
    """A name without its year and its general endings: 本年追加预算数 is 追加预算."""
    name = regex.sub(r"^(?:(?:19|20)[0-9]{2}\s?年度?|本年度?|当年|年中|全年|年度|其中|共|[\s:])+", "", name.strip())
    return regex.sub(r"(?:[数额]|总额|金额|资金|为|是|共|\s)+$", "", name)


def _within(short: str, long: str) -> bool:
    """年初预算 in 年初部门预算: letter by letter in order, with few others between."""
    letters = iter(long)
    return len(long) - len(short) <= 4 and all(letter in letters for letter in short)


def _stage(name: str) -> tuple[bool, ...]:
    return tuple(word in name for word in ("年初", "上年", "调整", "追加", "年末"))


def _completions(prose: Prose, told: Sequence[Told], index: int) -> Iterator[Statement]:
    """年初结余A,预算B,追加C,年末结余D,预算完成率: what was not left over, of all there was to spend."""
    for at, rate in enumerate(told):
        name = _COMPLETION.search(rate.gap[-60:]) if rate.text == index and rate.figure.unit == "%" else None
        if name is None:
            continue
        money = [s for s in told[max(0, at - 12):at] if _is_amount(s)][-4:]
        if len(money) == 4 and all(regex.search(word, s.pre) for word, s in zip(_FLOW, money, strict=True)):
            *funds, left = (s.figure for s in money)
            reading = Reading({"numerator": tuple(funds), "denominator": tuple(funds), "minus_numerator": (left,)})
            yield Statement("rate", "rate", replace(rate.figure, name=name["name"]), (reading,), prose.quote(money[0], rate), guess=True)
