"""Complete movements by the place that their line or the sentence before is about.

Claims of an article come in and go out. "Ezo: 900 people have arrived from X" has them in Ezo, in
"Ezo: 900 people have gone to X" they left it, and so did those of whom the sentence behind "Mupoi
is empty" says "Of its 6,100 residents, 4,500 went to X".
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from mapgen.coding.english.led_lines import LedLines
from mapgen.coding.english.mentions import Mention
from mapgen.coding.english.quantities import find_figures
from mapgen.coding.english.sentence_places import SentencePlaces
from mapgen.model import Kind, Precision, Role
from mapgen.reasons import Reason, ReasonKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapgen.model import Claim, SentenceRecord
    from mapgen.places.georeference import Georeference

_CAME = re.compile(
    r"\b(?:arrivals?|arrived|came|come|got\sin|poured\sin|streamed\sin|turned\sup)\b"
    r"(?!\s(?:at|back|in|into|to|under)\b)"
    r"|\bc[ao]me\sin\b(?!\s(?:the|[A-Z]))"
    r"|\b(?:are|is|were)\s(?:now\s|also\s|still\s)?(?:being\s)?(?:hosted|housed|present|registered"
    r"|sheltering|staying)\b(?!\s(?:at|in)\s(?:the\s)?[A-Z])"
)
_WENT = re.compile(
    r"\b(?:(?:cross|flee|fled|gone|head|left|mov|went|walk)(?:ed|ing)?)\s(?:\w+\s)?(?:for|into|to"
    r"|towards?)\b"
)
_NOT_TO = re.compile(r",\s(?:but\s)?not\s(?:at|from|in|into|to)\s(?:the\s)?$")
_SHORT = 20  # characters before a name
_BACK = re.compile(r"\b(?:back|home|homes|return\w*)\b", re.IGNORECASE)
_FROM = re.compile(r"\bfrom\b", re.IGNORECASE)
# some of the people, unlike "villages emptied, including X and Y"
AMONG = re.compile(
    r"\b(?:among\s(?:them|these|those|whom)|including)\s(?:(?:about|all|dozens|families|hundreds"
    r"|many|most|people|residents|several|some|the|those|thousands|villagers|who|\d[\d,]*)\s){1,3}"
    r"(?:came\s)?(?:from|of)\b"
)
_OF_ITS = re.compile(
    r"\W*Of\s(?:its|the\s(?:town|village|camp|city)['’]s)\s(?:\w+\s)?(?:\d[\d,]*\s)?"
    r"(?:inhabitants|people|population|residents|villagers)\b"
)
_OF_TOWN = re.compile(
    r"\W*Of\s(?:[A-Z][\w'’-]+\s){0,2}?[A-Z][\w-]+['’]s\s(?:\w+\s)?(?:\d[\d,]*\s)?"
    r"(?:inhabitants|people|population|residents|villagers)\b"
)
_PUT_AT = re.compile(
    r"\b(?:puts?|estimate[sd]?)\s(?:the\s)?(?:(?:number|total)\sof\s)?(?:[\w-]+\s){0,3}"
    r"(?:displaced|evacuees|refugees)\b[^.;]{0,60}?\sat\s"
    r"(?P<n>(?:about\s|around\s|almost\s|more\sthan\s|nearly\s|over\s|some\s)?\d[\d,.]*\d"
    r"(?:\smillion)?)(?!\s?%)"
)
_FLED_IT = re.compile(
    r"\b(?:(?:has|have)\s(?:been\s(?:displaced|driven\sout|forced\sout)|fled|left\stheir\shomes)|fled"
    r"|(?:are|were)\s(?:fleeing|leaving))\b(?!\s(?:by|from|here|into?|there|to|towards?)\b)"
)
_LED = "the place that the line is about"


def with_ends_led(
    claims: Sequence[Claim],
    sentences: Sequence[SentenceRecord],
    references: Sequence[Georeference],
    text: str,
) -> list[Claim]:
    """Return the claims, movements with the end or figure that only words beside them give.

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
    led = LedLines.of(text, references, districts=True)
    made = []
    for claim in claims:
        told = claim
        number = places.number(claim.start)
        if claim.kind is Kind.DISPLACEMENT and claim.status.is_current and number >= 0:
            start, end = places.bounds(number)
            told = _without_examples(_with_figure(told, text[start:end]), text, end)
            told = _with_end(told, number, places, led, text)
        made.append(told)
    return made


def _with_figure(claim: Claim, words: str) -> Claim:
    """Return a movement with the figure of "puts the newly displaced in X at 80,000"."""
    found = _PUT_AT.search(words) if claim.quantity is None else None
    figures = find_figures(f"{found['n']} people") if found is not None else []
    if found is None or not figures:
        return claim
    quantity = replace(figures[0].quantity, words=found["n"])
    reason = Reason(ReasonKind.FIGURE, "the figure at which they are put")
    return replace(claim, quantity=quantity, reasons=(*claim.reasons, reason))


