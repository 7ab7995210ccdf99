"""Find people who go home, by the words for going back and the places around them.

"Some 420 families who had fled X went back", "900 residents of X came home" and "640 returnees were
recorded at X" tell of returns to X. A sentence and its drafts come in; the drafts with returns go
out.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from mapgen.coding.english.mentions import Mention, apart_from, kids
from mapgen.coding.english.parties import PEOPLE_NOUNS
from mapgen.coding.english.quantities import find_figures
from mapgen.coding.english.sentence_context import ClaimDraft, at
from mapgen.coding.english.word_orders.flight_merging import key_of
from mapgen.model import Kind, Role
from mapgen.reasons import Reason, ReasonKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.tokens import Span, Token

    from gazetteer import Place
    from mapgen.coding.english.quantities import Figure
    from mapgen.coding.english.sentence_context import SentenceContext
    from mapgen.model import ClaimPlace
    from mapgen.places.georeference import Georeference

_GOING = frozenset({"come", "drive", "flow", "go", "head", "move", "stream", "travel", "trickle"})
_GOING |= {"walk"}
_BACK = frozenset({"back", "home"})
_TO = frozenset({"at", "in", "into", "to"})
_NEXT = frozenset({",", "and", "into", "to"})  # before the next place; "X in Y" is one
_SENDING = frozenset({"bring", "bus", "drive", "escort", "fly", "help", "move", "repatriate"})
_SENDING |= {"send", "ship", "take", "transfer", "transport", "truck"}
_RECORDED = frozenset({"arrive", "count", "record", "register", "reach"})
# those who go back, when the words before told who fled
_THEY = re.compile(
    r"\b(?:of (?:these|them|those|whom)|they"
    r"|(?:all|half|many|most|part|some) of the"
    r" (?:displaced|families|households|people|residents))\b",
    re.IGNORECASE,
)
_ARMED = re.compile(
    r"\b(?:army|battalion|brigade|delegation|fighters|forces|ministers?|police|rebels|soldiers"
    r"|patients|prisoners|staff|troops)\b",
    re.IGNORECASE,
)


def told_return(drafts: list[ClaimDraft], sent: Span, scene: SentenceContext) -> list[ClaimDraft]:
    """Return the drafts of a sentence with the return of people, if it tells of one."""
    if any(d.kind is Kind.RETURN for d in drafts):
        return drafts
    trigger = _trigger(sent, scene)
    if trigger is not None and _is_ahead(trigger):
        return drafts
    if trigger is None:
        return [_marked(d, sent, scene) for d in drafts]
    words = _clause(trigger, scene)
    figure = _figure(trigger, scene)
    if _ARMED.search(_who(trigger) or words) or not (figure or _is_of_people(trigger, scene)):
        return drafts
    reached = _reached(trigger, scene)
    places: tuple[ClaimPlace, ...] = at(reached, Role.DESTINATION)
    if not places:
        places = _homes(drafts, trigger, figure, scene)
    figure = _of_share(figure, trigger, scene)
    if not places:
        return drafts
    places = (*at(_left(trigger, places, scene), Role.ORIGIN), *places)
    draft = ClaimDraft(Kind.RETURN, trigger, None, None, places, figure)
    return [*drafts, draft]


def without_returned(drafts: list[ClaimDraft]) -> list[ClaimDraft]:
    """Drop the flight of those who are back: "420 families who had fled X went back"."""
    back = [d for d in drafts if d.kind is Kind.RETURN]
    if not back:
        return drafts
    return [
        d
        for d in drafts
        if d.kind is not Kind.DISPLACEMENT or not any(_is_of_same(d, b) for b in back)
    ]


def _is_of_same(flight: ClaimDraft, back: ClaimDraft) -> bool:
    """Whether a flight is that of the people who return: one figure, or "who had fled"."""
    if flight.figure is not None and back.figure is not None:
        return flight.figure.quantity == back.figure.quantity
    verb = flight.trigger
    if verb.dep_ == "acl" and verb.tag_ != "VBG":  # "people displaced from X are going home"
        return flight.figure is None and verb.i < back.trigger.i
    return verb.dep_ == "relcl" and any(c.lower_ == "had" for c in verb.children)


def _trigger(sent: Span, scene: SentenceContext) -> Token | None:
    """Return the word that tells of a return, or None."""
    for t in sent:
        if t.i in scene.passage.places:
            continue
        after = t.nbor(1).lower_ if t.i + 1 < sent.end else ""
        later = t.nbor(2).lower_ if t.i + 2 < sent.end else ""
        if t.lemma_.lower() in _GOING and (after in _BACK or (after, later) == ("back", "to")):
            return t
        if t.lower_ == "returnees" and _is_counted(t):
            return t.head if t.head.pos_ == "VERB" else t
        if t.lemma_.lower() == "return" and t.pos_ == "VERB" and after not in {"fire", "to"}:
            return t
        verb = _at_home(t, scene) or _led_back(t, scene)
        if verb is not None:
            return verb
    return None


def _at_home(verb: Token, scene: SentenceContext) -> Token | None:
    """Return the verb of "half were home by Friday", or None."""
    words = [t.lower_ for t in verb.doc[verb.i + 1 : verb.i + 3]]
    if verb.lemma_.lower() != "be" or words[:1] != ["home"] or not _HOME_BY & {*words[1:]}:
        return None
    return verb if _shared(verb, scene) else None


def _led_back(back: Token, scene: SentenceContext) -> Token | None:
    """Return the verb that goes with "back to" or "home to", or None."""
    if back.lower_ not in _BACK or back.i + 1 >= back.sent.end or back.nbor(1).lower_ != "to":
        return None
    return _came_out(back) or _went_from(back) or _sent(back, scene)


_HOME_BY = frozenset({"again", "already", "by", "on", "since", "within"})
_SHARE = re.compile(
    r"\b(?P<share>a\squarter|a\sthird|half|many|most|some|two\sthirds)(?:\sof\s(?:them|these|those))?\s$"
)
_SHARES = {"a quarter": 0.25, "a third": 1 / 3, "half": 0.5, "two thirds": 2 / 3}


def _shared(verb: Token, scene: SentenceContext) -> re.Match[str] | None:
    """Return the words of "half were home by Friday" before the verb, or None."""
    start, _ = scene.passage.bounds(verb.sent)
    return _SHARE.search(scene.passage.text, start, scene.passage.starts[verb.i])


def _of_share(figure: Figure | None, verb: Token, scene: SentenceContext) -> Figure | None:
    """Return the figure of the share of those who left that "were home by Friday"."""
    found = _shared(verb, scene) if verb.lemma_.lower() == "be" else None
    if found is None:
        return figure
    before = find_figures(found.string[scene.passage.bounds(verb.sent)[0] : found.start()])
    figure = before[-1] if before else None
    if figure is None:
        return None
    share, whole = _SHARES.get(found["share"]), figure.quantity
    if share is None or whole.best is None:
        return None
    n = round(share * whole.best)
    quantity = replace(whole, low=n, high=n, best=None, words=found["share"])
    start = scene.passage.bounds(verb.sent)[0]
    return figure._replace(
        quantity=quantity, start=found.start() - start, end=found.end("share") - start
    )


def _sent(back: Token, scene: SentenceContext) -> Token | None:
    """Return the verb of "sent 3,000 people from Y back to X", if those sent are people."""
    for verb in reversed(back.doc[back.sent.start : back.i]):
        if verb.lemma_.lower() in _SENDING and verb.pos_ == "VERB":
            things = kids(verb, "dobj", "nsubjpass")
            return verb if any(scene.people(o) for o in things) else None
    return None


def _came_out(back: Token) -> Token | None:
    """Return the verb of "came out of the bush and back to X"."""
    if back.lower_ != "back":
        return None
    if back.i == back.sent.start or back.nbor(-1).lower_ not in {"and", ","}:
        return None
    before = [t for t in back.doc[back.sent.start : back.i] if t.lemma_.lower() in _GOING]
    return before[-1] if before else None


def _went_from(back: Token) -> Token | None:
    """Return the verb of "went from Y back to X"."""
    for verb in reversed(back.doc[max(back.sent.start, back.i - _WAY) : back.i]):
        if verb.lemma_.lower() in _GOING and verb.pos_ == "VERB":
            return verb if verb.nbor(1).lower_ == "from" else None
    return None


_WAY = 10  # words from "went" to "back"


def _is_ahead(trigger: Token) -> bool:
    """Whether people are only told, or hope, to go back: "told 3,000 people to go back"."""
    if not any(c.lower_ == "to" and c.dep_ == "aux" for c in trigger.children):
        return False
    return trigger.head.lemma_.lower() not in {"begin", "continue", "manage", "start"}


def _is_counted(noun: Token) -> bool:
    """Whether a number stands before "returnees": those who have returned."""
    return any(c.tag_ == "CD" for c in noun.subtree) and (
        noun.head.lemma_.lower() in _RECORDED or noun.dep_ == "ROOT"
    )


def _who(trigger: Token) -> str:
    """Return the words for those who go back, without clauses about them."""
    if trigger.lemma_.lower() in _SENDING and kids(trigger, "dobj"):
        return " ".join(t.text for t in kids(trigger, "dobj")[0].subtree)
    verbs = [trigger, *(c for c in trigger.children if c.dep_ == "aux")]
    who = next((t for v in verbs for t in v.children if t.dep_ in _SUBJECTS), None)
    if who is None:
        return ""
    aside = {x.i for t in who.children if t.dep_ in {"acl", "relcl"} for x in t.subtree}
    return " ".join(t.text for t in who.subtree if t.i not in aside)


_SUBJECTS = frozenset({"nsubj", "nsubjpass"})


def _clause_start(trigger: Token) -> int:
    """Return the index of the first word of the clause of the trigger."""
    sent = trigger.sent
    breaks = [t.i for t in sent.doc[sent.start : trigger.i] if t.lower_ in _BREAKS]
    return max(breaks, default=sent.start)


_BREAKS = frozenset({";", "after", "although", "but", "though", "whereas", "while"})


def _clause(trigger: Token, scene: SentenceContext) -> str:
    """Return the words from the beginning of the clause to the verb of going."""
    tokens = list(trigger.doc[_clause_start(trigger) : trigger.i + 1])
    return scene.passage.span_text(tokens)


def _figure(trigger: Token, scene: SentenceContext) -> Figure | None:
    """Return the figure of those who return: the nearest before the verb, or the one after it."""
    start, end = scene.passage.bounds(trigger.sent)
    text = scene.passage.text[start:end]
    at_verb = scene.passage.starts[trigger.i] - start
    figures = find_figures(text) or _bare(text)
    first = scene.passage.starts[_clause_start(trigger)] - start
    before = [f for f in figures if first <= f.start < at_verb]
    behind = [f for f in figures if f.start >= at_verb]
    return next(iter(before[-1:] or behind), None)


def _bare(text: str) -> list[Figure]:
    """Return a number that stands for people told of before: "Of these, 600 went back"."""
    m = re.search(r"\b(?:some |about |around )?(?P<number>\d{1,3}(?:,\d{3})+|\d{2,3})\b", text)
    if m is None or not _THEY.search(text):
        return []
    told = find_figures(f"{m.group(0)} people")
    return [told[0]._replace(start=m.start(), end=m.end())] if told else []


def _is_of_people(trigger: Token, scene: SentenceContext) -> bool:
    """Whether people are said to go home, with no number of them."""
    begun = trigger.dep_ == "xcomp" and trigger.head.lemma_.lower() in _BEGINNING
    clause = trigger.head if begun else trigger  # "people have begun to return"
    words = {t.lower_ for t in clause.subtree if t.i not in scene.passage.places}
    return bool(words & (PEOPLE_NOUNS - {"most", "many", "majority"}))


_BEGINNING = frozenset({"begin", "continue", "start"})


def _reached(trigger: Token, scene: SentenceContext) -> list[Mention]:
    """Return the places to which people go back."""
    sent = trigger.sent
    found: list[Mention] = []
    first = trigger.i + 1
    if trigger.lemma_.lower() in _SENDING:  # "sent displaced people back to X"
        first = next((t.i for t in sent.doc[first : sent.end] if t.lower_ in _BACK), first)
    for t in sent.doc[first : sent.end]:
        ref = scene.passage.places.get(t.i)
        before = sent.doc[max(sent.start, t.i - 1)]
        if t.text == ";" or (t.pos_ == "VERB" and t.i > trigger.i):
            break
        if ref is not None and before.lower_ in (_NEXT if found else _TO):
            own = [m for m in scene.places(t) if m.start == ref.start]
            found += apart_from(own, found)
    return found


def _left(trigger: Token, homes: Iterable[ClaimPlace], scene: SentenceContext) -> list[Mention]:
    """Return the places from which people go back: "went back to X from Y", "mainly from Y"."""
    sent, known = trigger.sent, {p.start for p in homes}
    return [
        m
        for t in sent.doc[trigger.i + 1 : sent.end]
        if t.i in scene.passage.places and t.nbor(-1).lower_ == "from"
        for m in scene.places(t)
        if m.start not in known
    ]


def _homes(
    drafts: list[ClaimDraft], trigger: Token, figure: Figure | None, scene: SentenceContext
) -> tuple[ClaimPlace, ...]:
    """Return the places that those who go home had left: here, or in the sentences before."""
    left = [
        p
        for d in drafts
        if d.kind is Kind.DISPLACEMENT and _is_theirs(d, trigger, figure)
        for p in d.places
        if p.role is Role.ORIGIN
    ]
    if left:
        return _as_goals(left)
    own = [
        m
        for t in trigger.doc[_clause_start(trigger) : trigger.i]
        if t.i in scene.passage.places and _is_home(t)
        for m in scene.places(t)
    ]
    if own:
        return at(own, Role.DESTINATION)
    led = scene.discourse.led
    if led is not None and led.leader is not None and led.leader.meant is not None:
        return at([_mention(led.leader, led.leader.meant)], Role.DESTINATION)
    before = scene.discourse.recent_flight()
    start, end = scene.passage.bounds(trigger.sent)
    if not _THEY.search(scene.passage.text[start:end]):
        return ()
    return _as_goals(before) if before is not None else _town_of_before(start, scene)


def _mention(reference: Georeference, place: Place) -> Mention:
    return Mention(place, reference.start, reference.end, reference.surface)


def _town_of_before(start: int, scene: SentenceContext) -> tuple[ClaimPlace, ...]:
    """Return the town whose people the sentence before is about: "People in X ... 400 of them"."""
    before = scene.passage.text[max(0, start - _BEFORE) : start]
    ref = scene.discourse.antecedent(start, near=True)
    if ref is None or ref.meant is None or not _AT_HOME.search(before) or _GONE.search(before):
        return ()
    return at([_mention(ref, ref.meant)], Role.DESTINATION)


_BEFORE = 200  # characters of the sentence before
_AT_HOME = re.compile(r"\b(?:families|inhabitants|people|residents|villagers)\b", re.IGNORECASE)
_GONE = re.compile(
    r"\b(?:arriv\w+|camps?|displaced|fle[ed]\w*|hosts?|hosting|IDPs?|reach\w*|refugees?|shelter\w*)\b",
    re.IGNORECASE,
)


def _as_goals(places: Iterable[ClaimPlace]) -> tuple[ClaimPlace, ...]:
    """Return places that people had left, each once, as those to which they go back."""
    each = {key_of(p): p for p in places}
    return tuple(replace(p, role=Role.DESTINATION) for p in each.values())


def _is_theirs(flight: ClaimDraft, trigger: Token, figure: Figure | None) -> bool:
    """Whether a flight is that of the people who go home.

    It is theirs if it has no other figure, or if a clause of its own tells that some came home.
    """
    if flight.trigger.i < _clause_start(trigger):
        return trigger.nbor(1).lower_ in _BACK
    if flight.figure is None or figure is None:
        return True
    return flight.figure.quantity == figure.quantity


def _is_home(place: Token) -> bool:
    """Whether a place is that of residents: "900 residents of X"."""
    if place.i < place.sent.start + 2:
        return False
    return place.nbor(-1).lower_ in {"of", "from"} and place.nbor(-2).lower_ in PEOPLE_NOUNS


_RETURN = re.compile(r"\(\s*returns?\s*\)|\breturn movements?\b", re.IGNORECASE)


def _marked(draft: ClaimDraft, sent: Span, scene: SentenceContext) -> ClaimDraft:
    """Return a movement that the text marks as a return: "arrived from Y in X (return)"."""
    start, end = scene.passage.bounds(sent)
    words = scene.passage.text[start:end]
    reached = any(p.role is Role.DESTINATION for p in draft.places)
    if draft.kind is not Kind.DISPLACEMENT or not reached or not _RETURN.search(words):
        return draft
    reason = Reason(ReasonKind.WORDS, "the text calls it a return")
    return replace(draft, kind=Kind.RETURN, reasons=[*draft.reasons, reason])
