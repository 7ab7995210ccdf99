"""Control told across clauses: who moved in after others left, denials in the same sentence."""

from __future__ import annotations

import pytest
from coding_kit import claims

from mapgen.model import Kind, Role, Status


def _of_kind(text: str, country: str, kind: Kind) -> list[tuple[str | None, str | None]]:
    """Return name of place and actor of every current claim of a kind."""
    return [
        (p.name or p.surface, c.actor.name if c.actor else None)
        for c in claims(text, country)
        if c.kind is kind and c.status.is_current
        for p in c.places
    ]


MOVED_IN = [
    (
        "The army left Saraqib overnight. Rebels entered at dawn.",
        "SY",
        ("Saraqib", "Rebels"),
    ),
    (
        "Soldiers withdrew from Minova on Monday. M23 rebels moved in a few hours later.",
        "CD",
        ("Minova", "M23"),
    ),
    (
        "Government troops pulled out of Lashio at noon. MNDAA fighters marched in within hours.",
        "MM",
        ("Lashio", "MNDAA"),
    ),
    (
        "The garrison abandoned Saraqib on Friday. Rebels arrived there in the evening.",
        "SY",
        ("Saraqib", "Rebels"),
    ),
]


@pytest.mark.parametrize(("text", "country", "taken"), MOVED_IN)
def test_those_who_enter_what_was_left_take_it(
    text: str, country: str, taken: tuple[str, str]
) -> None:
    assert _of_kind(text, country, Kind.CONTROL_CHANGE) == [taken]


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("The army left Saraqib overnight. Residents entered at dawn.", "SY"),
        ("The army left Saraqib overnight. Rebels did not enter.", "SY"),
        ("The army left Saraqib and Rastan. Rebels entered at dawn.", "SY"),
        ("Families left Saraqib overnight. Rebels arrived at dawn.", "SY"),
        ("The army denied that it had left Saraqib. Rebels arrived at dawn.", "SY"),
        ("The army left Saraqib overnight. Rebels arrived for talks in Ankara.", "SY"),
        ("The army left Saraqib overnight. Its soldiers arrived at dawn.", "SY"),
        ("The army left Saraqib overnight. Rebels may move in soon.", "SY"),
    ],
)
def test_nobody_takes_a_town_otherwise(text: str, country: str) -> None:
    assert _of_kind(text, country, Kind.CONTROL_CHANGE) == []


@pytest.mark.parametrize(
    ("text", "country", "actor"),
    [
        ("Kurdish fighters ringed Saraqib. Rastan fell to them on Thursday.", "SY", "Kurdish"),
        ("M23 rebels advanced on Minova. The town fell to them at noon.", "CD", "M23"),
    ],
)
def test_a_town_falls_to_those_of_the_sentence_before(text: str, country: str, actor: str) -> None:
    found = _of_kind(text, country, Kind.CONTROL_CHANGE)
    assert len(found) == 1
    assert actor in (found[0][1] or "")


DISPUTED = [
    ("Rebels announced the capture of Rastan, which the army denied.", "SY", "army"),
    ("State media announced the capture of Saraqib, which activists deny.", "SY", "activists"),
    ("The RSF said it had taken Bara, a claim the army denied.", "SD", "army"),
    ("The RSF said it had taken Bara, but the army disputed it.", "SD", "army"),
    ("M23 said it had captured Minova, an assertion that the governor rejected.", "CD", "governor"),
]


@pytest.mark.parametrize(("text", "country", "who"), DISPUTED)
def test_what_one_side_says_and_the_other_denies_is_both_claimed_and_denied(
    text: str, country: str, who: str
) -> None:
    found = [c for c in claims(text, country) if c.kind is Kind.CONTROL_CHANGE]
    assert [c.status for c in found] == [Status.CLAIMED, Status.NEGATED]
    assert who in (found[1].attribution.name if found[1].attribution else "")
    assert {p.place_id for p in found[0].places} == {p.place_id for p in found[1].places}


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Rebels announced the capture of Rastan, which the army admitted.", "SY"),
        ("Rebels captured Rastan, which the army had denied them for months.", "SY"),
        ("Rebels captured Rastan, whose mayor denied any part in it.", "SY"),
        ("Rebels captured Rastan, and the army denied using gas.", "SY"),
    ],
)
def test_other_denials_leave_a_capture_as_it_is(text: str, country: str) -> None:
    found = [c for c in claims(text, country) if c.kind is Kind.CONTROL_CHANGE]
    assert found
    assert all(c.status.is_current for c in found)


