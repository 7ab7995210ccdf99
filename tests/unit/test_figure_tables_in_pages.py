"""Tables of displaced people in saved web pages become claims, a row each, where they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from gazetteer import Gazetteer
from mapgen import pipeline
from mapgen.reading.articles import read
from mapgen.reading.figure_tables import rows_of_figures
from mapgen.reading.html_tables import MOST_CELLS, MOST_SPANNED, found_tables, with_rows
from mapgen.reading.read_html import read_html
from mapgen.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LEAD = (
    "<p>14 February 2025</p><p>Fighting went on in the area for the third week, and humanitarian "
    "partners say that the needs are very high in all sites that they can still reach.</p>"
)
AFTER = "<p>Partners ask for safe passage for all who work in the area. More will follow soon.</p>"


@pytest.fixture(scope="module")
def gazetteer() -> Iterator[Gazetteer]:
    with Gazetteer.open() as places:
        yield places


def saved(path: Path, table: str, *, around: str = "{}") -> Path:
    body = f"<article><h1>Situation report</h1>{LEAD}{around.format(table)}{AFTER}</article>"
    path.write_text(f"<html><head><title>Report</title></head><body>{body}</body></html>", "utf-8")
    return path


def told(path: Path, places: Gazetteer, country: str) -> list[tuple[Any, ...]]:
    """Return kind, places with roles, figure and unit of the claims that are drawn."""
    settings = Settings().updated(country=country, coder="rules")
    result = pipeline.read_articles([path], settings)
    made = pipeline.extract(result.articles, places, settings)
    text = result.articles[0].text
    assert all(c.quote == text[c.start : c.end] for c in made.claims)
    return [
        (
            c.kind.value,
            *[f"{p.role.value} {p.surface}" for p in c.places],
            c.quantity.low if c.quantity else None,
            c.quantity.unit if c.quantity else None,
        )
        for c in made.claims
        if c.status.is_current
    ]


@pytest.mark.parametrize(
    ("country", "table", "right"),
    [
        (
            "SD",
            "<table><caption>IDPs by locality</caption><thead><tr><th>State</th><th>Locality</th>"
            "<th>Individuals</th><th>HH</th></tr></thead><tbody><tr><td rowspan=2>North Darfur</td>"
            "<td>Tawila</td><td>12,500</td><td>2,500</td></tr><tr><td>Kutum</td><td>3,400</td>"
            "<td>680</td></tr><tr><td colspan=2>Total</td><td>15,900</td><td>3,180</td></tr>"
            "</tbody></table>",
            [("hosting", "at Tawila", 12500, "people"), ("hosting", "at Kutum", 3400, "people")],
        ),
        (
            "CD",
            "<h2>Movements of displaced people</h2><table><tr><th>From</th><th>To</th>"
            "<th>People</th></tr><tr><td>Sake</td><td>Goma</td><td>8&nbsp;200</td></tr></table>",
            [("displacement", "origin Sake", "destination Goma", 8200, "people")],
        ),
        (
            "SY",
            "<p>Displacement since 27 November</p><table><tr><th rowspan=2>Governorate</th>"
            "<th colspan=2>IDPs</th></tr><tr><th>individuals</th><th>HH</th></tr>"
            "<tr><td>Hama</td><td>31,000</td><td>6,000</td></tr></table>",
            [("hosting", "at Hama", 31000, "people")],
        ),
        (
            "IQ",
            "<table><tr><th>District</th><th>Returnees</th></tr>"
            "<tr><td><p>Sinjar</p></td><td><b>1</b>,<b>200</b><sup>2</sup></td></tr></table>",
            [("return", "destination Sinjar", 1200, "people")],
        ),
        (
            "UA",
            "<h3>IDPs by city</h3><table><tr><th>City</th><th>Families</th></tr>"
            "<tr><td>Pokrovsk</td><td>450</td></tr><tr><td>Dnipro</td><td>-</td></tr></table>",
            [("hosting", "at Pokrovsk", 450, "families")],
        ),
    ],
)
def test_rows_say_what_their_header_says(
    tmp_path: Path, gazetteer: Gazetteer, country: str, table: str, right: list[tuple[Any, ...]]
) -> None:
    path = saved(tmp_path / "report.html", table)
    assert told(path, gazetteer, country) == right


IDPS = (
    "<table><caption>IDPs by town</caption><tr><th>Town</th><th>IDPs</th></tr>"
    "<tr><td>Sake</td><td>{}</td></tr></table>"
)


@pytest.mark.parametrize(
    ("table", "around"),
    [
        (IDPS.replace("<th>IDPs</th>", "<th>People reached</th>").format("4,000"), "{}"),
        (IDPS.format("4,000"), '<div style="display:none">{}</div>'),
        (IDPS.format("4,000"), "<nav>{}</nav>"),
        (IDPS.format("<del>4,000</del>"), "{}"),
        (
            "<table><tr><th>Town</th><th>IDPs January</th><th>IDPs February</th></tr>"
            "<tr><td>Sake</td><td>4,000</td><td>5,000</td></tr></table>",
            "{}",
        ),
    ],
)
def test_other_tables_and_those_that_nobody_sees_are_left_alone(
    tmp_path: Path, gazetteer: Gazetteer, table: str, around: str
) -> None:
    path = saved(tmp_path / "report.html", table, around=around)
    assert told(path, gazetteer, "CD") == []


def test_a_row_that_the_text_lacks_is_added_to_it(tmp_path: Path, gazetteer: Gazetteer) -> None:
    path = saved(tmp_path / "report.html", IDPS.format("4,000"), around="<figure>{}</figure>")
    (article,) = read([path]).articles
    assert "Sake 4,000" in article.text.replace(" | ", " ")
    assert told(path, gazetteer, "CD") == [("hosting", "at Sake", 4000, "people")]


def test_cells_that_claim_to_span_everything_cost_little() -> None:
    from lxml.html import fromstring

    cell = '<td colspan="999999999999" rowspan="99999">Sake</td>'
    row = f"<tr>{cell * 50}</tr>"
    head = "<tr><th>Town</th><th>IDPs</th></tr>"
    page = fromstring(f"<div><table>{head}{row * 200}</table></div>")
    assert found_tables(page) == ([], 0)  # more columns than a table of figures has
    rows = f"<tr>{cell}</tr>" * 30
    page = fromstring(f"<div><table>{head}<tr><td>Sake</td><td>500</td></tr>{rows}</table></div>")
    ((_, _, grid),), _ = found_tables(page)
    assert max(map(len, grid)) <= MOST_SPANNED * 30
    assert sum(map(len, grid)) <= MOST_CELLS


def test_a_long_cell_is_neither_a_name_nor_a_figure_nor_a_title() -> None:
    stars = "*" * 300_000 + "a"  # would take minutes: its tail is looked for from each star on
    grid = [["Town", "IDPs"], [stars, "500"], ["Sake", stars], ["Goma", "700"]]
    assert list(rows_of_figures(grid, ["", "", "", "Goma 700"])) == [3]
    assert rows_of_figures([["Town", f"IDPs {stars}"], ["Goma", "700"]], ["", ""]) == {}


def test_rows_keep_their_place_in_the_text_or_come_at_its_end() -> None:
    rows = [["Town", "IDPs"], ["Sake", "4,000"]]
    inside = "Lead.\n| Town | IDPs |\n|---|---|\n| Sake | 4,000 |\nEnd."
    text, ((caption, lines, grid),) = with_rows(inside, [("IDPs by town", rows, rows)])
    assert text == inside
    assert (caption, lines) == ("IDPs by town", ["| Town | IDPs |", "| Sake | 4,000 |"])
    assert grid == rows
    text, ((_, lines, _),) = with_rows("Lead.\nEnd.", [("IDPs by town", rows, rows)])
    assert text == "Lead.\nEnd.\nIDPs by town\nTown IDPs\nSake 4,000"
    assert lines == ["Town IDPs", "Sake 4,000"]


def test_of_a_page_of_thousands_of_cells_the_figures_are_kept():
    prose = (
        "<p>Fighting went on around the town, and more people arrive in the sites every day.</p>"
    )
    figures = "<tr><th>From</th><th>To</th><th>Displaced people</th></tr>" + "".join(
        f"<tr><td>Masisi</td><td>Sake</td><td>{n}</td></tr>" for n in (1200, 340)
    )
    prices = "".join("<tr><td>maize</td><td>12</td></tr>" for _ in range(11_000))
    tables = f"<table>{figures}</table><table>{prices}</table>"
    page = f"<html><body><article><h1>Report</h1>{prose * 4}{tables}</article></body></html>"
    draft = read_html("page.html", page.encode())
    assert "Sake" in draft.text
    assert "1200" in draft.text
    assert "maize" not in draft.text
    assert "left out a large table without figures of displaced people" in draft.notes
    small = page.replace(prices, prices[: len(prices) // 11])
    assert "maize" in read_html("page.html", small.encode()).text
