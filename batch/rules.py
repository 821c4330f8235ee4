"""规则说明：取自每个模块自己的说明文字与例子。"""

from __future__ import annotations

import ast
import doctest
from collections.abc import Collection, Iterator
from types import ModuleType
from typing import cast

from fusuan import checks, patterns, relations
from fusuan.model.parts import parts_of


def described(names: Collection[str] = ()) -> Iterator[str]:
    """Yield the lines that describe every check, pattern and kind of relation (or those called `names`)."""
    for heading, parts in (("复算（checks）：算什么", checks.checks()), ("读法（patterns）：从哪里读、不读什么", patterns.patterns()),
                           ("关系（relations）：正文里的数字之间可能是什么关系", parts_of(relations.__name__))):
        chosen = [cast("ModuleType", part) for part in parts if not names or _id(part.__name__) in names]
        if chosen:
            yield heading
        for part in chosen:
            yield ""
            yield from _one(part)
        if chosen:
            yield ""


def _id(name: str) -> str:
    return name.rpartition(".")[2]


def _one(part: ModuleType) -> Iterator[str]:
    doc = (part.__doc__ or "").strip()
    prose = [line.rstrip() for line in doc.split(">>>")[0].splitlines()]
    yield f"{_id(part.__name__)}  {prose[0]}"
    yield from (f"    {line}" for line in prose[1:] if line.strip())
    yield from (f"    {line}" for line in _examples(doc))


def _examples(doc: str) -> Iterator[str]:
    """Yield the sentences and tables a docstring tries, and whether something is read of each.

    >>> list(_examples(">>> found('共有5人。'), found('共5人，其中男3人，女2人。')\\n([], ['5人'])\\n"))
    ['例（不取）：共有5人。', '例（取）：共5人，其中男3人，女2人。']
    """
    rows: list[str] = []
    for example in doctest.DocTestParser().get_examples(doc):
        tree = ast.parse(example.source)
        if not tree.body or not isinstance(tree.body[0], ast.Expr):
            rows = _rows(tree) or rows
            continue
        for call, read in _tried(tree.body[0].value, example.want):
            word = "取" if read else "不取"
            if sentences := _chinese(call):
                yield f"例（{word}）：{' / '.join(sentences)}"
            elif rows:
                yield f"例（表，{word}）："
                yield from (f"    {row}" for row in rows)
                rows = []


def _tried(call: ast.expr, want: str) -> list[tuple[ast.expr, bool]]:
    """Pair what is tried with whether anything comes of it; a tuple holds several trials."""
    try:
        result = ast.literal_eval(want.strip() or "None")
    except (SyntaxError, ValueError):
        result = want
    if isinstance(call, ast.Tuple) and isinstance(result, tuple) and len(call.elts) == len(result):
        return [(one, bool(read)) for one, read in zip(call.elts, result, strict=True)]
    return [(call, bool(result))] if want else []


def _rows(tree: ast.Module) -> list[str]:
    """The rows of the table that is set up here for the example that comes next."""
    tables = [node.value for node in tree.body if isinstance(node, ast.Assign) and isinstance(node.value, ast.List)]
    return [" | ".join(str(cell.value) for cell in row.elts if isinstance(cell, ast.Constant))
            for table in tables[:1] for row in table.elts if isinstance(row, ast.List)]


def _chinese(call: ast.expr) -> list[str]:
    texts = [node.value for node in ast.walk(call) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    return [text for text in texts if len(text) > 4 and any("\u4e00" <= char <= "\u9fff" for char in text)]
