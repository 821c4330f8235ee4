"""Measure a county's filings: what one worker and two do in a second, what a second run costs, and what kill -9 loses.

    python bench/county.py [FILES] [KILLS]        default 2000 files, 20 kills

Whole processes, as their users meet them. Prints lines of markdown for docs/scale.md; ends with an error if anything is lost.
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


def throughput(home: Path, count: int) -> None:
    """Print what one worker and two do in a second, on a tenth of the files."""
    from corpus.filings import make

    folder = home / "十分之一"
    truth = make(count, folder, seed=2)
    for jobs in (1, 2):
        seconds, busy, megabytes = run(batch(folder, home / f"out{jobs}", "--jobs", str(jobs)))
        print(f"| {len(truth)} files, {jobs} worker(s) | {seconds:.1f} s | {len(truth) / seconds:.1f} files/s | processor {busy:.1f} s | "
              f"{megabytes:.0f} MB in one process at most |", flush=True)


def main(count: int, kills: int) -> None:
    from corpus.filings import make

    with tempfile.TemporaryDirectory() as held:
        home = Path(held)
        throughput(home, count // 10)
        folder, first, third = home / "报送", home / "first", home / "third"
        truth = make(count, folder)
        seconds, busy, megabytes = run(batch(folder, first, "--jobs", "2"))
        print(f"| {len(truth)} files, 2 workers | {seconds:.1f} s | {len(truth) / seconds:.1f} files/s | processor {busy:.1f} s | "
              f"{megabytes:.0f} MB in one process at most |", flush=True)
        undisturbed = results(first)
        missing = lost(folder, undisturbed, truth)
        print(f"| files of which nothing is said | {len(missing)} |", flush=True)
        again, busy, _ = run(batch(folder, first, "--jobs", "2"))
        print(f"| second run | {again:.1f} s ({again / seconds:.1%} of the first) | processor {busy:.1f} s |", flush=True)
        struck = killed(batch(folder, third, "--jobs", "2"), kills, max(4.0, seconds / kills), random.Random(7))
        run(batch(folder, third, "--jobs", "2"))
        same = results(third) == undisturbed == results(first)
        print(f"| killed {struck} times of {kills}, then resumed | {'the same' if same else 'DIFFERENT'} |")
        if missing or not same:
            raise SystemExit(1)


if __name__ == "__main__":
    main(*(int(word) for word in (sys.argv[1:] + ["2000", "20"][len(sys.argv) - 1:])))
