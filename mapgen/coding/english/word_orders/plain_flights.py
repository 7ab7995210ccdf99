"""Read flight in plain words that frames miss or that the second reader was not taught.

"Hundreds fled when rebels took X", "the road out of X is full of families", "schools in Z are full
of people from X" and "people are still leaving X" say who left where. A sentence and the drafts of
its movements come in; the drafts go out with these, and with a note on those said plainly.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from mapgen.coding.english.mentions import Mention, apart_from
from mapgen.coding.english.patterns import one_of
from mapgen.coding.english.quantities import find_figures
from mapgen.coding.english.sentence_context import ClaimDraft, at
from mapgen.coding.english.verb_frames.forces_came import entered
from mapgen.coding.english.word_orders.flight_clauses import LEAVING
from mapgen.coding.english.word_orders.flight_merging import key_of
from mapgen.core.tables.in_force import per_tables
from mapgen.core.tables.word_lists import word_list
from mapgen.model import Kind, Precision, Role
from mapgen.reasons import FORCES_CAME, PLAIN, Reason, ReasonKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Span, Token

    from mapgen.coding.english.quantities import Figure
    from mapgen.coding.english.sentence_context import SentenceContext
    from mapgen.model import ClaimPlace

_TOWN = r"(?:the\s)?(?:(?:city|hamlet|town|village)\sof\s)?"
_FOLK = (
    r"(?:civilians|evacuees|famil(?:y|ies)|households|inhabitants|people|persons|refugees|residents"
    r"|townspeople|villagers|women)"
)
_MANY = rf"(?:{_FOLK}|dozens|hundreds|many|most|others|some|thousands|they)"
_FULL = r"(?:choked|clogged|crammed|crowded|filled|full|jammed|packed|thick)\s(?:of|with)"
_SAID = Reason(ReasonKind.WORDS, PLAIN)

_LEAVING_NOW = re.compile(
    rf"\b{_MANY}\s(?:are|were)\s(?:(?:all|already|also|now|still)\s)?(?:fleeing|leaving)\s{_TOWN}$",
    re.IGNORECASE,
)
_HOME_TO = re.compile(
    rf"\bhome\sto\s(?P<number>[\w\s,.-]{{1,40}}?)\s{_FOLK}\swho\s(?:had\s|have\s)?fled\s{_TOWN}$"
)
_ALL_WAYS = re.compile(rf"\bin\s(?:all|every|different)\sdirections?\s(?:from|out\sof)\s{_TOWN}$")
_OTHERS_GONE = re.compile(r"\b(?:left|remain\w*|stay\w*)\s(?:behind\s)?(?:at|in)\s$")
_THE_OTHERS = re.compile(
    r"(?:,\sand|[;,–—])\s(?:the\s(?:others|rest)|all\sothers|everyone\selse)\s(?:has\s|have\s|had\s)?"
    r"(?:fled|gone|left|moved|went)\b"
)
_WHEN = re.compile(rf"\b(?:after|as|before|once|when|while)\s{_TOWN}$", re.IGNORECASE)
_FELL = re.compile(
    r"\s(?:fell|(?:came|was)\s(?:being\s)?(?:attacked|bombarded|bombed|captured|overrun|seized|shelled"
    r"|stormed|taken|under\s(?:attack|fire|shelling)))\b"
)
_MADE_TO_GO = re.compile(
    r"(?:\sby\s[\w'’ -]{1,40}?)?\s(?:has\s|have\s|had\s)?(?:displaced|drove|driven|forced|pushed"
    rf"|sent|uprooted)\s(?:[\w,.-]+\s){{0,5}}?{_FOLK}\b"
)
_ROAD_OUT = re.compile(
    r"\b(?:highway|roads?|route)\s(?:(?:going|heading|leading|running)\s)?"
    rf"(?:away\sfrom|from|leaving|out\sof)\s{_TOWN}$",
    re.IGNORECASE,
)
_IS_FULL = re.compile(
    r"(?:\s(?:in)?to(?:ward|wards)?\s[^,;.]{2,40}?)?\s(?:are|has\sbeen|is|remains?|was|were)\s"
    rf"(?:[a-z]+\s)?{_FULL}\s(?:[\w-]+\s){{0,5}}?{_FOLK}\b"
)
_CROWDS = re.compile(
    rf"\b{_FOLK}\s(?:are\s|had\s|have\s|were\s)?(?:choked|clogg(?:ed|ing)|crowd(?:ed|ing)"
    r"|fill(?:ed|ing)|jamm(?:ed|ing)|lin(?:ed|ing)(?:\sup)?|pack(?:ed|ing)|queu\w+)\s"
    r"(?:along\s|on\s)?(?:an?\s|the\s)(?:[a-z]+\s){0,2}?(?:highway|roads?|route)\s"
    rf"(?:(?:heading|leading)\s)?(?:away\sfrom|from|leaving|out\sof)\s{_TOWN}$"
)
# those on a road may be on their way back, or wait for something
_OTHER_AIM = re.compile(
    r"\b(?:back|celebrat\w+|football|funeral|going\shome|market|pilgrim\w*|pray\w*|protest\w*"
    r"|return\w*|stranded|stuck|trapped|turned\saway|vot\w+|waiting)\b",
    re.IGNORECASE,
)
_FROM = r"(?:from|(?:displaced|fleeing|who\s(?:had\s|have\s)?(?:come|escaped|fled))(?:\sfrom)?)"
_TOLD = re.compile(
    rf"(?:\W*|[;,]\s)(?:[\w-]+\s){{0,3}}?(?:[Dd]isplaced\s{_FOLK}\sfrom"
    rf"|(?i:{_FOLK})\s(?:displaced|fleeing|who\s(?:had\s|have\s)?(?:escaped|fled))(?:\sfrom)?)\s{_TOWN}$"
)
_TOLD_IN = re.compile(
    r"\s(?:have\s)?(?:said|spoke|speaking|told\s(?:[\w.]+\s){1,3}?)\s?(?:to\s(?:[\w.]+\s){1,2}?)?(?:at|in)\s$"
)
_SPAN = 170  # characters before a place that can speak of it


def with_plain_flights(
    drafts: list[ClaimDraft], sent: Span, scene: SentenceContext
) -> list[ClaimDraft]:
    """Return the drafts of a sentence with the flight that plain words tell.

    Parameters
    ----------
    drafts
        Drafts of the sentence.
    sent
        A parsed sentence.
    scene
        The sentence with its context.
    """
    moves = [d for d in drafts if d.kind is Kind.DISPLACEMENT]
    if moves:
        came = _came_to(sent, scene)
        drafts = [_plainly(_where_forces_came(d, came), sent, scene) for d in drafts]
        drafts = [_in_rooms(d, sent, scene) for d in drafts]
    if any(d.kind in {Kind.DISPLACEMENT, Kind.RETURN} and d.places for d in drafts):
        return drafts
    return [*drafts, *_crowded(sent, scene)]


def _named(sent: Span, scene: SentenceContext) -> Iterator[tuple[Token, Mention]]:
    """Yield the places smaller than a province that a sentence names, with their first words."""
    for t in sent:
        ref = scene.passage.places.get(t.i)
        if ref is None or scene.passage.starts[t.i] != ref.start:
            continue
        own = next((m for m in scene.places(t) if m.start == ref.start), None)
        if own is not None and not Precision(own.place.precision).is_area:
            yield t, own


def _came_to(sent: Span, scene: SentenceContext) -> list[Mention]:
    """Return where forces came, or what fell, by a clause of time: "when X fell"."""
    found = entered(sent, scene)
    start, end = scene.passage.bounds(sent)
    text = scene.passage.text
    for _, m in _named(sent, scene):
        before = max(start, m.start - _SPAN)
        if _WHEN.search(text, before, m.start) and _FELL.match(text, m.end, end):
            found += apart_from([m], found)
    return found


def _where_forces_came(draft: ClaimDraft, came: list[Mention]) -> ClaimDraft:
    """Return a flight without another origin as one from where forces came when people fled."""
    if draft.kind is not Kind.DISPLACEMENT or not came or len(came) > _FEW:
        return draft
    if draft.trigger.lemma_.lower() not in LEAVING or draft.trigger.pos_ not in {"VERB", "AUX"}:
        return draft
    spots = {key_of(p) for p in at(came, Role.ORIGIN)}
    left = {key_of(p) for p in draft.places if p.role is not Role.DESTINATION}
    gone = tuple(p for p in draft.places if p.role is Role.DESTINATION)
    if not left <= spots or spots & {key_of(p) for p in gone}:
        return draft
    reasons = [*draft.reasons, Reason(ReasonKind.ORIGIN, FORCES_CAME)]
    return replace(draft, places=(*at(came, Role.ORIGIN), *gone), reasons=reasons)


_FEW = 2


def _plainly(draft: ClaimDraft, sent: Span, scene: SentenceContext) -> ClaimDraft:
    """Return a movement with a note where its words leave nothing open."""
    if draft.kind is not Kind.DISPLACEMENT:
        return draft
    start, end = scene.passage.bounds(sent)
    text = scene.passage.text
    for place in draft.places:
        if not start <= place.start < end:
            continue
        before = max(start, place.start - _SPAN), place.start
        if place.role is Role.DESTINATION:
            if _ALL_WAYS.search(text, *before):
                turned = tuple(
                    replace(p, role=Role.ORIGIN) if p is place else p for p in draft.places
                )
                return replace(draft, places=turned, reasons=[*draft.reasons, _SAID])
            continue
        home = _HOME_TO.search(text, *before)
        if home is not None:
            told = _figure(home, start)
            return replace(draft, figure=draft.figure or told, reasons=[*draft.reasons, _SAID])
        made = _caused().search(text, *before) and _MADE_TO_GO.match(text, place.end, end)
        if made or _LEAVING_NOW.search(text, *before) or _ALL_WAYS.search(text, *before):
            return replace(draft, reasons=[*draft.reasons, _SAID])
    return _of_the_others(draft, sent, scene)


def _turned(draft: ClaimDraft, place: ClaimPlace) -> tuple[ClaimPlace, ...]:
    """Return the places of a movement with one of them as where people left."""
    return tuple(replace(p, role=Role.ORIGIN) if p is place else p for p in draft.places)


def _figure(home: re.Match[str], start: int) -> Figure | None:
    """Return the number in "home to 40,000 people who fled X", with offsets in its sentence."""
    told = find_figures(f"{home['number']} people")
    if len(told) != 1:
        return None
    offset = home.start("number") - start
    return told[0]._replace(start=offset, end=offset + len(home["number"]))


def _of_the_others(draft: ClaimDraft, sent: Span, scene: SentenceContext) -> ClaimDraft:
    """Add the origin of "a few are left in X; the others have gone to Z"."""
    if any(p.role is not Role.DESTINATION for p in draft.places):
        return draft
    start, end = scene.passage.bounds(sent)
    text = scene.passage.text
    gone = {key_of(p) for p in draft.places}
    for _, m in _named(sent, scene):
        stayed = _OTHERS_GONE.search(text, max(start, m.start - _SPAN), m.start)
        if stayed and _THE_OTHERS.match(text, m.end, end):
            own = tuple(p for p in at([m], Role.ORIGIN) if key_of(p) not in gone)
            if own:
                return replace(draft, places=(*own, *draft.places), reasons=[*draft.reasons, _SAID])
    return draft


@per_tables
def _caused() -> re.Pattern[str]:
    """Return the pattern of "the attack on" and "heavy fighting around"."""
    causes = one_of(sorted(word_list("flight", "causes"), key=len, reverse=True))
    return re.compile(rf"\b(?i:{causes})\s(?:against|around|at|for|in|inside|near|of|on)\s{_TOWN}$")


@per_tables
def _rooms() -> re.Pattern[str]:
    """Return the pattern of "schools in", before the name of a town that took people in."""
    rooms = sorted(word_list("flight", "grounds") | word_list("flight", "lodgings") | _MORE_ROOMS)
    return re.compile(rf"\b(?i:{one_of(rooms)})\s(?:across|around|at|in|of)\s{_TOWN}$")


_MORE_ROOMS = frozenset({"hospital", "hospitals", "hotel", "hotels", "houses", "homes", "streets"})
_ARE_FULL_OF = re.compile(
    rf"\s(?:are|is|was|were)\s(?:[a-z]+\s)?{_FULL}\s(?:[\w-]+\s){{0,3}}?{_FOLK}\s{_FROM}\s{_TOWN}$"
)


# "families from X are staying with relatives in Z"
_LODGERS = re.compile(rf"\b{_FOLK}\sfrom\s{_TOWN}$", re.IGNORECASE)
_LODGE = re.compile(
    r"\s(?:are|were)\s(?:now\s|still\s)?(?:camp|living|lodg|shelter|sleep|stay)(?:ing)?\s"
    r"(?:in\s(?:camps|churches|mosques|schools|tents)|in\sthe\sopen"
    r"|with\s(?:friends|host\sfamilies|relatives))\s(?:around|at|in|near)\s(?:the\s)?"
)


def _in_rooms(draft: ClaimDraft, sent: Span, scene: SentenceContext) -> ClaimDraft:
    """Add where people are by "churches in Z are packed with people who fled X", and note it."""
    if draft.kind is not Kind.DISPLACEMENT:
        return draft
    start, text = scene.passage.bounds(sent)[0], scene.passage.text
    for _, m in _named(sent, scene):
        left = [p for p in draft.places if p.role is Role.ORIGIN and p.start > m.end]
        first = min((p.start for p in left), default=m.end)
        before = _rooms().search(text, max(start, m.start - _SPAN), m.start)
        if before and _ARE_FULL_OF.fullmatch(text, m.end, first):
            places = (*left, *at([m], Role.DESTINATION))
            return replace(draft, places=places, reasons=[*draft.reasons, _SAID])
    return draft


def _crowded(sent: Span, scene: SentenceContext) -> Iterator[ClaimDraft]:
    """Read "the road out of X is full of families" and "schools in Z are full of people from X"."""
    start, end = scene.passage.bounds(sent)
    text = scene.passage.text
    if _OTHER_AIM.search(text, start, end):
        return
    named = list(_named(sent, scene))
    for n, (token, m) in enumerate(named):
        before = max(start, m.start - _SPAN), m.start
        following = named[n + 1][1] if n + 1 < len(named) else None
        goal = _goal(m, following, text)
        if _ROAD_OUT.search(text, *before) and _IS_FULL.match(text, m.end, end):
            yield _draft(token, m, goal)
            return
        if _CROWDS.search(text, *before):
            yield _draft(token, m, goal)
            return
        if following is None:
            continue
        if _rooms().search(text, *before) and _ARE_FULL_OF.fullmatch(text, m.end, following.start):
            yield _draft(token, following, m)
            return
        between = m.end, following.start
        if _LODGERS.search(text, *before) and _LODGE.fullmatch(text, *between):
            yield _draft(token, m, following)
            return
        if _TOLD.fullmatch(text, start, m.start) and _TOLD_IN.fullmatch(
            text, m.end, following.start
        ):
            yield _draft(token, m, following)
            return


def _goal(left: Mention, following: Mention | None, text: str) -> Mention | None:
    """Return the place right behind the one that people left: "from X to Z"."""
    if following is None or not _TO.fullmatch(text, left.end, following.start):
        return None
    return following


_TO = re.compile(r"\s(?:in)?to(?:ward|wards)?\s(?:the\s)?")


def _draft(place: Token, left: Mention, reached: Mention | None) -> ClaimDraft:
    """Return the flight from a place, as the verb above the name or the name itself tells it."""
    places = at([left], Role.ORIGIN) + at([reached] if reached else [], Role.DESTINATION)
    verb = next((t for t in place.ancestors if t.pos_ in {"VERB", "AUX"}), place)
    return ClaimDraft(Kind.DISPLACEMENT, verb, None, None, places, None, reasons=[_SAID])
