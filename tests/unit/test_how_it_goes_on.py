"""Words about other times and places: sums, deadlines, what is measured, areas, parts of a list."""

from __future__ import annotations

from datetime import date

import pytest
from coding_kit import extract, gazetteer

from mapgen.coding import TwoReaders
from mapgen.model import Article, Claim, Kind, Role, Status
from mapgen.reading.figure_tables import rows_of_figures

DAY = date(2025, 9, 13)  # a Saturday


def _claims(text: str, country: str) -> list[Claim]:
    return list(extract(text, country, published_on=DAY).claims)


def _drawn(text: str, country: str) -> set[tuple[Kind, str]]:
    current = [c for c in _claims(text, country) if c.status.is_current]
    return {(c.kind, p.surface) for c in current for p in c.places}


def _read(text: str, country: str) -> list[Claim]:
    article = Article(id="a", text=text, country=country, published_on=DAY)
    return [c for c in TwoReaders(gazetteer()).code(article)[0] if c.status.is_current and c.places]


MEASURED = [
    (
        "The army said Saturday it has recaptured the town of Bara, in what would be its most "
        "important gain since it broke the siege of the capital, El Obeid, in February.",
        "SD",
        "Bara",
        date(2025, 9, 12),
    ),
    (
        "The Arakan Army has captured Paletwa, its biggest victory since it overran a border post "
        "in November.",
        "MM",
        "Paletwa",
        None,
    ),
    ("M23 took Goma on Monday, its first gain since May.", "CD", "Goma", date(2025, 9, 8)),
]


@pytest.mark.parametrize(("text", "country", "town", "day"), MEASURED)
def test_a_month_to_compare_with_is_not_that_of_the_gain(
    text: str, country: str, town: str, day: date | None
) -> None:
    taken = [c for c in _claims(text, country) if c.kind is Kind.CONTROL_CHANGE]
    (claim,) = [c for c in taken if any(p.surface == town for p in c.places)]
    assert claim.status.is_current
    assert (claim.date.start if claim.date else None) == day


def test_a_gain_since_which_nothing_happened_has_its_month() -> None:
    (claim,) = _claims("M23 has held Goma since it took the town in August.", "CD")[:1]
    assert claim.status.is_current


BESIEGED = [
    ("The army's garrison in El Fasher remains encircled.", "SD", "El Fasher"),
    ("The garrison in Babanusa is still besieged.", "SD", "Babanusa"),
    ("Kadugli remained blockaded by the RSF.", "SD", "Kadugli"),
]
NOT_BESIEGED = [
    ("The army broke out; its garrison in Babanusa is no longer surrounded.", "SD"),
    ("El Obeid is no longer besieged by the RSF.", "SD"),
    ("The stadium in El Obeid remains crowded.", "SD"),
]


@pytest.mark.parametrize(("text", "country", "town"), BESIEGED)
def test_a_garrison_that_remains_encircled_is_besieged(text: str, country: str, town: str) -> None:
    assert (Kind.SIEGE, town) in _drawn(text, country)


@pytest.mark.parametrize(("text", "country"), NOT_BESIEGED)
def test_what_is_no_longer_so_is_not_drawn(text: str, country: str) -> None:
    assert not _drawn(text, country)


HELD = [
    ("Ukrainian forces hold all of Irpin, the mayor said.", "UA", {"Irpin"}),
    ("The Houthis hold all of Hodeidah.", "YE", {"Hodeidah"}),
    ("Russian troops do not hold all of Rubizhne.", "UA", set()),
    (
        "The Islamic State still holds Tal Afar, which it took in June 2014, and Qayyarah, which "
        "the army retook that summer before losing it again.",
        "IQ",
        {"Tal Afar", "Qayyarah"},
    ),
    ("The Islamic State took Tal Afar on Monday and lost it again.", "IQ", set()),
]


