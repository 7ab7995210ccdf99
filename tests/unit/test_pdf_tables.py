"""Tables of displaced people in PDF files, as LibreOffice prints them: rows, units, pages."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from mapgen.reading.figure_tables import rows_of_figures
from mapgen.reading.read_pdf import read_pdf

if TYPE_CHECKING:
    from mapgen.model import TableRow
    from mapgen.reading.read_text import ArticleDraft

FILES = Path(__file__).parents[1] / "data" / "pdf_tables"
SITES = [
    ("hosting", "at Sake", 12400, "people"),
    ("hosting", "at Kiwanja", 8050, "people"),
]
MWESO = (
    "hosting",
    "at Mweso, in the schools and in the church beside the main road",
    3100,
    "people",
)  # a cell of three lines
LOCALITIES = [
    ("hosting", "at Tawila", 48150, "people"),
    ("hosting", "at Kutum", 5200, "people"),
    ("hosting", "at Dar As Salam", 2905, "people"),
]
MOVED = [
    ("displacement", "origin El Fasher", "destination Tawila", 3500, "people"),
    ("displacement", "origin Um Kadadah", "destination El Fasher", 1200, "people"),
]


def draft(name: str) -> ArticleDraft:
    return read_pdf(f"{name}.pdf", (FILES / f"{name}.pdf").read_bytes())


def rows(read: ArticleDraft) -> list[TableRow]:
    """Return the rows that say how many people are where, in the order of the tables."""
    return [
        row
        for caption, lines, grid in read.tables
        for _, told in sorted(rows_of_figures(grid, lines, caption).items())
        for row in told
    ]


def told(row: TableRow) -> tuple[Any, ...]:
    places = [f"{place.role.value} {place.name}" for place in row.places]
    return row.kind.value, *places, row.quantity.best, row.quantity.unit


@pytest.mark.parametrize(
    ("name", "right"),
    [
        ("grid", SITES),
        ("plain", SITES),
        ("two", LOCALITIES + MOVED),
        ("light", LOCALITIES + MOVED),
        ("merged", [SITES[0], MWESO, SITES[1]]),
    ],
)
def test_rows_say_what_the_header_says_and_totals_do_not(
    name: str, right: list[tuple[Any, ...]]
) -> None:
    read = draft(name)
    assert [told(row) for row in rows(read)] == right
    lines = read.text.split("\n")
    assert [row.line for row in rows(read) if row.line not in lines] == []


def test_words_on_both_sides_of_a_rule_are_two_cells() -> None:
    """Narrow columns of a page that LibreOffice printed: "41,200|300" are no 41 million."""
    assert [told(row) for row in rows(draft("tight"))] == [
        ("hosting", "at Delmas", 41_200, "people"),
        ("return", "destination Delmas", 300, "people"),
        ("hosting", "at Carrefour", 15_800, "people"),
    ]


def test_rows_stand_between_what_stands_above_and_below_them() -> None:
    assert draft("grid").text.split("\n") == [
        "Situation report, 14 February 2025",
        "Fighting went on around the town of Sake, and people went on arriving in the sites around "
        "Goma through the week, the agencies said.",
        "Displaced people by site",
        "Territory Location IDPs (individuals)",
        "Masisi Sake 12,400",
        "Rutshuru Kiwanja 8 050*",
        "Total 20,450",
        "Source: registration by site managers, rounded.",
    ]


def test_a_table_goes_on_over_the_next_page_and_its_rows_name_theirs() -> None:
    read = draft("long")
    figures = [row.quantity.best for row in rows(read)]
    assert figures == list(range(1000, 1070))
    begun = read.text.index("Masisi Sake 1,000")
    last = read.text.index("Masisi Sake 1,069")
    first, second = read.pages
    assert (first, begun < second <= last) == (0, True)
    assert read.text[second:].startswith("Masisi Sake")


def test_each_row_is_in_the_text_once() -> None:
    lines = draft("long").text.split("\n")
    every = [line for line in lines if line.startswith("Masisi Sake")]
    assert len(every) == len(set(every)) == 70
    assert all(a < b for a, b in pairwise(every))
