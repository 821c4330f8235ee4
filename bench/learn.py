"""Learn the weights of relations/weights.toml from text: arithmetic is the teacher.

Every question gives each candidate a prior from its wording and structure. Arithmetic then says how much better the
outcome is explained if that candidate was meant (Fit.weight). The weights are moved until the prior agrees with the
posterior. No label is needed: a formula that comes out in four printed digits is almost surely the one meant.

usage: python bench/learn.py OUT.toml TEXT_OR_FOLDER ...   (*.txt, and *.json cases and *.toml sentences of which only the text is read)
"""

from __future__ import annotations

import json
import sys
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy

from fusuan.model import Document, Paragraph, Place
from fusuan.patterns import Report, prose
from fusuan.relations._ask import questions
from fusuan.relations.passages.mention import Passage
from fusuan.relations.passages.prose import passage

PULL, STEPS, RATE = 0.5, 400, 0.15
START = {
    "bias": -3.0,
    "pair: base is marked as the earlier": 1.0, "pair: now, than base, percent in a row": 4.0, "pair: nothing points to it": -2.0,
    "change: right before": 2.0, "change: same sentence": 1.0, "direction contradicted": -3.0, "growth over years or at other prices": -2.0,
    "d/(n-d): level, change, percent in a row": 3.0, "d/p: earlier level, change, percent in a row": 4.0,
    "d/(n-d): right before": 1.0, "d/(n-d): names alike": 1.0, "d/(n-d): names unlike": -2.0, "d/(n-d): other paragraph": -1.0,
    "ratio: below is marked as a base (X的%)": 3.0, "ratio: base given, above is the nearest own level": 2.0,
    "ratio: part, of base, percent in a row": 3.0, "ratio: budget, done, percent in a row": 4.0, "ratio: percent names what is below": 2.0,
    "ratio: percent names something else": -1.0, "ratio: years differ": -1.0, "ratio: nothing points to it": -2.0,
    "difference: now, base, difference in a row": 4.0, "points: both right before": 3.0, "points: base marked": 1.0,
    "sum down: nothing skipped": 1.0, "sum: opened right after": 1.0, "sum: opened, same sentence": 2.0, "sum: closing word": 2.0,
    "sum: leaves out an item of the same list": -2.0, "sum: one value twice": -1.0,
    "sum: loose": -2.0, "sum: opened listing, all of it": 2.0, "sum: listing in brackets, all of it": 2.0,
    "sum: closing total, all before it": 3.0, "sum: list of items, all of it": 2.0, "balance: minus is spent": 1.0,
    "balance: every figure since, signed by its words": 1.0, "product: price word": 2.0, "product: mean word": 1.0,
    "like by wording: come out": 1.0, "like by wording: several come out": 1.5, "like by wording: fail": -1.0, "like by shape: come out": 1.0, "like by shape: fail": -1.0, "like by kin: come out": 1.5, "like by kin: fail": -1.0,
}
"""What anyone would expect; learning moves away from it only where texts say otherwise."""


def texts(paths: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The name and the text of every file."""
    for path in map(Path, paths):
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.suffix == ".txt":
                yield file.name, file.read_text(encoding="utf-8")
            elif file.suffix == ".json" and "text" in (case := json.loads(file.read_text(encoding="utf-8"))):
                yield file.name, case["text"]
            elif file.suffix == ".toml":
                yield from ((file.name, entry["text"]) for entry in tomllib.loads(file.read_text(encoding="utf-8"))["sentence"])


def passages(text: str) -> list[Passage]:
    """The passages of a text."""
    lines = [Paragraph(line, Place(paragraph=n)) for n, line in enumerate(text.split("\n"), 1) if line.strip()]
    return [passage(texts) for texts in prose(Report(Document("text", "txt", tuple(lines))))]


def start(name: str) -> float:
    return START["bias"] if name.startswith("bias") else START.get(name, 0.0)


class Start(dict[str, float]):
    """The weights before anything is learned."""

    def __missing__(self, name: str) -> float:
        return start(name)

    def get(self, name: str, default: Any = 0.0) -> Any:
        return self[name] if name in self else start(name)


class Table:
    """All candidates of all questions, as arrays."""

    def __init__(self, named: Iterable[tuple[str, list[Passage]]], learned: dict[str, float]) -> None:
        self.names: dict[str, int] = {}
        self.spoke: Counter[str] = Counter()
        columns, starts, ratios, counts, owners, documents = [], [0], [], [], [], []
        number = 0
        for document, (_, text) in enumerate(named):
            for p in text:
                for q in questions(p, learned):
                    for c in q.candidates:
                        facts = ["bias " + q.topic, *c.facts]
                        self.spoke.update(facts)
                        columns += [self.names.setdefault(f, len(self.names)) for f in facts]
                        starts.append(len(columns))
                        ratios.append(c.fit.weight)
                        counts.append(c.count)
                        owners.append(number)
                        documents.append(document)
                    number += 1
        self.columns, self.starts = numpy.array(columns), numpy.array(starts)
        self.log_ratio, self.log_count = numpy.log(numpy.array(ratios)), numpy.log(numpy.array(counts, dtype=float))
        self.owners, self.questions, self.documents = numpy.array(owners), number, numpy.array(documents)

    def fit(self) -> dict[str, float]:
        names = list(self.names)
        rows = numpy.repeat(numpy.arange(len(self.starts) - 1), numpy.diff(self.starts))
        prior = numpy.array([start(n) for n in names])
        w, m, v = prior.copy(), numpy.zeros(len(names)), numpy.zeros(len(names))
        for step in range(1, STEPS + 1):
            score = numpy.clip(numpy.bincount(rows, weights=w[self.columns], minlength=len(self.owners)), -30, 30) + self.log_count
            before, after = self.shares(score), self.shares(score + self.log_ratio)
            gradient = numpy.bincount(self.columns, weights=(after - before)[rows], minlength=len(names)) - PULL * (w - prior)
            m = 0.9 * m + 0.1 * gradient
            v = 0.99 * v + 0.01 * gradient ** 2
            w += RATE * (m / (1 - 0.9 ** step)) / (numpy.sqrt(v / (1 - 0.99 ** step)) + 1e-8) * (1 - step / (STEPS + 1))
        return dict(zip(names, map(float, w), strict=True))

    def shares(self, score: Any) -> Any:
        raw = numpy.exp(numpy.clip(score, -60, 60))
        return raw / (1.0 + numpy.bincount(self.owners, weights=raw, minlength=self.questions))[self.owners]


def written(learned: dict[str, float], spoke: Counter[str]) -> str:
    """The table as TOML: a fact, its weight, how often it spoke."""
    rows = [f"{json.dumps(name, ensure_ascii=False)} = {value:.3f}  # {spoke[name]}" for name, value in sorted(learned.items()) if abs(value) >= 0.02]
    return "# Generated by `make weights`; not to be edited. Behind each weight: how often the fact spoke.\n[weights]\n" + "\n".join(rows) + "\n"


def main(out: str, *paths: str) -> None:
    named = [(name, passages(text)) for name, text in texts(paths)]
    learned: dict[str, float] = Start()
    for _ in range(2):  # what the like of a candidate did is known only by weights: learn, ask again, learn
        table = Table(named, learned)
        learned = table.fit()
        print(table.questions, "questions", len(table.owners), "candidates", len(learned), "facts")
    Path(out).write_text(written(learned, table.spoke), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
