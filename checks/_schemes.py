"""Scoring schemes of regions and years (评分办法): the rule for an indicator where the document prints none.

A scheme is a TOML file: `name`, `title`, `source` (文号), `places` (whose reports it is suggested for) and `[[rule]]` tables with `name`, `synonyms`, `text` (the rule
in words, read by checks._criterion), `measure` (how the value comes about) and `operands`. The marks (分值) always come
from the document, never from a scheme; nothing here is used unless a scheme is chosen.

>>> hunan = load_scheme("hunan-2019")
>>> hunan.rule_for("（2）三公经费 变动率").name
'“三公经费”变动率'
>>> active() is None
True
>>> with use_scheme(hunan):
...     active().name
'hunan-2019'
>>> active() is None
True
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from contextvars import ContextVar, Token
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fusuan.checks._criterion import Criterion, Marks

_ACTIVE: ContextVar[Scheme | None] = ContextVar("scheme", default=None)


class SchemeError(ValueError):
    """A scheme cannot be used; the message says in Chinese what is wrong and in which line."""


@dataclass(frozen=True, slots=True)
class Rule:
    """How one indicator is marked. `measure` is the formula of the measured value, `operands` the names in it."""

    name: str
    criterion: Criterion
    synonyms: tuple[str, ...] = ()
    measure: str = ""
    operands: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        return self.criterion.text

    def marks(self, value: Decimal, full: Decimal, target: Decimal | None = None) -> Marks | None:
        """Return the marks for a value (per cent for rates) and the document's own full mark."""
        return self.criterion.marks(value, full, target=target)


@dataclass(frozen=True, slots=True)
class Scheme:
    """The rules of one region and year, with the document they come from; `synonyms` are other names of the scheme.

    `places` are the names that a report of its region mentions; a scheme of the whole country has none.
    """

    name: str
    title: str
    source: str
    rules: tuple[Rule, ...]
    synonyms: tuple[str, ...] = ()
    places: tuple[str, ...] = ()

    @property
    def called(self) -> str:
        """Its name, with its other names: hunan-2019（湖南2019）."""
        return f"{self.name}（{'、'.join(self.synonyms)}）" if self.synonyms else self.name

    def rule_for(self, name: str) -> Rule | None:
        """Return the rule of the indicator called so, near forms included; None where the scheme has none.

        Near: brackets, quotes, list numbers and blanks aside; a name that ends in a rule's name, the longest first.
        """
        wanted = _key(name)
        if not wanted:
            return None
        named = [(_key(own), rule) for rule in self.rules for own in (rule.name, *rule.synonyms)]
        exact = next((rule for key, rule in named if key == wanted), None)
        if exact is not None:
            return exact
        near = [(len(key), rule) for key, rule in named if len(key) >= 4 and wanted.endswith(key)
                and len(wanted) - len(key) <= 6]
        return max(near, key=lambda pair: pair[0])[1] if near else None


class use_scheme:
    """Make a scheme the active one (None: none), at once; as a context manager, until the block ends."""

    def __init__(self, scheme: Scheme | None) -> None:
        self._token: Token[Scheme | None] = _ACTIVE.set(scheme)

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        _ACTIVE.reset(self._token)


def active() -> Scheme | None:
    """Return the scheme in use; None where the user chose none."""
    return _ACTIVE.get()


@cache
def schemes() -> tuple[Scheme, ...]:
    """Return the schemes that come with the program, in order of name."""
    folder = files("fusuan.checks") / "schemes"
    texts = {file.name: file.read_text(encoding="utf-8") for file in folder.iterdir() if file.name.endswith(".toml")}
    return tuple(_read(texts[name], name) for name in sorted(texts))


