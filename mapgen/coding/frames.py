"""How the arguments of a word stand around it: one function per frame of the lexicon."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mapgen.coding.mentions import (
    EDGE_NOUNS,
    SITE_NOUNS,
    Discourse,
    Mention,
    is_people,
    kids,
    oblique,
    party,
    places_of,
    role_at,
    subject,
)
from mapgen.model import ClaimPlace, Kind, Role
from mapgen.quantities import Figure, find_figures, parse_number
from mapgen.words import word_list

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.tokens import Token

    from mapgen.actors import Cast
    from mapgen.coding.lexicon import Entry
    from mapgen.language import Passage
    from mapgen.model import Actor

IN = word_list("frames", "in")
TOWARD = word_list("frames", "toward")
FROM = word_list("frames", "from")
INTO = word_list("frames", "into")
STRIKE_NOUNS = word_list("frames", "strike_nouns")
SUPPLY_NOUNS = word_list("frames", "supply_nouns")
KM_PER_MILE = 1.609344


@dataclass(slots=True)
class Draft:
    """A claim in the making: what the words say, before status, date and source are decided."""

    kind: Kind
    trigger: Token
    actor: Actor | None = None
    from_actor: Actor | None = None
    places: tuple[ClaimPlace, ...] = ()
    figure: Figure | None = None
    state: str | None = None
    anchors: list[Token] = field(
        default_factory=list
    )  # words beside the trigger that belong to the quote
    rules: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Scene:
    """What a frame may look at."""

    passage: Passage
    discourse: Discourse
    cast: Cast

    def places(self, token: Token) -> list[Mention]:
        """Return the places a phrase leads to."""
        return places_of(token, self.passage, self.discourse)

    def oblique(self, verb: Token, prepositions: frozenset[str]) -> list[Mention]:
        """Return the places in a verb's prepositional phrases."""
        return oblique(verb, self.passage, self.discourse, prepositions)

    def actor(self, verb: Token) -> Actor | None:
        """Return the armed party that is a verb's subject."""
        return party(
            subject(verb, self.passage, self.cast), self.passage, self.cast, self.discourse
        )

    def party(self, token: Token | None) -> Actor | None:
        """Return the armed party a phrase names."""
        return party(token, self.passage, self.cast, self.discourse)

    def people(self, token: Token | None) -> bool:
        """Whether a phrase is about people who do not fight."""
        return is_people(token, self.passage)

    def figure(self, trigger: Token) -> Figure | None:
        """Return the figure of people in the trigger's own clause, or None."""
        start, end = self.passage.bounds(trigger.sent)
        figures = find_figures(self.passage.text[start:end])
        at = self.passage.starts[trigger.i] - start
        words = self.passage.text[start:end]
        figures = [f for f in figures if ";" not in words[min(f.end, at) : max(f.start, at)]]
        before = [f for f in figures if f.start <= at]
        return before[-1] if before else (figures[0] if figures else None)


def objects(verb: Token) -> list[Token]:
    """Return what a verb is done to: object, subject in the passive, noun of a participle."""
    found = kids(verb, "dobj", "nsubjpass")
    if (
        not found
        and verb.tag_ == "VBN"
        and verb.dep_ in {"acl"}
        and verb.head.pos_ in {"NOUN", "PROPN"}
    ):
        return [verb.head]
    if verb.dep_ == "relcl":
        found = [verb.head if o.tag_ in {"WDT", "WP"} else o for o in found]
        if (
            not kids(verb, "dobj", "nsubjpass")
            and kids(verb, "nsubj")
            and verb.head.pos_ == "PROPN"
        ):
            return [verb.head]
    return found


def at(mentions: list[Mention], role: Role | None = None) -> tuple[ClaimPlace, ...]:
    """Return the claim's places of mentions, each in its own role or a given one."""
    return tuple(m.claim_place(role or role_at(m)) for m in mentions)


