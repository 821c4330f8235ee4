"""Named rates of counts: which count is the whole and which the part, by the words of each and the name of the rate.

>>> def shown(line):
...     told = told_in(Text.of(Paragraph(line, Place())), 0)
...     ways, sure = readings_of(told, next(n for n, t in enumerate(told) if t.said.role == "rate")) or ([], False)
...     return [(a[0].figure.text, b[0].figure.text) for a, b in ways], sure
>>> shown("计划改造户厕850座,实际完成867座,完成率102%"), shown("年初目标1200件,实际调处1386件,其中成功1372件,成功率99.0%")
(([('867座', '850座')], True), ([('1372件', '1386件')], False))
>>> shown("65岁以上老年人46210人,接受健康管理33215人,健康管理率71.88%")
([('33215人', '46210人')], True)
"""

from __future__ import annotations

from collections.abc import Sequence

import regex

from fusuan.model import Paragraph, Place
from fusuan.patterns._counts import Told, bare, rate_name, told_in
from fusuan.patterns._report import Text
from fusuan.patterns.names.likeness import alike, core

__all__ = ["Pair", "Paragraph", "Place", "Text", "counts_before", "readings_of", "told_in"]

Pair = tuple[tuple[Told, ...], tuple[Told, ...]]

_PLAN = regex.compile(r"应|计划|编制|目标|发放|收回|回收|核定|抽查|抽检|受访|调查|登记|任务|有效|参加|招生|总|设置|设定|安排|下达|列入|收到|受理|交办")
_DONE = regex.compile(r"实际|已|完成|完工|办理|竣工|签约|在职|在编|实有|满意|合格|达标|到|收回|回收|兑[付现]|就业|通过|办结|实现|解决|整改")
_OPEN = regex.compile(r"未|不满意|不合格|尚|没有|剩余|不达标|待")
_COMPLETES = regex.compile(r"完成|完工|办结|竣工|控制|到位|收回|回收|达标|合格|满意|签约|就业|兑付|发放|整改|办理|验收|实现|落实|开工|投产|受理|及时|供养|参保|覆盖|实施|解决|通过|升学|入学|巩固")
_PEOPLE = frozenset(("人", "个", "名", "编", "位"))
_GRADES = (("非常满意", "很满意", "满意", "较满意", "比较满意", "基本满意"), ("优", "良"), ("优秀", "良好"))


def counts_before(told: Sequence[Told], at: int, sentences: int = 0) -> list[Told]:
    """The counts told before a rate in its sentence and so many before."""
    rate = told[at]
    return [t for t in told[max(0, at - 60):at] if t.said.text == rate.said.text and rate.sentence - t.sentence <= sentences and _is_count(t)
            or sentences > 2 and _is_count(t) and t.said.text >= rate.said.text - 2]


def _is_count(told: Told) -> bool:
    return told.said.role == "amount" and bool(told.figure.unit) and told.figure.unit != "岁" and told.figure.value > 0 \
        and not told.per and told.figure.dimension not in ("money", "rate", "points", "marks")


def readings_of(told: Sequence[Told], at: int) -> tuple[list[Pair], bool] | None:
    """The counts a named rate may be of, the likeliest pair first, and whether the wording leaves no doubt."""
    rate = told[at]
    here = counts_before(told, at)
    piece = [t for t in here if t.piece == rate.piece]
    if "满意" in rate_name(rate) and (found := _graded(rate, here, counts_before(told, at, 2)) or _done(rate, piece, counts_before(told, at, 9))):
        return found
    if not piece and here and not _speaks_of(rate, here):
        # 健康管理率71%;高血压患者规范管理率76%: a rate with a subject of its own is of none of the counts before
        return None
    return _graded(rate, here, counts_before(told, at, 2)) or _stemmed(rate, piece or here, counts_before(told, at, 2)) \
        or _done(rate, piece, counts_before(told, at, 9)) or _two(piece, told, at)


