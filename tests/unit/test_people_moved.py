"""Who moved, from where, to where and how many, as a careful reader of reports would say.

Each kind has texts on other wars than those on which it was found, half of them traps.
"""

from __future__ import annotations

import functools
from datetime import date

import pytest
from coding_kit import gazetteer
from flight_kit import moves

from mapgen.coding import TwoReaders
from mapgen.coding.english.article_context import context_of
from mapgen.coding.english.figure_shares import share_before
from mapgen.coding.english.quantities import find_figures
from mapgen.merging.units import group, units_of
from mapgen.model import Article, Claim, Kind, Role
from mapgen.reading.line_wrapping import paragraph_starts

Told = tuple[frozenset[str], frozenset[str], str]  # origins, destinations, words of the figure


@functools.cache
def _coder() -> TwoReaders:
    return TwoReaders(gazetteer())


def _claims(text: str, day: date) -> list[Claim]:
    article = Article(
        id="x",
        text=text,
        published_on=day,
        published_on_basis="given",
        language="en",
        paragraphs=paragraph_starts(text),
    )
    return [c for c in _coder().code(article)[0] if c.status.is_current and c.places]


def _flights(text: str, day: date) -> set[Told]:
    """Return the flights that both readers make of a text."""
    return {
        (
            frozenset(
                _name(c, n) for n, p in enumerate(c.places) if p.role is not Role.DESTINATION
            ),
            frozenset(_name(c, n) for n, p in enumerate(c.places) if p.role is Role.DESTINATION),
            c.quantity.words if c.quantity is not None else "",
        )
        for c in _claims(text, day)
        if c.kind is Kind.DISPLACEMENT
    }


def _name(claim: Claim, number: int) -> str:
    place = claim.places[number]
    return place.surface if place.surface[:1].isupper() or place.name is None else place.name


def _told(origins: str, destinations: str, words: str = "") -> Told:
    left, reached = (
        frozenset(w.strip() for w in names.split(",") if w.strip())
        for names in (origins, destinations)
    )
    return left, reached, words


SUDAN, DRC, UKRAINE = date(2025, 10, 28), date(2024, 2, 8), date(2023, 5, 25)

HEARD = [
    "Five inhabitants of Djibo reached over WhatsApp said there was no salt left in the shops.",
    "Four families of Djibo reached by this newspaper confirmed that shops had been looted.",
    "Six residents of Djibo, reached separately, described the same column of lorries.",
    "Four residents of Dessie reached on Monday described something different.",
]


@pytest.mark.parametrize("text", HEARD)
def test_those_whom_a_reporter_reached_have_not_moved(text: str) -> None:
    assert _flights(text, date(2023, 2, 8)) == set()


CAME = [
    ("Six families of Bukavu reached Goma on Monday.", DRC, _told("Bukavu", "Goma", "Six")),
    (
        "Some 300 residents of Djibo reached Ouahigouya on Tuesday, the town hall said.",
        date(2023, 2, 8),
        _told("Djibo", "Ouahigouya", "Some 300"),
    ),
    (
        "Forty people from Bara who reached El Obeid on Monday described executions.",
        SUDAN,
        _told("Bara", "El Obeid", "Forty"),
    ),
]


@pytest.mark.parametrize(("text", "day", "told"), CAME)
def test_those_who_reached_a_town_have_moved(text: str, day: date, told: Told) -> None:
    assert _flights(text, day) == {told}


ENDED = [
    "Until Friday Wad Madani was sheltering half a million people who had fled Khartoum.",
    "Bara, which until Saturday hosted 12,000 displaced families from Nyala, is empty now.",
    "Until last week Bara was sheltering 30,000 displaced people.",
    "Before it fell, Bara had been hosting 300,000 people displaced from Nyala.",
]


@pytest.mark.parametrize("text", ENDED)
def test_a_stay_that_ended_is_neither_a_flight_nor_a_stock_of_now(text: str) -> None:
    found = [c for c in _claims(text, SUDAN) if c.kind in {Kind.DISPLACEMENT, Kind.HOSTING}]
    assert found == []


GOES_ON = [
    (
        "Until the road reopens, Kaya is sheltering 60,000 people who fled Djibo.",
        date(2023, 2, 8),
        _told("Djibo", "Kaya", "60,000"),
    ),
    (
        "Until Tuesday only 2,000 people had fled Bara for El Obeid, the mayor said.",
        SUDAN,
        _told("Bara", "El Obeid", "2,000"),
    ),
]


