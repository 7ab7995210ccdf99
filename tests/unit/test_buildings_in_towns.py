"""A building or a post in a town is not the town: it is drawn as ground near it."""

from __future__ import annotations

from datetime import date

import pytest
from coding_kit import actor_name, claims, gazetteer

from mapgen.coding import TwoReaders
from mapgen.coding.second_reader.finding import _inside, _part_behind
from mapgen.model import Article, Claim, Kind, Role


@pytest.fixture(scope="module")
def readers() -> TwoReaders:
    return TwoReaders(gazetteer())


def _taken(found: list[Claim]) -> list[tuple[str, Role]]:
    told = [c for c in found if c.kind is Kind.CONTROL_CHANGE and c.status.is_current]
    return [(p.surface, p.role) for c in told for p in c.places]


BUILDINGS = [
    # country, text, town
    ("SD", "RSF fighters seized the police station in Sennar on Saturday.", "Sennar"),
    ("UA", "Pro-Russian gunmen took over the mayor's office in Horlivka on Monday.", "Horlivka"),
    ("UA", "Separatists seized the regional administration building in Luhansk.", "Luhansk"),
    ("HT", "Viv Ansanm gunmen took over the police academy in Mirebalais on Sunday.", "Mirebalais"),
    (
        "SD",
        "The RSF said it had taken control of the presidential palace in Khartoum and the airport.",
        "Khartoum",
    ),
    ("CD", "M23 rebels took over the town hall of Minova and hoisted their flag.", "Minova"),
    ("MM", "The Arakan Army captured an army base near Minbya on Monday.", "Minbya"),
    ("CD", "M23 rebels overran the airport at Goma on Monday.", "Goma"),
    ("BF", "The army base in Djibo was captured by JNIM on Sunday.", "Djibo"),
    ("SD", "The police station of Kutum fell to the RSF on Saturday.", "Kutum"),
]


@pytest.mark.parametrize(("country", "text", "town"), BUILDINGS)
def test_a_building_is_near_its_town(
    country: str, text: str, town: str, readers: TwoReaders
) -> None:
    article = Article(id="t", text=text, country=country, published_on=date(2024, 12, 6))
    assert _taken(readers.code(article)[0]) == [(town, Role.NEAR)]


def test_the_town_is_taken_where_the_text_says_so() -> None:
    text = "The Taliban captured the police headquarters in Ghazni, and the city fell to them."
    assert ("the city", Role.AT) in _taken(claims(text, "AF"))
    text = "The RSF took control of the town of Singa and of its bridge."
    assert _taken(claims(text, "SD"))[0] == ("Singa", Role.AT)
    text = "M23 took control of Goma, where an army base is, on Monday."
    assert _taken(claims(text, "CD"))[0] == ("Goma", Role.AT)


def test_parts_before_and_behind_a_name() -> None:
    assert _inside().search("seized the army base in the city of ")
    assert _inside().search("took the offices near ")
    assert not _inside().search("took the port city of ")
    assert not _inside().search("seized the base, and ")
    assert _part_behind().match("'s police station on Monday")
    assert _part_behind().match(" military airport")
    assert not _part_behind().match(", where an army base")
    assert not _part_behind().match(" police chief said")


def test_gunmen_for_russia_are_not_its_army() -> None:
    found = claims("Pro-Russian gunmen seized Horlivka on Monday.", "UA")
    assert [actor_name(c) for c in found] == ["Russian-backed separatists"]
