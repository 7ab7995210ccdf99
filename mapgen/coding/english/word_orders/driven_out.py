"""Read that those who came into a town were driven out of it, where the next sentence says so.

"Rebels seized the courthouse in X overnight. Police had driven them out by morning": the parsed
second sentence comes in with the claims of the first; a change of control goes out, at the place
of the first sentence. Without days in their order, the first capture is over.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mapgen.coding.english.mentions import TOWN_NOUNS, kids
from mapgen.coding.english.sentence_context import ClaimDraft
from mapgen.coding.english.takeback import decided, is_days_before
from mapgen.coding.english.verb_frames.by_name import FRAMES
from mapgen.coding.english.verb_frames.weapons import are_armed
from mapgen.core.tables.lexicon import lexicon
from mapgen.model import Kind, Precision, Role, Status
from mapgen.reasons import Reason, ReasonKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Span, Token

    from mapgen.coding.english.sentence_context import SentenceContext
    from mapgen.core.tables.lexicon import LexiconEntry
    from mapgen.model import Actor, Claim, ClaimPlace

DRIVEN_OUT = Reason(ReasonKind.PLACE, "the place that they were driven out of")
_CAME = frozenset({Kind.ADVANCE, Kind.CONTROL_CHANGE, Kind.CONTROL_STATE})
_BY_THEMSELVES = frozenset({"dislodge", "evict", "expel", "oust"})  # need no "out"
_THEM = frozenset({"they", "them"})
_IT = frozenset({"it", "there"})


def driven_out(sent: Span, scene: SentenceContext, before: Sequence[Claim]) -> list[ClaimDraft]:
    """Read "Soldiers drove them out by noon" behind "gunmen entered Y".

    Parameters
    ----------
    sent
        A parsed sentence.
    scene
        The sentence with its context.
    before
        The claims of the sentence before.
    """
    came = [c for c in before if _is_inside(c)]
    who = {c.actor for c in came}
    if len(who) != 1 or any(t.i in scene.passage.places for t in sent):
        return []
    loser = next(iter(who))
    for verb in sent:
        actor = _driver(verb, scene)
        if not _tells_it(verb, loser, actor, scene):
            continue
        places = {p.place_id or p.surface: _meant(p, verb, scene) for c in came for p in c.places}
        kind, there = Kind.CONTROL_CHANGE, tuple(places.values())
        return [ClaimDraft(kind, verb, actor, loser, there, reasons=[DRIVEN_OUT])]
    return []


def _tells_it(
    verb: Token, loser: Actor | None, actor: Actor | None, scene: SentenceContext
) -> bool:
    """Whether a verb tells that those who came were driven out by somebody else.

    "Drove the rebels out of the town" is read by its own frame.
    """
    entry = _dislodging(verb.lemma_)
    if entry is None or FRAMES[entry.frame](verb, entry, scene):
        return False
    if not _drives_out(verb) or not _are_they(verb, loser, scene):
        return False
    if actor is None:
        return bool(kids(verb, "nsubjpass"))  # not "hunger drove them out"
    return loser is None or actor.side != loser.side


def until_driven_out(before: Sequence[Claim], made: Sequence[Claim]) -> list[Claim]:
    """Return the claims of a sentence; captures undone in the next are past, unless days part them.

    Parameters
    ----------
    before
        The claims of the sentence before.
    made
        The claims of the sentence after it.
    """
    told = [c for c in made if c.status.is_current and c.kind is Kind.CONTROL_CHANGE]
    out = [c for c in told if _dislodging(c.reasons[0].words) is not None]
    return [_over(c, [later for later in out if _undoes(later, c)]) for c in before]


def _dislodging(word: str) -> LexiconEntry | None:
    """Return the entry of a verb of driving somebody out, or None for any other word."""
    entry = lexicon().get((word.lower(), "verb"))
    return entry if entry is not None and "dislodge" in entry.frame else None


def _undoes(later: Claim, claim: Claim) -> bool:
    """Whether a claim says that those who took the place of another were driven out of it."""
    held = claim.status.is_current and claim.kind in _CAME - {Kind.ADVANCE}
    there = {p.place_id or p.surface for p in later.places}
    same = there & {p.place_id or p.surface for p in claim.places}
    return held and bool(same) and later.from_actor in {None, claim.actor}


def _over(claim: Claim, later: Sequence[Claim]) -> Claim:
    """Return a claim as past if others undo it and their days do not put them after it."""
    if not later or all(is_days_before(claim, c) for c in later):
        return claim
    words = later[0].reasons[0].words
    return replace(
        claim, status=Status.HISTORICAL, reasons=decided(claim, Status.HISTORICAL, words)
    )


def _is_inside(claim: Claim) -> bool:
    """Whether a claim says that a party came into one town, or held it for a while."""
    told = claim.status.is_current or (
        claim.kind is Kind.CONTROL_STATE and claim.status is Status.HISTORICAL
    )
    wide = any((p.precision or Precision.SETTLEMENT).is_area for p in claim.places)
    inside = all(p.role is not Role.DESTINATION for p in claim.places)
    return told and claim.kind in _CAME and len(claim.places) == 1 and inside and not wide


def _drives_out(verb: Token) -> bool:
    """Whether a verb says that somebody drove others out of a place that it need not name."""
    outs = [c for c in kids(verb, "prt", "advmod", "prep") if c.lower_ in {"from", "out"}]
    behind = [o for p in outs for q in (p, *kids(p, "prep")) for o in kids(q, "pobj")]
    there = all(o.lower_ in _IT or o.lower_ in TOWN_NOUNS for o in behind)
    out = any(c.lower_ == "out" for c in outs)
    return there and (out or bool(behind) or verb.lemma_.lower() in _BY_THEMSELVES)


def _are_they(verb: Token, loser: Actor | None, scene: SentenceContext) -> bool:
    """Whether those who are driven out are the ones who came in the sentence before."""
    passive = kids(verb, "nsubjpass") or (verb.tag_ == "VBN" and not kids(verb, "nsubj"))
    things = kids(verb, "nsubjpass") if passive else kids(verb, "dobj")
    for thing in things:
        party = scene.party(thing)
        if thing.lower_ in _THEM or (party is not None and party == loser):
            return True
        nameless = party is None or party.id.startswith("text:")
        if nameless and are_armed(thing) and any(c.lower_ == "the" for c in kids(thing, "det")):
            return True
    return False


def _driver(verb: Token, scene: SentenceContext) -> Actor | None:
    """Return who drove them out, the subject or the one behind "by"."""
    if kids(verb, "nsubjpass"):
        return scene.first_party([o for p in kids(verb, "agent") for o in kids(p, "pobj")])
    return scene.actor(verb)


def _meant(place: ClaimPlace, verb: Token, scene: SentenceContext) -> ClaimPlace:
    """Return a place of the sentence before as the one that a verb means."""
    start, end = scene.passage.starts[verb.i], scene.passage.ends[verb.i]
    name = place.name or place.surface
    return replace(place, surface=scene.passage.word(verb), start=start, end=end, name=name)