def is_locative(token: Token, scene: Scene) -> bool:
    """Whether a noun is a place or a thing that stands at one."""
    return token.lower_ in SITE_NOUNS | EDGE_NOUNS or token.i in scene.passage.places


def gain(verb: Token, entry: Entry, scene: Scene) -> list[Draft]:
    """X seized Y; Y was captured by X."""
    things = objects(verb)
    control = [o for o in things if o.lemma_ == "control"]
    if control:
        return _gain_control(verb, entry, scene, control[0])
    if entry.frame == "gain_control":
        return []
    if entry.frame == "gain_strict" and not any(
        o.i in scene.passage.places or (o.lower_ in SITE_NOUNS - {"part", "parts", "ground"})
        for o in things
    ):
        return []
    if not any(is_locative(o, scene) or (o.lower_ == "it" and o.dep_ == "dobj") for o in things):
        return []
    actor = scene.actor(verb)
    if actor is None and verb.tag_ != "VBN":
        return []  # a club, a company or a person "captures" other things
    mentions = [m for o in things for m in scene.places(o)] or scene.oblique(verb, IN)
    inside = [
        m
        for m in scene.oblique(verb, frozenset({"in"}))
        if m.place.precision in {"country", "region", "province"}
    ]
    mentions += [m for m in inside if m.place.id not in {x.place.id for x in mentions}]
    unnamed = not any(o.i in scene.passage.places for o in things) and any(
        o.lemma_
        in {
            "town",
            "village",
            "base",
            "position",
            "location",
            "area",
            "district",
            "suburb",
            "crossing",
        }
        and o.tag_ == "NNS"
        for o in things
    )
    places = tuple(
        m.claim_place(Role.NEAR if unnamed and m.coref else role_at(m)) for m in mentions
    )
    source = next(
        (o for p in kids(verb, "prep") if p.lower_ == "from" for o in kids(p, "pobj")), None
    )
    return [
        Draft(
            entry.kind,
            verb,
            actor,
            scene.party(source),
            places,
            anchors=things + _place_tokens(mentions, scene, verb),
        )
    ]


def _gain_control(verb: Token, entry: Entry, scene: Scene, control: Token) -> list[Draft]:
    actor = scene.actor(verb)
    mentions = scene.places(control) or scene.oblique(verb, IN)
    if actor is None or verb.lemma_ in {"have"}:
        return []
    if verb.lemma_ == "lose":
        return [Draft(Kind.CONTROL_CHANGE, verb, None, actor, at(mentions), anchors=[control])]
    extra = [
        m
        for m in scene.oblique(verb, frozenset({"in"}))
        if m.place.id not in {x.place.id for x in mentions}
    ]
    return [
        Draft(
            Kind.CONTROL_CHANGE,
            verb,
            actor,
            None,
            at(mentions + extra),
            anchors=[control, *_place_tokens(mentions + extra, scene, verb)],
        )
    ]


def lose(verb: Token, entry: Entry, scene: Scene) -> list[Draft]:
    """X lost Y; losing Y."""
    things = objects(verb)
    control = [o for o in things if o.lemma_ == "control"]
    if control:
        return _gain_control(verb, entry, scene, control[0])
    mentions = [m for o in things if is_locative(o, scene) for m in scene.places(o)]
    if not mentions:
        return []
    to = next((o for p in kids(verb, "prep") if p.lower_ == "to" for o in kids(p, "pobj")), None)
    loser = scene.actor(verb)
    if loser is None and verb.tag_ != "VBG":
        return []  # a team "lost in Aleppo"
    return [Draft(entry.kind, verb, scene.party(to), loser, at(mentions), anchors=things)]


