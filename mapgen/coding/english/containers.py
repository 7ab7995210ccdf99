"""Drop places that only say where another lies: "Gisenyi in Rwanda", "Sake (North Kivu)".

The places that a sentence gives one role come in; those that are meant go out.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mapgen.model import Precision

if TYPE_CHECKING:
    from mapgen.coding.english.mentions import Mention

_CONTAINER = re.compile(
    r"[A-Z][\w'’-]+ \([^()]*\b(?:county|department|district|governorate|province|region|state),? $"
)
_BRACKET = re.compile(r"\s?\((?:(?!\band\b)[^()])*")
_LONGEST_BRACKET = 60  # characters
_UNIT = (
    r"(?:administrative post|arrondissement|canton|cercle|chiefdom|commune|county|department"
    r"|district|division|governorate|groupement|locality|municipality|payam|prefecture|province"
    r"|region|rayon|sub-?(?:county|district|division|prefecture)|taluka?|te?hsil|territory|township"
    r"|upazila|woreda|zone)"
)
_NAME = r"[A-ZÀ-Þ][\w'’-]+(?:\s[A-ZÀ-Þ][\w'’-]+){0,2}"
_IN_A_CHAIN = re.compile(
    rf"{_NAME}(?:\s(?:camp|hamlet|settlement|town|village))?,\s(?:in\s(?:the\s)?)?$"
)
_IS_UNIT = re.compile(rf"\s{_UNIT}\b(?!s)")
_ENDS_AS_UNIT = re.compile(rf"\s{_UNIT}\Z", re.IGNORECASE)  # "Metoro, Ancuabe District"
_BEHIND_UNIT = re.compile(rf"{_NAME}(?:\s(?:camp|hamlet|town|village))?,\s{_NAME}\s{_UNIT},\s$")
_DIRECTION = re.compile(r"(?:north|south|east|west)[a-z-]*\sof\s", re.IGNORECASE)
# "Bara, a small town 20 km southwest of Leka"
_TOWN_LIES = re.compile(
    r",\s(?:an?|the)\s(?:[\w-]+\s){0,3}(?:city|hamlet|settlement|suburb|town|village)\s"
    r"(?:[\w-]+\s){0,4}(?:north|south|east|west)[a-z-]*\sof\s$"
)
_NOT_IN_A_LIST = re.compile(r"(?:\s[a-z]+)?\s?(?:[.,;:)]|$|\s(?!and\b|or\b))")
_PART_OF = re.compile(r"\s(?:(?:region|state|province|district|zone|county)\s)?of\s", re.IGNORECASE)
_LYING_IN = re.compile(
    r",?\s+(?:in|inside|within)\s+(?:(?:(?!and\b|or\b|to\b|into\b)[\w'’-]+\s+){0,3}"
    r"|(?:the\s+)?(?:(?:[A-Z][\w-]*|of|the)\s+){0,5}[A-Z][\w-]*['’]s\s+)"  # a long country's
)


def without_locators(mentions: list[Mention], text: str) -> list[Mention]:
    """Drop what only says where the place before lies, or what else it is called.

    "to Gisenyi in Rwanda", "to the Gambella Region of Ethiopia" and "to Namapa (Eráti district,
    Nampula)" name one place; "to Gisenyi and to Rwanda" names two.

    Parameters
    ----------
    mentions
        Places of one role.
    text
        Text of the article, to which the offsets of the mentions refer.
    """
    return [
        m
        for m in mentions
        if not is_around_another(m.start, text) and not any(_locates(m, o, text) for o in mentions)
    ]


def is_around_another(start: int, text: str) -> bool:
    """Whether a name only says around which place another lies: "Namapa (Eráti district, Y)"."""
    return _CONTAINER.search(text, max(0, start - _LONGEST_BRACKET), start) is not None


def is_area_in_chain(start: int, end: int, text: str) -> bool:
    """Whether a name is an area in "Magaia village, Mazeze administrative post, Chiúre".

    So are the words behind the name of "Ber, east of Timbuktu,", and the city in "Bara, a small
    town south of Leka".

    Parameters
    ----------
    start, end
        Offsets of the name.
    text
        Text of the article.
    """
    before = text[max(0, start - 2 * _LONGEST_BRACKET) : start]
    if _TOWN_LIES.search(before):
        return True
    if _DIRECTION.match(text, start, end):
        return _IN_A_CHAIN.search(before) is not None and text[end : end + 1] in {",", ".", ";", ""}
    if _IS_UNIT.match(text, end) or _ENDS_AS_UNIT.search(text, start, end):
        return _IN_A_CHAIN.search(before) is not None
    return _BEHIND_UNIT.search(before) is not None and _NOT_IN_A_LIST.match(text, end) is not None


def _locates(area: Mention, other: Mention, text: str) -> bool:
    """Whether a place stands in brackets behind another, or an area of its country after "in"."""
    if _BRACKET.fullmatch(text[other.end : area.start]):
        after = text[area.end : area.end + _LONGEST_BRACKET].partition(")")[0]
        return not (Precision(other.place.precision).is_area or re.search(r"\band\b", after))
    own = area.place.country == other.place.country and area.place.id != other.place.id
    between = text[other.end : area.start]
    if own and area.place.precision == Precision.COUNTRY and _PART_OF.fullmatch(between):
        return True
    return (
        Precision(area.place.precision).is_area
        and not Precision(other.place.precision).is_area
        and area.place.country == other.place.country
        and _LYING_IN.fullmatch(text[other.end : area.start]) is not None
    )
