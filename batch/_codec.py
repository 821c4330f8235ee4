"""An audit as bytes and back, whole: what the store keeps and what workers send. JSON, so that a file from outside runs nothing."""

from __future__ import annotations

import json
import zlib
from decimal import Decimal
from functools import cache
from typing import Any, TypeVar

from fusuan.model import Audit, Figure, Range, Words

Kind = TypeVar("Kind")


def encoded(audit: Audit) -> bytes:
    """Write an audit as compressed JSON.

    >>> from fusuan.model import Source
    >>> before = Audit(Source("甲.docx", "甲.docx"), figures=(Figure("7.50%", Decimal("7.50"), "%", 2),))
    >>> decoded(encoded(before)) == before
    True
    """
    return packed(plain(audit))


def decoded(body: bytes) -> Audit:
    """Return the audit that `encoded` wrote."""
    return built(unpacked(body), Audit)


def plain(value: object) -> Any:
    """Return a dataclass as JSON knows it."""
    return _converter().unstructure(value)


def built(value: Any, kind: type[Kind]) -> Kind:
    """Return the dataclass that `plain` took apart; fields that a newer program wrote are left out."""
    made: Kind = _converter().structure(value, kind)
    return made


def packed(value: object) -> bytes:
    # a file name that is no Unicode holds lone surrogates, which only an escape can carry
    return zlib.compress(json.dumps(value, separators=(",", ":")).encode("ascii"), 5)


def unpacked(body: bytes) -> Any:
    return json.loads(zlib.decompress(body))


@cache
def _converter() -> Any:
    """cattrs knows dataclasses; what JSON lacks is told here: decimals, and unions told apart by what they hold."""
    from cattrs.preconf.json import make_converter

    to: Any = make_converter(omit_if_default=True)
    to.register_unstructure_hook(Decimal, str)
    to.register_structure_hook(Decimal, lambda value, _: Decimal(value))
    to.register_unstructure_hook(Range, lambda value: [str(value.low), str(value.high)])
    to.register_structure_hook(Range, lambda value, _: Range(*map(Decimal, value)))
    to.register_unstructure_hook(Figure | Words, lambda value: to.unstructure(value, type(value)))
    to.register_structure_hook(Figure | Words, lambda value, _: to.structure(value, Figure if "value" in value else Words))
    to.register_unstructure_hook(Figure | str, lambda value: value if isinstance(value, str) else to.unstructure(value, Figure))
    to.register_structure_hook(Figure | str, lambda value, _: value if isinstance(value, str) else to.structure(value, Figure))
    return to
