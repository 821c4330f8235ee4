"""Files of a batch held against each other. Each module finds one kind of thing: `find(filings, wording) -> Iterator[Crossing]`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fusuan.batch.across.wording import Wording
from fusuan.batch.filings import Filing
from fusuan.model import Crossing

__all__ = ["Wording", "find"]


def find(filings: Sequence[Filing], wording: Wording) -> Iterator[Crossing]:
    """Yield what the files say together, kind by kind."""
    from fusuan.batch.across import amounts, copies, strangers, versions

    together = list(versions.find(filings, wording))
    yield from together
    twins = {one.files[1] for one in together if one.kind == versions.TWIN}
    rest = [one for one in filings if one.number not in twins]
    for part in (copies, strangers, amounts):
        yield from part.find(rest, wording)
