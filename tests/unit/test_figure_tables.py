"""Tables of displaced people in reports: what their header says, and nothing that it does not."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pytest
from docx import Document
from openpyxl import Workbook

from gazetteer import Gazetteer
from mapgen import pipeline
from mapgen.model import Claim, Kind, Status
from mapgen.reading.articles import read
from mapgen.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Rows = list[list[str]]


@pytest.fixture(scope="module")
def gazetteer() -> Iterator[Gazetteer]:
    with Gazetteer.open() as places:
        yield places


def word_file(path: Path, rows: Rows, *, caption: str = "", lead: str = "") -> Path:
    """Write a report as Word does, with a caption above the table."""
    document = Document()
    document.add_paragraph("Situation report, 14 February 2025")
    if lead:
        document.add_paragraph(lead)
    if caption:
        document.add_paragraph(caption)
    table = document.add_table(rows=len(rows), cols=len(rows[0]))
    for r, cells in enumerate(rows):
        for c, words in enumerate(cells):
            table.cell(r, c).text = words
    document.save(path)
    return path


def told(path: Path, places: Gazetteer, country: str) -> list[tuple[Any, ...]]:
    """Return kind, places with roles, lower bound and unit of the claims that are drawn."""
    return [
        (
            c.kind.value,
            *[f"{p.role.value} {p.surface}" for p in c.places],
            c.quantity.low if c.quantity else None,
            c.quantity.unit if c.quantity else None,
        )
        for c in drawn(path, places, country)
    ]


def drawn(path: Path, places: Gazetteer, country: str) -> list[Claim]:
    settings = Settings().updated(country=country, coder="rules")
    result = pipeline.read_articles([path], settings)
    claims = pipeline.extract(result.articles, places, settings).claims
    return [c for c in claims if c.status.is_current]


@pytest.mark.parametrize(
    ("country", "caption", "rows", "right"),
    [
        (
            "CD",
            "Displaced people by site",
            [
                ["Territory", "Location", "IDPs (individuals)"],
                ["Masisi", "Sake", "12,400"],
                ["Rutshuru", "Kiwanja", "8 050*"],
                ["Total", "", "20,450"],
            ],
            [("hosting", "at Sake", 12400, "people"), ("hosting", "at Kiwanja", 8050, "people")],
        ),
        (
            "SD",
            "",
            [
                ["Origin", "Destination", "Displaced households (HH)"],
                ["El Fasher", "Nyala", "3,100"],
                ["Nyala", "El Obeid", "-"],
            ],
            [("displacement", "origin El Fasher", "destination Nyala", 3100, "families")],
        ),
        (
            "SY",
            "Returns since December",
            [["Governorate", "Returnees"], ["Homs", "45,000"], ["Hama", "n/a"]],
            [("return", "destination Homs", 45000, "people")],
        ),
        (
            "UA",
            "New arrivals of internally displaced people, by oblast",
            [["Oblast", "Arrivals (persons)", "Arrivals (HH)"], ["Dnipropetrovsk", "900", "310"]],
            [("displacement", "destination Dnipropetrovsk", 900, "people")],
        ),
        (
            "MM",
            "",
            [
                ["State", "Fled (people)", "Male", "Female"],
                ["Kachin", "1500", "700", "800"],
                ["Grand total", "1500", "700", "800"],
            ],
            [("displacement", "origin Kachin", 1500, "people")],
        ),
    ],
)
def test_rows_say_what_their_header_says(
    country: str,
    caption: str,
    rows: Rows,
    right: list[tuple[Any, ...]],
    tmp_path: Path,
    gazetteer: Gazetteer,
) -> None:
    path = word_file(tmp_path / "sitrep.docx", rows, caption=caption)
    assert told(path, gazetteer, country) == right
    for claim in drawn(path, gazetteer, country):
        assert claim.status is Status.ASSERTED
        assert claim.quantity is not None
        assert claim.quantity.words in claim.quote
        assert all(p.place_id is not None for p in claim.places), claim.places


@pytest.mark.parametrize(
    ("country", "caption", "rows"),
    [
        (  # who needs help has not fled
            "CD",
            "Humanitarian needs",
            [["Territory", "People in need"], ["Masisi", "300,000"]],
        ),
        (  # people whom aid reached, in a report on displaced people
            "SD",
            "Assistance to displaced people",
            [["Locality", "IDPs targeted", "IDPs reached"], ["Tawila", "5,000", "3,000"]],
        ),
        (  # two months beside each other: which is meant is not said
            "SY",
            "Displaced people",
            [["Governorate", "IDPs May", "IDPs June"], ["Homs", "4,000", "5,000"]],
        ),
        (  # newly displaced from there, or to there
            "ET",
            "",
            [["Zone", "Region", "Newly displaced people"], ["North Wollo", "Amhara", "1,000"]],
        ),
        (  # no word of displacement anywhere
            "UA",
            "Flights in February",
            [["Origin", "Destination", "Passengers (persons)"], ["Kyiv", "Lviv", "1,200"]],
        ),
        ("LB", "Intentions", [["District", "IDPs willing to return"], ["Tyre", "900"]]),
        ("YE", "Projected", [["Governorate", "Projected IDPs"], ["Taiz", "10,000"]]),
        ("IQ", "Displaced people", [["Governorate", "Share of IDPs (%)"], ["Ninewa", "41"]]),
    ],
)
def test_tables_of_other_things_are_left_alone(
    country: str, caption: str, rows: Rows, tmp_path: Path, gazetteer: Gazetteer
) -> None:
    path = word_file(tmp_path / "sitrep.docx", rows, caption=caption)
    assert told(path, gazetteer, country) == []


def test_merged_cells_count_once_and_lend_their_words(tmp_path: Path, gazetteer: Gazetteer) -> None:
    rows = [
        ["Province", "Site", "IDPs", ""],
        ["", "", "Individuals", "HH"],
        ["North Kivu", "Sake", "4,000", "800"],
        ["", "Kiwanja", "2,500", "500"],
        ["Sub-total", "", "6,500", "1,300"],
    ]
    path = word_file(tmp_path / "a.docx", rows)
    document = Document(str(path))
    table = document.tables[0]
    for first, last in (((0, 2), (0, 3)), ((2, 0), (3, 0)), ((0, 0), (1, 0)), ((0, 1), (1, 1))):
        words = table.cell(*first).text
        merged = table.cell(*first).merge(table.cell(*last))
        merged.text = words
    document.save(path)
    assert told(path, gazetteer, "CD") == [
        ("hosting", "at Sake", 4000, "people"),
        ("hosting", "at Kiwanja", 2500, "people"),
    ]


def test_rows_and_sentences_of_one_report(tmp_path: Path, gazetteer: Gazetteer) -> None:
    path = word_file(
        tmp_path / "a.docx",
        [["Location", "IDPs"], ["Sake", "4,000"], ["Xqqrt", "70"]],
        lead="M23 rebels captured Goma on 27 January 2025, the United Nations said.",
    )
    claims = drawn(path, gazetteer, "CD")
    assert [c.kind for c in claims] == [Kind.CONTROL_CHANGE, Kind.HOSTING, Kind.HOSTING]
    unknown = claims[2].places[0]
    assert (unknown.surface, unknown.place_id) == ("Xqqrt", None)  # named, not put anywhere
    article = read([path]).articles[0]
    for claim in claims:
        assert article.text[claim.start : claim.end] == claim.quote
    settings = Settings().updated(country="CD", coder="rules")
    made = pipeline.extract([article], gazetteer, settings)
    row = next(s for s in made.sentences if s.text == "Sake 4,000")
    assert row.left_off is None


def test_sheets_and_csv_of_figures(tmp_path: Path, gazetteer: Gazetteer) -> None:
    book = Workbook()
    sheet = book.active
    sheet.append(["Displaced people in North Kivu"])
    sheet.append(["As of 14 February 2025"])
    sheet.append(["Territory", "Site", "IDPs (individuals)"])
    sheet.append(["Masisi", "Sake", 4000])
    sheet.append(["Masisi", None, 4000])
    sheet.append(["Total", None, 4000])
    stream = io.BytesIO()
    book.save(stream)
    (tmp_path / "a.xlsx").write_bytes(stream.getvalue())
    (tmp_path / "b.csv").write_text(
        "Displaced people in North Kivu,,\n\nTerritory,Site,IDPs (individuals)\nMasisi,Sake,4000\n"
    )
    for name in ("a.xlsx", "b.csv"):
        assert told(tmp_path / name, gazetteer, "CD") == [("hosting", "at Sake", 4000, "people")]
    assert str(read([tmp_path / "a.xlsx"]).articles[0].published_on) == "2025-02-14"


def test_namesakes_are_told_apart_by_the_unit_around_them(
    tmp_path: Path, gazetteer: Gazetteer
) -> None:
    rows = [["Oblast", "Village", "IDPs"], ["Donetsk", "Novoselydivka", "40"]]
    (claim,) = drawn(word_file(tmp_path / "a.docx", rows), gazetteer, "UA")
    assert claim.places[0].place_id == "geonames:699290"
