"""Named rates of money: which amount was done and which was planned, by the words of each and where they stand.

>>> def shown(line):
...     told = told_in(Text.of(Paragraph(line, Place())), 0)
...     ways, plain, later = readings_of(told, len(told) - 1)
...     return [(a.figure.text, b.figure.text) for a, b in ways], plain
>>> shown("基本支出指标9.87亿元,支出5.14亿元,执行进度52.1%")
([('5.14亿元', '9.87亿元')], True)
>>> shown("送审2.16亿元,审定1.92亿元,核减2408万元,核减率11.15%")
([('2408万元', '2.16亿元')], True)
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from model import Paragraph, Place
from patterns._counts import Told, rate_name, told_in
from patterns._likeness import alike, core
from patterns._report import Text

__all__ = ["NAMES", "Pair", "Paragraph", "Place", "Text", "readings_of", "told_in"]

NAMES = regex.compile(r"执行率|控制率|进度|落实率|到位率|支出率|支付率|兑付率|完成率|拨付率|使用率|发放率|资金率|核减率|审减率|节约率|结余率|结转率|"
                      r"调整率|追加率|利用率|在用率|逾期率|不良率|筹集率|筹资率|资产负债率|报账率|兑现率|支用率|偿还率|回收率|清欠率|还款率|征收率|上缴率|入库率")
_DONE = regex.compile(r"执行|支出|共支|开支|完成|拨付|支付|使用|兑[付现]|到位|发放|列支|报账|下达|决算|实际|支用")
_PLAN = regex.compile(r"预算|计划|总投资|概算|下达|安排|应|到位|投入|批复|专项资金|补助|可用|债券|申请|合同|指标|收到|财政拨款|资金总额|收入总计|筹集|总收入")
_NOT_PLAN = regex.compile(r"执行|支出[^预指]*$|拨付(?!款)|实际完成")
_TOTAL = regex.compile(r"合计|总计|共|总额")
# what is over what, where the name of the rate says so by itself
_TYPES = tuple((regex.compile(name), regex.compile(above), regex.compile(below)) for name, above, below in (
    (r"核减率|审减率", r"审减|核减", r"送审|报审|上报|申报"),
    (r"节约率", r"节约|节支|结余|节省", r"预算|控制价|计划|概算|限价"),
    (r"结余率|结转率", r"结余|结转", r"预算|下达|安排|到位|收入|投入|可用"),
    (r"调整率|追加率|预算控制率", r"追加|调整数|调增|预算调整", r"年初(?:部门)?预算|年初"),
    (r"利用率|在用率", r"在用|使用|利用", r"原值|总额|固定资产|总量"),
    (r"逾期率|不良率", r"逾期|不良", r"余额"),
    (r"筹集率|筹资率", r"筹集", r"销售|应|计划|目标"),
    (r"到位率", r"到位|收到|拨入", r"预算|计划|总投资|概算|下达|安排|应|投入|批复|专项资金|补助|债券|申请|合同|资金总额"),
))
_SIDE = regex.compile(r"^(?:年初|上年|其中|中央|省级?|市级?|县级?)")
MOST = 8

Pair = tuple[Told, Told]


@dataclass(frozen=True, slots=True)
class Pool:
    """The amounts a rate may be of: in its own clause group, in its sentence, told before, and told right after."""

    piece: tuple[Told, ...]
    sentence: tuple[Told, ...]
    before: tuple[Told, ...]
    later: tuple[Told, ...]


def _pool(told: Sequence[Told], at: int) -> Pool:
    rate = told[at]
    before = [t for t in told[max(0, at - 80):at] if t.money and not t.per and t.said.role in ("amount", "base", "delta", "prior")]
    here = [t for t in before if (t.said.text, t.sentence) == (rate.said.text, rate.sentence)]
    later = [t for t in told[at + 1:at + 15] if t.money and not t.per and t.said.role in ("amount", "base")]
    return Pool(tuple(t for t in here if t.piece == rate.piece), tuple(here), tuple(before), tuple(later))


def readings_of(told: Sequence[Told], at: int) -> tuple[list[Pair], bool, bool]:
    """The pairs of amounts a named rate may be of, the likeliest first; whether nothing else can be meant; and whether the
    first pair rests on what is told only further on.
    """
    rate, pool = told[at], _pool(told, at)
    name = rate_name(rate) + rate.said.pre
    kind = next(((above, below) for named, above, below in _TYPES if named.search(name)), None)
    if kind is not None:
        ways, plain = _typed(pool, *kind)
        if ways or regex.search(r"核减|审减|节约|结[余转]|调整率|追加|逾期|不良|在用", name):
            return ways, plain, False
    return _general(rate, pool)


def words(told: Told) -> str:
    return told.said.pre + told.gap[-10:] + told.said.post[:6] + told.said.name


def _typed(pool: Pool, above: regex.Pattern[str], below: regex.Pattern[str]) -> tuple[list[Pair], bool]:
    """A rate whose name tells both its sides (核减率: 核减 over 送审)."""
    tops = [t for t in reversed(pool.piece or pool.sentence) if above.search(t.said.pre) and t.said.role != "prior"]
    tops = [t for t in tops if not below.search(t.said.pre)] or tops
    near = [t for t in pool.piece if below.search(t.said.pre) and t not in tops]
    plain = len(tops) == 1 and len(near) == 1 and not tops[0].part
    far = [t for t in reversed(pool.before) if below.search(t.said.pre + t.gap[-16:]) and t not in near and not t.part and not t.depth]
    pairs = [(a, b) for a in tops[:2] for b in ((*near[::-1],) if plain else (*near[::-1], *far))[:6] if _of(a, b)]
    return pairs[:MOST], plain and bool(pairs)


def _of(above: Told, below: Told) -> bool:
    return above is not below and below.figure.base >= above.figure.base > 0


def _general(rate: Told, pool: Pool) -> tuple[list[Pair], bool, bool]:
    """What was done over what was planned."""
    same = [t for t in pool.piece if t.said.role in ("amount", "base") and t.depth <= rate.depth]
    if len(same) == 3 and _stages(same[:2]):
        # 年初预算数A，全年预算数B，执行数C，执行率: of one of the two budgets, and of nothing else
        return [(same[2], same[1]), (same[2], same[0])], True, False
    if len(same) == 1 and not same[0].part and _done(same[0]) and (only := _sentence_before(rate, pool)) and _of(same[0], only):
        return [(same[0], only), *_adjusted(pool, [only, same[0]])], True, False
    if len(same) == 2 and not same[1].part and _done(same[1]) and _plan(same[0]) and _of(same[1], same[0]):
        return [(same[1], same[0]), *_adjusted(pool, same)], True, False
    own = [t for t in reversed(same) if _done(t)] or [t for t in reversed(pool.sentence) if _done(t) and t.said.role == "amount"]
    tops = own or same[:1] or _spent(pool)
    named = _named(rate, pool)
    bases = list(_bases(rate, pool, tops[0])) if tops else []
    ways = [*named, *((a, b) for a in tops[:4] for b in [b for b in bases if _of(a, b)][:6])]
    after = bool(ways) and not named and any(t in pool.later for t in ways[0])
    return list(dict.fromkeys(ways))[:MOST], False, after


def _stages(two: Sequence[Told]) -> bool:
    """Tell whether these are the budget as first passed and as changed."""
    first, second = (t.said.pre + t.said.name for t in two)
    return bool(regex.search(r"年初(?:部门)?预算", first) and regex.search(r"(?:全年|调整后?的?|年末|最终)预算", second))


def _sentence_before(rate: Told, pool: Pool) -> Told | None:
    """安排专项资金1840万元。截至12月底共支付1748万元,支付率: the one amount of the sentence before, where it is one planned."""
    text, number = rate.said.text, rate.sentence
    near = [t for t in pool.before if (t.said.text, t.sentence) == (text, number - 1) or number == 0 and t.said.text == text - 1]
    fits = len(near) == 1 and _plan(near[0]) and near[0].said.role == "amount" and not near[0].part and not near[0].depth
    return near[0] if fits else None


def _spent(pool: Pool) -> list[Told]:
    """No amount stands in the sentence of the rate: what was spent by the sentences before, wholes first, or right after."""
    before = [t for t in reversed(pool.before) if _done(t) and not regex.search(r"下达|到位", t.said.pre)]
    after = [t for t in pool.later if _done(t) and not regex.search(r"下达|到位|追减", t.said.pre)]
    return [*sorted(before, key=lambda t: not _whole(t))[:3], *after[:3]][:4]


def _done(told: Told) -> bool:
    return bool(_DONE.search(words(told)))


def _plan(told: Told) -> bool:
    return bool(_PLAN.search(told.said.pre + told.gap[-16:] + told.said.name)) and not _NOT_PLAN.search(told.said.pre)


def _whole(told: Told) -> bool:
    return not told.part and not told.depth


def _adjusted(pool: Pool, same: Sequence[Told]) -> Iterator[Pair]:
    """The budget as changed, told in another sentence, is a base as good as the one at hand."""
    if regex.search(r"年初", same[0].said.pre):
        for told in reversed(pool.before):
            if regex.search(r"调整后|全年预算|调整预算", told.said.pre) and told not in same and _of(same[1], told):
                yield same[1], told
                return


def _named(rate: Told, pool: Pool) -> list[Pair]:
    """项目支出执行率: the budget and the outcome told before under that very name."""
    printed = regex.split(NAMES, regex.sub(r"^.*?(?:[低高]于|超过|其中)", "", rate_name(rate)).strip("“”"))[0]
    name = core(printed)
    if len(name) < 2 or regex.fullmatch(r"(?:预算|总体|资金|整体|综合|全年|项目|支出|部门|总|财政|年度|实际)+", printed) and printed != "项目支出":
        return []
    known = [t for t in pool.before if alike(name, t.said.name) and core(t.said.name)[:2] == name[:2]]
    after = [t for t in pool.later[:2] if alike(name, t.said.name) and core(t.said.name)[:2] == name[:2]]
    if known and after and _of(after[0], known[-1]):
        return [(after[0], known[-1])]
    return [(known[-1], known[-2])] if len(known) >= 2 and _of(known[-1], known[-2]) else []


def _bases(rate: Told, pool: Pool, top: Told) -> Iterator[Told]:
    """The amounts planned: in the clause group, in the sentence, of like name, then wholes told before, the nearest first."""
    seen: set[int] = {id(top)}
    near = [t for t in reversed(pool.piece) if _plan(t)], [t for t in reversed(pool.sentence) if _plan(t)]
    like = [t for t in reversed(pool.before) if _plan(t) and t.said.name and alike(top.said.name, t.said.name)][:1]
    whole = [t for t in reversed(pool.before) if _whole(t) and (_plan(t) or _TOTAL.search(words(t)) and not _NOT_PLAN.search(t.said.pre))]
    rest = [t for t in reversed(pool.before) if _plan(t)]
    for told in (*near[0], *near[1], *like, *whole, *rest, *(t for t in pool.later if _plan(t))):
        if id(told) not in seen:
            seen.add(id(told))
            yield told
