"""The forms of a report: blocks of funds and of indicators, recognised by what their headings mean.

`forms(report)` gives every form once per report, in order; the cost is linear in cells. A form is what stands between
two openings (a title, a line that names the project): several forms may stand in one grid, one form in several tables.
"""

from __future__ import annotations

from weakref import WeakKeyDictionary

from fusuan.patterns._report import Report
from fusuan.patterns.forms.form import Form
from fusuan.patterns.forms.scan import scan

_READ: WeakKeyDictionary[Report, tuple[Form, ...]] = WeakKeyDictionary()


def forms(report: Report) -> tuple[Form, ...]:
    """Return the forms of a report in order."""
    if report not in _READ:
        _READ[report] = tuple(scan(report))
    return _READ[report]
