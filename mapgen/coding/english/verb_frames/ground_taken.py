"""Frames of control: places that are captured, lost, handed over or held.

A trigger word with its sentence comes in; drafts of claims with the old and new holder go out.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mapgen.coding.english.attackers import broke_in, winner
from mapgen.coding.english.attribution import TELLING
from mapgen.coding.english.days_in_phrases import is_day
from mapgen.coding.english.mentions import (
    SITE_NOUNS,
    TOWN_NOUNS,
    Mention,
    apart_from,
    is_wide,
    kids,
    without_containers,
)
from mapgen.coding.english.parties import phrase, subject
from mapgen.coding.english.place_lists import continued
from mapgen.coding.english.sentence_context import (
    FROM,
    IN,
    ClaimDraft,
    at,
    clears_things,
    governed,
    is_hyphenated,
    is_locative,
    objects,
    outside_countries,
    place_tokens,
    tells_holder,
)
from mapgen.coding.english.verb_frames.contested import held_in_part
from mapgen.coding.english.verb_frames.forces import advance, withdraw
from mapgen.coding.english.verb_frames.held_by import is_past_of_past
from mapgen.coding.english.verb_frames.parts_taken import (
    STRONGPOINTS,
    are_unnamed,
    in_turns,
    is_of_one_town,
    is_search,
    means_town,
    positions_taken,
    role_taken,
    where_taken,
)
from mapgen.coding.english.verb_frames.people import REFUGE, head, seek
from mapgen.coding.english.verb_frames.weapons import fallen
from mapgen.coding.english.verb_frames.whose_town import freed_by_speaker
from mapgen.core.tables.actors import as_written
from mapgen.core.tables.lexicon import verb_entry
from mapgen.core.tables.word_lists import word_list
from mapgen.model import Kind, Role
from mapgen.places.toponym_features import common_words
from mapgen.reasons import OPEN, Reason, ReasonKind

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.tokens import Token

    from mapgen.coding.english.sentence_context import SentenceContext
    from mapgen.core.tables.lexicon import LexiconEntry
    from mapgen.model import Actor


_ADMITTING = frozenset({"acknowledge", "admit", "concede"})
_HELD = frozenset({"controlled", "held", "occupied"})
_CONTROL = frozenset({"control", "command", "charge", "possession"})
_GIVEN_BY = frozenset({"authorities", "elders", "garrison", "governor", "officials"})
_GIVING = {"give": {"up"}, "turn": {"over"}, "hand": {"over", "to", "back"}}


def gain(verb: Token, entry: LexiconEntry, scene: SentenceContext) -> list[ClaimDraft]:
    """Read "X seized Y" and "Y was captured by X"."""
    if is_past_of_past(verb) and any(c.lower_ == "since" for c in kids(verb, "prep")):
        return []  # "had occupied it since March"
    return _gain(verb, entry, scene, _is_any)


def gain_strict(verb: Token, entry: LexiconEntry, scene: SentenceContext) -> list[ClaimDraft]:
    """Read "X took Y", where the object must be a place, because people take many other things."""
    return _gain(verb, entry, scene, _is_place)


def gain_control(verb: Token, entry: LexiconEntry, scene: SentenceContext) -> list[ClaimDraft]:
    """Read "X gained control of Y" and "X claimed the town of Y"."""
    return _gain(verb, entry, scene, _claimed)


def _gain(
    verb: Token,
    entry: LexiconEntry,
    scene: SentenceContext,
    fits: Callable[[Token, list[Token], SentenceContext], bool],
) -> list[ClaimDraft]:
    """Read a verb of taking if ``fits`` accepts its objects."""
    things = objects(verb)
    if is_hyphenated(verb) or clears_things(verb, scene) or _is_by_votes(verb):
        return []  # "Russian-occupied Donetsk" says who holds it
    if any(o.lower_ in REFUGE for o in things):
        return seek(verb, verb_entry("seek"), scene)  # "took refuge in Y"
    control = [o for o in things if o.lemma_ in _CONTROL]
    if control:
        return _gain_control(verb, entry, scene, control[0])
    if not fits(verb, things, scene) or not any(_can_be_taken(o, scene) for o in things):
        return []
    actor = _taker(verb, things, scene)
    if actor is None and not _needs_no_party(verb, things, scene):
        return []  # clubs, companies and people "capture" other things
    if is_search(things, actor):
        return []
    near = positions_taken(verb, things, actor, scene)
    if near:
        return near
    mentions = _taken_places(verb, things, scene)
    draft = ClaimDraft(
        Kind.CONTROL_STATE if tells_holder(verb) else entry.kind,
        verb,
        actor,
        _loser(verb, things, scene),
        tuple(m.claim_place(role_taken(m, things, scene)) for m in mentions),
        anchors=things + place_tokens(mentions, scene, verb),
    )
    return [draft]


def _taker(verb: Token, things: list[Token], scene: SentenceContext) -> Actor | None:
    """Return who takes something, also a party of no table, or the speaker of "was liberated"."""
    return (
        scene.actor(verb)
        or _as_written(verb, things, scene)
        or _whose_prize(things, scene)
        or freed_by_speaker(verb, scene)
    )


FREEING = word_list("frames", "freeing")
_NO_GROUND = word_list("frames", "no_ground")
_VOTES = word_list("frames", "votes")


def _is_by_votes(verb: Token) -> bool:
    """Whether a town is won at an election: "won Y with 54 per cent of the votes"."""
    return any(
        t.lower_ in _VOTES
        for p in kids(verb, "prep")
        if p.lower_ in {"at", "by", "during", "in", "with"}
        for t in p.subtree
    )


_LOSERS = {"clear": ("of", "from")}  # "cleared Y of rebels"


def _loser(verb: Token, things: list[Token], scene: SentenceContext) -> Actor | None:
    """Return from whom something is taken: "took Bara from X", "took X-held Bara"."""
    words = _LOSERS.get(verb.lemma_, ("from",))
    given = [t for word in (verb, *things) for t in governed(word, *words)]
    return scene.first_party(given) or _holder(things, scene)


def _holder(things: list[Token], scene: SentenceContext) -> Actor | None:
    """Return who holds what is taken: the rebels of "captured rebel-held Bara"."""
    for thing in things:
        for held in thing.subtree:
            if held.lower_ in _HELD and is_hyphenated(held) and held.i - 2 >= held.sent.start:
                whose = held.nbor(-2)
                named = scene.party(whose) if whose.i in scene.passage.actors else None
                words = scene.passage.words_of([whose])
                return named or scene.cast.resolve(f"{words} forces")
    return None


_PRIZES = frozenset({"conquest", "gain", "prize", "trophy"})


def _whose_prize(things: list[Token], scene: SentenceContext) -> Actor | None:
    """Return the rebels of "Y, the rebels' first prize, was occupied"."""
    prizes = [c for t in things for c in kids(t, "appos") if c.lemma_ in _PRIZES]
    return scene.first_party(o for p in prizes for o in kids(p, "poss"))


def _is_any(verb: Token, things: list[Token], scene: SentenceContext) -> bool:
    """Accept any object, for verbs that always mean the taking of ground."""
    return True


def _is_place(verb: Token, things: list[Token], scene: SentenceContext) -> bool:
    """Whether one of the objects is a place or a site, unlike "part in"."""
    sites = SITE_NOUNS - {"part", "parts", "ground"}
    if verb.lemma_ == "clear" and any(o.lower_ == "it" and o.i > verb.i for o in things):
        return is_of_one_town(verb, scene)
    if verb.lemma_ == "take" and any(o.lower_ == "it" and o.dep_ == "dobj" for o in things):
        own = bool(kids(verb, "nsubj"))  # "Z before soldiers took it back"; see `turns` for others
        is_meant = (own and is_of_one_town(verb, scene)) or scene.discourse.has_topic_town()
        return is_meant and _takes_plainly(verb)
    sites |= STRONGPOINTS if scene.actor(verb) is not None else frozenset()
    return any(o.i in scene.passage.places or o.lower_ in sites for o in things)


_NO_TAKING = frozenset({"as", "for", "on", "onto", "out", "over", "upon", "to"})


def _takes_plainly(verb: Token) -> bool:
    """Whether "took it" has nothing behind it that changes it: "took it as", "took it slowly"."""
    behind = [c for c in verb.children if c.i > verb.i]
    changing = {"acomp", "advmod", "ccomp", "oprd", "prt", "xcomp"}
    if any(c.dep_ in changing and c.lower_ not in {"back", "again"} for c in behind):
        return False
    others = [c for c in behind if c.dep_ == "prep" and c.lower_ in _NO_TAKING]
    return all(any(is_day(o) or o.lower_[:1].isdigit() for o in kids(p, "pobj")) for p in others)


def _can_be_taken(thing: Token, scene: SentenceContext) -> bool:
    """Whether an object is a place or a strongpoint, or "it" or "both" that may mean places."""
    referring = thing.lower_ in {"both", "it"} and thing.dep_ == "dobj"
    return is_locative(thing, scene) or referring or thing.lower_ in STRONGPOINTS


def _taken_places(verb: Token, things: list[Token], scene: SentenceContext) -> list[Mention]:
    """Return the places that are taken; for "villages in Borno state" also the state."""
    mentions = [m for o in things for m in scene.places(o)] or where_taken(verb, things, scene)
    if not mentions or are_unnamed(things, scene):
        inside = [m for m in scene.oblique(verb, frozenset({"in"})) if is_wide(m)]
        mentions += apart_from(inside, mentions)
    return without_containers(mentions + continued(mentions, verb, scene))


def _needs_no_party(verb: Token, things: list[Token], scene: SentenceContext) -> bool:
    """Whether the taking of a town is read without a party: "Y was captured", "they took Y"."""
    they = any(s.lower_ in {"enemy", "they"} for s in kids(verb, "nsubj"))
    return verb.tag_ == "VBN" or (they and _are_towns(things, scene))


def _are_towns(things: list[Token], scene: SentenceContext) -> bool:
    """Whether the objects include a named place."""
    return any(
        o.i in scene.passage.places or any(k.i in scene.passage.places for k in o.subtree)
        for o in things
        if is_locative(o, scene)
    )


def _as_written(verb: Token, things: list[Token], scene: SentenceContext) -> Actor | None:
    """Return a party that no table lists by its own name, if it takes a named place."""
    who = next((s for s in kids(verb, "nsubj") if s.pos_ == "PROPN"), None)
    if who is None or not _are_towns(things, scene) or who.i in scene.passage.places:
        return None
    name = phrase(who, scene.passage)
    if who.i == verb.sent.start and who.lower_ in common_words():
        return None  # "Eastern", "Friday"
    return as_written(name, None) if name[:1].isupper() and not scene.people(who) else None


def _claimed(verb: Token, things: list[Token], scene: SentenceContext) -> bool:
    """Whether a party claims a town itself: "The RSF also claimed El Khuwei on Sunday"."""
    return verb.lemma_ == "claim" and any(
        m.place.precision in {"settlement", "site"}
        for o in things
        if o.i in scene.passage.places
        for m in scene.places(o)
    )


def _gain_control(
    verb: Token, entry: LexiconEntry, scene: SentenceContext, control: Token
) -> list[ClaimDraft]:
    """Read "gained control of Y" and "lost control of Y"."""
    actor = scene.actor(verb)
    over = frozenset({"over"})
    of_it = governed(verb, "of")  # "took control of it" is parsed so
    mentions = scene.places(control) or [m for o in of_it for m in scene.places(o)]
    mentions = mentions or scene.after(control, over) or scene.oblique(verb, IN | over)
    is_enemy = any(s.lower_ == "enemy" for s in kids(verb, "nsubj"))  # see `whose_forces`
    if (actor is None and not is_enemy) or verb.lemma_ in {"have"}:
        return []
    if verb.lemma_ == "lose":
        return [ClaimDraft(Kind.CONTROL_CHANGE, verb, None, actor, at(mentions), anchors=[control])]
    extra = apart_from(scene.oblique(verb, frozenset({"in"})), mentions)
    things = governed(control, "of", "over") or of_it
    return [
        ClaimDraft(
            Kind.CONTROL_CHANGE,
            verb,
            actor,
            places=tuple(
                m.claim_place(role_taken(m, things, scene))
                for m in without_containers(mentions + extra)
            ),
            anchors=[control, *place_tokens(mentions + extra, scene, verb)],
        )
    ]


def free_of(word: Token, entry: LexiconEntry, scene: SentenceContext) -> list[ClaimDraft]:
    """Read "Y is free of X"."""
    verb = word.head
    if verb.lemma_ != "be" or word.dep_ != "acomp":
        return []
    towns = kids(verb, "nsubj")
    loser = scene.first_party(governed(word, "of", "from"))
    mentions = outside_countries([m for t in towns for m in scene.places(t)])
    if loser is None or not mentions or any(t.i not in scene.passage.places for t in towns):
        return []
    return [ClaimDraft(entry.kind, verb, None, loser, at(mentions), anchors=[word])]


def lose(verb: Token, entry: LexiconEntry, scene: SentenceContext) -> list[ClaimDraft]:
    """Read "X lost Y", "losing Y", "X handed Y over to Z" and "X gave Y up"."""
    things = objects(verb)
    with_particle = _GIVING.get(verb.lemma_)
    if with_particle and not any(c.lower_ in with_particle for c in verb.children):
        return []
    control = [o for o in things if o.lemma_ == "control"]
    if control:
        return _gain_control(verb, entry, scene, control[0])
    mentions = [m for o in things if _can_be_lost(o, verb, scene) for m in scene.places(o)]
    if not things and verb.lemma_ == "surrender":
        return _town_surrenders(verb, entry, scene)
    if not mentions:
        return []
    to = next(iter(governed(verb, "to")), None)
    loser = scene.actor(verb)
    given = any(c.lower_ in _GIVEN_BY for c in kids(verb, "nsubj"))
    handed = verb.dep_ != "amod" and verb.lemma_ in _GIVING and scene.party(to) is not None
    if loser is None and verb.tag_ != "VBG" and not handed and not given:
        return []  # "the team lost in Aleppo"
    return [ClaimDraft(entry.kind, verb, scene.party(to), loser, at(mentions), anchors=things)]


def _can_be_lost(thing: Token, verb: Token, scene: SentenceContext) -> bool:
    """Whether the object of a verb of loss is a place, as in "took X, but lost it to Y"."""
    return is_locative(thing, scene) or (thing.lower_ == "it" and bool(governed(verb, "to")))


def _town_surrenders(verb: Token, entry: LexiconEntry, scene: SentenceContext) -> list[ClaimDraft]:
    """Read "Al Ajaylat surrendered"."""
    towns = [t for t in kids(verb, "nsubj") if t.i in scene.passage.places]
    mentions = outside_countries([m for t in towns for m in scene.places(t)])
    return [ClaimDraft(entry.kind, verb, places=at(mentions), anchors=towns)] if mentions else []


def fall(verb: Token, entry: LexiconEntry, scene: SentenceContext) -> list[ClaimDraft]:
    """Read "Y fell to X" and "Y has fallen", and "rockets fell on Y" as a strike."""
    shots = fallen(verb, scene)
    if shots:
        return shots
    if any(c.lower_ == "back" for c in verb.children):  # "fell back from Y"
        return withdraw(verb, verb_entry("withdraw"), scene)
    thing = next(iter(kids(verb, "nsubj")), None)
    if thing is not None and verb.dep_ == "relcl" and thing.tag_ == "WDT":
        thing = verb.head  # "Y, which fell to X"
    if thing is None or (
        thing.i not in scene.passage.places and thing.lower_ not in {"it", *SITE_NOUNS}
    ):
        return []
    mentions = [m for m in scene.places(thing) if m.place.precision != "country"]
    if not mentions:
        return []
    to = next(iter(governed(verb, "to")), None)
    them = to is not None and to.lower_ == "them"
    places = tuple(m.claim_place(role_taken(m, [thing], scene)) for m in mentions)
    actor = scene.party(to) or scene.first_abbreviation(governed(verb, "to"))
    actor = actor or (broke_in(verb, scene) if to is None else None)
    draft = ClaimDraft(entry.kind, verb, actor, places=places, anchors=[thing])
    return [_with_winner(draft, scene, them=them) if them or draft.actor is None else draft]


def _with_winner(draft: ClaimDraft, scene: SentenceContext, *, them: bool) -> ClaimDraft:
    """Return the draft of "Y fell" or "Y fell to them" with who attacked Y, or that it is open."""
    ids = [p.place_id for p in draft.places if p.place_id]
    told = winner(draft.trigger.sent, ids, scene)
    if told.actor is not None:
        reasons = [*draft.reasons, Reason(ReasonKind.ACTOR, "who attacked the town")]
        return replace(draft, actor=told.actor, from_actor=told.loser, reasons=reasons)
    last = scene.discourse.last_actor if them else None
    if last is not None and last.side not in told.losers:
        return replace(draft, actor=last)
    if not told.is_open and last is None:
        return replace(draft, actor=None)
    return replace(draft, actor=None, reasons=[*draft.reasons, Reason(ReasonKind.ACTOR, OPEN)])


def gain_into(verb: Token, entry: LexiconEntry, scene: SentenceContext) -> list[ClaimDraft]:
    """Read "X swept into Y" as a capture, and "X swept through Y" as an advance."""
    if any(scene.people(o) for o in objects(verb)):
        return []  # "marched 1,600 civilians to Y"
    actor, mentions = scene.actor(verb), scene.oblique(verb, frozenset({"into"}))
    if actor and mentions:
        return [ClaimDraft(entry.kind, verb, actor, places=at(mentions))]
    if actor is None and scene.people(subject(verb, scene.passage, scene.cast)):
        return head(verb, verb_entry("head"), scene)
    if scene.oblique(verb, frozenset({"on", "to", "toward", "towards"})):
        return advance(verb, verb_entry("advance"), scene)
    through = outside_countries(scene.oblique(verb, frozenset({"across", "through"})))
    return [ClaimDraft(Kind.ADVANCE, verb, actor, places=at(through))] if actor and through else []


def add_to_gains(verb: Token, entry: LexiconEntry, scene: SentenceContext) -> list[ClaimDraft]:
    """Read "X added Y to its gains"."""
    actor = scene.actor(verb)
    mentions = outside_countries([m for o in objects(verb) for m in scene.places(o)])
    if actor is None or not mentions or not any(o.lower_ in _GAINS for o in governed(verb, "to")):
        return []
    return [ClaimDraft(entry.kind, verb, actor, places=at(mentions))]


_GAINS = frozenset({"conquests", "gains", "holdings", "possessions", "tally", "territory"})
_WHOLE = frozenset({"all", "entirety", "whole"})  # "hold all of Y"


def hold(verb: Token, entry: LexiconEntry, scene: SentenceContext) -> list[ClaimDraft]:
    """Read "X holds Y", and "X now controls Y" as a change of control."""
    parts = held_in_part(verb, scene)
    if parts:
        return parts
    actor = scene.actor(verb)
    things = [o for o in objects(verb) if is_locative(o, scene) or o.lower_ in _WHOLE]
    if not things:
        things = [o for o in objects(verb) if o.lower_ == "it" and means_town(o, verb, scene)]
    mentions = outside_countries([m for o in things for m in scene.places(o)])
    if actor is None or not mentions or is_past_of_past(verb):
        return []
    # "now controls", "has held since 2 March": a state that began in the reported period
    words = {c.lower_ for c in verb.children}
    began = bool(words & {"now", "since"}) and not words & {"had", "still"}
    kind = Kind.CONTROL_CHANGE if began else entry.kind
    return [ClaimDraft(kind, verb, actor, places=at(mentions))]


def of_gain(noun: Token, entry: LexiconEntry, scene: SentenceContext) -> list[ClaimDraft]:
    """Read "the capture of Y", "Y's fall" and "a rebel takeover"."""
    if _is_title(noun):
        return []
    by = governed(noun, "by") + kids(noun, "amod", "compound", "poss")
    actor = scene.first_party(by)
    mentions = _gained_by_noun(noun, scene)
    if not mentions and entry.word == "takeover" and actor is not None:
        mentions = _town_meant(noun, scene)
    if not mentions:
        return []
    reasons: list[Reason] = []
    if actor is None and entry.word != "fall":
        teller = noun.dep_ == "dobj" and noun.head.lemma_ in TELLING
        open_ = entry.frame == "of_lose" or entry.word in FREEING  # the last to act may be either
        last = None if open_ else scene.discourse.last_actor
        actor = _teller(noun.head, scene, lost=entry.frame == "of_lose") if teller else last
        if noun.dep_ == "dobj" and noun.head.lemma_ in _COMPLETING:
            actor, teller = scene.actor(noun.head) or actor, True
        reasons = [Reason(ReasonKind.ACTOR, "inferred")] if actor is not None and not teller else []
    lost = entry.frame == "of_lose"
    if lost:
        actor = actor or _who_suffers(noun, scene)
        return [ClaimDraft(entry.kind, noun, None, actor, at(mentions))]
    return [ClaimDraft(entry.kind, noun, actor, places=at(mentions), reasons=reasons)]


# "wrapped up the conquest of Y"
_COMPLETING = frozenset({"clinch", "complete", "conclude", "finish", "seal", "wrap"})
_BLOWS = frozenset({"blow", "defeat", "disaster", "embarrassment", "humiliation", "setback"})


def _who_suffers(loss: Token, scene: SentenceContext) -> Actor | None:
    """Return who lost a place by "the loss of Y was a blow to X" and "the loss of Y stunned X"."""
    for owner in kids(loss, "poss"):
        place = scene.passage.places[owner.i].place if owner.i in scene.passage.places else None
        if place is not None and place.precision == "country":
            return scene.cast.speaker(scene.passage.word(owner))  # "Russia's loss of Y"
    verb = loss.head
    if loss.dep_ != "nsubj" or verb.pos_ not in {"AUX", "VERB"}:
        return None
    blows = [b for b in kids(verb, "attr", "dobj") if b.lemma_ in _BLOWS]
    hit = [o for b in blows for o in governed(b, "to", "for")]
    direct = kids(verb, "dobj") if verb.lemma_ in _HITTING else []
    return scene.first_party([*hit, *direct, *governed(verb, "to")])


_HITTING = frozenset(
    {"anger", "demoralise", "demoralize", "hurt", "shake", "shock", "stun", "weaken"}
)


def _teller(verb: Token, scene: SentenceContext, *, lost: bool) -> Actor | None:
    """Return whose gain or loss is told: "the rebels announced it", "their spokesman did".

    Who admits a capture did not make it.
    """
    if not lost and verb.lemma_ in _ADMITTING:
        return None
    who = subject(verb, scene.passage, scene.cast)
    spoken = scene.cast.speaker(phrase(who, scene.passage)) if who is not None else None
    return scene.actor(verb) or (spoken if scene.cast.opponent(spoken) is not None else None)


def _is_title(noun: Token) -> bool:
    """Whether a noun belongs to the title of a work or an operation: "the drama Fall of Y"."""
    before = noun.nbor(-1) if noun.i > noun.sent.start else None
    return (
        before is not None
        and noun.text[:1].isupper()
        and (before.tag_ == "NN" or before.text in {'"', "“", "‘"})
    )


def _gained_by_noun(noun: Token, scene: SentenceContext) -> list[Mention]:
    """Return the places of "the capture of Y" and "Y's fall"."""
    mentions = scene.after(noun, frozenset({"of"}))
    mentions += [
        m
        for c in kids(noun, "poss", "compound")
        for m in scene.places(c)
        if c.i in scene.passage.places or (c.dep_ == "poss" and c.lower_ in TOWN_NOUNS)
    ]
    return outside_countries(mentions)


def _town_meant(noun: Token, scene: SentenceContext) -> list[Mention]:
    """Return the town that the text is about, for "a rebel takeover" without a place."""
    ref = scene.discourse.antecedent(scene.passage.starts[noun.i])
    if ref is None or ref.meant is None:
        return []
    return [Mention(ref.meant, ref.start, ref.end, ref.surface, coref=True)]


def dislodge(verb: Token, entry: LexiconEntry, scene: SentenceContext) -> list[ClaimDraft]:
    """Read "X drove Z out of Y" and "Z was expelled from Y".

    If Z are people who do not fight, it is a displacement.
    """
    things = objects(verb)
    if not things:
        return advance(verb, entry, scene) if entry.frame == "advance_or_dislodge" else []
    if _only_back(verb):
        return []
    if any(o.lemma_.lower() in _NO_GROUND for t in verb.subtree for o in governed(t, "from", "of")):
        return []  # "thrown out of talks in Y"
    mentions = outside_countries(scene.oblique(verb, FROM))
    if any(scene.people(o) for o in things) and not any(scene.party(o) for o in things):
        figure = scene.figure(verb)
        if not mentions or figure is None:
            return []
        places = at(mentions, Role.ORIGIN)
        return [ClaimDraft(Kind.DISPLACEMENT, verb, places=places, figure=figure, anchors=things)]
    loser, actor = scene.first_party(things), scene.actor(verb)
    if loser is None or not mentions or (actor is None and _is_driven(verb, things)):
        return []
    ground = governed(verb, "from") + [o for t in kids(verb, "prep") for o in governed(t, "of")]
    places = tuple(m.claim_place(role_taken(m, ground, scene)) for m in mentions)
    return [ClaimDraft(Kind.CONTROL_CHANGE, verb, actor, loser, places, anchors=things)]


def _is_driven(verb: Token, things: list[Token]) -> bool:
    """Whether somebody who is no party drives "it": "a reporter drove it from Y"."""
    return bool(kids(verb, "nsubj")) and all(t.tag_ == "PRP" for t in things)


def _only_back(verb: Token) -> bool:
    """Whether forces were only pushed back from a place, which they need not have held."""
    back = any(c.lower_ in {"back", "away"} for c in verb.children)
    return back and not any(t.lower_ == "out" for t in verb.subtree)


def change_hands(verb: Token, entry: LexiconEntry, scene: SentenceContext) -> list[ClaimDraft]:
    """Read "Y changed hands", and "Y changed hands twice" as fighting over it."""
    if not any(o.lower_ == "hands" for o in kids(verb, "dobj")):
        return []
    things = kids(verb, "nsubj")
    if not things and verb.i > verb.sent.start and verb.nbor(-1).i in scene.passage.places:
        things = [verb.nbor(-1)]  # "On the 5th Y changed hands" is parsed as "on Y"
    mentions = outside_countries([m for s in things for m in scene.places(s)])
    kind = Kind.CLASH if in_turns(verb) else entry.kind
    return [ClaimDraft(kind, verb, places=at(mentions), anchors=things)] if mentions else []


def slip_from(verb: Token, entry: LexiconEntry, scene: SentenceContext) -> list[ClaimDraft]:
    """Read "Y slipped from the grip of X"."""
    things = kids(verb, "nsubj")
    mentions = outside_countries([m for s in things for m in scene.places(s)])
    held = [
        o
        for p in kids(verb, "prep")
        if p.lower_ in {"from", "out"}
        for o in p.subtree
        if o.lower_ in {"control", "grip", "grasp", "hand", "hands"}
    ]
    if not mentions or not held:
        return []
    owners = kids(held[0], "poss", "amod", "compound")
    owners += [o for p in kids(held[0], "prep") for o in kids(p, "pobj")]
    loser = scene.first_party(owners)
    return [ClaimDraft(entry.kind, verb, None, loser, at(mentions), anchors=[*things, held[0]])]
