"""Find the party of forces that are only described by whose side they are on.

The head of a noun phrase comes in; the party of "GNA-aligned troops", "fighters loyal to X" or
"Somali and Ugandan troops" goes out.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mapgen.core.tables.actors import FORCE_WORDS, GROUP_WORDS, REBEL_WORDS

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
    return cast.actor_of(named[0].party) if named else None


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