@pytest.mark.parametrize(("text", "day", "told"), GOES_ON)
def test_until_does_not_end_what_is_told_of_now(text: str, day: date, told: Told) -> None:
    assert _flights(text, day) == {told}


GAPPED = [
    (
        "Some 6,200 people from Vovchansk have reached Kharkiv and 700 Poltava.",
        UKRAINE,
        {_told("Vovchansk", "Kharkiv", "Some 6,200"), _told("Vovchansk", "Poltava", "700")},
    ),
    (
        "About 3,000 people fled from Nyala to El Daein and 500 to Adila.",
        SUDAN,
        {_told("Nyala", "El Daein", "About 3,000"), _told("Nyala", "Adila", "500")},
    ),
    (
        "Tawila took in 900 families from El Fasher, Zalingei 300.",
        SUDAN,
        {_told("El Fasher", "Tawila", "900"), _told("El Fasher", "Zalingei", "300")},
    ),
    (
        "Of the 2,000 people who fled Toretsk, 1,400 went to Dnipro and 600 to Poltava.",
        UKRAINE,
        {_told("Toretsk", "Dnipro", "1,400"), _told("Toretsk", "Poltava", "600")},
    ),
]


@pytest.mark.parametrize(("text", "day", "told"), GAPPED)
def test_a_group_whose_verb_is_left_out_has_its_own_place(
    text: str, day: date, told: set[Told]
) -> None:
    assert _flights(text, day) == told


NOT_GAPPED = [
    (
        "Some 7,500 people have reached Kaya and Ouahigouya from Djibo.",
        date(2023, 2, 8),
        _told("Djibo", "Kaya, Ouahigouya", "Some 7,500"),
    ),
    (
        "About 900 people fled Bara for El Obeid and 12 Kosti lorries brought flour.",
        SUDAN,
        _told("Bara", "El Obeid", "About 900"),
    ),
    (
        "About 900 people fled Bara for El Obeid, 45 kilometres to the south.",
        SUDAN,
        _told("Bara", "El Obeid", "About 900"),
    ),
    (
        "Some 5,000 people reached El Obeid on 25 October and Kosti on 26 October from Bara.",
        SUDAN,
        _told("Bara", "Kosti, El Obeid", "Some 5,000"),
    ),
]


@pytest.mark.parametrize(("text", "day", "told"), NOT_GAPPED)
def test_a_number_that_counts_something_else_parts_no_group(
    text: str, day: date, told: Told
) -> None:
    assert _flights(text, day) == {told}


def test_the_rules_alone_part_such_groups_too() -> None:
    text = "Some 6,200 people from Vovchansk have reached Kharkiv and 700 Poltava."
    assert {(tuple(m.destinations), m.number) for m in moves(text, "UA")} == {
        (("Kharkiv",), 6200),
        (("Poltava",), 700),
    }


OTHERS = [
    (
        "Some 4,100 people from Rutshuru have been registered in Goma since January.\n\nGunmen "
        "raided the village of Ngungu on Monday. Families from the surrounding hamlets are walking "
        "towards Goma.",
        2,
    ),
    (
        "Some 4,100 people from Rutshuru have been registered in Goma since January. Families "
        "from neighbouring villages are moving towards Goma.",
        2,
    ),
    (
        "Some 4,100 people from Rutshuru have been registered in Goma since January. Families "
        "are still walking towards Goma.",
        1,
    ),
    (
        "Some 4,100 people from Rutshuru have been registered in Goma since January. Families "
        "from the town were walking towards Goma on Monday.",
        1,
    ),
    (
        "In Goma, 120 families from Rutshuru are sleeping in a school yard. About 17,600 people "
        "have arrived in Goma since January, the UN says.",
        2,
    ),
]


@pytest.mark.parametrize(("text", "number"), OTHERS)
def test_people_from_villages_around_are_others(text: str, number: int) -> None:
    found = [c for c in _claims(text, DRC) if c.kind is Kind.DISPLACEMENT]
    units = [u for c in found for u in units_of(c, DRC)]
    assert len(group(units, {})) == number, [c.quote for c in found]


