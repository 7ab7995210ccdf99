"""Remember who attacked a town and who defended it, to know who has it when "the town fell".

Parsed sentences come in; the parties that attacked, defended or fought come out, by place.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mapgen.coding.english.mentions import kids
from mapgen.coding.english.parties import party, subject
from mapgen.coding.english.sentence_context import governed
from mapgen.core.tables.actors import WEAPON_WORDS
from mapgen.core.tables.word_lists import peoples, word_list

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from spacy.tokens import Span, Token

    from mapgen.coding.english.sentence_context import SentenceContext
    from mapgen.model import Actor

_ATTACKING = word_list("fought", "attacking")
_ATTACKS = word_list("fought", "attacks")
_BEGINNING = word_list("fought", "beginning")
_BREAKING_IN = word_list("fought", "breaking_in")
_DEFENDING = word_list("fought", "defending")
_FIGHTING = word_list("fought", "fighting")
_SENTENCES_BACK = 5
"""How far "the town had fallen" may look back: about a paragraph."""


@dataclass(frozen=True, slots=True)
class Fought:
    """Who fought in a sentence, and where.

    Parameters
    ----------
    attackers, defenders, others
        The parties that attacked, that defended or gave way, and that fought without either.
    places
        Ids of the settlements that the sentence names; if it names none, those of the one before.
    """

    attackers: tuple[Actor, ...]
    defenders: tuple[Actor, ...]
    others: tuple[Actor, ...]
    places: frozenset[str]


def fought_in(sent: Span, scene: SentenceContext) -> Fought:
    """Return who attacks, defends and fights in a sentence."""
    sides = _Sides([], [], [])
    for t in sent:
        if t.pos_ in {"VERB", "AUX"}:
            _note_verb(t, sides, scene)
        elif t.lemma_.lower() in _ATTACKS:  # "an assault by X", "X's siege"
            owners = [*governed(t, "by"), *kids(t, "poss", "compound", "amod")]
            sides.attackers.extend(_all_parties(owners, scene))
    here = scene.discourse.sentences[-1] if scene.discourse.sentences else []
    named = frozenset(r.meant.id for r, _ in here if r.meant is not None)
    before = scene.discourse.fights[-1].places if scene.discourse.fights else frozenset()
    return Fought(
        tuple(sides.attackers), tuple(sides.defenders), tuple(sides.others), named or before
    )


@dataclass(frozen=True, slots=True)
class _Sides:
    """The parties found so far, as in `Fought`."""

    attackers: list[Actor]
    defenders: list[Actor]
    others: list[Actor]


def _note_verb(verb: Token, sides: _Sides, scene: SentenceContext) -> None:
    """Add the parties that a verb says to attack, to defend or to fight."""
    lemma = verb.lemma_.lower()
    if lemma == "fall":  # "fell to X"
        sides.attackers.extend(_all_parties(governed(verb, "to"), scene))
    begun = lemma in _BEGINNING and any(o.lemma_ in _ATTACKS for o in kids(verb, "dobj"))
    defends = _defends(verb)
    if not (begun or defends or lemma in _ATTACKING | _FIGHTING):
        return
    who = list(_parties(subject(verb, scene.passage, scene.cast), scene))
    if (begun or lemma in _ATTACKING) and len({a.side for a in who}) == 1:
        sides.attackers.extend(who)
        sides.defenders.extend(_all_parties(kids(verb, "dobj", "nsubjpass"), scene))
    elif defends:
        sides.defenders.extend(who)
    else:
        beside = [o for p in kids(verb, "prep") for o in kids(p, "pobj")]
        sides.others.extend([*who, *_all_parties([*beside, *kids(verb, "dobj")], scene)])


def _defends(verb: Token) -> bool:
    """Whether a verb says that its subject defends a place or gives it up: "fought back"."""
    back = any(c.lower_ in {"back", "off"} for c in kids(verb, "advmod", "prt"))
    sent_help = verb.lemma_ == "send" and any(
        o.lemma_ in {"reinforcement", "helicopter", "troop"} for o in kids(verb, "dobj")
    )
    return verb.lemma_.lower() in _DEFENDING or sent_help or (back and verb.lemma_ in _FIGHTING)


def _parties(noun: Token | None, scene: SentenceContext) -> Iterator[Actor]:
    """Return the parties that a noun and those joined to it name."""
    if noun is None or (noun.pos_ == "PRON" and noun.dep_ not in {"nsubj", "nsubjpass"}):
        return  # "attacked it" is the town
    for t in (noun, *kids(noun, "conj")):
        found = party(t, scene.passage, scene.cast, scene.discourse)
        if found is not None:
            yield found


def _all_parties(nouns: Iterable[Token], scene: SentenceContext) -> list[Actor]:
    return [a for noun in nouns for a in _parties(noun, scene)]


def broke_in(fell: Token, scene: SentenceContext) -> Actor | None:
    """Return who broke in before a town fell: "fell on Monday after fighters bypassed the army".

    Parameters
    ----------
    fell
        The verb of the town.
    scene
        The sentence with its context.

    Returns
    -------
    Actor or None
        The party, unless it is the army of the country, which would have lost the town.
    """
    for verb in kids(fell, "advcl"):
        marks = {c.lower_ for c in kids(verb, "mark", "advmod")}
        if not marks & {"after", "as", "once", "when"} or kids(verb, "neg", "nsubjpass"):
            continue
        if verb.lemma_.lower() in _BREAKING_IN | _ATTACKING:
            subjects = kids(verb, "nsubj")
            found = _all_parties(subjects, scene) or _of_peoples(subjects, scene)
            who = {a.side: a for a in found}
            state = scene.cast.state()
            able = [a for side, a in who.items() if state is None or side != state.side]
            return able[0] if len(able) == 1 else None
    return None


def _of_peoples(nouns: Iterable[Token], scene: SentenceContext) -> list[Actor]:
    """Return the forces of a people whose weapons are named: "Serb tanks"."""
    weapons = [n for n in nouns if n.lower_ in WEAPON_WORDS]
    # the words of the article: the parser may have read a stand-in for a name
    named = [scene.passage.word(c) for n in weapons for c in n.children]
    found = [scene.cast.resolve(f"{name} forces") for name in named if name in peoples()]
    return [actor for actor in found if actor is not None]


@dataclass(frozen=True, slots=True)
class Winner:
    """Who has a town that fell: the only side that attacked it, or that it is open.

    Parameters
    ----------
    actor
        The party, if it is known.
    is_open
        Whether two sides fought there and the text does not say which of them it was.
    losers
        Those who defended the town or gave it up, by side.
    """

    actor: Actor | None
    is_open: bool
    losers: Mapping[str | None, Actor]

    @property
    def loser(self) -> Actor | None:
        """The only side that lost the town, if it is known."""
        return next(iter(self.losers.values())) if len(self.losers) == 1 else None


def winner(sent: Span, places: Iterable[str], scene: SentenceContext) -> Winner:
    """Return who must have taken a town that fell, by what was told of the fighting there.

    Parameters
    ----------
    sent
        The sentence that says that the town fell.
    places
        Ids of the town.
    scene
        The sentence with its context.
    """
    ids = frozenset(places)
    fights = [*scene.discourse.fights[-_SENTENCES_BACK:], fought_in(sent, scene)]
    here = [f for f in fights if f.places & ids]
    attackers = {a.side: a for f in here for a in f.attackers}
    losers = {a.side: a for f in here for a in f.defenders}
    fought = {a.side for f in here for a in (*f.attackers, *f.defenders, *f.others)}
    able = [a for side, a in attackers.items() if side not in losers]
    if len(able) == 1 and len(attackers) == 1:
        return Winner(able[0], is_open=False, losers=losers)
    return Winner(None, is_open=len(fought) > 1, losers=losers)
