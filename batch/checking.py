"""核对没有核对过的文件：大的先做，做完一份存一份。"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from fusuan.batch._converting import converted
from fusuan.batch.gather import Found
from fusuan.batch.pool import Pool, settled
from fusuan.batch.progress import Progress
from fusuan.batch.store import Store
from fusuan.batch.work import Done, lost, work
from fusuan.export import clean


def check(keyed: list[tuple[str, Found]], store: Store, pool: Pool, say: Callable[[str], None], cluster: str = "") -> bool:
    """Check what the store does not know, here or on the machines of a cluster; tell whether a person broke it off."""
    known = store.known()
    wanted = {key: item for key, item in reversed(keyed) if key}
    rest = sorted(((key, item) for key, item in wanted.items() if key not in known), key=_turn)
    if len(wanted) > len(rest):
        say(f"其中 {len(wanted) - len(rest)} 份以前核对过且没有变化，直接采用结果")
    try:
        with Progress(len(wanted), len(wanted) - len(rest)) as progress:
            for number, done in _done([item for _, item in rest], pool, cluster):
                key, item = rest[number]
                store.keep(key, done.body, done.trace, final=done.final)
                progress.advance(line(item.name), done.broken > 0)
    except KeyboardInterrupt:
        return True
    return False


def _done(items: list[Found], pool: Pool, cluster: str) -> Iterator[tuple[int, Done]]:
    if not items:
        return
    if not cluster:
        do = partial(work, passwords=pool.limits.passwords)
        with converted(items, pool.limits) as ready:  # workers that have started do not know where what was converted lies
            yield from settled(items, pool.limits, do, lost) if ready else pool.settled(items, do, lost)
        return
    from fusuan.batch import cluster as machines

    yield from machines.settled(items, pool.limits, cluster)


def _turn(pair: tuple[str, Found]) -> tuple[bool, int, str, int]:
    """The largest first, so that none is left to one worker at the end; what is in archives as it lies there, so that none is
    unpacked from its start for every file."""
    item = pair[1]
    return (True, 0, str(item.path), item.member) if item.member is not None else (False, -item.size, "", 0)


def line(text: str) -> str:
    """A file may be named anything: no line breaks, nothing that moves the cursor."""
    return clean(text).replace("\n", " ")
