"""PDF 文件（.pdf）：数字本身加高亮和注释。"""
from __future__ import annotations
from collections.abc import Sequence
from pathlib import Path
from fusuan.marked._notes import Note
SUFFIXES=(".pdf",)
def mark(path: Path, notes: Sequence[Note], target: Path) -> int:
    return 0
