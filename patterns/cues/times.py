"""Words that say that something is of an earlier time.

>>> [bool(EARLIER.search(words)) for words in ("上年度自评", "上一学期", "往年", "本年")]
[True, True, True, False]
"""

from __future__ import annotations

import regex

EARLIER = regex.compile(r"上年|去年|上一|上季|上期|往年|基期")
YEAR = regex.compile(r"20[0-9]{2}(?=年)")
