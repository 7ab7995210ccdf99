"""The probability of a place: how often places matched alike were right."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from gazetteer import Gazetteer
from mapgen.model import Article
from mapgen.places import probability as module
from mapgen.places.geoparsing import find_toponyms
from mapgen.places.probability import kind_of, probability

TABLE = Path(module.__file__).parents[1] / "data" / "place_probability.csv"


@pytest.mark.parametrize("kind", ["elsewhere", "stated area", "subject country", "any"])
def test_a_higher_score_is_never_less_probable(kind: str) -> None:
    with TABLE.open(encoding="utf-8", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["kind"] == kind]
    scores = [float(row["from_score"]) for row in rows]
    shares = [float(row["probability"]) for row in rows]
    assert len(rows) >= 2
    assert scores == sorted(scores)
    assert shares == sorted(shares)
    assert 0 < shares[0] < shares[-1] < 1


def test_a_place_inside_the_stated_area_is_surer_than_one_elsewhere() -> None:
    inside = probability(0.6, "name name, inside the area stated")
    elsewhere = probability(0.6, "name name, elsewhere")
    assert inside > elsewhere


def test_scores_below_and_above_the_table_get_its_first_and_last_step() -> None:
    method = "name name, elsewhere"
    assert probability(0.0, method) == probability(0.28, method)
    assert probability(1.0, method) == probability(0.99, method)


def test_a_village_has_the_share_that_was_measured_on_villages() -> None:
    method = "name name of a village, in the subject country"
    assert kind_of(method) == "village"
    assert probability(0.6, method) == probability(0.8, method)
    assert 0.8 < probability(0.8, method) < 0.95


def test_a_method_that_is_rare_has_the_share_of_all() -> None:
    assert probability(0.5, "much nearer to the other places") == probability(0.5, "no such way")
    low, high = probability(0.3, "no such way"), probability(0.95, "no such way")
    assert low < 0.65
    assert high > 0.9


def test_places_carry_it_and_names_without_a_place_do_not() -> None:
    text = "Fighters took Xqqrtan village near Aleppo, Syria."
    with Gazetteer.open() as gazetteer:
        records = find_toponyms([Article(id="a", text=text)], gazetteer)
    by_name = {r.surface: r.probability for r in records if r.type == "place"}
    aleppo = by_name["Aleppo"]
    assert aleppo is not None
    assert 0.8 < aleppo < 1
    assert all(r.probability is None for r in records if r.lat is None)
    assert any(r.lat is None for r in records)
