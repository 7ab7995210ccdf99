"""Give each place of an event its own day: "Hama on Thursday and Rastan on Friday".

Drafts of claims come in, and go out with the same or more drafts. The grammar of such lists is
often parsed wrongly, so they are read by the order of places and days after the trigger.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from mapgen.model import Kind, When

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapgen.coding.english.dates import DateMention
    from mapgen.coding.english.mentions import Mention
    from mapgen.coding.english.own_days import SentenceDays
    from mapgen.coding.english.sentence_context import ClaimDraft, SentenceContext

NO_DAY = When(start=None, end=None, words="", basis=None)
"""The day of places whose sentence gives a day only for another one."""

_KINDS = frozenset({Kind.CONTROL_CHANGE, Kind.ADVANCE, Kind.STRIKE})
_BEFORE_DAY = re.compile(r"[\s,(]*(?:(?:late|early)\s)?(?:on|in|by)?\s*(?:the\s)?\s*")
# "Sake, 20 km west of Goma, on 23 January": what stands between says where the place lies
_APPOSITION = re.compile(
    r",\s(?:in|near|an?|the|about|some|north|south|east|west|\d+)\b[^;:.]{2,60},\s(?:on\s|by\s)?(?:the\s)?"
)
_TO_NEXT = re.compile(
    r"[\s,;)]*(?:and\s|then\s|and\sthen\s|followed\sby\s)?(?:also\s)?"
    r"(?:(?:the|nearby|neighbou?ring|adjacent|strategic|key|small|border)\s)*"
    r"(?:(?:towns?|villages?|cit(?:y|ies)|hamlets?)\s(?:of\s)?)?"
)
_BETWEEN = re.compile(r"[\s,]*(?:and\s)?(?:the\s)?(?:(?:towns?|villages?|city)\s(?:of\s)?)?")
_LEAST = 2


_PUT_IN = re.compile(r"\b(?:and|then),?\s(?:late\s|early\s)?(?:by\s|on\s)?(?:the\s)?$")


def day_put_in(
    words: str, dates: Sequence[DateMention], at: int
) -> tuple[DateMention | None, list[DateMention]]:
    """Return the day that is only that of the name behind it, and the others.

    In "X, Y and, on Monday, Z" Monday is the day of Z.

    Parameters
    ----------
    words
        The words of a sentence.
    dates
        Its days.
    at
        Offset of a name in the words.

    Returns
    -------
    DateMention or None, list of DateMention
        The day of this name, and the days that are not those of a single name.
    """
    put_in = [d for d in dates if _is_put_in(words, d)]
    own = next((d for d in put_in if d.end + 2 == at), None)
    return own, [d for d in dates if d not in put_in]


def _is_put_in(words: str, date: DateMention) -> bool:
    is_framed = words[date.end : date.end + 2] == ", "
    return is_framed and _PUT_IN.search(words[: date.start]) is not None


def split_by_day(
    drafts: list[ClaimDraft], days: SentenceDays, scene: SentenceContext
) -> list[ClaimDraft]:
    """Split the drafts whose places have days of their own.

    Parameters
    ----------
    drafts
        Drafts of one sentence.
    days
        The days of the sentence.
    scene
        The sentence with its places.

    Returns
    -------
    list of ClaimDraft
        One draft for each day, with the places of that day; other drafts as they were.
    """
    drafts = [part for d in drafts for part in _with_day_put_in(d, days)]
    if len(days.own) < _LEAST:
        return drafts
    out: list[ClaimDraft] = []
    asides: set[int] = set()  # words after the trigger of a list
    for draft in drafts:
        groups = _groups(draft, days, scene) if draft.kind in _KINDS else []
        first = {m.start for m in groups[0][0]} if groups else set()
        role = next((p.role for p in draft.places if p.start in first), None)
        if len(groups) < _LEAST or role is None:
            out.append(draft)
            continue
        asides |= set(range(draft.trigger.i + 1, draft.trigger.sent.end))
        for mentions, when in groups:
            places = tuple(m.claim_place(role) for m in mentions)
            out.append(replace(draft, places=places, when=when))
    told = {p.start for d in out if d.when is not None for p in d.places}
    return [d for d in out if d.when is not None or not _is_repeated(d, told, asides)]


def _with_day_put_in(draft: ClaimDraft, days: SentenceDays) -> list[ClaimDraft]:
    """Return the parts of a draft of which a place has a day of its own before it."""
    if draft.kind not in _KINDS or draft.when is not None:
        return [draft]
    for place in draft.places:
        own, others = day_put_in(days.words, days.own, place.start - days.start)
        rest = tuple(p for p in draft.places if p != place)
        if own is not None and rest:
            when = others[0].when if others else NO_DAY
            alone = replace(draft, places=(place,), when=own.when)
            return [replace(draft, places=rest, when=when), alone]
    return [draft]


def _is_repeated(draft: ClaimDraft, told: set[int], asides: set[int]) -> bool:
    """Whether a draft repeats a list, or is of words that say where a listed place lies."""
    if draft.kind not in _KINDS:
        return False
    places = {p.start for p in draft.places}
    is_distance = draft.trigger.i in asides and draft.trigger.lower_ in {"km", "miles"}
    return is_distance or (bool(places) and places <= told)


def _groups(
    draft: ClaimDraft, days: SentenceDays, scene: SentenceContext
) -> list[tuple[list[Mention], When]]:
    """Return the places after a trigger with their days, as long as the list goes on."""
    passage = scene.passage
    at = passage.ends[draft.trigger.i] - days.start
    places = [
        (passage.starts[t.i] - days.start, m)
        for t in days.sent
        if t.i in passage.places and passage.starts[t.i] - days.start >= at
        for m in scene.places(t)[:1]
    ]
    dates = [d for d in days.own if d.start >= at]
    groups: list[tuple[list[Mention], When]] = []
    for n, date in enumerate(dates):
        here = _named(days, [(s, m) for s, m in places if at <= s < date.start], date.start)
        if n == 0 and not here:
            here = _subjects(draft, days, scene)  # "Zaranj fell on Friday"
            is_list = re.search(r"[,;:]", days.words[at : date.start]) is None
        else:
            pattern = _TO_NEXT if n else None
            is_list = bool(here) and _is_list(days, at, here, date.start, pattern)
        if not here or not is_list:
            break
        groups.append(([m for _, m in here], date.when))
        at = date.end
    if groups and _has_verb_next(days, at, scene):
        groups.pop()  # "and Homs on Friday saw protests"
    return groups


def _subjects(
    draft: ClaimDraft, days: SentenceDays, scene: SentenceContext
) -> list[tuple[int, Mention]]:
    """Return the places of a draft that stand before its trigger."""
    starts = {p.start for p in draft.places}
    return [
        (m.start - days.start, m)
        for t in days.sent
        if t.i in scene.passage.places and t.i < draft.trigger.i
        for m in scene.places(t)[:1]
        if m.start in starts
    ]


def _named(
    days: SentenceDays, here: list[tuple[int, Mention]], until: int
) -> list[tuple[int, Mention]]:
    """Return the places before a day without those that only say where the last one lies."""
    for n, (_, mention) in enumerate(here):
        if _APPOSITION.fullmatch(days.words[mention.end - days.start : until]):
            return here[: n + 1]
    return here


def _is_list(
    days: SentenceDays,
    at: int,
    here: list[tuple[int, Mention]],
    until: int,
    opening: re.Pattern[str] | None,
) -> bool:
    """Whether only words of a list stand between a day, these places and the next day."""
    if opening is not None and not opening.fullmatch(days.words[at : here[0][0]]):
        return False
    ends = [m.end - days.start for _, m in here]
    if _APPOSITION.fullmatch(days.words[ends[-1] : until]):
        return True
    starts = [start for start, _ in here]
    gaps = zip(ends, starts[1:], strict=False)
    if not all(_BETWEEN.fullmatch(days.words[end:start]) for end, start in gaps):
        return False
    return _BEFORE_DAY.fullmatch(days.words[ends[-1] : until]) is not None


def _has_verb_next(days: SentenceDays, at: int, scene: SentenceContext) -> bool:
    """Whether the list ends in the subject of another verb."""
    after = [t for t in days.sent if scene.passage.starts[t.i] - days.start >= at]
    words = [t for t in after if not t.is_punct]
    return bool(words) and words[0].pos_ in {"VERB", "AUX"} and words[0].tag_ != "VBG"
