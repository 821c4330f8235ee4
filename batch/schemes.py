"""可用的评分方案：随程序提供的，与用户自己的 .toml 文件。"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from fusuan.model import Document, Statement


@contextmanager
def used(scheme: str | Path | None) -> Iterator[str]:
    """Have the checks use a scheme, by its name or its file, while the block runs; give its title, "" for none."""
    if scheme is None:
        yield ""
        return
    from fusuan import checks

    chosen = checks.load_scheme(str(scheme))
    with checks.use_scheme(chosen):
        yield chosen.title


def digest(scheme: str | Path | None) -> str:
    """Return what tells this scheme from another and from itself with other rules, the project's vocabulary with it; "" for none."""
    path, project = Path(scheme or ""), Path(os.environ.get("FUSUAN_PROJECT", ""))
    chosen = sha256(path.read_bytes()).hexdigest() if scheme and path.is_file() else str(scheme or "")
    return chosen + (sha256(project.read_bytes()).hexdigest() if project.is_file() else "")


def fault(scheme: str | Path) -> str:
    """Say in Chinese why a scheme cannot be used; nothing where it can."""
    from fusuan import checks

    try:
        checks.load_scheme(str(scheme))
    except checks.SchemeError as error:
        return str(error)
    return ""


def suggested(document: Document, statements: Iterable[Statement]) -> str:
    """Say which scheme would check marks whose rules the report does not print; nothing where none fits its place and year."""
    from fusuan import checks

    bare = [s for s in statements if s.facts.get("by") == "scheme"]
    found: list[tuple[list[str], str]] = []
    for scheme in checks.schemes() if bare else ():
        if _fits(scheme.name, document.year) and any(_told(document, place) for place in scheme.places):
            with checks.use_scheme(scheme):
                names = [finding.stated.name for statement in bare for finding in checks.check(statement)]
            found.append((names, (scheme.synonyms or (scheme.name,))[0]))
    names, called = max(found, key=lambda pair: len(pair[0]), default=([], ""))
    which = f"{'、'.join(names[:2])}等 {len(names)} 项得分" if len(names) > 2 else f"{'、'.join(names)}的得分"
    return f"文中没有写明评分标准，可用 --scheme {called} 再核对{which}" if names else ""


def _fits(scheme: str, year: str) -> bool:
    """Tell whether a report's year is near that of a scheme; one that names no year fits any.

    >>> _fits("hunan-2019", "2020"), _fits("hunan-2019", "2024"), _fits("hubei", "2024")
    (True, False, True)
    """
    own = re.search(r"20\d\d", scheme)
    return own is None or not year.isdigit() or abs(int(own[0]) - int(year)) <= 2


def _told(document: Document, place: str) -> bool:
    return any(place in text for text in (document.title, document.unit, *(p.text for p in document.paragraphs)))


def listed() -> Iterator[str]:
    """Yield some lines for every scheme that comes with the program."""
    from fusuan import checks

    for scheme in checks.schemes():
        yield f"{scheme.called}  {scheme.title}"
        yield f"    依据：{scheme.source}"
        yield f"    指标：{'、'.join(rule.name for rule in scheme.rules)}"
    yield "用法：fusuan check 文件 --scheme 名称；也可给出自己写的 .toml 文件。报告自己印有评分标准和分值的，以报告为准。"
