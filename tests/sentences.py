"""The hard sentences of corpus/sentences/, each in several forms: what is read of them, beside what must be.

`python tests/sentences.py` prints how many are read right; `--write` writes down what is not read (corpus/unread.toml) and
raises what bench/sentences.json holds (tests/test_sentences.py).
"""

from __future__ import annotations

import json
import re
import sys
import tomllib
import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any, NamedTuple

from fusuan import checks, patterns, relations
from fusuan.model import Document, Finding, Paragraph, Place, Verdict

ROOT = Path(__file__).parent.parent
UNREAD = ROOT / "corpus" / "unread.toml"
FLOORS = ROOT / "bench" / "sentences.json"
AGREES = {Verdict.HOLDS, Verdict.ROUNDING, Verdict.TRUNCATED}
VERDICTS = {"=": AGREES, "≈": {Verdict.ROUNDING, Verdict.TRUNCATED}, "?": {Verdict.DOUBTFUL},
            "~": AGREES | {Verdict.DOUBTFUL}, "≠": {Verdict.BROKEN}}
# a sum and a balance are one arithmetic, and so are a change and a trend
FAMILY = {"balance": "sum", "score_sum": "sum", "trend": "growth"}
# the same figure in two places: where they disagree, either may be the one that is shown
TWICE = {"cross", "unit", "caps"}
UNITS = {Decimal(n) for n in (1, 100, 1000, 10_000, 100_000_000)}
_LINE = re.compile(r"(?P<kind>[\w/]+): (?P<stated>.+?) (?P<sign>[=≈?~≠]) (?P<ways>[^（]+?)(?:（(?P<slip>.+)）)?$")
_PUNCTUATION = str.maketrans("，：；（）％", ",:;()%")
_WIDE = {v: k for k, v in _PUNCTUATION.items()} | {n: n + 0xFEE0 for n in range(ord("0"), ord("9") + 1)} | {ord("."): "．"}
# paragraphs of other matters, whose figures belong to nothing around them
_BEFORE = "馆藏设备购置专项经费4021.70万元已于年初下达，其中中央资金3000.00万元，省级资金1021.70万元，涉及站点23个。"
_AFTER = "另据统计，全系统档案数字化加工经费5377.90万元，加工档案61万页。"
FORMS = ("half", "full", "wide", "spaced", "company")


class Sentence(NamedTuple):
    """One entry of corpus/sentences/: `name` is its topic and its number there."""

    name: str
    family: str
    text: str
    expect: tuple[str, ...]
    silent: tuple[str, ...]
    spelt: bool


class Reading(NamedTuple):
    """What went wrong in one form of a sentence: what was accused without cause, what was not read as expected."""

    sentence: Sentence
    form: str
    accused: tuple[str, ...]
    missed: tuple[str, ...]

    @property
    def right(self) -> bool:
        return not self.accused and not self.missed


class Expected(NamedTuple):
    """One line of `expect`: `kind: stated sign formula`, ways of computing parted by |, the slip named in （）."""

    kinds: tuple[str, ...]
    stated: str
    verdicts: set[Verdict]
    ways: tuple[str, ...]
    slip: str

    @classmethod
    def of(cls, line: str) -> Expected:
        match = _LINE.match(line)
        assert match is not None, line
        ways = tuple(way.strip() for way in match["ways"].split("|"))
        return cls(tuple(match["kind"].split("/")), match["stated"], VERDICTS[match["sign"]], ways, match["slip"] or "")

    def operands(self) -> list[set[Decimal]]:
        return [{Decimal(n) for n in re.findall(r"[0-9]+(?:\.[0-9]+)?", way)} - UNITS for way in self.ways]

    def meets(self, finding: Finding) -> bool:
        kinds = {FAMILY.get(kind, kind) for kind in self.kinds}
        if FAMILY.get(finding.label, finding.label) not in kinds:
            return False
        if narrow(finding.stated.text) != narrow(self.stated):
            return False
        used = {abs(f.value) for f in finding.computed.operands} - UNITS if finding.computed else set()
        return used in self.operands()

    def explains(self, finding: Finding) -> bool:
        """Tell whether a finding accuses this wrong figure, the other of two that disagree, or a relation it breaks too."""
        stated, value = narrow(finding.stated.text), re.search(r"[0-9.]+", narrow(self.stated))
        if stated == narrow(self.stated):
            return True
        if TWICE & set(self.kinds) and {Decimal(n) for n in re.findall(r"[0-9.]+", stated)} in self.operands():
            return True
        return bool(value and finding.computed and any(abs(f.value) == Decimal(value.group()) for f in finding.computed.operands))


@cache
def sentences() -> tuple[Sentence, ...]:
    """Every sentence, topic by topic."""
    return tuple(
        Sentence(f"{file.stem}-{number:03d}", entry["family"], entry["text"], tuple(entry.get("expect", ())),
                 tuple(entry.get("silent", ())), entry.get("spelt", False))
        for file in sorted((ROOT / "corpus" / "sentences").glob("*.toml"))
        for number, entry in enumerate(tomllib.loads(file.read_text("utf-8"))["sentence"], 1))


def narrow(text: str) -> str:
    """Return the text in half width without blanks, line ends and the commas of thousands."""
    return re.sub(r"\s|(?<=[0-9]),(?=[0-9]{3})", "", unicodedata.normalize("NFKC", text))


