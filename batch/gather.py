"""文件夹（含下级）里有什么：每一个文件都有着落——要核对的，和不核对的及其原因。"""

from __future__ import annotations

import os
import zipfile
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path, PurePath

OFFICE = frozenset({".doc", ".docx", ".wps", ".rtf", ".odt", ".pdf", ".ofd", ".xls", ".xlsx", ".xlsm", ".et", ".ods"})
NOTES = frozenset({".md", ".text", ".htm", ".html", ".mht", ".mhtml", ".xml", ".uot", ".dot", ".dotx", ".dotm", ".xlt", ".xltx", ".xltm"})
"""What can be read but in a folder of reports is rather a note, a saved page or an empty form."""
PICTURES = frozenset({".jpg", ".jpeg", ".jfif", ".png", ".bmp", ".gif", ".tif", ".tiff", ".heic", ".heif", ".webp"})
ARCHIVES = frozenset({".zip", ".rar", ".7z", ".tar", ".gz", ".tgz", ".bz2", ".xz", ".cab", ".iso"})
LOCKS = ("~$", ".~", "._")
LITTER = frozenset({"thumbs.db", "desktop.ini", ".ds_store"})
OURS = (".fusuan", ".fusuan-wal", ".fusuan-shm")
_CORE = 64 << 10
"""Bytes of a workbook's properties that are looked at."""
_OWN = "由 fusuan（复算）生成".encode()
_PICTURE = '图片。要读其中的文字请安装文字识别组件：pip install "fusuan[ocr]"（不读 .gif、.heic、.webp）；或向报送单位索取可编辑的文件'
_ARCHIVE = "压缩包，本程序不能打开这种压缩格式。请解压到文件夹后再核对"
_NOTE = "网页、说明文字或空白模板，通常不是报送材料；如是，请单独核对：fusuan check 该文件"
_SHUT = "打不开这个文件夹（{}），其中的文件没有核对。请检查权限，或换一台能打开的机器再核对"
_FORMAT = "不是可读取的格式。如是报告，请另存为 .docx、.pdf 或 .xlsx 后再核对"


@dataclass(frozen=True, slots=True)
class Found:
    """A file met in a folder, or a member of an archive there.

    `code` and `skip` (Chinese) say why it is left alone; both empty where it is to be checked. `shown` is its path below the
    folder. `member` is its number in the archive at `path`.
    """

    path: Path
    skip: str = ""
    code: str = ""
    shown: str = ""
    size: int = 0
    sha256: str = ""
    member: int | None = None

    @property
    def name(self) -> str:
        return PurePath(self.shown).name or self.path.name

    @property
    def full(self) -> str:
        """Where it lies, as results name it."""
        inner = self.shown.partition(f"{self.path.name}/")[2] if self.member is not None else ""
        return f"{self.path}/{inner}" if inner else str(self.path)

    @property
    def suffix(self) -> str:
        return PurePath(self.name).suffix.lower()


Listing = list[tuple[str, int, str, str, str]]
"""Of each file in an archive its name, size, hash, and code and reason where it is not to be checked."""


def gather(folder: Path, suffixes: Collection[str], but: Collection[Path] = ()) -> list[Found]:
    """Return every file below `folder` in natural order (单位2 before 单位10).

    To be checked is a file with one of `suffixes` (but NOTES), or of another office format (which then fails with advice).
    `but` are files that this very run writes, and folders that it writes into: they are no part of what came in. Folders that begin with a point and
    linked folders are named and not entered.
    """
    own = frozenset(os.path.realpath(path) for path in but)  # a link to itself leads nowhere, which is no reason to stop
    return sorted(_files(folder, reports(suffixes), own), key=lambda item: (natural(item.shown), item.shown))