@pytest.mark.parametrize(("text", "country", "towns"), HELD)
def test_who_holds_all_of_a_town_or_still_holds_it(
    text: str, country: str, towns: set[str]
) -> None:
    held = {town for kind, town in _drawn(text, country) if kind is Kind.CONTROL_STATE}
    assert held == towns


ORDERS = [
    ("The Arakan Army ordered residents to leave Maungdaw by 10 December.", "MM", "Maungdaw"),
    ("The Kachin Independence Army told gold miners to leave Tanai by 25 December.", "MM", "Tanai"),
    ("Authorities told residents to leave Dablo by the end of December.", "BF", "Dablo"),
]


@pytest.mark.parametrize(("text", "country", "town"), ORDERS)
def test_a_day_ahead_is_not_that_of_the_year_before(text: str, country: str, town: str) -> None:
    assert (Kind.EVACUATION_ORDER, town) in _drawn(text, country)
    assert Kind.WITHDRAWAL not in {kind for kind, _ in _drawn(text, country)}


def test_an_order_of_years_ago_is_past() -> None:
    text = "In March 2022 the army ordered residents to leave Maungdaw by 10 June."
    assert not _drawn(text, "MM")


def test_those_who_are_forced_to_withdraw_are_not_those_who_forced_them() -> None:
    claims = _claims("Iraqi forces forced the militants to withdraw from Qayyarah on Friday.", "IQ")
    (left,) = [c for c in claims if c.kind is Kind.WITHDRAWAL]
    assert left.actor is not None
    assert "militants" in left.actor.name.lower()


CHAINS = [
    (
        "NSAG fighters entered Magaia village, Mazeze administrative post, Chiúre, on 3 September.",
        "MZ",
        {"Magaia"},
    ),
    ("Rebels captured Bule village, Djugu territory, Ituri, on Monday.", "CD", {"Bule"}),
    ("Rebels captured Drodro, Fataki and Bule on Monday.", "CD", {"Drodro", "Fataki", "Bule"}),
]


@pytest.mark.parametrize(("text", "country", "towns"), CHAINS)
def test_the_areas_behind_a_village_only_say_where_it_lies(
    text: str, country: str, towns: set[str]
) -> None:
    assert {p.surface for c in _read(text, country) for p in c.places} == towns


def test_the_village_is_the_first_of_a_chain() -> None:
    text = (
        "On 3 September, NSAG entered Magaia village, Mazeze administrative post, Chiúre, and "
        "burned 60 houses. The group left the village the same day."
    )
    told = _read(text, "MZ")
    assert {(c.kind, p.name or p.surface) for c in told for p in c.places} == {
        (Kind.STRIKE, "Magaia"),
        (Kind.WITHDRAWAL, "Magaia"),
    }


def test_who_gives_an_order_is_not_told_to_leave() -> None:
    text = (
        "On 5 September the administrator of Chiúre asked residents of Marera and Nanjua villages "
        "to move to the district capital, ahead of military operations."
    )
    told = [c for c in _read(text, "MZ") if c.kind is Kind.EVACUATION_ORDER]
    assert "Chiúre" not in {p.surface for c in told for p in c.places}
    assert "Marera" in {p.surface for c in told for p in c.places}


def test_the_district_that_opens_a_sentence_is_no_destination() -> None:
    text = "In Muidumbe, 2,085 people who fled arrived in Namacande on Monday."
    ends = [p.surface for c in _read(text, "MZ") for p in c.places if p.role is Role.DESTINATION]
    assert ends == ["Namacande"]


def test_groups_on_both_sides_of_a_semicolon_keep_their_places() -> None:
    text = (
        "Around 6,000 people from Nawnghkio are staying in monasteries in Kyaukme; another 1,200 "
        "households fled to Pyin Oo Lwin during the week."
    )
    moved = [c for c in _read(text, "MM") if c.quantity is not None]
    assert {(c.quantity.low, c.quantity.unit): [p.surface for p in c.places if p.role is
             Role.DESTINATION] for c in moved if c.quantity} == {
        (6000, "people"): ["Kyaukme"], (1200, "families"): ["Pyin Oo Lwin"],
    }  # fmt: skip


