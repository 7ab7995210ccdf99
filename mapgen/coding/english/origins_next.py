"""Tell where people came from of whom only the next sentence says it: "Most are from X".

Claims of an article come in and go out. "7,000 people came over the river at Z. Most are from X;
some had walked from Y" tells of one movement from X and Y to Z.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from mapgen.coding.english.mentions import Mention
from mapgen.coding.english.sentence_places import SentencePlaces
from mapgen.core.tables.in_force import per_tables
from mapgen.core.tables.word_lists import word_list
from mapgen.model import ClaimPlace, Kind, Role
from mapgen.reasons import Reason, ReasonKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapgen.model import Claim, SentenceRecord
    from mapgen.places.georeference import Georeference

_ABOUT = r"(?:(?:about|almost|around|at\sleast|just\sover|more\sthan|nearly|over|roughly|some)\s)?"
_PART = (
    r"(?:all|half|many|most|(?:the|a)\s(?:great\s|large\s|vast\s)?(?:bulk|majority)"
    r"|(?:two|three|four|seven|eight|nine)\s(?:in|out\sof)\s(?:three|four|five|ten)"
    r"|(?:two|three)[\s-](?:fifths|thirds|quarters)|(?:a|one)\s(?:quarter|third)"
    r"|\d{1,2}(?:\s?%|\sper\s?cent))"
)
_WHO = (
    r"(?:them|these|those|which|whom|(?:the|these|those)\s(?:new\s)?(?:arrivals|displaced|families"
    r"|households|newcomers|people|refugees))"
)
_CAME = (
    r"(?:(?:are|come|came|fled|had\s(?:been\sdriven|come|driven|fled|travelled|trekked|walked)"
    r"|hail(?:ed)?|have\s(?:come|fled)|originate(?:d)?|were)\s(?:mainly\s|mostly\s|originally\s)?from"
    r"|fled|had\s(?:fled|left)|left)"
)
_NAMED = r"(?:cited|gave|give|listed|name|named|reported)"
_THEIR_HOME = re.compile(
    r"\sas\s(?:being\s)?(?:the|their)\s(?:(?:last\s)?(?:area|district|home|place|town|village)s?"
    r"(?:\sof\s(?:departure|origin|residence))?|homes?)\b"
)
_OPENS = re.compile(
    rf"\W*{_ABOUT}{_PART}(?:\sof\s{_WHO})?\s(?:(?P<came>{_CAME})|(?P<named>{_NAMED}))\s",
    re.IGNORECASE,
)
# "the remainder named Y or Z", "some had walked from Y", "the rest from Y"
_REST = re.compile(
    r"[;,]\s(?:and\s|but\s|while\s)?(?:(?:the\s)?(?:others|remainder|remaining\s\w+|rest)"
    r"|(?:a\s)?(?:few|handful|number)|dozens|many|several|smaller\sgroups|some)\s"
    rf"(?:(?:{_CAME}|{_NAMED}|from)\s)?",
    re.IGNORECASE,
)
_LISTED = re.compile(
    r"(?:\s(?:city|town|village|district))?(?:,?\s(?:and|or|as\swell\sas)|,)\s"
    r"(?:(?:near-?by|the\s(?:city|town|village)\sof|the)\s)?$"
)
_BEFORE_NAME = re.compile(
    r"(?:(?:in|around|near)\s)?(?:the\s(?:cities|city|towns?|villages?)\sof\s)?$"
)
_HOW = "the next sentence says where most of them came from"


def with_origins_next(
    claims: Sequence[Claim],
    sentences: Sequence[SentenceRecord],
    references: Sequence[Georeference],
    text: str,
) -> list[Claim]:
    """Return the claims, movements with the origins that only the next sentence gives.

    What the next sentence says of others, as of the dead of whom "most were from X", moves nobody.

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
    here: dict[int, list[Claim]] = {}
    for claim in claims:
        here.setdefault(places.number(claim.start), []).append(claim)
    changed: dict[str, Claim | None] = {}
    for number, s in enumerate(sentences):
        opens = _OPENS.match(text, s.start, s.end)
        lone = [c for c in here.get(number, ()) if _only_left(c)]
        if lone and _of_no_movers().match(text, s.start, s.end):
            changed.update((c.id, None) for c in lone)
        elif opens is not None and number and _goes_on(sentences[number - 1], s, text):
            before = here.get(number - 1, [])
            if _tells_of_others(text, sentences[number - 1]) and not any(map(_is_move, before)):
                changed.update((c.id, None) for c in lone)
            else:
                origins = _origins(opens, places.named(number), s, text)
                changed.update(_joined(before, lone, origins))
    if not changed:
        return list(claims)
    made = (changed.get(c.id, c) for c in claims)
    return [c for c in made if c is not None]


