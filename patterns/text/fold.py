"""One spelling of punctuation, digits and signs, position by position, so that offsets stay those of the file.

>>> fold("完成预算的９９．２６％（≦100％），其中：")
'完成预算的99.26%(≤100%),其中:'
>>> len(fold("㎡①½")) == 3
True
"""

import unicodedata

_SIGNS = {
    "，": ",", "；": ";", "：": ":", "（": "(", "）": ")", "％": "%", "﹪": "%", "．": ".", "＝": "=", "═": "=", "﹦": "=",
    "－": "-", "−": "-", "‑": "-", "‐": "-", "–": "-", "﹣": "-", "＋": "+", "＊": "*", "∗": "*", "／": "/", "∕": "/",
    "≧": "≥", "⩾": "≥", "≦": "≤", "⩽": "≤", "＞": ">", "＜": "<", "﹥": ">", "﹤": "<", "［": "[", "］": "]",
    "〔": "[", "〕": "]", "【": "[", "】": "]", "￥": "¥", "　": " ", "\u00a0": " ", "\u2002": " ", "\u2003": " ",
    "\u2009": " ", "\u200b": " ", "\t": " ", "Ｘ": "X", "＂": '"', "﹙": "(", "﹚": ")", "⁄": "/", "！": "!", "？": "?",
}
_TABLE = str.maketrans(_SIGNS)


def _one(char: str) -> str:
    """Fold a compatibility character when that leaves one character (a radical, a full-width letter)."""
    folded = unicodedata.normalize("NFKC", char)
    return folded if len(folded) == 1 else char


def fold(text: str) -> str:
    """Return `text` in one spelling, of the same length."""
    text = text.translate(_TABLE)
    if text.isascii():
        return text
    return "".join(c if c < "\u2e80" or "\u3000" <= c < "\uf900" else _one(c) for c in text)
