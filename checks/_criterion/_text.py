"""One spelling for the text of a scoring rule: half-width, no blanks, digits for Chinese numerals, ranges with "-".

>>> normal("每低于 一个百分点，扣０．５ 分；\\n９０％（含）—１００％")
'每低于1pp,扣0.5分;90%(含)-100%'
>>> normal("控制率Q100%,计5分"), normal("满意度290%得6分")
('控制率≤100%,计5分', '满意度≥90%得6分')
"""

from __future__ import annotations

import re
import unicodedata

_CIRCLED = re.compile(r"[\u2460-\u2473\u2474-\u2487\u2776-\u277f]")
_SIGNS = str.maketrans({
    "≧": "≥", "⩾": "≥", "≦": "≤", "⩽": "≤", "≮": "≥", "≯": "≤", "﹥": ">", "﹤": "<", "—": "-", "–": "-", "−": "-",
    "‐": "-", "‑": "-", "～": "-", "~": "-", "〜": "-", "∼": "-", "﹣": "-", "*": "×", "∗": "×", "✕": "×", "⨯": "×",
    "·": "×", "•": "×", "∕": "/", "⁄": "/", "÷": "/", "[": "[", "【": "(", "】": ")", "〔": "(", "〕": ")", "﹪": "%",
    "、": ",", "。": ";", "?": "", "！": ";", "!": ";", "“": "", "”": "", '"': "", "'": "", "‘": "", "’": "", "《": "", "》": "",
    "﹦": "=", "═": "=", "∣": "|", "│": "|", "…": "",
})
_DIGITS = {"零": 0, "〇": 0, "一": 1, "壹": 1, "二": 2, "两": 2, "贰": 2, "三": 3, "叁": 3, "四": 4, "五": 5, "六": 6,
           "七": 7, "八": 8, "九": 9}
_NUMERAL = r"[零〇一二两三四五六七八九十百]"
_SPELT = re.compile(
    rf"(?<![第逐统同唯不专之{''.join(_DIGITS)}])(?<!进)({_NUMERAL}{{1,6}}|半)"
    r"(?=pp|分(?![之别析类配管项期级布为])|项(?!目)|次(?!性)|例|处(?!理)|件|个|天|人|名|岁|份|条|家|户|起|笔|篇|[万亿]?元|倍|日|周|工作日)")
_MARK_FIRST = re.compile(r"(?:^|(?<=;))(得?(?:\d+(?:\.\d+)?分|满分)|不得分):([^;:]{1,60})(?=;|$)")
_BAND = re.compile(r"(?<![得按的\d.])(\d{1,3})%?(?:\(不?含\))?-(\d{1,2})%?(?:\((?:不?含\d{0,2}%?|[≥>]\d+%)\))?(?=[,;)]|$)(?![,:]?的?(?:得|计|记|\d))")
_OCR = ((re.compile(r"(?<=[率度数额])[QW](?=\d)"), "≤"), (re.compile(r"(?<=[率度])2(?=[5-9]\d(?:\.\d{1,4})?%)"), "≥"),
        (re.compile(r"(?<=\d)酚"), "%"))


def normal(text: str) -> str:
    """Return the text of a rule in one spelling."""
    text = _CIRCLED.sub("\n#", text)
    text = re.sub(r"(^|[;；。\n])[ \t]*[(（]?\d{1,2}(?:、|[)）][、.]?)", r"\1#", text)
    text = unicodedata.normalize("NFKC", text).translate(_SIGNS)
    lines = [re.sub(r"\s+", "", line) for line in text.splitlines()]
    text = _joined([line for line in lines if line])
    text = re.sub(r"\((?:分|%|万元|百分比)\)", "", text)
    text = re.sub(r"个?百分点|个点(?=扣|减|加|,)", "pp", text)
    text = re.sub(rf"百分之({_NUMERAL}{{1,6}})", lambda m: f"{_number(m[1])}%", text)
    text = re.sub(r"百分之(?=\d)([\d.]{1,8})", r"\1%", text)
    text = re.sub(r"(?<=\d),(?=\d{3}(?:[^\d]|$))", "", text)
    text = re.sub(r"(?<=[值分重]的)(\d)/(\d)(?![\d×])", r"\1÷\2", text)
    text = re.sub(r"[扣减](\d+(?:\.\d+)?)分/(天|日|次|项|个|例|处|件|人)", r"每1\2扣\1分", text)
    text = text.replace("正负", "±")
    text = re.sub(r"±(\d[\d.]*%?)(?:-|至|到)±(\d[\d.]*%)", r"绝对值\1-\2", text)
    text = re.sub(r"±(\d[\d.]*%)(?=之间|以?内|范围)", r"绝对值≤\1", text)
    text = re.sub(r"(^|[;,])([^;,±]{0,30})(?<!每)±(?=\d)", r"\1绝对值\2", text)
    text = text.replace("一半", "50%").replace("减半", "扣50%")
    text = _SPELT.sub(lambda m: _number(m[1]), text)
    text = re.sub(r"每(低于|超过|高于|超出)(\d[\d.]{0,5}%)的?,?(\d[\d.]{0,5}(?:pp|%))", r"\1\2的,每\1\3", text)
    text = re.sub(r"-{2,}", "-", text)
    text = re.sub(r"(?:^|(?<=[;:]))\(?\d{1,2}(?:\)|[,.])[,.]?(?=[\u4e00-\u9fff(])", "#", text)
    text = re.sub(r"(\d)分?或(?=\d+(?:\.\d+)?分)", r"\1-", text)
    text = re.sub(r"(?<=\))\(\d{1,2}\)(?=[\u4e00-\u9fff])", ";#", text)
    text = _MARK_FIRST.sub(r"\2,\1", text)
    if re.search(r"达成|效果|3档|三档|定性", text):
        text = _BAND.sub(_banded, text)
    if "总分" in text:
        text = re.sub(r"(?:总分|最高)?(?:不(?:得)?超过|≤|不高于)(\d{2})分?(?=[,;]|$)", r"得0-\1分", text)
    return re.sub(r"<=|=<|≤=", "≤", re.sub(r">=|=>|≥=", "≥", _restored(text)))


def garbled(text: str) -> bool:
    """Tell whether a comparison sign had to be guessed from what scanning made of it."""
    text = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
    return any(pattern.search(text) for pattern, _ in _OCR)


def _restored(text: str) -> str:
    for pattern, sign in _OCR:
        text = pattern.sub(sign, text)
    return text


def _joined(lines: list[str]) -> str:
    """Join wrapped lines; a line that ends a tier begins a new clause."""
    text = ""
    for line in lines:
        ended = re.search(r"(?:\d分|满分|得分|扣分|计分|为止|[;:,])$", text) or line.startswith("#")
        text += (";" if text and ended and text[-1] not in ";:," else "") + line
    return text


def _banded(match: re.Match[str]) -> str:
    """A falling span (100%-80%) is a span of marks, not of values."""
    return f"得{match[1]}%-{match[2]}%" if int(match[2]) < int(match[1]) <= 100 else match[0]


def _number(numeral: str) -> str:
    if numeral == "半":
        return "0.5"
    if len(numeral) > 1 and all(c in _DIGITS for c in numeral):
        return "".join(str(_DIGITS[c]) for c in numeral)
    total = digit = 0
    for c in numeral:
        if c in _DIGITS:
            digit = _DIGITS[c]
        else:
            total += (digit or 1) * (10 if c == "十" else 100)
            digit = 0
    return str(total + digit)
