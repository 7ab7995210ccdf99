"""A place that only says where another one lies is no place where something happened."""

from __future__ import annotations

import pytest

from mapgen.model import Kind, Role
from tests.unit.readers_kit import read_twice


def places(text: str, country: str, kind: Kind) -> set[tuple[str, str]]:
    """Return the role and the words of all places of a kind that both readers draw."""
    claims = read_twice(text, country, "2024-10-20")
    return {
        ("at" if p.role is Role.NEAR else p.role.value, p.surface)
        for c in claims
        if c.kind is kind
        for p in c.places
        if p.lat is not None
    }


MOVED, STRUCK, TAKEN = Kind.DISPLACEMENT, Kind.STRIKE, Kind.CONTROL_CHANGE


@pytest.mark.parametrize(
    ("text", "country", "kind", "told"),
    [
        ("Another 2,600 people reached Kosti, south of Khartoum, on Friday.", "SD", MOVED,
         {("destination", "Kosti")}),
        ("Some 2,000 people fled to Monguno, north-east of Maiduguri.", "NG", MOVED,
         {("destination", "Monguno")}),
        ("3,000 people fled Kobo, near Woldiya, for Alamata.", "ET", MOVED,
         {("origin", "Kobo"), ("destination", "Alamata")}),
        ("5,200 people fled to Atmeh from Khan Shaykhun, north of Hama.", "SY", MOVED,
         {("origin", "Khan Shaykhun"), ("destination", "Atmeh")}),
        ("About 9,000 people were camped in the open near Renk, at the crossing into Sudan.", "SS",
         MOVED, {("destination", "Renk")}),
        ("A missile hit a market in Kostiantynivka, near Kramatorsk, killing nine people.", "UA",
         STRUCK, {("at", "Kostiantynivka")}),
        ("Rebels captured Nawa, on the road to Damascus, on Friday.", "SY", TAKEN,
         {("at", "Nawa")}),
        ("Damour, south of Beirut, is hosting 3,400 displaced people.", "LB", Kind.HOSTING,
         {("at", "Damour")}),
    ],
)  # fmt: skip
def test_a_landmark_is_not_drawn(text, country, kind, told) -> None:
    assert places(text, country, kind) == told


@pytest.mark.parametrize(
    ("text", "country", "kind", "told"),
    [
        # named once more, as a place of its own
        ("Rebels captured Maarat al-Numan, north of Hama, and then Hama itself.", "SY", TAKEN,
         {("at", "Maarat al-Numan"), ("at", "Hama")}),
        ("Russian troops in Selydove, south of Pokrovsk, shelled Pokrovsk on Monday.", "UA", STRUCK,
         {("at", "Pokrovsk")}),
        ("Farmers in Pulka, near Gwoza, fled to Gwoza on Monday.", "NG", MOVED,
         {("origin", "Pulka"), ("destination", "Gwoza")}),
        # they went into the country, not only to the border
        ("1,200 people crossed from Renk, near the border with Sudan, into Sudan on Monday.", "SS",
         MOVED, {("origin", "Renk"), ("destination", "Sudan")}),
        # a road that people took
        ("About 900 people fled Bara on the road to El Obeid.", "SD", MOVED,
         {("origin", "Bara"), ("destination", "El Obeid")}),
        # no name before it
        ("A strike on a farm east of Izium wounded three people.", "UA", STRUCK, {("at", "Izium")}),
    ],
)  # fmt: skip
def test_a_place_told_of_stays(text, country, kind, told) -> None:
    assert places(text, country, kind) == told


def test_a_province_that_opens_a_paragraph_sets_off_what_was_told_before() -> None:
    text = (
        "NORTH DARFUR. The RSF took Mellit on Friday.\n\n"
        "NORTH KORDOFAN. Shelling of the town killed two people on Saturday.\n\n"
        "SENNAR. They cut every road out of Sinja."
    )
    kinds = {Kind.STRIKE, Kind.CLASH, Kind.SUPPLY_LINE}
    told = [c for c in read_twice(text, "SD", "2024-10-20") if c.kind in kinds]
    assert not [p for c in told for p in c.places if p.surface == "Mellit" or p.name == "Mellit"]


def test_a_town_in_brackets_is_the_unit_of_the_village_before_it() -> None:
    text = "Returns: 212 families went back from Ocaña to San Pablo (Teorama) on 26 January."
    (told,) = [c for c in read_twice(text, "CO", "2025-01-29") if c.kind is Kind.RETURN]
    far = [p for p in told.places if p.surface == "San Pablo"]
    assert [p.lat for p in far] == [None]  # the San Pablo that is listed lies 250 km off


def test_a_town_abroad_gives_way_to_the_direction_stated() -> None:
    text = "Fighters beat back an army attempt to enter Ramanathapuram, southeast of Kilinochchi."
    told = read_twice(text, "LK", "2009-01-12")
    assert all(p.lon is None or p.lon > 80 for c in told for p in c.places)  # not India's
    assert told
