"""Tables in plain texts, as programs and people align them with spaces, tabs and bars."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pytest

from gazetteer import Gazetteer
from mapgen import pipeline
from mapgen.reading.figure_tables import rows_of_figures
from mapgen.reading.text_tables import tables_in
from mapgen.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

LUUQ = [("hosting", "Luuq", 12300), ("return", "Luuq", 450), ("hosting", "Belet Hawo", 8100)]
FRAME = pd.DataFrame(
    {"District": ["Luuq", "Belet Hawo"], "IDPs": [12300, 8100], "Returnees": [450, 0]}
)
TABLES = {
    "spaces": """\
District      IDPs     Returnees
Luuq        12,300           450
Belet Hawo   8,100             -
Total       20,400           450""",
    "tabs": "District\tIDPs\tReturnees\nLuuq\t12,300\t450\nBelet Hawo\t8,100",
    "several tabs": "District\tIDPs\tReturnees\nLuuq\t\t12,300\t450\nBelet Hawo\t8,100\t-",
    "pandas": FRAME.to_string(),
    "pandas without numbers": FRAME.to_string(index=False),
    "psql": """\
  district  | idps  | returnees
------------+-------+-----------
 Luuq       | 12300 |       450
 Belet Hawo |  8100 |
(2 rows)""",
    "markdown": "| District | IDPs | Returnees |\n|---|---:|---:|\n| Luuq | 12,300 | 450 |\n"
    "| Belet Hawo | 8,100 | |",
    "pandoc": """\
  District      IDPs   Returnees
  ------------ ------ -----------
  Luuq         12,300     450
  Belet Hawo   8,100
  ------------ ------ -----------""",
    "grid": """\
+------------+--------+-----------+
| District   | IDPs   | Returnees |
+============+========+===========+
| Luuq       | 12,300 | 450       |
+------------+--------+-----------+
| Belet Hawo | 8,100  |           |
+------------+--------+-----------+""",
    "box": """\
┌────────────┬────────┬───────────┐
│ District   │ IDPs   │ Returnees │
├────────────┼────────┼───────────┤
│ Luuq       │ 12,300 │ 450       │
│ Belet Hawo │ 8,100  │           │
└────────────┴────────┴───────────┘""",
    "an empty line between rows": """\
District      IDPs     Returnees

Luuq          12,300   450

Belet Hawo    8,100    -""",
    "a title over two columns": """\
                    IDPs           Returnees
District        HH      Ind.     HH      Ind.
Luuq         2,460    12,300     90       450
Belet Hawo   1,620     8,100      -         -""",
}
AROUND = (
    "Gedo, week 7.  Rain fell.\n\nDisplaced people by district\n\n{}\n\nAll is quiet.  So far.\n"
)


def told(text: str) -> list[tuple[str, str, int | None]]:
    return [
        (row.kind.value, row.places[0].name, row.quantity.low)
        for table in tables_in(text)
        for caption, lines, grid in [table.draft]
        for _, rows in sorted(rows_of_figures(grid, lines, caption).items())
        for row in rows
    ]


@pytest.mark.parametrize("how", TABLES)
def test_columns_are_told_by_spaces_tabs_and_bars(how: str) -> None:
    text = AROUND.format(TABLES[how])
    assert told(text) == LUUQ
    for table in tables_in(text):
        caption, lines, _ = table.draft
        assert caption == "Displaced people by district"
        assert [
            text[start:].startswith(line) for start, line in zip(table.starts, lines, strict=True)
        ] == [True] * len(lines)


def test_a_second_table_has_its_own_header() -> None:
    text = "Place   IDPs\nLuuq    300\nDoolow  80\n\nPlace   Returnees\nLuuq    45\n"
    assert told(text) == [
        ("hosting", "Luuq", 300),
        ("hosting", "Doolow", 80),
        ("return", "Luuq", 45),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The army held Luuq.  IDPs fled.\nIn 2024  it rained.  People left Luuq  with 300 goats.",
        "Displaced people\n\nTime      Place        Persons detained\n10:00     Luuq         12",
        "District,IDPs,Returnees\nLuuq,12300,450",
        "Place   IDPs May   IDPs June\nLuuq    300        400",
        "Place   IDPs\n",
        "  1  2\n" * 3,
        "|\n" * 3,
        "",
    ],
)
def test_other_lines_are_left_alone(text: str) -> None:
    assert told(text) == []


def test_long_texts_of_cells_take_no_quadratic_time() -> None:
    lines = "a  1\n" * 20_000 + " " * 200_000 + "\n" + "|" * 200_000 + "\n" + "\t" * 200_000
    assert told(lines) == []


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.eml"])
def test_the_rows_are_read_in_place_of_the_running_text(name: str, tmp_path: Path) -> None:
    """A wrapped text would else be read as one sentence with all its numbers."""
    text = AROUND.format(TABLES["markdown" if name == "a.md" else "spaces"]).replace(
        "week 7", "14 February 2025"
    )
    head = "From: Desk <d@x.example>\nSubject: Gedo\nContent-Type: text/plain\n\n"
    (tmp_path / name).write_text(head + text if name == "a.eml" else text)
    settings = Settings().updated(country="SO", coder="rules")
    with Gazetteer.open() as places:
        (article,) = pipeline.read_articles([tmp_path / name], settings).articles
        made = pipeline.extract([article], places, settings)
    found = [
        (c.kind.value, c.places[0].surface, c.quantity and c.quantity.best)
        for c in made.claims
        if c.status.is_current
    ]
    assert found == LUUQ
    for claim in made.claims:
        assert article.text[claim.start : claim.end] == claim.quote
    assert "Luuq" in made.claims[0].quote
    assert "Belet" not in made.claims[0].quote
    assert all("Total" not in c.quote for c in made.claims)