def _speaks_of(rate: Told, here: Sequence[Told]) -> bool:
    """Tell whether the name of a rate shares a word with one of the counts."""
    name = core(rate_name(rate) or rate.said.name)
    pairs = {name[n:n + 2] for n in range(max(0, len(name) - 5))}
    return not pairs or any(pair in t.said.pre for pair in pairs for t in here)


def stem_of(rate: Told) -> str:
    """What is done in a rate's own name: 集中供养率 is of 集中供养, 亏损面 of 亏损."""
    return regex.sub(r"(?:比率|率|度|面)$", "", rate_name(rate) or rate.said.name).strip("“”\"")


def _alike(a: Told, b: Told) -> bool:
    return bare(a.figure.unit) == bare(b.figure.unit) or {a.figure.unit, b.figure.unit} <= _PEOPLE


def _pair(above: Told, below: Told) -> Pair:
    return (above,), (below,)


def _stemmed(rate: Told, here: Sequence[Told], wider: Sequence[Told]) -> tuple[list[Pair], bool] | None:
    """高血压患者372人,规范管理289人,规范管理率: the count that bears the name of the rate, of the one before it."""
    stem = stem_of(rate)
    if len(stem) < 2 or regex.fullmatch(r"预算|总体|执行|完成|支出|综合|资金", stem):
        return None
    own = [t for t in reversed(here) if stem in t.said.pre] or [t for t in reversed(here) if stem[-2:] in t.said.pre]
    own = [t for t in own if not _OPEN.search(t.said.pre)][:1]
    if not own:
        return None
    above = own[0]
    before = [t for t in reversed(wider) if _alike(t, above) and (t.said.text, t.said.start) < (above.said.text, above.said.start)
              and t.figure.base >= above.figure.base]
    wholes = sorted(before, key=lambda t: t.part and not above.part)[:3]
    if not wholes:
        return None
    # 困难人员参保0.3万人: a count with a subject of its own is no part of the one before it
    bare_own = regex.fullmatch(rf"(?:其中|接受|实际|已|累计|共|实行|参加|按期|经|通过|实现|享受|,|:|\s)*{regex.escape(stem)}\s*", above.said.pre.strip())
    near = [t for t in here if _alike(t, above)]
    sure = bool(bare_own) and len(near) == 2 and near[0] is wholes[0] and not above.part and above is near[1]
    return [_pair(above, t) for t in (wholes[:1] if sure else wholes)], sure


def _done(rate: Told, piece: Sequence[Told], wider: Sequence[Told]) -> tuple[list[Pair], bool] | None:
    """The one planned and the one done, in the clause group; else the whole told in the sentences before."""
    name = rate_name(rate) + rate.said.pre
    above = next((t for t in reversed(piece) if _DONE.search(t.said.pre + t.said.name) and not _OPEN.search(t.said.pre)), None)
    if above is None:
        return _of_like_name(rate, piece, wider)
    if "满意" in name and not regex.search(r"满意|好评|认可", above.said.pre + above.said.name):
        # 发放200份,回收188份,满意率: how many were content is not told
        return None
    below = [t for t in piece if t is not above and _alike(t, above) and _PLAN.search(t.said.pre + t.said.name) and not _OPEN.search(t.said.pre)]
    if not below:
        return _told_before(above, wider)
    if "满意" in above.said.pre + above.said.name:
        below = [t for t in below if regex.search(r"收回|回收|有效", t.said.pre)] or below
    heads = [t for t in below if not _nested(t, below)] or below
    return [_pair(above, t) for t in heads[::-1]], len(heads) == 1 and bool(_COMPLETES.search(name))


def _nested(told: Told, among: Sequence[Told]) -> bool:
    """核定编制68名,其中行政编制26名、事业编制42名: the parts are no base of their own."""
    first = next((t for t in among if "其中" in t.gap), None)
    return first is not None and told.said.start >= first.said.start


