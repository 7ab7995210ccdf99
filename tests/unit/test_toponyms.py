"""What names a place and what does not: persons, bodies, streets, demonyms, sites, ties."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from coding_kit import gazetteer

from gazetteer import distance_km
from mapgen.model import Article
from mapgen.places.geoparsing import find_toponyms
from mapgen.places.georeference import geoparse

if TYPE_CHECKING:
    from mapgen.places.toponyms import ToponymRecord

TEXT = (
    "Rebels captured the town of Saraqib in northern Idlib province on Friday. Students of the "
    "University of Aleppo and cadets of Homs Military Academy fled to Hama city. The Syrian army "
    "shelled the Idlib countryside. Drones hit Hmeimim air base. In eastern Deir ez-Zor province, "
    "Kurdish fighters crossed the Euphrates. The Aleppo offensive began on Nov. 27. Hamas said "
    "nothing of Hama."
)


def toponyms(text: str, country: str | None = None) -> list[ToponymRecord]:
    return find_toponyms([Article(id="a", text=text, country=country)], gazetteer())


def by_surface(text: str, kind: str = "place", country: str | None = None) -> dict[str, str | None]:
    return {t.surface: t.place_id for t in toponyms(text, country) if t.type == kind}


def test_a_report_is_read_as_a_person_would() -> None:
    assert by_surface(TEXT) == {
        "Saraqib": "geonames:164816",
        "northern Idlib": "part:SY-ID:north",
        "Aleppo": "geonames:170063",
        "Homs": "geonames:169577",
        "Hama": "geonames:170017",
        "Idlib": "iso:SY-ID",
        "Hmeimim air base": "supplement:air-oslk",
        "eastern Deir ez-Zor": "part:SY-DY:east",
        "Euphrates": "feature:euphrates",
    }


def test_an_organisation_is_recorded_beside_the_place_in_its_name() -> None:
    bodies = by_surface(TEXT, "organisation")
    assert set(bodies) == {"Students of the University of Aleppo", "Homs Military Academy"}
    assert set(bodies.values()) == {None}


def test_a_demonym_is_no_place_and_has_its_country() -> None:
    (syrian,) = [t for t in toponyms(TEXT) if t.type == "demonym"]
    assert (syrian.surface, syrian.country, syrian.lat, syrian.lon) == ("Syrian", "SY", None, None)


def test_offsets_are_code_points_of_the_text() -> None:
    text = "“Hé!” Families left Ḩimş — Homs — for Tartus, Syria."
    for t in toponyms(text):
        assert text[t.start : t.end] == t.surface
    assert "Homs" in by_surface(text)


@pytest.mark.parametrize(
    ("text", "surface", "country", "point"),
    [
        ("The mayor of Paris, Texas, opened a bridge.", "Paris", "US", (33.66, -95.56)),
        ("Police in Long Beach, Calif., made an arrest.", "Long Beach", "US", (33.77, -118.19)),
        ("Fighting reached Goma, in North Kivu.", "Goma", "CD", (-1.68, 29.22)),
        ("Troops left Tripoli, Lebanon, on Monday.", "Tripoli", "LB", (34.43, 35.84)),
        ("Militias fought in Tripoli and Misrata.", "Tripoli", "LY", (32.89, 13.19)),
        ("Scott County, Iowa, voted. Davenport did too.", "Scott County", "US", (41.6, -90.6)),
    ],
)
def test_the_text_around_decides_between_namesakes(
    text: str, surface: str, country: str, point: tuple[float, float]
) -> None:
    found = next(t for t in toponyms(text) if t.surface == surface)
    assert found.country == country
    assert found.lat is not None
    assert found.lon is not None
    assert distance_km(found.lat, found.lon, *point) < 30


def test_a_tie_stays_a_tie() -> None:
    (tie,) = [t for t in toponyms("A crowd gathered in Springfield.") if t.surface == "Springfield"]
    assert tie.lat is None
    assert tie.reason is not None
    assert "several places are named Springfield" in tie.reason
    assert len(tie.candidates) > 1


@pytest.mark.parametrize(
    "text",
    [
        "Mr. Jackson told Lincoln that Madison was late.",
        "Paris Hilton and Jack London met Chelsea Clinton.",
        "Reading Wuthering Heights takes a while; hope and war are its themes.",
        "Manchester United beat Leicester City FC.",
    ],
)
def test_persons_teams_and_common_words_are_left_out(text: str) -> None:
    assert by_surface(text) in ({}, {"Leicester": "geonames:2644668"})


def test_one_unknown_name_leaves_the_others_alone() -> None:
    found = by_surface("Rebels took Xqqrt, Hama and Homs in Syria.")
    assert {"Hama", "Homs", "Syria"} <= set(found)


def test_given_spans_are_resolved_in_their_order() -> None:
    text = "The University of Aleppo lies far from Royal Street and from Xqqrt."
    spans = [(4, 24), (39, 51), (61, 66)]
    first, street, unknown = gazetteer().resolve(text, spans)
    assert first.place is not None
    assert (first.place.id, first.basis) == ("geonames:170063", "part")
    assert (street.place, street.reason) == (None, "no place named Royal Street is known")
    assert (unknown.start, unknown.end, unknown.place) == (61, 66, None)


def test_a_place_that_is_not_listed_lies_around_the_town_told_of() -> None:
    text = "Shops in Hama opened. Crowds filled Nowhere Lane."
    start = text.index("Nowhere")
    town, lane = gazetteer().resolve(text, [(9, 13), (start, start + 12)])
    assert town.place is not None
    assert lane.place is not None
    assert (lane.place.id, lane.basis) == (town.place.id, "around")


@pytest.mark.parametrize(
    ("publisher", "unit"),
    [
        ("Chicopee Herald", "US-MA"),
        ("http://www.thebranson-news.example/local/1", "US-MO"),
    ],
)
def test_the_publishers_home_decides_a_tie(publisher: str, unit: str) -> None:
    text = "Fire crews in Springfield put out a blaze on Monday."
    (tie,) = geoparse(text, [], gazetteer()).references
    assert tie.place is None
    (decided,) = geoparse(text, [], gazetteer(), home=publisher).references
    assert decided.place is not None
    assert decided.place.admin1 == unit
