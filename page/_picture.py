"""Draw one page of a PDF as a picture: run as a program of its own, which a hostile file may crash without harm.

python _picture.py FILE NUMBER OUT
"""

from __future__ import annotations

import sys
from pathlib import Path

DPI = 110
_MOST = 2400
"""Pixels of the longer side: a page may say that it is a kilometre wide."""
_MEMORY = 2 << 30


def main(file: str, number: str, out: str) -> None:
    import pypdfium2

    _bounded()
    document = pypdfium2.PdfDocument(file)
    page = document[int(number) - 1]
    scale = min(DPI / 72, _MOST / max(1, *page.get_size()))
    half = Path(f"{out}.half")
    page.render(scale=scale).to_pil().save(half, format="PNG")
    half.replace(out)


def _bounded() -> None:
    if sys.platform.startswith("linux"):
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (_MEMORY, _MEMORY))


if __name__ == "__main__":
    main(*sys.argv[1:])
