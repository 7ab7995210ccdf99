"""Frames of fighting: strikes, clashes, sieges and attacks on civilians.

A trigger word with its sentence comes in; drafts of claims with actors and places go out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapgen.coding.english.mentions import Mention, kids, role_at, without_containers
from mapgen.coding.english.parties import subject
from mapgen.coding.english.sentence_context import (
    IN,
    STRIKE_NOUNS,
    ClaimDraft,
    at,
    governed,
    led_place,
    objects,
    outside_countries,
)
from mapgen.coding.english.verb_frames.weapons import is_aircraft, is_fired, is_weapon
from mapgen.core.tables.actors import FORCE_WORDS
from mapgen.core.tables.word_lists import word_list
from mapgen.model import Kind, Role
from mapgen.places.stand_ins import UNLISTED
from mapgen.reasons import PLAIN, Reason, ReasonKind

if TYPE_CHECKING:
    from spacy.tokens import Token

    from mapgen.coding.english.sentence_context import SentenceContext
    from mapgen.core.tables.lexicon import LexiconEntry
    from mapgen.model import Actor

ARMED = word_list("deaths", "armed")
_FROM_AFAR = frozenset({"bomb", "bombard", "shell"})
_FROM_ABOVE = frozenset({"attack", "hit", "pound", "strike", "target"})
_CIVIL = frozenset({"aircraft", "helicopter", "helicopters", "plane", "planes"})
PLANTED = frozenset(
    {
        *("bomb", "bomber", "bombers", "bombs", "device", "explosives", "ied"),
        *("landmine", "landmines", "mine", "mines"),
    }
)
_WARDS = word_list("frames", "wards")
_GOING_ON = frozenset({"be", "break", "continue", "erupt", "flare", "go", "rage", "resume"})
ENDING = frozenset({"abandon", "break", "ease", "end", "give", "lift", "raise"})
LAYING = frozenset({"enforce", "impose", "keep", "lay", "maintain", "mount", "tighten"})
WITH = frozenset({"with", "against"})


def strike(verb: Token, entry: LexiconEntry, scene: SentenceContext) -> list[ClaimDraft]:
    """Read "X shelled Y" and "Y was bombed"."""
    actor = scene.actor(verb)
    armed = actor is not None or _is_done_by_arms(verb, entry, scene)
    on_mine = any(o.lower_ in PLANTED for o in objects(verb))
    mentions = _of_ward(_struck(verb, entry, scene, known=armed or on_mine), verb, scene)
    if mentions and on_mine:
        return [_on_mine(verb, actor, mentions)]
    from_afar = entry.word in _FROM_AFAR | {"attack", "pound"} or _is_from_the_air(verb)
    passive = bool(kids(verb, "nsubjpass", "auxpass")) and from_afar
    if not mentions or not (armed or passive):
        return []
    places = tuple(m.claim_place(Role.NEAR if m.near else Role.AT) for m in mentions)
    bombed = entry.word in _FROM_AFAR and mentions == _before_passive(verb, scene)
    why = [Reason(ReasonKind.WORDS, PLAIN)] if bombed else []
    return [ClaimDraft(entry.kind, verb, actor, places=places, reasons=why)]


def _of_ward(mentions: list[Mention], verb: Token, scene: SentenceContext) -> list[Mention]:
    """Return the town of its paragraph for a ward that no list has: "bombed the Dhobi ward"."""
    unknown = all(m.place.id.startswith(UNLISTED) for m in mentions)
    wards = [o for o in objects(verb) if o.lower_ in _WARDS and _is_named(o)]
    if not unknown or not wards:
        return mentions
    start, end = scene.passage.starts[wards[0].i], scene.passage.ends[wards[0].i]
    ref = scene.discourse.antecedent(min([start, *(m.start for m in mentions)]), near=True)
    if ref is None or ref.meant is None or ref.start < scene.passage.starts[0]:
        return mentions
    return [Mention(ref.meant, start, end, wards[0].text, coref=True)]


def _is_named(noun: Token) -> bool:
    return any(c.tag_ == "NNP" for c in kids(noun, "amod", "compound", "nmod"))


def _is_from_the_air(verb: Token) -> bool:
    """Whether something was struck "from the air", which no storm or quake does."""
    return any(o.lower_ in {"air", "sea"} for o in governed(verb, "from"))


def _struck(
    verb: Token, entry: LexiconEntry, scene: SentenceContext, *, known: bool
) -> list[Mention]:
    """Return the places that a strike hit; ``known`` is whether it is one of war."""
    found = outside_countries([m for o in objects(verb) for m in scene.places(o)])
    if not found and entry.word in _FROM_AFAR:
        found = _before_passive(verb, scene)
    if not found and (known or entry.word in _FROM_AFAR):
        around = scene.oblique(verb, IN) or scene.there(verb) or _where_hit(verb, scene)
        found = outside_countries(around)
    if not found and known and objects(verb):
        found = led_place(scene, verb)  # "Y: An air strike hit a market"
    return found


def _before_passive(verb: Token, scene: SentenceContext) -> list[Mention]:
    """Return the only town before "was bombed" of which nothing else is said, if it has no subject.

    "In Hama province, Morek, held by rebels, was bombed."
    """
    if not kids(verb, "auxpass") or kids(verb, "nsubj", "nsubjpass"):
        return []
    doc, places = verb.doc, scene.passage.places
    names = [t for t in doc[verb.sent.start : verb.i] if t.i in places and t.dep_ != "pobj"]
    mentions = [m for t in names for m in scene.places(t) if m.place.precision == "settlement"]
    return mentions if len(mentions) == 1 else []


def _on_mine(verb: Token, hit: Actor | None, mentions: list[Mention]) -> ClaimDraft:
    """Return what "an army lorry struck a mine near Y" tells: nobody knows who laid the mine."""
    armed = hit is not None or any(t.lower_ in FORCE_WORDS for t in verb.subtree)
    kind = Kind.CLASH if armed else Kind.ATTACK_ON_CIVILIANS
    places = tuple(m.claim_place(Role.NEAR if m.near else Role.AT) for m in mentions)
    return ClaimDraft(kind, verb, places=places)


def _where_hit(verb: Token, scene: SentenceContext) -> list[Mention]:
    """Return the places of what was hit: "struck Taliban positions in Y"."""
    return [m for o in objects(verb) for m in scene.after(o, IN)]


def _is_done_by_arms(verb: Token, entry: LexiconEntry, scene: SentenceContext) -> bool:
    """Whether the subject of a verb is a weapon, an aircraft that bombs, or armed people."""
    who = subject(verb, scene.passage, scene.cast)
    if who is None and verb.dep_ == "acl":
        who = verb.head  # "said a jet bombed X", as it is parsed
    flies = who is not None and is_aircraft(scene.passage.word(who))
    # "a plane hit a building after take-off": only a warplane attacks what it hits
    hits = entry.word in _FROM_ABOVE and who is not None and who.lower_ not in _CIVIL
    flown = flies and (hits or entry.word in _FROM_AFAR | {"pound"}) and bool(kids(verb, "dobj"))
    return flown or is_weapon(who, scene) or _is_armed(who) or is_fired(verb, scene)


def _is_armed(who: Token | None) -> bool:
    """Whether a subject carries arms but is no party: "armed youth", "assailants"."""
    if who is None:
        return False
    return who.lower_ in ARMED or any(c.lower_ == "armed" for c in kids(who, "amod"))


def fire_on(verb: Token, entry: LexiconEntry, scene: SentenceContext) -> list[ClaimDraft]:
    """Read "a helicopter fired on boats off Y" and "X fired at Y"."""
    who = subject(verb, scene.passage, scene.cast)
    owners = kids(who, "amod", "compound", "poss") if who is not None else []
    actor = scene.actor(verb) or scene.first_party(owners)
    flown = who is not None and is_aircraft(scene.passage.word(who))
    aimed = frozenset({"at", "on", "upon"})
    targets = governed(verb, *aimed)
    shot = kids(verb, "nsubjpass")
    fired = any(is_weapon(t, scene) for t in shot)  # "rockets were fired at Y"
    if not targets or not (actor is not None or flown or fired or _is_armed(who)):
        return []
    around = IN | {"off", "outside"}
    mentions = [m for t in targets for m in scene.places(t) or scene.after(t, around)]
    mentions = outside_countries(mentions or scene.oblique(verb, around))
    if not mentions:
        return []
    return [ClaimDraft(entry.kind, verb, actor, places=at(mentions), anchors=targets)]


def launch(verb: Token, entry: LexiconEntry, scene: SentenceContext) -> list[ClaimDraft]:
    """Read "X conducted air strikes on Y"."""
    things = [o for o in objects(verb) if o.lower_ in STRIKE_NOUNS]
    actor = scene.actor(verb)
    if not things or actor is None:
        return []
    mentions = [m for o in things for m in scene.places(o)] or scene.oblique(verb, IN | {"against"})
    return [
        ClaimDraft(
            entry.kind, verb, actor, places=at(outside_countries(mentions), Role.AT), anchors=things
        )
    ]


def strike_on(noun: Token, entry: LexiconEntry, scene: SentenceContext) -> list[ClaimDraft]:
    """Read "air strikes on Y" and "shelling of Y"."""
    if noun.dep_ in {"compound"} or noun.head.lemma_ in {"conduct", "launch", "carry"}:
        return []
    where = frozenset({"on", "in", "near", "against", "of"})
    if entry.word == "strike" and not any(
        c.lower_ in {"air", "drone", "missile", "rocket", "artillery"} or scene.party(c)
        for c in noun.children
    ):
        where = frozenset({"on"})  # workers strike in a town, not on it
    mentions = scene.after(noun, where) or _where_it_went_on(noun, scene)
    mentions = without_containers(outside_countries(mentions))
    return (
        [
            ClaimDraft(
                entry.kind,
                noun,
                next((a for c in noun.children for a in [scene.party(c)] if a), None),
                None,
                at(mentions, Role.AT),
            )
        ]
        if mentions
        else []
    )


def clash(verb: Token, entry: LexiconEntry, scene: SentenceContext) -> list[ClaimDraft]:
    """Read "X clashed with Z in Y"."""
    actor = scene.actor(verb)
    foes = [o for p in kids(verb, "prep") if p.lower_ in WITH for o in kids(p, "pobj")]
    mentions = scene.oblique(verb, IN) or [m for o in foes for m in scene.places(o)]
    mentions = outside_countries(mentions)
    return [ClaimDraft(entry.kind, verb, actor, places=at(mentions))] if actor and mentions else []


def clash_in(noun: Token, entry: LexiconEntry, scene: SentenceContext) -> list[ClaimDraft]:
    """Read "fighting in Y", "fighting near Y" and "fighting on the road to Y"."""
    if noun.dep_ in {"compound", "amod"}:
        return []
    mentions = scene.after(noun, IN) or _where_it_went_on(noun, scene)
    for_ = scene.after(noun, frozenset({"for"}))
    if not mentions and for_ and entry.word == "confrontation":
        mentions = for_
    if not mentions and noun.dep_ == "nsubj" and noun.head.lemma_ in _GOING_ON:
        mentions = led_place(scene, noun)  # "Y: Street fighting continues"
    mentions = outside_countries(mentions)
    road = any(t.lower_ in {"road", "highway"} for t in noun.sent)
    if not mentions:
        return []
    return [ClaimDraft(entry.kind, noun, places=at(mentions, Role.NEAR if road else None))]


def _where_it_went_on(noun: Token, scene: SentenceContext) -> list[Mention]:
    """Return the places of "Shelling was reported at Y" and "In Y, street fighting went on"."""
    verb = noun.head
    if noun.dep_ == "pobj" and verb.lower_ == "of" and verb.head.pos_ == "VERB":
        return scene.oblique(verb.head, IN)  # "told of heavy fighting at Y"
    if verb.pos_ != "VERB" or noun.dep_ not in {"nsubj", "nsubjpass"}:
        return []
    goes_on = verb.lemma_ in _GOING_ON | {"report", "hear"}
    return scene.oblique(verb, IN) or (scene.fronted(verb) if goes_on else [])


def under_fire(noun: Token, entry: LexiconEntry, scene: SentenceContext) -> list[ClaimDraft]:
    """Read "Y was under fire"."""
    if noun.head.lower_ != "under" or noun.head.head.pos_ not in {"VERB", "AUX"}:
        return []
    mentions = [m for s in kids(noun.head.head, "nsubj", "nsubjpass") for m in scene.places(s)]
    actor = next(
        (a for c in kids(noun, "poss", "amod", "compound") for a in [scene.party(c)] if a), None
    )
    return [ClaimDraft(entry.kind, noun, actor, places=at(mentions, Role.AT))] if mentions else []


def siege_of(noun: Token, entry: LexiconEntry, scene: SentenceContext) -> list[ClaimDraft]:
    """Read "the siege of Y", "imposed a blockade on Y" and "Y is under siege"."""
    verb = noun.head
    if noun.dep_ in {"dobj", "nsubjpass"} and verb.lemma_ in ENDING:
        return []  # a siege that is over
    actor = scene.actor(verb) if noun.dep_ == "dobj" and verb.lemma_ in LAYING else None
    mentions = scene.after(noun, frozenset({"of", "on", "around"}))
    if not mentions and actor is not None:
        mentions = scene.oblique(verb, frozenset({"on", "around"}))
    if not mentions and verb.lower_ == "under" and verb.head.pos_ in {"VERB", "AUX"}:
        things = kids(verb.head, "nsubj", "nsubjpass", "dobj")
        mentions = [m for s in things for m in scene.places(s)]
        if not any(role_at(m) is Role.AT for m in mentions):
            # "In X, the last base in Darfur remains under siege": X, not Darfur
            ahead = [m for m in scene.oblique(verb.head, IN) if role_at(m) is Role.AT]
            mentions = ahead or mentions
    mentions = outside_countries(mentions)
    return [ClaimDraft(entry.kind, noun, actor, places=at(mentions, Role.AT))] if mentions else []


def impact(verb: Token, entry: LexiconEntry, scene: SentenceContext) -> list[ClaimDraft]:
    """Read "rockets landed in Y", and "a car bomb exploded in Y" as an attack on civilians."""
    what = next(iter(kids(verb, "nsubj")), None)
    if what is None or not (what.lower_ in PLANTED or _falls(what, scene)):
        return []
    mentions = outside_countries(scene.oblique(verb, IN | {"into"}))
    if not mentions:
        return []
    kind = Kind.ATTACK_ON_CIVILIANS if what.lower_ in PLANTED else entry.kind
    whose = kids(what, "amod", "compound", "poss")
    actor = next((a for c in whose for a in [scene.party(c)] if a), None)
    return [ClaimDraft(kind, verb, actor, places=at(mentions), anchors=[what])]


def _falls(what: Token, scene: SentenceContext) -> bool:
    """Whether what lands is shot or dropped: "mortar rounds", but no aircraft."""
    return is_weapon(what, scene) and not is_aircraft(scene.passage.word(what))


def kill(verb: Token, entry: LexiconEntry, scene: SentenceContext) -> list[ClaimDraft]:
    """Read "X killed villagers in Y", and "shelling killed people in Y" as a strike."""
    victims = objects(verb)
    mentions = outside_countries(scene.oblique(verb, IN))
    mentions = mentions or outside_countries([m for o in victims for m in scene.places(o)])
    if not mentions or not any(scene.people(o) for o in victims):
        return []
    what = subject(verb, scene.passage, scene.cast)
    if what is not None and what.lower_ in STRIKE_NOUNS:
        return [ClaimDraft(Kind.STRIKE, verb, places=at(mentions), anchors=victims)]
    actor = scene.actor(verb)
    if actor is None:
        return []
    return [ClaimDraft(entry.kind, verb, actor, places=at(mentions), anchors=victims)]
