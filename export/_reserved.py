"""A name for a file that no file has yet."""

from __future__ import annotations

from pathlib import Path


def reserved(folder: Path, stem: str, number: str, suffix: str) -> Path:
    """Make an empty file in `folder` named by `stem`, what `number` gives ("{}" stands for 2, 3 and so on) and `suffix`.

    No file that exists is ever written over: somebody may have worked in it.
    """
    count = 1
    while True:
        path = folder / f"{stem}{number.format(count if count > 1 else '')}{suffix}"
        try:
            path.open("xb").close()
        except FileExistsError:
            count += 1
        else:
            return path