def test_a_day_behind_a_semicolon_belongs_to_what_stands_there() -> None:
    text = "The army shelled Waingmaw; Bhamo has been blockaded by the KIA since May."
    (strike,) = [c for c in _claims(text, "MM") if c.kind is Kind.STRIKE]
    assert strike.date is None


def test_where_they_went_a_village_was_taken_by_them_not_by_who_took_one_last() -> None:
    text = (
        "The Houthis captured Hays on Monday. The Joint Forces came back; to the east they "
        "crossed into Maqbanah, where the town of Al Barh was taken."
    )
    taken = [c for c in _claims(text, "YE") if c.places and c.places[0].surface == "Al Barh"]
    assert all(c.actor is None or "Houthi" not in c.actor.name for c in taken)


ATTEMPTS = [
    ("A first attempt on Babanusa failed on 2 September with 17 attackers killed.", "SD", True),
    ("A second attempt on Sirte failed on Thursday, and the rebels fell back.", "LY", True),
    ("An attempt on the life of the mayor of Sirte failed on Thursday.", "LY", False),
    ("A climber's attempt on Sirte failed on Thursday.", "LY", False),
]


@pytest.mark.parametrize(("text", "country", "fought"), ATTEMPTS)
def test_a_failed_attempt_on_a_town_is_fighting_there(
    text: str, country: str, *, fought: bool
) -> None:
    assert (Kind.CLASH in {kind for kind, _ in _drawn(text, country)}) is fought


def test_a_sum_is_no_strike_of_its_own() -> None:
    text = (
        "The deaths bring to 120 the number of people killed by shelling in El Fasher since May, "
        "doctors said."
    )
    assert not _drawn(text, "SD")
    told = "A shell hit a market in El Fasher on Sunday, bringing the number of dead to 400."
    assert (Kind.STRIKE, "El Fasher") in _drawn(told, "SD")


def test_a_correction_of_one_post_leaves_what_was_posted_before_it() -> None:
    text = (
        "16:35 - Correction: We wrote at 15:50 that a strike hit Tyre, killing four. The strike "
        "was in Bazouriyeh.\n\n"
        "15:50 - A strike hit Tyre, killing four, a source says.\n\n"
        "12:05 - Strikes hit Tyre and Nabatieh, the National News Agency reports."
    )
    strikes = [c for c in _claims(text, "LB") if c.kind is Kind.STRIKE]
    assert [(c.status is Status.NEGATED, len(c.places)) for c in strikes] == [
        (True, 1),
        (True, 1),
        (False, 2),
    ]


DEAD = [
    (
        "Shelling of a shelter in Rafah killed eight people, among them two who had been displaced "
        "from Khan Younis, doctors said.",
        "PS",
    ),
    ("Five of those killed in Deir al-Balah had fled Gaza City last week, relatives said.", "PS"),
    ("The victims in Deir al-Balah had recently fled Gaza City.", "PS"),
]


@pytest.mark.parametrize(("text", "country"), DEAD)
def test_the_dead_who_had_fled_are_not_displaced(text: str, country: str) -> None:
    assert Kind.DISPLACEMENT not in {c.kind for c in _read(text, country)}


def test_the_living_who_had_fled_are() -> None:
    text = "The survivors of the strike had fled Gaza City last week, relatives said."
    assert Kind.DISPLACEMENT in {c.kind for c in _read(text, "PS")}


def test_fighters_of_a_front_act_for_the_front() -> None:
    text = "Fighters of the Front for Change (FCT) captured Faya. The FCT also seized Fada."
    taken = [c for c in _claims(text, "TD") if c.kind is Kind.CONTROL_CHANGE]
    assert {c.actor.name for c in taken if c.actor} == {"Front for Change"}
    assert len(taken) == 2


