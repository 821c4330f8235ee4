"""Measure a county's filings: what one worker and two do in a second, what a second run costs, and what kill -9 loses.

    python bench/county.py [FILES] [KILLS]        default 2000 files, 20 kills

Whole processes, as their users meet them. Prints lines of markdown for docs/scale.md; ends with an error if anything is lost, what
was planted is not all that is found, or a run that was killed ends otherwise than one that was not.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))


def batch(folder: Path, out: Path, *more: str) -> list[str]:
    return [sys.executable, str(ROOT / "cli.py"), "batch", str(folder), "-o", str(out / "疑点.xlsx"), "--jsonl", str(out / "结果.jsonl"), *more]


def run(command: list[str]) -> tuple[float, float, float]:
    """Run to the end; return seconds, those of processor time (workers included), and megabytes at most in one process."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status) not in (0, 1, 2):
        raise SystemExit(f"{command}: {status}")
    return time.perf_counter() - start, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def results(out: Path) -> list[str]:
    """The lines of a run, without when they were made."""
    return (out / "结果.jsonl").read_text(encoding="utf-8").splitlines()


def made(count: int, folder: Path) -> dict[str, dict[str, object]]:
    """Make the filings, in a process of its own: a child's peak memory counts from that of the process that starts it."""
    subprocess.run([sys.executable, str(ROOT / "corpus" / "filings.py"), str(count), str(folder)], check=True, stdout=subprocess.DEVNULL)
    truth: dict[str, dict[str, object]] = json.loads((folder.parent / f"{folder.name}.truth.json").read_text(encoding="utf-8"))
    return truth


def lost(folder: Path, lines: list[str], truth: dict[str, dict[str, object]]) -> list[str]:
    """Return the files of which nothing is said."""
    said = {json.loads(line)["file"]["path"] for line in lines}
    return [name for name in truth if f"{folder}/{name}" not in said]


def killed(command: list[str], times: int, longest: float, chance: random.Random) -> int:
    """Start the command and end it by kill -9, or one of its workers, at random moments; return how often that struck it at work."""
    struck = 0
    for number in range(times):
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            process.wait(chance.uniform(0.5, longest))
        except subprocess.TimeoutExpired:
            struck += 1
            workers = children(process.pid)
            if number % 2 and workers:
                _end(chance.choice(workers))
                time.sleep(chance.uniform(0, longest / 4))
            _end(process.pid)
            process.wait()
    return struck


def _end(number: int) -> None:
    try:
        os.kill(number, signal.SIGKILL)
    except ProcessLookupError:
        return


def children(number: int) -> list[int]:
    try:
        return [int(word) for word in Path(f"/proc/{number}/task/{number}/children").read_text(encoding="ascii").split()]
    except OSError:
        return []


def planted(out: Path, truth: dict[str, dict[str, object]]) -> Iterator[tuple[str, set[object], set[object]]]:
    """Yield, of each kind of thing that was planted, what was planted and what was found."""
    from fusuan.batch.outcome import Outcome
    from fusuan.batch.store import Store
    from fusuan.model import Verdict

    with Store(out / "疑点.fusuan") as store:
        outcome = Outcome(store)
        wrong: set[object] = {one.item.shown for one, audit in zip(outcome.filings, outcome.audits(), strict=True)
                              if any(finding.verdict is Verdict.BROKEN for finding in audit.findings)}
    yield "不符", {name for name, what in truth.items() if what.get("broken")}, wrong
    for kind, code in (("雷同", "copy"), ("先后版本", "again")):
        yield (kind, {frozenset((name, str(what["of"]))) for name, what in truth.items() if what["kind"] == code},
               {frozenset(one.names) for one in outcome.batch.crossings if one.kind == kind})


def told(what: str, truth: int, seconds: float, busy: float, megabytes: float) -> None:
    print(f"| {what} | {seconds:.1f} s | {truth / seconds:.1f} files/s | processor {busy:.1f} s | {megabytes:.0f} MB in one process at most |", flush=True)


def speed(folder: Path, home: Path, count: int) -> tuple[float, float]:
    """Print what one worker and two do in a second, and what a second run costs; return seconds of two workers, those of processor time too."""
    took = {}
    for jobs in (1, 2):
        seconds, busy, megabytes = run(batch(folder, home / f"out{jobs}", "--jobs", str(jobs)))
        told(f"{count} files, {jobs} worker(s)", count, seconds, busy, megabytes)
        took[jobs] = (seconds, busy)
    print(f"| two workers against one | {took[1][0] / took[2][0]:.2f} times |", flush=True)
    seconds, busy, megabytes = run(batch(folder, home / "out2", "--jobs", "2"))
    told(f"second run: {seconds / took[2][0]:.1%} of the time, {busy / took[2][1]:.1%} of the processor time", count, seconds, busy, megabytes)
    return took[2]


def main(count: int, kills: int) -> int:
    with tempfile.TemporaryDirectory() as held:
        home = Path(held)
        folder, first, third = home / "报送", home / "out2", home / "third"
        truth = made(count, folder)
        seconds, _ = speed(folder, home, len(truth))
        undisturbed = results(first)
        missing, faults = lost(folder, undisturbed, truth), undisturbed != results(home / "out1")
        print(f"| files of which nothing is said | {len(missing)} |")
        for kind, wanted, found in planted(first, truth):
            right = len(wanted & found)
            faults |= wanted != found
            print(f"| {kind}: {len(wanted)} planted, {len(found)} found | precision {right / max(1, len(found)):.3f} | "
                  f"recall {right / max(1, len(wanted)):.3f} |", flush=True)
        if kills:
            faults |= not survived(folder, third, kills, seconds, undisturbed)
    return int(bool(missing or faults))


def survived(folder: Path, out: Path, kills: int, seconds: float, undisturbed: list[str]) -> bool:
    struck = killed(batch(folder, out, "--jobs", "2"), kills, max(2.0, 1.5 * seconds / kills), random.Random(7))
    run(batch(folder, out, "--jobs", "2"))
    same = results(out) == undisturbed
    print(f"| killed {struck} times of {kills}, then resumed | {'the same, byte for byte' if same else 'DIFFERENT'} |")
    return same


if __name__ == "__main__":
    sys.exit(main(*(int(word) for word in (sys.argv[1:] + ["2000", "20"][len(sys.argv) - 1:]))))
