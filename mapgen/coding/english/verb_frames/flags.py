"""Frame of flags: who raises one over a town, or whose flies there, holds it.

A verb with its sentence comes in; drafts of changes of control go out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapgen.coding.english.attribution import TELLING
from mapgen.coding.english.mentions import is_wide, kids
from mapgen.coding.english.place_lists import continued
from mapgen.coding.english.sentence_context import ClaimDraft, at, objects

if TYPE_CHECKING:
    from spacy.tokens import Token

    from mapgen.coding.english.mentions import Mention
    from mapgen.coding.english.sentence_context import SentenceContext
    from mapgen.core.tables.lexicon import LexiconEntry
    from mapgen.model import Actor


def _army_of_flag(flag: Token, scene: SentenceContext) -> Actor | None:
    """Return the party whose flag it is: "the Azerbaijani flag was hoisted over Y"."""
    owners = kids(flag, "amod", "compound", "nmod", "poss")
    whose = scene.passage.words_of(c for c in owners if c.lower_ not in _COLOURS)
    return scene.cast.resolve(f"{whose} forces") if whose else None


_FLAGS = frozenset({"banner", "banners", "flag", "flags"})
_COLOURS = frozenset({"black", "green", "red", "tricolour", "white", "yellow"})


def raise_flag(verb: Token, entry: LexiconEntry, scene: SentenceContext) -> list[ClaimDraft]:
    """Read "X raised its flag over Y" and "the flag of X flies over Y"."""
    flags = _flags_of(verb)
    whose = (_army_of_flag(o, scene) for o in flags)
    actor = scene.actor(verb) or _of_main_verb(verb, scene) or next(filter(None, whose), None)
    where = frozenset({"over", "above", "in", "at", "on"})
    mentions = scene.oblique(verb, where) or [m for o in flags for m in scene.after(o, where)]
    mentions = mentions or [m for o in flags for m in scene.behind(o, where)]
    mentions = [m for m in mentions if not is_wide(m)] or _only_town_before(verb, scene)
    mentions += continued(mentions, verb, scene)
    if not flags or actor is None or not mentions:
        return []
    return [ClaimDraft(entry.kind, verb, actor, places=at(mentions), anchors=flags)]


def _of_main_verb(verb: Token, scene: SentenceContext) -> Actor | None:
    """Return the subject of the main verb for "a week after raising its flag in Y, X ..."."""
    if verb.tag_ != "VBG" or verb.dep_ != "pcomp":
        return None
    above = next((a for a in verb.ancestors if a.pos_ in {"AUX", "VERB"}), None)
    return scene.actor(above) if above is not None else None


def _only_town_before(verb: Token, scene: SentenceContext) -> list[Mention]:
    """Return the town over which a flag is raised: "in Y ... over the town hall", not a region."""
    if not any(
        p.lower_ in {"above", "over"} for t in (verb, *_flags_of(verb)) for p in kids(t, "prep")
    ):
        return []  # "took the town hall of Y and hoisted their flag"
    named = [t for t in verb.doc[verb.sent.start : verb.i] if t.i in scene.passage.places]
    aside = {
        t.i for v in verb.sent if v.lemma_ in TELLING for s in kids(v, "nsubj") for t in s.subtree
    }
    towns = {
        m.start: m for t in named if t.i not in aside for m in scene.places(t) if not is_wide(m)
    }
    return list(towns.values()) if len(towns) == 1 else []


def _flags_of(verb: Token) -> list[Token]:
    """Return the flags that somebody raises or that fly, but not that "flew over Y before"."""
    flags = [o for o in objects(verb) if o.lower_ in _FLAGS]
    if flags or verb.lemma_ != "fly" or (verb.tag_ == "VBD" and not _is_again(verb)):
        return flags
    return [o for o in kids(verb, "nsubj") if o.lower_ in _FLAGS]


def _is_again(verb: Token) -> bool:
    """Whether a verb says that something is so again, or now."""
    return any(c.lower_ in {"again", "now", "once"} for c in verb.children)
