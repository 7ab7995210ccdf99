"""Names become places where the article gives ground for it; other names stay names."""

from __future__ import annotations

import pytest
from coding_kit import gazetteer

from mapgen.core.tables.actors import default_table
from mapgen.places.georeference import Geoparse, geoparse


def found(text: str, country: str | None = None) -> Geoparse:
    taken = default_table().spans(text)
    return geoparse(text, taken, gazetteer(), country)


def places(text: str, country: str | None = None) -> dict[str, str | None]:
    """Return the surface of each toponym with the place id it got."""
    return {r.surface: r.place.id if r.place else None for r in found(text, country).references}


@pytest.mark.parametrize(
    "sentence",
    [
        "Hamas released two men.",
        "Paris Hilton gave a party.",
        "Traffic on Lebanon Street was slow.",
        "Colonel Douma met his officers.",
        "The writer Jack London loved dogs.",
        "Leeds United beat its rivals.",
        "The Idlib Brigade was dissolved.",
    ],
)
def test_persons_bodies_and_streets_are_no_places(sentence: str) -> None:
    assert places(sentence, "SY") == {}


def test_hama_is_found_beside_hamas() -> None:
    assert places("Hamas has an office in Hama.", "SY") == {"Hama": "geonames:170017"}


def test_the_place_named_behind_a_comma_decides() -> None:
    (first, *_) = found("He moved to Paris, Texas, last year.").references
    assert first.place is not None
    assert first.place.country == "US"


def test_the_container_in_the_text_wins_over_the_country_given() -> None:
    (first, *_) = found("They live in Damascus, Maryland.", "SY").references
    assert first.place is not None
    assert first.place.admin1 == "US-MD"


def test_a_name_unknown_where_the_text_puts_it_is_kept_with_the_reason() -> None:
    (first, *_) = found("They live in Homs, Maryland.", "SY").references
    assert first.place is None
    assert first.reason is not None
    assert "Maryland" in first.reason


def test_the_subject_country_decides_between_namesakes() -> None:
    tripoli = {c: places("Shells fell on Tripoli.", c)["Tripoli"] for c in ("LB", "LY")}
    assert tripoli["LB"] != tripoli["LY"]
    assert None not in tripoli.values()


def test_the_subject_country_is_the_one_most_places_are_in() -> None:
    assert found("Aleppo, Hama and Idlib were calm; London had rain.").country == "SY"


@pytest.mark.parametrize(
    ("sentence", "surface", "place_id"),
    [
        ("Fighting went on along the Iraqi border.", "the Iraqi border", "border:SY-IQ"),
        ("Trucks waited at the border with Jordan.", "the border with Jordan", "border:SY-JO"),
        ("Nothing moved in eastern Syria.", "eastern Syria", "part:SY:east"),
    ],
)
def test_phrases_for_areas(sentence: str, surface: str, place_id: str) -> None:
    (reference,) = found(sentence, "SY").references
    assert reference.surface == surface
    assert reference.place is not None
    assert reference.place.precision in {"line", "region"}
    assert reference.place.id == place_id


def test_a_name_broken_by_a_line_end_is_found() -> None:
    assert list(places("Nothing moved in Deir  ez-Zor today.", "SY")) == ["Deir ez-Zor"]


def test_offsets_are_those_of_the_text() -> None:
    text = "Idlib’s schools and Maarat al-Numan’s market were shut."
    for r in found(text, "SY").references:
        assert text[r.start : r.end] == r.surface
