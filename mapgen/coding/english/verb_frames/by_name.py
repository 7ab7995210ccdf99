"""Map the names of frames in the lexicon to the functions that read them."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
from mapgen.coding.english.verb_frames.forces import (
    abandon,
    advance,
    approach,
    close_in,
    enter,
    mass,
    on_doorstep,
    proximity,
    reinforce,
    send,
    withdraw,
    withdrawal_of,
)
from mapgen.coding.english.verb_frames.ground_taken import (
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
    raise_flag,
    slip_from,
)
from mapgen.coding.english.verb_frames.held_by import in_hands
from mapgen.coding.english.verb_frames.parts_taken import of_gains
from mapgen.coding.english.verb_frames.people import (
    arrive,
    come_back,
    cross,
    displace,
    exodus,
    flee,
    head,
    leave,
    make_it,
    seek,
    shelter,
    turn_up,
)
from mapgen.coding.english.verb_frames.supply_routes import cut_route, gateway, link
from mapgen.coding.english.verb_frames.told_to_leave import give, order, tell
from mapgen.coding.english.verb_frames.weapons import burn, drop, weapon_attack
from mapgen.coding.english.verb_frames.whose_town import open_gates, whose_town

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
    "leave": leave,
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
    "tell_to_leave": tell,
    "give": give,
    "order_to_leave": order,
    "whose_town": whose_town,
    "open_gates": open_gates,
    "free_of": free_of,
    "weapon_attack": weapon_attack,
    "burn": burn,
    "drop": drop,
    "fire_on": fire_on,
}
