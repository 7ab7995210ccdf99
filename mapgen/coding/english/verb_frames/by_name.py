"""Map words to their entries in the lexicon, and the names of frames to what reads them.

A word of a parsed sentence comes in; its entry goes out, also where the parser tags it as another
part of speech.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapgen.coding.english.verb_frames.contested import contested
from mapgen.coding.english.verb_frames.damage import burn, opened, run_into, wreck
from mapgen.coding.english.verb_frames.fighting import (
    clash,
    clash_in,
    fire_on,
    impact,
    kill,
    launch,
    siege_of,
    strike,
    strike_on,
    under_fire,
)
from mapgen.coding.english.verb_frames.flags import raise_flag
from mapgen.coding.english.verb_frames.forces import (
    abandon,
    advance,
    approach,
    close_in,
    enter,
    left,
    mass,
    on_doorstep,
    proximity,
    reinforce,
    send,
    withdraw,
    withdrawal_of,
)
from mapgen.coding.english.verb_frames.ground_taken import (
    add_to_gains,
    change_hands,
    dislodge,
    fall,
    free_of,
    gain,
    gain_control,
    gain_into,
    gain_strict,
    hold,
    lose,
    of_gain,
    slip_from,
)
from mapgen.coding.english.verb_frames.held_by import in_hands, stays
from mapgen.coding.english.verb_frames.parts_taken import of_gains
from mapgen.coding.english.verb_frames.people import (
    arrive,
    come_back,
    cross,
    displace,
    exodus,
    flee,
    head,
    make_it,
    seek,
    shelter,
    turn_up,
)
from mapgen.coding.english.verb_frames.supply_routes import cut_route, gateway, link
from mapgen.coding.english.verb_frames.told_to_leave import give, order, tell
from mapgen.coding.english.verb_frames.weapons import drop, weapon_attack
from mapgen.coding.english.verb_frames.whose_town import whose_town
from mapgen.core.tables.lexicon import lexicon
from mapgen.model import Kind

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.tokens import Token

    from mapgen.coding.english.sentence_context import ClaimDraft, SentenceContext
    from mapgen.core.tables.lexicon import LexiconEntry

FRAMES: dict[str, Callable[[Token, LexiconEntry, SentenceContext], list[ClaimDraft]]] = {
    "gain": gain,
    "gain_strict": gain_strict,
    "gain_control": gain_control,
    "lose": lose,
    "fall": fall,
    "gain_into": gain_into,
    "hold": hold,
    "enter": enter,
    "advance": advance,
    "advance_into": advance,
    "approach": approach,
    "approach_strict": approach,
    "close_in": close_in,
    "withdraw": withdraw,
    "withdraw_prt": withdraw,
    "withdrawal_of": withdrawal_of,
    "abandon": abandon,
    "reinforce": reinforce,
    "reinforce_to": reinforce,
    "flee": flee,
    "leave": left,
    "cross": cross,
    "shelter": shelter,
    "head": head,
    "make_it": make_it,
    "displace": displace,
    "exodus": exodus,
    "strike": strike,
    "launch": launch,
    "strike_on": strike_on,
    "attack_on": strike_on,
    "clash": clash,
    "clash_in": clash_in,
    "under_fire": under_fire,
    "of_gain": of_gain,
    "of_lose": of_gain,
    "of_gains": of_gains,
    "siege_of": siege_of,
    "link": link,
    "gateway": gateway,
    "cut": cut_route,
    "on_doorstep": on_doorstep,
    "proximity": proximity,
    "advance_or_dislodge": dislodge,
    "dislodge": dislodge,
    "in_hands": in_hands,
    "stays": stays,
    "contested": contested,
    "change_hands": change_hands,
    "slip_from": slip_from,
    "turn_up": turn_up,
    "arrive": arrive,
    "seek": seek,
    "come_back": come_back,
    "impact": impact,
    "kill": kill,
    "send": send,
    "mass": mass,
    "raise_flag": raise_flag,
    "add_to_gains": add_to_gains,
    "tell_to_leave": tell,
    "give": give,
    "order_to_leave": order,
    "whose_town": whose_town,
    "open_gates": opened,
    "free_of": free_of,
    "weapon_attack": weapon_attack,
    "burn": burn,
    "wreck": wreck,
    "run_into": run_into,
    "drop": drop,
    "fire_on": fire_on,
}


def entry_of(token: Token) -> LexiconEntry | None:
    """Return the entry of a word in the lexicon, or None.

    Parameters
    ----------
    token
        Any word.
    """
    table = lexicon()
    pos = "verb" if token.tag_.startswith("VB") or token.pos_ == "VERB" else "noun"
    if token.tag_ == "VBG" and token.dep_ in _NOUN_DEPS and (token.lower_, "noun") in table:
        pos = "noun"  # "Fighting went on near the town"
    entry = table.get((token.lemma_.lower(), pos)) or table.get((token.lower_, pos))
    return entry or _entry_otherwise(token, pos)


def _entry_otherwise(token: Token, pos: str) -> LexiconEntry | None:
    """Return the entry of a word that is tagged as another part of speech, or of "took control"."""
    table = lexicon()
    if token.lower_ == "close" and token.dep_ in {"advcl", "ROOT", "ccomp", "conj", "relcl"}:
        return table.get(("close", "verb"))  # "close in" is tagged an adverb
    beside = token.dep_ == "amod" and token.i > token.head.i  # "Y, encircled, holds out"
    if (
        (token.dep_ in {"acomp", "advcl"} or beside)
        and token.tag_ == "JJ"
        and token.lower_.endswith("ed")
    ):
        low = token.lower_  # "remains encircled" is tagged an adjective
        entry = table.get((low[:-1], "verb")) or table.get((low[:-2], "verb"))
        return entry if entry is not None and entry.kind is Kind.SIEGE else None
    controls = any(o.lemma_ == "control" for o in token.children if o.dep_ == "dobj")
    if pos == "verb" and controls and token.lemma_ in _TAKING_CONTROL:
        return table["gain", "verb"]
    return None


_NOUN_DEPS = frozenset({"attr", "dobj", "nsubj", "nsubjpass", "pobj"})
_TAKING_CONTROL = frozenset({"cement", "gain", "retake", "seize", "take", "tighten", "wrest"})
