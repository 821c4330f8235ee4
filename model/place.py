"""Where something stands in a file: it travels with a figure to the last cell of the workbook."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a document.

    `page`, `paragraph` and `table` count from 1; `row` and `column` count from 0 in the table as laid out
    (a merged cell stands at its top left). `box` is (left, top, right, bottom) on the page in points.
    `sheet` and `cell` are a workbook's own names for the place. `scanned`: what stands there was recognised from a picture.
    `hidden`: in a row that is hidden.
    `heading` says where it lies in the words a person looks
    for: the headings above it, the labels of its row and column; two places are one whatever their headings.

    >>> print(Place(page=2, paragraph=31))
    第2页 第31段
    >>> print(Place(table=1, row=3, column=0))
    表1 第4行第1列
    >>> print(Place(table=1, row=3, column=2, sheet="自评表", cell="C5"))
    自评表!C5
    >>> print(Place(paragraph=84, heading="四、绩效评价总结论").named)
    四、绩效评价总结论 第84段
    """

    page: int | None = None
    paragraph: int | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None
    box: tuple[float, float, float, float] | None = None
    sheet: str | None = None
    cell: str | None = None
    scanned: bool = False
    hidden: bool = False
    heading: str = field(default="", compare=False, repr=False)

    def __hash__(self) -> int:
        """Of what tells places apart in most documents: they are looked up often."""
        return hash((self.page, self.paragraph, self.table, self.row, self.column, self.cell))

    def __reduce__(self) -> tuple[type[Place], tuple[object, ...]]:
        """What it is packed as on its way from a worker: its fields, in their order."""
        return Place, (self.page, self.paragraph, self.table, self.row, self.column, self.box, self.sheet, self.cell, self.scanned, self.hidden, self.heading)

    @property
    def named(self) -> str:
        """Its headings and its place."""
        return f"{self.heading} {self}".strip()

    @property
    def brief(self) -> str:
        """Its last heading and its place, for long lists."""
        return f"{self.heading.rpartition(' › ')[2]} {self}".strip()

    def __str__(self) -> str:
        if self.sheet is not None and self.cell is not None:
            return f"{self.sheet}!{self.cell}"
        words = []
        if self.page is not None:
            words.append(f"第{self.page}页")
        if self.paragraph is not None:
            words.append(f"第{self.paragraph}段")
        if self.table is not None:
            words.append(f"表{self.table}")
        if self.row is not None:
            column = f"第{self.column + 1}列" if self.column is not None else ""
            words.append(f"第{self.row + 1}行{column}")
        return " ".join(words)

    def as_json(self) -> dict[str, Any]:
        """Return the place as the JSON contract writes it."""
        plain: dict[str, Any] = {
            "page": self.page,
            "paragraph": self.paragraph,
            "table": self.table,
            "row": self.row,
            "column": self.column,
            "box": list(self.box) if self.box else None,
        }
        if self.sheet is not None:
            plain |= {"sheet": self.sheet, "cell": self.cell}
        if self.heading:
            plain["heading"] = self.heading
        return plain | {"scanned": True} if self.scanned else plain

    @classmethod
    def of_json(cls, said: Mapping[str, Any]) -> Place:
        """Return the place that `as_json` wrote.

        >>> place = Place(page=2, box=(1.0, 2.0, 3.0, 4.0))
        >>> Place.of_json(place.as_json()) == place
        True
        """
        return cls(**{**said, "box": tuple(said["box"]) if said["box"] else None})
