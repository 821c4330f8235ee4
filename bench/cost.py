"""What a file costs, by format, in processor milliseconds of one warm process; and what the parent and the store cost a file.

    python bench/cost.py [FOLDER]        default corpus/specimens; prints lines of markdown for docs/scale.md
"""

from __future__ import annotations

import sys
import tempfile
from collections import defaultdict
from pathlib import Path
from time import process_time

from fusuan.batch._codec import encoded
from fusuan.batch.gather import Found
from fusuan.batch.outcome import Outcome, as_item
from fusuan.batch.store import Store
from fusuan.batch.work import Done, work
from fusuan.export.json import text

ROOT = Path(__file__).resolve().parent.parent
FORMATS = (".docx", ".pdf", ".xlsx", ".txt", ".doc")


def main(folder: Path) -> None:
    items = [Found(path, shown=path.name) for path in sorted(folder.iterdir()) if path.suffix.lower() in FORMATS]
    for item in items[:3]:
        work(item, None)  # what is loaded when first needed
    done, spent = [], defaultdict[str, list[float]](list)
    for item in items:
        start = process_time()
        done.append(work(item, None))
        spent[item.suffix].append(process_time() - start)
    for suffix, times in spent.items():
        print(f"| {suffix} | {len(times)} files | {sum(times) / len(times) * 1000:.0f} ms |")
    _parent(items, done)


def _parent(items: list[Found], done: list[Done]) -> None:
    with tempfile.TemporaryDirectory() as home, Store(Path(home, "a.fusuan")) as store:
        start = process_time()
        store.begin(((item.shown, as_item(item)) for item in items), {})
        for item, one in zip(items, done, strict=True):
            store.keep(item.shown, one.body, one.trace, final=True)
        kept = process_time()
        audits = list(Outcome(store).audits())
        read = process_time()
        whole = [len(text(audit)) for audit in audits]
        written = process_time()
        for name, seconds in (("kept", kept - start), ("held against the others and read back", read - kept), ("a line of .jsonl", written - read)):
            print(f"| {name} | {seconds / len(items) * 1000:.1f} ms a file |")
        size = sum(len(one.body) + len(one.trace or b"") for one in done) / len(done)
        print(f"| in the store | {size / 1024:.1f} KB a file; {sum(whole) / len(whole) / 1024:.1f} KB a line of .jsonl; "
              f"{len(encoded(audits[0])) / 1024:.1f} KB the first audit |")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "corpus" / "specimens")
