"""Names of places that name something else: an agreement, a disease, a body, an acronym.

"The Minsk agreements" are not in Minsk, "Rift Valley fever" is no valley, and "DRC" is the Danish
Refugee Council where the article says so. "The Sudan peace process" is about Sudan: a country
stays where the words are small.
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from gazetteer.demonyms import demonyms
from mapgen.core.tables.word_lists import peoples, word_list

if TYPE_CHECKING:
    from mapgen.places.georeference import Georeference

PACTS = word_list("toponyms", "pacts")
DISEASES = word_list("toponyms", "diseases")
BODIES = word_list("toponyms", "bodies")
AID_BODIES = word_list("toponyms", "aid_bodies")
AID_STAFF = word_list("toponyms", "aid_staff")
_BEHIND = re.compile(r"(?:['’]s)?((?:[ -][\w'’]+){1,5})")
_WORDS = re.compile(r"[ -]([\w'’]+)")
_BETWEEN = frozenset({"ceasefire", "haemorrhagic", "hemorrhagic", "ii", "peace", "refugee"})
_ACRONYM = re.compile(r"[A-Z]{2,5}")
_CAPITALS = re.compile(r"(?:[A-Z][\w'’-]*)(?:\s(?:(?:of|for|and|the)\s){0,2}[A-Z][\w'’-]*){1,5}")
_LIST_OF_ACRONYMS = re.compile(r"(?:,\s|,?\sand\s)(?P<one>[A-Z]{2,6})\b")
_LIST_BEFORE = re.compile(r"\b(?P<one>[A-Z]{2,6})(?:,\s|,?\sand\s)$")


def is_no_place(r: Georeference, text: str) -> bool:
    """Whether a name that was found stands for a people, an agreement, a disease or a body.

    Parameters
    ----------
    r
        The name, with its place.
    text
        The article.
    """
    if r.surface in peoples():
        return True
    if r.place is None:
        return False
    return _is_in_longer_name(r, text) or _is_aid_body(r, text)


def _is_in_longer_name(r: Georeference, text: str) -> bool:
    behind = _BEHIND.match(text, r.end)
    if behind is None or r.place is None:
        return False
    words = _WORDS.findall(behind[1])
    for i, word in enumerate(words):
        low = word.casefold()
        if low in DISEASES:
            return True
        if low in PACTS:
            # "the Sudan peace process" is about Sudan; "the Minsk process" is not about Minsk
            return word[0].isupper() or r.place.precision != "country"
        if low in {"crescent", "cross"} and words[i - 1] == "Red":
            return True
        if not (word[0].isupper() or low in _BETWEEN):
            return False
    return False


def _is_aid_body(r: Georeference, text: str) -> bool:
    """Whether an acronym of a country is that of a body, by the text's own words."""
    if not _ACRONYM.fullmatch(r.surface) or r.place is None:
        return False
    if any(_is_body(name) for name in _names_by_initials(text).get(r.surface, ())):
        return True
    if r.surface.casefold() not in AID_BODIES:
        return False
    if r.place.country in _countries_of_words(text):
        return False
    after = _WORDS.match(text, r.end)
    beside = (
        _LIST_OF_ACRONYMS.match(text, r.end),
        _LIST_BEFORE.search(text[max(0, r.start - 15) : r.start]),
    )
    is_listed = any(m is not None and m["one"].casefold() in AID_BODIES for m in beside)
    return is_listed or (after is not None and after[1] in AID_STAFF)


@functools.lru_cache(maxsize=2)  # all names of an article are judged one after the other
def _names_by_initials(text: str) -> dict[str, set[str]]:
    names: dict[str, set[str]] = {}
    for match in _CAPITALS.finditer(text):
        names.setdefault(_initials(match[0]), set()).add(match[0])
    return names


@functools.lru_cache(maxsize=2)
def _countries_of_words(text: str) -> frozenset[str]:
    words = set(re.findall(r"\w+", text))
    return frozenset(demonyms()[word] for word in words if word in demonyms())


def _initials(name: str) -> str:
    return "".join(word[0] for word in re.split(r"[\s-]", name) if word[0].isupper())


def _is_body(name: str) -> bool:
    return not BODIES.isdisjoint(name.casefold().split())
