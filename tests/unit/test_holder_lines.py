"""Lists of who holds what, without verbs: "Manbij: SDF (was ISIS)", "Azaz: split"."""

from __future__ import annotations

from datetime import date

import pytest

from mapgen.model import Kind
from mapgen.reasons import CONTESTED
from tests.unit.coding_kit import extract

_CONTROL = {Kind.CONTROL_CHANGE, Kind.CONTROL_STATE}
_SYRIA = date(2016, 12, 10)

_NORTH = """Control of the north, Saturday

- Manbij: SDF
- Jarabulus: FSA (was ISIS). Taken on Wednesday.
- Al-Bab: split
- Azaz: FSA, as it has been since 2012.
- Dabiq: FSA since 16 October. Akhtarin and Marea, since 3 October.
- Raqqa: ISIS.
- Nubl: neutral
- Tell Rifaat: YPG in the centre, FSA on the southern edge
- Aleppo: 31,000 IDPs
- Homs: SOHR reports three dead
- Hama: Kerry said nothing
"""


def _holders(text: str, country: str, day: date) -> dict[str, str | None]:
    """Return who is told to hold each place now; None if it is contested."""
    told = [c for c in extract(text, country, published_on=day).claims if c.kind in _CONTROL]
    return {
        p.surface: c.actor.name if c.actor else None
        for c in told
        if c.status.is_current
        for p in c.places
    }


def test_a_list_says_who_holds_each_place() -> None:
    assert _holders(_NORTH, "SY", _SYRIA) == {
        "Manbij": "Kurdish-led forces (SDF)",
        "Jarabulus": "Free Syrian Army",
        "Al-Bab": None,
        "Azaz": "Free Syrian Army",
        "Dabiq": "Free Syrian Army",
        "Akhtarin": "Free Syrian Army",
        "Marea": "Free Syrian Army",
        "Raqqa": "Islamic State (ISIS)",
        "Tell Rifaat": None,
    }


def test_a_place_that_was_others_changed_hands_on_the_day_of_its_line() -> None:
    told = extract(_NORTH, "SY", published_on=_SYRIA).claims
    found = {p.surface: c for c in told if c.kind is Kind.CONTROL_CHANGE for p in c.places}
    assert set(found) == {"Jarabulus", "Dabiq", "Akhtarin", "Marea"}
    taken = found["Jarabulus"]
    assert taken.from_actor is not None
    assert taken.from_actor.name == "Islamic State (ISIS)"
    assert taken.date is not None
    assert taken.date.start == date(2016, 12, 7)
    assert taken.quote == "Jarabulus: FSA (was ISIS"
    assert found["Dabiq"].from_actor is None  # nobody says from whom
    since = found["Akhtarin"].date
    assert since is not None
    assert since.start == date(2016, 10, 3)


@pytest.mark.parametrize(
    ("text", "country", "day", "holders"),
    [
        (
            "Who holds what:\nLaukkai: junta.\nKunlong: MNDAA since 12 November.\n"
            "Hsenwi: both in it, house by house.\nLashio: junta, unchanged.\nMuse: MNDAA?",
            "MM",
            date(2023, 11, 22),
            {
                "Laukkai": "Myanmar military",
                "Kunlong": "MNDAA",
                "Hsenwi": None,
                "Lashio": "Myanmar military",
            },
        ),
        (
            "Goma: M23 since 27 January\nBukavu: M23 (was FARDC)\nUvira: FARDC\n"
            "Butembo: FARDC says it is calm\nMinova: M23 spokesman Kanyuka denies looting",
            "CD",
            date(2025, 2, 20),
            {"Goma": "M23", "Bukavu": "M23", "Uvira": "Congolese army"},
        ),
        (
            "* Nyala: RSF, apart from the airport.\n* El Obeid: SAF.\n"
            "* Bara: NOT confirmed. The RSF says taken, the army says its men are inside.\n"
            "* Kadugli: unconfirmed. The RSF says taken.",
            "SD",
            date(2023, 11, 22),
            {"Nyala": "Rapid Support Forces", "El Obeid": "Sudanese army", "Bara": None},
        ),
        (
            "- Kherson: Russia\n- Mykolaiv: Ukraine\n- Mariupol: contested",
            "UA",
            date(2022, 3, 10),
            {"Kherson": "Russian forces", "Mykolaiv": "Ukrainian forces", "Mariupol": None},
        ),
    ],
)
def test_lists_of_other_wars(
    text: str, country: str, day: date, holders: dict[str, str | None]
) -> None:
    assert _holders(text, country, day) == holders


def test_a_split_place_is_contested() -> None:
    told = extract(_NORTH, "SY", published_on=_SYRIA).claims
    split = [c for c in told if any(r.how == CONTESTED for r in c.reasons)]
    assert [p.surface for c in split for p in c.places] == ["Al-Bab", "Tell Rifaat"]


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Offices:\n- Kyiv: Ukraine\n- Warsaw: Poland\n- Moscow: Russia", "UA"),
        ("Attacks this week:\n- Manbij: SDF\n- Azaz: SNA\n- Afrin: SNA", "SY"),
        ("Killed on Sunday:\n- Manbij: SDF 3\n- Azaz: SNA 2", "SY"),
        ("Goma: UNHCR, WFP\nBukavu: MSF\nUvira: UNICEF, since May", "CD"),
        ("Saraqib: SOHR.\nIdlib: White Helmets, as before.\nHama: Reuters", "SY"),
        ("Bamako: the army denies it has lost Kidal.", "ML"),
    ],
)
def test_other_lists_tell_no_holder(text: str, country: str) -> None:
    assert _holders(text, country, date(2024, 12, 6)) == {}


def _withdrawn(text: str, country: str) -> list[tuple[str | None, str]]:
    told = extract(text, country, published_on=date(2025, 2, 20)).claims
    assert not any(c.kind is Kind.DISPLACEMENT for c in told), "forces do not flee as people do"
    return [
        (c.actor.name if c.actor else None, p.surface)
        for c in told
        if c.kind is Kind.WITHDRAWAL
        for p in c.places
    ]


@pytest.mark.parametrize(
    ("text", "country", "who", "place"),
    [
        (
            "Mizda: Haftar's people drove out on Friday; nobody has driven in.",
            "LY",
            "Libyan National Army (LNA)",
            "Mizda",
        ),
        ("Walikale: M23's men drove out on Thursday.", "CD", "M23", "Walikale"),
        ("Salamiyah: HTS's people walked out.", "SY", "Hayat Tahrir al-Sham", "Salamiyah"),
        ("The RSF's people have moved out of Bara.", "SD", "Rapid Support Forces", "Bara"),
    ],
)
def test_the_people_of_a_party_withdraw(text: str, country: str, who: str, place: str) -> None:
    assert _withdrawn(text, country) == [(who, place)]


@pytest.mark.parametrize(
    "text",
    [
        "Walikale: the town's people drove out on Thursday as M23 came closer.",
        "Walikale: the bank's people moved out on Friday.",
        "Walikale: M23's men drove out the militia on Thursday.",
        "Walikale: M23's people went out for water on Thursday.",
    ],
)
def test_no_forces_withdraw(text: str) -> None:
    told = extract(text, "CD", published_on=date(2025, 2, 20)).claims
    assert not any(c.kind is Kind.WITHDRAWAL for c in told)
