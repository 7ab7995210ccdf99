"""Reports as LibreOffice saves them: what a reader of the file sees is what is drawn."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from gazetteer import Gazetteer
from mapgen import pipeline
from mapgen.reading.articles import read
from mapgen.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator

FILES = Path(__file__).parents[1] / "data" / "reports"


@pytest.fixture(scope="module")
def gazetteer() -> Iterator[Gazetteer]:
    with Gazetteer.open() as places:
        yield places


def told(name: str, country: str, places: Gazetteer) -> list[tuple[str, str, int | None]]:
    """Return kind, places and lower bound of what is drawn."""
    settings = Settings().updated(country=country, coder="rules")
    articles = pipeline.read_articles([FILES / name], settings).articles
    return sorted(
        (
            claim.kind.value,
            " ".join(f"{p.role.value} {p.surface}" for p in claim.places),
            claim.quantity.low if claim.quantity else None,
        )
        for claim in pipeline.extract(articles, places, settings).claims
        if claim.status.is_current
    )


def test_tracked_changes_hidden_and_struck_words_notes_and_boxes(gazetteer: Gazetteer) -> None:
    result = read([FILES / "changes.docx"])
    (article,) = result.articles
    assert article.text.split("\n") == [
        "Published 14 February 2025",
        "The army captured Nasir on Thursday.",  # Malakal was deleted, Nasir inserted
        "It rained.",  # behind a hidden sentence, below a struck one
        "Rebels shelled Leer on Thursday, residents said.",
        "Rebels captured Maiwut on Thursday.",  # in a box
        "Rebels captured Yei on Wednesday.",  # in a footnote
    ]
    assert [note.partition(": ")[2] for note in result.notes] == [
        "1 passage deleted in tracked changes left out",
        "2 passages hidden or struck through left out",
    ]
    assert told("changes.docx", "SS", gazetteer) == [
        ("control_change", "at Maiwut", None),
        ("control_change", "at Nasir", None),
        ("control_change", "at Yei", None),
        ("strike", "at Leer", None),
    ]


def test_boxes_bullets_and_columns_side_by_side(gazetteer: Gazetteer) -> None:
    assert str(read([FILES / "haiti.docx"]).articles[0].published_on) == "2025-02-14"
    assert told("haiti.docx", "HT", gazetteer) == [
        ("displacement", "origin Kenscoff", 8300),
        ("displacement", "origin Kenscoff destination Pétion-Ville", 2000),
        ("hosting", "at Carrefour", 15800),
        ("hosting", "at Delmas", 41200),
        ("return", "destination Delmas", 300),
        ("strike", "at Kenscoff", 40),  # killed
    ]


@pytest.mark.parametrize("name", ["sheet.xlsx", "sheet.html"])
def test_a_sheet_of_movements(name: str, gazetteer: Gazetteer) -> None:
    (article,) = read([FILES / name]).articles
    assert str(article.published_on) == "2025-02-14"
    assert told(name, "MZ", gazetteer) == [
        ("displacement", "origin Ancuabe destination Montepuez", 430),
        ("displacement", "origin Muidumbe destination Mueda", 1050),
    ]
    days = [row.date and str(row.date.start) for row in article.table_rows]
    assert days == ["2025-02-03", "2025-02-13"]  # of the column; the second settles the first
