"""收到的文件没有变化、结果文件也没有被改动时，不必重写：上次说过的话再说一遍。"""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from hashlib import sha256
from pathlib import Path
from time import time_ns
from typing import Any

from fusuan.batch.outputs import Outputs
from fusuan.batch.store import Store, program
from fusuan.batch.tally import Tally

_WRITERS = ("export", "desk")
_UNCOUNTED = ("核对时间", "同时核对")


def repeated(store: Store, outputs: Outputs, tally: Tally) -> bool:
    """Say again what was said, where nothing has changed since; tell whether that is so."""
    before: dict[str, Any] = store.about().get("written", {})
    if outputs.marked is not None or not before or before["state"] != _state(store, outputs):
        return False
    outputs.say("收到的文件、程序和结果文件都没有变化，结果不必重写")
    for words in before["said"]:
        outputs.say(words)
    for name, value in before["tally"].items():
        setattr(tally, name, value)
    return True


def listening(outputs: Outputs) -> tuple[Outputs, list[str]]:
    """Return outputs that also take down what they say."""
    said: list[str] = []

    def say(words: str) -> None:
        said.append(words)
        outputs.say(words)

    return replace(outputs, say=say), said


def take_down(store: Store, outputs: Outputs, tally: Tally, said: list[str]) -> None:
    """Remember what was written and said."""
    store.tell("written", {"state": _state(store, outputs), "said": said, "tally": asdict(tally)})


def _state(store: Store, outputs: Outputs) -> str:
    """Return what the outputs depend on and what they are, digested; never the same where something may come out otherwise."""
    about = store.about()
    told = {name: value for name, value in about.get("told", {}).items() if name not in _UNCOUNTED}
    files = [[str(path), *_stamp(path)] for path in (outputs.whole, outputs.lines) if path is not None]
    whole = [told, about.get("manifest"), program(), program(_WRITERS), store.came_in(), files, store.remarks()]
    lasting = not store.waiting() and all(None not in file for file in files)
    return sha256(json.dumps(whole).encode()).hexdigest() if lasting else f"passing {time_ns()}"


def _stamp(path: Path) -> tuple[int | None, int | None]:
    try:
        about = path.stat()
    except OSError:
        return None, None
    return about.st_size, about.st_mtime_ns
