"""Tell whether a place is only an end of the road on which another one lies.

A place of a claim and the text come in. In "near Y, on the road from X to Z" and "at Y, on the X-Z
road", X and Z are where the road goes.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from mapgen.model import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapgen.coding.english.sentence_context import ClaimDraft
    from mapgen.model import ClaimPlace

ROADS = frozenset({"corridor", "highway", "road", "roads", "route"})
"""Words for a road that leads to the place named before or behind it."""

_ROAD = r"\b(?:axis|highway|road|route|track)"
_TO = re.compile(rf"{_ROAD}\s+(?:\w+ing\s+)?(?:from\s+there\s+)?(?:to|towards?)\s+$")
_FROM = re.compile(rf"{_ROAD}\s+(?:from|between)\s+(?:[^.;,]{{1,40}}\s(?:to|and)\s+)?$")
_PAIR_BEHIND = re.compile(r"[-–][A-Z][\w'’]+\s(?:axis|highway|road|route)\b")
_PAIR_BEFORE = re.compile(r"[A-Z][\w'’]+[-–]$")
_BEHIND = re.compile(r"\s(?:axis|highway|road|route)\b")
_REACH = 70  # characters before a place


def is_led_to(place: ClaimPlace, text: str) -> bool:
    """Whether a road leads to a place: "on the road to Z".

    Parameters
    ----------
    place
        A place of a claim.
    text
        Text of the article.
    """
    return _TO.search(_before(place, text)) is not None


def is_end(place: ClaimPlace, text: str) -> bool:
    """Whether a place is one of the two ends of a road: "from X to Z", "the X-Z road".

    Parameters
    ----------
    place
        A place of a claim.
    text
        Text of the article.
    """
    before = _before(place, text)
    if _FROM.search(before) or _PAIR_BEHIND.match(text, place.end):
        return True
    return _PAIR_BEFORE.search(before) is not None and _BEHIND.match(text, place.end) is not None


def off_ends(drafts: Sequence[ClaimDraft], text: str) -> list[ClaimDraft]:
    """Return drafts without the towns at the ends of a road that somebody took or holds.

    Parameters
    ----------
    drafts
        What the frames of a sentence found. Other kinds than control are left as they are.
    text
        Text of the article.

    Returns
    -------
    list of ClaimDraft
        A draft with no other place is left out: who holds the road from X to Y may hold neither.
    """
    found = []
    for draft in drafts:
        kept = tuple(p for p in draft.places if not _is_only_end(p, text))
        if draft.kind not in _CONTROL or len(kept) == len(draft.places):
            found.append(draft)
        elif kept:
            found.append(replace(draft, places=kept))
    return found


# "came down the road from Y, 130 km to the north, which they took": they took Y
_TOLD_OF = re.compile(
    r",\s(?:about\s|some\s)?\d+\s?(?:km|kilomet\w+|miles)\b[^.;,]{0,40},\s(?:which|where)\b"
)


def _is_only_end(place: ClaimPlace, text: str) -> bool:
    if _TOLD_OF.match(text, place.end):
        return False
    return is_end(place, text) or is_led_to(place, text)


_CONTROL = frozenset({Kind.CONTROL_CHANGE, Kind.CONTROL_STATE})


def _before(place: ClaimPlace, text: str) -> str:
    return text[max(0, place.start - _REACH) : place.start]
