"""The engine that recognises printed text: PP-OCR by rapidocr, with the models that lie in its wheel; nothing is fetched.

Its classifier of upside-down lines stays off: it turns short cells around (=90% becomes %06=) and is sure of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]

_THREADS = 1
_LARGEST = 6000


@dataclass(frozen=True, slots=True)
class Char:
    """A recognised character: where its middle stands along its line (0 to 1), and how sure the engine is."""

    text: str
    at: float
    sure: float


class _Later:
    """A module that is loaded when first used."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # who only looks at what it is (doctest does) need not have it installed
            raise AttributeError(name)
        return getattr(import_module(self._name), name)


cv2: Any = _Later("cv2")


def boxes(image: Pixels) -> list[NDArray[np.float32]]:
    """Find the lines of text of a page: four corners each, clockwise from the top left, in pixels."""
    found = _detector()(np.ascontiguousarray(image), use_det=True, use_cls=False, use_rec=False).boxes
    return [] if found is None else list(found)


def read(line: Pixels) -> list[Char]:
    """Recognise a line cut out of a page, blanks left out."""
    found = _recogniser()(np.ascontiguousarray(line), use_det=False, use_cls=False, use_rec=True, return_word_box=True)
    if not found.txts or not found.txts[0].strip():
        return []
    info = found.word_results[0]
    columns = [column for word in info.word_cols for column in word]
    chars = [(char, sure) for char, sure in zip(found.txts[0], info.confs, strict=True) if not char.isspace()]
    return [Char(char, (column + 0.5) / max(info.line_txt_len, 1.0), float(sure))
            for (char, sure), column in zip(chars, columns, strict=True)]


@cache
def _detector() -> Any:
    return _engine({})


@cache
def _recogniser() -> Any:
    # short cells are not filled up to the width of a long line: a third of the time
    return _engine({"Rec.rec_img_shape": [3, 48, 48], "Rec.rec_batch_num": 1})


def _engine(settings: dict[str, object]) -> Any:
    rapidocr = import_module("rapidocr")
    models = Path(str(rapidocr.__file__)).parent / "models"
    return rapidocr.RapidOCR(params={
        "Global.use_cls": False, "Global.log_level": "error", "Global.max_side_len": _LARGEST, "Global.text_score": 0.0,
        "Det.model_path": str(_only(models, "*_det_*.onnx")), "Rec.model_path": str(_only(models, "*_rec_*.onnx")),
        "EngineConfig.onnxruntime.intra_op_num_threads": _THREADS,
        "EngineConfig.onnxruntime.inter_op_num_threads": _THREADS, **settings})


def _only(folder: Path, pattern: str) -> Path:
    """The model in the wheel; named outright, so that the library never looks for one elsewhere."""
    return sorted(folder.glob(pattern))[-1]
