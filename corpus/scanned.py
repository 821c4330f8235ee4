"""Scans of PDFs, as an office makes them: clean, or worn with a stamp, a skew, noise and a poor .jpg.

    python corpus/scanned.py REPORT.pdf SCAN.pdf [--worn]

The stamp is ink: what is printed under it stays dark. The noise is the same at every run.
"""

from __future__ import annotations

import io
import math
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from PIL import Image, ImageChops, ImageDraw

_RED = (222, 60, 70)
_SKEW = 1.0


def pages(path: Path, dpi: int) -> Iterator[Image.Image]:
    """Draw the pages of a PDF."""
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    for page in document:
        yield page.render(scale=dpi / 72).to_pil().convert("RGB")
    document.close()


def stamped(page: Image.Image, dpi: int, seed: int) -> Image.Image:
    """Set a round red stamp with a star on a page, as wide as an inch and a half."""
    size, random = round(1.6 * dpi), np.random.default_rng(seed)
    seal = Image.new("RGB", (size, size), "white")
    draw, middle, width = ImageDraw.Draw(seal), size / 2, max(3, size // 40)
    draw.ellipse((width, width, size - width, size - width), outline=_RED, width=width)
    reach = [0.17 * size if k % 2 == 0 else 0.07 * size for k in range(10)]
    draw.polygon([(middle + r * math.sin(math.pi * k / 5), middle - r * math.cos(math.pi * k / 5))
                  for k, r in enumerate(reach)], fill=_RED)
    whole = Image.new("RGB", page.size, "white")
    whole.paste(seal, (round(page.width * (0.2 + 0.5 * random.random())), round(page.height * (0.2 + 0.5 * random.random()))))
    return ImageChops.multiply(page, whole)


def worn(page: Image.Image, dpi: int, seed: int) -> Image.Image:
    """Give a page a stamp, a skew of one degree, and noise."""
    turned = stamped(page, dpi, seed).rotate(_SKEW if seed % 2 else -_SKEW, Image.Resampling.BICUBIC, fillcolor="white")
    noise = np.random.default_rng(seed).normal(8, 12, (*turned.size[::-1], 3))
    return Image.fromarray(np.clip(np.asarray(turned, float) * 0.93 + noise, 0, 255).astype(np.uint8))


def scanned(path: Path, target: Path, dpi: int = 200, use: bool = False) -> Path:
    """Write the scan of a PDF as a PDF of pictures; `use` wears it."""
    taken = []
    for seed, page in enumerate(pages(path, dpi)):
        buffer = io.BytesIO()
        (worn(page, dpi, seed) if use else page).save(buffer, "JPEG", quality=60 if use else 85)
        taken.append(Image.open(buffer))
    taken[0].save(target, "PDF", save_all=True, append_images=taken[1:], resolution=dpi)
    return target


if __name__ == "__main__":
    use = "--worn" in sys.argv
    source, written = (Path(argument) for argument in sys.argv[1:] if not argument.startswith("-"))
    scanned(source, written, 150 if use else 200, use)