def _told_before(above: Told, wider: Sequence[Told]) -> tuple[list[Pair], bool] | None:
    """受理信访件30件,其中…。办结27件,办结率90%: the whole stands in the sentences before, over its parts."""
    wholes = [t for t in wider if _alike(t, above) and t is not above and t.figure.base >= above.figure.base
              and (t.said.text, t.said.start) < (above.said.text, above.said.start)]
    near = [t for t in wholes if t.said.text == above.said.text and above.sentence - t.sentence <= 2] or [t for t in wholes if _PLAN.search(t.said.pre + t.said.post[:8])]
    ways = [_pair(above, t) for t in sorted(near, key=lambda t: t.figure.base, reverse=True)][:2]
    return (ways, False) if ways else None


def _of_like_name(rate: Told, piece: Sequence[Told], wider: Sequence[Told]) -> tuple[list[Pair], bool] | None:
    """器具适配214件…。器具适配年初目标200件,完成率107%: only the target stands here, what was done was told before."""
    planned = [t for t in piece if _PLAN.search(t.said.pre)]
    if len(planned) != 1 or len(piece) != 1 or not regex.search(r"完成|实现|达成", rate_name(rate) + rate.said.pre):
        return None
    below = planned[0]
    name = regex.split(r"年初|年度|目标|计划|任务", below.said.pre.strip())[0]
    done = [t for t in reversed(wider) if t is not below and _alike(t, below) and len(core(name)) >= 2 and alike(name, t.said.pre)][:1]
    return ([_pair(t, below) for t in done], False) if done else None


def _two(piece: Sequence[Told], told: Sequence[Told], at: int) -> tuple[list[Pair], bool] | None:
    """Nothing but two counts of one kind, in the clause group or in the bracket right behind the rate."""
    rate = told[at]
    name = rate_name(rate)
    inside = [t for t in told[at + 1:at + 4] if t.bracket not in (0, rate.bracket) and t.sentence == rate.sentence]
    if not piece and len(inside) == 2 and inside[0].gap.startswith("(") and all(map(_is_count, inside)) and _alike(*inside):
        low, high = sorted(inside, key=lambda t: t.figure.base)
        return [_pair(low, high)], False
    if len(piece) == 2 and _alike(*piece) and not regex.search(r"执行|支付|拨付|支出|到位|完成|兑付|发放|使用|控制|落实|资金", name):
        low, high = sorted(piece, key=lambda t: t.figure.base)
        return [_pair(low, high)], False
    return None


def _graded(rate: Told, here: Sequence[Told], wider: Sequence[Told]) -> tuple[list[Pair], bool] | None:
    """非常满意121份、满意20份、基本满意4份,满意率: the upper grades together, of all the answers."""
    if not regex.search(r"满意|优良|优秀", rate_name(rate) + rate.said.pre):
        return None
    ladder = next((g for g in _GRADES if sum(_grade(t) in g for t in here) >= 2), None)
    if ladder is None:
        return None
    good = [t for t in here if _grade(t) in ladder]
    named = [t for t in good if _grade(t) in regex.split(r"[和与、及含]", "".join(regex.findall(r"\([^()]*\)", rate.gap)).strip("()"))]
    graded = [t for t in here if _grade(t)]
    sample = [t for t in reversed(wider) if regex.search(r"收回|回收|有效|发放|调查|问卷|受访", t.said.pre) and _alike(t, good[0])][:2]
    sums = [tuple(named)] if len(named) >= 2 else [tuple(good[:n]) for n in (len(good), 2) if n >= 2]
    wholes: list[tuple[Told, ...]] = [(t,) for t in sample] or [tuple(graded)]
    return [(top, whole) for whole in wholes for top in dict.fromkeys(sums)], False


def _grade(told: Told) -> str:
    words = told.said.pre.strip().strip("“”\"的为有是 ")
    found = regex.search(r"(?:非常|很|较|比较|基本|不太|不)?满意$|一般$|优秀$|良好$|合格$|优$|良$|中$|差$", words)
    return found.group() if found else ""