def test_the_city_by_which_a_town_is_located_is_not_the_town() -> None:
    text = (
        "Forces allied to the GNA said they had taken al-Asaba, a small town southwest of Tripoli, "
        "on Thursday. An LNA spokesman said fighting was continuing on its northern edge."
    )
    told = {(c.kind, p.name) for c in _read(text, "LY") for p in c.places}
    assert "Tripoli" not in {name for _, name in told}
    assert Kind.CONTROL_CHANGE in {kind for kind, _ in told}


NO_MOVE = [
    ("Partners relocated from Ulang in mid-August, an aid worker said.", "SS"),
    ("Only 9,400 people have been reached in Akobo and Malakal.", "SS"),
    ("Malakal hosts 44,300 displaced people. The figure includes 2,100 of those who fled Ulang.",
     "SS"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "country"), NO_MOVE)
def test_partners_aid_and_parts_of_a_figure_are_no_flight(text: str, country: str) -> None:
    assert Kind.DISPLACEMENT not in {c.kind for c in _read(text, country)}


def test_what_had_happened_before_gives_the_story_no_day() -> None:
    text = (
        "Russian troops withdrew from Lyman. Russian forces had captured the town in late May and "
        "used it as a base. The General Staff reported Russian shelling of Zarichne and Torske."
    )
    strikes = [c for c in _claims(text, "UA") if c.kind is Kind.STRIKE]
    assert strikes
    assert all(c.status.is_current and c.date is None for c in strikes)


def test_the_whole_of_a_town_was_taken() -> None:
    text = "The Arakan Army has taken the whole of Ponnagyun, the group said on Friday."
    taken = [c for c in _read(text, "MM") if c.kind is Kind.CONTROL_CHANGE]
    assert [p.surface for c in taken for p in c.places] == ["Ponnagyun"]


def test_a_table_of_where_people_went_counts_them() -> None:
    grid = [
        ["From", "To", "Number", "Source"],
        ["Ulang", "Malakal", "5,230 people", "registered"],
        ["Nasir", "Akobo", "1,360 households", "authorities"],
    ]
    lines = [" | ".join(cells) for cells in grid]
    rows = rows_of_figures(grid, lines, "Movements since 3 March")
    told = [
        ([p.name for p in row.places], row.quantity.low, row.quantity.unit)
        for _, found in sorted(rows.items())
        for row in found
        if row.quantity
    ]
    assert told == [(["Ulang", "Malakal"], 5230, "people"), (["Nasir", "Akobo"], 1360, "families")]
    assert not rows_of_figures(grid, lines, "Votes counted")


def test_a_heading_with_an_arabic_article_names_the_town_below_it() -> None:
    text = (
        "Israeli troops entered Khan Younis in Gaza.\n\n"
        "Deir al-Balah\n\n"
        "Israeli troops captured the town on Friday.\n"
    )
    told = [c for c in _claims(text, "PS") if c.start > text.index("Deir") and c.places]
    assert {p.name or p.surface for c in told for p in c.places} == {"Dayr al Balaḩ"}


def test_rebels_in_syria_are_not_the_kurdish_led_forces() -> None:
    text = (
        "Turkish-backed rebels entered Tal Abyad. The Syrian Democratic Forces (SDF) left. The "
        "rebels also captured Suluk on Friday."
    )
    (claim,) = [c for c in _claims(text, "SY") if c.places and c.places[0].surface == "Suluk"]
    assert claim.actor is not None
    assert claim.actor.name == "Syrian National Army"


def test_those_who_are_told_to_leave_have_not_left() -> None:
    text = (
        "On 12 September the military administrator instructed the inhabitants of Ofay and "
        "Mungamba to leave towards Komanda. Not all have complied."
    )
    told = _read(text, "CD")
    assert Kind.DISPLACEMENT not in {c.kind for c in told}
    assert Kind.EVACUATION_ORDER in {c.kind for c in told}
