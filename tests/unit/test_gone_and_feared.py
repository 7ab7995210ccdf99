"""What ended, what is only expected, and what people do for the day are not drawn as of now."""

from __future__ import annotations

import pytest

from mapgen.model import Claim, Kind
from tests.unit.readers_kit import read_twice

_DAY = "2024-07-15"


def drawn(text: str, *kinds: Kind) -> list[Claim]:
    """Return the claims of some kinds that a map would draw."""
    return [
        c
        for c in read_twice(text, "SD", _DAY)
        if c.kind in kinds and c.status.is_current and c.places
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Fighting in Sennar ended in June.",
        "Fighting in Sennar has ended.",
        "The fighting in Sennar died down on Sunday.",
        "The clashes in Sennar ceased after elders met both sides.",
        "The shelling of Sennar stopped on Sunday.",
        "The siege of Sennar ended in June.",
        "Fighting in Sennar lasted until June.",
        "The army gave up the siege of Sennar.",
        "Fighting in Sennar is expected.",
        "Shelling of Sennar is feared.",
        "Clashes in Sennar were feared.",
        "Reports that Sennar had been shelled have no basis.",
        "Claims that Sennar was shelled are not borne out by observers.",
    ],
)
def test_fighting_that_ended_or_is_expected_is_not_drawn(text: str) -> None:
    assert drawn(text, Kind.CLASH, Kind.STRIKE, Kind.SIEGE) == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Fighting in Sennar stopped at dusk and began again at dawn.", Kind.CLASH),
        ("Fighting in Sennar stopped traffic on the main road.", Kind.CLASH),
        ("The fighting in Sennar lasted three days.", Kind.CLASH),
        ("Shells hit Sennar on Sunday, and more shelling is feared.", Kind.STRIKE),
    ],
)
def test_fighting_that_goes_on_is_drawn(text: str, kind: Kind) -> None:
    assert [p.name for c in drawn(text, kind) for p in c.places] == ["Sennar"]


@pytest.mark.parametrize(
    "text",
    [
        "The army agreed to withdraw from Sennar.",
        "The army decided on Monday to abandon Sennar.",
        "The army agreed to hand Sennar over to the Rapid Support Forces.",
        "The army withdrew a statement that the Rapid Support Forces had taken Sennar.",
        "The radio took back a report that the army had left Sennar.",
        "In those days the Rapid Support Forces still held Sennar.",
        "At the time Sennar was in the hands of the Rapid Support Forces.",
        "Before the war the Rapid Support Forces ran Sennar.",
        "When the Rapid Support Forces held Sennar, schools were closed.",
        "Last September the Rapid Support Forces held Sennar too, for nine days.",
        "As recently as May the Rapid Support Forces held Sennar.",
    ],
)
def test_what_is_agreed_or_of_times_gone_changes_no_hands(text: str) -> None:
    assert drawn(text, Kind.CONTROL_CHANGE, Kind.CONTROL_STATE, Kind.WITHDRAWAL) == []


def test_the_day_before_that_is_a_day() -> None:
    text = "The army entered Sennar on Wednesday, and captured Singa the day before that."
    assert "Singa" in {p.name for c in drawn(text, Kind.CONTROL_CHANGE) for p in c.places}


@pytest.mark.parametrize(
    "text",
    [
        "Few have left Sennar.",
        "Only a handful of people have left Sennar.",
        "No more people are leaving Sennar.",
        "In Kosti, residents of Sennar marched to the governor's office.",
        "In Kosti, residents of Sennar marched to demand weapons.",
        "Families from Sennar have been walking to Singa to buy food.",
        "In Kosti, people from Sennar walked to the bank.",
        "Around 60 university students also travelled from Sennar to Kosti to sit examinations.",
    ],
)
def test_who_stay_or_go_for_the_day_are_not_displaced(text: str) -> None:
    assert drawn(text, Kind.DISPLACEMENT) == []


@pytest.mark.parametrize(
    "text",
    [
        "A few families have left Sennar.",
        "Nearly everyone has left Sennar.",
        "Residents of Sennar fled before the march on the governor's office.",
        "More people are leaving Sennar.",
    ],
)
def test_who_do_leave_are_displaced(text: str) -> None:
    assert {p.name for c in drawn(text, Kind.DISPLACEMENT) for p in c.places} == {"Sennar"}


def test_a_number_of_fighters_is_no_number_of_displaced() -> None:
    text = "By dusk on Saturday several thousand guerrillas lay in the terraces above Sennar."
    assert [c for c in read_twice(text, "SD", _DAY) if c.kind is Kind.DISPLACEMENT] == []


def test_people_from_a_town_that_an_army_holds_are_counted() -> None:
    text = "Around 3,000 people from army-held Sennar have reached Singa since Friday."
    [flow] = drawn(text, Kind.DISPLACEMENT)
    assert flow.quantity is not None
    assert flow.quantity.low == 3000


def test_who_answers_by_shelling_says_nothing() -> None:
    text = "Army gunners answered by shelling Sennar, where two people were killed, and Singa."
    [struck] = drawn(text, Kind.STRIKE)
    assert struck.attribution is None
    assert [p.name for p in struck.places] == ["Sennar", "Singa"]


def test_towns_said_to_be_empty_are_no_source() -> None:
    text = "Helicopters fired on Sennar and Singa, two towns said to have been left by rebels."
    [struck] = drawn(text, Kind.STRIKE)
    assert struck.attribution is None


@pytest.mark.parametrize(
    "text",
    [
        "The Rapid Support Forces have cut off Sennar.",
        "Sennar has been cut off by the Rapid Support Forces.",
        "Sennar is cut off on all sides.",
    ],
)
def test_a_town_that_troops_cut_off_is_besieged(text: str) -> None:
    assert [p.name for c in drawn(text, Kind.SIEGE) for p in c.places] == ["Sennar"]


@pytest.mark.parametrize("text", ["Sennar is cut off by floods.", "Police cut off Sennar."])
def test_a_town_that_floods_or_police_cut_off_is_not(text: str) -> None:
    assert drawn(text, Kind.SIEGE) == []


def test_the_subdivision_that_a_village_is_in_is_not_struck() -> None:
    text = "A helicopter bombed Munyenge, in Muyuka subdivision, on Wednesday."
    struck = [c for c in read_twice(text, "CM", "2021-09-19") if c.kind is Kind.STRIKE]
    assert {p.name for c in struck for p in c.places} == {"Munyenge"}


def test_residents_without_supplies_are_not_displaced() -> None:
    text = "The army besieges Sennar, where several thousand residents have been without supplies."
    assert [c for c in read_twice(text, "SD", _DAY) if c.kind is Kind.DISPLACEMENT] == []