SHARES = [
    ("Most of the town's 40,000 people have fled.", (20000, None, 40000)),
    ("Most of Djibo's 30,000 inhabitants have fled.", (15000, None, 30000)),
    ("Almost all of the city's 200,000 residents have fled.", (100000, None, 200000)),
    ("Half of the 12,000 people of Siversk have left.", (6000, None, 6000)),
    ("Some 4,000 of the town's 40,000 people have fled.", (4000, 4000, 4000)),
    ("Up to 800 of Mitu's 5,000 inhabitants took to the forest.", (None, None, 800)),
    ("More than 800 of Mitu's 5,000 inhabitants fled.", (800, None, None)),
    ("The town's 40,000 people have fled.", (40000, 40000, 40000)),
    ("Some 40,000 people, most of them women, have fled.", (40000, 40000, 40000)),
    ("He spoke most of the day of 40,000 people who fled.", (40000, 40000, 40000)),
]


@pytest.mark.parametrize(("text", "bounds"), SHARES)
def test_a_share_of_the_inhabitants_is_not_all_of_them(
    text: str, bounds: tuple[int | None, int | None, int | None]
) -> None:
    [figure] = find_figures(text)
    q = figure.quantity
    assert (q.low, q.best, q.high) == bounds


def test_a_part_of_those_who_fled_leaves_their_number() -> None:
    text = "4,000 of the 20,000 people who fled"
    assert share_before(text, text.index("20,000"), text.index(" who"), 20000) is None


COUNTED = [
    (
        "The mayor of Kharkiv said 2,300 people had arrived from Vovchansk since Friday.",
        UKRAINE,
        _told("Vovchansk", "Kharkiv", "2,300"),
    ),
    (
        "A town councillor in Kaya told us that 1,100 people had come from Barsalogho overnight.",
        date(2023, 2, 8),
        _told("Barsalogho", "Kaya", "1,100"),
    ),
    (
        "In Goma, about 300 families from Rutshuru and Masisi are sleeping in a school yard.",
        DRC,
        _told("Rutshuru, Masisi", "Goma", "about 300"),
    ),
    # the ministry or an agency elsewhere has nobody come to it
    (
        "Officials in Addis Ababa said 8,000 people had arrived from Sudan since Monday.",
        date(2023, 7, 8),
        _told("Sudan", "", "8,000"),
    ),
    (
        "Officials in El Obeid said 500 people had been killed in Bara and 900 had left the town "
        "for Kosti.",
        SUDAN,
        _told("Bārah", "Kosti", "900"),
    ),
    (
        "In Khartoum, ministers said 9,000 families from Bara are camping in El Obeid.",
        SUDAN,
        _told("Bara", "El Obeid", "9,000"),
    ),
]


@pytest.mark.parametrize(("text", "day", "told"), COUNTED)
def test_people_are_where_those_are_who_count_them(text: str, day: date, told: Told) -> None:
    assert _flights(text, day) == {told}


def _arrivals(text: str, day: date) -> set[str | None]:
    return {p.name for c in _claims(text, day) for p in c.places if p.role is Role.DESTINATION}


CAPITALS = [
    ("The Taliban captured Herat on Thursday.", {"Kabul"}),
    ("The Taliban captured Kunduz and Taloqan. Kandahar is quiet.", {"Kabul"}),
    ("The Taliban captured Herat, capital of Herat province.", {"Herāt"}),
    ("The Taliban are at the gates of Herat, a provincial capital.", {"Herāt"}),
]


@pytest.mark.parametrize(("before", "towns"), CAPITALS)
def test_the_capital_is_that_of_the_country_unless_another_is_told_of(
    before: str, towns: set[str]
) -> None:
    text = f"{before} Thousands of people have fled to the capital since Sunday."
    assert _arrivals(text, date(2021, 8, 12)) == towns


