"""The sums down the rows of a section, in every column that adds."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from fusuan.model import Figure, Statement
from fusuan.model.slip import misprinted, said_by
from fusuan.patterns.amounts.adopted import adopt
from fusuan.patterns.amounts.claims import Sum, fits, lies_among, lost, once, settle, support, turns, unsaid
from fusuan.patterns.amounts.levels import closes, is_family, open_end, short, sound_codes
from fusuan.patterns.amounts.outline import Node, outline
from fusuan.patterns.amounts.totals import Total, Way, totals
from fusuan.patterns.cues.amounts import is_rate, kind_of, rank, says
from fusuan.patterns.grids.grid import Column, Section, by_labels


def is_funds(section: Section) -> bool:
    """Tell whether a section is (or begins with) the funds block of a form: 资金总额 over 财政拨款, 其他资金."""
    rows = [*section.header, *section.body[:12]]
    texts = {e.text for row in rows for e in section.grid.lines[row] if e is not None and e.kind == "text"}
    below = {e.text for row in section.body[:12] for e in section.grid.lines[row] if e is not None and e.kind == "text"}
    told = any(map(says("rows", "funds_block").search, texts))
    whole = any(says("rows", "funds_line").fullmatch(t) for t in below) \
        or any(rank(t) and (told or says("rows", "funds_total").search(t)) for t in texts)
    return whole and any(says("rows", "funds_part").search(t) and not rank(t) for t in texts)


def down(section: Section, funds: bool, running: Collection[int] = ()) -> Iterator[Statement]:
    """Yield what the totals among the rows state, column by column but for those `running` on from row to row."""
    for columns in by_labels(c for c in section.columns if c.labels and c.index not in running and (_adds(c) or _signed_change(section, c))):
        nodes = outline(section, columns[0])
        for node in nodes:
            _cut(section, columns, node)
        adopt(section, [c for c in columns if kind_of(c.last) == "amount"], nodes)
        _nameless(section, columns, nodes)
        seen = _leaning(_additive([(total, _sums(section, columns, total)) for total in totals(nodes, funds)], columns))
        habits = _habits(seen)
        sound = sound_codes(seen)
        open_ = open_end(nodes)
        whole = {id(total.node) for total, sums in seen if sums and all(map(_comes_out, sums))}
        for total, sums in seen:
            if not section.header and len(section.columns) > 1:
                # without headings nobody knows that several columns all hold amounts
                told = _shown(sums) if len(columns) > 1 else [s for s in sums if _comes_out(s) or _off(s, total.sure)]
                yield from unsaid([s for s in sums if s not in told])
                sums = told
            # a block of funds that the end of the table cuts may go on
            cut = funds and any(kid.row == section.grid.height - 1 and not says("rows", "rest").search(kid.name)
                                for kid in total.node.kids[1:][-1:])
            sure = (total.sure or _custom(total) in habits and (len(total.ways[0]) > 1 or not total.node.rank)) and not section.grid.joined and not cut
            if total.node.code and total.node in open_ and all(map(short, sums)):
                yield from settle(sums, False, False)
            elif sound and (is_family(total) and total.node not in open_ or closes(total, sums)):
                yield from settle(sums, True, True)
            else:
                yield from settle(sums, sure, total.firm and not cut, shown=_closing(total, whole))


def _additive(seen: Sequence[tuple[Total, list[Sum]]], columns: Sequence[Column]) -> list[tuple[Total, list[Sum]]]:
    """The totals without the columns of changes in which most do not come out, misprinted digits aside: 增幅 that prints no % may be a rate."""
    idle = _meant(seen)
    for column in (c.index for c in columns if kind_of(c.last) == "change"):
        own = [s for _, sums in seen for s in sums if s.stated.place.column == column]
        if 2 * sum(_comes_out(s) or _off(s) for s in own) < len(own):
            idle.add(column)
    return [(total, [s for s in sums if s.stated.place.column not in idle]) for total, sums in seen]


def _meant(seen: Sequence[tuple[Total, list[Sum]]]) -> set[int | None]:
    """The columns in which what was taken for totals lies among its parts, in two groups or more: means and prices."""
    by_column: dict[int | None, list[bool]] = {}
    for each in (s for _, sums in seen for s in sums if len(s.ways[0][0]) > 1):
        by_column.setdefault(each.stated.place.column, []).append(not _comes_out(each) and lies_among(each.stated, each.ways[0][0]))
    return {column for column, means in by_column.items() if len(means) > 1 and all(means)}


def _leaning(seen: Sequence[tuple[Total, list[Sum]]]) -> list[tuple[Total, list[Sum]]]:
    """The totals, those of a rank that stand over their rows read so first: two or more come out by the rows below, none by those above."""
    over: dict[int, list[bool]] = {}
    for total, sums in seen:
        if _bare_rank(total):
            held = {_leads(total, way) for s in sums for way in range(len(total.ways)) if len(s.ways[way][0]) > 1 and fits(s.stated, *s.ways[way])}
            over.setdefault(total.node.rank, []).extend(held)
    leaning = {rank for rank, held in over.items() if len(held) > 1 and all(held)}
    return [_turned(total, sums) if _bare_rank(total) and total.node.rank in leaning else (total, sums) for total, sums in seen]


def _bare_rank(total: Total) -> bool:
    return total.node.rank > 0 and not total.node.kids


def _leads(total: Total, way: int) -> bool:
    """Tell whether all rows of a way follow the total."""
    return all(node.row > total.node.row for node, _ in total.ways[way])


def _turned(total: Total, sums: Sequence[Sum]) -> tuple[Total, list[Sum]]:
    order = sorted(range(len(total.ways)), key=lambda way: not _leads(total, way))
    return replace(total, ways=tuple(total.ways[n] for n in order)), [replace(s, ways=(*(s.ways[n] for n in order), *s.ways[len(order):])) for s in sums]


def _closing(total: Total, whole: Collection[int]) -> bool:
    """Tell whether a total closes subtotals of which two or more are whole: a list that adds up so far does so to its end."""
    return sum((node.rank > 0 or bool(node.kids)) and id(node) in whole for node, _ in total.ways[0]) > 1 and total.node.rank > 0


def _shown(sums: Sequence[Sum]) -> list[Sum]:
    """The columns that a total comes to; beside one of those, also one that a misprinted digit keeps from it."""
    held = [s for s in sums if _comes_out(s)]
    return [s for s in sums if s in held or support(held, 0) and _off(s)]


def _comes_out(each: Sum) -> bool:
    return any(plus and fits(each.stated, plus, minus) for plus, minus in each.ways)


def _off(each: Sum, whole: bool = False) -> bool:
    """Tell whether a stated figure is one digit away from what the first way, of several parts, comes to: one of three digits or more,
    but over a list of three parts that is `whole`.
    """
    plus, minus = each.ways[0]
    least = 0 if whole and len(plus) + len(minus) > 2 else 1
    total = sum((f.base for f in plus), Decimal(0)) - sum((f.base for f in minus), Decimal(0))
    return len(plus) + len(minus) > 1 and said_by(each.stated.value, each.stated.decimals) >= least \
        and misprinted(each.stated.value, total / each.stated.scale, each.stated.decimals)


def _nameless(section: Section, columns: Sequence[Column], nodes: Sequence[Node]) -> None:
    """Take a last row without a name for the total that two columns (or one of long figures) prove it to be."""
    if len(nodes) < _FEW or (last := nodes[-1]).label.text or last.rank or last.code or last.parent is not None:
        return
    above = [n for n in nodes[:-1] if n.parent is None]
    rows = [n for n in above if not n.rank] if not any(n.rank for n in above) else [n for n in above if n.rank]
    sums = _sums(section, columns, Total(last, (tuple((n, 1) for n in rows),), False))
    held = support(sums, 0)
    if held >= _SHOWN or held and all(fits(s.stated, *s.ways[0]) for s in sums) and max(len(s.stated.text) for s in sums) > _LONGISH:
        last.rank = 2


_FEW, _SHOWN, _LONGISH = 4, 2, 4


def _sums(section: Section, columns: Sequence[Column], total: Total) -> list[Sum]:
    usable = [c for c in columns if kind_of(c.last) in ("amount", "change") or _explicit(total)]
    found = [s for column in usable if (s := _sum(section, column, total))]
    if not any(len(s.ways) > len(total.ways) for s in found):
        return found
    # where a total is right only if some rows stand under others, the plain sum proves nothing in the next column: the same rows do
    rows = _tops_of(found, len(total.ways))
    return [s if _comes_out(s) else replace(s, ways=(*s.ways, _kept(s, rows))) for s in found if rows or _comes_out(s)]


def _tops_of(found: Sequence[Sum], known: int) -> frozenset[int | None]:
    """The rows that a total adds up in several columns, where others turned out to stand under them; none where columns differ."""
    held: dict[frozenset[int | None], set[Decimal]] = {}
    for each in found:
        for plus, minus in each.ways[known:]:
            if len(plus) > 1 and fits(each.stated, plus, minus):
                held.setdefault(frozenset(f.place.row for f in plus if f.value), set()).add(each.stated.value)
    return next((rows for rows, values in held.items() if len(held) == 1 and len(values) > 1), frozenset())


def _kept(each: Sum, rows: Collection[int | None]) -> tuple[tuple[Figure, ...], tuple[Figure, ...]]:
    """The figures of some rows, of the way that has the most."""
    plus, minus = max(each.ways, key=lambda way: len(way[0]))
    return tuple(f for f in plus if f.place.row in rows), minus


def _custom(total: Total) -> str:
    """What manner of total it is, as far as a table keeps to one manner."""
    if total.node.kids and total.node.kids[0].label.among:
        return "among" if _explicit(total) else "opened by among"
    return f"rank {total.node.rank}" if total.node.rank and not total.node.kids else ""


def _habits(seen: Sequence[tuple[Total, list[Sum]]]) -> set[str]:
    """The manners of total that the section shows to be whole: 其中 in two lists or more, 小计 in one, and at most one
    that fails.
    """
    held: dict[str, int] = {}
    failed: dict[str, int] = {}
    for total, sums in seen:
        custom = _custom(total)
        held[custom] = held.get(custom, 0) + (support(sums, 0) > 0)
        failed[custom] = failed.get(custom, 0) + (len(lost(sums)) > 0)
    return {custom for custom in held if custom and held[custom] >= (1 if custom.startswith("rank") else 2) and failed[custom] <= 1}


_RUN = 12


def _cut(section: Section, columns: Sequence[Column], node: Node) -> None:
    """End a run of 其中 where the columns prove that it ends: its rows add up to the row above, in two columns or two
    rows or more. What follows stands beside that row.
    """
    if not node.kids or not node.kids[0].label.among or not any(k.loose for k in node.kids):
        return
    least = max(1, sum(not k.loose for k in node.kids))
    best = (0, 0)
    for size in range(least, min(len(node.kids), _RUN) + 1):
        total = Total(node, (tuple((k, 1) for k in node.kids[:size]),), False)
        sums = [s for s in _sums(section, columns, total) if s.stated.value]
        held = len({s.stated.value for s in sums if fits(s.stated, *s.ways[0])})
        proof = held if support(sums, 0) or held >= 2 else 0
        best = max(best, (proof, size))
    if best[0]:
        node.release(best[1])


_LONGEST = 300
"""More rows than this are no accounts side by side: each of their totals would be worked out over all rows again."""


def _adds(column: Column) -> bool:
    return column.unit not in ("%", "‰") and kind_of(column.last) in ("amount", "target")


def _signed_change(section: Section, column: Column) -> bool:
    """Tell whether a column holds changes in amounts with their signs: only so do they add up."""
    if kind_of(column.last) != "change" or is_rate(column.last) or column.unit in ("%", "‰"):
        return False
    return any((figure := section.value(row, column)) is not None and figure.value < 0 for row in section.body)


def _explicit(total: Total) -> bool:
    """Under target and result columns only what 其中 says itself, row by row, adds up."""
    return bool(total.node.kids) and all(k.label.among for k in total.node.kids)


def _sum(section: Section, column: Column, total: Total) -> Sum | None:
    stated = section.value(total.node.row, column)
    if stated is None or stated.dimension == "rate" or stated.sign and kind_of(column.last) == "amount":
        return None
    if kind_of(column.last) == "change" and any(section.value(node.row, column) is None for node, _ in total.ways[0]):
        return None  # of what is new no change is told
    row = total.node.row
    spanned = _spanned(section, column, row)
    if spanned and len(section.body) > _LONGEST:
        return None
    beside = tuple(f for other in spanned for f in _tops(section, other, row))
    ways = tuple((_one_unit(section, column, stated, row, plus), _one_unit(section, column, stated, row, minus))
                 for plus, minus in (_figures(section, column, way) for way in total.ways))
    stated = _in_their_unit(stated, [f for way in ways[:1] for side in way for f in side])
    if beside:
        ways = tuple(((*beside, *plus), minus) for plus, minus in ways)
    if total.node.rank and not total.node.kids and not any(plus and fits(stated, plus, minus) for plus, minus in ways):
        # rows whose place under others nothing tells: a total that holds without them is right
        ways += tuple((rest, minus) for plus, minus in ways[:2] if (rest := once(stated, plus, minus) or turns(stated, plus)))
        ways += _side_by_side(section, column, stated, row)
    return Sum(stated, ways, section.quote(total.node.row)) if any(plus for plus, _ in ways) else None


def _in_their_unit(stated: Figure, figures: Sequence[Figure]) -> Figure:
    """A total of which nothing tells the unit is in the one that all its parts print: 2.38 over 2.38万元."""
    units = {f.unit for f in figures}
    return replace(stated, unit=figures[0].unit) if not stated.unit and len(units) == 1 and figures[0].dimension == "money" else stated


def _side_by_side(section: Section, column: Column, stated: Figure, row: int) -> tuple[tuple[tuple[Figure, ...], tuple[Figure, ...]], ...]:
    """One list in several blocks side by side under the same headings, added up at the end of the last, where that holds."""
    twins = [c for c in section.columns if c.heads == column.heads and c.labels != column.labels]
    if not twins or len(section.body) > _LONGEST:
        return ()
    rows = [(c, at) for c in (*twins, column) for at in section.body if at != row or c is not column]
    named = [(c, at) for c, at in rows if (name := section.label(at, c)) is not None and not rank(name.text)]
    parts = tuple(f for c, at in named if (f := section.value(at, c)) is not None and f.dimension != "rate")
    return ((parts, ()),) if fits(stated, parts, ()) else ()


def _spanned(section: Section, column: Column, row: int) -> list[Column]:
    """The columns of values that the name of a total lies over: accounts that stand side by side, added up together."""
    label = section.label(row, column)
    if label is None or label.columns < 3:
        return []
    return [c for c in section.columns
            if label.column < c.index < label.column + label.columns and c.labels != column.labels and kind_of(c.last) == "amount"]


def _tops(section: Section, column: Column, before: int) -> list[Figure]:
    """The outermost rows of a column above a total."""
    nodes = [n for n in outline(section, column) if n.row < before and n.parent is None and not n.rank]
    return [f for node in nodes for f in _of(section, column, node, set())]


def _figures(section: Section, column: Column, way: Way) -> tuple[tuple[Figure, ...], tuple[Figure, ...]]:
    """The figures of a way in a column: a row that states none is stood for by the rows under it."""
    if any(_unread(section, column, node) for node, _ in way):
        return (), ()
    plus: list[Figure] = []
    minus: list[Figure] = []
    listed = {id(node) for node, _ in way}
    for node, sign in way:
        (plus if sign > 0 else minus).extend(_of(section, column, node, listed))
    return tuple(plus), tuple(minus)


def _unread(section: Section, column: Column, node: Node) -> bool:
    """Tell whether words stand where a part's amount should: what they come to is not known (详见附表)."""
    entry = section.entry(node.row, column)
    return entry is not None and entry.kind == "text"


def _of(section: Section, column: Column, node: Node, listed: set[int]) -> Sequence[Figure]:
    figure = section.value(node.row, column)
    if figure is not None:
        return [] if figure.dimension == "rate" else [figure]
    return [f for kid in node.kids if id(kid) not in listed for f in _of(section, column, kid, listed)]


def _one_unit(section: Section, column: Column, total: Figure, row: int, figures: Sequence[Figure]) -> tuple[Figure, ...]:
    """Figures of one column that print no unit themselves are in one unit, whatever the labels of their rows say."""
    entry = section.entry(row, column)
    if entry is None or entry.value is None or entry.value.unit or total.dimension != "money":
        return tuple(figures)
    return tuple(replace(f, unit=total.unit) if not f.unit or f.dimension == "money" and not f.text.endswith("元") else f
                 for f in figures)
