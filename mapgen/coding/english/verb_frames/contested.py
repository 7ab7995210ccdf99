"""Frame of towns that the text itself calls contested: "control of Y is disputed".

A trigger word with its sentence comes in; drafts of states without a holder go out. They are drawn
as contested places, as are those about which sources contradict each other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapgen.coding.english.mentions import SITE_NOUNS, TOWN_NOUNS, is_wide, kids
from mapgen.coding.english.sentence_context import ClaimDraft, at, governed, outside_countries
from mapgen.coding.english.verb_frames.held_by import is_past_of_past
from mapgen.core.tables.word_lists import word_list
from mapgen.model import Kind, Role
from mapgen.reasons import CONTESTED, Reason, ReasonKind

if TYPE_CHECKING:
    from spacy.tokens import Token

    from mapgen.coding.english.mentions import Mention
    from mapgen.coding.english.sentence_context import SentenceContext
    from mapgen.core.tables.lexicon import LexiconEntry

_SHARES = word_list("governors", "shares")
_OF_HOLDING = frozenset({"control", "hold", "ownership", "possession"})
_PERCENT = frozenset({"%", "cent", "percent"})
_STAYING = frozenset({"become", "remain", "stay"})
_LASTING = frozenset({"always", "historically", "long", "traditionally"})


def contested(verb: Token, entry: LexiconEntry, scene: SentenceContext) -> list[ClaimDraft]:
    """Read "Y is contested", "half of Y is disputed" and "who holds Y is disputed".

    Lands that states have "long disputed" are no news of a war.
    """
    if not _is_state(verb):
        return []
    return _contested_at(verb, _subjects(verb), scene)


def held_in_part(verb: Token, scene: SentenceContext) -> list[ClaimDraft]:
    """Read "both sides hold parts of Y" and "X controls most of Y" as a contested town.

    Who has four fifths of a town does not have it: the rest is another's.

    Parameters
    ----------
    verb
        A verb of holding.
    scene
        Its sentence.
    """
    both = [
        s
        for s in kids(verb, "nsubj")
        if s.lower_ == "sides" and any(c.lower_ in {"both", "two"} for c in s.children)
    ]
    if not both and (scene.actor(verb) is None or is_past_of_past(verb)):
        return []
    things = [o for o in kids(verb, "dobj") if _is_share(o)]
    of_towns = [t for t in things if both or _is_of_town(t, scene)]
    return _contested_at(verb, of_towns, scene)


def _is_share(thing: Token) -> bool:
    """Whether words count a part of something: "most", "parts", "85 percent", not "100 percent"."""
    if thing.lower_ in _PERCENT:
        return all(n.text not in {"0", "100"} for n in kids(thing, "nummod"))
    return thing.lower_ in _SHARES


def _is_of_town(share: Token, scene: SentenceContext) -> bool:
    """Whether a share is of a town, not of something in it: "most of the trade in Y"."""
    wholes = governed(share, "of")
    return any(o.i in scene.passage.places or o.lower_ in TOWN_NOUNS for o in wholes)


def _contested_at(verb: Token, things: list[Token], scene: SentenceContext) -> list[ClaimDraft]:
    """Return the state of the towns of these words, of which nobody is said to be the holder."""
    mentions = [m for t in things for m in _held(t, scene)]
    mentions = [m for m in outside_countries(mentions) if not is_wide(m)]
    if not mentions:
        return []
    return [contested_draft(verb, mentions, things)]


def contested_draft(word: Token, mentions: list[Mention], anchors: list[Token]) -> ClaimDraft:
    """Return the state of towns that nobody holds as a whole.

    Parameters
    ----------
    word
        The word that tells it.
    mentions
        The towns.
    anchors
        Further words of the quote.
    """
    reasons = [Reason(ReasonKind.ACTOR, CONTESTED)]
    places = at(mentions, Role.AT)
    return ClaimDraft(Kind.CONTROL_STATE, word, places=places, anchors=anchors, reasons=reasons)


def _is_state(verb: Token) -> bool:
    """Whether a participle tells of a state of now: "is contested", "remains disputed"."""
    helpers = {c.lower_ for c in kids(verb, "auxpass", "aux")}
    helpers |= {verb.head.lower_} if verb.dep_ == "acomp" else set()
    if verb.tag_ != "VBN" or "had" in helpers or not helpers - {"has", "have"}:
        return False
    lasting = any(c.lower_ in _LASTING or c.dep_ == "neg" for c in verb.children)
    return not lasting and not governed(verb, "between")


def _subjects(verb: Token) -> list[Token]:
    """Return what is contested; the parser may tie the subject to the "remains" beside it."""
    stays = [*kids(verb, "auxpass"), verb.head]
    things = kids(verb, "nsubjpass", "csubjpass", "nsubj")
    things = things or [s for v in stays if v.lemma_ in _STAYING for s in kids(v, "nsubj")]
    if verb.dep_ == "relcl":  # "Y, which is contested"
        return [verb.head if t.tag_ in {"WDT", "WP"} else t for t in things]
    return things


def _held(thing: Token, scene: SentenceContext) -> list[Mention]:
    """Return the towns of the subject: a town, a part of one, "control of" or "who holds" one."""
    if thing.dep_ == "csubjpass":
        asks = any(c.tag_ in {"WP", "WDT"} for c in thing.children)
        held = thing.lemma_ in {"control", "hold", "run"} and asks
        return [m for o in kids(thing, "dobj") for m in scene.places(o)] if held else []
    if thing.i in scene.passage.places or thing.lower_ in TOWN_NOUNS | SITE_NOUNS:
        return scene.places(thing)
    if _is_share(thing) or thing.lower_ in _OF_HOLDING:
        return [m for o in governed(thing, "of", "over") for m in scene.places(o)]
    return []
