"""Complete the movements of people in a sentence: origins, lists, parts of a group, and returns.

The drafts of the frames and of `flight` come in. Each group of people becomes one movement with its
own figure, and those whose origin is not named beside them come from where the text has just said
that the cause was.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from mapgen.coding.english.aid_and_staff import clauses_of_no_flight
from mapgen.coding.english.asides import sayings
from mapgen.coding.english.errands import is_errand
from mapgen.coding.english.mentions import Mention
from mapgen.coding.english.patterns import OF_A_SORT, WENT_HOME
from mapgen.coding.english.sentence_context import ClaimDraft, at
from mapgen.coding.english.verb_frames.people import UNPLACED
from mapgen.coding.english.word_orders.carried import with_carried
from mapgen.coding.english.word_orders.causes import cause_before, cause_in, is_tied_to
from mapgen.coding.english.word_orders.counted_there import with_counted_there
from mapgen.coding.english.word_orders.flight import told_flight
from mapgen.coding.english.word_orders.flight_clauses import LEAVING
from mapgen.coding.english.word_orders.flight_merging import (
    key_of,
    same_figure,
    with_told_flight,
)
from mapgen.coding.english.word_orders.hosted_counts import with_rooms
from mapgen.coding.english.word_orders.journeys import told_journey
from mapgen.coding.english.word_orders.listed_movements import note_list, with_items
from mapgen.coding.english.word_orders.plain_flights import with_plain_flights
from mapgen.coding.english.word_orders.returns import told_return, without_returned
from mapgen.coding.english.word_orders.tallies import figure_behind
from mapgen.core.tables.word_lists import word_list
from mapgen.model import OF_DISPLACED, Kind, Precision, Role
from mapgen.reasons import CAUSE_BEFORE, Reason, ReasonKind

if TYPE_CHECKING:
    from spacy.tokens import Span

    from mapgen.coding.english.sentence_context import SentenceContext
    from mapgen.model import ClaimPlace
    from mapgen.reading.passages import Passage

_BEFORE_IT = "where the clause before says that they came from"
_CAUSE = "where the text says that the cause was"
_PART = re.compile(
    r"\b(?:of\s(?:them|these|those|which|whom)|including|among\sthem|a\sfurther|another)\b"
)
# people who are moved, but do not flee
_NOT_DISPLACED = re.compile(
    r"\b(?:detainees|diplomats|fighters|injured|officers|patients|pilgrims|police|policemen"
    r"|prisoners|rebels|soldiers|supporters|tourists|troops|voters|wounded)\b",
    re.IGNORECASE,
)
_OTHER_AIMS = re.compile(
    r"\bto\s(?:attend|celebrate|demonstrate|play|pray|protest|rally|trade|vote|watch)\b"
)
_AT_HOME = re.compile(
    r"\b(?:children|civilians|families|inhabitants|population|residents|villagers|women)\b",
    re.IGNORECASE,
)


def people_moved(drafts: list[ClaimDraft], sent: Span, scene: SentenceContext) -> list[ClaimDraft]:
    """Return the drafts of a sentence with all movements of people in it.

    Parameters
    ----------
    drafts
        Drafts of the frames, each once.
    sent
        A parsed sentence.
    scene
        The sentence with its context.

    Returns
    -------
    list of ClaimDraft
        Drafts of other kinds are returned as they are.
    """
    drafts = with_told_flight(drafts, told_flight(sent, scene))
    drafts = [d for d in drafts if d.kind is not Kind.DISPLACEMENT or _flees(d, sent, scene)]
    drafts = [d for d in drafts if not _went_home(d, sent, scene.passage)]
    drafts = [_without_sort(d, sent, scene.passage) for d in drafts]
    drafts = _without_aid_and_staff(drafts, sent, scene.passage)
    drafts = _parted([_once(d, scene.passage.text) for d in drafts], sent, scene)
    drafts = _from_clause_before(drafts, sent, scene.passage)
    drafts = with_carried(told_return(drafts, sent, scene), sent, scene)
    drafts = without_returned(drafts)
    drafts = [_counted(_of_their_town(d, sent, scene), sent, scene) for d in drafts]
    drafts = _told_by_cause(with_counted_there(drafts, sent, scene), sent, scene)
    if not any(d.kind in _OF_PEOPLE and (d.places or d.figure) for d in drafts):
        drafts += told_journey(sent, scene)
    drafts = with_rooms(with_plain_flights(drafts, sent, scene), sent, scene)
    drafts = _parted_by_semicolon(with_items(drafts, sent, scene), sent, scene.passage)
    note_list(sent, scene)
    return [d for d in drafts if d.places or UNPLACED not in d.reasons]


_SAME_PEOPLE = re.compile(
    r"[;:]\s(?:and\s|but\s)?(?:(?:many|most|some)\s(?:of\sthem\s)?)?(?:families|many|most|people|residents"
    r"|some|they|villagers)\s(?:are|had|have|were|went|came|turned|walked|fled)\b"
)


def _from_clause_before(drafts: list[ClaimDraft], sent: Span, passage: Passage) -> list[ClaimDraft]:
    """Return the drafts with the origin of "6,000 have left X; families have turned up in Y"."""
    start, end = passage.bounds(sent)
    found = _SAME_PEOPLE.search(passage.text, start, end)
    if found is None:
        return drafts
    moves = [d for d in drafts if d.kind is Kind.DISPLACEMENT]
    before = [d for d in moves if passage.starts[d.trigger.i] < found.start()]
    left = tuple(p for d in before for p in d.places)
    if not left or any(p.role is not Role.ORIGIN or p.start > found.start() for p in left):
        return drafts
    return [
        _coming_from(d, _each(left), _BEFORE_IT)
        if d in moves and d not in before and {p.role for p in d.places} == {Role.DESTINATION}
        else d
        for d in drafts
    ]


def _went_home(draft: ClaimDraft, sent: Span, passage: Passage) -> bool:
    """Whether the people of a movement have come home: "of whom some 600,000 have gone home"."""
    if draft.kind is not Kind.DISPLACEMENT or draft.figure is None:
        return False
    start, end = passage.bounds(sent)
    return WENT_HOME.match(passage.text, start + draft.figure.end, end) is not None


def _without_sort(draft: ClaimDraft, sent: Span, passage: Passage) -> ClaimDraft:
    """Return a movement without the figure of "41 of them children"."""
    if draft.figure is None or draft.kind not in OF_DISPLACED:
        return draft
    start, end = passage.bounds(sent)
    is_sort = OF_A_SORT.match(passage.text, start + draft.figure.end, end) is not None
    return replace(draft, figure=None) if is_sort else draft


def _without_aid_and_staff(
    drafts: list[ClaimDraft], sent: Span, passage: Passage
) -> list[ClaimDraft]:
    """Drop what is told of people whom aid reaches, and of staff: "clinics serve 900 people"."""
    start, end = passage.bounds(sent)
    spans = clauses_of_no_flight(passage.text, start, end)

    def is_apart(draft: ClaimDraft) -> bool:
        at = passage.starts[draft.trigger.i]
        if draft.figure is not None:
            at = start + draft.figure.start
        return any(first <= at < last for first, last in spans)

    return [d for d in drafts if d.kind not in OF_DISPLACED or not is_apart(d)]


_OF_PEOPLE = OF_DISPLACED | {Kind.EVACUATION_ORDER}


def _is_key_figure(sent: Span) -> bool:
    """Whether a line has no full clause: "78,000 displaced since 20 Feb"."""
    return not any(
        (t.tag_ in {"VBD", "VBP", "VBZ", "MD"} and t.lemma_.lower() not in {"displace", "uproot"})
        or (
            t.lemma_.lower() in {"displace", "uproot"} and any(c.dep_ == "dobj" for c in t.children)
        )
        for t in sent
    )


_AREAS = word_list("flight", "areas")


def is_of_area(sent: Span, passage: Passage) -> bool:
    """Whether a sentence is about a part of a country, so that its figure is no national total.

    It names a place smaller than a country, or speaks of "the province", "villages" or "a camp".
    """
    aside = sayings(sent)
    if _is_key_figure(sent):
        return True
    for t in sent:
        if t.i in aside:
            continue
        ref = passage.places.get(t.i)
        if ref is not None and (ref.place is None or ref.place.precision != "country"):
            return True
        if t.lower_ in _AREAS and ref is None:
            return True
    return False


def is_abroad(passage: Passage, country: str | None) -> bool:
    """Whether a paragraph names other countries, and not this one."""
    places = [r.place for r in passage.places.values() if r.place is not None]
    countries = {p.country for p in places if p.precision == "country"}
    return bool(countries) and country not in countries


def _flees(draft: ClaimDraft, sent: Span, scene: SentenceContext) -> bool:
    """Whether those who move are displaced: not the wounded, not those a state deports."""
    start, end = scene.passage.bounds(sent)
    words = scene.passage.text[start:end]
    if is_errand(scene.passage.text, start, end):
        return False
    if _OTHER_AIMS.search(words, draft.figure.end if draft.figure else 0):
        return False
    if draft.figure is not None and _NOT_DISPLACED.search(
        words[draft.figure.start : draft.figure.end]
    ):
        return False
    who = next((c for c in draft.trigger.children if c.dep_ == "nsubj"), None)
    if draft.figure is None and who is not None and who.lower_ == "they":
        return _NOT_DISPLACED.search(words) is None  # "They left X, 250 pick-ups of rebels"
    if draft.trigger.lemma_.lower() in {"deport", "expel"}:
        at_home = _AT_HOME.search(words) is not None
        return at_home or (draft.trigger.lemma_.lower() == "expel" and "migrants" not in words)
    return True


_STOCK = re.compile(
    r"\bnumber\sof\s(?:the\s)?(?:displaced|IDPs|refugees)\b[^.;]{0,60}?\b"
    r"(?:stands|stood|remains|remained|is|was|reached|exceeds|passed|rose|grew)\b"
)
_THEIR = frozenset({"its", "their", "whose"})
_INHABITANTS = frozenset({"inhabitants", "people", "population", "residents", "villagers"})


def _of_their_town(draft: ClaimDraft, sent: Span, scene: SentenceContext) -> ClaimDraft:
    """Add the town that "its people" or "its population" come from."""
    if draft.kind is not Kind.DISPLACEMENT or any(p.role is Role.ORIGIN for p in draft.places):
        return draft
    who = next((t for t in draft.trigger.children if t.dep_ in {"nsubj", "nsubjpass"}), None)
    if who is None or who.lower_ not in _INHABITANTS:
        return draft
    if not any(c.lower_ in _THEIR for c in who.children):
        return draft
    ref = scene.discourse.antecedent(scene.passage.starts[who.i])
    if ref is None or ref.meant is None:
        return draft
    town = Mention(ref.meant, ref.start, ref.end, ref.surface)
    return _coming_from(draft, at([town], Role.ORIGIN))


def _counted(draft: ClaimDraft, sent: Span, scene: SentenceContext) -> ClaimDraft:
    """Add the figure in brackets behind the place that people came to, or tell a stock."""
    passage = scene.passage
    start, end = passage.bounds(sent)
    if draft.kind is not Kind.DISPLACEMENT:
        return draft
    if _STOCK.search(passage.text, start, end):
        places = tuple(replace(p, role=Role.AT) for p in draft.places)
        return replace(draft, kind=Kind.HOSTING, places=places)
    goals = {p.start for p in draft.places if p.role is Role.DESTINATION}
    if draft.figure is not None or len(goals) != 1:
        return draft
    token = next(
        (t for t in sent if t.i in passage.places and passage.places[t.i].start in goals), None
    )
    figure = figure_behind(token, passage.text[start:end], start, scene) if token else None
    return draft if figure is None else replace(draft, figure=figure)


def _without_countries(places: tuple[ClaimPlace, ...], text: str) -> tuple[ClaimPlace, ...]:
    """Drop a country that only says where the place before it lies: "to Kousseri, in Cameroon"."""
    ends = {p.end for p in places if p.precision is not Precision.COUNTRY}
    return tuple(
        p
        for p in places
        if p.precision is not Precision.COUNTRY
        or not any(
            0 <= p.start - end < _BETWEEN and _IN.fullmatch(text[end : p.start]) for end in ends
        )
    )


_BETWEEN = 8  # number of characters in ", in "
_IN = re.compile(r",\s+(?:in\s+(?:the\s)?)?|\s*\(")


def _once(draft: ClaimDraft, text: str) -> ClaimDraft:
    """Return a draft with each of its places once in each role."""
    seen: dict[tuple[str, Role], ClaimPlace] = {}
    for p in draft.places:
        seen.setdefault((key_of(p), p.role), p)
    places = _without_countries(tuple(seen.values()), text)
    return draft if len(places) == len(draft.places) else replace(draft, places=places)


def _ends(draft: ClaimDraft) -> set[tuple[str, Role]]:
    return {(key_of(p), p.role) for p in draft.places}


def _parted(drafts: list[ClaimDraft], sent: Span, scene: SentenceContext) -> list[ClaimDraft]:
    """Give each of two groups in a sentence its own places.

    "1,400 fled X for Y and 350 fled Z": two movements. "2,400 fled X, of whom 620 crossed to Y":
    the 620 are a part, so they came from X as well, and only they are said to be in Y.
    """
    start, end = scene.passage.bounds(sent)
    words = scene.passage.text[start:end]
    moves = [d for d in drafts if d.kind is Kind.DISPLACEMENT]
    for small in moves:
        for big in moves:
            if small is big or big not in drafts or small not in drafts:
                continue
            if not (small.figure and big.figure) or same_figure(small, big):
                continue
            if small.figure.start < big.figure.start or not _ends(small):
                continue
            part = _PART.search(words, big.figure.end, small.figure.end) is not None
            inside = _ends(small) < _ends(big)
            if not (part or inside):
                continue
            drafts = [_apart(d, small, big, part=part) for d in drafts]
    return _without_repeated(drafts)


def _parted_by_semicolon(
    drafts: list[ClaimDraft], sent: Span, passage: Passage
) -> list[ClaimDraft]:
    """Give a group the goals of its own clause: "6,000 are in X; another 1,200 fled to Y"."""
    start, end = passage.bounds(sent)
    counted = [d for d in drafts if d.kind is Kind.DISPLACEMENT and d.figure is not None]
    marks = [m.start() for m in re.compile(";").finditer(passage.text, start, end)]
    if len(counted) < 2 or not marks:  # noqa: PLR2004
        return drafts

    def clause(offset: int) -> int:
        return sum(mark < offset for mark in marks)

    def own(draft: ClaimDraft) -> ClaimDraft:
        if draft not in counted or draft.figure is None:
            return draft
        here = clause(start + draft.figure.start)
        apart = {p.start for p in draft.places if p.role is Role.DESTINATION} - {
            p.start for p in draft.places if clause(p.start) == here or not start <= p.start < end
        }
        places = tuple(p for p in draft.places if p.start not in apart)
        return replace(draft, places=places) if places else draft

    return [own(d) for d in drafts]


def _apart(draft: ClaimDraft, small: ClaimDraft, big: ClaimDraft, *, part: bool) -> ClaimDraft:
    """Return the changed draft of the smaller or of the larger group."""
    left = tuple(p for p in big.places if (key_of(p), p.role) not in _ends(small))
    if draft is big and left:
        return replace(draft, places=left)
    if draft is small and part and not any(p.role is not Role.DESTINATION for p in small.places):
        own = {key_of(p) for p in small.places}
        origins = tuple(p for p in big.places if p.role is Role.ORIGIN and key_of(p) not in own)
        reason = Reason(ReasonKind.ORIGIN, "they are a part of a group with this origin")
        reasons = [*draft.reasons, reason] if origins else draft.reasons
        return replace(draft, places=(*origins, *draft.places), reasons=reasons)
    return draft


def _without_repeated(drafts: list[ClaimDraft]) -> list[ClaimDraft]:
    """Drop movements without a figure that say no more than another one of the sentence."""
    moves = [d for d in drafts if d.kind is Kind.DISPLACEMENT]
    return [
        d
        for d in drafts
        if d.kind is not Kind.DISPLACEMENT
        or d.figure is not None
        or not any(o.figure is not None and _ends(d) <= _ends(o) for o in moves)
    ]


def _told_by_cause(
    drafts: list[ClaimDraft], sent: Span, scene: SentenceContext
) -> list[ClaimDraft]:
    """Add origins to movements without one: the place of their cause."""
    own, before = cause_in(sent, scene), cause_before(sent, scene)
    made = []
    for d in drafts:
        if d.kind is not Kind.DISPLACEMENT:
            made.append(d)
            continue
        tied = bool(own) and is_tied_to(d, sent)
        draft = _left_in(_not_to(d, own), sent, scene)
        if any(p.role is Role.ORIGIN for p in draft.places):
            made.append(draft)
            continue
        origins: tuple[ClaimPlace, ...] = ()
        if tied:
            origins = at(own, Role.ORIGIN)
        elif not own and _are_more(draft, sent, scene):
            origins = scene.discourse.recent_flight() or ()
        elif before and not own and _moves(draft) and not _is_too_many(draft, before, scene):
            made.append(_coming_from(draft, _each(before), CAUSE_BEFORE))
            continue
        made.append(_coming_from(draft, _each(origins)))
    return made


def _is_too_many(
    draft: ClaimDraft, origins: tuple[ClaimPlace, ...], scene: SentenceContext
) -> bool:
    """Whether a figure is far larger than the town that was told of: "160,000 were uprooted"."""
    if draft.figure is None:
        return False
    known = (scene.discourse.places.get(p.place_id or "") for p in origins)
    living = sum((r.meant.population or 0) if r and r.meant else 0 for r in known)
    n = draft.figure.quantity.low or draft.figure.quantity.high or 0
    return n > max(_MANY, _TIMES * living)


_MANY, _TIMES = 50_000, 3


def _not_to(draft: ClaimDraft, causes: list[Mention]) -> ClaimDraft:
    """Return a movement without the place of its cause among the places that people reach."""
    spots = {m.start for m in causes}
    places = tuple(
        p for p in draft.places if p.role is not Role.DESTINATION or p.start not in spots
    )
    return draft if len(places) == len(draft.places) else replace(draft, places=places)


def _left_in(draft: ClaimDraft, sent: Span, scene: SentenceContext) -> ClaimDraft:
    """Return a flight "In X, 1,200 people fled to Y" as one from X, not to X."""
    goals = [p for p in draft.places if p.role is Role.DESTINATION]
    fronted = sent[0].lower_ in {"at", "in", "near"}
    if len(goals) == 1 or not fronted or draft.trigger.lemma_.lower() not in LEAVING:
        return draft
    comma = next((t.i for t in sent if t.text == ","), sent.start)
    first = {
        scene.passage.places[t.i].start
        for t in sent.doc[sent.start : min(comma, draft.trigger.i)]
        if t.i in scene.passage.places
    }
    places = tuple(
        replace(p, role=Role.ORIGIN) if p in goals and p.start in first else p for p in draft.places
    )
    return replace(draft, places=places)


_MORE = re.compile(
    r"\b(?:another|an?\s(?:additional|extra|further))\s[\w\s,.]{0,20}$", re.IGNORECASE
)


_OF_THEM = re.compile(r"\s+of\s(?:them|these|those)\b")


def _are_more(draft: ClaimDraft, sent: Span, scene: SentenceContext) -> bool:
    """Whether a figure continues the flight told before: "Another 3,000", "900 of them"."""
    if draft.figure is None or any(c.lower_ in {"on", "onward"} for c in draft.trigger.children):
        return False
    start, _ = scene.passage.bounds(sent)
    text, at = scene.passage.text, start + draft.figure.end
    return _MORE.search(text[start:at]) is not None or _OF_THEM.match(text, at) is not None


def _moves(draft: ClaimDraft) -> bool:
    """Whether a movement is told by a verb, and not by a noun such as "the displaced"."""
    verb = draft.trigger
    if verb.lower_ == "displaced":
        return verb.dep_ not in {"amod", "dobj", "pobj"}
    return verb.pos_ in {"VERB", "AUX"}


def _each(places: tuple[ClaimPlace, ...]) -> tuple[ClaimPlace, ...]:
    return tuple({key_of(p): p for p in places}.values())


def _coming_from(
    draft: ClaimDraft, origins: tuple[ClaimPlace, ...], how: str = _CAUSE
) -> ClaimDraft:
    """Return a movement with origins, or as it is if it goes to one of them."""
    going = {key_of(p) for p in draft.places if p.role is Role.DESTINATION}
    if not origins or going & {key_of(p) for p in origins}:
        return draft
    places = tuple(p for p in draft.places if p.role is Role.DESTINATION)
    reason = Reason(ReasonKind.ORIGIN, how)
    return replace(draft, places=(*origins, *places), reasons=[*draft.reasons, reason])
