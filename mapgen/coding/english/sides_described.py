"""Find the party of forces that are only described by whose side they are on.

The head of a noun phrase comes in; the party of "GNA-aligned troops", "fighters loyal to X" or
"Somali and Ugandan troops" goes out.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mapgen.coding.english.mentions import kids
from mapgen.core.tables.actors import FORCE_WORDS, GROUP_WORDS, REBEL_WORDS, as_written
from mapgen.places.toponym_features import common_words

if TYPE_CHECKING:
    from spacy.tokens import Token

    from mapgen.core.tables.actors import Cast
    from mapgen.model import Actor
    from mapgen.reading.passages import Passage

_TWO_ARMIES = re.compile(
    r"(?P<first>[A-Z]\w+) and [A-Z]\w+ (?P<noun>armies|forces|soldiers|troops)"
)
_SIDED = re.compile(
    r"(?:\b[Pp]ro-(?P<pro>[\w’']+)|\b(?P<own>[\w’']+)-(?:affiliated|aligned|allied))\s+$"
)
_SIDING = re.compile(
    r"\s+(?:affiliated|aligned|allied|loyal)\s+(?:to|with)\s+(?:the\s+)?(?P<who>[^,;.]{2,60})"
)


def on_side_of(token: Token, passage: Passage, cast: Cast) -> Actor | None:
    """Return the party of "GNA-aligned troops", "pro-GNA militias" and "fighters allied to X".

    Parameters
    ----------
    token
        Head of the noun phrase.
    passage
        The passage that contains it.
    cast
        The parties of the article.
    """
    if token.lower_ not in FORCE_WORDS | REBEL_WORDS | GROUP_WORDS:
        return None
    start, end = passage.starts[token.i], passage.ends[token.i]
    first, last = passage.bounds(token.sent)
    before, after = passage.text[first:start], passage.text[end:last]
    sided, siding = _SIDED.search(before), _SIDING.match(after)
    who = (sided["pro"] or sided["own"]) if sided else siding["who"] if siding else ""
    named = cast.table.find(who, cast.country, cast.named)
    if named and not _VERB_BEFORE.search(who[: named[0].start]):
        return cast.actor_of(named[0].party)
    return _of_leader(who, cast)  # not X in "forces loyal to the government drove X out"


def _of_leader(who: str, cast: Cast) -> Actor | None:
    """Return the party of "forces loyal to President X": the one that has "X's forces"."""
    leader = _NAMED_LEADER.match(who)
    if leader is None:
        return None
    for men in ("forces", "army", "fighters"):
        found = cast.table.find(f"{leader['name']}'s {men}", cast.country, cast.named)
        if found:
            return cast.actor_of(found[0].party)
    return None


_NAMED_LEADER = re.compile(
    r"(?:(?:[a-z]+\s){0,2}(?:[Cc]olonel|[Gg]eneral|[Pp]resident|warlord)\s)?"
    r"(?:(?:al-)?[A-Z][\w-]+\s){0,3}(?P<name>(?:al-)?[A-Z]\w+)"
)


def first_of_two(token: Token, passage: Passage, cast: Cast) -> Actor | None:
    """Return the first army of "Somali and Ugandan troops", which is named for both.

    Parameters
    ----------
    token
        Head of the noun phrase.
    passage
        The passage that contains it.
    cast
        The parties of the article.
    """
    if token.lower_ not in FORCE_WORDS:
        return None
    found = _TWO_ARMIES.search(passage.text, passage.bounds(token.sent)[0], passage.ends[token.i])
    if found is None or found.end() != passage.ends[token.i]:
        return None
    named = cast.resolve(f"{found['first']} {found['noun']}")
    return None if named is None or named.id.startswith("text:") else named


_VERB_BEFORE = re.compile(r"(?<![\w'’-])(?!the\b|de\b|al\b|el\b|of\b)[a-z]{2,}")
"""A word without a capital before the name of a party, which then is not whose forces they are."""

_UNKNOWN_MEN = frozenset({"gunman", "gunmen"})
_BARE = frozenset({"a", "armed", "an", "masked", "some", "several"})
_NOUN_PARTS = frozenset({"amod", "compound", "det", "nmod", "poss"})


def is_unidentified(token: Token) -> bool:
    """Whether words tell of armed men of whom nobody says whose they are: "gunmen", not "the".

    Parameters
    ----------
    token
        Head of the noun phrase.
    """
    if token.lower_ not in _UNKNOWN_MEN:
        return False
    return all(c.lower_ in _BARE for c in token.children if c.dep_ in _NOUN_PARTS)


def leaders_men(token: Token, passage: Passage, cast: Cast) -> Actor | None:
    """Return the men of a leader whom no table lists, in the words of the text: "Machar's men".

    Parameters
    ----------
    token
        Head of the noun phrase.
    passage
        The passage that contains it.
    cast
        The parties of the article.
    """
    owners = kids(token, "poss")
    if token.lower_ != "men" or len(owners) != 1 or owners[0].pos_ != "PROPN":
        return None
    if token.dep_ != "nsubj":
        return None  # where they are told of in passing, the sentence is about others
    name, at = passage.word(owners[0]), owners[0].i
    if at in passage.places or not name[:1].isupper() or name.casefold() in common_words():
        return None
    led = forces_of(name, cast)
    if led is not None:
        return led
    if token.head.lemma_ in _MOVING:
        return None  # "Sinjar's men fled": the name may be that of a town no list has
    return as_written(f"{name}'s men", cast.country)


def forces_of(leader: str, cast: Cast) -> Actor | None:
    """Return the party that a leader leads, as far as the table of parties knows.

    Parameters
    ----------
    leader
        The name of the leader, as written.
    cast
        The parties of the article.
    """
    led = cast.resolve(f"{leader}'s forces")
    return None if led is None or led.id.startswith("text:") else led


_MOVING = frozenset(
    {"arrive", "cross", "escape", "flee", "go", "leave", "move", "reach", "return", "run", "walk"}
)
_BACKED = frozenset({"aligned", "allied", "backed", "supported"})


def is_beside_foe(token: Token, named: Actor, passage: Passage) -> bool:
    """Whether "X-backed militias" stand side by side with the foes of those they may mean.

    In "the army and Iranian-backed militias" they are not the rebels, whom the army fights; in
    "between the army and Iranian-backed militias" they may be.

    Parameters
    ----------
    token
        Head of the noun phrase.
    named
        The party that the words alone would mean.
    passage
        The passage that contains it.
    """
    if token.dep_ != "conj" or token.head.head.lower_ == "between":
        return False
    beside = passage.actors.get(token.head.i)
    if beside is None or beside.party.side == named.side:
        return False
    return any(c.lower_ in _BACKED for c in token.children)


_FULL_NAME = re.compile(
    r"(?:[A-Z][\w'’-]*\s)+(?:(?:for|of)\s(?:the\s)?)?[A-Z][\w'’-]*"
    r"(?:\s(?:(?:and|for|of)\s(?:the\s)?)?[A-Z][\w'’-]*)*(?:\sin\s[A-Z]\w*(?=\s\())?"
)


def full_name(token: Token, passage: Passage) -> str | None:
    """Return the name of several words in which a noun stands, or None.

    Parameters
    ----------
    token
        The noun, as the Front of "the National Patriotic Front of Liberia".
    passage
        The passage that contains it.
    """
    first, last = passage.bounds(token.sent)
    start, end = passage.starts[token.i] - first, passage.ends[token.i] - first
    sentence = passage.text[first:last]
    found = (m for m in _FULL_NAME.finditer(sentence) if m.start() <= start and end <= m.end())
    return next((" ".join(m[0].split()) for m in found), None)


_LEADER = re.compile(
    r"(?P<side>(?:[\w-]+ )*?(?P<sort>\w+)) (?:field )?"
    r"(?:chief|commander|leader|spokesman|spokesperson|spokeswoman|warlord)\b.*",
    re.IGNORECASE,
)


def without_leader(words: str) -> str:
    """Return the fighters of "separatist leader Ivan Horban", and other words as they are.

    Parameters
    ----------
    words
        A noun phrase without its article.

    Returns
    -------
    str
        "separatists": who leads some fighters acts with them, and is no party alone.
    """
    led = _LEADER.fullmatch(words)
    if led is None or led["sort"].casefold() in _OF_PARLIAMENTS:
        return words
    many = f"{led['side']}s"
    return many if many.rsplit(maxsplit=1)[-1].casefold() in REBEL_WORDS else words


_OF_PARLIAMENTS = frozenset({"opposition"})


_SERVICES = re.compile(r"(?:(?P<of>[A-Z]\w+) )?defen[cs]e and security $", re.IGNORECASE)


def members_of(token: Token) -> Token | None:
    """Return the group of "members of the X gang"; a government's members are no force.

    Parameters
    ----------
    token
        Head of a noun phrase.
    """
    if token.lower_ not in _MEMBERS:
        return None
    groups = [t for of in kids(token, "prep") if of.lower_ == "of" for t in kids(of, "pobj")]
    return groups[0] if groups and groups[0].lower_ not in _OF_OFFICE else None


_MEMBERS = frozenset({"member", "members"})
_OF_OFFICE = frozenset(
    {"administration", "cabinet", "council", "government", "parliament", "state"}
)


def state_services(token: Token, passage: Passage, cast: Cast) -> Actor | None:
    """Return the army that stands for "the (Malian) defence and security forces", or None.

    Armies, gendarmes and police are called so together from the Sahel to Mozambique.

    Parameters
    ----------
    token
        Head of the noun phrase.
    passage
        The passage that contains it.
    cast
        The parties of the article.
    """
    first, _ = passage.bounds(token.sent)
    found = _SERVICES.search(passage.text[first : passage.starts[token.i]])
    if token.lower_ != "forces" or found is None:
        return None
    nation = cast.resolve(f"{found['of']} army") if found["of"] else None
    army = nation or cast.resolve("government army")
    return army if army is not None and not army.id.startswith("text:") else None


def army_of(token: Token, passage: Passage, cast: Cast) -> Actor | None:
    """Return the forces of a country that acts: "taken by Russia".

    Parameters
    ----------
    token
        The name of the country.
    passage
        The passage that contains it.
    cast
        The parties of the article.
    """
    place = passage.places[token.i].place
    by = token.dep_ == "pobj" and (
        token.head.lower_ == "by"
        or (token.head.lower_ == "to" and token.head.head.lemma_ in {"lose", "fall", "cede"})
    )
    if place is None or place.precision != "country" or not (token.dep_ == "nsubj" or by):
        return None
    own = cast.table.of_country(place.country, frozenset({"state", "foreign"}))
    return own[0].actor if own else None
