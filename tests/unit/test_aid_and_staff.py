"""People whom aid reaches, staff that is moved, and titles of reports tell of no flight."""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest
from coding_kit import gazetteer

from mapgen.coding import TwoReaders
from mapgen.model import OF_DISPLACED, Article, Kind, Role


@cache
def _reader() -> TwoReaders:
    return TwoReaders(gazetteer())


def _moves(text: str, country: str) -> list[tuple[Kind, set[str], int | None]]:
    """Return what a map would draw of people who moved: where, and how many."""
    article = Article(id="t", text=text, country=country, published_on=date(2018, 10, 3))
    return [
        (c.kind, {p.surface for p in c.places}, None if c.quantity is None else c.quantity.low)
        for c in _reader().code(article)[0]
        if c.kind in OF_DISPLACED | {Kind.RETURN} and c.status.is_current and c.places
    ]


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Water trucking in Marib reaches 21,000 people a day, half the requirement.", "YE"),
        ("Food rations in Hodeidah reach 34,000 people a month.", "YE"),
        ("Two mobile clinics in Taiz serve 9,000 displaced people a week.", "YE"),
        ("Cash assistance has reached 2,400 families in Kandahar.", "AF"),
        ("Hot meals in Goma are reaching 4,500 people from Sake every day.", "CD"),
        ("Aid staff were relocated from Hodeidah to Aden.", "YE"),
        ("Humanitarian personnel have been withdrawn from Bambari to Bangui.", "CF"),
        ("The charity relocated its office from Taiz to Aden.", "YE"),
        ("MSF evacuated its team from Bambari to Bangui on Friday.", "CF"),
        ("IRAQ: Displacement in Erbil and Dohuk, situation report", "IQ"),
    ],
)
def test_nothing_is_drawn(text: str, country: str) -> None:
    assert _moves(text, country) == []


@pytest.mark.parametrize(
    ("text", "country", "told"),
    [
        (
            "Piped water in Mekelle now reaches 60,000 people, and 3,000 more arrived in the city "
            "from Adwa on Friday.",
            "ET",
            ({"the city", "Adwa"}, 3_000),
        ),
        (
            "Some 2,400 families reached Kandahar on Monday after fleeing Lashkar Gah.",
            "AF",
            ({"Kandahar", "Lashkar Gah"}, 2_400),
        ),
        (
            "Aid workers helped 700 people flee from Bambari to Bria.",
            "CF",
            ({"Bambari", "Bria"}, 700),
        ),
        (
            "Peacekeepers evacuated 300 civilians from Bambari to Bangui.",
            "CF",
            ({"Bambari", "Bangui"}, 300),
        ),
        ("Teachers and their families fled Sake for Goma.", "CD", ({"Sake", "Goma"}, None)),
    ],
)
def test_a_flight_beside_such_words_is_drawn(
    text: str, country: str, told: tuple[set[str], int | None]
) -> None:
    assert [m[1:] for m in _moves(text, country)] == [told]


def test_those_who_left_a_town_are_no_return() -> None:
    text = (
        "DISPLACEMENT\n"
        "• Erbil: around 5,100 people have returned since April.\n"
        "• Kirkuk: some 700 families have left since Sunday, mainly for Sulaymaniyah.\n"
    )
    back = [m for m in _moves(text, "IQ") if m[0] is Kind.RETURN]
    assert back == [(Kind.RETURN, {"Erbil"}, 5_100)]


@pytest.mark.parametrize(
    "text",
    [
        "Some 2,400 people have arrived in Aden, of whom 57 per cent are children.",
        "Some 2,400 people have arrived in Aden, of whom some 300 are under five.",
        "Some 2,400 people have arrived in Aden, including 90 who are older than 60.",
        "Of the 2,400 people who have fled to Aden since Friday, 310 are under five.",
        "Some 2,400 people have arrived in Aden, 54 percent of them women.",
    ],
)
def test_shares_and_ages_are_no_movements(text: str) -> None:
    article = Article(id="t", text=text, country="YE", published_on=date(2018, 10, 3))
    counted = [c.quantity for c in _reader().code(article)[0] if c.quantity]
    assert [q.low for q in counted] == [2_400]


