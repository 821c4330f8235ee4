"""What the auditor has decided: which finding is which from one run to the next, and what was said of it."""

from fusuan.desk.fingerprint import fingerprint, fingerprints, likeness
from fusuan.desk.remarks import Remark, Remarks

__all__ = ["Remark", "Remarks", "fingerprint", "fingerprints", "likeness"]
