"""A name for a file that no file has yet."""

from __future__ import annotations

import re
from pathlib import Path

_UNSAFE = re.compile(r'[<>:"/\\|?*\x00-\x1f\ud800-\udfff]')
_LONGEST = 60
"""Characters of a name: 255 bytes are the most that systems take, and a Chinese character takes three."""


def reserved(folder: Path, stem: str, number: str, suffix: str) -> Path:
    """Make an empty file in `folder` named by `stem`, what `number` gives ("{}" stands for 2, 3 and so on) and `suffix`.

    No file that exists is ever written over: somebody may have worked in it. What no system takes in a name is left out.
    """
    count, stem = 1, _UNSAFE.sub("", stem)[:_LONGEST]
    while True:
        path = folder / f"{stem}{number.format(count if count > 1 else '')}{suffix}"
        try:
            path.open("xb").close()
        except FileExistsError:
            count += 1
        else:
            return path