def fall(verb: Token, entry: Entry, scene: Scene) -> list[Draft]:
    """Y fell to X; Y has fallen."""
    thing = next(iter(kids(verb, "nsubj")), None)
    if thing is None or (
        thing.i not in scene.passage.places and thing.lower_ not in {"it", *SITE_NOUNS}
    ):
        return []
    mentions = [m for m in scene.places(thing) if m.place.precision != "country"]
    if not mentions:
        return []
    to = next((o for p in kids(verb, "prep") if p.lower_ == "to" for o in kids(p, "pobj")), None)
    return [Draft(entry.kind, verb, scene.party(to), None, at(mentions), anchors=[thing])]


def gain_into(verb: Token, entry: Entry, scene: Scene) -> list[Draft]:
    """X swept into Y."""
    actor, mentions = scene.actor(verb), scene.oblique(verb, frozenset({"into"}))
    return [Draft(entry.kind, verb, actor, None, at(mentions))] if actor and mentions else []


def hold(verb: Token, entry: Entry, scene: Scene) -> list[Draft]:
    """X holds Y."""
    actor = scene.actor(verb)
    mentions = [m for o in objects(verb) if o.i in scene.passage.places for m in scene.places(o)]
    return [Draft(entry.kind, verb, actor, None, at(mentions))] if actor and mentions else []


def enter(verb: Token, entry: Entry, scene: Scene) -> list[Draft]:
    """X entered Y."""
    actor = scene.actor(verb)
    mentions = [m for o in objects(verb) for m in scene.places(o)]
    return [Draft(entry.kind, verb, actor, None, at(mentions))] if actor and mentions else []


def advance(verb: Token, entry: Entry, scene: Scene) -> list[Draft]:
    """X advanced into, on, toward Y; X surged within striking distance of Y."""
    actor = scene.actor(verb)
    if actor is None:
        return []
    prepositions = frozenset({"into"}) if entry.frame == "advance_into" else TOWARD
    near = any(t.lower_ in {"distance", "reach"} for t in verb.subtree)
    mentions = scene.oblique(verb, prepositions)
    places = tuple(
        m.claim_place(
            Role.REGION if role_at(m) == Role.REGION else Role.NEAR if near else Role.DESTINATION
        )
        for m in mentions
    )
    places = tuple(p for p in places if p.precision != "country" or len(places) == 1)
    if not places:
        inside = [m for m in scene.oblique(verb, frozenset({"in"})) if role_at(m) is Role.REGION]
        places = at(inside, Role.REGION)
    kind = Kind.THREAT if near else entry.kind
    return (
        [Draft(kind, verb, actor, None, places)]
        if places or entry.word in {"advance", "push"}
        else []
    )


def approach(verb: Token, entry: Entry, scene: Scene) -> list[Draft]:
    """X approached Y; X besieged Y."""
    actor = scene.actor(verb)
    mentions = [m for o in objects(verb) for m in scene.places(o) if m.place.precision != "country"]
    if not mentions or (actor is None and entry.kind is not Kind.SIEGE):
        return []
    return [
        Draft(
            entry.kind,
            verb,
            actor,
            None,
            at(mentions, Role.AT if entry.kind is Kind.SIEGE else Role.NEAR),
        )
    ]


def close_in(verb: Token, entry: Entry, scene: Scene) -> list[Draft]:
    """X closed in on Y; with no object, on the place the sentence is about."""
    if not any(c.lower_ == "in" for c in verb.children):
        return []
    actor = scene.actor(verb) or next((a for t in verb.lefts for a in [scene.party(t)] if a), None)
    if actor is None:
        return []
    mentions = [
        m for m in scene.oblique(verb, frozenset({"on", "in"})) if m.place.precision != "country"
    ]
    rules = []
    if not mentions:
        ref = scene.discourse.antecedent(scene.passage.starts[verb.i])
        if ref is None or ref.place is None:
            return []
        mentions = [Mention(ref.place, ref.start, ref.end, ref.surface, near=True, coref=True)]
        rules.append("place:the settlement the sentence is about")
    return [Draft(entry.kind, verb, actor, None, at(mentions, Role.NEAR), rules=rules)]


