"""整个文件夹的核对：先登记收到的每一个文件，核对没有核对过的，再写出全部结果；中断了，下次接着来。"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic

from fusuan.batch._machine import temporaries
from fusuan.batch._patience import patient
from fusuan.batch.arrived import LEFT, arrived
from fusuan.batch.checking import check, line
from fusuan.batch.gather import Found
from fusuan.batch.manifest import Entry
from fusuan.batch.outcome import Outcome, as_item
from fusuan.batch.outputs import Outputs
from fusuan.batch.pool import Limits, Pool
from fusuan.batch.schemes import digest
from fusuan.batch.store import Store, key_of, program
from fusuan.batch.tally import Tally
from fusuan.batch.unchanged import listening, repeated, take_down
from fusuan.model import Audit, Batch, Verdict


@dataclass(frozen=True, slots=True)
class Order:
    """How a batch is asked for beside its limits: what should have come in, whether to start over, and on which machines."""

    manifest: tuple[Entry, ...] = ()
    fresh: bool = False
    cluster: str = ""


def through(folder: Path, suffixes: Collection[str], outputs: Outputs, limits: Limits, tally: Tally, order: Order = Order()) -> None:
    """Check every report below `folder` that is not known yet, then write the results in natural order and count them in `tally`."""
    start = monotonic()
    loading = "" if order.cluster else "fusuan.batch.audit"
    with temporaries(), _store(outputs.store) as store, Pool(limits, loading) as pool:
        if order.fresh:
            store.forget()
        keyed = _keyed(arrived(folder, suffixes, outputs.paths, pool, store), limits)
        store.begin(((key, as_item(item)) for key, item in keyed), _about(folder, limits, order))
        if order.fresh or not repeated(store, outputs, tally):
            tally.interrupted = check(keyed, store, pool, outputs.say, order.cluster)
            keyed.clear()  # the store has it: what follows reads it there
            heard, said = listening(outputs)
            with patient(outputs.say):
                written(store, heard, tally)
                take_down(store, outputs, tally, said)
    tally.seconds = monotonic() - start


def written(store: Store, outputs: Outputs, tally: Tally) -> Batch:
    """Write what a store holds to the outputs and count it; say what is worth knowing of each file and of the batch."""
    outcome = Outcome(store)
    left: dict[str, list[str]] = {}
    audits = _copied(_said(tally.counted(outcome.audits()), outputs.say, left), outputs.each)
    _write(audits, outputs, outcome.batch)
    for _ in audits:  # what no writer has drawn
        pass
    for words in (*_left(left), *_together(outcome.batch)):
        outputs.say(words)
    return outcome.batch


def _said(audits: Iterator[Audit], say: Callable[[str], None], left: dict[str, list[str]]) -> Iterator[Audit]:
    """Pass audits on, saying of each what is worth knowing; files left alone are gathered by their reason."""
    for audit in audits:
        if audit.status == "skipped":
            left.setdefault((audit.error or {}).get("code", ""), []).append(audit.source.path)
        elif (words := told(audit)):
            say(words)
        yield audit


def told(audit: Audit) -> str:
    """Say in one line what is worth knowing of a file; nothing where all is well."""
    path = line(audit.source.path)
    if audit.status != "checked":
        return f"未能读取  {path}：{line((audit.error or {}).get('message', ''))}"
    broken, doubtful = audit.count(Verdict.BROKEN), audit.count(Verdict.DOUBTFUL)
    wrong = f"不符 {broken}，存疑 {doubtful}" if broken or doubtful else ""
    thin = f"覆盖不足：{line(audit.thin)}" if audit.thin else ""
    return f"{wrong or '覆盖不足'}  {path}{f'  （{thin}）' if thin else ''}" if wrong or thin else ""


def _left(left: dict[str, list[str]]) -> Iterator[str]:
    for code, paths in left.items():
        names = "、".join(line(Path(path).name) for path in paths[:3])
        yield f"{'尚未核对' if code == 'interrupted' else '未处理'}  {LEFT.get(code, '其他')} {len(paths)} 个：{names}{' 等' if len(paths) > 3 else ''}"


def _together(batch: Batch) -> Iterator[str]:
    for unit, came in batch.silent:
        yield f"未报送自评材料  {line(unit)}：{came}"
    for crossing in batch.crossings:
        if crossing.verdict is not None:
            yield f"跨文件·{crossing.kind}  {line(crossing.message)}"


def _write(audits: Iterator[Audit], outputs: Outputs, batch: Batch) -> None:
    from fusuan import export
    from fusuan.batch.documents import documented

    if export.whole(outputs.whole):
        audits = documented(audits)
    if outputs.lines is not None and outputs.whole is not None:
        from fusuan.export.json import text

        with export.beside(outputs.lines) as part, part.open("w", encoding="utf-8", newline="\n") as file:
            export.write(_copied(audits, lambda audit: file.write(text(audit) + "\n")), outputs.whole, batch, outputs.store)
    elif (path := outputs.lines or outputs.whole) is not None:
        export.write(audits, path, batch, outputs.store)


def _copied(audits: Iterator[Audit], also: Callable[[Audit], object]) -> Iterator[Audit]:
    for audit in audits:
        also(audit)
        yield audit


@contextmanager
def _store(path: Path | None) -> Iterator[Store]:
    """Give the store at `path`; where nothing is to be remembered, one that goes with the run."""
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder, Store(path or Path(folder, "batch.fusuan")) as store:
        yield store


def _keyed(items: Iterable[Found], limits: Limits) -> list[tuple[str, Found]]:
    """Give each file that is to be checked the key of its audit."""
    options = {"scheme": digest(limits.scheme)}
    return [("" if item.code else key_of(item.sha256 or str(item.path), options, item.suffix), item) for item in items]


def _about(folder: Path, limits: Limits, order: Order) -> dict[str, object]:
    told = {"文件夹": str(folder.resolve()), "核对时间": datetime.now().strftime("%Y-%m-%d %H:%M"), "程序": program(),
            "评分方案": limits.scheme or "以报告自身为准", "每份时限": f"{limits.seconds:g} 秒", "同时核对": f"{limits.jobs} 份"}
    return {"told": told, "manifest": [asdict(entry) for entry in order.manifest]}
