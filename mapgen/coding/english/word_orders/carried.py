"""Read people who are taken somewhere: "buses took 2,000 of them to X", "a boat with 210 people".

A sentence and the drafts of its movements come in; the drafts with those of people in buses,
lorries and boats go out. "Of them" are those of the town that the sentence before is about.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from mapgen.coding.english.mentions import Mention
from mapgen.coding.english.quantities import find_figures
from mapgen.coding.english.sentence_context import ClaimDraft, at
from mapgen.coding.english.word_orders.flight_merging import key_of
from mapgen.model import Kind, Role
from mapgen.reasons import SENT_BACK, THEIR_TOWN, Reason, ReasonKind

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

    from mapgen.coding.english.quantities import Figure
    from mapgen.coding.english.sentence_context import SentenceContext
    from mapgen.model import ClaimPlace
    from mapgen.places.georeference import Georeference

_VEHICLES = (
    r"(?:[Bb]arges?|[Bb]oats?|[Bb]us(?:es)?|[Cc]anoes?|[Cc]oach(?:es)?|[Cc]onvoys?|[Dd]hows?"
    r"|[Ff]err(?:y|ies)|[Hh]elicopters?|[Ll]aunch(?:es)?|[Ll]orr(?:y|ies)|[Mm]inibus(?:es)?"
    r"|[Pp]lanes?|[Ss]hips?|[Tt]rains?|[Tt]rucks?|[Vv]ans?|[Vv]essels?)"
)
_WHO = (
    rf"(?:{_VEHICLES}|army|authorities|government|navy|police|soldiers|troops|[Vv]olunteers"
    r"|agenc(?:y|ies)|Red\sCross|Red\sCrescent|UN)"
)
_TOOK = (
    r"(?:brought|bused|bussed|carried|drove|driven|evacuated|ferried|flew|flown|moved|relocated"
    r"|shipped|taken|took|transferred|transported|trucked)"
)
_PEOPLE = (
    r"(?:civilians|evacuees|famil(?:y|ies)|households|inhabitants|people|persons|refugees"
    r"|residents|villagers|women\sand\schildren|displaced\s(?:famil\w+|people|persons))"
)
_SOME = r"(?:[\w.,-]+\s){1,5}?"
_CARRIED = re.compile(
    rf"\b{_WHO}\s(?:(?:have|has|had)\s)?(?:(?:already|also|later|now|since|then)\s)?"
    rf"(?P<took>{_TOOK})\s(?:(?P<all>them)\b|(?P<some>{_SOME})(?:of\s(?P<them>them)\b|{_PEOPLE}\b))"
)
_TRIED = re.compile(r"\b(?:could|not|never|will|would|to|should|may|might)\s$")
_LADEN = re.compile(
    rf"\b{_VEHICLES}\s(?:[a-z]+\s){{0,3}}?(?:bearing|bringing|carrying|laden\swith|with)\s"
    rf"(?P<some>{_SOME}){_PEOPLE}\b"
)
_CAME = re.compile(
    r"[^.;]{0,80}?\b(?P<came>anchored|arrived|berthed|came\s(?:ashore|in)|docked|landed|pulled\sin"
    r"|put\sin|reached|tied\sup)\b\s(?:at|in|into|off)?\s?$"
)
_GOAL = re.compile(r"[^.;]{0,80}?\b(?:to|into|towards?)\s(?:the\s(?:city|port|town)\sof\s)?$")
_FROM = re.compile(r"[^.;]{0,40}?\bfrom\s(?:the\s(?:city|port|town|village)\sof\s)?$")
_NOT_FLEEING = re.compile(
    r"\b(?:bodies|coffins|corpses|cruise|fighters|holiday|injured|militants|passengers|pilgrims"
    r"|prisoners|soldiers|tourists|workers|wounded|troops\sto)\b"
)
_SENT_BACK = re.compile(r"\b(?:deported|driven|pushed|sent|turned)\sback\b")
_ACROSS = re.compile(r"\b(?:across\sto|into|over\sto)\s$")
_PLACE_NOUN = r"(?:[Tt]he|[Tt]hat|[Tt]his)\s(?:city|settlement|town|village)"
_AT_HOME = re.compile(
    r"\b(?:famil(?:y|ies)|inhabitants|people|residents|villagers)"
    r"(?:\swho\s(?:(?:had|have)\s)?(?:live|lived|remain|remained|stay|stayed)(?:\son)?)?"
    rf"\s(?:in|of|inside)\s(?:(?P<noun>{_PLACE_NOUN})\b|(?P<name>(?=[A-Z])))"
    rf"|\b(?:(?P<noun2>{_PLACE_NOUN})|(?P<name2>[A-Z][\w'’-]+))\s(?:once\s)?(?:counted|had|has)\s[^.;]{{0,30}}?"
    r"\b(?:inhabitants|people|residents)\b"
)
_GONE = re.compile(
    r"\b(?:arriv\w+|camps?|displaced|fle[ed]\w*|hosts?|hosting|hospital|IDPs?|reach\w*|refugees?"
    r"|shelter\w*)\b",
    re.IGNORECASE,
)
_BEFORE = 350  # characters in which the people meant by "them" are told of


def with_carried(drafts: list[ClaimDraft], sent: Span, scene: SentenceContext) -> list[ClaimDraft]:
    """Return the drafts of a sentence with the movement of people who were taken somewhere."""
    made = _carried(sent, scene) or _laden(sent, scene)
    if made is None or any(d.kind is Kind.RETURN for d in drafts):
        return drafts
    goals = {key_of(p) for p in made.places if p.role is Role.DESTINATION}
    for d in drafts:
        if d.kind is not Kind.DISPLACEMENT:
            continue
        there = {key_of(p) for p in d.places if p.role is Role.DESTINATION}
        if there & goals or not d.places or _is_told_there(d, made):
            rest = [o for o in drafts if o is not d]
            return [*rest, _with_places(d, made)]
    return [*drafts, made]


def _is_told_there(draft: ClaimDraft, made: ClaimDraft) -> bool:
    """Whether a draft has only the country from which people were sent back."""
    left = {key_of(p) for p in made.places if p.role is Role.ORIGIN}
    return {key_of(p) for p in draft.places} <= left


def _with_places(draft: ClaimDraft, made: ClaimDraft) -> ClaimDraft:
    """Return a draft completed by one of the same people."""
    left = [p for p in draft.places if p.role is Role.ORIGIN]
    known = {key_of(p) for p in left}
    more = [p for p in made.places if p.role is not Role.ORIGIN or not left]
    places = tuple(left) + tuple(p for p in more if key_of(p) not in known)
    return replace(made, places=places, figure=made.figure or draft.figure)


def _carried(sent: Span, scene: SentenceContext) -> ClaimDraft | None:
    """Read "buses took 2,000 of them to X" and "the army has since trucked them to X"."""
    passage = scene.passage
    start, end = passage.bounds(sent)
    text = passage.text
    found = _CARRIED.search(text, start, end)
    if found is None or _NOT_FLEEING.search(text, start, end):
        return None
    if _TRIED.search(text[start : found.start("took")]):
        return None
    goal = _named(sent, scene, found.end(), _GOAL)
    if goal is None:
        return None
    figure, how = _figure(found, start, text), None
    origin = _named(sent, scene, found.end(), _FROM)
    if origin is not None and origin.start < goal.start:
        left = at([origin], Role.ORIGIN)
    elif found["all"]:
        left, how = _sent_back_from(sent, scene, found.start()), SENT_BACK
        told = find_figures(text[start : found.start()])
        figure = told[0] if len(told) == 1 else None
        if figure is None or not left:
            return None
    elif found["them"]:
        left = scene.discourse.recent_flight() or ()
        if not left:
            left, how = _town_of_them(start, scene), THEIR_TOWN
    else:
        left = ()
    if figure is None:
        return None
    left = tuple(p for p in left if key_of(p) not in {goal.place.id, goal.surface})
    if found["them"] and not left:
        return None  # of whom is not clear
    reasons = [Reason(ReasonKind.ORIGIN, how)] if how is not None else []
    return _draft(found.start("took"), sent, scene, left, goal, figure, reasons)


def _laden(sent: Span, scene: SentenceContext) -> ClaimDraft | None:
    """Read "a boat carrying 210 people from X docked in Y"."""
    passage = scene.passage
    start, end = passage.bounds(sent)
    text = passage.text
    found = _LADEN.search(text, start, end)
    if found is None or _NOT_FLEEING.search(text, start, end):
        return None
    origin = _named(sent, scene, found.end(), _FROM)
    goal = _named(sent, scene, origin.end, _CAME) if origin is not None else None
    figure = _figure(found, start, text)
    if origin is None or goal is None or figure is None:
        return None
    came = _CAME.match(text, origin.end, goal.start)
    verb = came.start("came") if came is not None else found.start()
    return _draft(verb, sent, scene, at([origin], Role.ORIGIN), goal, figure, [])


def _draft(
    verb: int,
    sent: Span,
    scene: SentenceContext,
    left: tuple[ClaimPlace, ...],
    goal: Mention,
    figure: Figure,
    reasons: list[Reason],
) -> ClaimDraft:
    places = (*left, *at([goal], Role.DESTINATION))
    trigger = _token(sent, scene, verb)
    return ClaimDraft(Kind.DISPLACEMENT, trigger, None, None, places, figure, reasons=reasons)


def _token(sent: Span, scene: SentenceContext, offset: int) -> Token:
    """Return the token of a sentence at an offset of the article."""
    return next((t for t in sent if scene.passage.ends[t.i] > offset), sent[0])


def _named(
    sent: Span, scene: SentenceContext, first: int, words: re.Pattern[str]
) -> Mention | None:
    """Return the first place of a sentence before which these words stand, from an offset on."""
    passage = scene.passage
    for t in sent:
        ref = passage.places.get(t.i)
        if ref is None or ref.start < first or passage.starts[t.i] != ref.start:
            continue
        own = next((m for m in scene.places(t) if m.start == ref.start), None)
        if own is not None and words.fullmatch(passage.text, first, ref.start):
            return own
    return None


def _figure(found: re.Match[str], start: int, text: str) -> Figure | None:
    """Return the figure of those taken, with its offsets in the sentence."""
    if not found["some"]:
        return None
    words = found["some"].rstrip()
    told = find_figures(f"{words} people")
    if len(told) != 1:
        return None
    at_words = text.index(words, found.start("some")) - start
    own = told[0]
    return own._replace(
        start=at_words + own.start, end=at_words + own.start + len(own.quantity.words)
    )


def _sent_back_from(sent: Span, scene: SentenceContext, before: int) -> tuple[ClaimPlace, ...]:
    """Return where those had gone who "were sent back": "who crossed into Tanzania"."""
    passage = scene.passage
    start, _ = passage.bounds(sent)
    if _SENT_BACK.search(passage.text, start, before) is None:
        return ()
    for t in sent:
        ref = passage.places.get(t.i)
        if ref is None or ref.meant is None or ref.end > before:
            continue
        if _ACROSS.search(passage.text[start : ref.start]):
            return at([Mention(ref.meant, ref.start, ref.end, ref.surface)], Role.ORIGIN)
    return ()


def _town_of_them(start: int, scene: SentenceContext) -> tuple[ClaimPlace, ...]:
    """Return the town whose people the text has just counted: "900 people lived in the town"."""
    text = scene.passage.text
    first = max(text.rfind("\n", 0, start) + 1, start - _BEFORE)
    told = list(_AT_HOME.finditer(text, first, start))
    if not told or _GONE.search(text, told[-1].start(), start):
        return ()
    last = told[-1]
    ref = None
    if last["noun"] or last["noun2"]:
        ref = _town_of_text(first, last.start(), scene)
    else:
        spot = last.start("name") if last["name"] is not None else last.start("name2")
        ref = next((r for r in scene.passage.places.values() if r.start == spot), None)
    if ref is None or ref.meant is None:
        return ()
    return at([Mention(ref.meant, ref.start, ref.end, ref.surface)], Role.ORIGIN)


def _town_of_text(first: int, before: int, scene: SentenceContext) -> Georeference | None:
    """Return what "the town" means: the last one of the paragraph, else the one told of most."""
    here = [
        r
        for r in scene.passage.places.values()
        if first <= r.start < before and r.meant is not None and r.meant.precision == "settlement"
    ]
    if here:
        return max(here, key=lambda r: r.start)
    counts = sorted(scene.discourse.counts.items(), key=lambda item: -item[1])
    if not counts or (len(counts) > 1 and counts[0][1] == counts[1][1]):
        return None
    return scene.discourse.places[counts[0][0]]
