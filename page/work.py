"""What a worker does with one report: checks it, draws its text and its arithmetic, and leaves both beside it.

Nothing of a report is opened in the server's own process: a file that crashes its reader takes a worker with it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from fusuan import export
from fusuan.batch.audit import audit as checked
from fusuan.batch.schemes import digest
from fusuan.batch.store import Store, key_of, renamed
from fusuan.batch.work import kept
from fusuan.desk import aliases
from fusuan.export.html import drawn
from fusuan.model import Audit, Finding, Verdict
from fusuan.page.inbox import read_json, write_json


def check(path: Path, scheme: str | None, passwords: tuple[str, ...] = ()) -> str:
    """Check the report at `path` in its folder of an inbox; nothing is left to say when it is done."""
    folder = path.parent
    filing = read_json(folder / "filing.json") or {}
    (folder / "started").touch()
    name = str(filing.get("name", path.name))
    audit = renamed(checked(path, scheme, whole=True, passwords=passwords), name.rpartition("/")[2], name)
    if not folder.is_dir():  # deleted meanwhile
        return ""
    key, done = key_of(path, {"scheme": digest(scheme)}), kept(audit)
    with Store(Path(str(filing["store"]))) as store:
        store.keep(key, done.body, done.trace, final=done.final)
    if audit.status == "checked":
        view, text = _view(audit, path)
        (folder / "text.html").write_text(text, encoding="utf-8")
        write_json(folder / "view.json", view)
    write_json(folder / "result.json", _result(audit, key))
    return ""


def lost(path: Path, code: str, message: str) -> str:
    """Say what is to be told of a report that took its worker down or too long."""
    return message.replace("可用 --timeout 放宽时限，或将文件", "请将文件")


def _result(audit: Audit, key: str) -> dict[str, Any]:
    return {"state": audit.status, "key": key, "broken": audit.count(Verdict.BROKEN), "doubtful": audit.count(Verdict.DOUBTFUL),
            "checked": len(audit.findings), "figures": len(audit.figures), "error": (audit.error or {}).get("message", ""),
            "open": [name for name, finding in zip(aliases(audit), audit.findings, strict=True) if not finding.agrees]}


def _view(audit: Audit, path: Path) -> tuple[dict[str, Any], str]:
    """Return what the page shows of a report: of each finding the card, the names it is remembered by, its box; and the text."""
    names = aliases(audit)
    text, cards = drawn(audit)
    return {"title": audit.source.title, "unit": audit.source.unit, "year": audit.source.year, **_pages(audit, path),
             "remarks": list(audit.remarks), "unchecked": len(audit.unchecked),
            "findings": [{"number": number, "names": names[number], "card": card, **_shown(audit.findings[number])}
                         for number, card in cards]}, "".join(text)


def _pages(audit: Audit, path: Path) -> dict[str, Any]:
    """Return how large the pages of a PDF are, in points."""
    if audit.source.format != "pdf":
        return {"pdf": False, "pages": audit.source.pages}
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    sizes = [document.get_page_size(number) for number in range(len(document))]
    return {"pdf": True, "pages": len(sizes), "sizes": [[round(side, 2) for side in size] for size in sizes]}


def _shown(finding: Finding) -> dict[str, Any]:
    place = finding.place
    return {"verdict": finding.verdict.value, "kind": export.label_of(finding), "page": place.page, "box": place.box,
            "open": not finding.agrees}
