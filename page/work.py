"""What a worker does with one report: checks it, draws its text and its arithmetic, and leaves both beside it.

Nothing of a report is opened in the server's own process: a file that crashes its reader takes a worker with it.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from fusuan import export
from fusuan.batch.audit import whole
from fusuan.batch.store import Store, key_of, renamed
from fusuan.desk import fingerprints
from fusuan.export.html import drawn
from fusuan.model import Audit, Finding, Verdict
from fusuan.page.inbox import read_json, write_json


def check(path: Path, scheme: str | None) -> Audit:
    """Check the report at `path` in its folder of an inbox; return what came of it without its document."""
    folder = path.parent
    filing = read_json(folder / "filing.json") or {}
    (folder / "started").touch()
    name = str(filing.get("name", path.name))
    audit = renamed(whole(path, scheme), name.rpartition("/")[2], name)
    slim = replace(audit, document=None)
    key = key_of(path, {"scheme": scheme})
    with Store(Path(str(filing["store"]))) as store:
        store.put(key, slim)
    if audit.status == "checked":
        view, text = _view(audit, path)
        (folder / "text.html").write_text(text, encoding="utf-8")
        write_json(folder / "view.json", view)
        export.write([audit], folder / "report.html")
    write_json(folder / "result.json", _result(audit, key))
    return slim


def _result(audit: Audit, key: str) -> dict[str, Any]:
    return {"state": audit.status, "key": key, "broken": audit.count(Verdict.BROKEN), "doubtful": audit.count(Verdict.DOUBTFUL),
            "checked": len(audit.findings), "figures": len(audit.figures), "error": (audit.error or {}).get("message", ""),
            "open": [name for name, finding in zip(fingerprints(audit), audit.findings, strict=True) if not finding.agrees]}


def _view(audit: Audit, path: Path) -> tuple[dict[str, Any], str]:
    """Return what the page shows of a report: of each finding the card, the name it is remembered by, its box; and the text."""
    prints = fingerprints(audit)
    text, cards = drawn(audit)
    return {"title": audit.source.title, "unit": audit.source.unit, "year": audit.source.year, **_pages(audit, path),
             "remarks": list(audit.remarks), "unchecked": len(audit.unchecked),
            "findings": [{"number": number, "fingerprint": prints[number], "card": card, **_shown(audit.findings[number])}
                         for number, card in cards]}, text


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
