"""Merging looks up what it used to compare pair by pair: the answers must be the same."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from situation_kit import ARMY, DAY, PLACES, RIVALS, Desk, place

from mapgen.merging.events import situation_of
from mapgen.merging.periods import REPORT_GAP
from mapgen.merging.reprints import near_duplicates
from mapgen.merging.units import (
    _region_sets,
    country_of,
    fineness,
    group,
    km_apart,
    units_of,
)
from mapgen.merging.vague_places import VAGUE_REACH_KM, attach_vague
from mapgen.model import Article, Kind, Precision, Role


def all_pairs_duplicates(articles):
    """Compare every article with every original before it, as tuples of five words."""
    runs = {}
    for article in sorted(articles, key=lambda a: a.id):
        words = re.findall(r"\w+", article.text.casefold())
        n = max(1, len(words) - 4)
        runs[article.id] = {tuple(words[i : i + 5]) for i in range(n)} if words else set()
    first = {}
    for name, own in runs.items():
        same = [
            other
            for other in first
            if first[other] == other
            and own
            and runs[other]
            and len(own & runs[other]) / min(len(own), len(runs[other])) > 0.8
        ]
        first[name] = min(same, default=name)
    return first


@settings(deadline=None, max_examples=150)
@given(
    st.lists(
        st.lists(st.sampled_from(["Alba", "fell", "at", "dawn", "guns", "of"]), max_size=14),
        max_size=9,
    ),
    st.lists(st.tuples(st.integers(0, 8), st.integers(0, 3)), max_size=4),
)
def test_reprints_are_those_that_comparing_all_pairs_finds(texts, copies):
    texts = [*texts]
    for source, extra in copies:  # reprints with a few words more
        if source < len(texts):
            texts.append([*texts[source], *(["more"] * extra)])
    articles = [Article(id=f"{n:02d}", text=" ".join(words)) for n, words in enumerate(texts)]
    assert near_duplicates(articles) == all_pairs_duplicates(articles)


def all_pairs_regions(units, sentence_of):
    """Join every pair that may be one area, until nothing changes."""

    def together(a, b):
        if a.key == b.key:
            return True
        pa, pb = a.places[0], b.places[0]
        if country_of(pa) is None or country_of(pa) != country_of(pb):
            return False
        if fineness(pa) == fineness(pb) or Precision.COUNTRY in {pa.precision, pb.precision}:
            return False
        same = sentence_of.get(a.claim.id) == sentence_of.get(b.claim.id)
        return km_apart(pa, pb) <= (500.0 if same else 150.0)

    sets = [{i} for i in range(len(units))]
    for i, a in enumerate(units):
        for j, b in enumerate(units[:i]):
            if together(a, b):
                one = next(s for s in sets if i in s)
                two = next(s for s in sets if j in s)
                if one is not two:
                    sets.remove(two)
                    one |= two
    return sorted([sorted(s) for s in sets], key=min)


REGIONS = [key for key, p in PLACES.items() if p.precision != "settlement"]


@settings(deadline=None, max_examples=100)
@given(st.lists(st.tuples(st.sampled_from(REGIONS), st.integers(0, 3)), max_size=9))
def test_areas_join_as_when_all_pairs_are_compared(said):
    desk = Desk().article("one")
    sentences = {}
    for key, sentence in said:
        claim = desk.say("one", "They advance.", Kind.ADVANCE, place(key, Role.REGION))
        sentences[claim.id] = f"s{sentence}"
    units = [u for c in desk.claims for u in units_of(c, DAY)]
    found = [[units.index(u) for u in s] for s in _region_sets(units, sentences)]
    assert found == all_pairs_regions(units, sentences)


POINTS = [key for key, p in PLACES.items() if p.precision == "settlement"]
SAID = st.tuples(
    st.sampled_from(POINTS),
    st.sampled_from([Role.AT, Role.NEAR]),
    st.sampled_from([ARMY, RIVALS]),
    st.integers(0, 80),
)


@settings(deadline=None, max_examples=100)
@given(st.lists(SAID, max_size=12))
def test_vague_reports_hang_where_comparing_all_groups_hangs_them(said):
    desk = Desk()
    for n, (key, role, actor, days) in enumerate(said):
        desk.article(f"a{n}", published_on=DAY + timedelta(days=days))
        desk.say(f"a{n}", "Taken.", Kind.CONTROL_CHANGE, place(key, role), actor=actor)
    dates = {name: a["published_on"] for name, a in desk.articles.items()}
    units = [u for c in desk.claims for u in units_of(c, dates[c.article])]
    groups = group([u for u in units if u.family == "control"], {})
    vague = [u for u in units if u.family == "vague"]
    attached, left = attach_vague(groups, vague)
    where = {u.claim.id: i for i, us in attached.items() for u in us}
    for unit in vague:
        near = []
        for i, members in enumerate(groups):
            ends = [m.end for m in members]
            days = max(min(ends) - unit.end, unit.end - max(ends), timedelta(0))
            km = km_apart(members[0].places[0], unit.places[0])
            fits = members[0].key != unit.key and unit.side in {m.side for m in members}
            if fits and km <= VAGUE_REACH_KM and days <= REPORT_GAP:
                near.append((km, days, i))
        assert where.get(unit.claim.id) == (min(near)[2] if near else None)
        assert (unit in left) == (not near)


def test_vague_reports_are_found_across_the_date_line():
    east, west = (
        replace(place(key), place_id=name, lat=-16.8, lon=lon)
        for key, name, lon in (("t:alba", "e", 179.95), ("t:bero", "w", -179.95))
    )
    desk = Desk().article("one")
    desk.say("one", "Alba fell.", Kind.CONTROL_CHANGE, east, actor=RIVALS)
    desk.say(
        "one", "So did hamlets.", Kind.CONTROL_CHANGE, replace(west, role=Role.NEAR), actor=RIVALS
    )
    (event,) = situation_of(desk.extraction()).events
    assert len(event.claims) == 2


def test_cost_grows_no_faster_than_n_log_n():
    """Count calls, not seconds: a shared machine has no steady clock."""
    import cProfile
    import pstats

    def calls(n):
        desk = Desk()
        for i in range(n):
            name = f"a{i:05d}"
            desk.article(name, published_on=date(2031, 1, 1) + timedelta(days=i % 300))
            key = POINTS[i % len(POINTS)]
            region = REGIONS[i % len(REGIONS)]
            actor = (ARMY, RIVALS)[i // 7 % 2]
            desk.say(name, f"Word {i} fell.", Kind.CONTROL_CHANGE, place(key), actor=actor)
            desk.say(
                name, f"By {i} hamlets.", Kind.CONTROL_CHANGE, place(key, Role.NEAR), actor=actor
            )
            desk.say(name, f"On {i} they go.", Kind.ADVANCE, place(region, Role.REGION))
            desk.say(name, f"To {i} they fled.", Kind.DISPLACEMENT, place(region, Role.DESTINATION))
        extraction = desk.extraction()
        profile = cProfile.Profile()
        profile.enable()
        situation_of(extraction)
        profile.disable()
        return pstats.Stats(profile).total_calls

    small, large = calls(150), calls(600)
    assert large / small < 5.5  # four times the claims: n log n gives 4.8, n squared 16
