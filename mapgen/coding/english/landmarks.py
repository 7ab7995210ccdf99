"""Take out of claims the places that only say where another one lies: "Kosti, south of Khartoum".

Claims of an article and its georeferences come in. The claims go out without such landmarks, or at
the place that the landmark describes.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from mapgen.coding.english.mentions import Mention
from mapgen.model import MOVEMENTS, Role
from mapgen.places.near_words import BETWEEN, OTHER_END, is_too_far, nearness, said_near
from mapgen.reasons import Reason, ReasonKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mapgen.model import Claim, ClaimPlace, Kind
    from mapgen.places.georeference import Georeference

_POINTS = frozenset({"settlement", "site", "district"})
_APART = r"(?:,\s|\s\()(?:(?:all|both)\s)?(?:(?:which|that)\s)?(?:(?:is|lies|lying|situated)\s)?"
_WAY = r"(?:axis|highway|railway|road|route|track)"
_ON = r"(?:just\s)?(?:along|astride|off|on)\sthe\s"
# "X, on the main road to Y"
_ON_ROAD = re.compile(
    rf"{_APART}{_ON}(?:[a-z]+\s)?{_WAY}\s(?:[a-z]+ing\s)?(?:between|from|into|to|towards?)\s(?:the\s)?"
)
# "X, on the Y-Z road"
_ON_NAMED = re.compile(rf"{_APART}{_ON}(?:[a-z]+\s)?(?:[A-Z][\w'’]+[-–])?")
_NAMED_ROAD = re.compile(rf"(?:[-–][A-Z][\w'’]+)?\s{_WAY}\b")
# "X, at the closed crossing into Y", "X on the border with Y"
_AT_BORDER = re.compile(
    r"(?:,\s|\s\(|\s)(?:just\s|right\s)?(?:at|beside|by|close\sto|near|on)\s(?:an?|the)\s"
    r"(?:[a-z-]+\s){0,2}(?:border|bridge|checkpoint|crossing|frontier|gate)"
    r"(?:\s(?:crossing|point|post))?\s(?:from|into|to|towards?|with)\s(?:the\s)?"
)
_FACING = re.compile(rf"{_APART}(?:closer\sto|directly\sopposite|facing|just\sopposite|opposite)\s")
# "came to X down from Y", "X was taken by Y": no landmarks
_FAR_KM = 150.0  # a place farther from the landmark is another of its name
_AFTER = 20  # characters behind a name that may say that it is a side of a town
_LEFT = re.compile(r"\bout of (?:the )?$")
_NO_LANDMARK = re.compile(r"\s(?:by|(?:down|up)(?:\s[a-z]+){0,2}\sfrom)\s")


def without_landmarks(
    claims: Sequence[Claim], references: Sequence[Georeference], text: str
) -> list[Claim]:
    """Return the claims without the places that only say where another place of theirs lies.

    In "2,600 reached Kosti, south of Khartoum" nobody reached Khartoum. A claim of the landmark
    alone is one of the place before it, unless that is told already.

    Parameters
    ----------
    claims
        Claims of an article.
    references
        The places that it names, in reading order.
    text
        Its text.
    """
    marks = _landmarks(references, text)
    if not marks:
        return list(claims)
    ordered = sorted(references, key=lambda r: r.start)
    starts = [r.start for r in ordered]
    told = {(c.kind, p.start) for c in claims if c.status.is_current for p in c.places}
    made = []
    for claim in claims:
        here = ordered[bisect_left(starts, claim.start) : bisect_left(starts, claim.end)]
        kept = [p for p in claim.places if not _is_landmark(p, claim, marks, here, told)]
        if len(kept) == len(claim.places):
            made.append(claim)
            continue
        gone = [p for p in claim.places if p not in kept]
        moved = () if kept else _described(claim, gone[0], marks[gone[0].start], told)
        if kept or moved:
            reason = Reason(ReasonKind.PLACE, _ONLY_BESIDE.format(gone[0].surface))
            places = (*kept, *moved)
            made.append(replace(claim, places=places, reasons=(*claim.reasons, reason)))
    return made


_ONLY_BESIDE = "{} only says where another place lies"


def _landmarks(references: Sequence[Georeference], text: str) -> dict[int, Georeference]:
    """Return where landmarks begin, each with the name of the place that it describes."""
    found: dict[int, Georeference] = {}
    for i, (r, mark) in enumerate(pairwise(references)):
        if r.place is not None and r.place.precision not in _POINTS:
            continue
        gap = text[r.end : mark.start]
        if not _is_beside(references, i, text):
            continue
        found[mark.start] = r
        other = references[i + 2] if i + 2 < len(references) else None
        between = BETWEEN.fullmatch(gap) or gap.endswith(" between ")
        if between and other is not None and OTHER_END.fullmatch(text[mark.end : other.start]):
            found[other.start] = r
    return found


def _is_beside(references: Sequence[Georeference], i: int, text: str) -> bool:
    """Whether the name behind the i-th only says where that one lies."""
    r, mark = references[i], references[i + 1]
    gap = text[r.end : mark.start]
    if "\n" in gap or _NO_LANDMARK.fullmatch(gap):
        return False
    if _ON_ROAD.fullmatch(gap) and _LEFT.search(text, max(0, r.start - _AFTER), r.start):
        return False  # "900 people out of X, on the road to Y"
    if _ON_ROAD.fullmatch(gap) or _AT_BORDER.fullmatch(gap) or _FACING.fullmatch(gap):
        return True
    if _ON_NAMED.fullmatch(gap) and _NAMED_ROAD.match(text, mark.end):
        return True
    if nearness(gap, text[mark.end : mark.end + _AFTER]) is None:
        return False
    said = said_near(references, i, text)
    return said is None or not is_too_far(r, said[0], max(said[1], _FAR_KM))


def _is_landmark(
    place: ClaimPlace,
    claim: Claim,
    marks: Mapping[int, Georeference],
    here: Sequence[Georeference],
    told: set[tuple[Kind, int]],
) -> bool:
    """Whether a place of a claim is there as a landmark only."""
    described = marks.get(place.start)
    if described is None:
        return False
    if any(r.place and r.place.id == place.place_id and r.start not in marks for r in here):
        return False  # it is named once more
    is_told = (claim.kind, described.start) in told
    return is_told or described.place is not None or place.precision == "country"


def _described(
    claim: Claim, mark: ClaimPlace, described: Georeference, told: set[tuple[Kind, int]]
) -> tuple[ClaimPlace, ...]:
    """Return the place that a landmark describes, or nothing if it is told of already."""
    place = described.meant
    if place is None or (claim.kind, described.start) in told:
        return ()
    role = mark.role if claim.kind in MOVEMENTS else Role.AT
    return (Mention(place, described.start, described.end, described.surface).claim_place(role),)
