"""The network says what happened where, and what did not; the sentences are our own."""

from __future__ import annotations

import json
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
from mapgen.model import Article, Kind, Role, Status
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
        "By nightfall the flag of the RSF flew over the police station of Sinja, and the last "
        "soldiers had slipped across the river."
    )
    claims, _ = coder.code(_article(text))
    taken = [c for c in claims if c.kind is Kind.CONTROL_CHANGE and c.status.is_current]
    assert [p.surface for c in taken for p in c.places] == ["Sinja"]
    assert 0.5 <= taken[0].confidence <= 1


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
