"""What a sentence takes back: who did not do it, what no longer holds, what only lies nearby."""

from __future__ import annotations

from datetime import date

import pytest
from coding_kit import claim, claims, extract, names

from mapgen.coding.english.dates import find_dates
from mapgen.model import Kind, Precision, Role, Status


def test_neither_nor_takes_nothing() -> None:
    (found,) = claims("Neither the army nor the RSF took Umm Ruwaba.", "SD")
    assert found.status is Status.NEGATED
    assert "status:negated:Neither" in found.rules


def test_the_party_after_not_is_not_meant() -> None:
    found = claim("The army, not the RSF, captured Singa.", Kind.CONTROL_CHANGE, "SD")
    assert found.actor is not None
    assert found.actor.id == "sudan:saf"


def test_who_retook_a_town_holds_it() -> None:
    text = "Bara, which the RSF captured and the army retook, was calm."
    found = claim(text, Kind.CONTROL_CHANGE, "SD")
    assert found.status is Status.ASSERTED
    assert found.actor is not None
    assert found.actor.name == "Sudanese army"


def test_the_airport_of_a_city_is_not_the_city() -> None:
    text = "The army recaptured Khartoum airport on Friday."
    found = claim(text, Kind.CONTROL_CHANGE, "SD")
    assert [(p.name, p.role, p.precision) for p in found.places] == [
        ("Khartoum International Airport", Role.AT, Precision.SITE)
    ]


def test_people_flee_for_the_place_after_for() -> None:
    text = "Some 15,000 people have fled Xqqrt for Kosti since Friday."
    found = claim(text, Kind.DISPLACEMENT, "SD")
    assert names(found, Role.DESTINATION) == ["Kosti"]
    assert [(p.surface, p.place_id, p.lat) for p in found.places if p.role is Role.ORIGIN] == [
        ("Xqqrt", None, None)  # a place by the words around it, in no list: told, never drawn
    ]


def test_a_distance_with_a_direction() -> None:
    found = claim("The RSF is about 40 km north of El Obeid.", Kind.ADVANCE, "SD")
    assert [(p.name, p.distance_km) for p in found.places] == [("El Obeid", 40.0)]


def test_a_year_to_come_is_no_date_of_what_happened() -> None:
    assert find_dates("They took it in 2099.", date(2025, 3, 26)) == []


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("late January", (2025, 1, 21), (2025, 1, 31)),
        ("mid-January", (2025, 1, 11), (2025, 1, 20)),
        ("early January 2025", (2025, 1, 1), (2025, 1, 10)),
        ("early February", (2025, 2, 1), (2025, 2, 5)),  # what is told has happened by then
    ],
)
def test_a_part_of_a_month_is_its_third(words: str, first: tuple[int], last: tuple[int]) -> None:
    when = find_dates(f"They took it in {words}.", date(2025, 2, 5))[0].when
    assert (when.start, when.end, when.words) == (date(*first), date(*last), words)


def test_a_day_is_counted_from_the_other_happening() -> None:
    text = "M23 entered Uvira on Tuesday, residents said, two days after they captured Bukavu."
    found = extract(text, "CD", published_on=date(2025, 2, 18)).claims
    days = {p.name: c.date and (c.date.start, c.date.words) for c in found for p in c.places}
    assert days == {
        "Uvira": (date(2025, 2, 18), "Tuesday"),
        "Bukavu": (date(2025, 2, 16), "two days after"),
    }


def test_what_came_days_before_has_no_day_where_they_are_not_counted() -> None:
    text = "The army retook Singa on Friday, days after the RSF captured Sennar."
    found = extract(text, "SD", published_on=date(2024, 11, 24)).claims
    days = {p.name: c.date and c.date.start for c in found for p in c.places}
    assert days == {"Singa": date(2024, 11, 22), "Sennar": None}


def test_the_next_sentence_may_deny() -> None:
    text = "State media claimed that the army had retaken Idlib. It hasn't: rebels are there."
    (found,) = [c for c in claims(text) if c.kind is Kind.CONTROL_CHANGE]
    assert found.status is Status.NEGATED
    assert "status:negated:It hasn't" in found.rules
    assert claims("Rebels took Idlib. They had not expected that.")[0].status is Status.ASSERTED


def test_a_lie_is_denied() -> None:
    found = claim("Whoever tells you that Idlib has fallen is lying.", Kind.CONTROL_CHANGE)
    assert found.status is Status.NEGATED
    text = "A blogger complained that reports of the capture of Idlib are premature."
    assert claim(text, Kind.CONTROL_CHANGE).status is Status.NEGATED


