"""文中指名的比率：执行率、到位率、支付率、兑付率、完成率、控制率、满意度、合格率。

分子、分母按用词（预算、计划、应、编制为分母，决算、实际、已、在职为分子）从同句或前文寻找；
只有样本数的满意度、合格率，核对该百分比在此样本数下是否可能。找不到两数的列入未核对。

>>> from model import Document, Paragraph, Place
>>> def found(*lines):
...     document = Document("", "", tuple(Paragraph(line, Place(paragraph=n)) for n, line in enumerate(lines, 1)))
...     return [(s.stated.text, [f.text for f in s.figures[1:3]], s.guess) for s in find(Report(document))]
>>> found("年初预算数640.00万元，决算数614.40万元，预算完成率96%。")
[('96%', ['614.40万元', '640.00万元'], False)]
>>> found("计划改造户厕850座，实际完成867座，完成率102%。")
[('102%', ['867座', '850座'], False)]
>>> found("全年预算执行率98%。"), found("举办培训3期，参训120人，合格率98%。")
([], [])
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

import regex

from model import Figure, Reading, Statement
from patterns._prose import Prose, named, prose_of
from patterns._report import Report
from patterns._said import Said

_MONEY_RATES = regex.compile(r"执行率|控制率|拨付进度|支付进度|落实率|资产负债率|到位率|支出率|支付率|兑付率|完成率|拨付率|支出进度|执行进度|使用率|发放率|资金率")
_DONE = regex.compile(r"执行|支出|完成|拨付|支付|使用|兑付|到位|发放|共支|列支|报账|下达|决算|实际")
_PLAN = regex.compile(r"预算|计划|总投资|概算|下达|安排|应|到位|投入|批复|专项资金|补助|可用|债券|申请|合同")
_COUNT_PLAN = regex.compile(r"应|计划|编制|目标|发放|收回|回收|核定|抽查|抽检|受访|调查|登记|任务|有效|参加|招生|总")
_COUNT_DONE = regex.compile(r"实际|已|完成|完工|办理|竣工|签约|在职|在编|实有|满意|合格|达标|到|收回|回收|兑付|就业|通过|办结")
_ANSWERS = regex.compile(r"问卷|受访|调查|访谈|测评|抽查|抽检|样本")
_PEOPLE = frozenset(("人", "个", "名", "编"))


def find(report: Report) -> Iterator[Statement]:
    for prose in prose_of(report):
        for index, item in enumerate(prose.items):
            for said in item.said:
                if said.role == "rate":
                    yield from _of_counts(prose, index, said)
                    if _MONEY_RATES.search(said.name + said.pre):
                        yield from _of_money(prose, index, said)


def _statement(prose: Prose, said: Said, readings: Sequence[Reading], near: Said, guess: bool) -> Statement:
    return Statement("rate", "rate", named(said, said.name), tuple(readings), prose.quote(near, said), guess=guess)


def _over(above: Said, below: Said) -> Reading:
    return Reading({"numerator": (above.figure,), "denominator": (below.figure,)})


def _sentence(prose: Prose, index: int, before: int = 0) -> list[Said]:
    """What is said in the sentence of an item, and in so many sentences before, up to the item."""
    sentence = prose.items[index].sentence
    return [s for i in prose.items[max(0, index - 10):index + 1] if sentence - before <= i.sentence <= sentence for s in i.said]


def _of_money(prose: Prose, index: int, said: Said) -> Iterator[Statement]:
    """What was done over what was planned, from this sentence or those around it."""
    pool = [s for i in prose.items[max(0, index - 10):index + 1] for s in i.money
            if (s.text, s.start) < (said.text, said.start)]
    here = _sentence(prose, index)
    same = [s for s in pool if s.text == said.text and s in here]
    if not same and any(s.role == "amount" and s.figure.dimension != "money" and s.figure.is_count
                        and (s.text, s.start) < (said.text, said.start) for s in here):
        # 检查120家次，完成率105%: the rate is of the counts beside it, no amount paragraphs away
        return
    later = [s for i in prose.items[index + 1:index + 14] for s in i.money]
    if "资产负债率" in said.name:
        yield from _of_assets(prose, said, pool)
        return
    arrived = "到位" in said.name and not regex.search(r"到位(?:资金|数)", said.name)
    done = [s for s in same[::-1] or pool[::-1] + later if _word(arrived, s, _DONE)]
    plan = [s for s in pool[::-1] + later[::-1] if _PLAN.search(s.pre + s.gap[-16:] + s.name)
            and not regex.search(r"执行|支出[^预]*$|拨付", s.pre)]
    if regex.search(r"到位(?:资金|数)", said.name):
        plan = [s for s in plan if "到位" in s.pre + s.name] or plan
    readings = [_over(above, below) for above in done[:4] for below in plan[:6] if above is not below
                and above.figure.dimension == below.figure.dimension and below.figure.base >= above.figure.base > 0]
    close = same if len(same) >= 2 else [s for s in _sentence(prose, index, 1) if s in pool]
    plain = len(close) == 2 and len(readings) >= 1 and {id(f) for f in _figures(readings[0])} == {id(s.figure) for s in close}
    if not plain and len(same) == 3 and _budgets(same[:2]):
        # 年初预算数A，全年预算数B，执行数C，执行率: of one of the two budgets, and of nothing else
        yield _statement(prose, said, [_over(same[2], same[1]), _over(same[2], same[0])], same[0], guess=False)
        return
    if pool and regex.search(r"全部|全额|足额", pool[-1].post):
        readings.insert(0, _over(pool[-1], pool[-1]))
        plain = same == pool[-1:]
    if readings:
        readings = readings[:1] if plain else readings[:10]
        found = _statement(prose, said, readings, (same or close or [said])[0], guess=not plain)
        after = {id(s.figure) for s in later}
        # what is told only further on may be of another matter: never near enough to name a slip
        yield replace(found, facts={"slip": "none"}) if any(id(f) in after for f in _figures(readings[0])) else found


def _of_assets(prose: Prose, said: Said, pool: Sequence[Said]) -> Iterator[Statement]:
    """资产负债率: liabilities over assets."""
    debts = [s for s in reversed(pool) if regex.search(r"负债", s.pre)][:1]
    assets = [s for s in reversed(pool) if regex.search(r"资产(?:总额|总计|合计)?(?:为|是)?$", s.pre.strip()) and not regex.search(r"净|上年|年初", s.pre)]
    if debts and assets:
        yield _statement(prose, said, [_over(debts[0], s) for s in assets[:3]], debts[0], guess=len(assets) > 1)


def _budgets(two: Sequence[Said]) -> bool:
    """Tell whether these are the budget as first passed and as changed."""
    return bool(regex.search(r"年初(?:部门)?预算", two[0].pre) and regex.search(r"(?:全年|调整后?的?|年末|最终)预算", two[1].pre))


def _figures(reading: Reading) -> Iterator[Figure]:
    return (figure for figures in reading.roles.values() for figure in figures)


def _word(arrived: bool, said: Said, words: regex.Pattern[str]) -> bool:
    text = said.pre + said.gap[-10:] + said.post[:6] + said.name
    return bool(regex.search(r"到位", text)) if arrived else bool(words.search(text))


def _of_counts(prose: Prose, index: int, said: Said) -> Iterator[Statement]:
    """Two counts of one kind in the sentence, the one planned and the one done; only the number of answers: a sample."""
    counts = _counted(_sentence(prose, index), said)
    wider = _counted(_sentence(prose, index, 2), said)
    for above in reversed(counts):
        words = above.pre + above.name
        if not _COUNT_DONE.search(words):
            continue
        below = [s for s in counts if s is not above and _alike(s, above) and _COUNT_PLAN.search(s.pre + s.name)]
        if not below:
            yield from _told_before(prose, said, above, wider)
            return
        if "满意" in words:
            below = [s for s in below if regex.search(r"收回|回收|有效", s.pre)] or below
        heads = [s for s in below if s.figure.value > 0 and not _nested(s, below)] or below
        readings = [_over(above, s) for s in heads[::-1] if s.figure.value > 0]
        if readings:
            yield _statement(prose, said, readings, min(above, heads[-1], key=lambda s: s.start), guess=len(readings) > 1)
        return
    if len(counts) == 2 and _alike(*counts) and not _MONEY_RATES.search(said.name) and min(map(_value, counts)) > 0:
        yield _statement(prose, said, [_over(min(counts, key=_value), max(counts, key=_value))], counts[0], guess=True)
        return
    if not counts and (two := _bracketed(prose, index, said)):
        yield _statement(prose, said, [_over(min(two, key=_value), max(two, key=_value))], two[1], guess=True)
        return
    answers = [s for s in counts if _ANSWERS.search(s.pre + s.name + s.post)]
    if len(answers) == 1 and regex.search(r"满意|合格|通过", said.name + said.pre):
        yield Statement("sample", "rate", named(said, said.name), (Reading({"sample": (answers[0].figure,)}),),
                        prose.quote(answers[0], said), guess=True)


def _counted(among: Sequence[Said], said: Said) -> list[Said]:
    """The counts told before a rate: people, households, 万亩."""
    return [s for s in among if s.role == "amount" and s.figure.unit and (s.text, s.start) < (said.text, said.start)
            and s.figure.dimension not in ("money", "rate", "points", "marks")]


def _bracketed(prose: Prose, index: int, said: Said) -> list[Said]:
    """建档率90%(建档9人,常住人口10人): the two counts a bracket right behind the rate holds."""
    inside = [s for i in prose.items[index + 1:index + 4] if i.depth > prose.items[index].depth and i.text == said.text for s in i.said]
    fits = len(inside) == 2 and inside[0].gap.startswith("(") and _alike(*inside) and all(s.role == "amount" for s in inside)
    return inside if fits and min(map(_value, inside)) > 0 else []


def _value(said: Said) -> Decimal:
    return said.figure.value


def _told_before(prose: Prose, said: Said, above: Said, among: Sequence[Said]) -> Iterator[Statement]:
    """受理信访件30件，其中…。办结27件，办结率90%: the whole stands in the sentence before, over its parts."""
    wholes = [s for s in among if _alike(s, above) and s is not above and s.figure.value >= above.figure.value > 0
              and (s.text, s.start) < (said.text, said.start)]
    readings = [_over(above, s) for s in sorted(wholes, key=_value, reverse=True)][:2]
    if readings:
        yield _statement(prose, said, readings, above, guess=True)


def _nested(said: Said, among: Sequence[Said]) -> bool:
    """核定编制68名，其中行政编制26名、事业编制42名: the parts are no base of their own."""
    first = next((s for s in among if "其中" in s.gap), None)
    return first is not None and (said.text, said.start) >= (first.text, first.start)


def _alike(a: Said, b: Said) -> bool:
    return a.figure.unit == b.figure.unit or {a.figure.unit, b.figure.unit} <= _PEOPLE
