"""Read the lines of lists in situation reports: "Hasakah city: 54,300 IDPs".

A line says by itself what it counts, or the heading above the list does: "ARRIVALS BY LOCATION".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mapgen.coding.english.patterns import one_of
from mapgen.coding.english.quantities import COUNT, Figure, find_figures, quantity_of
from mapgen.coding.english.sentence_context import ClaimDraft, at
from mapgen.model import ClaimPlace, Kind, Role
from mapgen.reasons import Reason, ReasonKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Span

    from mapgen.coding.english.mentions import Mention
    from mapgen.coding.english.sentence_context import SentenceContext
    from mapgen.model import Claim

_HEAD = re.compile(r"^\W*(?P<name>[^:]{3,50}):\s")
_DISPLACED = re.compile(
    r"\b(?:IDPs?|displaced|relocated|refugees?|evacuees?|new(?:ly)? arriv\w+|returnees?)\b",
    re.IGNORECASE,
)


def with_lines_of_lists(
    drafts: list[ClaimDraft], sent: Span, scene: SentenceContext
) -> list[ClaimDraft]:
    """Return what a line of a list tells, else the drafts of its words."""
    return _under_heading(sent, scene) or drafts or _listed(sent, scene)


def _listed(sent: Span, scene: SentenceContext) -> list[ClaimDraft]:
    """Read "Y: 54,300 IDPs" as people who were displaced to Y."""
    passage = scene.passage
    start, end = passage.bounds(sent)
    words = passage.text[start:end]
    head, told = _HEAD.match(words), _DISPLACED.search(words)
    figures = find_figures(words)
    if head is None or told is None or not figures or told.start() < head.end():
        return []
    mentions = [
        m
        for t in sent
        if t.i in passage.places and passage.starts[t.i] < start + head.end("name")
        for m in scene.places(t)
        if m.place.precision != "country"
    ][:1]
    if not mentions or figures[0].start > head.end() + 40:
        return []
    trigger = next(t for t in sent if passage.ends[t.i] > start + told.start())
    places = at(mentions, Role.DESTINATION)
    return [ClaimDraft(Kind.DISPLACEMENT, trigger, None, None, places, figures[0])]


UNDER_HEADING = Reason(ReasonKind.WORDS, "the heading above the list")
"""Reason of what only the heading of a list tells: which way people went."""

HELD_IN_LIST = Reason(ReasonKind.WORDS, "a list of who holds what")
"""Reason of what a line such as "Manbij: SDF" tells, see `word_orders.holder_lines`."""

_BULLET = r"\s*(?:[-*+•▪·–—»]\s*)?"
_UNIT = one_of(["people", "persons", "individuals", "IDPs", "arrivals", "families", "households"])
_ITEM = re.compile(
    rf"""
    {_BULLET} (?P<name> [^\W\d_] [^:\n\d]{{1,70}}? ) \s? : \s* {COUNT}
    (?: \s (?P<unit> {_UNIT} ) \b )?
    (?= [ ]* (?: $ | \n | [.;(] | ,\s? (?: also | mainly | mostly )? \s? from \b
               | ,\s (?: most | many | all | half ) \b | (?: also\s )? from \b ) )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_HEADING = re.compile(r"[^.;,\n]{3,70}")
_LINES_ABOVE = 40  # a longer list is a table
_ARRIVALS = re.compile(
    r"\b(?:new(?:ly)? arriv\w+|arrivals"
    r"|where (?:people|they|the displaced) (?:\w+ )?(?:fled|gone|went))\b",
    re.IGNORECASE,
)
_MOVEMENTS = re.compile(
    r"\b(?:displacements?|population movements?|movements of people|new movements)\b", re.IGNORECASE
)
_RETURNS = re.compile(
    r"\b(?:returns|returnees|people (?:back|returning)|going home)\b", re.IGNORECASE
)
_THINGS = re.compile(
    r"\b(?:access|aid|assistance|cargo|cases|convoys?|deaths?|expected|flights?|food|funding|goods"
    r"|needs|planned|planning|projected|reached|response|supplies|trucks|vessels|without)\b",
    re.IGNORECASE,
)


def _under_heading(sent: Span, scene: SentenceContext) -> list[ClaimDraft]:
    """Read "X: 2,300" below the heading "Arrivals by location" as people who came to X.

    Below "Displacement" a line must name where people came from, as the heading leaves open which
    way they went: "X: 2,650, from Y".
    """
    passage = scene.passage
    text, (start, end) = passage.text, passage.bounds(sent)
    first = text.rfind("\n", 0, start) + 1
    item = _ITEM.match(text, first)
    if item is None or not start <= item.start("num") < end:
        return []
    named = _named(item, sent, scene)
    kind = _kind_of(_heading_above(text, first))
    if kind is None or named is None:
        return []
    is_returns, is_open = kind
    left = [m for m in _coming_from(sent, scene, item.end()) if m.place.id != named.place_id]
    if is_open and not left:
        return []
    unit = "families" if (item["unit"] or "").lower().startswith(("f", "h")) else "people"
    quantity = quantity_of(item, unit)
    if quantity is None or (quantity.low or quantity.high or 0) < _LEAST:
        return []
    counted = Figure(quantity, item.start("num") - start, item.end("num") - start)
    number = next(t for t in sent if passage.ends[t.i] > item.start("num"))
    places = (*at(left, Role.ORIGIN), named)
    draft = ClaimDraft(
        Kind.RETURN if is_returns else Kind.DISPLACEMENT, number, None, None, places, counted
    )
    draft.reasons.append(UNDER_HEADING)
    return [draft]


_LEAST = 5  # fewer are no movement that a report lists, but a number of a footnote or section


def is_of_list(claim: Claim) -> bool:
    """Whether a claim is read from a line of a list, which is no sentence for the network."""
    return UNDER_HEADING in claim.reasons or HELD_IN_LIST in claim.reasons


def unlisted_heads(claims: Sequence[Claim]) -> list[ClaimPlace]:
    """Return the names at the head of such lines that no list of places has."""
    headed = [c for c in claims if is_of_list(c)]
    return [p for c in headed for p in c.places if p.unplaced == UNLISTED]


UNLISTED = "not in the gazetteer"
_KIND_OF_TOWN = re.compile(r"\s(?:camp|city|commune|county|district|site|town|village)$")


def _named(item: re.Match[str], sent: Span, scene: SentenceContext) -> ClaimPlace | None:
    """Return the place that a line begins with, also where no list has its name, or None."""
    passage, start = scene.passage, item.start("name")
    for t in sent:
        if t.i in passage.places and passage.places[t.i].start == start:
            found = [m for m in scene.places(t) if m.start == start]
            found = [m for m in found if m.place.precision != "country"]
            return found[0].claim_place(Role.DESTINATION) if found else None
    led = scene.discourse.led
    if led is None or led.leader is not None or led.start > start:
        return None
    name = _KIND_OF_TOWN.sub("", item["name"].partition(" (")[0].partition(",")[0]).strip()
    return ClaimPlace(
        surface=name, start=start, end=start + len(name), role=Role.DESTINATION, unplaced=UNLISTED
    )


def _coming_from(sent: Span, scene: SentenceContext, after: int) -> list[Mention]:
    """Return the places behind "from" in the rest of a line."""
    passage = scene.passage
    return [
        m
        for t in sent
        if t.i in passage.places and passage.starts[t.i] >= after and t.nbor(-1).lower_ == "from"
        for m in scene.places(t)
    ]


def _heading_above(text: str, first: int) -> str:
    """Return the heading of the list to which the line at an offset belongs, or nothing."""
    lines = text[:first].splitlines()[-_LINES_ABOVE:]
    for line in reversed(lines):
        bare = line.strip()
        if not bare or re.match(r"[-*+•▪·–—»]\s|[-*+•▪·–—»]$", bare) or _ITEM.match(line):
            continue
        bare = bare.strip("#*_ ").rstrip(":")
        return bare if _HEADING.fullmatch(bare) else ""
    return ""


def _kind_of(heading: str) -> tuple[bool, bool] | None:
    """Return whether a heading is about returns, and whether it leaves the way of people open."""
    if not heading or _THINGS.search(heading):
        return None
    if _RETURNS.search(heading):
        return True, False
    if _ARRIVALS.search(heading):
        return False, False
    return (False, True) if _MOVEMENTS.search(heading) else None
