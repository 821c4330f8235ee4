"""规则说明：取自每个模块自己的说明文字与例子。"""

from __future__ import annotations

import ast
import doctest
from collections.abc import Collection, Iterator
from types import ModuleType
from typing import cast

import checks
import patterns


def described(names: Collection[str] = ()) -> Iterator[str]:
    """Yield the lines that describe every check and every pattern (or those called `names`)."""
    for heading, parts in (("复算（checks）：算什么", checks.checks()), ("读法（patterns）：从哪里读、不读什么", patterns.patterns())):
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
    """Yield the sentences a docstring tries, and whether something is read of each.

    >>> list(_examples(">>> found('共5人。')\\n[]\\n"))
    ['例（不取）：共5人。']
    """
    for example in doctest.DocTestParser().get_examples(doc):
        sentences = _sentences(example.source)
        if sentences and example.want:
            yield f"例（{'不取' if example.want.strip() in ('[]', 'False') else '取'}）：{' / '.join(sentences)}"


def _sentences(source: str) -> list[str]:
    """The Chinese strings an example passes, outside of definitions."""
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return []
    if not all(isinstance(node, ast.Expr) for node in tree.body):
        return []
    texts = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    return [text for text in texts if any("\u4e00" <= char <= "\u9fff" for char in text)]
