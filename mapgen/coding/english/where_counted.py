"""Tell where people came of whom the officials of a town, or the opening of a sentence, tell.

Claims of an article come in and go out. "Officials in X said 900 people had arrived from Y" has
them in X, and so has "In X, 900 people from Y are sleeping in a park".
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from mapgen.coding.english.mentions import Mention
from mapgen.coding.english.sentence_places import SentencePlaces
from mapgen.ground.projection import distance_km
from mapgen.model import Kind, Role
from mapgen.reasons import Reason, ReasonKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gazetteer.records import Place
    from mapgen.model import Claim, ClaimPlace, SentenceRecord
    from mapgen.places.georeference import Georeference

_KIND_OF = r"(?:the\s(?:city|port|town|village)\sof\s)?"
_SPEAKER = (
    r"(?:administrators?|aid\s(?:groups|workers)|authorities|chiefs?|civil\ssociety(?:\sgroups)?"
    r"|clergy|commune|council|councillors?|doctors?|elders?|head|health\sworkers|hospital|imam"
    r"|leaders|mayor|medics|monks|nurses?|officials?|police|prefect|priests?|relief\s(?:groups"
    r"|offices?|workers)|residents|teachers?|town\shall|villagers|volunteers?)"
)
_OFFICE = re.compile(rf"\W*(?:[\w'’-]+\s){{0,5}}?(?i:{_SPEAKER})\s(?:in|of|at|from)\s{_KIND_OF}$")
_SAID = re.compile(
    r"(?:,\s[^,.;]{2,50},)?\s(?:have\s|has\s|had\s)?(?:also\s)?(?:counted|estimated?|put|puts"
    r"|recorded|registered|reported|reports?|said|says?|speaks?\sof|spoke\sof|tells?|told)\b"
)
_CAME = re.compile(
    r"\b(?:arrived|arriving|came|come|coming\sin|been\sregistered|got\sin|poured\sin|reached"
    r"\ssafety|streamed\sin|turned\sup)\b(?!\s(?:at|in|into|to)\s(?:the\s)?[A-Z])"
    r"(?!\sunder\b|\shome\b|\sback\b)"
)
# "X's relief office said"
_OFFICE_OF = re.compile(
    r"['’]s?\s(?:[a-z]+\s){0,2}?(?:authorities|council|mayor|officials|prefect|town\shall"
    r"|(?:aid|displacement|municipal|refugee|relief|reception)\s(?:agency|centre|committee|office"
    r"|workers))"
)
_ARRIVALS = re.compile(r"\s(?:\S+\s){1,4}?(?:(?:new\s)?arrivals|newcomers)\b")
_TRAVELLERS = re.compile(
    r"\b(?:job\sfair|conference|delegates|fair|festival|pilgrim\w*|summit|tourists?|wedding)\b",
    re.IGNORECASE,
)
# "the prefect of X says 900 have come to his town"
_OWN_TOWN = re.compile(
    r"\b(?:arrived\sin|into|reached|to)\s(?:his|her|their)\s(?:city|town|village)\b"
)
_HEAD_OF = re.compile(rf"\b(?i:{_SPEAKER})\s(?:in|of|at)\s{_KIND_OF}$")
_NUMBER = (
    r"(?:\d|(?:a\s)?few\b|dozens\b|families\b|hundreds\b|many\b|scores\b|several\b|tens\b"
    r"|thousands\b|[a-z]+\s(?:dozen|hundred|thousand)\b)"
)
_OPENS = re.compile(rf"\W*(?:\d\d[:.]\d\d\W+)?In(?:side)?\s{_KIND_OF}$")
_PEOPLE_BEHIND = re.compile(
    rf",\s(?:about|almost|around|at\sleast|more\sthan|nearly|over|some|up\sto|another)?\s?{_NUMBER}"
    r"[^.;,]{0,40}?\b(?:civilians|displaced|evacuees|families|households|men|people|persons"
    r"|refugees|residents|villagers|women)\b"
)
_STAY = re.compile(
    r"\b(?:are|have\sbeen|is|were)\s(?:now\s|still\s|all\s)?(?:being\shoused|camp(?:ed|ing)"
    r"|crammed|crowded|housed|huddl(?:ed|ing)|living|lodged|packed|put\sup|registered"
    r"|shelter(?:ed|ing)|sleeping|staying|waiting)\b|\b(?:arrived|sleep|shelter|camp|live)\b"
)
_LEAVES = re.compile(
    r"(?<!\bwho\s)(?<!\bwho\shave\s)(?<!\bwho\shad\s)(?<!\bhaving\s)"
    r"\b(?:escaped|fled|fleeing|flee|leaving|left|moved\sout|set\sout)\b"
)
_NEAR_KM = 200.0  # between a town abroad and where those came from who arrived there


def with_where_counted(
    claims: Sequence[Claim],
    sentences: Sequence[SentenceRecord],
    references: Sequence[Georeference],
    text: str,
) -> list[Claim]:
    """Return the claims, movements of people whose destination only the frame of the words gives.

    Parameters
    ----------
    claims
        Claims of an article.
    sentences
        Its sentences.
    references
        The places that it names.
    text
        Its text.
    """
    places = SentencePlaces(sentences, references)
    made = []
    for claim in claims:
        number = places.number(claim.start)
        if number >= 0 and _lacks_end(claim):
            made.append(_with_end(claim, places.named(number), places.bounds(number), text))
        else:
            made.append(claim)
    return made


def _lacks_end(claim: Claim) -> bool:
    """Whether it is told that people moved, but not to a place that is known."""
    moved = claim.kind is Kind.DISPLACEMENT and claim.status.is_current
    ends = [p for p in claim.places if p.role is Role.DESTINATION]
    return moved and bool(claim.places) and all(p.place_id is None for p in ends)


def _with_end(
    claim: Claim, here: Sequence[Georeference], bounds: tuple[int, int], text: str
) -> Claim:
    own = _OWN_TOWN.search(text, *bounds)
    for r in here if own is not None else here[:2]:  # the place stands at the beginning
        place = r.meant
        if place is None or place.precision not in {"settlement", "site"}:
            continue
        ends = [p for p in claim.places if p.role is Role.DESTINATION]
        if any(p.start < r.end and r.start < p.end for p in claim.places if p not in ends):
            continue
        counted = not ends and (
            _is_counted(r, place, claim, bounds, text)
            or (own is not None and _HEAD_OF.search(text, bounds[0], r.start) is not None)
        )
        if counted or _is_opening(r, bounds, text):
            found = Mention(place, r.start, r.end, r.surface).claim_place(Role.DESTINATION)
            rest = tuple(p for p in claim.places if p not in ends)
            reason = Reason(ReasonKind.PLACE, _BY_THOSE_THERE if counted else _OPENING)
            return replace(claim, places=(*rest, found), reasons=(*claim.reasons, reason))
    return claim


_BY_THOSE_THERE = "where those are who counted them"
_OPENING = "where the sentence opens"


def _is_counted(
    r: Georeference, place: Place, claim: Claim, bounds: tuple[int, int], text: str
) -> bool:
    """Whether those who speak are officials of the town to which people came."""
    own = _OFFICE_OF.match(text, r.end, bounds[1]) if _opens(r, bounds, text) else None
    if own is None and _OFFICE.fullmatch(text, bounds[0], r.start) is None:
        return False
    said = _SAID.match(text, own.end() if own is not None else r.end, bounds[1])
    if said is None or place.feature == "PPLC":
        return False  # the ministry in the capital speaks for the country
    came = _CAME.search(text, said.end(), bounds[1]) or _ARRIVALS.match(text, said.end())
    if came is None or _TRAVELLERS.search(text, *bounds):
        return False
    return not _is_far(place, [p for p in claim.places if p.role is not Role.DESTINATION])


def _opens(r: Georeference, bounds: tuple[int, int], text: str) -> bool:
    """Whether a sentence begins with a place."""
    return not re.search(r"\w", text[bounds[0] : r.start])


def _is_far(place: Place, origins: Sequence[ClaimPlace]) -> bool:
    """Whether people hardly came to a town: "officials in Geneva"."""
    points = [(p.lat, p.lon) for p in origins if p.lat is not None and p.lon is not None]
    if not points or place.country is None:
        return False
    away = min(distance_km((place.lat, place.lon), point) for point in points)
    return away > 2 * _NEAR_KM


def _is_opening(r: Georeference, bounds: tuple[int, int], text: str) -> bool:
    """Whether a sentence opens with the town in which people from elsewhere stay."""
    if _OPENS.fullmatch(text, bounds[0], r.start) is None:
        return False
    if _PEOPLE_BEHIND.match(text, r.end, bounds[1]) is None:
        return False
    stays = _STAY.search(text, r.end, bounds[1])
    return stays is not None and _LEAVES.search(text, r.end, bounds[1]) is None
