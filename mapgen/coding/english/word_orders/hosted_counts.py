"""Read how many people a town has taken in, without a noun: "X has 9,800 in its schools".

A sentence comes in; the draft of what it says of a place goes out. Such a number counts those who
fled only if the lines before speak of them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mapgen.coding.english.mentions import Mention
from mapgen.coding.english.quantities import find_figures
from mapgen.coding.english.sentence_context import ClaimDraft, at
from mapgen.coding.english.word_orders.flight_merging import key_of
from mapgen.model import OF_DISPLACED, Kind, Role

if TYPE_CHECKING:
    from spacy.tokens import Span

    from mapgen.coding.english.sentence_context import SentenceContext

_MOD = r"(?:about|almost|around|at\sleast|close\sto|more\sthan|nearly|over|roughly|some|up\sto)"
_NUMBER = rf"(?P<number>(?:{_MOD}\s)?(?:\d{{1,3}}(?:,\d{{3}})+|(?!(?:19|20)\d\d\b)\d{{2,}}))"
_ROOMS = (
    r"(?:barns|churches|coliseums?|colleges?|convents?|gymnasiums?|gyms?|halls?|hostels|hotels"
    r"|madrasas|monaster(?:y|ies)|mosques?|schools?|seminar(?:y|ies)|shelters|sports\shalls?"
    r"|stadiums?|tents|universit(?:y|ies)|warehouses)"
)
_HAS_ROOM = re.compile(
    rf"\s(?:now\s|still\s|alone\s)?(?P<verb>has|holds|houses|counts)\s(?:now\s)?{_NUMBER}\s"
    rf"(?:more\s)?in\s(?:its|the)\s(?:\w+\s){{0,2}}?{_ROOMS}\b"
)
_TOWN_HAS = re.compile(
    r"\W*The\s(?:city|town|village)(?:\sas\sa\swhole|\sitself|\salone)?\s(?:has|had)\s"
    rf"(?:already\s|now\s|so\sfar\s)?(?P<verb>absorbed|received|registered|taken)(?:\sin)?\s{_NUMBER}"
    r"(?=\s*(?:[,.;](?!\d)|$|in\sall\b|since\b|so\sfar\b))"
)
_FLED = re.compile(
    r"\b(?:arriv\w+|camps?|displaced|evacu\w+|fle[ed]\w*|IDPs?|refugees?|shelter\w*|took\sin"
    r"|uprooted)\b",
    re.IGNORECASE,
)
_BEFORE = 600  # characters in which those who fled are told of


def with_rooms(drafts: list[ClaimDraft], sent: Span, scene: SentenceContext) -> list[ClaimDraft]:
    """Return the drafts with what a sentence says of those whom other places have taken in."""
    told = {key_of(p) for d in drafts if d.kind in OF_DISPLACED for p in d.places}
    more = [d for d in _told_rooms(sent, scene) if not told & {key_of(p) for p in d.places}]
    return [*drafts, *more]


def _told_rooms(sent: Span, scene: SentenceContext) -> list[ClaimDraft]:
    """Return what a sentence says of how many people a town has taken in."""
    passage = scene.passage
    start, end = passage.bounds(sent)
    text = passage.text
    if _FLED.search(text, max(0, start - _BEFORE), end) is None:
        return []
    made = []
    for t in sent:
        ref = passage.places.get(t.i)
        if ref is None or passage.starts[t.i] != ref.start:
            continue
        own = next((m for m in scene.places(t) if m.start == ref.start), None)
        found = _HAS_ROOM.match(text, ref.end, end)
        if own is not None and found is not None and own.place.precision == "settlement":
            made += _draft(own, found, sent, scene)
    found = _TOWN_HAS.match(text, start, end)
    dateline = scene.discourse.dateline
    if found is not None and dateline is not None and dateline.meant is not None:
        town = Mention(dateline.meant, dateline.start, dateline.end, dateline.surface)
        made += _draft(town, found, sent, scene)
    return made


def _draft(
    town: Mention, found: re.Match[str], sent: Span, scene: SentenceContext
) -> list[ClaimDraft]:
    told = find_figures(f"{found['number']} people")
    if len(told) != 1:
        return []
    passage = scene.passage
    offset = found.start("number") - passage.bounds(sent)[0]
    own = told[0]
    figure = own._replace(start=offset, end=offset + len(own.quantity.words))
    verb = next((t for t in sent if passage.ends[t.i] > found.start("verb")), sent[0])
    return [ClaimDraft(Kind.HOSTING, verb, None, None, at([town], Role.AT), figure)]
