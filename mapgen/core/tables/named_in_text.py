"""What a text itself says about names: the countries it names, and abbreviations it spells out."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gazetteer.demonyms import demonyms
from mapgen.core.tables.word_lists import word_list

if TYPE_CHECKING:
    from collections.abc import Mapping

ARMED_NAMES = (
    word_list("actors", "armed_names")
    | word_list("actors", "force_words")
    | word_list("actors", "rebel_words")
    | word_list("actors", "state_words")
    | word_list("actors", "group_words")
)
_CIVIL_NAMES = word_list("actors", "civil_names") | word_list("actors", "civil_words")
_INTRODUCED = re.compile(
    r"((?:[A-Z][\w'’-]*\s+(?:(?:and|for|of|the)\s+){0,2}){2,8})\(([A-Z][A-Za-z]*[A-Z])\)"
)
_SMALL = frozenset({"and", "for", "of", "the"})


@dataclass(frozen=True, slots=True)
class NamedInText:
    """Evidence in a text for what its abbreviations and local names mean."""

    countries: frozenset[str] = frozenset()  # ISO 3166-1 alpha-2
    full_names: Mapping[str, str] = field(default_factory=dict)  # by abbreviation


NOTHING_NAMED = NamedInText()


def named_in(text: str, countries: frozenset[str] = frozenset()) -> NamedInText:
    """Return what a text says about names.

    Parameters
    ----------
    text
        An article, or an item of a digest.
    countries
        Countries (ISO 3166-1 alpha-2) that it names as places; those of adjectives such as
        "Somali" are added.

    Returns
    -------
    NamedInText
        The countries and the abbreviations that the text spells out.
    """
    adjectives = {demonyms()[m[0]] for m in _adjective().finditer(text)}
    return NamedInText(countries | adjectives, introduced(text))


@functools.cache
def _adjective() -> re.Pattern[str]:
    names = sorted(demonyms(), key=lambda name: (-len(name), name))
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, names))})\b")


def introduced(text: str) -> dict[str, str]:
    """Map the abbreviations that a text introduces for armed parties to their full names.

    In "the Petroleum Facilities Guard (PFG)", the capitals of the name match the abbreviation. An
    abbreviation from another language stands for the whole name: "the Macina Front (FLM)".
    """
    found: dict[str, str] = {}
    for m in _INTRODUCED.finditer(text):
        words = m[1].split()
        capitals = [i for i, w in enumerate(words) if w[0].isupper()]
        short = m[2].upper()
        own = words[capitals[-len(short)] :] if len(capitals) >= len(short) else []
        if "".join(w[0] for w in own if w[0].isupper()) != short:
            own = _whole_name(words)
        low = {w.casefold() for w in own}
        if low & ARMED_NAMES and not low & _CIVIL_NAMES:
            found.setdefault(m[2], " ".join(own))
    return found


def _whole_name(words: list[str]) -> list[str]:
    """Return a name without the article or the small words that open it: "The Macina Front"."""
    while words and words[0].casefold() in _SMALL:
        words = words[1:]
    return words