@pytest.mark.parametrize(
    ("text", "country", "place"),
    [
        ("Saraqib is out of the army's hands, a rebel commander said.", "SY", "Saraqib"),
        ("Minova is M23's again, the governor admitted.", "CD", "Minova"),
        ("The RSF was thrown out of Bara by the army on Sunday.", "SD", "Bārah"),
        ("Rebels were chased out of Saraqib by the army.", "SY", "Saraqib"),
        ("Saraqib opened its gates to the rebels on Monday.", "SY", "Saraqib"),
        ("Saraqib and Rastan are free of rebels, the army said.", "SY", "Saraqib"),
        (
            "The RSF entered part of Bara on Saturday and was thrown out of it on Sunday.",
            "SD",
            "Bārah",
        ),
        ("Rebels circled Saraqib and Rastan and then occupied both.", "SY", "Saraqib"),
    ],
)
def test_other_words_for_a_town_that_is_taken(text: str, country: str, place: str) -> None:
    assert place in [n for n, _ in _of_kind(text, country, Kind.CONTROL_CHANGE)]


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Saraqib is out of the army's reach, a rebel commander said.", "SY"),
        ("The fate of Saraqib is out of the army's hands.", "SY"),
        ("Minova is M23's next target, the governor said.", "CD"),
        ("Rebels were thrown out of talks in Geneva.", "SY"),
        ("Saraqib is free of mines, the army said.", "SY"),
        ("The hospital of Saraqib is free of charge, rebels said.", "SY"),
        ("A dam opened its gates above Saraqib on Monday, rebels said.", "SY"),
        ("The museum of Saraqib opened its gates to the rebels' families.", "SY"),
        ("Rebels and soldiers fought in Saraqib, Rastan and Hama and lost men in both.", "SY"),
    ],
)
def test_other_words_that_take_no_town(text: str, country: str) -> None:
    assert _of_kind(text, country, Kind.CONTROL_CHANGE) == []


@pytest.mark.parametrize(
    ("text", "country", "place"),
    [
        ("HTS columns drove south on Thursday. By Friday they were in Rastan.", "SY", "Ar Rastan"),
        ("M23 rebels advanced from Masisi. By evening they were inside Minova.", "CD", "Minova"),
    ],
)
def test_where_columns_have_got_to_is_an_advance(text: str, country: str, place: str) -> None:
    assert place in [n for n, _ in _of_kind(text, country, Kind.ADVANCE)]
    assert _of_kind(text, country, Kind.CONTROL_CHANGE) == []


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Thousands fled Hama on Thursday as rebels came. By Friday they were in Rastan.", "SY"),
        ("Delegates of the rebels left. By Friday they were to be in Rastan.", "SY"),
        ("The rebels said the prisoners were safe. By Friday they were not in Rastan.", "SY"),
    ],
)
def test_those_who_are_in_a_town_need_not_have_advanced(text: str, country: str) -> None:
    assert _of_kind(text, country, Kind.ADVANCE) == []


def test_the_base_is_that_of_the_sentence_before() -> None:
    text = (
        "Islamist fighters overran the army base at Marte on 1 December. The military says it "
        "regained the base the next day."
    )
    found = [c for c in claims(text, "NG") if c.kind is Kind.CONTROL_CHANGE]
    assert [[p.name for p in c.places] for c in found] == [["Marte"], ["Marte"]]
    assert {p.role for c in found for p in c.places} == {Role.NEAR}


@pytest.mark.parametrize(
    "text",
    [
        "Fighters overran the bases at Marte and Dikwa. The military says it regained the base.",
        "Fighters overran the army base at Marte. The military says it regained the bridge.",
        "Fighters overran the army base at Marte. The military says it regained a base.",
    ],
)
def test_another_base_is_not_guessed(text: str) -> None:
    found = [c for c in claims(text, "NG") if c.kind is Kind.CONTROL_CHANGE]
    assert [p.name for p in found[-1].places] == []
