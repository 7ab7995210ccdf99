"""What a relative clause says of the past is not of the sentence around it, and the reverse."""

from __future__ import annotations

from datetime import date

import pytest
from coding_kit import gazetteer

from mapgen.coding import RuleCoder
from mapgen.coding.english.past_wars import past_war
from mapgen.model import Article, Claim, Kind, Status

PUBLISHED = date(2024, 3, 4)
AT_WAR = "Insurgents attacked the town of Quissanga on Sunday. "


def told(text: str, country: str) -> list[Claim]:
    """Return the claims of a sentence after one about fighting, in an article of March 2024."""
    article = Article(id="x", text=AT_WAR + text, country=country, published_on=PUBLISHED)
    found, _ = RuleCoder(gazetteer()).code(article)
    return [c for c in found if c.start >= len(AT_WAR)]


OF_NOW = [
    (
        "Rwandan forces still control Mocimboa da Praia, which the insurgents held for a year "
        "until August 2021.",
        "MZ",
        Kind.CONTROL_STATE,
    ),
    (
        "The prison of Badush, where Islamic State murdered 600 prisoners in 2014, was occupied "
        "this morning by the army.",
        "IQ",
        Kind.CONTROL_CHANGE,
    ),
    ("The army took Palma, which had been attacked in March 2021.", "MZ", Kind.CONTROL_CHANGE),
    (
        "In Mucojo, which the fighters captured on Friday, they have told fishermen that they may "
        "stay.",
        "MZ",
        Kind.CONTROL_CHANGE,
    ),
]


@pytest.mark.parametrize(("text", "country", "kind"), OF_NOW)
def test_the_date_of_an_aside_is_not_of_the_sentence(text: str, country: str, kind: Kind) -> None:
    assert kind in {c.kind for c in told(text, country) if c.status.is_current}


def test_the_date_of_an_aside_is_not_carried_on() -> None:
    text = (
        "Rwandan forces still control Mocimboa da Praia, which the insurgents held until August "
        "2021. The army left Metuge."
    )
    [left] = [c for c in told(text, "MZ") if c.kind is Kind.WITHDRAWAL]
    assert left.status.is_current


OF_THE_PAST = [
    ("During the Tigray war, Lalibela changed hands four times.", "ET"),
    ("Lalibela changed hands four times during the Tigray war.", "ET"),
    ("In the Gulf War, American troops captured Khafji.", "SA"),
    ("In the second Nagorno-Karabakh war Azerbaijan captured Shusha.", "AZ"),
    ("Rebels held Macomia until last week.", "MZ"),
    ("Macomia was in rebel hands until Friday.", "MZ"),
    ("Macomia had been under the control of the army.", "MZ"),
    ("Troops took Mueda in a campaign that ended in February 2023.", "MZ"),
]


@pytest.mark.parametrize(("text", "country"), OF_THE_PAST)
def test_what_is_over_is_not_drawn(text: str, country: str) -> None:
    assert not [c for c in told(text, country) if c.status.is_current]


def test_a_war_is_past_only_once_it_ended() -> None:
    words = "During the Tigray war"
    assert past_war(words, date(2023, 8, 12)) == words
    assert past_war(words, date(2021, 8, 12)) is None
    assert past_war(words, None) is None
    assert past_war("During the war in Sudan", date(2024, 8, 12)) is None


def test_what_somebody_still_occupies_did_not_just_change_hands() -> None:
    text = "The fighters still occupy Mocimboa da Praia, the port they captured in August."
    [held] = [c for c in told(text, "MZ") if c.actor is not None]
    assert (held.kind, held.status) == (Kind.CONTROL_STATE, Status.ASSERTED)