def withdraw(verb: Token, entry: Entry, scene: Scene) -> list[Draft]:
    """X withdrew from Y; X pulled out of Y."""
    if entry.frame == "withdraw_prt" and not any(
        c.lower_ in {"out", "back"} for c in verb.children
    ):
        return []
    actor = scene.actor(verb)
    mentions = scene.oblique(verb, FROM)
    return (
        [Draft(entry.kind, verb, actor, None, at(mentions, Role.ORIGIN))]
        if actor and mentions
        else []
    )


def abandon(verb: Token, entry: Entry, scene: Scene) -> list[Draft]:
    """X abandoned Y."""
    actor = scene.actor(verb)
    things = [o for o in objects(verb) if is_locative(o, scene)]
    if actor is None or not things:
        return []
    return [
        Draft(
            entry.kind,
            verb,
            actor,
            None,
            at([m for o in things for m in scene.places(o)], Role.ORIGIN),
            anchors=things,
        )
    ]


def reinforce(verb: Token, entry: Entry, scene: Scene) -> list[Draft]:
    """X reinforced Y; reinforcing their presence within Y; deployed troops to Y."""
    actor = scene.actor(verb)
    if actor is None:
        return []
    prepositions = INTO | {"within", "around", "inside"}
    mentions = [m for o in objects(verb) for m in scene.places(o)] or scene.oblique(
        verb, prepositions
    )
    return [Draft(entry.kind, verb, actor, None, at(mentions, Role.AT))] if mentions else []


def _destinations(verb: Token, scene: Scene) -> list[Mention]:
    found = list(scene.oblique(verb, INTO))
    for t in verb.subtree:
        if (
            t.tag_ == "VBG"
            and t.lemma_
            in {"head", "walk", "travel", "make", "move", "drive", "cross", "go", "stream"}
            and t.i != verb.i
        ):
            found += [
                m for m in scene.oblique(t, INTO) if m.place.id not in {x.place.id for x in found}
            ]
    return found


def flee(verb: Token, entry: Entry, scene: Scene) -> list[Draft]:
    """People fled Y; people fled from Y to Z; people left Y; people crossed into Z from Y."""
    who = subject(verb, scene.passage, scene.cast)
    figure = scene.figure(verb)
    fighters = scene.party(who) is not None and not scene.people(who)
    if fighters or (
        entry.frame != "flee"
        and not (scene.people(who) and (figure or entry.frame in {"leave", "shelter", "head"}))
    ):
        return []
    if entry.frame == "flee" and not (scene.people(who) or figure):
        return []
    origins = (
        [m for o in kids(verb, "dobj") for m in scene.places(o)]
        if entry.frame in {"flee", "leave"}
        else []
    )
    origins = origins or scene.oblique(verb, frozenset({"from"}))
    going = (
        scene.oblique(verb, frozenset({"in", "at"}))
        if entry.frame == "shelter"
        else _destinations(verb, scene)
    )
    destinations = [m for m in going if m.place.id not in {o.place.id for o in origins}]
    if who is not None and not origins:
        origins = [
            m
            for m in scene.places(who)
            if m.place.precision != "country"
            and m.place.id not in {d.place.id for d in destinations}
        ]
    if not origins and not destinations and (figure is None or entry.frame != "flee"):
        return []
    if entry.frame == "shelter" and not (origins and destinations):
        return []  # where people stay is no movement unless the text says where they are from
    if (
        entry.frame == "head"
        and not origins
        and who is not None
        and who.lower_ in {"most", "many", "thousands", "hundreds"}
    ):
        ref = scene.discourse.antecedent(scene.passage.starts[verb.i])
        if (
            ref is not None
            and ref.place is not None
            and ref.place.id not in {d.place.id for d in destinations}
        ):
            origins = [Mention(ref.place, ref.start, ref.end, ref.surface, coref=True)]
    places = at(origins, Role.ORIGIN) + at(destinations, Role.DESTINATION)
    anchors = [t for t in [who] if t is not None] + _place_tokens(
        origins + destinations, scene, verb
    )
    return [Draft(entry.kind, verb, None, None, places, figure, anchors=anchors)]


