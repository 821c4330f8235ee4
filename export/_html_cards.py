"""The arithmetic of each finding as a card: what stands there, what it should be, from which figures, and why."""

from __future__ import annotations

from fusuan.desk import Remark
from fusuan.export._html_marks import Marks
from fusuan.export._html_text import safe
from fusuan.export._rows import computed_text, difference_text, discrepancies, label_of, position, printed, word_of
from fusuan.export._told import formula_of, operands_of, reason_of, spaced
from fusuan.model import Audit, Figure, Finding, Words, plain

_FEW, _LONGEST = 12, 600
_MOST = 200
"""How many operands a card shows: a total of thousands is no arithmetic for a person."""


def order(audit: Audit) -> list[int]:
    """Return the numbers of the findings: what does not agree first and worst first, the rest as it stands in the report."""
    numbers = {id(finding): number for number, finding in enumerate(audit.findings)}
    agreed = sorted((finding for finding in audit.findings if finding.agrees), key=lambda f: position(f.place))
    return [numbers[id(finding)] for finding in [*discrepancies(audit), *agreed]]


def framed(finding: Finding, number: int, drawn: str, remark: Remark | None) -> str:
    """Put a card that was drawn into its frame, with what was decided of the finding."""
    settled = " settled" if remark is not None and remark.verdict else ""
    return (f'<section class="c {finding.verdict.value}{settled}" id="c{number}" data-kind="{safe(label_of(finding))}" tabindex="-1">\n'
            f"{drawn}{_decision(remark)}</section>\n")


def _decision(remark: Remark | None) -> str:
    if remark is None or not (remark.verdict or remark.remark):
        return ""
    return (f'<p class="decision">核实 <b>{safe(remark.verdict)}</b> <bdi>{safe(remark.remark)}</bdi> '
            f'<span class="place"><bdi>{safe(remark.who)}</bdi> {safe(remark.when)}</span></p>\n')


def card(finding: Finding, marks: Marks) -> str:
    """Return what is to be said of a finding; figures lead to where they stand."""
    return "".join((_head(finding, marks), _values(finding), _formula(finding, marks), _words(finding), _operands(finding, marks),
                    f'<p class="rule">规则 {safe(finding.check)}　类型 {safe(label_of(finding))}　严重程度 {finding.severity.chinese}</p>\n'))


def _head(finding: Finding, marks: Marks) -> str:
    name = safe(finding.stated.name) or safe(label_of(finding))
    return (f'<h3><span class="v">{finding.verdict.chinese}</span> <bdi>{name}</bdi> '
            f'{_lead(finding.stated, marks, safe(finding.place.named) or "位置不明", "place")}</h3>\n')


def _lead(stated: Figure | Words, marks: Marks, shown: str, kind: str, hint: str = "") -> str:
    """Link to where a figure stands, where that is on the page."""
    mark = marks.of(stated)
    title = f' title="{safe(hint)}"' if hint else ""
    return (f'<span class="{kind}"{title}>{shown}</span>' if mark is None
            else f'<a class="{kind}"{title} href="#m{mark.number}">{shown}</a>')


def _values(finding: Finding) -> str:
    pairs = (("报告值", printed(finding)), ("复算值" if word_of(finding) == "复算" else word_of(finding), computed_text(finding)), ("差异", difference_text(finding)))
    return '<dl class="values">' + "".join(
        f"<div><dt>{head}</dt><dd>{safe(value)}</dd></div>" for head, value in pairs if value) + "</dl>\n"


def _formula(finding: Finding, marks: Marks) -> str:
    """Write the formula with each figure a link; one that needs words is followed by the figures it takes."""
    said = formula_of(finding)
    if not said:
        return ""
    tokens = finding.computed.tokens if finding.computed else ()
    if len(tokens) <= 2 * _MOST and said == spaced(_plain(token) for token in tokens):
        shown = spaced(_token(token, marks) for token in tokens)
    else:
        links = [_lead(figure, marks, safe(figure.text.strip()), "f", _hint(figure)) for figure in _once(finding)[:_FEW]]
        shown = f'{safe(said[:_LONGEST])}　<span class="from">{"见 " * bool(links)}{" ".join(links)}</span>'
    return f'<p class="formula"><span class="head">算式</span> {shown}</p>\n'


def _plain(token: Figure | str) -> str:
    return plain(token.value) if isinstance(token, Figure) else token


def _token(token: Figure | str, marks: Marks) -> str:
    return _lead(token, marks, safe(plain(token.value)), "f", _hint(token)) if isinstance(token, Figure) else safe(token)


def _hint(figure: Figure) -> str:
    return f"{figure.name} {figure.text.strip()}（{figure.place.named}）"


def _once(finding: Finding) -> list[Figure]:
    """Return the figures it takes, each once, as `operands_of` tells them."""
    figures = finding.computed.operands if finding.computed else ()
    once = {(figure.place, figure.span[0], figure.value): figure for figure in reversed(figures)}
    return list(reversed(once.values()))


def _words(finding: Finding) -> str:
    why = reason_of(finding)
    quote = finding.quote.strip()
    return (f'<p class="why">{safe(why)}</p>\n' if why else "") + (f"<blockquote>{safe(quote)}</blockquote>\n" if quote else "")


def _operands(finding: Finding, marks: Marks) -> str:
    """List the figures it takes where somebody will check it by hand; elsewhere the formula says them in passing."""
    if finding.agrees or not (figures := _once(finding)[:_MOST]):
        return ""
    rows = "".join(
        f"<tr><td><bdi>{safe(told.name) or '—'}</bdi></td><td>{_lead(figure, marks, safe(told.text), 'f')}</td>"
        f'<td title="{safe(told.place.heading)}">{safe(str(told.place))}</td></tr>' for figure, told in zip(figures, operands_of(finding), strict=False))
    return f'<table class="operands"><tr><th>取数</th><th>数值</th><th>位置</th></tr>{rows}</table>\n'
