"""Columns of people side by side: each figure of a row gets what its own title says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from gazetteer import Gazetteer
from mapgen import pipeline
from mapgen.reading.figure_tables import line_of, rows_of_figures
from mapgen.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

Rows = list[list[str]]
Told = list[tuple[str, str, int | None, str]]


def told(rows: Rows, caption: str = "") -> Told:
    found = rows_of_figures(rows, [line_of(cells) for cells in rows], caption)
    return [
        (row.kind.value, f"{row.places[0].role.value} {row.places[0].name}", row.quantity.low, unit)
        for _, of_row in sorted(found.items())
        for row in of_row
        for unit in [row.quantity.unit]
    ]


@pytest.mark.parametrize(
    ("caption", "rows", "right"),
    [
        (  # Somalia; a dash is no figure
            "Displacement by district, Gedo region",
            [
                ["District", "IDPs", "Returnees"],
                ["Luuq", "12,300", "450"],
                ["Doolow", "8,100", "-"],
                ["Total", "20,400", "450"],
            ],
            [
                ("hosting", "at Luuq", 12300, "people"),
                ("return", "destination Luuq", 450, "people"),
                ("hosting", "at Doolow", 8100, "people"),
            ],
        ),
        (  # Cameroon; people before families, for each
            "North-West and South-West crisis",
            [
                ["Region", "IDPs (ind.)", "IDPs (HH)", "Returnees (ind.)", "Returnees (HH)"],
                ["Littoral", "72,000", "14,400", "3,000", "600"],
            ],
            [
                ("hosting", "at Littoral", 72000, "people"),
                ("return", "destination Littoral", 3000, "people"),
            ],
        ),
        (  # South Sudan; a file without merged cells has each title once
            "",
            [
                ["County", "IDPs", "", "Returnees", ""],
                ["", "HH", "Ind.", "HH", "Ind."],
                ["Nasir", "410", "2,050", "33", "165"],
            ],
            [
                ("hosting", "at Nasir", 2050, "people"),
                ("return", "destination Nasir", 165, "people"),
            ],
        ),
        (  # Iraq; refugees are others
            "",
            [
                ["Governorate", "IDPs", "Returnees", "Refugees"],
                ["Duhok", "280,000", "800", "90,000"],
            ],
            [
                ("hosting", "at Duhok", 280000, "people"),
                ("return", "destination Duhok", 800, "people"),
            ],
        ),
        (  # Ethiopia; the first row has no figures yet
            "",
            [
                ["Zone", "IDPs", "Returning IDPs"],
                ["Wag Hamra", "n/a", "-"],
                ["Gedeo", "150", "2,000"],
            ],
            [
                ("hosting", "at Gedeo", 150, "people"),
                ("return", "destination Gedeo", 2000, "people"),
            ],
        ),
        (  # Libya; who came and who left
            "Movements of displaced people, weekly",
            [["Municipality", "Arrivals", "Departures"], ["Tarhuna", "600", "90"]],
            [
                ("displacement", "destination Tarhuna", 600, "people"),
                ("displacement", "origin Tarhuna", 90, "people"),
            ],
        ),
        (  # Mozambique; changes and aid between them
            "Cabo Delgado",
            [
                ["District", "IDPs", "% change", "Returnees", "Returnees assisted"],
                ["Palma", "9,300", "+4", "41,000", "12,000"],
            ],
            [
                ("hosting", "at Palma", 9300, "people"),
                ("return", "destination Palma", 41000, "people"),
            ],
        ),
        (  # Nigeria; a total of both kinds is neither
            "",
            [
                ["LGA", "IDPs (individuals)", "Returnees (individuals)", "Total individuals"],
                ["Gwoza", "101,000", "33,000", "134,000"],
            ],
            [
                ("hosting", "at Gwoza", 101000, "people"),
                ("return", "destination Gwoza", 33000, "people"),
            ],
        ),
        (  # Afghanistan; families of one kind, people of the other
            "",
            [["Province", "IDP families", "Returnees (individuals)"], ["Kunduz", "1,200", "5,600"]],
            [
                ("hosting", "at Kunduz", 1200, "families"),
                ("return", "destination Kunduz", 5600, "people"),
            ],
        ),
        (  # Mali, as a sheet: the title of the table speaks of displaced people too
            "",
            [
                ["Displaced people and returnees", "", ""],
                ["Cercle", "IDPs", "Returnees"],
                ["Bankass", "30,000", "1,000"],
            ],
            [
                ("hosting", "at Bankass", 30000, "people"),
                ("return", "destination Bankass", 1000, "people"),
            ],
        ),
        (  # Chad; a total with the hosts is no number of displaced people
            "",
            [
                ["Department", "IDPs (individuals)", "Host community", "Total individuals"],
                ["Mamdi", "120,000", "300,000", "420,000"],
            ],
            [("hosting", "at Mamdi", 120000, "people")],
        ),
        (  # Sudan; the sites of displaced people are no people
            "",
            [["Locality", "IDP sites", "IDPs", "Returnees"], ["Kutum", "21", "9,800", "110"]],
            [
                ("hosting", "at Kutum", 9800, "people"),
                ("return", "destination Kutum", 110, "people"),
            ],
        ),
        (  # South Sudan; each kind with both ends
            "Movements in Upper Nile",
            [["From", "To", "IDPs", "Returnees"], ["Nasir", "Malakal", "1,200", "300"]],
            [
                ("displacement", "origin Nasir", 1200, "people"),
                ("return", "origin Nasir", 300, "people"),
            ],
        ),
        (  # Nigeria; who is there, who came and who left
            "Displaced people in Borno, week 7",
            [["LGA", "IDPs", "New arrivals", "Departures"], ["Bama", "150,500", "1,200", "90"]],
            [
                ("hosting", "at Bama", 150500, "people"),
                ("displacement", "destination Bama", 1200, "people"),
                ("displacement", "origin Bama", 90, "people"),
            ],
        ),
        (  # Ethiopia; the parts and their total
            "",
            [
                ["Woreda", "IDPs in sites", "IDPs in host communities", "Total IDPs", "Returnees"],
                ["Lalibela", "1,000", "2,000", "3,000", "400"],
            ],
            [
                ("hosting", "at Lalibela", 3000, "people"),
                ("return", "destination Lalibela", 400, "people"),
            ],
        ),
        (  # Afghanistan; men and women apart
            "",
            [
                [
                    "Province",
                    "IDPs (total)",
                    "Male IDPs",
                    "Female IDPs",
                    "Returnees (total)",
                    "Male",
                ],
                ["Kunduz", "9,000", "4,000", "5,000", "600", "300"],
            ],
            [
                ("hosting", "at Kunduz", 9000, "people"),
                ("return", "destination Kunduz", 600, "people"),
            ],
        ),
        (  # Sudan; the dead have no sign in such a table
            "",
            [
                ["Locality", "Killed", "Injured", "Displaced individuals"],
                ["Kutum", "12", "30", "4,100"],
            ],
            [("hosting", "at Kutum", 4100, "people")],
        ),
        (  # the Philippines; two columns of displaced people, one of those who returned
            "",
            [
                ["Town", "Displaced families", "Returned families", "Still displaced families"],
                ["Datu Piang", "1,200", "900", "300"],
            ],
            [("return", "destination Datu Piang", 900, "families")],
        ),
        (  # Yemen; a caption says what individuals did
            "Returns to Taiz, April",
            [["District", "Individuals"], ["Mocha", "3,400"]],
            [("return", "destination Mocha", 3400, "people")],
        ),
    ],
)
def test_each_figure_has_the_kind_of_its_own_column(caption: str, rows: Rows, right: Told) -> None:
    assert told(rows, caption) == right


@pytest.mark.parametrize(
    ("caption", "rows"),
    [
        (  # two months of each: which is meant is not said
            "Displaced people",
            [
                ["Region", "IDPs May", "Returnees May", "IDPs June", "Returnees June"],
                ["Sahel", "4,000", "10", "5,000", "20"],
            ],
        ),
        (
            "",
            [["Governorate", "IDPs in need", "Returnees in need"], ["Marib", "500,000", "10,000"]],
        ),
        ("", [["District", "IDPs vaccinated", "Returnees vaccinated"], ["Tyre", "300", "20"]]),
        ("Displacement", [["Department", "2023", "2024"], ["Chocó", "4,000", "5,000"]]),
        ("Displaced people", [["Place", "Persons detained"], ["Luuq", "12"]]),
        ("IDPs and returnees", [["District", "Individuals"], ["Luuq", "900"]]),
        ("", [["District", "IDPs intending to return"], ["Afrin", "900"]]),
    ],
)
def test_columns_that_could_mean_two_things_are_left_alone(caption: str, rows: Rows) -> None:
    assert told(rows, caption) == []


def test_both_figures_of_a_row_reach_the_claims(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("District,IDPs,Returnees\nLuuq,12300,450\nLuuq,12300,450\n")
    settings = Settings().updated(country="SO", coder="rules")
    with Gazetteer.open() as places:
        made = pipeline.extract(pipeline.read_articles([path], settings).articles, places, settings)
    found = [
        (c.kind.value, c.quote, c.places[0].name, c.quantity and c.quantity.best)
        for c in made.claims
        if c.status.is_current
    ]
    luuq = [
        ("hosting", "Luuq 12300 450", "Luuq", 12300),
        ("return", "Luuq 12300 450", "Luuq", 450),
    ]
    assert sorted(found) == sorted([*luuq, *luuq])  # a row given twice is read where it stands
    assert len({c.id for c in made.claims}) == 4
    assert len({c.start for c in made.claims}) == 2
    assert [s.text for s in made.sentences].count("Luuq 12300 450") == 2