def displace(verb: Token, entry: Entry, scene: Scene) -> list[Draft]:
    """People were displaced from, in, across Y; X evacuated Y."""
    if verb.dep_ == "amod":
        return []
    who = next(iter(objects(verb)), None) or subject(verb, scene.passage, scene.cast)
    figure = scene.figure(verb)
    if not (scene.people(who) or figure):
        return []
    origins = scene.oblique(verb, frozenset({"from"}))
    inside = (
        scene.oblique(verb, frozenset({"in", "across", "within", "around"})) if not origins else []
    )
    if not (origins or inside or figure):
        return []
    places = at(origins, Role.ORIGIN) + tuple(
        m.claim_place(
            Role.REGION if m.place.precision in {"country", "region", "province"} else Role.ORIGIN
        )
        for m in inside
    )
    places += at(
        [
            m
            for m in scene.oblique(verb, frozenset({"to", "toward", "towards", "into"}))
            if m.place.id not in {o.place.id for o in origins}
        ],
        Role.DESTINATION,
    )
    return [
        Draft(
            entry.kind,
            verb,
            None,
            None,
            places,
            figure,
            anchors=[t for t in [who] if t is not None],
        )
    ]


def exodus(noun: Token, entry: Entry, scene: Scene) -> list[Draft]:
    """Read "an exodus from Y", "Y is witnessing an exodus"."""
    origins = [
        m
        for p in kids(noun, "prep")
        if p.lower_ in {"from", "of", "out"}
        for o in kids(p, "pobj")
        for m in scene.places(o)
    ]
    verb = noun.head
    if (
        not origins
        and noun.dep_ in {"dobj", "pobj"}
        and verb.lemma_ in {"witness", "see", "face", "experience"}
    ):
        origins = [
            m
            for s in kids(verb, "nsubj")
            for m in scene.places(s)
            if m.place.precision != "country"
        ]
    figure = scene.figure(noun) if any(p.lower_ == "of" for p in kids(noun, "prep")) else None
    if not origins:
        return []
    destinations = [
        m
        for p in kids(noun, "prep")
        if p.lower_ in {"to", "toward", "towards", "into"}
        for o in kids(p, "pobj")
        for m in scene.places(o)
    ]
    trigger_anchors = [verb] if verb.pos_ == "VERB" else []
    return [
        Draft(
            entry.kind,
            noun,
            None,
            None,
            at(origins, Role.ORIGIN) + at(destinations, Role.DESTINATION),
            figure,
            anchors=trigger_anchors,
        )
    ]


def strike(verb: Token, entry: Entry, scene: Scene) -> list[Draft]:
    """X shelled Y; Y was bombed."""
    actor = scene.actor(verb)
    things = objects(verb)
    mentions = [m for o in things for m in scene.places(o) if m.place.precision != "country"] or [
        m
        for m in scene.oblique(verb, IN)
        if m.place.precision not in {"country"}
        and (actor or entry.word in {"shell", "bomb", "bombard"})
    ]
    physical = entry.word in {"shell", "bomb", "bombard", "pound"}
    weapon = subject(verb, scene.passage, scene.cast)
    armed = actor is not None or (
        weapon is not None and weapon.lower_ in STRIKE_NOUNS | {"drone", "drones"}
    )
    if not mentions or not (
        armed
        or (physical and kids(verb, "nsubjpass"))
        or (kids(verb, "nsubjpass") and entry.word == "attack")
    ):
        return []
    return [Draft(entry.kind, verb, actor, None, at(mentions, Role.AT))]


