"""Read the lines of a list that says who holds what: "Manbij: SDF (was ISIS)", "Azaz: split".

Monitors write such lists without a verb. A line counts if the text has another one like it, and if
one of them or a heading says that this is about who holds the places: a party behind a colon may
also have attacked there, or speak. A sentence comes in; drafts of changes of control and of states
go out.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from mapgen.coding.english.dates import find_dates
from mapgen.coding.english.days_of_places import NO_DAY
from mapgen.coding.english.list_lines import HELD_IN_LIST, UNLISTED
from mapgen.coding.english.patterns import one_of
from mapgen.coding.english.sentence_context import ClaimDraft, at, outside_countries
from mapgen.core.tables.actors import REBEL_WORDS, STATE_WORDS, as_written
from mapgen.core.tables.in_force import per_tables
from mapgen.model import ClaimPlace, Kind, Role
from mapgen.places.toponym_features import common_words
from mapgen.reasons import CONTESTED, Reason, ReasonKind

if TYPE_CHECKING:
    from datetime import date

    from spacy.tokens import Span

    from mapgen.coding.english.sentence_context import SentenceContext
    from mapgen.model import Actor, When

_LEAST = 2  # lines that make a list
_NEAR = 1500  # characters between lines of one list, at most
_LINE = re.compile(
    r"^[ \t]*(?:[-*+•▪·–—»]\s*)?(?:\d{1,2}[.)]\s+)?[*_]*"
    r"(?P<name>[^\W\d_][^:\n.;!?]{1,50}?)[*_]*\s?:[*_]*[ \t]+(?P<said>[^\n]*\S)",
    re.MULTILINE,
)
_NAME = re.compile(
    r"(?:[^\W\d_][\w'’-]*)(?: [^\W\d_][\w'’-]*){0,3}"
    r"(?: (?:air ?base|airport|base|camp|city|district|junction|town|village))?"
)
_NO_TOWN = re.compile(r"\b(?:border|front|frontline|highway|line|road|roads|route)$", re.IGNORECASE)
_SPLIT = re.compile(
    r"(?:still\s)?(?:(?:is\s|are\s)?(?:contested|disputed|divided|split)\b|both(?:\ssides)?"
    r"(?:\s(?:are\s)?(?:in|inside)(?:\s(?:it|there))?)?(?=\s*(?:[,.;(–—-]|$)))",
    re.IGNORECASE,
)
_UNSURE = re.compile(r"(?:not confirmed|unclear|unconfirmed)\b", re.IGNORECASE)
_CLAIM = re.compile(r"\b(?:claims?|insists?|maintains?|says?)\b", re.IGNORECASE)
_WAS = re.compile(
    r"\s?[(,]\s?(?:formerly|from|previously|taken from|until \w+|was|were|won from)"
    r"\s(?:the\s)?(?P<who>[^),.;:]{2,40})"
)
_SINCE = re.compile(r",?\s(?:again\s|back\s)?since\b|\s(?:again|now)(?=\s*(?:[.,;(]|$))")
_AS_BEFORE = re.compile(
    r",?\s?\(?(?:as (?:before|ever|it has been|it was|they have been)|firmly|fully|no change"
    r"|still|unchanged)\b"
)
_EXCEPT = re.compile(r",?\s(?:apart from|but for|except|bar|save for|minus)\b")
_SHARED = re.compile(
    r"\s(?:as far as|at|east|in|inside|north|on|south|up to|west)\b"
    r"[^.;:]{2,40}?,\s(?:and\s)?(?:the\s)?"
    r"(?P<who>[\w'’/-]+)\s(?:at|beyond|elsewhere|from|in|inside|on|the rest|to)\b"
)
_BESIDE = re.compile(
    r"(?:\s(?:and|&|\+)\s|\s?/\s?|,\s)(?:the\s)?(?P<who>[\w'’-]+)"
    r"(?P<men>\s(?:fighters|forces|militias?|soldiers|troops))?(?=\s*(?:[.,;(]|$)|\ssince\b)"
)
_ENDS = re.compile(r"\s*(?:[.;]|$)|\s?[,(]\s?(?=[a-z])")
_TAKEN = re.compile(
    r"[.;]\s(?P<word>Captured|Changed hands|Entered|Fell|Retaken|Seized|Taken)\b(?P<day>[^.;]*)"
)
_TITLE = re.compile(
    r"^[^\n.]{0,60}\b(?:[Cc]ontrol(?:led|s)?|[Hh]eld|[Hh]olders?|[Hh]olds?|[Ii]n whose hands)\b"
    r"[^\n.]{0,60}$",
    re.MULTILINE,
)  # a heading: "Who holds what", "Control of the north"
_SAME_DAY = re.compile(r"[.;]\sSame day\b")


@dataclass(frozen=True, slots=True)
class _Held:
    """What a line says of its place: who holds it, or that both sides do.

    ``is_plain`` is whether no other word than the name of the party tells that it holds the place.
    """

    actor: Actor | None
    loser: Actor | None = None
    began: bool = False
    is_split: bool = False
    is_plain: bool = False


def held_in_list(sent: Span, scene: SentenceContext, published: date | None) -> list[ClaimDraft]:
    """Return what a line of a list says of who holds its place, and others since another day.

    Parameters
    ----------
    sent
        A parsed sentence, with which the line begins.
    scene
        The sentence with its context.
    published
        Day of publication, against which "Taken on Saturday" is resolved.
    """
    text, (start, end) = scene.passage.text, scene.passage.bounds(sent)
    line = _LINE.match(text, text.rfind("\n", 0, start) + 1)
    if line is None:
        return []
    if start > line.start("said"):
        return _since_too(sent, line, scene)
    if not start <= line.start("name") < end or _NO_TOWN.search(line["name"]):
        return []
    held = _held(line["said"], scene)
    places = _places(line, sent, scene) if held is not None else ()
    if held is None or not places or not _is_in_list(line, scene):
        return []
    word = next((t for t in sent if scene.passage.ends[t.i] > line.start("said")), sent[-1])
    anchors = [t for t in sent if not t.is_punct][-1:]
    reasons = [HELD_IN_LIST]
    day = _day(line, text, published)
    draft = ClaimDraft(
        Kind.CONTROL_CHANGE, word, held.actor, held.loser, places, anchors=anchors, reasons=reasons
    )
    if held.is_split:
        reasons.append(Reason(ReasonKind.ACTOR, CONTESTED))
    if held.is_split or (held.loser is None and not held.began and day is None):
        draft.kind, draft.when = Kind.CONTROL_STATE, NO_DAY
    else:
        draft.when = day
    return [draft]


_TOO = re.compile(r"(?P<names>[A-Z][^.;:,]{2,50}),\ssince\s[^.;:]{2,30}[.;]?\s*")


def _since_too(sent: Span, line: re.Match[str], scene: SentenceContext) -> list[ClaimDraft]:
    """Read "Ber and Djebok, since Tuesday." behind "Kidal: CSP since Monday."."""
    text, (start, end) = scene.passage.text, scene.passage.bounds(sent)
    too, held = _TOO.fullmatch(text, start, end), _held(line["said"], scene)
    if too is None or held is None or not held.began or not _is_in_list(line, scene):
        return []
    named = [t for t in sent if start <= scene.passage.starts[t.i] < too.end("names")]
    mentions = {m.start: m for t in named if t.i in scene.passage.places for m in scene.places(t)}
    places = at(outside_countries(list(mentions.values())), Role.AT)
    word = next(t for t in sent if t.lower_ == "since")
    kind, reasons = Kind.CONTROL_CHANGE, [HELD_IN_LIST]
    return [ClaimDraft(kind, word, held.actor, None, places, reasons=reasons)] if places else []


def _held(said: str, scene: SentenceContext) -> _Held | None:
    """Return what the words behind the colon say, or None if they name no holder."""
    if _SPLIT.match(said) or (_UNSURE.match(said) and len(_CLAIM.findall(said)) >= _LEAST):
        return _Held(None, is_split=True)
    named = _party().match(said)
    actor = _actor(named["who"], scene) if named is not None else None
    if named is None or actor is None:
        return None
    behind = said[named.end() :]
    was = _WAS.match(behind)
    if was is not None:
        return _Held(actor, loser=_actor(was["who"], scene), began=True)
    other = _SHARED.match(behind) or _BESIDE.match(behind)
    if other is not None:
        second = _actor(other["who"], scene)
        rest = behind[other.end() :]
        if second is not None and second.side != actor.side and not _is_guest(second, scene):
            return _Held(None, is_split=True)
        if second is not None or other.groupdict().get("men"):
            return _Held(actor, began=_SINCE.match(rest) is not None)
    if _SINCE.match(behind):
        return _Held(actor, began=True)
    if _AS_BEFORE.match(behind) or _EXCEPT.match(behind):
        return _Held(actor)
    return _Held(actor, is_plain=True) if _ENDS.match(behind) else None


def _is_guest(other: Actor, scene: SentenceContext) -> bool:
    """Whether a party is the army of another country, which stands beside the holder."""
    armies = (p for p in scene.cast.table.parties if p.kind in {"state", "foreign"})
    return any(p.id == other.id and p.country != scene.cast.country for p in armies)


@per_tables
def _party() -> re.Pattern[str]:
    """Return a pattern for a party: a name of up to four words, or "army" and the like."""
    plain = one_of(sorted(STATE_WORDS | REBEL_WORDS | {"regime"}))
    return re.compile(
        rf"(?:the\s|The\s)?(?P<who>[A-Z][\w&’'-]*(?:\s[A-Z][\w’'-]*){{0,3}}|{plain}\b)",
    )


def _actor(words: str, scene: SentenceContext) -> Actor | None:
    """Return the party that words name, if a table or the article knows it."""
    words = words.strip()
    found = scene.cast.resolve(words) or scene.cast.speaker(words)
    if found is not None:
        return found
    short = words.isupper() and words.isalpha() and 2 <= len(words) <= 6  # noqa: PLR2004
    spelled = words in scene.cast.named.full_names
    return as_written(words, scene.cast.country) if short and spelled else None


def _places(line: re.Match[str], sent: Span, scene: SentenceContext) -> tuple[ClaimPlace, ...]:
    """Return the places before the colon, also one that no list has."""
    passage, (start, end) = scene.passage, line.span("name")
    named = {
        m.start: m
        for t in sent
        if t.i in passage.places and start <= passage.places[t.i].start < end
        for m in scene.places(t)
        if start <= m.start < end
    }
    mentions = outside_countries(list(named.values()))
    if mentions or any(start <= r.start < end for r in passage.places.values()):
        return at(mentions, Role.AT)
    name = line["name"].partition(" (")[0].partition(",")[0].strip()
    words = name.split()
    ordinary = common_words()
    if _NAME.fullmatch(name) is None or not words[0][:1].isupper() or words[0].lower() in ordinary:
        return ()
    role = Role.AT
    return (
        ClaimPlace(surface=name, start=start, end=start + len(name), role=role, unplaced=UNLISTED),
    )


def _is_in_list(line: re.Match[str], scene: SentenceContext) -> bool:
    """Whether the lines around name holders as well, and something says that they do."""
    text = line.string
    starts, lines = _lines(text)
    first = bisect_right(starts, line.start() - _NEAR)
    near = lines[first : bisect_left(starts, line.start() + _NEAR)]
    told = [held for said in near if (held := _held(said, scene)) is not None]
    if len(told) < _LEAST or not any(held.actor for held in told):
        return False
    return not all(held.is_plain for held in told) or _is_titled(text)


def _day(line: re.Match[str], text: str, published: date | None) -> When | None:
    """Return the day of "Taken on Saturday" in a line, or of the line above for "Same day"."""
    taken = _TAKEN.search(line["said"])
    if taken is None and _SAME_DAY.search(line["said"]):
        starts, lines = _lines(text)
        n = bisect_left(starts, line.start())
        taken = _TAKEN.search(lines[n - 1]) if n else None
    dates = find_dates(taken["day"], published) if taken is not None else []
    return dates[0].when if dates else None


@lru_cache(maxsize=2)
def _lines(text: str) -> tuple[tuple[int, ...], tuple[str, ...]]:
    """Return where the lines of a text begin, and what stands behind their names."""
    found = list(_LINE.finditer(text))
    return tuple(m.start() for m in found), tuple(m["said"] for m in found)


@lru_cache(maxsize=2)
def _is_titled(text: str) -> bool:
    """Whether a heading says that a text is about who holds what."""
    return _TITLE.search(text) is not None
