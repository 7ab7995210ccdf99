"""Find the fighting that the frames miss, and put it where a headed item says that it was.

The drafts of a sentence come in, and go out with attacks that were beaten off, with violence told
by its dead, and with shots exchanged. In an item that a place heads, "Y: clashes went on along the
road to Z", fighting without a place of its own, or on a road that leads away, is at or near Y.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mapgen.coding.english.mentions import kids
from mapgen.coding.english.road_ends import is_end, is_led_to
from mapgen.coding.english.sentence_context import (
    IN,
    ClaimDraft,
    at,
    led_place,
    objects,
    outside_countries,
)
from mapgen.coding.english.tolls import INCIDENTS
from mapgen.coding.english.verb_frames.weapons import are_armed
from mapgen.coding.english.word_orders.deaths import told_deaths
from mapgen.coding.english.word_orders.repelled import with_repelled
from mapgen.model import Kind, Role

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

    from mapgen.coding.english.sentence_context import SentenceContext

_SHOTS = frozenset({"artillery", "bullets", "fire", "gunfire", "mortars", "salvos", "shots"})


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
    """Read "X and Z exchanged fire in Y" and "mortars were exchanged near Y"."""
    shots = objects(verb) if verb.lemma_.lower() in {"exchange", "trade"} else []
    actor = scene.actor(verb)
    passive = bool(kids(verb, "nsubjpass"))
    armed = passive or actor is not None or any(are_armed(t) for t in kids(verb, "nsubj"))
    if not armed or not any(o.lower_ in _SHOTS for o in shots):
        return []
    found = scene.oblique(verb, IN) or scene.fronted(verb) or led_place(scene, verb)
    places = outside_countries(found)
    return [ClaimDraft(Kind.CLASH, verb, actor, places=at(places), anchors=shots)] if places else []


def _off_roads(draft: ClaimDraft, scene: SentenceContext) -> ClaimDraft:
    """Return a draft without the ends of the road on which its place lies, if it has another."""
    text = scene.passage.text
    kept = tuple(p for p in draft.places if not is_end(p, text))
    return replace(draft, places=kept) if kept else draft


def _at_leader(draft: ClaimDraft, scene: SentenceContext) -> ClaimDraft:
    """Return a draft at the place that heads its item, if it has none, or on a road from there."""
    on_road = [p for p in draft.places if is_led_to(p, scene.passage.text)]
    if draft.places and len(on_road) < len(draft.places):
        return draft
    leader = led_place(scene, draft.trigger, beside=frozenset(p.start for p in on_road))
    if not leader:
        return draft
    return replace(draft, places=at(leader, Role.NEAR if on_road else None))
