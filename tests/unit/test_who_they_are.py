"""Whom "they", "our forces" and the heading of a digest mean."""

from __future__ import annotations

from datetime import date

from coding_kit import extract

from mapgen.model import Kind

MAY = date(2025, 5, 25)


def _holders(text: str, country: str | None) -> list[tuple[str, str | None]]:
    return [
        (c.places[0].surface, c.actor.name if c.actor else None)
        for c in extract(text, country, published_on=MAY).claims
        if c.kind in {Kind.CONTROL_CHANGE, Kind.CONTROL_STATE} and c.status.is_current
    ]


def test_they_are_those_who_were_seen() -> None:
    text = (
        "Ethiopian soldiers left. Residents saw Fano militiamen in Debark,"
        " saying they had taken the town on Monday."
    )
    assert _holders(text, "ET") == [("the town", "Fano")]


def test_our_forces_are_those_of_the_speaker() -> None:
    text = '"Our brave forces captured Nasir on Sunday," an army spokesperson told reporters.'
    assert _holders(text, "SS") == [("Nasir", "South Sudanese army")]


def test_a_heading_with_an_aside_turns_to_another_country() -> None:
    text = (
        "Monthly digest\n\n"
        "SOMALIA (deteriorated). Government troops retook Adale from the insurgents on 3 May.\n\n"
        "NIGERIA (unchanged). Boko Haram gunmen seized Damasak on 8 May."
    )
    assert _holders(text, None) == [
        ("Adale", "Somali government forces"),
        ("Damasak", "Boko Haram"),
    ]


def test_not_so_denies_only_if_nothing_else_follows() -> None:
    held = "The army holds Djibo. Not so Arbinda, where JNIM rules."
    assert ("Djibo", "Burkina Faso army") in _holders(held, "BF")
    assert _holders("JNIM took Djibo. Not so: the army still holds it.", "BF") == []


def test_a_name_of_a_person_is_a_town_where_it_is_taken() -> None:
    text = "Nasir, which the White Army overran in March, was calm on Monday."
    assert _holders(text, "SS") == [("Nasir", "White Army")]


def test_who_speaks_of_a_shooting_is_not_who_shot() -> None:
    text = "Firing on a crowd in Gao killed seven people on 3 May; the army said militants did it."
    found = [c for c in extract(text, "ML", published_on=MAY).claims if c.places]
    assert all(c.actor is None for c in found)


def test_what_somebody_ever_took_is_of_the_past() -> None:
    text = "Kawlin was the first town that the militia ever took, on 6 May."
    assert _holders(text, "MM") == []


def test_their_town_is_the_one_that_they_fled() -> None:
    text = (
        "About 900 people from Kalafgan are sleeping in a school in Taloqan."
        " The Taliban took their town on Saturday night."
    )
    found = list(extract(text, "AF", published_on=MAY).claims)
    taken = [c.places[0].name for c in found if c.kind is Kind.CONTROL_CHANGE]
    assert taken == ["Kalafgān"]


def test_nobody_is_no_source() -> None:
    text = "A drone struck a clinic in Tibú on 3 May; neither group has claimed responsibility."
    found = [c for c in extract(text, "CO", published_on=MAY).claims if c.places]
    assert found
    assert all(c.attribution is None for c in found)


def test_the_first_of_two_armies_is_named_for_both() -> None:
    text = "Somali and Ugandan troops retook Marka on 3 May."
    assert _holders(text, "SO") == [("Marka", "Somali government forces")]


def test_jas_is_boko_haram() -> None:
    text = "Fighters of ISWAP left. Fighters of Jama'atu Ahlis Sunna (JAS) captured Banki."
    assert _holders(text, "NG") == [("Banki", "Boko Haram")]


def test_who_had_held_a_town_that_fell_does_not_hold_it() -> None:
    text = "Eredvi, which police had held since the spring, fell to the rebels on 3 May."
    assert all(actor is None or "olice" not in actor for _, actor in _holders(text, "GE"))
