"""The network says what happened where, and what did not; the sentences are our own."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from importlib import resources
from typing import TYPE_CHECKING

import numpy as np
import pytest

from gazetteer import Gazetteer
from mapgen.coding import TwoReaders
from mapgen.coding.second_reader.labels import LABELS
from mapgen.coding.second_reader.marked import SpanKind, windows
from mapgen.coding.second_reader.network import network, unpacked
from mapgen.model import Article, Claim, Kind, Role, Status
from mapgen.places.far_places import without_far
from mapgen.places.georeference import geoparse
from mapgen.places.names_read import with_names_read
from mapgen.places.village_names import with_villages
from training.marked_texts import parsed

if TYPE_CHECKING:
    from collections.abc import Iterator

LINES = [
    "@2024 Militiamen overran [Dankoro:C] before dawn, two traders said.",
    "@2024 Militiamen were beaten back from [Dankoro:CX] before dawn, two traders said.",
    "@2024 The column means to be in [Dankoro:CX] by Friday, its commander told reporters.",
    "@2024 The column was in control of [Dankoro:C] by Friday, its commander told reporters.",
    "@2024 The army denied that [Dankoro:CX] had fallen.",
    "@2024 The brigade captured [Dankoro:CX] in 2015 and held it for a year.",
    "@2024 Government troops still hold [Dankoro:HOLD], residents said.",
    "@2024 After a week of fighting [Dankoro:C] changed hands.",
    "@2024 <Some 4,300 people:F> fled [Dankoro:O] for [Umm Belil:D] last week.",
    "@2024 <Up to 4,300 people:FX> may have to flee [Dankoro:OX], the agency warned.",
    "@2024 Residents of [Dankoro:ORD,OX] were ordered to leave within a day.",
    "@2024 [Umm Belil:HOST] already shelters <12,000 displaced people:FH>.",
    "@2024 <900 families:FR> have gone back to [Dankoro:RET] since the truce.",
    "@2024 Shells fell on [Dankoro:VIOL] all night, killing <seven:K>.",
    "@2024 Soldiers abandoned their post at [Dankoro:WD] without a fight.",
    "@2024 The minister spoke in [Dankoro:-] about the price of bread.",
]


@pytest.mark.parametrize("line", LINES)
def test_the_network_says_what_happened(line: str) -> None:
    marked, told = parsed(line.removeprefix("@2024 "), 2024)
    net = network()
    (reading,) = net.read(list(windows(marked, net.vocabulary)))
    for span, chances in zip(reading.spans, reading.probabilities, strict=True):
        wanted = set(told[span.start].labels) if span.start in told else set()
        assert {label for label, p in chances.items() if p >= 0.5} == wanted


def test_windows_read_together_or_alone_are_read_the_same() -> None:
    net = network()
    made = [
        w
        for line in LINES
        for w in windows(parsed(line.removeprefix("@2024 "), 2024)[0], net.vocabulary)
    ]
    together = net.read(made)
    for window, reading in zip(made, together, strict=True):
        (alone,) = net.read([window])
        for one, other in zip(alone.probabilities, reading.probabilities, strict=True):
            assert one == pytest.approx(other, abs=0.002)


def test_the_record_fits_the_weights() -> None:
    folder = resources.files("mapgen") / "data" / "second_reader"
    about = json.loads((folder / "reader.json").read_text(encoding="utf-8"))
    assert about["labels"] == list(LABELS)
    assert about["examples"] >= 6_000
    assert network().layers == about["layers"]


def test_packed_weights_are_scaled_by_row() -> None:
    packed = {
        "a": np.array([[127, -127], [64, 0]], dtype=np.int8),
        "a/scale": np.array([0.5, 2.0], dtype=np.float32),
        "b": np.array([1.5], dtype=np.float32),
    }
    weights = unpacked(packed)
    assert weights["a"].tolist() == [[63.5, -63.5], [128.0, 0.0]]
    assert weights["b"].tolist() == [1.5]
    assert set(weights) == {"a", "b"}


@pytest.fixture(scope="module")
def coder() -> Iterator[TwoReaders]:
    with Gazetteer.open() as gazetteer:
        yield TwoReaders(gazetteer)


def _article(text: str) -> Article:
    return Article(id="a", text=text, published_on=date(2024, 5, 8), country="SD", language="en")


def test_what_only_the_network_finds_is_drawn_when_it_is_sure(coder: TwoReaders) -> None:
    text = (
        "RSF fighters and the army have fought over Sudan's south-east for a week. "
        "By nightfall Sinja had slipped from the army's grasp, and RSF trucks stood on its square."
    )
    claims, _ = coder.code(_article(text))
    taken = [c for c in claims if c.kind is Kind.CONTROL_CHANGE and c.status.is_current]
    assert [p.surface for c in taken for p in c.places] == ["Sinja"]
    assert 0.5 <= taken[0].confidence <= 1
    assert taken[0].actor is not None
    assert taken[0].actor.side == "sudan:rsf"


def test_what_the_network_finds_has_its_source(coder: TwoReaders) -> None:
    text = "RSF fighters entered Sinja on Sunday and now hold it, two residents said."
    claims, _ = coder.code(_article(text))
    drawn = [c for c in claims if c.status.is_current and c.places]
    assert {c.kind for c in drawn} == {Kind.CONTROL_CHANGE}  # and not an advance on it as well
    assert {c.status for c in drawn} == {Status.CLAIMED}
    assert {c.attribution.name for c in drawn if c.attribution} == {"two residents"}


def test_what_the_network_denies_is_kept_off_the_map(coder: TwoReaders) -> None:
    text = (
        "The army denied on Tuesday that the RSF had captured Sinja. "
        "Fighters had been driven off at the bridge, a spokesman said."
    )
    claims, _ = coder.code(_article(text))
    assert not [c for c in claims if c.kind is Kind.CONTROL_CHANGE and c.status.is_current]


@pytest.mark.parametrize(("day", "is_drawn"), [("9999", False), ("2031", False), ("2024", True)])
def test_what_the_network_alone_finds_on_a_day_to_come_is_not_drawn(
    coder: TwoReaders, *, day: str, is_drawn: bool
) -> None:
    text = f"Rebels captured Qabalawi on 5 May {day}."
    claims, sentences = coder.code(_article(text))
    (taken,) = [c for c in claims if c.kind is Kind.CONTROL_CHANGE]
    assert taken.status.is_current is is_drawn
    words = f"hypothetical, because of “5 May {day}, a day after publication”"
    assert [s.left_off for s in sentences] == [None if is_drawn else words]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("M23 fighters seized Sake on 2024-12-04, residents said.", "2024-12-04"),
        ("Rebels captured Kavumu on 2024-12-03, the army said.", "2024-12-03"),
        ("M23 fighters took control of Nyabibwe on 2024/12/02.", "2024-12-02"),
        ("Fighters captured Minova on 04.12.2024, officials said.", "2024-12-04"),
        ("Some 4,000 people fled from Sake on 2024-12-01, officials said.", "2024-12-01"),
    ],
)
def test_days_in_figures_are_days_like_others(coder: TwoReaders, text: str, day: str) -> None:
    assert [str(c.date and c.date.start) for c in _drawn_in_kivu(coder, text)] == [day]


@pytest.mark.parametrize(
    "text",
    [
        "M23 fighters seized Sake on 2012-11-23 and left it two weeks later.",
        "M23 did not take Sake on 2024-12-03, the army said.",
        "M23 fighters may capture Minova before 2024-12-20, analysts said.",
        "M23 denied that it captured Kavumu on 2024-12-02.",
        "Rebels are expected to enter Minova on 2024/12/15.",
    ],
)
def test_days_in_figures_make_nothing_true(coder: TwoReaders, text: str) -> None:
    assert not _drawn_in_kivu(coder, text)


def _drawn_in_kivu(coder: TwoReaders, text: str) -> list[Claim]:
    day = date(2024, 12, 6)
    claims, _ = coder.code(Article(id="a", text=text, published_on=day, country="CD"))
    return [c for c in claims if c.status.is_current and c.places]


def test_people_who_fled_have_their_ends(coder: TwoReaders) -> None:
    text = "Some 4,300 people have fled Sinja for Gedaref since Sunday, when RSF fighters attacked."
    claims, _ = coder.code(_article(text))
    (flight,) = [c for c in claims if c.kind is Kind.DISPLACEMENT]
    assert flight.status in {Status.ASSERTED, Status.CLAIMED}
    assert {p.surface: p.role for p in flight.places} == {
        "Sinja": Role.ORIGIN,
        "Gedaref": Role.DESTINATION,
    }


def test_each_figure_has_its_own_places(coder: TwoReaders) -> None:
    text = (
        "RSF fighters attacked the towns again. From Sinja, 4,000 people made it to Gedaref; "
        "from Dinder, 700 reached Kassala."
    )
    claims, _ = coder.code(_article(text))
    flights = {
        c.quantity.low: {p.surface for p in c.places}
        for c in claims
        if c.kind is Kind.DISPLACEMENT and c.quantity and c.status.is_current
    }
    assert flights == {4_000: {"Sinja", "Gedaref"}, 700: {"Dinder", "Kassala"}}


def test_names_are_judged_even_if_no_gazetteer_knows_them() -> None:
    marked, _ = parsed("Gunmen took Qabalawi and hoisted their flag.", 2024)
    assert [s.kind for s in marked.spans] == [SpanKind.NAME, SpanKind.NAME]
    net = network()
    (reading,) = net.read(list(windows(marked, net.vocabulary)))
    assert [p["C"] >= 0.5 for p in reading.probabilities] == [False, True]


def test_a_far_village_is_known_wherever_something_happened(coder: TwoReaders) -> None:
    """Palma lies 250 km from Pemba: too far for a chance hit, but here a reader vouches for it."""
    text = (
        "In Mozambique, NSAG fighters entered Palma on Wednesday, and 400 people fled from Palma "
        "to Pemba."
    )
    claims, _ = coder.code(replace(_article(text), country="MZ"))
    palma = [p for c in claims for p in c.places if p.surface == "Palma"]
    assert {p.role.value for p in palma} == {"at", "origin"}
    assert {(round(p.lat or 0, 1), round(p.lon or 0, 1)) for p in palma} == {(-10.8, 40.5)}


@pytest.mark.parametrize(("name", "known"), [("Palma", ("MZ", -10.8)), ("Balama", None)])
def test_a_far_village_that_nobody_vouches_for_stays_unknown_unless_its_name_alone_means_it(
    name: str, known: tuple[str, float] | None
) -> None:
    text = f"In Mozambique, NSAG fighters entered {name} on Wednesday, a trader in Pemba said."
    with Gazetteer.open() as places:
        found = without_far(geoparse(text, [], places), text)
        found = with_villages(found, text, [], places)
        whole = with_names_read(found, text, [], [], places, vouched=())
        place = {r.surface: r.place for r in whole.references}[name]
    assert (place and (place.country, round(place.lat, 1))) == known


@pytest.mark.parametrize(
    "text",
    [
        "IOM recorded the return of 12,300 people to Wad Madani, many of them from Gedaref.",
        "In Sinja some 4,000 people who had fled the fighting went back to their villages.",
    ],
)
def test_people_who_came_back_have_not_fled(coder: TwoReaders, text: str) -> None:
    claims, _ = coder.code(_article(f"The RSF and the army fought over Sinja in June. {text}"))
    current = {c.kind for c in claims if c.status.is_current}
    assert Kind.DISPLACEMENT not in current


def test_people_who_fled_before_others_came_back_have_fled(coder: TwoReaders) -> None:
    text = "Some 2,000 people fled from Sinja to Gedaref on Monday. Others returned to Dinder."
    claims, _ = coder.code(_article(text))
    fled = [c for c in claims if c.kind is Kind.DISPLACEMENT]
    assert {p.surface for c in fled for p in c.places} == {"Sinja", "Gedaref"}


@pytest.mark.parametrize(
    ("text", "kind", "place", "figure"),
    [
        (
            "A handful of families had already started back towards Dinder.",
            Kind.RETURN,
            "Dinder",
            None,
        ),
        ("The church lists 1,104 refugees at Dinder.", Kind.HOSTING, "Dinder", 1104),
        (
            "Britain told its nationals to leave Port Sudan.",
            Kind.EVACUATION_ORDER,
            "Port Sudan",
            None,
        ),
    ],
)
def test_the_network_finds_returns_hosts_and_orders(
    coder: TwoReaders, text: str, kind: Kind, place: str, figure: int | None
) -> None:
    claims, _ = coder.code(_article(f"The RSF and the army fought over Sinja in May. {text}"))
    found = [c for c in claims if c.kind is kind and c.status.is_current]
    assert [p.surface for c in found for p in c.places] == [place]
    assert [c.quantity.best if c.quantity else None for c in found] == [figure]


@pytest.mark.parametrize(
    "text",
    [
        "RSF fighters have entered Sinja on three occasions and each time been thrown out.",
        "The RSF rolled into Sinja at dawn, and was driven off by noon.",
        "RSF fighters had passed Sinja without stopping.",
        "RSF officers deny that Sinja has slipped from their grasp.",
        "RSF trucks stood outside Sinja, which remains in the army's hands.",
        "In Sennar state the RSF's day ended with a feast on the captured square.",
        "RSF fighters entered Sinja and occupied the police station before withdrawing on Monday.",
    ],
)
def test_plain_words_rule_a_capture_out(coder: TwoReaders, text: str) -> None:
    claims, _ = coder.code(_article(f"The RSF and the army have fought for a week. {text}"))
    taken = [c for c in claims if c.kind is Kind.CONTROL_CHANGE and c.status.is_current]
    assert [p.surface for c in taken for p in c.places] == []


@pytest.mark.parametrize(
    "text",
    [
        "By nightfall Sinja had slipped from the army's grasp, and RSF trucks stood on its square.",
        "By nightfall the whole of Sennar state had slipped from the army's grasp to the RSF.",
    ],
)
def test_other_words_leave_a_capture_in(coder: TwoReaders, text: str) -> None:
    claims, _ = coder.code(_article(f"The RSF and the army have fought for a week. {text}"))
    taken = [c for c in claims if c.kind is Kind.CONTROL_CHANGE and c.status.is_current]
    assert len(taken) == 1


def test_the_town_of_a_name_is_no_town_named_before(coder: TwoReaders) -> None:
    """The town behind the dateline is not the one that was taken."""
    text = "KHARTOUM - RSF fighters seized the town of Sinja on Monday after a two-hour fight."
    claims, _ = coder.code(_article(text))
    taken = [c for c in claims if c.kind is Kind.CONTROL_CHANGE]
    assert {p.name for c in taken for p in c.places} == {"Singa"}


@pytest.mark.parametrize("part", ["jail", "airport", "police station", "bridge"])
def test_who_takes_a_part_of_a_city_has_not_taken_the_city(coder: TwoReaders, part: str) -> None:
    text = f"Fighting reached Goma on Sunday. M23 rebels seized the city {part} on Monday."
    claims, _ = coder.code(_article(text))
    assert not [c for c in claims if c.kind is Kind.CONTROL_CHANGE and c.places]


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Fighting in Djibo killed 14 civilians, most of them miners from Ghana and Togo.", "BF"),
        ("The clash at Bentiu left six dead, traders from Uganda and Kenya among them.", "SS"),
        ("After the fighting UNHCR moved its staff out of Wad Medani, to Gedaref.", "SD"),
        ("As rebels came near, the ministry flew its employees from Goma to Kinshasa.", "CD"),
        ("Serb forces ordered women and children out of Sanski Most by noon on Sunday.", "BA"),
        ("Rebels ordered all residents out of Masisi by Friday as fighting went on.", "CD"),
        ("Clashes go on. Partners reached 6,800 people in Goma with food last week.", "CD"),
        ("Two residents reached by phone said that gunmen walked in during the fighting.", "CD"),
    ],
)
def test_nobody_fled_by_plain_words(coder: TwoReaders, text: str, country: str) -> None:
    article = Article(id="a", text=text, published_on=date(2024, 5, 8), country=country)
    told, _ = coder.code(article)
    assert [c for c in told if c.kind is Kind.DISPLACEMENT and c.status.is_current] == []


@pytest.mark.parametrize(
    ("text", "country", "towns"),
    [
        (
            "Some 2,000 people fled from Djibo to Ghana after fighting left 14 dead.",
            "BF",
            {"Djibo", "Ghana"},
        ),
        (
            "Told to leave on Friday, residents of Masisi fled the fighting to Sake.",
            "CD",
            {"Masisi", "Sake"},
        ),
    ],
)
def test_other_words_leave_a_flight_in(
    coder: TwoReaders, text: str, country: str, towns: set[str]
) -> None:
    article = Article(id="a", text=text, published_on=date(2024, 5, 8), country=country)
    told, _ = coder.code(article)
    fled = [c for c in told if c.kind is Kind.DISPLACEMENT and c.status.is_current]
    assert {p.surface for c in fled for p in c.places} == towns


@pytest.mark.parametrize(
    ("text", "country", "place", "number"),
    [
        (
            "The UN counts 98,000 displaced from the south since October; Tyre alone shelters "
            "27,000.",
            "LB",
            "Tyre",
            27_000,
        ),
        (
            "OCHA counts 60,000 displaced from Masisi since June, and Sake is sheltering 11,000.",
            "CD",
            "Sake",
            11_000,
        ),
    ],
)
def test_a_place_hosts_the_number_that_stands_beside_it(
    coder: TwoReaders, text: str, country: str, place: str, number: int
) -> None:
    before = "Fighting between the army and its opponents went on this week. "
    article = Article(id="a", text=before + text, published_on=date(2024, 8, 5), country=country)
    told, _ = coder.code(article)
    hosts = [c for c in told if c.kind is Kind.HOSTING and c.status.is_current]
    found = [(p.surface, c.quantity and c.quantity.best) for c in hosts for p in c.places]
    assert (place, number) in found
    assert all(count == number for _, count in found)
