"""A number in a box of key figures is read with its label, in every format that reports come in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from gazetteer import Gazetteer
from mapgen import pipeline
from mapgen.reading.articles import read
from mapgen.reading.key_figures import figures_in_boxes, goes_with
from mapgen.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator

FILES = Path(__file__).parents[1] / "data" / "reports"
TEXT = """Situation Report No. 4: South Kivu (As of 15 April 2025)
KEY FIGURES
230K people displaced in Bukavu since 1 April
2,300 families displaced from Kamanyola to Uvira
18 schools closed
HIGHLIGHTS
On 13 April, M23 fighters captured Kamanyola, a border town on the road to Uvira, after two days \
of fighting with the army.
An estimated 12,400 people fled Walungu to Bukavu on 12 April.
Three aid workers were released
OVERVIEW
The road is open again.
12,400 people displaced from Walungu
850 households returned to Kabare
85% of families without shelter"""


@pytest.fixture(scope="module")
def gazetteer() -> Iterator[Gazetteer]:
    with Gazetteer.open() as places:
        yield places


@pytest.mark.parametrize("ending", ["docx", "pdf", "html"])
def test_boxes_bullets_and_the_day_of_a_report(ending: str) -> None:
    (article,) = read([FILES / f"boxes.{ending}"]).articles
    text = article.text if ending != "html" else f"{article.title}\n{article.text}"
    assert text == TEXT
    assert (str(article.published_on), article.published_on_basis) == ("2025-04-15", "printed")


@pytest.mark.parametrize(
    ("grid", "lines"),
    [
        (
            [["12,400", "3,100"], ["people displaced from Zamzam", "families displaced"]],
            ["12,400 people displaced from Zamzam", "3,100 families displaced"],
        ),
        (
            [["12,400", "people displaced"], ["18", "schools closed"], ["", ""]],
            ["12,400 people displaced", "18 schools closed"],
        ),
        (
            [["12,400", "people displaced", "3", "deaths"], ["85%", "of IDPs", "$12M", "funding"]],
            ["12,400 people displaced", "3 deaths", "85% of IDPs", "$12M funding"],
        ),
        (
            [["~230K people displaced", "1.2 million people in need"]],
            ["~230K people displaced", "1.2 million people in need"],
        ),
        (  # a number and its label that span two columns count once
            [["12,400", "12,400", "45"], ["People fled", "People fled", "people killed"]],
            ["12,400 People fled", "45 people killed"],
        ),
        (  # two boxes with one number are two
            [["300", "300", "18"], ["people displaced", "families arrived", "schools"]],
            ["300 people displaced", "300 families arrived", "18 schools"],
        ),
        ([["Locality", "IDPs"], ["Tawila", "12,400"]], None),
        ([["No", "Locality", "IDPs"], ["1", "Tawila", "12,400"]], None),
        ([["2024", "2025"], ["12,400", "15,300"]], None),
        ([["1,200", "Tawila"], ["3,400", "Kutum"]], None),  # of what, nobody says
        ([["12,400", ""], ["people displaced", "schools closed"]], None),  # a label without number
        ([["People displaced", "12,400"]], None),
    ],
)
def test_a_table_of_boxes_is_told_from_others(
    grid: list[list[str]], lines: list[str] | None
) -> None:
    assert figures_in_boxes(grid) == lines


@pytest.mark.parametrize(
    ("line", "following", "goes"),
    [
        ("12,400", "people displaced from Zamzam", True),
        ("1.2 million", "IDPs in North Darfur", True),
        ("2025", "Elections were held.", False),
        ("12,400", "The army left the town. People displaced by it came back.", False),
        ("12,400 people", "displaced families", False),
        ("M23", "displaced families", False),
        ("12 400", "displaced families", True),
        ("41,200 300", "displaced families", False),  # two figures
        ("", "displaced families", False),
    ],
)
def test_a_line_with_a_number_goes_with_its_label(line: str, following: str, goes: bool) -> None:
    assert goes_with(line, following) is goes


def test_lines_of_a_plain_text_are_read_together(tmp_path: Path, gazetteer: Gazetteer) -> None:
    path = tmp_path / "report.txt"
    path.write_text(
        "DRC: Flash update (As of 15 April 2025)\nKEY FIGURES\n230K\nPeople displaced in Bukavu\n"
        "2,300\nHouseholds displaced from Kamanyola to Uvira\nHIGHLIGHTS\n"
        "\uf0b7 On 13 April, M23 fighters captured Kamanyola.\n",
        "utf-8",
    )
    result = read([path])
    claims = pipeline.extract(result.articles, gazetteer, Settings()).claims
    told = [
        (
            c.kind.value,
            c.quantity and (c.quantity.best, c.quantity.unit),
            [p.name for p in c.places],
        )
        for c in claims
    ]
    assert ("displacement", (230_000, "people"), ["Bukavu"]) in told
    assert ("displacement", (2_300, "families"), ["Kamanyola", "Uvira"]) in told
    assert ("control_change", None, ["Kamanyola"]) in told
    text = result.articles[0].text
    assert all(text[c.start : c.end] == c.quote for c in claims)
