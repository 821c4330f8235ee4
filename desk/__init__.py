"""What the auditor has decided: which finding is which from one run to the next, and what was said of it."""

from fusuan.desk.answers import DISMISSED, ISSUES, Answer, answers
from fusuan.desk.fingerprint import fingerprint, fingerprints, likeness
from fusuan.desk.remarks import ANSWERS, Remark, Remarks

__all__ = ["ANSWERS", "DISMISSED", "ISSUES", "Answer", "Remark", "Remarks", "answers", "fingerprint", "fingerprints", "likeness"]
