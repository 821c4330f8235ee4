"""报送清单（.csv、.xlsx）：哪个单位应报送哪个项目、哪个文件；列名认得“单位”“项目”“文件”。"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

_HEADS = {"unit": ("单位", "部门"), "project": ("项目",), "file": ("文件", "路径")}


class ManifestError(Exception):
    """A manifest cannot be used; the message (Chinese) says why and what to do."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the manifest."""

    unit: str
    project: str = ""
    file: str = ""


def read(path: Path) -> list[Entry]:
    """Return the lines of a manifest; raises ManifestError."""
    rows = [[str(cell).strip() for cell in row] for row in _rows(path)]
    for at, row in enumerate(rows[:10]):
        columns = {field: next((number for number, head in enumerate(row) if any(word in head for word in words)), -1)
                   for field, words in _HEADS.items()}
        if columns["unit"] >= 0:
            return [entry for line in rows[at + 1:] if (entry := _entry(line, columns)).unit]
    raise ManifestError(f"清单里找不到“单位”一列：{path.name}。第一行应写列名：单位、项目、文件（后两列可省）")


def _entry(line: Sequence[str], columns: dict[str, int]) -> Entry:
    return Entry(*(line[column] if 0 <= column < len(line) else "" for column in columns.values()))


def _rows(path: Path) -> Iterator[Sequence[object]]:
    try:
        if path.suffix.lower() in (".csv", ".txt"):
            import csv

            yield from csv.reader(_text(path).splitlines())
            return
        import python_calamine

        yield from python_calamine.CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    except ManifestError:
        raise
    except Exception as error:  # whatever a parser finds wrong with it
        raise ManifestError(f"读不了清单 {path.name}（{type(error).__name__}）。请给出 .csv 或 .xlsx，列名为：单位、项目、文件") from error


def _text(path: Path) -> str:
    data = path.read_bytes()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ManifestError(f"清单的编码不认识：{path.name}。请另存为 UTF-8 的 .csv，或 .xlsx")


class Matcher:
    """Finds the entry of a file: by its path or name, exactly.

    >>> Matcher([Entry("甲局", "", "甲/自评.docx"), Entry("乙局", "", "乙报告.docx")]).of("报送/乙报告.docx").unit
    '乙局'
    """

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._by_file = {_plain(entry.file): entry for entry in entries if entry.file}

    def of(self, shown: str) -> Entry | None:
        parts = PurePosixPath(shown).parts
        return next((self._by_file[tail] for at in range(len(parts)) if (tail := "/".join(parts[at:])) in self._by_file), None)


def _plain(file: str) -> str:
    return file.replace("\\", "/").removeprefix("./")
