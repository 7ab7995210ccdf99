"""How sure: chains of attribution are counted, not articles."""

from __future__ import annotations

from situation_kit import ARMY, MONITOR, RIVALS, Desk, place

from mapgen.core.source_names import source_name
from mapgen.merging.events import situation_of
from mapgen.merging.reprints import near_duplicates
from mapgen.merging.standing import source_key
from mapgen.model import Article, Attribution, Kind, Standing, Status

PARTY = Attribution(name="Colonel Idris", role="party", words="Colonel Idris")
UNNAMED = Attribution(name="residents", role="unnamed", words="residents")


def standing(*said):
    """Say one capture with (article, status, attribution) each, and return its event."""
    desk = Desk()
    for n, (article, status, attribution) in enumerate(said):
        if article not in desk.articles:
            desk.article(article)
        actor = RIVALS
        desk.say(
            article,
            f"{article} tells in words of its own, number {n}, that Esta fell.",
            Kind.CONTROL_CHANGE,
            place("t:esta"),
            status=status,
            attribution=attribution,
            actor=actor,
        )
    (event,) = situation_of(desk.extraction()).events
    return event.standing, event.rule


A, C, N = Status.ASSERTED, Status.CLAIMED, Status.NEGATED


def test_one_article_in_its_own_voice_is_stated():
    assert standing(("a", A, None)) == (
        Standing.STATED,
        "Stated: one article says so in its own voice.",
    )


def test_one_article_saying_it_twice_is_still_one():
    assert standing(("a", A, None), ("a", A, None))[0] is Standing.STATED


def test_two_independent_articles_are_assessed():
    assert standing(("a", A, None), ("b", A, None)) == (
        Standing.ASSESSED,
        "Assessed: stated by two independent articles.",
    )


def test_one_monitor_in_two_articles_is_claimed_by_one():
    assert standing(("a", C, MONITOR), ("b", C, MONITOR)) == (
        Standing.CLAIMED,
        "Claimed: said only by RWG.",
    )


def test_two_named_sources_agreeing_are_assessed():
    found, rule = standing(("a", C, MONITOR), ("a", C, PARTY))
    assert found is Standing.ASSESSED
    assert rule == "Assessed: reported independently by Colonel Idris and RWG."


def test_an_article_that_quotes_the_source_is_not_a_second_one():
    assert standing(("a", A, None), ("a", C, MONITOR))[0] is Standing.STATED
    assert standing(("a", A, None), ("b", C, MONITOR))[0] is Standing.ASSESSED


def test_unnamed_sources_cannot_confirm_each_other():
    found, rule = standing(("a", C, UNNAMED), ("b", C, UNNAMED))
    assert found is Standing.CLAIMED
    assert rule == "Claimed: said only by unnamed residents."


def test_a_denial_by_another_source_contests_and_is_shown():
    found, rule = standing(("a", A, None), ("b", N, PARTY))
    assert (found, rule) == (Standing.CONTESTED, "Contested: denied by Colonel Idris.")


def test_a_denial_about_another_town_or_side_contests_nothing():
    desk = Desk().article("a").article("b")
    desk.say("a", "The Front took Esta.", Kind.CONTROL_CHANGE, place("t:esta"), actor=RIVALS)
    desk.say(
        "b", "Dumo did not fall.", Kind.CONTROL_CHANGE, place("t:dumo"), status=N, actor=RIVALS
    )
    desk.say(
        "b", "The army never took Esta.", Kind.CONTROL_CHANGE, place("t:esta"), status=N, actor=ARMY
    )
    (event,) = situation_of(desk.extraction()).events
    assert event.standing is Standing.STATED


WIRE = (
    "Fighters of the River Front entered the town of Esta at dawn on Tuesday after the garrison "
    "left its posts along the canal, two officials and several shopkeepers told reporters there. "
    "The market stayed shut and the bridge to the north was closed to lorries for the whole day."
)


def test_a_wire_report_printed_twice_counts_once():
    articles = [
        Article(id="a", text=WIRE),
        Article(id="b", text=WIRE + " Our correspondent adds that buses still ran."),
        Article(
            id="c", text="Esta changed hands overnight, and nobody in the market could say how."
        ),
    ]
    assert near_duplicates(articles) == {"a": "a", "b": "a", "c": "c"}


def test_duplicates_do_not_assess():
    desk = Desk().article("a").article("b")
    for name in "ab":
        for line in WIRE.split(". "):
            desk.say(name, line, Kind.CONTROL_CHANGE, place("t:esta"), actor=RIVALS)
    found = situation_of(desk.extraction())
    assert found.events[0].standing is Standing.STATED
    assert "nearly the same text" in found.events[0].rule
    assert found.notes == ("b prints nearly the same text as a, so the two count as one source.",)


def test_a_source_is_one_by_its_name_or_acronym():
    plain = Attribution(name="River Watch Group", role="monitor", words="x")
    short = Attribution(name="RWG", role="monitor", words="x")
    assert source_key(MONITOR) == source_key(plain) == source_key(short) == "rwg"
    assert source_name(MONITOR) == "RWG"
    assert source_name(None) == "an unnamed source"
