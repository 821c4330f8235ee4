"""文中指名的比率：执行率、到位率、支付率、兑付率、完成率、控制率、核减率、满意度、合格率、供养率、得分率。

分子、分母按用词（预算、计划、应、编制为分母，决算、实际、已、在职为分子）或比率自己的名称（规范管理率：规范管理人数；
核减率：核减额÷送审额）从同句或前文寻找；只有样本数的满意度、合格率，核对该百分比在此样本数下是否可能。
找不到两数的列入未核对。

>>> from model import Document, Paragraph, Place
>>> def found(*lines):
...     document = Document("", "", tuple(Paragraph(line, Place(paragraph=n)) for n, line in enumerate(lines, 1)))
...     return [(s.stated.text, [f.text for f in s.figures[1:3]], s.guess) for s in find(Report(document))]
>>> found("年初预算数640.00万元，决算数614.40万元，预算完成率96%。")
[('96%', ['614.40万元', '640.00万元'], False)]
>>> found("计划改造户厕850座，实际完成867座，完成率102%。")
[('102%', ['867座', '850座'], False)]
>>> found("权重20分，得分19.5分，得分率97.5%。"), found("编制床位45张，实际开放51张，床位使用率87.6%。")
([('97.5%', ['19.5分', '20分'], False)], [('87.6%', ['51张', '45张'], True)])
>>> found("下达投资计划86.5亿元，完成率71%。其中，完成中央投资52.3亿元，完成率81%。")
[('81%', ['52.3亿元', '86.5亿元'], True)]
>>> found("全年预算执行率98%。"), found("举办培训3期，参训120人，合格率98%。")
([], [])
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from model import Reading, Statement
from patterns import _named_counts, _named_money
from patterns._counts import Told, rate_name
from patterns._prose import Prose, named, prose_of
from patterns._report import Report

_ANSWERS = regex.compile(r"问卷|受访|调查|访谈|测评|抽查|抽检|样本")
_CUT_RATE = regex.compile(r"(?:核减|审减|节约|下浮)率(?:为|是|达到?|:)?$")
_FACE = regex.compile(r"(?:亏损|受益|参与|盈利|合格|达标)面(?:为|是|达到?|:)?$")


def find(report: Report) -> Iterator[Statement]:
    for prose in prose_of(report):
        told = [t for here in prose.told for t in here]
        for at, one in enumerate(told):
            if _is_rate(one):
                yield from _of_marks(prose, told, at)
                yield from _of_counts(prose, told, at)
                if _named_money.NAMES.search(rate_name(one) + one.said.pre):
                    yield from _of_money(prose, told, at)


def _is_rate(told: Told) -> bool:
    words = told.said.pre.rstrip()
    return bool(rate_name(told)) or told.figure.unit == "%" and bool(_CUT_RATE.search(words) or _FACE.search(words))


def _statement(prose: Prose, rate: Told, readings: Sequence[Reading], guess: bool, slip: str = "") -> Statement:
    """A named rate, quoted from the first of its operands that stands near it."""
    operands = [f for r in readings[:1] for figures in r.roles.values() for f in figures]
    text = prose.texts[rate.said.text]
    start = min([f.span[0] for f in operands if f.place == text.paragraph.place and f.span[0] < rate.figure.span[0]], default=rate.figure.span[0])
    head = max((text.folded.rfind(stop, 0, start) for stop in "。;\n!"), default=-1) + 1
    return Statement("rate", "rate", named(rate.said, rate_name(rate) or rate.said.name), tuple(readings), text.paragraph.text[head:rate.figure.span[1]].strip(),
                     {"slip": slip} if slip else {}, guess=guess)


def _over(above: Sequence[Told], below: Sequence[Told]) -> Reading:
    return Reading({"numerator": tuple(t.figure for t in above), "denominator": tuple(t.figure for t in below)})


def _of_money(prose: Prose, told: Sequence[Told], at: int) -> Iterator[Statement]:
    """What was done over what was planned, from this sentence or those around it."""
    rate = told[at]
    here = [t for t in told[max(0, at - 40):at] if (t.said.text, t.sentence) == (rate.said.text, rate.sentence)]
    if regex.search(r"床|入住|出勤|上座", rate_name(rate)) or not any(t.money and not t.per for t in here) and any(t.figure.is_count and t.said.role == "amount" for t in here):
        # 检查120家次，完成率105%: the rate is of the counts beside it, no amount paragraphs away
        return
    if "资产负债率" in rate.said.name:
        yield from _of_assets(prose, told, at)
        return
    pairs, plain, later = _named_money.readings_of(told, at)
    readings = [_over((a,), (b,)) for a, b in pairs]
    last = next((t for t in reversed(told[max(0, at - 10):at]) if t.money), None)
    if last is not None and regex.search(r"全部|全额|足额", last.said.post):
        readings.insert(0, _over((last,), (last,)))
        plain = [t for t in here if t.money] == [last]
    if readings:
        # what is told only further on may be of another matter: never near enough to name a slip
        yield _statement(prose, rate, readings, guess=not plain, slip="none" * later)


def _of_assets(prose: Prose, told: Sequence[Told], at: int) -> Iterator[Statement]:
    """资产负债率: liabilities over assets."""
    pool = [t for t in reversed(told[max(0, at - 60):at]) if t.money and t.said.role in ("amount", "base")]
    debts = [t for t in pool if regex.search(r"负债", t.said.pre)][:1]
    assets = [t for t in pool if regex.search(r"资产(?:总额|总计|合计)?(?:为|是)?$", t.said.pre.strip()) and not regex.search(r"净|上年|年初", t.said.pre)]
    if debts and assets:
        yield _statement(prose, told[at], [_over(debts, (t,)) for t in assets[:3]], guess=len(assets) > 1)


def _of_counts(prose: Prose, told: Sequence[Told], at: int) -> Iterator[Statement]:
    """Two counts of one kind, the whole and what was done of it; where only the number of answers is told: a sample."""
    rate = told[at]
    found = _named_counts.readings_of(told, at)
    if found is not None and found[0]:
        yield _statement(prose, rate, [_over(*pair) for pair in found[0]], guess=not found[1])
        return
    answers = [t for t in _named_counts.counts_before(told, at) if _ANSWERS.search(t.said.pre + t.said.name + t.said.post)]
    if len(answers) == 1 and regex.search(r"满意|合格|通过", rate_name(rate) + rate.said.pre):
        yield Statement("sample", "rate", named(rate.said, rate_name(rate) or rate.said.name), (Reading({"sample": (answers[0].figure,)}),),
                        prose.quote(answers[0].said, rate.said), guess=True)


def _of_marks(prose: Prose, told: Sequence[Told], at: int) -> Iterator[Statement]:
    """得分率: the mark earned over the full mark, both in its clause group."""
    rate = told[at]
    if not regex.search(r"得分率", rate.said.pre):
        return
    marks = [t for t in told[max(0, at - 4):at] if t.figure.unit == "分" and t.piece == rate.piece and t.said.text == rate.said.text]
    full = [t for t in marks if regex.search(r"(?:权重|分值|满分|标准分|总分)(?:为|是|:|\s)*$", t.said.pre)]
    earned = [t for t in marks if t not in full and regex.search(r"得|自评|评", t.said.pre)]
    if len(full) == len(earned) == 1:
        yield _statement(prose, rate, [_over(earned, full)], guess=False)
