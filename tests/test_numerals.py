"""Figures written in every way: cases of our own, and those of a recogniser of numbers where its file is present."""

from __future__ import annotations

import json
import tomllib
from collections import Counter
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import regex

from fusuan.model import Figure
from fusuan.patterns.figures.numbers import figures_in
from fusuan.patterns.text.fold import fold

HERE = Path(__file__).parent
OURS = tomllib.loads((HERE / "numerals.toml").read_text(encoding="utf-8"))
EXCUSED = tomllib.loads((HERE / "numerals_excused.toml").read_text(encoding="utf-8"))
# kept outside the project: a measure, not a part of it
THEIRS = HERE.parent.parent / "shared" / "numerals"
MODELS = {"NumberModel": None, "PercentModel": ("rate", "points"), "CurrencyModel": ("money",)}
# how many of their cases are read exactly; these only rise
FLOORS = {"NumberModel": 215, "PercentModel": 86, "CurrencyModel": 6}

Read = list[tuple[Decimal | None, tuple[int, int]]]


def told(figure: Figure) -> str:
    return f"{figure.sign}{figure.value}{figure.unit}"


@pytest.mark.parametrize("case", OURS["read"], ids=lambda case: str(case["text"]))
def test_is_read_as_what_it_says(case: dict[str, Any]) -> None:
    figures = figures_in(case["text"])
    assert [told(f) for f in figures] == case["figures"]
    assert [f.text for f in figures] == [case["text"][slice(*f.span)] for f in figures]
    if "printed" in case:
        assert [f.text for f in figures] == case["printed"]
    if "decimals" in case:
        assert [f.decimals for f in figures] == case["decimals"]


@pytest.mark.parametrize("text", OURS["left"]["texts"])
def test_is_no_figure(text: str) -> None:
    assert [told(f) for f in figures_in(text)] == []


@pytest.mark.parametrize("pair", OURS["alike"]["pairs"], ids=lambda pair: str(pair[0]))
def test_traditional_reads_like_simplified(pair: tuple[str, str]) -> None:
    traditional, simplified = pair
    assert fold(traditional) == fold(simplified)
    assert [(told(f), f.span) for f in figures_in(traditional)] == [(told(f), f.span) for f in figures_in(simplified)]
    assert all(f.text == traditional[slice(*f.span)] for f in figures_in(traditional))


@cache
def cases(model: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((THEIRS / f"{model}.json").read_text(encoding="utf-8-sig"))
    return found


def wanted(case: dict[str, Any]) -> Read:
    """Their values and spans (theirs end on the last character)."""
    found: Read = []
    for result in case["Results"]:
        value = (result.get("Resolution") or {}).get("value")
        found.append((Decimal(value.rstrip("%")) if value else None, (result["Start"], result["End"] + 1)))
    return found


def asked(model: str, case: dict[str, Any]) -> tuple[str, Read]:
    """A bare number is no figure of ours: it is asked for with 元 behind it, which then is a part of it."""
    text, want = case["Input"], wanted(case) if all("Start" in r for r in case["Results"]) else []
    if model != "NumberModel":
        return text, want
    for _, (_, end) in reversed(want):
        text = text[:end] + "元" + text[end:]
    return text, [(value, (start + n, end + n + 1)) for n, (value, (start, end)) in enumerate(want)]


def outcome(model: str, index: int) -> str:
    """"passed", the class that excuses it, or "failed"."""
    case = cases(model)[index]
    text, want = asked(model, case)
    kinds = MODELS[model]
    read: Read = [(f.base, f.span) for f in figures_in(text) if kinds is None or f.dimension in kinds]
    if read == want:
        return "passed"
    folded = fold(case["Input"])
    return next((name for name, excuse in EXCUSED.items() if model in excuse.get("models", MODELS) and (
        index in excuse.get(model, ()) or "pattern" in excuse and regex.search(excuse["pattern"], folded))), "failed")


def outcomes(model: str) -> Counter[str]:
    return Counter(outcome(model, index) for index in range(len(cases(model))))


@pytest.mark.skipif(not THEIRS.exists(), reason="the cases are not here")
@pytest.mark.parametrize("model", MODELS)
def test_their_cases(model: str) -> None:
    found = outcomes(model)
    failed = [(n, cases(model)[n]["Input"]) for n in range(len(cases(model))) if outcome(model, n) == "failed"]
    print(model, dict(found))
    assert found["passed"] >= FLOORS[model]
    assert not failed


@pytest.mark.skipif(not THEIRS.exists(), reason="the cases are not here")
def test_every_excuse_is_needed() -> None:
    used = set().union(*(outcomes(model) for model in MODELS))
    assert not set(EXCUSED) - used


def test_every_excuse_gives_its_reason() -> None:
    assert all(excuse["reason"] for excuse in EXCUSED.values())