def test_the_children_of_one_woman_are_no_figure() -> None:
    text = "She fled Taiz for Aden with three children and her mother."
    article = Article(id="t", text=text, country="YE")
    (move,) = _reader().code(article)[0]
    assert {p.surface: p.role for p in move.places} == {
        "Taiz": Role.ORIGIN,
        "Aden": Role.DESTINATION,
    }
    assert move.quantity is None


def test_a_part_with_a_place_of_its_own_is_a_movement() -> None:
    text = "About 1,500 people fled Taiz, of whom 600 went to Aden."
    assert {(frozenset(places), n) for _, places, n in _moves(text, "YE")} == {
        (frozenset({"Taiz"}), 1_500),
        (frozenset({"Taiz", "Aden"}), 600),
    }


@pytest.mark.parametrize(
    "text",
    [
        'Soldiers left Lalibela. "We counted the trucks going the other way, towards Gashena."',
        "The army lost Lalibela. A convoy of armoured vehicles left Lalibela for Gashena.",
        "Tanks rolled out of Dessie towards Kombolcha after the fighting.",
    ],
)
def test_vehicles_alone_are_no_people_who_flee(text: str) -> None:
    assert not _moves(text, "ET")


def test_vehicles_full_of_people_are() -> None:
    text = "After the attack trucks full of families left Lalibela for Gashena."
    assert [(kind, places) for kind, places, _ in _moves(text, "ET")] == [
        (Kind.DISPLACEMENT, {"Lalibela", "Gashena"})
    ]


def test_those_who_speak_are_no_people_who_flee() -> None:
    text = (
        "M23 rebels took Kamanyola after a day of shelling, two residents and a security source "
        "said, opening the road south to the lake port of Uvira."
    )
    assert not _moves(text, "CD")


@pytest.mark.parametrize(
    "words", ["with the agreement of Kinshasa", "at the request of the government"]
)
def test_troops_that_were_invited_take_no_town(words: str) -> None:
    text = f"M23 rebels attacked Goma. Uganda said that its troops had entered Bunia, {words}."
    article = Article(id="t", text=text, country="CD", published_on=date(2025, 2, 18))
    told = [c for c in _reader().code(article)[0] if c.status.is_current and c.start > 24]
    assert {c.kind for c in told} <= {Kind.REINFORCEMENT}


def test_each_row_of_a_list_is_told_once() -> None:
    text = (
        "The RSF overran El Fasher on 26 September. People fleeing El Fasher have mostly moved on "
        "foot. Arrivals by place:\n- Tawila: 16,200 people\n- Kebkabiya: 7,450 people\n- Melit: "
        "4,100 people\n\nA further 36,825 people fled Bara."
    )
    counted = sorted(n for _, _, n in _moves(text, "SD") if n is not None)
    assert counted == [4_100, 7_450, 16_200, 36_825]
    article = Article(id="t", text=text, country="SD", published_on=date(2018, 10, 3))
    found = [c for c in _reader().code(article)[0] if c.quantity is not None]
    assert len(found) == 4


def test_who_comes_on_top_of_others_did_not_flee_what_was_told_last() -> None:
    text = (
        "Militants attacked Makalondi. Troops quit the base of Tassia, and the militants moved in. "
        "Another 4,300 people arrived in Tera, bringing the total there to 21,600."
    )
    assert _moves(text, "NE") == [(Kind.DISPLACEMENT, {"Tera"}, 4_300)]


def test_a_road_that_lies_open_is_no_flight() -> None:
    text = (
        "Congo rebels seize Kamanyola as army falls back towards Uvira\n\nM23 rebels took the "
        "border town of Kamanyola on Tuesday, opening the road south to the port of Uvira."
    )
    assert not _moves(text, "CD")
