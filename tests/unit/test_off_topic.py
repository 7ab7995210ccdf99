"""Articles that are not about a conflict: named with the reason, and disasters only if asked."""

from __future__ import annotations

from datetime import date

import pytest
from coding_kit import gazetteer

from mapgen.drawing.data.page_data import page_data
from mapgen.merging.events import situation_of
from mapgen.model import Article, Claim, Extraction, Kind, Scope
from mapgen.pipeline import extract
from mapgen.reasons import ReasonKind
from mapgen.settings import Settings
from mapgen.situation.shown import shown
from mapgen.situation.silent_articles import NO_EVENT, silent_articles

FLOOD = (
    "The flood that came over Maiduguri on Tuesday, when the dam gave way, has driven 40,600 "
    "families from their homes. Some 7,000 people fled Dikwa for Konduga. The rain went on, and "
    "the water reached the market of Bama. The governor ordered residents of Mafa to leave."
)
QUAKE = (
    "An earthquake of magnitude 7.1 hit Herat on Saturday. About 12,000 people fled Herat for "
    "Guzara after the tremor, and aftershocks went on. Tents were sent."
)
WAR = (
    "Rebels shelled Sake on Tuesday, and the army bombed rebel positions near Goma. "
    "Some 9,000 people fled Sake for Goma."
)
MATCH = (
    "Shakhtar Donetsk captured a fifteenth crown on Saturday with a goal in the last minute of the "
    "league match at the stadium. The coach praised his players and fans. Dynamo retreated to "
    "their own half, and the referee gave a penalty. The team won the title and left Lviv for Kyiv."
)
SILENCE = "The army said that it had nothing to say about the rebels, the front or the war."


def read(*texts: str, scope: Scope = Scope.CONFLICTS, country: str = "NG") -> Extraction:
    articles = [
        Article(id=f"a{n}", text=t, country=country, published_on=date(2024, 9, 14), language="en")
        for n, t in enumerate(texts)
    ]
    return extract(articles, gazetteer(), Settings(scope=scope))


def drawn(extraction: Extraction) -> list[Claim]:
    return [c for c in extraction.claims if c.status.is_current and c.places]


@pytest.mark.parametrize(("text", "country"), [(FLOOD, "NG"), (QUAKE, "AF")])
def test_people_moved_by_a_disaster_are_drawn_only_if_asked(text: str, country: str) -> None:
    assert drawn(read(text, country=country)) == []
    found = drawn(read(text, scope=Scope.DISASTERS, country=country))
    assert Kind.DISPLACEMENT in {c.kind for c in found}
    assert all(any(r.what is ReasonKind.CAUSE for r in c.reasons) for c in found)


def test_no_flood_takes_a_town_even_if_disasters_are_asked_for() -> None:
    text = "The flood captured Gwange and took control of the market of Maiduguri. " + FLOOD
    kinds = {c.kind for c in drawn(read(text, scope=Scope.DISASTERS))}
    assert kinds <= {Kind.DISPLACEMENT, Kind.EVACUATION_ORDER}


def test_a_war_is_read_alike_in_either_scope() -> None:
    by_scope = [read(WAR, scope=scope, country="CD").claims for scope in Scope]
    assert by_scope[0] == by_scope[1]
    assert by_scope[0]


def test_a_match_is_never_drawn() -> None:
    for scope in Scope:
        assert drawn(read(MATCH, scope=scope, country="UA")) == []


def test_articles_without_an_event_are_named_with_the_reason() -> None:
    silent = silent_articles(read(WAR, MATCH, FLOOD, SILENCE, country="CD"))
    assert [s.article.id for s in silent] == ["a1", "a2", "a3"]
    reasons = [s.reason for s in silent]
    assert reasons[0].startswith("it is not about a conflict")
    assert reasons[1].startswith("it is not about a conflict")
    assert reasons[2] == NO_EVENT


def test_the_page_lists_such_an_article_first_under_off_the_map() -> None:
    seen = shown(situation_of(read(WAR, MATCH, country="CD")), gazetteer(), Settings())
    first = page_data(seen)["off"][0]
    assert first["group"] == "Articles without an event"
    assert [item["article"] for item in first["items"]] == ["a1"]
    assert "not about a conflict" in first["items"][0]["reason"]


def test_a_lead_about_a_disaster_holds_until_the_text_turns_to_fighting() -> None:
    text = (
        "Floods cut off Dikwa\nThe flood came when the dam gave way, and it left Dikwa under "
        "water. Some 7,000 people fled Dikwa for Konduga. Boko Haram militants attacked Bama on "
        "Monday and killed soldiers. About 3,000 people fled Bama for Maiduguri."
    )
    moved = [c for c in drawn(read(text)) if c.kind is Kind.DISPLACEMENT]
    assert [c.places[0].surface for c in moved] == ["Bama"]


def test_rain_in_a_report_of_war_leaves_its_movements() -> None:
    text = (
        "M23 rebels shelled Sake on Tuesday, and militants attacked soldiers near Goma. "
        "Heavy rain and a flood held up aid. "
        "Some 9,000 people fled Sake for Goma."
    )
    assert Kind.DISPLACEMENT in {c.kind for c in drawn(read(text, country="CD"))}
