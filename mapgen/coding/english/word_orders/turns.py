"""Find that a place changed hands again in the sentence that tells its capture.

"Rebels took X on Monday, only to lose it on Tuesday", "Y was seized by A and was back in B's hands
by Thursday": the drafts of a sentence come in, and go out with one draft for each later turn. Each
turn keeps its own day. Without days only the last one stands, since nobody could draw the others.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from mapgen.coding.english.mentions import kids
from mapgen.coding.english.sentence_context import ClaimDraft
from mapgen.coding.english.undone import LOSING, REGAINING, day_told, is_again, is_only_to
from mapgen.core.tables.lexicon import lexicon
from mapgen.core.tables.word_lists import word_list
from mapgen.model import Kind, Role
from mapgen.reasons import Reason, ReasonKind

if TYPE_CHECKING:
    from datetime import date

    from spacy.tokens import Span, Token

    from mapgen.coding.english.sentence_context import SentenceContext
    from mapgen.model import Actor, ClaimPlace, When

MEANT = word_list("turns", "meant")
HOLDING = word_list("turns", "holding")
ENTERING = word_list("turns", "entering")
_BREAKS = frozenset({",", ";", "and", "before", "but", "then", "until", "—", "–", ":"})
_SAID = re.compile(r",\s[^,]{2,60}\s(?:reported|said|says|told)\b")
_WEEK = timedelta(days=7)
_MOST_STEPS = 6  # words from a verb to the party behind "by" or "to"


@dataclass(frozen=True, slots=True)
class _Turn:
    """A word that tells a turn, with who holds the place after it and who lost it."""

    word: Token
    holder: Actor | None
    loser: Actor | None


def with_turns(
    drafts: list[ClaimDraft], sent: Span, scene: SentenceContext, published: date | None
) -> list[ClaimDraft]:
    """Return the drafts of a sentence with the later turns of the place that was taken.

    Parameters
    ----------
    drafts
        What the frames found in the sentence.
    sent
        The sentence.
    scene
        The sentence with its context.
    published
        Day of publication.
    """
    _tell_who_kept_it(drafts, sent, scene)
    first = _capture(drafts)
    turns = _turns(first, sent, scene) if first is not None else []
    if first is None or not turns or any(t.holder is None for t in turns):
        return drafts  # who lost a place to nobody that is named is left to `undone`
    first.places = _towns(first)
    told = _with_days(first, turns, scene, published)
    words = {t.word.i for t in turns} | {first.trigger.i}
    over = [first.actor, *(t.holder for t in turns[:-1])]  # "holding the village for some hours"
    here = {_key(p) for p in first.places}
    kept = [
        d
        for d in drafts
        if d.trigger.i not in words
        and not (
            d.kind is Kind.CONTROL_STATE and d.actor in over and here & set(map(_key, d.places))
        )
    ]
    return kept + told


_KEPT = re.compile(
    r"\bthis\stime\s(?P<who>they|[^.;,]{2,40}?)\s(?:have\s|has\s)?(?:held|kept)\sit\b"
)


def _tell_who_kept_it(drafts: list[ClaimDraft], sent: Span, scene: SentenceContext) -> None:
    """Give "Y changed hands; X had stormed it in July, and this time they kept it" its taker."""
    start, end = scene.passage.bounds(sent)
    kept = _KEPT.search(scene.passage.text, start, end)
    open_ = [d for d in drafts if d.kind is Kind.CONTROL_CHANGE and d.actor is None and d.places]
    if kept is None or not open_:
        return
    subjects = [t for t in sent if t.dep_ in {"nsubj", "nsubjpass"}]
    if kept["who"] == "they":
        subjects = [t for t in reversed(subjects) if scene.passage.starts[t.i] < kept.start()]
    else:
        subjects = [t for t in subjects if scene.passage.starts[t.i] >= kept.start("who")]
    actor = scene.first_party(s for s in subjects if s.pos_ != "PRON") or _people(subjects, scene)
    if actor is not None and open_[0].from_actor != actor:
        open_[0].actor = actor


def _people(subjects: list[Token], scene: SentenceContext) -> Actor | None:
    """Return the forces of "the Abkhaz", if a table knows them."""
    for noun in subjects:
        forces = scene.cast.resolve(f"{scene.passage.word(noun)} forces")
        if noun.pos_ == "PROPN" and forces is not None and not forces.id.startswith("text:"):
            return forces
    return None


def _capture(drafts: list[ClaimDraft]) -> ClaimDraft | None:
    """Return the first draft of who took a place, if the sentence tells it of one town only."""
    taken = [d for d in drafts if d.kind is Kind.CONTROL_CHANGE and d.places]
    taken = taken or [d for d in drafts if d.kind is Kind.ADVANCE and _is_inside(d)]
    first = min(taken, key=lambda d: d.trigger.i, default=None)
    if first is None or first.actor is None or not _happened(first.trigger):
        return None  # "soldiers trying to enter Y were forced back"
    towns = _towns(first)
    wide = {_key(p) for p in first.places if p not in towns}
    named = {_key(p) for d in taken for p in d.places} - wide
    return first if towns and len(named) == 1 else None


def _towns(draft: ClaimDraft) -> tuple[ClaimPlace, ...]:
    """Return the places of a draft that are no areas."""
    return tuple(p for p in draft.places if not (p.precision and p.precision.is_area))


def _key(place: ClaimPlace) -> str:
    return place.place_id or place.surface


def _is_inside(draft: ClaimDraft) -> bool:
    return all(p.role is Role.AT for p in draft.places)


def _turns(first: ClaimDraft, sent: Span, scene: SentenceContext) -> list[_Turn]:
    """Return the turns that follow a capture in its sentence, in their order."""
    holder, other = first.actor, first.from_actor
    found: list[_Turn] = []
    left = False
    for t in sent:
        if t.i <= first.trigger.i or t.i in scene.passage.places or t.i in scene.passage.actors:
            continue
        if _is_withdrawal(t) and scene.actor(t) == holder:
            left = True
            continue
        turn = _turn(t, holder, other, scene, left=left)
        if turn is not None and turn.holder != holder:
            found.append(turn)
            holder, other = turn.holder, holder
    return found


def _turn(
    word: Token, holder: Actor | None, other: Actor | None, scene: SentenceContext, *, left: bool
) -> _Turn | None:
    """Return the turn that a word tells, or None."""
    lemma = word.lemma_.lower()
    new: Actor | None = None
    if word.lower_ == "back":
        new = _back_in_hands(word, scene)
        return _Turn(word, new, holder) if new is not None else None
    if not _goes_on(word, scene):
        return None
    entry = lexicon().get((lemma, "verb"))
    by = _behind(word, "by", scene) if _is_passive(word) else None
    if lemma in REGAINING or is_again(word):
        new = (by or other) if _is_passive(word) else scene.actor(word)
    elif lemma in LOSING - {"leave", "quit"}:
        return _Turn(word, _behind(word, "to", scene), holder)
    elif entry is not None and entry.frame == "dislodge":
        new = by if _is_passive(word) else _driving_them_out(word, scene)
    elif left and lemma in ENTERING:
        new = scene.actor(word)
    return _Turn(word, new, holder) if new is not None else None


def _goes_on(word: Token, scene: SentenceContext) -> bool:
    """Whether a word is a verb that tells what happened next to the place told before."""
    if word.pos_ != "VERB" or word.dep_ == "amod":
        return False
    return _happened(word) and not _is_earlier(word) and _is_of_it(word, scene)


def _happened(verb: Token) -> bool:
    """Whether a verb is no wish and no denial; "only to lose it" is none."""
    helpers = kids(verb, "aux", "auxpass")
    if kids(verb, "neg") or any(h.tag_ == "MD" for h in helpers):
        return False
    to = [h for h in helpers if h.tag_ == "TO"]
    return not to or is_only_to(verb)


def _is_earlier(verb: Token) -> bool:
    """Whether a verb tells what came before: "retook X two days after it was abandoned"."""
    clauses = [verb, *(a for a in verb.ancestors if a.sent == verb.sent)]
    return any(c.lower_ in {"after", "since"} for v in clauses for c in kids(v, "mark"))


def _driving_them_out(verb: Token, scene: SentenceContext) -> Actor | None:
    """Return who drove out those who had come: "until militiamen drove them out"."""
    them = any(o.lower_ in {"it", "them"} for o in kids(verb, "dobj"))
    out = any(c.lower_ in {"back", "off", "out"} for c in kids(verb, "prt", "advmod", "prep"))
    return scene.actor(verb) if them and out else None


def _is_of_it(verb: Token, scene: SentenceContext) -> bool:
    """Whether a verb acts on the place told before, not on another thing or place."""
    things = kids(verb, "dobj", "nsubjpass")
    named = [t for o in things for t in o.subtree if t.i in scene.passage.places]
    return not named and all(o.lower_ in MEANT or scene.party(o) is not None for o in things)


def _is_passive(verb: Token) -> bool:
    return verb.tag_ == "VBN" and not kids(verb, "nsubj")


def _is_withdrawal(verb: Token) -> bool:
    """Whether a verb tells that troops leave: "withdrew", "pulled its last men out"."""
    if verb.pos_ != "VERB" or kids(verb, "neg"):
        return False
    out = any(c.lower_ in {"out", "back"} for c in kids(verb, "prt", "advmod"))
    return verb.lemma_.lower() in {"withdraw", "retreat"} or (verb.lemma_ == "pull" and out)


def _behind(verb: Token, preposition: str, scene: SentenceContext) -> Actor | None:
    """Return the party that stands behind a preposition after a verb: "by the army"."""
    after = verb.doc[verb.i + 1 : verb.sent.end]
    for word in after:
        if word.lower_ in _BREAKS and word.i > verb.i + 1:
            return None
        if word.lower_ == preposition:
            return scene.first_party(verb.doc[word.i + 1 : word.i + _MOST_STEPS])
    return None


def _back_in_hands(back: Token, scene: SentenceContext) -> Actor | None:
    """Return the party of "was back in army hands", "is back under the control of X".

    In "soldiers were back in the village", it is the subject.
    """
    end = min(back.i + 1 + _MOST_STEPS + 2, back.sent.end)
    after = list(back.doc[back.i + 1 : end])
    if not after or after[0].lower_ not in {"in", "under"}:
        return None
    held = next((t for t in after if t.lower_ in HOLDING), None)
    if held is None and after[0].lower_ == "in" and back.head.lemma_ == "be":
        there = any(t.lower_ in MEANT for t in kids(after[0], "pobj"))
        return scene.actor(back.head) if there else None
    return scene.first_party([*reversed(after[: after.index(held)]), *after]) if held else None


def _with_days(
    first: ClaimDraft, turns: list[_Turn], scene: SentenceContext, published: date | None
) -> list[ClaimDraft]:
    """Return the capture and its turns, each with the day of its part of the sentence."""
    sent = first.trigger.sent
    starts = [sent.start, *(_clause_start(t.word) for t in turns)]
    pairs = zip(starts, [*starts[1:], sent.end], strict=True)
    words = [scene.passage.span_text(list(sent.doc[a:b])) for a, b in pairs]
    days: list[When | None] = []
    for clause in words:
        told = _SAID.split(clause)[0]  # not the day on which somebody spoke
        days.append(day_told(told, published, days[-1] if days else None))
    days = _in_order(days)
    drafts = [
        ClaimDraft(
            Kind.CONTROL_CHANGE,
            turn.word,
            turn.holder,
            turn.loser,
            tuple(replace(p, role=Role.AT) for p in first.places),
            anchors=[first.trigger],
            reasons=[Reason(ReasonKind.KIND, "a later turn of the same sentence")],
            when=day,
        )
        for turn, day in zip(turns, days[1:], strict=True)
    ]
    if days[-1] is None:
        return drafts[-1:]
    first.when = first.when or days[0]
    return [first, *drafts] if first.when is not None else drafts


def _in_order(days: list[When | None]) -> list[When | None]:
    """Return the days of turns in their order: "on Monday" before "on Tuesday" is a week back."""
    found = list(days)
    for i in range(len(found) - 2, -1, -1):
        day, later = found[i], found[i + 1]
        if day and later and day.start and day.end and later.start and day.start > later.start:
            found[i] = replace(day, start=day.start - _WEEK, end=day.end - _WEEK)
    return found


def _clause_start(word: Token) -> int:
    """Return the index where the clause of a word begins."""
    return next(
        (t.i for t in reversed(word.doc[word.sent.start : word.i]) if t.lower_ in _BREAKS),
        word.i,
    )
