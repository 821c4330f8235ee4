"""One spelling of punctuation, digits, signs and traditional characters, position by position, so that offsets stay those of the file.

>>> fold("完成预算的９９．２６％（≦100％），其中：")
'完成预算的99.26%(≤100%),其中:'
>>> len(fold("㎡①½")) == 3
True
>>> fold("年初預算參萬圓，減少５％，佔決算的⼀半；乾隆、顯著")
'年初预算参万圆,减少5%,占决算的一半;乾隆、显著'
"""

import tomllib
import unicodedata
from importlib.resources import files

_SIGNS = {
    "，": ",", "；": ";", "：": ":", "（": "(", "）": ")", "％": "%", "﹪": "%", "．": ".", "＝": "=", "═": "=", "﹦": "=",
    "－": "-", "−": "-", "‑": "-", "‐": "-", "–": "-", "﹣": "-", "＋": "+", "＊": "*", "∗": "*", "／": "/", "∕": "/",
    "≧": "≥", "⩾": "≥", "≦": "≤", "⩽": "≤", "＞": ">", "＜": "<", "﹥": ">", "﹤": "<", "［": "[", "］": "]",
    "〔": "[", "〕": "]", "【": "[", "】": "]", "￥": "¥", "　": " ", "\u00a0": " ", "\u2002": " ", "\u2003": " ",
    "\u2009": " ", "\u200b": " ", "\t": " ", "Ｘ": "X", "＂": '"', "﹙": "(", "﹚": ")", "⁄": "/", "！": "!", "？": "?",
}


class _Spelling(dict[int, str]):
    """What each character is folded to, learned as it is first met: one look-up a character afterwards."""

    def __missing__(self, code: int) -> str:
        self[code] = folded = self.get(ord(_compatible(chr(code))), _compatible(chr(code)))
        return folded


def _compatible(char: str) -> str:
    """Undo a compatibility character where that leaves one character (a radical, a full-width letter)."""
    if "\u2e80" > char or "\u3000" <= char < "\uf900":
        return char
    folded = unicodedata.normalize("NFKC", char)
    return folded if len(folded) == 1 else char


def _traditional() -> dict[str, str]:
    table = tomllib.loads(files(__package__).joinpath("traditional.toml").read_text(encoding="utf-8"))
    return dict(zip(table["traditional"], table["simplified"], strict=True))


_TABLE = _Spelling(str.maketrans(_traditional() | _SIGNS))


def fold(text: str) -> str:
    """Return `text` in one spelling, of the same length."""
    return text.translate(_TABLE)