def _without_examples(claim: Claim, text: str, end: int) -> Claim:
    """Return a movement without places that only some of the people, or none, left or reached.

    "900 arrived from X County, among them those from Y": the 900 are not all from Y. In "went to X,
    not to Y" nobody went to Y.
    """
    among = AMONG.search(text, claim.start, end) if claim.quantity is not None else None
    first = among.start() if among is not None else end
    told = {p.role for p in claim.places if p.end <= first}
    places = tuple(
        p
        for p in claim.places
        if (p.start < first or p.role not in told)
        and not _NOT_TO.search(text, max(claim.start, p.start - _SHORT), p.start)
    )
    return replace(claim, places=places) if len(places) < len(claim.places) else claim


def _with_end(claim: Claim, number: int, places: SentencePlaces, led: LedLines, text: str) -> Claim:
    start, end = places.bounds(number)
    roles = {p.role for p in claim.places}
    named = places.named(number)
    lost = _whose(number, places, text)
    if lost is not None:
        return claim if Role.ORIGIN in roles or not roles else _ended(claim, lost, Role.ORIGIN)
    line = led.at(start)
    leader = line.leader if line is not None else None
    if leader is None or leader.meant is None:
        return claim
    claim = _without_own_origin(claim, leader)
    own = {p.start for p in claim.places} | {leader.start}
    if _tells_of_others(named, own, (start, end), text) or _BACK.search(text, start, end):
        return claim
    words = text[claim.start : end]
    if roles == {Role.ORIGIN} and _CAME.search(words):
        return _ended(claim, leader, Role.DESTINATION)
    if roles == {Role.DESTINATION} and _WENT.search(words) and not _FROM.search(words):
        return _ended(claim, leader, Role.ORIGIN)
    if not roles and claim.quantity is not None and text[leader.start : leader.end].isupper():
        return _alone(claim, leader, words)
    return claim


def _alone(claim: Claim, leader: Georeference, words: str) -> Claim:
    """Return a figure without a place with that of its item: "KUITO - Some 4,000 have fled"."""
    if _FLED_IT.search(words):
        return _ended(claim, leader, Role.ORIGIN)
    return _ended(claim, leader, Role.DESTINATION) if _CAME.search(words) else claim


def _tells_of_others(
    named: Sequence[Georeference], own: set[int], bounds: tuple[int, int], text: str
) -> bool:
    """Whether a sentence names towns other than its own, apart from mere examples."""
    among = AMONG.search(text, *bounds)
    last = among.start() if among is not None else bounds[1]
    return any(
        r.meant is not None
        and not Precision(r.meant.precision).is_area
        and r.end <= last
        and r.start not in own
        for r in named
    )


def _without_own_origin(claim: Claim, leader: Georeference) -> Claim:
    """Return a movement to the place of its line without that as its origin: "X: 9 reached it"."""
    goals = {p.place_id for p in claim.places if p.role is Role.DESTINATION} - {None}
    places = tuple(
        p
        for p in claim.places
        if p.start != leader.start or p.role is Role.DESTINATION or p.place_id not in goals
    )
    return replace(claim, places=places) if len(places) < len(claim.places) else claim


def _whose(number: int, places: SentencePlaces, text: str) -> Georeference | None:
    """Return the town of which a sentence tells where "its residents" went, or None."""
    start, end = places.bounds(number)
    if found := _OF_TOWN.match(text, start, end):
        named = [r for r in places.named(number) if r.end <= found.end()]
        return named[-1] if named and named[-1].meant is not None else None
    if number == 0 or _OF_ITS.match(text, start, end) is None:
        return None
    before = places.bounds(number - 1)
    named = [r for r in places.named(number - 1) if r.meant is not None]
    if not named or "\n" in text[before[1] : start]:
        return None
    opens = re.fullmatch(r"\W*(?:\w+\s)?", text[before[0] : named[0].start]) is not None
    return named[0] if opens or len(named) == 1 else None


def _ended(claim: Claim, reference: Georeference, role: Role) -> Claim:
    """Return a movement with one more end, unless it is one already."""
    place = reference.meant
    if place is None or any(p.place_id == place.id for p in claim.places):
        return claim
    names = {p.surface.casefold() for p in claim.places}
    if reference.surface.casefold() in names:
        return claim
    mention = Mention(place, reference.start, reference.end, reference.surface)
    places = (*claim.places, mention.claim_place(role))
    reason = Reason(ReasonKind.PLACE, _LED)
    return replace(claim, places=places, reasons=(*claim.reasons, reason))
