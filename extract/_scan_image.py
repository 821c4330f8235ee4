"""Pictures of pages, as grey pixels: where they come from, their resolution, stamps taken away."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fusuan.extract._file import File
from fusuan.extract._scan_engine import Pixels, cv2
from fusuan.model import ReadError

Back = NDArray[np.float64]

DPI = 200.0
MOST_PIXELS = 85_000_000
MOST_FRAMES, MOST_BYTES = 500, 512 << 20
_LONG_SIDE = 11.69
_SIDES = (3.0, 25.0)
_RED = 40
_STAMP = 0.7
_GAIN, _NOISE = 2.5, 25


@dataclass(frozen=True, slots=True)
class Picture:
    """The picture of a page, dark on light; `dpi` pixels are an inch. `stamped` tells where a stamp was taken away.

    `back` leads from its places to those of the page as it came in.
    """

    grey: Pixels
    dpi: float
    stamped: Pixels
    back: Back = field(default_factory=lambda: np.eye(3))

    @property
    def size(self) -> tuple[int, int]:
        return self.grey.shape[1], self.grey.shape[0]

    def turned(self, quarters: int) -> Picture:
        """Turn it by quarters, clockwise."""
        grey, stamped = (np.ascontiguousarray(np.rot90(pixels, -quarters)) for pixels in (self.grey, self.stamped))
        back, height, width = self.back, self.size[1], self.size[0]
        for _ in range(quarters):
            back = back @ np.array([[0, 1, 0], [-1, 0, height], [0, 0, 1]], float)
            height, width = width, height
        return Picture(grey, self.dpi, stamped, back)

    def moved(self, matrix: NDArray[np.float64]) -> Picture:
        """Move what it shows, by an affine matrix."""
        grey = cv2.warpAffine(self.grey, matrix, self.size, flags=cv2.INTER_CUBIC, borderValue=255)
        stamped = cv2.warpAffine(self.stamped, matrix, self.size, flags=cv2.INTER_NEAREST)
        return Picture(grey, self.dpi, stamped, self.back @ np.linalg.inv(np.vstack([matrix, [0, 0, 1]])))


def of_page(page: Any) -> Picture:
    """Draw a page of a PDF."""
    side = max(page.get_width(), page.get_height(), 1.0)
    scale = min(DPI / 72, (MOST_PIXELS / 4) ** 0.5 / side)
    pixels = page.render(scale=scale, rev_byteorder=True).to_numpy()
    return picture_of(pixels, scale * 72)


def frames(file: File) -> int:
    """How many pictures a file holds.

    Raises ReadError damaged, too_large.
    """
    file.within(MOST_BYTES, "图片")
    with _opened(file) as image:
        count = int(getattr(image, "n_frames", 1))
        if image.width * image.height > MOST_PIXELS or count > MOST_FRAMES:
            raise ReadError("too_large", f"图片过大：{file.name}。请缩小到 {MOST_PIXELS // 10 ** 6} 百万像素以内，"
                                         f"或拆成每个文件不超过 {MOST_FRAMES} 页")
        return count


def pictures(file: File) -> Iterator[Picture]:
    """Yield the pictures in a file one by one (a .tif may hold several).

    Raises ReadError damaged, too_large.
    """
    from PIL import ImageOps

    for number in range(frames(file)):
        with _opened(file) as image:
            image.seek(number)
            if image.width * image.height > MOST_PIXELS:
                raise ReadError("too_large", f"图片第 {number + 1} 页过大：{file.name}。请缩小到 {MOST_PIXELS // 10 ** 6} 百万像素以内")
            shown = ImageOps.exif_transpose(image)
            yield _scaled(np.asarray(shown.convert("RGB"), dtype=np.uint8), _dpi(shown))


@contextmanager
def _opened(file: File) -> Iterator[Any]:
    from PIL import Image, UnidentifiedImageError

    try:
        with file.open() as stream, Image.open(stream) as image:
            yield image
    except Image.DecompressionBombError as error:
        raise ReadError("too_large", f"图片过大：{file.name}。请缩小到 {MOST_PIXELS // 10 ** 6} 百万像素以内") from error
    except (UnidentifiedImageError, OSError, EOFError, SyntaxError, ValueError) as error:
        raise ReadError("damaged", f"图片已损坏或不完整，无法打开：{file.name}。请重新扫描或重新取得该文件") from error


def _dpi(image: Any) -> float:
    """The resolution that a picture tells, where that makes a page of it; else that of an A4 sheet."""
    side = max(image.size)
    told = float((image.info.get("dpi") or (0.0, 0.0))[0])
    return told if told and _SIDES[0] < side / told < _SIDES[1] and told > 90 else side / _LONG_SIDE


def _scaled(pixels: Pixels, dpi: float) -> Picture:
    """Make a picture that is finer than needed smaller."""
    if dpi > 1.15 * DPI:
        factor = DPI / dpi
        pixels = cv2.resize(pixels, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
        dpi = DPI
    return picture_of(pixels, dpi)


def picture_of(pixels: Pixels, dpi: float) -> Picture:
    """Take colours from pixels (RGB), and with them the red of stamps; red lines of text stay."""
    red, green, blue = (pixels[..., k].astype(np.int16) for k in range(3))
    grey = np.asarray(cv2.cvtColor(np.ascontiguousarray(pixels[..., :3]), cv2.COLOR_RGB2GRAY), np.uint8)
    stamped = np.zeros_like(grey)
    tinted = ((red - np.maximum(green, blue)) > _RED).astype(np.uint8)
    if not tinted.any():
        return Picture(grey, dpi, stamped)
    near = cv2.dilate(tinted, np.ones((9, 9), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(near)
    paper = float(np.percentile(grey[::7, ::7], 80))
    for x, y, width, height, _ in stats[1:]:
        if min(width, height) > _STAMP * dpi:
            part = np.s_[y:y + height, x:x + width]
            grey[part] = np.where(near[part] > 0, _unstamped(red[part], tinted[part] > 0, paper), grey[part])
            stamped[part] = near[part]
    return Picture(grey, dpi, stamped)


def _unstamped(red: NDArray[np.int16], tinted: NDArray[np.bool_], paper: float) -> Pixels:
    """What is printed under a stamp: in red light the stamp is as bright as paper, print is not."""
    light = red.astype(float)
    bright = float(np.percentile(light[tinted], 25)) or 1.0
    light = np.where(tinted, light * paper / bright, light)
    return np.clip(np.where(tinted, paper - _GAIN * np.maximum(paper - light - _NOISE, 0), light), 0, 255).astype(np.uint8)