def _goes_on(before: SentenceRecord, s: SentenceRecord, text: str) -> bool:
    """Whether a sentence follows another one in its paragraph."""
    return "\n" not in text[before.end : s.start]


def _joined(
    before: Sequence[Claim], lone: Sequence[Claim], origins: Sequence[Georeference]
) -> dict[str, Claim | None]:
    """Return the claims that change, by id: the movement with its origins, and what repeats it."""
    moved = [c for c in before if _lacks_origin(c)]
    reached = {p.place_id for c in moved for p in c.places} - {None}
    changed: dict[str, Claim | None] = {}
    for c in lone:
        if {p.place_id for p in c.places} <= reached:
            changed[c.id] = None
    if len(moved) == 1 and origins:
        told = _coming_from(moved[0], origins)
        changed[told.id] = told
        left = {p.start for p in told.places if p.role is Role.ORIGIN}
        changed.update((c.id, None) for c in lone if {p.start for p in c.places} <= left)
    return changed


@per_tables
def _of_no_movers() -> re.Pattern[str]:
    """Return the pattern of "Most of the doctors were from X", which moves nobody."""
    return re.compile(
        rf"\W*{_ABOUT}{_PART}\sof\s(?:the|those)\s(?:\w+\s)?{_no_movers()}\b", re.IGNORECASE
    )


@per_tables
def _others() -> re.Pattern[str]:
    return re.compile(rf"\b{_no_movers()}\b", re.IGNORECASE)


def _no_movers() -> str:
    return f"(?:{'|'.join(sorted(word_list('flight', 'no_movers')))})"


def _tells_of_others(text: str, s: SentenceRecord) -> bool:
    """Whether a sentence is about people who do not flee: the dead, soldiers, students."""
    return _others().search(text, s.start, s.end) is not None


def _is_move(claim: Claim) -> bool:
    return claim.kind is Kind.DISPLACEMENT and claim.status.is_current


def _only_left(claim: Claim) -> bool:
    """Whether a claim tells only that people without a figure left some places."""
    left = {p.role for p in claim.places} == {Role.ORIGIN}
    return _is_move(claim) and claim.quantity is None and left


def _lacks_origin(claim: Claim) -> bool:
    """Whether a claim has people with a figure come to a place, and no word on where from."""
    roles = {p.role for p in claim.places}
    return _is_move(claim) and claim.quantity is not None and roles == {Role.DESTINATION}


def _origins(
    opens: re.Match[str], named: Sequence[Georeference], s: SentenceRecord, text: str
) -> list[Georeference]:
    """Return the places from which people came by the words of a sentence."""
    first = _list_at(opens.end(), named, text)
    if opens["named"]:  # "gave X as their place of departure"
        as_home = _THEIR_HOME.match(text, first[-1].end, s.end) if first else None
        if as_home is None:
            return []
    rest: list[Georeference] = []
    for found in _REST.finditer(text, opens.end(), s.end):
        rest += _list_at(found.end(), named, text)
    return first + rest


def _list_at(offset: int, named: Sequence[Georeference], text: str) -> list[Georeference]:
    """Return the places of a list that begins at an offset: "X", "X, Y and Z"."""
    found: list[Georeference] = []
    for r in named:
        if r.start < offset:
            continue
        between = text[found[-1].end if found else offset : r.start]
        if not (_LISTED.fullmatch(between) if found else _BEFORE_NAME.fullmatch(between)):
            break
        found.append(r)
    return [r for r in found if r.meant is None or r.meant.precision != "country"]


def _left(r: Georeference) -> ClaimPlace:
    if r.meant is None:
        return ClaimPlace(surface=r.surface, start=r.start, end=r.end, role=Role.ORIGIN)
    return Mention(r.meant, r.start, r.end, r.surface).claim_place(Role.ORIGIN)


def _coming_from(claim: Claim, origins: Sequence[Georeference]) -> Claim:
    goals = {p.place_id for p in claim.places}
    left = [_left(r) for r in origins if r.meant is None or r.meant.id not in goals]
    reason = Reason(ReasonKind.ORIGIN, _HOW)
    return replace(claim, places=(*left, *claim.places), reasons=(*claim.reasons, reason))
