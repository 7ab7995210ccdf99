"""What the second reader finds beside the rules: its names, its headings, its lists.

The marks are made by hand, so that the tests say how they are used and not what the network thinks.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from gazetteer import Gazetteer
from mapgen.coding.english.article_context import context_of
from mapgen.coding.second_reader.candidates import beside
from mapgen.coding.second_reader.certainty import certain, is_enough, with_sure_places
from mapgen.coding.second_reader.finding import SINCE, Finder
from mapgen.coding.second_reader.labels import PARTY_LABELS, PLACE_LABELS, TAKER
from mapgen.coding.second_reader.marked import Span, SpanKind
from mapgen.coding.second_reader.outdone import without_outdone
from mapgen.coding.second_reader.reader import Mark
from mapgen.model import Actor, Article, Claim, Kind, Role
from tests.unit.coding_kit import claims

if TYPE_CHECKING:
    from collections.abc import Sequence


def names(text: str) -> list[str]:
    return [text[s.start : s.end] for s in beside(text, [(0, len(text))], [])]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("From Dankoro 2,700 people came on foot.", ["Dankoro"]),
        ("At Mount Tirba the police retook a post.", ["Mount Tirba"]),
        ("Near Qabalawi the road is cut.", ["Qabalawi"]),
        ("In Ban Huai Sai and beyond, shells fell.", ["Ban Huai Sai"]),
        ("Nearby Sabaya emptied.", ["Sabaya"]),
        ("Under Siege is the title of a film.", ["Siege"]),
        ("Intan Jaya was quiet.", ["Intan Jaya"]),
        ("Inkisi was quiet.", ["Inkisi"]),
        ("From the north they came.", ["From"]),
    ],
)
def test_a_name_goes_without_the_preposition_before_it(text: str, wanted: list[str]) -> None:
    assert names(text) == wanted


def mark(text: str, words: str, sentence: tuple[int, int], **chances: float) -> Mark:
    start = text.index(words)
    span = Span(start, start + len(words), SpanKind.NAME)
    return Mark(span, sentence, words, dict.fromkeys(PLACE_LABELS, 0.01) | chances)


def found(
    text: str, bounds: list[tuple[int, int]], marks: list[Mark], told: Sequence[Claim] = ()
) -> list[Claim]:
    article = Article(id="a", text=text, published_on=date(2024, 5, 8), language="en")
    with Gazetteer.open() as gazetteer:
        context = context_of(article, gazetteer)
        return Finder(article, context, article.published_on, told, bounds).found(marks)


def test_what_is_told_under_a_name_alone_is_quoted_from_the_sentence_it_heads() -> None:
    text = "Dankoro. Lost; other flags since Monday. Sabaya. The market is open."
    bounds = [(0, 8), (9, 40), (41, 48), (49, 68)]
    marks = [mark(text, "Dankoro", bounds[0], C=0.97), mark(text, "Sabaya", bounds[2])]
    (taken,) = found(text, bounds, marks)
    assert [p.surface for p in taken.places] == ["Dankoro"]
    assert taken.quote == "Lost; other flags since Monday."


def test_a_name_alone_that_heads_nothing_makes_no_claim() -> None:
    text = "Dankoro. Sabaya."
    bounds = [(0, 8), (9, 16)]
    assert not found(text, bounds, [mark(text, "Dankoro", bounds[0], C=0.97)])
    assert not found(text, bounds, [mark(text, "Sabaya", bounds[1], C=0.97)])


def test_two_places_on_two_days_are_not_squeezed_into_one_capture() -> None:
    text = "M23 seized the airports: Goma on 5 May, Sake on 2 May."
    bounds = [(0, len(text))]
    told = claims(text, "CD")
    marks = [mark(text, n, bounds[0], C=0.8) for n in ("Goma", "Sake")]
    taken = [c for c in found(text, bounds, marks, told) if c.places]
    assert [[p.surface for p in c.places] for c in taken] == [["Goma"], ["Sake"]]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Rebels seized the airport of Goma on Friday.", Role.NEAR),
        ("Gunmen have the hospital in Goma.", Role.NEAR),
        ("Gunmen have the city of Goma.", Role.AT),
        ("Gunmen left the airport and have Goma.", Role.AT),
    ],
)
def test_who_takes_a_part_of_a_town_is_near_it(text: str, role: Role) -> None:
    bounds = [(0, len(text))]
    (taken,) = found(text, bounds, [mark(text, "Goma", bounds[0], C=0.97)])
    assert [p.role for p in taken.places] == [role]


def test_the_month_of_may_is_no_doubt() -> None:
    text = "Gunmen took Dankoro on 5 May. Sabaya may follow."
    bounds = [(0, 29), (30, 48)]
    marks = [mark(text, "Dankoro", bounds[0], C=0.97), mark(text, "Sabaya", bounds[1], C=0.97)]
    assert [[p.surface for p in c.places] for c in found(text, bounds, marks)] == [["Dankoro"]]


def test_who_held_a_town_stays_beside_its_capture_and_who_took_it_is_told_once() -> None:
    text = "Goma, under M23 control since Monday, was long held by the army."
    bounds = [(0, len(text))]
    (army,) = [c for c in claims(text, "CD") if c.kind is Kind.CONTROL_STATE]
    assert army.actor is not None
    assert army.actor.id == "drc:fardc"
    taking = replace(mark(text, "Goma", bounds[0], C=0.97), since=True)
    army = replace(army, places=(taking.claim_place(Role.AT),))
    m23 = replace(army, id="a:m23", actor=Actor(id="drc:m23", name="M23", side="drc:m23"))
    party = Mark(
        Span(text.index("M23"), text.index("M23") + 3, SpanKind.PARTY),
        bounds[0],
        "M23",
        dict.fromkeys(PARTY_LABELS, 0.01) | {TAKER: 0.9},
    )
    told = without_outdone(found(text, bounds, [taking, party], [army, m23]))
    assert [(c.kind, c.actor and c.actor.id) for c in told] == [
        (Kind.CONTROL_STATE, "drc:fardc"),
        (Kind.CONTROL_CHANGE, "drc:m23"),
    ]
    assert SINCE in {r.how for r in told[-1].reasons}


def test_one_doubtful_village_does_not_cost_the_rest_of_a_list() -> None:
    text = "Gunmen took Dankoro and Sabaya, and perhaps Umm Belil."
    bounds = [(0, len(text))]
    marks = [
        mark(text, "Dankoro", bounds[0], C=0.99),
        mark(text, "Sabaya", bounds[0], C=0.99),
        mark(text, "Umm Belil", bounds[0], C=0.62, CX=0.4),
    ]
    by_start = {m.span.start: m for m in marks}
    (taken,) = found(text, bounds, marks)
    assert taken.kind is Kind.CONTROL_CHANGE
    assert len(taken.places) == 3
    assert not is_enough(certain(taken, by_start))
    rest = with_sure_places(taken, by_start)
    assert [p.surface for p in rest.places] == ["Dankoro", "Sabaya"]
    assert is_enough(certain(rest, by_start))


def test_a_list_of_which_nothing_is_certain_stays_whole_to_be_told_as_such() -> None:
    text = "Gunmen may have taken Dankoro and Sabaya."
    bounds = [(0, len(text))]
    marks = [mark(text, n, bounds[0], C=0.65, CX=0.5) for n in ("Dankoro", "Sabaya")]
    by_start = {m.span.start: m for m in marks}
    (taken,) = found(text, bounds, marks)
    assert len(with_sure_places(taken, by_start).places) == 2