def load_scheme(name_or_path: str) -> Scheme:
    """Return a scheme by its name, its title or the path of a TOML file; raise SchemeError where it cannot be used."""
    for scheme in schemes():
        if name_or_path in (scheme.name, scheme.title, *scheme.synonyms):
            return scheme
    path = Path(name_or_path)
    try:
        if path.suffix != ".toml" and not path.is_file():
            known = "、".join(scheme.called for scheme in schemes())
            raise SchemeError(f"没有名为“{name_or_path}”的评分办法；现有：{known}，也可以给出 TOML 文件的路径")
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise SchemeError(f"评分办法文件“{name_or_path}”无法读取：{error.strerror or '路径无效'}") from error
    except UnicodeDecodeError as error:
        raise SchemeError(f"评分办法文件“{path.name}”不是 UTF-8 编码的文本") from error
    except ValueError as error:
        if isinstance(error, SchemeError):
            raise
        raise SchemeError(f"评分办法文件的路径无效：“{name_or_path}”") from error
    return _read(text, path.name)


def _read(text: str, file: str) -> Scheme:
    try:
        data = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise SchemeError(f"{file} {_line_of(error)}：TOML 格式有误") from error
    for key in ("name", "title", "source"):
        if not isinstance(data.get(key), str) or not data[key].strip():
            raise SchemeError(f"{file} 第{_at(text, rf'{key}')}行：缺少 {key}，或不是文字")
    rules = data.get("rule")
    if not isinstance(rules, list) or not rules or not all(isinstance(rule, dict) for rule in rules):
        raise SchemeError(f"{file} 第1行：没有 [[rule]]")
    starts = [number for number, line in enumerate(text.splitlines(), 1) if re.match(r"\s*\[\[\s*rule\s*\]\]", line)]
    starts += [1] * (len(rules) - len(starts))
    for key in ("synonyms", "places"):
        if not isinstance(data.get(key, []), list) or not all(isinstance(item, str) for item in data.get(key, [])):
            raise SchemeError(f"{file} 第{_at(text, key)}行：{key} 应是文字的列表")
    return Scheme(data["name"], data["title"], data["source"],
                  tuple(_rule(rule, text, start, file) for rule, start in zip(rules, starts, strict=False)),
                  tuple(data.get("synonyms", ())), tuple(data.get("places", ())))


def _rule(data: dict[str, Any], text: str, start: int, file: str) -> Rule:
    for key in ("name", "text"):
        if not isinstance(data.get(key), str) or not data[key].strip():
            raise SchemeError(f"{file} 第{_at(text, key, start)}行：规则缺少 {key}，或不是文字")
    for key in ("synonyms", "operands"):
        found = data.get(key, [])
        if not isinstance(found, list) or not all(isinstance(item, str) for item in found):
            raise SchemeError(f"{file} 第{_at(text, key, start)}行：{key} 应为文字的列表")
    if not isinstance(data.get("measure", ""), str):
        raise SchemeError(f"{file} 第{_at(text, 'measure', start)}行：measure 应为文字")
    from fusuan.checks._criterion import Refusal, parse

    criterion = parse(data["text"])
    if isinstance(criterion, Refusal):
        raise SchemeError(f"{file} 第{_at(text, 'text', start)}行：规则“{data['name']}”无法复算，{criterion.reason}")
    return Rule(data["name"], criterion, tuple(data.get("synonyms", ())), data.get("measure", ""),
                tuple(data.get("operands", ())))


def _at(text: str, key: str, start: int = 1) -> int:
    """The line of a key at or after line `start`, within the same table; `start` where it is missing."""
    for number, line in enumerate(text.splitlines()[start - 1:], start):
        if re.match(rf"\s*{key}\s*=", line):
            return number
        if number > start and re.match(r"\s*\[\[", line):
            break
    return start


def _line_of(error: Exception) -> str:
    match = re.search(r"line (\d+)", str(error))
    return f"第{match[1]}行" if match else "末行"


def _key(name: str) -> str:
    """A name without blanks, quotes, list numbers and marks in brackets."""
    name = re.sub(r"\s+", "", unicodedata.normalize("NFKC", name))
    name = re.sub(r"\((?:\d+(?:\.\d+)?分?|[一二三四五六七八九十]+|%)\)", "", name)
    name = re.sub(r"^(?:\d+(?:\.\d+)*[.、)]?|[一二三四五六七八九十]+、|[A-Z]\d*\.?)", "", name)
    return re.sub(r"[“”\"'‘’「」《》*:：、,.;()]", "", name).removesuffix("指标")
