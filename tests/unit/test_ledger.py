"""Articles by source and day: what was printed first, what again, and where a gap is."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date, timedelta

import pandas as pd
import pyogrio
import pytest
from situation_kit import ARMY, RIVALS, Desk, FakeAtlas, place

from mapgen.drawing.data.ledger_table import MOST_COLUMNS, ledger_table
from mapgen.drawing.data.page_data import page_data, picture_data
from mapgen.export import write
from mapgen.export.frames.ledger_frame import ledger_frame
from mapgen.export.report.content import report_of
from mapgen.merging.events import situation_of
from mapgen.merging.reprints import near_duplicates
from mapgen.model import Article, Kind
from mapgen.settings import Settings
from mapgen.situation.ledger import ledger
from mapgen.situation.shown import shown

MONDAY = date(2031, 5, 5)
WIRE = (
    "Fighters of the River Front entered the town of Alba before dawn and raised their flag over "
    "the district office, two residents told the agency by telephone."
)


def day(number: int) -> date:
    return MONDAY + timedelta(days=number)


def article(name: str, source: str | None, on: date | None, text: str = "", **more: str) -> Article:
    basis = more.get("basis", "printed") if on else None
    text = text or " ".join(f"word-{name}-{n}" for n in range(12))  # like no other text
    return Article(id=name, text=text, source=source, published_on=on, published_on_basis=basis)


def rows(*articles: Article) -> list[tuple[str | None, date | None, int, int]]:
    found = ledger(articles, near_duplicates(articles))
    return [(row.source, row.day, row.n_articles, row.n_reprints) for row in found]


def shown_of(*articles: Article):
    """Return what may be shown of the articles, of which the first reports that Alba was taken."""
    desk = Desk().article(articles[0].id)
    alba = place("t:alba")
    desk.say(
        articles[0].id,
        "The River Front took Alba.",
        Kind.CONTROL_CHANGE,
        alba,
        actor=RIVALS,
        from_actor=ARMY,
    )
    extraction = replace(desk.extraction(), articles=articles, sentences=())
    return shown(situation_of(extraction), FakeAtlas(), Settings())


def test_each_source_and_day_is_counted() -> None:
    assert rows(
        article("a", "River Post", day(2)),
        article("b", "River Post", day(0)),
        article("c", "Coast Radio", day(0)),
        article("d", "River Post", day(2)),
    ) == [
        ("Coast Radio", day(0), 1, 0),
        ("River Post", day(0), 1, 0),
        ("River Post", day(2), 2, 0),
    ]


def test_a_wire_story_in_three_papers_is_told_once_where_it_stood_first() -> None:
    found = rows(
        article("a", "Coast Radio", day(1), f"{WIRE} Coast Radio adds a line."),
        article("b", "River Post", day(2), WIRE),
        article("z", "The Wire", day(0), WIRE),
        article("c", "River Post", day(2)),
    )
    assert found == [
        ("Coast Radio", day(1), 1, 1),
        ("River Post", day(2), 2, 1),
        ("The Wire", day(0), 1, 0),
    ]
    assert sum(n - again for _, _, n, again in found) == 2  # the wire story and one more


def test_a_source_that_prints_its_story_twice_told_it_once() -> None:
    assert rows(
        article("a", "River Post", day(0), WIRE), article("b", "River Post", day(0), WIRE)
    ) == [("River Post", day(0), 2, 1)]


def test_what_has_no_day_or_no_source_comes_last() -> None:
    assert rows(
        article("a", None, day(0)),
        article("b", "River Post", None),
        article("c", "River Post", day(3)),
        article("d", "River Post", day(4), basis="inferred"),
        article("e", "  ", None),
    ) == [
        ("River Post", day(3), 1, 0),
        ("River Post", None, 2, 0),  # an inferred day is none
        (None, day(0), 1, 0),
        (None, None, 1, 0),
    ]


def test_an_undated_copy_is_the_reprint_of_a_dated_one() -> None:
    assert rows(
        article("a", "Coast Radio", None, WIRE), article("b", "The Wire", day(5), WIRE)
    ) == [
        ("Coast Radio", None, 1, 1),
        ("The Wire", day(5), 1, 0),
    ]


def test_spellings_of_one_source_are_one_source() -> None:
    assert rows(
        article("a", "Al-Jazirah", day(0)),
        article("b", "Al Jazirah", day(0)),
        article("c", "AL-JAZIRAH ", day(0)),
        article("d", "Al-Jazirah", day(0)),
        article("e", "صوت النهر", day(0)),
        article("f", "صوت الساحل", day(0)),
    ) == [
        ("Al-Jazirah", day(0), 4, 0),
        ("صوت الساحل", day(0), 1, 0),
        ("صوت النهر", day(0), 1, 0),
    ]


def test_the_page_has_a_column_for_each_day_also_for_quiet_ones() -> None:
    table = ledger_table(
        shown_of(
            article("a", "River Post", day(0), WIRE),
            article("b", "Coast Radio", day(3), WIRE),
            article("c", "Coast Radio", day(3)),
            article("d", "Coast Radio", None),
        )
    )
    assert table == {
        "type": "day",
        "days": ["2031-05-05", "2031-05-06", "2031-05-07", "2031-05-08"],
        "sources": [
            {"source": "Coast Radio", "cells": [[3, 1, 1], [4, 1, 0]]},
            {"source": "River Post", "cells": [[0, 1, 0]]},
        ],
    }


@pytest.mark.parametrize(
    ("last", "span", "days"),
    [
        (day(MOST_COLUMNS - 1), "day", [day(n).isoformat() for n in range(MOST_COLUMNS)]),
        (day(20), "week", ["2031-04-28", "2031-05-05", "2031-05-12", "2031-05-19"]),
        (date(2031, 10, 1), "month", [f"2031-{n:02}-01" for n in range(5, 11)]),
        (date(2034, 1, 1), "year", [f"{n}-01-01" for n in range(2031, 2035)]),
        (date(2099, 1, 1), "year", ["2031-01-01", "2099-01-01"]),
    ],
)
def test_many_days_are_counted_by_week_month_or_year(last, span, days) -> None:
    early = day(-1) if span == "week" else day(0)  # a Sunday is in the week of the Monday before
    table = ledger_table(shown_of(article("a", "River Post", early), article("b", "Wire", last)))
    assert (table["type"], table["days"]) == (span, days)
    assert [s["cells"] for s in table["sources"]] == [[[0, 1, 0]], [[len(days) - 1, 1, 0]]]


def test_the_first_and_the_last_day_there_can_be() -> None:
    table = ledger_table(shown_of(article("a", "A", date.min), article("b", "B", date.max)))
    assert table["days"] == ["0001-01-01", "9999-01-01"]


def test_the_page_has_the_table_only_if_there_is_something_to_compare() -> None:
    one = article("a", "River Post", day(0))
    two = shown_of(one, article("b", "River Post", None))
    assert page_data(two)["ledger"]["sources"] == [
        {"source": "River Post", "cells": [[0, 1, 0], [1, 1, 0]]}
    ]
    assert "ledger" not in picture_data(two)
    assert "ledger" not in page_data(shown_of(one))


def test_the_table_beside_the_map(tmp_path) -> None:
    told = shown_of(
        article("a", "River Post", day(0), WIRE),
        article("b", "=Coast Radio", day(1), WIRE),
        article("c", "=Coast Radio", day(1)),
        article("d", None, None),
    )
    write(told, tmp_path / "map.html", ("csv",))
    text = (tmp_path / "map.sources.csv").read_bytes().decode("utf-8")
    assert text.startswith("\ufeff")  # Excel reads it as UTF-8
    assert list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""))) == [
        ["source", "published_on", "n_articles", "n_reprints"],
        ["'=Coast Radio", "2031-05-06", "2", "1"],
        ["River Post", "2031-05-05", "1", "0"],
        ["", "", "1", "0"],
    ]


def test_the_ledger_in_a_geopackage_a_report_and_python(tmp_path) -> None:
    told = shown_of(
        article("a", "River Post", day(0), WIRE),
        article("b", "Coast Radio", day(1), WIRE),
        article("c", "Coast Radio", day(3)),
        article("d", None, None),
    )
    write(told, tmp_path / "map.gpkg")
    table = pyogrio.read_dataframe(tmp_path / "map.gpkg", layer="sources")
    kept = [
        ("Coast Radio", "2031-05-06", 1, 1),
        ("Coast Radio", "2031-05-08", 1, 0),
        ("River Post", "2031-05-05", 1, 0),
        (None, None, 1, 0),
    ]
    found = [
        (
            row["source"] if isinstance(row["source"], str) else None,
            None if pd.isna(row["published_on"]) else str(row["published_on"])[:10],
            row["n_articles"],
            row["n_reprints"],
        )
        for row in table.to_dict("records")
    ]
    assert found == kept
    frame = ledger_frame(told)
    assert [
        (source, day and day.isoformat(), n, again)
        for source, day, n, again in frame.itertuples(index=False)
    ] == kept
    lists = dict(report_of(told).lists)
    assert [line.text for line in lists["Articles by source"]] == [
        "Coast Radio: 2 articles, 1 of them a reprint, 6 May 2031 to 8 May 2031",
        "River Post: 1 article, 5 May 2031",
        "No source named: 1 article, undated",
    ]
    assert "Articles by source" not in dict(report_of(shown_of(article("a", "x", day(0)))).lists)