def natural(shown: str) -> tuple[object, ...]:
    """Return what puts paths in the order people expect: folder by folder, numbers by their value, the kind of file last.

    >>> sorted(["甲 10/a.pdf", "甲 2/b.pdf", "甲 2/b(2).pdf", "甲 2/a.docx"], key=natural)
    ['甲 2/a.docx', '甲 2/b.pdf', '甲 2/b(2).pdf', '甲 10/a.pdf']
    """
    folder, _, name = shown.rstrip("/").rpartition("/")
    stem, point, suffix = name.rpartition(".")
    return (*map(_counted, folder.split("/") if folder else ()), _counted(stem if stem else name), _counted(point + suffix) if stem else ())


@lru_cache(maxsize=4096)
def _counted(part: str) -> tuple[object, ...]:
    key: tuple[object, ...] = _order()(part)
    return key


@cache
def _order() -> Callable[[str], tuple[object, ...]]:
    from natsort import natsort_keygen, ns

    return natsort_keygen(alg=ns.IGNORECASE)


def reports(suffixes: Collection[str]) -> frozenset[str]:
    """Return the suffixes of what is to be checked: pictures where there is what reads them."""
    unread = frozenset() if find_spec("rapidocr") else PICTURES
    return frozenset((OFFICE | set(suffixes)) - NOTES - unread)


def _files(folder: Path, wanted: Collection[str], own: frozenset[str]) -> Iterator[Found]:
    """Yield what lies in a folder and below; `own` are real paths that are left out."""
    waiting = [(str(folder), "")]
    while waiting:
        top, above = waiting.pop()
        real = os.path.realpath(top)
        try:
            with os.scandir(top) as met:
                entries = list(met)
        except OSError as error:
            yield Found(Path(top), _SHUT.format(error.strerror), "folder", above or "./")
            continue
        for entry in entries:
            shown = f"{above}{entry.name}"
            if os.path.splitext(entry.name)[1].lower() in OURS or own and _leads(entry, real) in own:
                continue
            if not _is_folder(entry):
                code, why = _why_not(Path(entry.path), wanted)
                yield Found(Path(entry.path), why, code, shown, _size(entry))
            elif _closed(entry):
                yield Found(Path(entry.path), "隐藏的、系统的或链接的文件夹，没有进入", "folder", f"{shown}/")
            else:
                waiting.append((entry.path, f"{shown}/"))


def _leads(entry: os.DirEntry[str], real: str) -> str:
    return os.path.realpath(entry.path) if entry.is_symlink() else os.path.join(real, entry.name)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _closed(entry: os.DirEntry[str]) -> bool:
    return entry.name.startswith(".") or entry.name == "__MACOSX" or entry.is_symlink()


def _size(entry: os.DirEntry[str]) -> int:
    try:
        return entry.stat().st_size
    except OSError:
        return 0


def _why_not(path: Path, wanted: Collection[str]) -> tuple[str, str]:
    if path.suffix.lower() == ".xlsx" and _is_own(path):
        return "own", "本程序写出的结果，不是报告"
    return why_not(path, wanted)


def why_not(path: PurePath, wanted: Collection[str]) -> tuple[str, str]:
    """Return code and reason of a file that by its name is left alone; both empty where it is to be checked.

    >>> why_not(PurePath("现场.JPG"), {".docx"})[0], why_not(PurePath("甲.docx"), {".docx"}), why_not(PurePath("甲.dwg"), {".docx"})[0]
    ('picture', ('', ''), 'format')
    """
    suffix = path.suffix.lower()
    if path.name.startswith(LOCKS) or path.name.lower() in LITTER or "__MACOSX" in path.parts:
        return "litter", "临时文件或系统文件（文档打开时产生），不是报告"
    if suffix in wanted:
        return "", ""
    return next((kind for kind, known in ((("picture", _PICTURE), PICTURES), (("archive", _ARCHIVE), ARCHIVES),
                                          (("note", _NOTE), NOTES)) if suffix in known), ("format", _FORMAT))


def _is_own(path: Path) -> bool:
    """Tell whether a workbook is one that this program wrote, without trusting it: whatever is wrong, it is not."""
    try:
        if not path.is_file():
            return False
        with zipfile.ZipFile(path) as package, package.open("docProps/core.xml") as stream:
            return _OWN in stream.read(_CORE)
    except Exception:  # noqa: BLE001
        return False