def test_where_residents_speak_is_where_it_was() -> None:
    text = "The fall of El Fasher came first. In Bara, residents said the RSF had recaptured it."
    assert [names(c) for c in claims(text, "SD")] == [["El Fasher"], ["it"]]
    assert [p.name for c in claims(text, "SD") for p in c.places][1] == "Bārah"


def test_a_party_claims_a_town() -> None:
    found = claim("The RSF also claimed Bara on Friday.", Kind.CONTROL_CHANGE, "SD")
    assert (found.status, names(found)) == (Status.CLAIMED, ["Bara"])
    assert claims("The company claimed Bara as a market.", "SD") == []


def test_what_stands_behind_a_semicolon_hedges_nothing_before_it() -> None:
    text = "Some 400 families from Idlib trekked to Hama; more were expected."
    assert claim(text, Kind.DISPLACEMENT).status is Status.ASSERTED


def test_a_heading_that_names_a_country_turns_to_it() -> None:
    text = (
        "**Haiti\n\nGangs attacked Lascahobas.\n\n**Somalia\n\nGovernment forces had held the town "
        "since last week."
    )
    assert [n for c in claims(text, "SO") if c.kind is Kind.CONTROL_STATE for n in names(c)] == []


def test_people_from_places_told_before_are_not_the_country_s() -> None:
    text = "Aid groups put the number of people displaced from these two communes at 31,000."
    found = claim(text, Kind.DISPLACEMENT, "SO")
    assert found.places == ()


def test_who_would_be_sent_fleeing_has_not_fled() -> None:
    text = "An assault on El Fasher would send hundreds of thousands of people fleeing to Chad."
    assert claim(text, Kind.DISPLACEMENT, "SD").status is Status.HYPOTHETICAL
    text = "An assault on El Fasher sent hundreds of thousands of people fleeing to Chad."
    assert claim(text, Kind.DISPLACEMENT, "SD").status is Status.ASSERTED


def test_messages_that_are_incorrect_tell_nothing() -> None:
    text = (
        "Messages on social media saying that the M23 had also entered Lubero town are incorrect; "
        "the administrator confirms that it is calm."
    )
    (found,) = claims(text, "CD")
    assert (found.kind, found.status) == (Kind.ADVANCE, Status.NEGATED)


def test_what_was_cleared_was_not_the_town() -> None:
    text = (
        "Leaders in Aizawl, the Mizoram capital, urged them to wait until mines have been cleared."
    )
    assert claims(text, "MM") == []


def test_a_name_that_only_begins_like_a_foreign_town_is_not_that_town() -> None:
    text = "Al-Shabab militants on Wednesday captured Adan Yabaal, a town near Jowhar in Somalia."
    found = claim(text, Kind.CONTROL_CHANGE, "SO")
    # the town in Somalia, not Aden nor Adan in Yemen
    assert [(p.surface, p.name, p.precision, p.lat) for p in found.places] == [
        ("Adan Yabaal", "Adan Yabaal", Precision.SETTLEMENT, 3.7782)
    ]
    assert found.actor is not None
    assert found.actor.id == "somalia:shabaab"


def test_children_among_the_counted_are_not_counted_again() -> None:
    text = "Some 183 people, including 21 children, had been evacuated from El Fasher on Sunday."
    found = claim(text, Kind.DISPLACEMENT, "SD")
    assert found.quantity is not None
    assert found.quantity.best == 183


def test_a_sentence_without_end_is_told_and_not_read() -> None:
    text = "Rebels said " + "claims that Homs was taken and the group said " * 60 + "so."
    extraction = extract(text)
    assert extraction.claims == ()
    assert extraction.sentences[0].left_off == "longer than 300 words"


def test_a_day_before_is_one_day() -> None:
    text = "The army retook Singa on Friday, a day after the RSF captured Sennar."
    found = extract(text, "SD", published_on=date(2024, 11, 24)).claims
    days = {p.name: c.date and c.date.start for c in found for p in c.places}
    assert days == {"Singa": date(2024, 11, 22), "Sennar": date(2024, 11, 21)}
    (ago,) = find_dates("They took it a week ago.", date(2024, 11, 24))
    assert (ago.when.start, ago.when.end) == (date(2024, 11, 14), date(2024, 11, 20))