def in_form(text: str, form: str) -> str:
    """Return the text in a form: half or full width punctuation, wide digits, numbers set off by blanks, or in company."""
    if form == "company":
        return f"{_BEFORE}\n{in_form(text.strip(), 'full')}\n{_AFTER}"
    if form == "spaced":
        apart = re.sub(r"(?<=[\u4e00-\u9fff])(?=[0-9])", " ", in_form(text, "full"))
        return re.sub(r"(?<=[0-9])(?=[\u4e00-\u9fff％])", " ", apart)
    half = text.translate(_PUNCTUATION)
    if form == "half":
        return half
    if form == "wide":
        return half.translate({**_WIDE, ord(","): ","} if re.search(r"[0-9],[0-9]{3}", half) else _WIDE)
    return re.sub(r"(?<![0-9])[,:]|[,:](?![0-9])|[;()%]", lambda m: chr(ord(m.group()) + 0xFEE0), half)


@cache
def findings_of(text: str) -> tuple[Finding, ...]:
    lines = (Paragraph(line, Place(paragraph=n)) for n, line in enumerate(text.splitlines(), 1) if line.strip())
    return tuple(checks.run(relations.find(patterns.find(Document("", "txt", tuple(lines)))).statements))


def shown(finding: Finding) -> str:
    formula = finding.computed.formula if finding.computed else ""
    return f"{finding.label}: {narrow(finding.stated.text)} {finding.verdict} {formula} {finding.supposition}".rstrip()


def reading(sentence: Sentence, form: str) -> Reading:
    """Read one form of a sentence and hold it against what is expected."""
    findings = findings_of(in_form(sentence.text, form))
    expected = [Expected.of(line) for line in sentence.expect]
    mistaken = [e for e in expected if e.verdicts == {Verdict.BROKEN}]
    accused = [f for f in findings if f.verdict is Verdict.BROKEN and not any(e.explains(f) for e in mistaken)]
    missed = [line for line, e in zip(sentence.expect, expected, strict=True)
              if not any(e.meets(f) and f.verdict in e.verdicts and e.slip in f.supposition for f in findings)]
    return Reading(sentence, form, tuple(map(shown, accused)), tuple(missed))


@cache
def readings() -> tuple[Reading, ...]:
    return tuple(reading(sentence, form) for sentence in sentences() for form in FORMS)


def misprinted(figure: str) -> Iterator[str]:
    """Yield the figure with two neighbouring digits swapped, and with a digit in its middle changed.

    >>> list(misprinted("62.31%"))
    ['26.31%', '62.71%']
    """
    places = [match.start() for match in re.finditer(r"[0-9]", figure)]
    letters = list(figure)
    for a, b in pairwise(places):
        if letters[a] != letters[b] and (a != places[0] or letters[b] != "0"):
            swapped = letters.copy()
            swapped[a], swapped[b] = letters[b], letters[a]
            yield "".join(swapped)
            break
    middle = places[len(places) // 2]
    letters[middle] = str((int(letters[middle]) + 4) % 10) if middle != places[0] else str(int(letters[middle]) % 9 + 1)
    yield "".join(letters)


def noticed() -> list[bool]:
    """Misprint every right relation that is read, in turn: whether each misprint is noticed."""
    return [any(f.verdict is Verdict.BROKEN for f in findings_of(in_form(r.sentence.text.replace(stated, misprint), "full")))
            for r in readings() if r.form == "full" and r.right and not r.sentence.spelt
            for line in r.sentence.expect if " = " in line and r.sentence.text.count(stated := Expected.of(line).stated) == 1
            for misprint in misprinted(stated)]


def measured() -> dict[str, int]:
    """Count what bench/sentences.json holds: forms read right, forms in which something right is accused, misprints noticed."""
    return {"right": sum(r.right for r in readings()), "accused": sum(bool(r.accused) for r in readings()),
            "noticed": sum(noticed())}


def floors() -> dict[str, int]:
    held: dict[str, int] = json.loads(FLOORS.read_text(encoding="utf-8"))
    return held


def better(key: str, a: int, b: int) -> int:
    """Return the better of two counts: accusations are to fall, all else is to rise."""
    return min(a, b) if key == "accused" else max(a, b)


def unread() -> dict[str, list[dict[str, Any]]]:
    """What is not read now, sentence by sentence, forms that fail alike together."""
    found: dict[str, list[dict[str, Any]]] = {}
    for name, group in groupby((r for r in readings() if not r.right), key=lambda r: f"{r.sentence.name} {r.sentence.family}"):
        alike: dict[tuple[tuple[str, ...], ...], list[str]] = {}
        for r in group:
            alike.setdefault((r.accused, r.missed), []).append(r.form)
        found[name] = [{"forms": forms, "accused": list(accused), "missed": list(missed)}
                       for (accused, missed), forms in alike.items()]
    return found


def written(found: dict[str, list[dict[str, Any]]]) -> str:
    """Return that as TOML."""
    lines = ["# What is not read yet of corpus/sentences/. Written by `make sentences`; not to be edited.", ""]
    for name, entries in found.items():
        for entry in entries:
            lines += [f"[[{json.dumps(name, ensure_ascii=False)}]]",
                      *(f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in entry.items() if value), ""]
    return "\n".join(lines)


def newly() -> str:
    """Say what is not read now and was read, or read otherwise, when corpus/unread.toml was written."""
    known = tomllib.loads(UNREAD.read_text(encoding="utf-8"))
    plain = {name: [{key: value for key, value in entry.items() if value} for entry in entries] for name, entries in unread().items()}
    return written({name: fresh for name, entries in plain.items() if (fresh := [e for e in entries if e not in known.get(name, [])])})


def main(arguments: list[str]) -> None:
    now = measured()
    print(f"of {len(readings())} forms of {len(sentences())} sentences:", now, "of", len(noticed()), "misprints")
    if arguments == ["--write"]:
        UNREAD.write_text(written(unread()), encoding="utf-8")
        held = floors() if FLOORS.exists() else now
        FLOORS.write_text(json.dumps({key: better(key, value, held.get(key, value)) for key, value in now.items()}, indent=1) + "\n",
                          encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
