"""Headers, totals, days and figures of tables of displaced people, as reports write them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from gazetteer import Gazetteer
from mapgen.coding.given_places import PlaceFinder
from mapgen.model import CodedPlace, Precision, Role
from mapgen.reading.figure_cells import quantity_in
from mapgen.reading.figure_tables import line_of, rows_of_figures

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mapgen.model import TableRow

ABOUT = "Displacement by locality"


@pytest.fixture(scope="module")
def gazetteer() -> Iterator[Gazetteer]:
    with Gazetteer.open() as places:
        yield places


def rows(grid: list[list[str]], caption: str = ABOUT) -> list[TableRow]:
    found = rows_of_figures(grid, [line_of(cells) for cells in grid], caption)
    return [row for _, told in sorted(found.items()) for row in told]


def told(row: TableRow) -> tuple[Any, ...]:
    places = [f"{place.role.value} {place.name}" for place in row.places]
    return row.kind.value, *places, row.quantity.best, row.quantity.unit


@pytest.mark.parametrize(
    ("title", "unit"),
    [
        ("IDPs (HH)", "families"),
        ("HH", "families"),
        ("No. of HHs", "families"),
        ("Displaced households", "families"),
        ("# of IDPs", "people"),
        ("IDPs (individuals)", "people"),
        ("Estimated # displaced (ind.)", "people"),
        ("Number of displaced persons", "people"),
        ("Total IDPs", "people"),
    ],
)
def test_the_unit_is_that_of_the_header(title: str, unit: str) -> None:
    (row,) = rows([["Locality", title], ["Tawila", "15,500"]])
    assert told(row) == ("hosting", "at Tawila", 15_500, unit)


@pytest.mark.parametrize(
    ("origin", "destination"),
    [
        ("From", "To"),
        ("Displaced from", "Displaced to"),
        ("Fleeing from", "Arriving in"),
        ("Area of origin", "Area of displacement"),
        ("Departure location", "Arrival location"),
        ("Origin locality", "Destination locality"),
        ("Village of origin", "Host village"),
        ("Place of origin", "Current location"),
    ],
)
def test_where_from_and_where_to(origin: str, destination: str) -> None:
    (row,) = rows([[origin, destination, "Individuals"], ["El Fasher", "Tawila", "3,500"]])
    assert told(row) == ("displacement", "origin El Fasher", "destination Tawila", 3500, "people")


def test_a_column_of_figures_is_no_place_that_people_reached() -> None:
    (row,) = rows([["Locality", "Arrivals"], ["Tawila", "3,500"]])
    assert told(row) == ("displacement", "destination Tawila", 3500, "people")
    (row,) = rows([["Locality", "Departures"], ["El Fasher", "3,500"]])
    assert told(row) == ("displacement", "origin El Fasher", 3500, "people")
    (row,) = rows([["Place of origin", "Place of return", "Individuals"], ["Goma", "Sake", "90"]])
    assert told(row) == ("return", "origin Goma", "destination Sake", 90, "people")


def test_headers_of_several_rows_and_titles_in_one_cell() -> None:
    grid = [
        ["Displaced people, as of 10 April 2025"] * 4,
        ["State", "Locality", "IDPs", "IDPs"],
        ["State", "Locality", "HH", "Ind."],
        ["North Darfur", "North Darfur", "3,520", "17,600"],
        ["", "Tawila", "3,100", "15,500"],
        ["", "Kutum", "420", "2,100"],
        ["North Darfur total", "", "3,520", "17,600"],
        ["South Darfur", "Nyala", "600", "3,000"],
    ]
    found = rows(grid, "")
    assert [told(row) for row in found][-3:] == [
        ("hosting", "at Tawila", 15_500, "people"),
        ("hosting", "at Kutum", 2_100, "people"),
        ("hosting", "at Nyala", 3_000, "people"),
    ]
    assert [row.places[0].within for row in found][-3:] == ["North Darfur"] * 2 + ["South Darfur"]
    assert all(row.date is not None and str(row.date.start) == "2025-04-10" for row in found)
    assert {row.date.words for row in found if row.date} == {"10 April 2025"}


def test_the_day_of_a_row_is_that_of_its_column() -> None:
    grid = [
        ["Date of event", "From", "To", "HH"],
        ["04/04/2025", "El Fasher", "Tawila", "120"],
        ["13/04/2025", "Zamzam", "Tawila", "3,100"],
        ["", "Kutum", "Tawila", "40"],
    ]
    days = [row.date and str(row.date.start) for row in rows(grid)]
    assert days == ["2025-04-04", "2025-04-13", None]
    open_order = [grid[0], ["05/04/2025", *grid[1][1:]]]
    assert [row.date for row in rows(open_order)] == [None]  # of April or of May


@pytest.mark.parametrize(
    ("cell", "bounds"),
    [
        ("12,400¹", (12_400, 12_400, 12_400, "people")),
        ("12,400 (1)", (12_400, 12_400, 12_400, "people")),
        ("12.400", (12_400, 12_400, 12_400, "people")),
        ("12’400", (12_400, 12_400, 12_400, "people")),
        ("12 400", (12_400, 12_400, 12_400, "people")),
        ("12400.0", (12_400, 12_400, 12_400, "people")),
        ("~12.4K", (12_400, 12_400, 12_400, "people")),
        ("1.2 million", (1_200_000, 1_200_000, 1_200_000, "people")),
        ("1,200 – 1,500", (1_200, 1_500, None, "people")),
        ("10-15K", (10_000, 15_000, None, "people")),
        ("> 300", (300, None, None, "people")),
        ("1,200+", (1_200, None, None, "people")),
        ("less than 100", (None, 100, None, "people")),
        ("15,500 (3,100 HH)", (15_500, 15_500, 15_500, "people")),
        ("3,100 HH", (3_100, 3_100, 3_100, "families")),
    ],
)
def test_a_figure_has_the_bounds_of_its_words(cell: str, bounds: tuple[Any, ...]) -> None:
    found = quantity_in(cell, "people")
    assert found is not None
    assert (found.low, found.high, found.best, found.unit) == bounds
    assert found.words == cell


@pytest.mark.parametrize(
    "cell", ["", "-", "N/A", "0", "12,40", "14/04/2025", "41%", "Tawila 12", "41,200 300"]
)
def test_what_is_no_figure(cell: str) -> None:
    assert quantity_in(cell, "people") is None


def test_a_locality_is_a_district_or_a_town(gazetteer: Gazetteer) -> None:
    (row,) = rows([["State", "Locality", "IDPs"], ["North Darfur", "Tawila", "15,500"]])
    place = PlaceFinder(gazetteer).place(row.places[0], "Tawila", (0, 6), "SD")
    assert place.place_id == "supplement:tawila-sd"
    given = CodedPlace(
        name="North Darfur", lat=None, lon=None, role=Role.ORIGIN, precision=Precision.SETTLEMENT
    )
    finder = PlaceFinder(gazetteer)
    assert finder.place(given, "North Darfur", (0, 12), "SD").place_id is None
    (row,) = rows([["From", "To", "IDPs"], ["North Darfur", "Nyala", "90"]])
    found = finder.place(row.places[0], "North Darfur", (0, 12), "SD")
    assert (found.name, found.precision) == ("North Darfur", Precision.PROVINCE)