def launch(verb: Token, entry: Entry, scene: Scene) -> list[Draft]:
    """X conducted air strikes on Y."""
    things = [o for o in objects(verb) if o.lower_ in STRIKE_NOUNS]
    actor = scene.actor(verb)
    if not things or actor is None:
        return []
    mentions = [m for o in things for m in scene.places(o)] or scene.oblique(verb, IN | {"against"})
    return [
        Draft(
            entry.kind,
            verb,
            actor,
            None,
            at([m for m in mentions if m.place.precision != "country"], Role.AT),
            anchors=things,
        )
    ]


def strike_on(noun: Token, entry: Entry, scene: Scene) -> list[Draft]:
    """Air strikes on Y; shelling of Y."""
    if noun.dep_ in {"compound"} or noun.head.lemma_ in {"conduct", "launch", "carry"}:
        return []
    if entry.word == "strike" and not any(
        c.lower_ in {"air", "drone", "missile", "rocket", "artillery"} or scene.party(c)
        for c in noun.children
    ):
        return []
    mentions = [
        m
        for p in kids(noun, "prep")
        if p.lower_ in {"on", "in", "near", "against", "of"}
        for o in kids(p, "pobj")
        for m in scene.places(o)
    ]
    mentions = [m for m in mentions if m.place.precision != "country"]
    return (
        [
            Draft(
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


def clash(verb: Token, entry: Entry, scene: Scene) -> list[Draft]:
    """X clashed with Z in Y."""
    actor = scene.actor(verb)
    mentions = [m for m in scene.oblique(verb, IN) if m.place.precision != "country"]
    return [Draft(entry.kind, verb, actor, None, at(mentions))] if actor and mentions else []


def clash_in(noun: Token, entry: Entry, scene: Scene) -> list[Draft]:
    """Fighting in, near, on the road to Y."""
    if noun.dep_ in {"compound", "amod"}:
        return []
    mentions = [
        m
        for p in kids(noun, "prep")
        if p.lower_ in IN
        for o in kids(p, "pobj")
        for m in scene.places(o)
    ]
    if not mentions and noun.head.pos_ == "VERB" and noun.dep_ in {"nsubj", "nsubjpass"}:
        mentions = scene.oblique(noun.head, IN)
    for_ = [
        m
        for p in kids(noun, "prep")
        if p.lower_ == "for"
        for o in kids(p, "pobj")
        for m in scene.places(o)
    ]
    if not mentions and for_ and entry.word == "confrontation":
        mentions = for_
    mentions = [m for m in mentions if m.place.precision != "country"]
    road = any(t.lower_ in {"road", "highway"} for t in noun.sent)
    return (
        [Draft(entry.kind, noun, None, None, at(mentions, Role.NEAR if road else None))]
        if mentions
        else []
    )


def under_fire(noun: Token, entry: Entry, scene: Scene) -> list[Draft]:
    """Y was under fire."""
    if noun.head.lower_ != "under" or noun.head.head.pos_ not in {"VERB", "AUX"}:
        return []
    mentions = [m for s in kids(noun.head.head, "nsubj", "nsubjpass") for m in scene.places(s)]
    actor = next(
        (a for c in kids(noun, "poss", "amod", "compound") for a in [scene.party(c)] if a), None
    )
    return [Draft(entry.kind, noun, actor, None, at(mentions, Role.AT))] if mentions else []


def of_gain(noun: Token, entry: Entry, scene: Scene) -> list[Draft]:
    """Read "the capture of Y", "Y's fall", "a rebel takeover"."""
    mentions = [
        m
        for p in kids(noun, "prep")
        if p.lower_ == "of"
        for o in kids(p, "pobj")
        for m in scene.places(o)
    ]
    mentions += [
        m
        for c in kids(noun, "poss", "compound")
        for m in scene.places(c)
        if c.i in scene.passage.places
    ]
    mentions = [m for m in mentions if m.place.precision != "country"]
    by = [o for p in kids(noun, "prep") if p.lower_ == "by" for o in kids(p, "pobj")] + kids(
        noun, "amod", "compound", "poss"
    )
    actor = next((a for c in by for a in [scene.party(c)] if a), None)
    if not mentions and entry.word == "takeover" and actor is not None:
        ref = scene.discourse.antecedent(scene.passage.starts[noun.i])
        if ref is not None and ref.place is not None:
            mentions = [Mention(ref.place, ref.start, ref.end, ref.surface, coref=True)]
    if not mentions:
        return []
    if actor is None and entry.word != "fall":
        actor = scene.discourse.last_actor
    lost = entry.frame == "of_lose"
    return [Draft(entry.kind, noun, None if lost else actor, actor if lost else None, at(mentions))]


def siege_of(noun: Token, entry: Entry, scene: Scene) -> list[Draft]:
    """Read "the siege of Y"."""
    mentions = [
        m
        for p in kids(noun, "prep")
        if p.lower_ == "of"
        for o in kids(p, "pobj")
        for m in scene.places(o)
        if m.place.precision != "country"
    ]
    return [Draft(entry.kind, noun, None, None, at(mentions, Role.AT))] if mentions else []


def link(verb: Token, entry: Entry, scene: Scene) -> list[Draft]:
    """Y, linking A to B and C: Y is the hinge of a route."""
    first = [m for o in kids(verb, "dobj") for m in scene.places(o)]
    second = scene.oblique(verb, frozenset({"to", "with", "and"}))
    hub = subject(verb, scene.passage, scene.cast)
    hinge = scene.places(hub) if hub is not None else []
    hinge = [m for m in hinge if m.place.precision not in {"country"}]
    if not hinge:
        hinge = [
            Mention(r.place, r.start, r.end, r.surface)
            for t in verb.sent
            if t.dep_ == "nsubj" and t.i < verb.i
            for r in [scene.passage.places.get(t.i)]
            if r is not None and r.place is not None and r.place.precision == "settlement"
        ][:1]
    known = {m.place.id for m in hinge}
    points = [m for m in first if m.place.precision == "settlement"]
    first = points or first  # "Latakia and Tartus, the provinces on the coast" is not a third end
    first, second = (
        [m for m in first if m.place.id not in known],
        [m for m in second if m.place.id not in known],
    )
    second = [m for m in second if m.place.id not in {x.place.id for x in first}]
    if not hinge or not (first or second):
        return []
    places = at(hinge[:1], Role.AT) + at(first, Role.ORIGIN) + at(second, Role.DESTINATION)
    return [Draft(entry.kind, verb, None, None, places, state="open")]


def gateway(noun: Token, entry: Entry, scene: Scene) -> list[Draft]:
    """Y serves as a gateway to Z."""
    second = [
        m
        for p in kids(noun, "prep")
        if p.lower_ in {"to", "into"}
        for o in kids(p, "pobj")
        for m in scene.places(o)
    ]
    verb = noun.head if noun.head.pos_ in {"VERB", "AUX"} else noun.head.head
    hinge = [
        m for s in kids(verb, "nsubj") for m in scene.places(s) if m.place.precision == "settlement"
    ]
    if not hinge or not second:
        return []
    return [
        Draft(
            entry.kind,
            noun,
            None,
            None,
            at(hinge[:1], Role.AT) + at(second, Role.DESTINATION),
            state="open",
            anchors=[verb, *kids(verb, "nsubj")],
        )
    ]


def cut(verb: Token, entry: Entry, scene: Scene) -> list[Draft]:
    """X cut off supply lines; the road to Y was cut."""
    things = [o for o in objects(verb) if o.lower_ in SUPPLY_NOUNS]
    if not things:
        return []
    mentions = [m for o in things for m in scene.places(o)]
    if not mentions:
        ref = scene.discourse.antecedent(scene.passage.starts[verb.i])
        mentions = (
            [Mention(ref.place, ref.start, ref.end, ref.surface, coref=True)]
            if ref is not None and ref.place is not None
            else []
        )
    return [
        Draft(
            entry.kind,
            verb,
            scene.actor(verb),
            None,
            at(mentions, Role.AT),
            state="cut",
            anchors=things,
        )
    ]


def on_doorstep(noun: Token, entry: Entry, scene: Scene) -> list[Draft]:
    """X on the doorstep of Y."""
    mentions = [m for m in scene.places(noun) if m.place.precision != "country"]
    if not mentions or noun.head.lower_ not in {"on", "at"}:
        return []
    verb = noun.head.head
    who = next(
        (
            a
            for o in [*kids(verb, "dobj"), *kids(verb, "nsubj"), verb]
            for a in [scene.party(o)]
            if a
        ),
        None,
    )
    return [Draft(entry.kind, noun, who, None, at(mentions, Role.NEAR), anchors=kids(verb, "dobj"))]


def proximity(noun: Token, entry: Entry, scene: Scene) -> list[Draft]:
    """X is five kilometres from the outskirts of Y."""
    number = next(
        (parse_number(scene.passage.word(c)) or _decimal(c.text) for c in kids(noun, "nummod")),
        None,
    )
    if number is None:
        return []
    km = float(number) * (KM_PER_MILE if noun.lemma_.startswith("mile") else 1.0)
    verb = noun.head
    sources = [
        o
        for p in [
            *kids(noun, "prep"),
            *kids(verb, "prep"),
            *[x for t in noun.subtree for x in kids(t, "prep")],
        ]
        if p.lower_ in {"from", "outside", "of"}
        for o in kids(p, "pobj")
    ]
    mentions = [m for o in sources for m in scene.places(o) if m.place.precision == "settlement"]
    if not mentions:
        later = [
            t for t in noun.sent if noun.i < t.i <= noun.i + 14 and t.lower_ in {"from", "outside"}
        ]
        sources = [o for p in later for o in kids(p, "pobj")]
        mentions = [
            m for o in sources for m in scene.places(o) if m.place.precision == "settlement"
        ]
    actor = next((a for s in kids(verb, "nsubj") for a in [scene.party(s)] if a), None) or (
        scene.actor(verb) if verb.pos_ in {"VERB", "AUX"} else None
    )
    if not mentions or actor is None:
        return []
    if any(t.lemma_.startswith("mile") for t in [noun]) and any(
        t.lemma_.startswith(("kilomet", "km")) for t in noun.sent
    ):
        return []  # the same distance told twice
    place = mentions[0].claim_place(Role.NEAR, distance_km=round(km, 2))
    return [Draft(entry.kind, noun, actor, None, (place,), anchors=[noun, *sources])]


def _decimal(text: str) -> float | None:
    try:
        return float(text.replace(",", ""))
    except ValueError:  # a word that is no number, as in "several kilometres"
        return None


def _place_tokens(mentions: list[Mention], scene: Scene, verb: Token) -> list[Token]:
    ids = {(m.start, m.end) for m in mentions}
    return [
        t
        for t in verb.sent
        if t.i in scene.passage.places
        and (scene.passage.places[t.i].start, scene.passage.places[t.i].end) in ids
    ]


FRAMES: dict[str, Callable[[Token, Entry, Scene], list[Draft]]] = {
    "gain": gain,
    "gain_strict": gain,
    "gain_control": gain,
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
    "abandon": abandon,
    "reinforce": reinforce,
    "reinforce_to": reinforce,
    "flee": flee,
    "leave": flee,
    "cross": flee,
    "shelter": flee,
    "head": flee,
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
    "siege_of": siege_of,
    "link": link,
    "gateway": gateway,
    "cut": cut,
    "on_doorstep": on_doorstep,
    "proximity": proximity,
}
