"""Lines of other tools: the day that they give dates what the text tells, and no other day does."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from gazetteer import Gazetteer
from mapgen import pipeline
from mapgen.model import Claim, Kind
from mapgen.reading.articles import ReadResult, read
from mapgen.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

GEZIRA = "The Rapid Support Forces captured Wad Madani on Friday, witnesses said."
GOMA = "M23 rebels captured Goma on Friday, the Congolese army said."
LASHIO = "The Kachin Independence Army captured Lashio on Friday, residents said."


@pytest.fixture(scope="module")
def gazetteer() -> Iterator[Gazetteer]:
    with Gazetteer.open() as places:
        yield places


def captures(path: Path, gazetteer: Gazetteer) -> tuple[ReadResult, list[Claim]]:
    result = read([path])
    settings = Settings().updated(coder="rules")
    claims = pipeline.extract(result.articles, gazetteer, settings).claims
    return result, [c for c in claims if c.kind is Kind.CONTROL_CHANGE]


@pytest.mark.parametrize(
    ("row", "place", "day"),
    [
        (
            {"content": GEZIRA, "publishedAt": "2023-12-16T06:00:00Z", "country": "SD"},
            "Wad Madani",
            date(2023, 12, 15),
        ),
        (  # newspaper3k and newsplease
            {"maintext": GOMA, "date_publish": "2024-02-10 08:30:00", "source_domain": "e.org"},
            "Goma",
            date(2024, 2, 9),
        ),
        (  # feeds turned into JSON
            {"summary": LASHIO, "pubDate": "Sat, 27 Jul 2024 09:00:00 +0630", "link": "http://e"},
            "Lashio",
            date(2024, 7, 26),
        ),
        ({"body": GEZIRA, "date": 1702706400, "id": 1702706401}, "Wad Madani", date(2023, 12, 15)),
        (  # posts, as the first API of Twitter wrote them
            {"text": GOMA, "created_at": "Sat Feb 10 10:11:12 +0000 2024", "id": 7},
            "Goma",
            date(2024, 2, 9),
        ),
        ({"Description": GEZIRA, "Incident Date": "16/12/2023"}, "Wad Madani", date(2023, 12, 15)),
        (  # the tool's own day stands beside the article's
            {"text": GOMA, "date": "2024-02-10", "date_download": "2025-01-03 10:00:00"},
            "Goma",
            date(2024, 2, 9),
        ),
    ],
)
def test_the_day_of_the_line_dates_the_event(
    row: dict[str, Any], place: str, day: date, tmp_path: Path, gazetteer: Gazetteer
) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps(row) + "\n")
    result, found = captures(path, gazetteer)
    assert result.refused == ()
    (claim,) = found
    assert [p.surface for p in claim.places] == [place]
    assert claim.date is not None
    assert (claim.date.start, claim.date.end) == (day, day)


@pytest.mark.parametrize(
    ("row", "told"),
    [  # days of something else: nothing is dated by them, and each is told
        ({"text": GOMA, "crawled_at": "2024-02-10T00:00:00"}, "crawled_at looks like a day"),
        ({"text": GOMA, "modified": "Sat, 10 Feb 2024 00:00:00 GMT"}, "modified looks like a day"),
        ({"text": GOMA, "date": "2 days ago"}, "date holds no day that can be read (2 days ago)"),
        ({"text": GOMA, "date": "Saturday"}, "date holds no day that can be read (Saturday)"),
        ({"text": GOMA, "year": 2024, "week": "06"}, "none for the day"),
    ],
)
def test_no_other_day_dates_the_event(
    row: dict[str, Any], told: str, tmp_path: Path, gazetteer: Gazetteer
) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps(row | {"source": "The Post, Goma"}) + "\n")
    result, found = captures(path, gazetteer)
    assert [a.published_on for a in result.articles] == [None]
    assert [c.date.start if c.date else None for c in found] == [None]
    assert told in "\n".join(result.notes)
