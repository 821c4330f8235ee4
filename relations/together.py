"""合计占比 = 几项之和 ÷ 总额 × 100%

正文中“两项合计占总额的百分之几”：相邻的两三个同类数相加，再除以一个总数；由 rate 复算。
"""

from __future__ import annotations

from collections.abc import Iterator

import regex

from fusuan.relations._fit import meets
from fusuan.relations._pool import Pool
from fusuan.relations._question import Candidate, Tries, loose
from fusuan.relations.passages.mention import Mention

TOPIC = "rate"
_SAID = regex.compile(r"合计|共计|总计|合占|共占|之和|加起来|[两二三]者|[两二三][项类家个]")


def ask(pool: Pool) -> Iterator[Candidate]:
    """Yield what two or three neighbouring amounts come to together, over another."""
    r, tries = pool.stated, Tries(pool.stated)
    if r.dimension != "rate" or r.role not in ("share", "percent", "done", "named"):
        return
    said = ("together: said so",) if _SAID.search(r.before) else ()
    for group in _groups(pool):
        above, half = sum(o.value for o in group), sum(o.half for o in group)
        inside = ("together: all in its sentence",) if all(o.sentence == r.sentence for o in group) else ()
        for b in pool.levels:
            if b.value < above or b in group or not b.like(group[0]):
                continue
            spread = (half / b.value + above * b.half / b.value ** 2) * 100
            facts = ("together", f"together: {len(group)} amounts", *said, *inside, *(("together: below has a total word",) if "total" in b.tags else ()))
            if meets(r, above / b.value * 100, spread):
                yield loose(Candidate("rate", r, {"numerator": group, "denominator": (b,)}, above / b.value * 100, spread).held(), facts)
            else:
                tries.count(facts)
    yield from tries.left()


def _groups(pool: Pool) -> Iterator[tuple[Mention, ...]]:
    """Two or three like amounts that follow one another, the last of them among the nearest before."""
    before = [o for o in pool.near if o.index < pool.stated.index and o.role == "amount" and o.value > 0]
    for last in range(1, len(before)):
        for count in (2, 3):
            group = tuple(before[last + 1 - count:last + 1]) if last + 1 >= count else ()
            if group and last >= len(before) - 6 and all(o.like(group[0]) for o in group):
                yield group
