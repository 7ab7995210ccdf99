"""Define the context that frames read, the drafts that they return, and shared helpers."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mapgen.coding.english.attribution import attribution
from mapgen.coding.english.mentions import (
    EDGE_NOUNS,
    SAYING,
    SITE_NOUNS,
    Mention,
    kids,
    oblique,
    places_of,
    role_at,
)
from mapgen.coding.english.parties import is_people, party, subject
from mapgen.coding.english.quantities import find_figures
from mapgen.core.tables.actors import REBEL_WORDS, as_written
from mapgen.core.tables.word_lists import word_list

if TYPE_CHECKING:
    from collections.abc import Iterable, Set

    from spacy.tokens import Token

    from mapgen.coding.english.discourse import Discourse
    from mapgen.coding.english.quantities import Figure
    from mapgen.core.tables.actors import Cast
    from mapgen.model import Actor, ClaimPlace, Kind, Role, When
    from mapgen.reading.passages import Passage
    from mapgen.reasons import Reason

IN = word_list("frames", "in")
TOWARD = word_list("frames", "toward")
FROM = word_list("frames", "from")
INTO = word_list("frames", "into")
STRIKE_NOUNS = word_list("frames", "strike_nouns")
_RUBBLE = word_list("frames", "rubble")
SUPPLY_NOUNS = word_list("frames", "supply_nouns")
_LONGEST_HEAD = 60  # characters behind the name that leads a paragraph
_NO_PARTIES = frozenset({"AM", "GMT", "PM", "TV", "UTC"})
_ARTICLE = re.compile(r"^(?:an?|the)\s", re.IGNORECASE)
_OF_SIDE = re.compile(r"(\w+)\s(?:chief|colonel|commander|fighter|leader|officer|spokes\w+)\b")
_PART_OF = re.compile(r"\s+of (?:them|whom|those|these)\b")  # "80,000 of them children"


@dataclass(slots=True)
class ClaimDraft:
    """A claim before its status, date and source are decided.

    Parameters
    ----------
    kind
        Kind of the event.
    trigger
        The word that names what happened.
    actor, from_actor
        Who acts, and for changes of control who lost the place.
    places
        Places with their roles.
    figure
        Number of people.
    state
        State of a supply route: "open" or "cut".
    anchors
        Further words whose phrases belong to the quote.
    reasons
        Reasons for inferences.
    clause
        First and end index of the tokens in which dates count, if known.
    day_near
        The word to which the date is nearest, if it is not the trigger.
    when
        Day of these places, if the sentence gives each place a day of its own.
    """

    kind: Kind
    trigger: Token
    actor: Actor | None = None
    from_actor: Actor | None = None
    places: tuple[ClaimPlace, ...] = ()
    figure: Figure | None = None
    state: str | None = None
    anchors: list[Token] = field(default_factory=list)
    reasons: list[Reason] = field(default_factory=list)
    clause: tuple[int, int] | None = None
    day_near: Token | None = None
    when: When | None = None


@dataclass(frozen=True, slots=True)
class SentenceContext:
    """What frames may read besides the trigger: the passage, earlier mentions and the parties."""

    passage: Passage
    discourse: Discourse
    cast: Cast

    def places(self, token: Token) -> list[Mention]:
        """Return the places that a phrase refers to."""
        return places_of(token, self.passage, self.discourse)

    def named(self, token: Token) -> list[Mention]:
        """Return the places outside countries that a word itself names, none that it stands for."""
        ref = self.passage.places.get(token.i)
        if ref is None:
            return []
        return [m for m in outside_countries(self.places(token)) if m.start == ref.start]

    def oblique(self, verb: Token, prepositions: Set[str]) -> list[Mention]:
        """Return the places in the prepositional phrases of a verb."""
        return oblique(verb, self.passage, self.discourse, prepositions)

    def actor(self, verb: Token) -> Actor | None:
        """Return the armed party that is the subject of a verb, or whose speaker says "we"."""
        who = subject(verb, self.passage, self.cast)
        if who is not None and who.lower_ == "we":
            return self.speaking_party(verb)
        return party(who, self.passage, self.cast, self.discourse)

    def speaking_party(self, token: Token) -> Actor | None:
        """Return the armed party whose words a statement is, or None.

        Parameters
        ----------
        token
            A word of the statement.
        """
        said = attribution(token, self.passage)
        if said is None:
            return None
        words = _ARTICLE.sub("", said.words)
        side = _OF_SIDE.match(words)
        many = f"{side[1].lower()}s" if side is not None else ""
        return self.cast.resolve(many) if many in REBEL_WORDS else self.cast.speaker(words)

    def party(self, token: Token | None) -> Actor | None:
        """Return the armed party that a phrase names."""
        return party(token, self.passage, self.cast, self.discourse)

    def first_party(self, words: Iterable[Token]) -> Actor | None:
        """Return the first armed party that one of these words names."""
        return next((actor for w in words for actor in [self.party(w)] if actor), None)

    def first_abbreviation(self, words: Iterable[Token]) -> Actor | None:
        """Return the first word that abbreviates a name of no table, as a party: "to the RPF".

        Only for words of which the sentence says that they hold or took a place.
        """
        for w in words:
            name = self.passage.word(w)  # the parser may have read a stand-in for it
            short = name.isupper() and len(name) > 1 and w.pos_ in {"NOUN", "PROPN"}
            if short and w.i not in self.passage.places and name not in _NO_PARTIES:
                return as_written(name, self.cast.country)
        return None

    def people(self, token: Token | None) -> bool:
        """Whether a phrase refers to people who do not fight."""
        return is_people(token, self.passage)

    def after(self, noun: Token, prepositions: Set[str]) -> list[Mention]:
        """Return the places in the prepositional phrases of a noun."""
        return [
            m
            for p in kids(noun, "prep")
            if p.lower_ in prepositions
            for o in kids(p, "pobj")
            for m in self.places(o)
        ]

    def fronted(self, verb: Token) -> list[Mention]:
        """Return the places in a phrase that opens the sentence: "In Rufaa, ..."."""
        first = verb.sent[0]
        if first.lower_ not in {"in", "at", "near"} or first.i > verb.i:
            return []
        return [m for o in kids(first, "pobj") for m in self.places(o)]

    def there(self, verb: Token) -> list[Mention]:
        """Return the town that "there" means beside a verb or its object, if one alone fits."""
        things = (verb, *objects(verb))
        word = next((c for t in things for c in kids(t, "advmod") if c.lower_ == "there"), None)
        if word is None:
            return []
        start, end = self.passage.starts[word.i], self.passage.ends[word.i]
        ref = self.discourse.antecedent(start, near=True)
        if ref is None or ref.meant is None:
            return []
        return [Mention(ref.meant, start, end, word.text, coref=True)]

    def behind(self, token: Token, prepositions: Set[str]) -> list[Mention]:
        """Return the place that directly follows one of these prepositions after a word."""
        for t in token.doc[token.i + 1 : min(token.sent.end, token.i + 9)]:
            if t.i in self.passage.places and t.nbor(-1).lower_ in prepositions:
                return self.places(t)
        return []

    def figure(self, trigger: Token) -> Figure | None:
        """Return the figure of people in the clause of a trigger, or None."""
        start, end = self.passage.bounds(trigger.sent)
        figures = find_figures(self.passage.text[start:end])
        at = self.passage.starts[trigger.i] - start
        words = self.passage.text[start:end]
        figures = [f for f in figures if ";" not in words[min(f.end, at) : max(f.start, at)]]
        figures = [f for f in figures if not _PART_OF.match(words, f.end)]
        figures = [f for f in figures if self._in_clause(f, trigger, start)]
        if not figures:
            return self._bare_figure(trigger)
        before = [f for f in figures if f.start <= at]
        return before[-1] if before else (figures[0] if figures else None)

    def _bare_figure(self, trigger: Token) -> Figure | None:
        """Return a number that is itself the subject: "Around 9,000 reached the camp"."""
        who = next((t for t in kids(trigger, "nsubj") if t.tag_ == "CD"), None)
        if who is None:
            return None
        words = self.passage.span_text(sorted(who.subtree, key=lambda t: t.i))
        return next(iter(find_figures(f"{words} people")), None)

    def _in_clause(self, figure: Figure, trigger: Token, offset: int) -> bool:
        """Whether a figure is in the clause of a trigger, or in the phrase of its subject."""
        who = subject(trigger, self.passage, self.cast)
        tops = [trigger, *([who] if who is not None else []), *objects(trigger)]
        own = {t.i for top in tops for t in top.subtree}
        return any(
            i in own
            for i in range(trigger.sent.start, trigger.sent.end)
            if offset + figure.start < self.passage.ends[i]
            and self.passage.starts[i] < offset + figure.end
        )


def governed(word: Token, *prepositions: str) -> list[Token]:
    """Return the nouns that a preposition links to a word: the X of "handed over to X"."""
    return [o for p in kids(word, "prep") if p.lower_ in prepositions for o in kids(p, "pobj")]


def objects(verb: Token) -> list[Token]:
    """Return what a verb acts on: its object, passive subject, or the noun of a participle."""
    found = kids(verb, "dobj", "nsubjpass")
    if not found:
        return _noun_of_participle(verb) or _object_elsewhere(verb)
    if verb.dep_ == "relcl":
        return [_told_of(verb.head) if o.tag_ in {"WDT", "WP"} else o for o in found]
    return found


def _noun_of_participle(verb: Token) -> list[Token]:
    """Return the noun of "the town taken by X" and of "Y, which X took", where "which" is gone."""
    head = verb.head
    if verb.tag_ == "VBN" and verb.dep_ == "acl" and head.pos_ in {"NOUN", "PROPN"}:
        return [head]
    told = verb.dep_ == "relcl" and bool(kids(verb, "nsubj")) and head.pos_ == "PROPN"
    return [head] if told else []


def _object_elsewhere(verb: Token) -> list[Token]:
    """Return an object or a passive subject that the parser ties to another verb."""
    beside, head = _taken_for_subject(verb), verb.head
    if beside is not None:
        return [beside]
    if verb.dep_ == "xcomp" and kids(verb, "auxpass") and head.lemma_ == "continue":
        return kids(head, "nsubj")  # "Y continues to be held by X"
    if verb.tag_ != "VBN":
        return []
    if verb.dep_ == "acomp" and kids(verb, "agent"):
        return kids(head, "nsubj")  # "Y is once more held by X"
    if verb.dep_ == "conj" and not kids(verb, "nsubj"):
        # "X entered and was ousted"; "X was attacked and taken"
        active = kids(head, "nsubj") if kids(verb, "auxpass") else []
        return kids(head, "nsubjpass") or active
    return []


def _taken_for_subject(verb: Token) -> Token | None:
    """Return the Y of "X abandoned Y and Z moved in", which the parser gives to "moved"."""
    if (
        verb.tag_ not in {"VBD", "VBP", "VBZ"}
        or verb.lemma_ in SAYING
        or verb.i + 1 >= verb.sent.end
    ):
        return None
    name = verb.nbor(1)
    taken = name.pos_ == "PROPN" and name.dep_ in {"nmod", "nsubj"} and name.head.i > name.i
    return name if taken and kids(name, "cc") else None


_MEASURES = frozenset({"kilometers", "kilometres", "km", "miles"})
_WAYS = frozenset(
    {"east", "north", "northeast", "northwest", "south", "southeast", "southwest", "west"}
)
_TO_THE = _MEASURES | _WAYS | {",", "about", "away", "some", "the", "to"}


def _told_of(noun: Token) -> Token:
    """Return the X of "X, 130 km to the north, which they took", of which the clause tells."""
    if noun.lower_ not in _MEASURES | _WAYS:
        return noun
    word = noun
    while word.i > noun.sent.start and (word.lower_ in _TO_THE or word.like_num):
        word = word.nbor(-1)
    return word if word.pos_ == "PROPN" and word.i + 1 < noun.i else noun


def at(mentions: list[Mention], role: Role | None = None) -> tuple[ClaimPlace, ...]:
    """Return mentions as places of a claim, with the given role or their own."""
    return tuple(m.claim_place(role or role_at(m)) for m in mentions)


def outside_countries(mentions: list[Mention]) -> list[Mention]:
    """Return the mentions that are smaller than a country."""
    return [m for m in mentions if m.place.precision != "country"]


def is_locative(token: Token, scene: SentenceContext) -> bool:
    """Whether a noun names a place or something with a location, such as an airport."""
    return token.lower_ in SITE_NOUNS | EDGE_NOUNS or token.i in scene.passage.places


def place_tokens(mentions: list[Mention], scene: SentenceContext, verb: Token) -> list[Token]:
    """Return the tokens in the sentence of a verb that name these places."""
    ids = {(m.start, m.end) for m in mentions}
    return [
        t
        for t in verb.sent
        if t.i in scene.passage.places
        and (scene.passage.places[t.i].start, scene.passage.places[t.i].end) in ids
    ]


def is_hyphenated(verb: Token) -> bool:
    """Whether a participle is the second half of "rebel-held" or "Russian-occupied"."""
    return verb.tag_ == "VBN" and verb.i > verb.sent.start and verb.nbor(-1).text == "-"


def tells_holder(verb: Token) -> bool:
    """Whether "is occupied by X" says who holds a place, not that X has just taken it."""
    if verb.lemma_.lower() != "occupy":
        return False
    if any(c.lower_ == "still" for c in verb.children):
        return True
    if verb.tag_ != "VBN":
        return False
    helpers = {c.lower_ for c in kids(verb, "aux", "auxpass")}
    return verb.dep_ in {"acl", "amod"} or bool(helpers & {"are", "is", "remain", "remains"})


def clears_things(verb: Token, scene: SentenceContext) -> bool:
    """Whether a town is cleared of mines or rubble instead of an armed party."""
    foes = governed(verb, "of") if verb.lemma_ == "clear" else []
    things = any(t.lower_ in _RUBBLE for o in foes for t in o.subtree)
    return things and scene.first_party(foes) is None


def led_place(
    scene: SentenceContext, token: Token, beside: frozenset[int] = frozenset()
) -> list[Mention]:
    """Return the place that leads the paragraph, if the sentence names no other.

    In "Y: The army told residents to leave. Street fighting continues." both are at Y. Places that
    start at the offsets ``beside`` do not count: "Y: clashes on the road to Z".
    """
    led = scene.discourse.led
    r = led.leader if led is not None else None
    if r is None or r.place is None:
        return []
    named = {p.start for t in token.sent if (p := scene.passage.places.get(t.i)) is not None}
    head = scene.passage.text.find(": ", r.end, r.end + _LONGEST_HEAD)
    named -= beside | {r.start} | {n for n in named if r.start < n < head}  # "Y (Z province): "
    return [] if named else [Mention(r.place, r.start, r.end, r.surface, coref=True)]
