"""可离线浏览的网页（.html）：原文与表格照读出的样子排好，每个核对过的数字可点开算式；几份报告时另写一份目录。"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from hashlib import sha256
from importlib.resources import files
from itertools import chain, islice
from pathlib import Path
from urllib.parse import quote

from fusuan.desk import Answer, Remark, aliases, first
from fusuan.export._beside import aim
from fusuan.export._html_cards import card, framed, order
from fusuan.export._html_marks import marks_of
from fusuan.export._html_text import safe, text_of
from fusuan.export._html_width import narrowed
from fusuan.export._rows import STATUSES, clean, error_of, label_of, totals
from fusuan.model import Audit, Batch, Verdict

SUFFIXES: tuple[str, ...] = (".html",)
WHOLE = True
"""It shows the document itself: an audit for it should have kept one."""
_SHOWN = (("broken", "不符"), ("doubtful", "存疑"), ("agrees", "相符"), ("left", "未核对"))


def write(audits: Iterable[Audit], path: Path) -> None:
    """Write one file for one report; for several a list, and beside it a folder with a file for each."""
    write_batch(audits, path, None)


def write_batch(audits: Iterable[Audit], path: Path, batch: Batch | None, answers: Mapping[str, Answer] | None = None) -> None:
    """Write them with what was decided of findings before, by their fingerprints."""
    rest = iter(audits)
    head = list(islice(rest, 2))
    if len(head) == 1:
        _save(path, report(head[0], answers or {}))
    else:
        _save(path, _contents(chain(head, rest), aim(path), answers or {}))


def _save(path: Path, pieces: Iterable[str]) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(pieces)


def report(audit: Audit, answers: Mapping[str, Answer]) -> Iterator[str]:
    """Yield the page of one report."""
    text, cards = drawn(audit)
    known = {number: answer.remark for number, names in enumerate(aliases(audit)) if (answer := first(answers, names))} if answers else {}
    return laid(audit, text, cards, known)


def drawn(audit: Audit) -> tuple[Iterable[str], Iterator[tuple[int, str]]]:
    """Return the text of a report and, by its number, the card of each finding, the worst first."""
    audit = narrowed(audit)
    marks = marks_of(audit)
    text = text_of(audit.document, marks) if audit.document else (_WITHOUT,)
    return text, ((number, card(audit.findings[number], marks)) for number in order(audit))


def laid(audit: Audit, text: Iterable[str], cards: Iterable[tuple[int, str]], known: Mapping[int, Remark]) -> Iterator[str]:
    """Yield the page of a report from what was drawn of it and what was decided of its findings."""
    yield from _opened(audit.source.title or audit.source.name, "report on-broken on-doubtful")
    yield from _header(audit)
    if audit.status == "checked":
        yield '<main>\n<nav id="cards" aria-label="复算结果">\n<p id="none" hidden>没有符合筛选条件的复算。</p>\n'
        yield from (framed(audit.findings[number], number, one, known.get(number)) for number, one in cards)
        yield '</nav>\n<article id="text" aria-label="报告原文">\n'
        yield from text
        yield "</article>\n</main>\n"
    yield _closed()


_WITHOUT = '<p class="missing">这一结果没有保留原文。重新核对这份报告，即可在此对照原文。</p>\n'


def _opened(title: str, kind: str) -> Iterator[str]:
    policy = (f"default-src 'none'; style-src 'sha256-{_digest('report.css')}'; script-src 'sha256-{_digest('report.js')}'; "
              "base-uri 'none'; form-action 'none'")
    yield ('<!doctype html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
           f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
           '<meta name="viewport" content="width=device-width, initial-scale=1">\n<meta name="referrer" content="no-referrer">\n'
           '<meta name="generator" content="fusuan">\n'
           f"<title>{safe(title)} 复算结果</title>\n<style>{_asset('report.css')}</style>\n</head>\n<body class=\"{kind}\">\n")


def _closed() -> str:
    return f"<script>{_asset('report.js')}</script>\n</body>\n</html>\n"


@cache
def _asset(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8")


@cache
def _digest(name: str) -> str:
    """The browser runs nothing but what has this digest."""
    return b64encode(sha256(_asset(name).encode()).digest()).decode()


def _header(audit: Audit) -> Iterator[str]:
    source = audit.source
    yield f"<header>\n<h1><bdi>{safe(source.title or source.name)}</bdi></h1>\n<p class=\"about\">"
    about = (("单位", source.unit), ("年度", source.year), ("文件", source.name), ("SHA-256", source.sha256[:16]))
    yield "".join(f"<span>{head} <bdi>{safe(value)}</bdi></span>" for head, value in about if value)
    yield "</p>\n"
    if audit.status != "checked":
        yield f'<p class="failed">{STATUSES.get(audit.status, "")}：{safe(error_of(audit))}</p>\n</header>\n'
        return
    yield f'<p class="totals">{safe(totals(audit))}{_score(audit)}</p>\n'
    yield "".join(f'<p class="remark">提示：{safe(remark)}</p>\n' for remark in audit.remarks)
    yield _filters(audit)
    yield "</header>\n"


def _score(audit: Audit) -> str:
    if not audit.score_stated:
        return ""
    computed = f"，复算 {safe(audit.score_computed)}" if audit.score_computed else ""
    return f"　自评总分 {safe(audit.score_stated)}{computed}{f'，等级 {safe(audit.grade)}' if audit.grade else ''}"


def _filters(audit: Audit) -> str:
    wrong = {verdict: audit.count(verdict) for verdict in (Verdict.BROKEN, Verdict.DOUBTFUL)}
    counts = {**{verdict.value: count for verdict, count in wrong.items()},
              "agrees": len(audit.findings) - sum(wrong.values()), "left": len(audit.unchecked)}
    boxes = "".join(f'<label class="{name}"><input type="checkbox" value="{name}"{" checked" * (name in wrong)}> '
                    f"{word} {counts[name]}</label>" for name, word in _SHOWN)
    kinds = sorted({label_of(finding) for finding in audit.findings})
    options = "".join(f"<option>{safe(kind)}</option>" for kind in kinds)
    return (f'<form id="filters" role="search">{boxes}\n<label>类型 <select id="kind"><option value="">全部</option>{options}</select>'
            '</label>\n<label>查找 <input id="find" type="search" placeholder="名称、数字"></label>\n'
            '<span class="keys">↑↓ 逐条　回车 定位原文</span></form>\n')


def _contents(audits: Iterable[Audit], path: Path, answers: Mapping[str, Answer]) -> Iterator[str]:
    """Yield the list of several reports, writing the page of each as it comes."""
    folder = path.with_name(f"{path.stem}_各份")
    folder.mkdir(exist_ok=True)
    yield from _opened("目录", "contents")
    yield ('<header><h1>复算结果</h1>\n<form id="filters" role="search"><label>查找 <input id="find" type="search" '
           'placeholder="文件名、单位"></label>\n<label><input type="checkbox" id="only"> 只看有不符、存疑的</label></form></header>\n<table class="files"><thead><tr><th>序号</th><th>文件</th><th>单位</th>'
           "<th>不符</th><th>存疑</th><th>复算</th><th>说明</th></tr></thead><tbody>\n")
    for number, audit in enumerate(audits, 1):
        page = folder / file_name(number, audit.source.name)
        if audit.status == "checked":
            _save(page, report(audit, answers))
        yield _line(number, audit, quote(f"{folder.name}/{page.name}"))
    yield "</tbody></table>\n" + _closed()


def file_name(number: int, name: str) -> str:
    """Name the page of a report by its number and its file, without what a file system may not like.

    >>> file_name(3, '甲/乙:"自评".docx')
    '0003 甲_乙__自评_.docx.html'
    """
    plain = re.sub(r'[\\/:*?"<>|#%\x00-\x1f]', "_", clean(name))[:60].strip(" .")
    return f"{number:04d} {plain}.html"


def _line(number: int, audit: Audit, target: str) -> str:
    """Return the line of a report; what was not checked has no page."""
    source, name = audit.source, f"<bdi>{safe(audit.source.name)}</bdi>"
    if audit.status != "checked":
        return (f'<tr class="{safe(audit.status)}"><td class="n">{number}</td><td>{name}</td>'
                f'<td colspan="5">{STATUSES.get(audit.status, "")}：{safe(error_of(audit))}</td></tr>\n')
    counts = (audit.count(Verdict.BROKEN), audit.count(Verdict.DOUBTFUL), len(audit.findings))
    numbers = "".join(f'<td class="n">{count}</td>' for count in counts)
    state = "broken wrong" if counts[0] else "wrong" if counts[1] else ""
    return (f'<tr class="{state}"><td class="n">{number}</td><td><a href="{safe(target)}">{name}</a></td>'
            f"<td><bdi>{safe(source.unit)}</bdi></td>{numbers}<td>{safe(audit.thin)}</td></tr>\n")