THEIRS = [
    (
        "For ten months the war in Bakhmut went from street to street. On Saturday Wagner raised "
        "its flag over Bakhmut's last high-rise.\n\nOf the 70,000 people who lived in the town "
        "before the war, some 4,000 are thought to be left. In March buses took about 900 of them "
        "to Dnipro; a few dozen preferred Sloviansk.",
        UKRAINE,
        {_told("Bakhmut", "Dnipro", "about 900"), _told("Bakhmut", "Sloviansk", "a few dozen")},
    ),
    (
        "Jihadists have ringed Djibo since last year. Of the 40,000 residents of the town, most "
        "stayed. On Monday lorries carried 1,200 of them to Ouahigouya.",
        date(2023, 2, 8),
        {_told("Djibo", "Ouahigouya", "1,200")},
    ),
    # those who had reached Goma did not come from Sake alone
    (
        "Fighting went on in Sake on Monday. Of the 3,000 people who had reached Goma, lorries "
        "took 300 of them to Minova on Tuesday.",
        DRC,
        {_told("Goma", "Minova", "300")},
    ),
    (
        "Shells hit Bakhmut on Saturday. The hospital in Kramatorsk treated 40 people. Ambulances "
        "took 12 of them to Dnipro.",
        UKRAINE,
        set(),
    ),
    (
        "The garrison of Bakhmut had 900 soldiers. On Saturday trucks took 200 of them to "
        "Kramatorsk.",
        UKRAINE,
        set(),
    ),
]


@pytest.mark.parametrize(("text", "day", "told"), THEIRS)
def test_of_them_are_those_of_the_town_told_of(text: str, day: date, told: set[Told]) -> None:
    assert _flights(text, day) == told


TAKEN = [
    (
        "A dhow carrying 320 people from Mokha docked in Obock on Tuesday.",
        "YE",
        {("Mokha", "Obock", 320)},
    ),
    (
        "Some 900 people who crossed the Ruzizi into Burundi were sent back through Gatumba; the "
        "army has since driven them to Uvira.",
        "CD",
        {("Burundi", "Uvira", 900)},
    ),
    ("A ship carrying 320 tonnes of wheat from Odesa docked in Aden on Tuesday.", "YE", set()),
    ("A ship carrying 320 soldiers from Mokha docked in Aden on Tuesday.", "YE", set()),
    ("A cruise ship with 900 people from Djibouti docked in Aden on Tuesday.", "YE", set()),
    ("The army said it would take 900 of them from Mokha to Aden.", "YE", set()),
]


@pytest.mark.parametrize(("text", "country", "told"), TAKEN)
def test_people_whom_boats_and_lorries_take(
    text: str, country: str, told: set[tuple[str, str, int]]
) -> None:
    found = {
        (",".join(sorted(m.origins)), ",".join(sorted(m.destinations)), m.number)
        for m in moves(text, country)
    }
    assert found == told


ON_THE_SIDE = [
    ("Forty families went back to Versalles, on the Tibú side, on Friday.", True),
    ("Forty families went back to Versalles, across the river from Tibú, on Friday.", True),
    ("Forty families went back to Versalles on Friday, and Tibú was quiet.", False),
    ("Forty families went back to Ocaña, on the Cúcuta side, on Friday.", False),
]


@pytest.mark.parametrize(("text", "is_near"), ON_THE_SIDE)
def test_a_village_tied_to_a_town_is_not_drawn_far_off(text: str, *, is_near: bool) -> None:
    lead = "CÚCUTA, Colombia - The ELN attacked the 33rd Front around Tibú. Thousands fled. "
    found = context_of(Article(id="x", text=lead + text, country="CO"), gazetteer()).found
    [village] = [r for r in found.references if r.surface in {"Versalles", "Ocaña"}]
    assert village.place is not None
    assert ("somewhere near Tibú" in village.place.name) is is_near


EL_OBEID = "EL OBEID, 28 October 2025 - Thousands of people who fled Bara sleep in the open here. "
ROOMS = [
    (EL_OBEID + "Kosti has 9,800 in its schools and mosques.", {("Kosti", 9800)}),
    (
        EL_OBEID + "The city as a whole has received more than 18,000, says the mayor.",
        {("El Obeid", 18000)},
    ),
    (EL_OBEID + "Kosti has 9,800 inhabitants in its centre.", set()),
    (EL_OBEID + "The city as a whole has received more than 18,000 doses of vaccine.", set()),
    (EL_OBEID + "Kosti has 300 patients in its hospital and 40 lorries in its depot.", set()),
    ("EL OBEID - Term begins on Monday. Kosti has 9,800 in its schools.", set()),
]


@pytest.mark.parametrize(("text", "told"), ROOMS)
def test_a_town_that_has_people_in_its_schools_hosts_them(
    text: str, told: set[tuple[str, int]]
) -> None:
    found = [c for c in _claims(text, SUDAN) if c.kind is Kind.HOSTING]
    assert {(c.places[0].name, c.quantity.low) for c in found if c.quantity} == told
