"""Find the words of a sentence that only say who spoke, or where another place lies.

A parsed sentence comes in. The indices of such words go out: a place among them is no place where
something happened.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from mapgen.coding.english.attribution import role_of
from mapgen.coding.english.containers import is_area_in_chain
from mapgen.coding.english.mentions import DIRECTIONS, SAYING, TOWN_NOUNS, kids
from mapgen.coding.english.road_ends import ROADS
from mapgen.core.tables.actors import REBEL_WORDS
from mapgen.core.tables.word_lists import word_list

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

    from mapgen.reading.passages import Passage

_TO_WHOM = frozenset({"accuse", "cite", "inform", "quote", "tell"})
_LEAVING = word_list("flight", "leaving")


@functools.lru_cache(maxsize=4)  # several rules ask for those of one sentence
def sayings(sent: Span, *, deep: bool = True) -> frozenset[int]:
    """Return the indices of words that say who spoke, to whom, where and when.

    Unless ``deep``, the speaker and the addressee are left out.
    """
    found: set[int] = set()
    for t in sent:
        if t.lemma_.lower() not in SAYING or t.pos_ != "VERB":
            continue
        found.add(t.i)
        who: tuple[str, ...] = ("nsubj", "nsubjpass", "dative") if deep else ()
        who += ("dobj",) if deep and t.lemma_.lower() in _TO_WHOM else ()
        for c in kids(t, *who, "prep", "npadvmod", "tmod", "advmod"):
            if c.dep_ != "advmod" and not any(x.lemma_.lower() in _LEAVING for x in c.subtree):
                found |= {x.i for x in c.subtree}
    return frozenset(found)


def locators(sent: Span, passage: Passage) -> set[int]:
    """Return the indices of place names that only say where another place in the sentence lies.

    In "Bara, south of Leka", "Bara village, Leka district" and "Bara, a village in Leka
    municipality", the text is about Bara.
    """
    places = passage.places
    named = [t for t in sent if t.i in places]
    found = {t.i for t in named if _locates(t)}
    if len(found) == len(named):
        found = set()
    found |= {
        t.i for t in named if is_area_in_chain(places[t.i].start, places[t.i].end, passage.text)
    }
    others = {t.i for t in named if _is_end_of_road(t) or _is_unreal(t) or _is_of_speaker(t)}
    return found | others


def _is_of_speaker(name: Token) -> bool:
    """Whether a name says who speaks: "a rebel spokesman in Y", "Moscow's claim", "Kyiv's men"."""
    if name.dep_ == "poss":
        return name.head.lemma_.lower() in _WORDS_OF
    prep = name.head
    return (
        name.dep_ == "pobj"
        and prep.lower_ in {"at", "in"}
        and prep.head.lemma_.lower() in _SPEAKERS
    )


_WORDS_OF = frozenset(
    {"account", "allegation", "announcement", "army", "assertion", "boast", "claim", "communique"}
    | {"declaration", "denial", "force", "general", "man", "report", "soldier", "statement"}
    | {"troop", "version"}
)


def _are_rebels(who: Token) -> bool:
    """Whether those who speak are "rebels", "resistance fighters" or "rebel forces"."""
    return who.lower_ in REBEL_WORDS or any(
        c.lower_ in {"opposition", "rebel", "resistance"} for c in who.children
    )


_SPEAKERS = word_list("mentions", "speakers")
_TOWN_OFFICES = word_list("mentions", "town_offices")


def _locates(name: Token) -> bool:
    """Whether a name stands in the words for where another place lies: ", south of Leka"."""
    noun = name.head if name.dep_ == "compound" and name.head.dep_ == "pobj" else name
    prep = noun.head
    if noun.dep_ != "pobj" or prep.dep_ != "prep":
        return False
    word = prep.head
    if prep.lower_ == "of" and word.lower_ in DIRECTIONS:
        return _is_aside(word) or _is_of_town_named(word)
    return prep.lower_ == "in" and word.lower_ in TOWN_NOUNS and word.dep_ == "appos"


def _is_end_of_road(name: Token) -> bool:
    """Whether a road leads to a place: "on the road to Leka", "cut the Leka road"."""
    if name.dep_ == "compound":
        return name.head.lower_ in ROADS
    to = name.dep_ == "pobj" and name.head.lower_ in {"to", "toward", "towards"}
    return to and name.head.head.lower_ in ROADS


def _is_unreal(name: Token) -> bool:
    """Whether a sentence says what did not happen at a place: "Leka might have been saved"."""
    for verb in name.ancestors:
        helpers = {c.lower_ for c in kids(verb, "aux")}
        if helpers & {"could", "might", "would"} and "have" in helpers:
            return True
        if verb.dep_ in {"conj", "advcl", "relcl"}:
            return False
    return False


def _is_aside(direction: Token) -> bool:
    """Whether a direction follows a comma, a bracket or a distance: ", 20 km south"."""
    before = direction.nbor(-1).lower_ if direction.i > direction.sent.start else ""
    return before in {",", "(", "just", "km", "kilometers", "kilometres", "miles"}


def _is_of_town_named(direction: Token) -> bool:
    """Whether a direction tells where a town lies: "Bara, a small town southwest of Leka"."""
    above = [a for a in direction.ancestors if a.dep_ == "appos" and a.lower_ in TOWN_NOUNS]
    return bool(above) and above[0].i < direction.i


def witness_place(sent: Span) -> set[int]:
    """Return the indices of the words for where witnesses speak: "In Bara, residents said ...".

    Such a place is where it happened, not only where the words were spoken, as is the X of
    "residents of X said" and of "the mayor of X said". So it is with rebels.
    """
    opens = sent[0].lower_ in {"at", "in", "near"}
    found: set[int] = set()
    for t in sent:
        if t.lemma_.lower() not in SAYING or t.pos_ != "VERB":
            continue
        who = next(iter(kids(t, "nsubj")), None)
        is_witness = who is not None and role_of(who.text) == "witness"
        if who is None or not (is_witness or _are_rebels(who) or _is_of_town(who)):
            continue
        if is_witness or _is_of_town(who):
            found |= {x.i for x in who.subtree}  # people of X speak of X
        if opens and not _is_of_town(who):
            found |= set(range(sent.start, who.i))
    return found


def _is_of_town(who: Token) -> bool:
    """Whether the one who speaks is the mayor or the council of a town, and so speaks of it."""
    return who.lemma_.lower() in _TOWN_OFFICES and bool(kids(who, "poss", "prep", "compound"))
