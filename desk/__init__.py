"""What the auditor has decided: which finding is which from one run to the next, and what was said of it."""

from fusuan.desk.answers import DISMISSED, ISSUES, Answer, answers
from fusuan.desk.fingerprint import aliases, fingerprint, fingerprints, first, likeness
from fusuan.desk.remarks import ANSWERS, Remark, Remarks
from fusuan.desk.standing import dismissed, standing

__all__ = ["ANSWERS", "DISMISSED", "ISSUES", "Answer", "Remark", "Remarks", "aliases", "answers", "dismissed", "fingerprint",
           "fingerprints", "first", "likeness", "standing"]
