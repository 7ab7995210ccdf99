"""Items of a digest that a place heads: fighting without a place of its own is there."""

from __future__ import annotations

import pytest
from coding_kit import claims

from mapgen.model import Kind, Role

DIGEST = "Weekly digest, 6 December 2024\n\n"

AT_THE_HEAD = [
    ("Grimari: an ambush killed four soldiers on Tuesday.", "CF", Kind.CLASH, "Grimari", 4),
    ("Bouar: the army repelled an attack by the CPC, killing nine.", "CF", Kind.CLASH, "Bouar", 9),
    ("Bozoum. CPC fighters killed eleven farmers.", "CF", Kind.ATTACK_ON_CIVILIANS, "Bozoum", 11),
    ("Rutshuru: M23 and the army exchanged fire all morning.", "CD", Kind.CLASH, "Rutshuru", None),
    ("Djenné: hunters beat off an attack by jihadists.", "ML", Kind.CLASH, "Djenné", None),
    ("Gao: an army lorry struck a mine, killing three soldiers.", "ML", Kind.CLASH, "Gao", 3),
]


@pytest.mark.parametrize(("text", "country", "kind", "town", "toll"), AT_THE_HEAD)
def test_fighting_in_a_headed_item_is_at_the_town_that_heads_it(
    text: str, country: str, kind: Kind, town: str, toll: int | None
) -> None:
    [found] = claims(DIGEST + text, country)
    assert found.kind is kind
    assert [p.surface for p in found.places] == [town]
    assert (found.quantity.best if found.quantity else None) == toll


ON_A_ROAD = [
    ("Damara: Clashes continue on the road to Sibut, where no shot was fired.", "CF", "Damara"),
    ("Beni: ADF fighters attacked a convoy on the road to Eringeti.", "CD", "Beni"),
]


@pytest.mark.parametrize(("text", "country", "town"), ON_A_ROAD)
def test_fighting_on_a_road_that_leads_away_is_near_the_head(
    text: str, country: str, town: str
) -> None:
    [found] = claims(DIGEST + text, country)
    assert [(p.surface, p.role) for p in found.places] == [(town, Role.NEAR)]


NAMES_ITS_OWN = [
    ("Paoua: Aid workers said an ambush near Bocaranga killed two drivers.", "CF", ["Bocaranga"]),
    ("Sibut: calm. No clashes were reported.", "CF", []),
    ("Bambari: displaced people from Ippy told of killings there.", "CF", []),
    ("Luanda: The two presidents exchanged fire over the talks.", "AO", []),
]


@pytest.mark.parametrize(("text", "country", "towns"), NAMES_ITS_OWN)
def test_an_item_that_names_its_own_place_or_nothing_draws_nothing_at_its_head(
    text: str, country: str, towns: list[str]
) -> None:
    found = [c for c in claims(DIGEST + text, country) if c.status.is_current]
    assert [p.surface for c in found for p in c.places] == towns


def test_shots_exchanged_by_armed_parties_are_a_clash() -> None:
    [found] = claims("Rebels and soldiers traded gunfire near Kitchanga on Tuesday.", "CD")
    assert (found.kind, found.places[0].surface) == (Kind.CLASH, "Kitchanga")


MINES = [
    ("A UN convoy struck a mine near Aguelhok, wounding four soldiers.", Kind.CLASH),
    ("A lorry hit a landmine near Aguelhok on Monday.", Kind.ATTACK_ON_CIVILIANS),
]


@pytest.mark.parametrize(("text", "kind"), MINES)
def test_who_drives_on_a_mine_attacked_nobody(text: str, kind: Kind) -> None:
    [found] = claims(text, "ML")
    assert (found.kind, found.actor) == (kind, None)
