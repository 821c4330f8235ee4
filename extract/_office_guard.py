"""Run by itself beside a process that converts files: it starts LibreOffice, and ends it with that process.

Whoever reads files may be killed at any moment (a time limit, memory). LibreOffice would live on then, and the folder it
works in stay behind. This small process outlives them: when the pipe it takes orders from closes, it stops what it
started and removes the folder. Orders are lines of JSON, answers lines of one word: "done", "late" or "none".
It imports nothing of ours, so that it can be started in a bare interpreter.
"""

from __future__ import annotations

import json
import os
import queue
import shutil
import signal
import subprocess
import sys
import threading
import time

_TICK = 0.05


def main(folder: str) -> None:
    """Take orders until there are no more."""
    orders: queue.Queue[str] = queue.Queue()
    threading.Thread(target=_listen, args=(orders,), daemon=True).start()
    try:
        while order := orders.get():
            said = json.loads(order)
            sys.stdout.write(_run(said["command"], said["seconds"], orders) + "\n")
            sys.stdout.flush()
    except (OSError, ValueError):
        pass
    finally:
        _remove(folder)


def _listen(orders: queue.Queue[str]) -> None:
    for line in sys.stdin:
        orders.put(line)
    orders.put("")


def _run(command: list[str], seconds: float, orders: queue.Queue[str]) -> str:
    try:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL, start_new_session=True)
    except OSError:
        return "none"
    deadline = time.monotonic() + seconds
    while process.poll() is None:
        if not orders.empty() or time.monotonic() > deadline:  # while one order is carried out only the end can come
            _stop(process)
            return "late"
        time.sleep(_TICK)
    return "done"


def _stop(process: subprocess.Popen[bytes]) -> None:
    """Stop it and what it started (its launcher leaves the office running otherwise)."""
    if os.name == "nt":
        subprocess.call(["taskkill", "/F", "/T", "/PID", str(process.pid)], stdout=subprocess.DEVNULL,
                        stderr=subprocess.DEVNULL)
    else:
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
    process.wait()


def _remove(folder: str) -> None:
    for _ in range(20):
        shutil.rmtree(folder, ignore_errors=True)
        if not os.path.exists(folder):
            return
        time.sleep(_TICK)


if __name__ == "__main__":
    main(sys.argv[1])
