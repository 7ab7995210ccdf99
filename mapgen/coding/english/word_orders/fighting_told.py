"""Find the fighting that the frames miss, and put it where a headed item says that it was.

The drafts of a sentence come in, and go out with attacks that were beaten off, with violence told
by its dead, and with shots exchanged. In an item that a place heads, "Y: clashes went on along the
road to Z", fighting without a place of its own, or on a road that leads away, is at or near Y.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from mapgen.coding.english.mentions import kids
from mapgen.coding.english.sentence_context import (
    IN,
    ClaimDraft,
    at,
    led_place,
    objects,
    outside_countries,
)
from mapgen.coding.english.tolls import INCIDENTS
from mapgen.coding.english.word_orders.deaths import told_deaths
from mapgen.coding.english.word_orders.repelled import with_repelled
from mapgen.core.tables.actors import FORCE_WORDS, GROUP_WORDS
from mapgen.model import Kind, Role

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

    from mapgen.coding.english.sentence_context import SentenceContext

_SHOTS = frozenset({"artillery", "bullets", "fire", "gunfire", "mortars", "salvos", "shots"})
_ROAD = re.compile(
    r"\b(?:road|highway|track|route|axis)\s+(?:\w+ing\s+)?(?:from\s+there\s+)?(?:to|towards?)\s+$"
)


def with_fighting(drafts: list[ClaimDraft], sent: Span, scene: SentenceContext) -> list[ClaimDraft]:
    """Return the drafts of a sentence with the fighting that the frames miss.

    Parameters
    ----------
    drafts
        What the frames read.
    sent
        A parsed sentence.
    scene
        The sentence with its context.
    """
    drafts = with_repelled(drafts, sent, scene)
    if not any(d.kind in INCIDENTS for d in drafts):
        drafts = [*drafts, *(d for verb in sent for d in _shots_exchanged(verb, scene))]
    if not any(d.kind in INCIDENTS for d in drafts):
        drafts = [*drafts, *told_deaths(sent, scene)]
    return [_at_leader(_off_roads(d, scene), scene) if d.kind in INCIDENTS else d for d in drafts]


def _shots_exchanged(verb: Token, scene: SentenceContext) -> list[ClaimDraft]:
    """Read "X and Z exchanged fire in Y" and "they traded shots near Y"."""
    shots = objects(verb) if verb.lemma_.lower() in {"exchange", "trade"} else []
    actor = scene.actor(verb)
    who = [t for s in kids(verb, "nsubj") for t in (s, *s.conjuncts)]
    armed = actor is not None or any(t.lower_ in FORCE_WORDS | GROUP_WORDS for t in who)
    if not armed or not any(o.lower_ in _SHOTS for o in shots):
        return []
    found = scene.oblique(verb, IN) or scene.fronted(verb) or led_place(scene, verb)
    places = outside_countries(found)
    return [ClaimDraft(Kind.CLASH, verb, actor, places=at(places), anchors=shots)] if places else []


_ROAD_FROM = re.compile(
    r"\b(?:road|highway|route|track|axis)\s+(?:from|between)\s+(?:[^.;,]{1,40}\s(?:to|and)\s+)?$"
)
_ROAD_BEHIND = re.compile(r"(?:[-–][A-Z][\w'’]+)?\s(?:axis|highway|road|route)\b")
_HYPHEN_BEFORE = re.compile(r"[A-Z][\w'’]+[-–]$")


def _off_roads(draft: ClaimDraft, scene: SentenceContext) -> ClaimDraft:
    """Return a draft without the ends of the road on which its place lies.

    In "near Y, on the road from X to Z" and "at Y, on the X-Z road" only Y was attacked.
    """
    text = scene.passage.text
    ends = []
    for p in draft.places:
        before = text[max(0, p.start - 70) : p.start]
        behind = _ROAD_BEHIND.match(text, p.end)
        is_pair = behind is not None and (
            text[p.end] in "-–" or _HYPHEN_BEFORE.search(before) is not None
        )
        if _ROAD_FROM.search(before) or is_pair:
            ends.append(p)
    kept = tuple(p for p in draft.places if p not in ends)
    return replace(draft, places=kept) if ends and kept else draft


def _at_leader(draft: ClaimDraft, scene: SentenceContext) -> ClaimDraft:
    """Return a draft at the place that heads its item, if it has none, or on a road from there."""
    text = scene.passage.text
    on_road = [p for p in draft.places if _ROAD.search(text, max(0, p.start - 40), p.start)]
    if draft.places and len(on_road) < len(draft.places):
        return draft
    leader = led_place(scene, draft.trigger, beside=frozenset(p.start for p in on_road))
    if not leader:
        return draft
    return replace(draft, places=at(leader, Role.NEAR if on_road else None))
