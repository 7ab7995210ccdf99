"""Find where the cause of a flight was: in the sentence itself or in the one before.

"Clashes between X and Y displaced 3,800 people" and "Gunmen attacked X. Around 340 households fled"
name the origin with the cause. Where two places compete, or the sentence names another place of its
own, none is returned.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mapgen.coding.english.asides import sayings
from mapgen.coding.english.mentions import Mention, apart_from, holds
from mapgen.coding.english.patterns import WEEKDAYS, one_of
from mapgen.core.tables.in_force import per_tables
from mapgen.core.tables.word_lists import word_list

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Span, Token

    from mapgen.coding.english.sentence_context import ClaimDraft, SentenceContext
    from mapgen.model import ClaimPlace

CAUSES = word_list("flight", "causes")
DISPLACED = word_list("flight", "displaced")
TIES = word_list("flight", "ties")
_AT = frozenset({"against", "around", "at", "between", "in", "inside", "into", "near", "of", "on"})
_NEAR = 14  # number of words between "clashes" and the place
_MAKES = frozenset(
    {"cause", "displace", "drive", "force", "lead", "prompt", "push", "send", "spark", "trigger"}
    | {"uproot"}
)
_TIED = frozenset(
    {"after", "amid", "because", "due", "during", "escape", "flee", "following", "result", "when"}
    | {"by"}
)
_LATELY = one_of([*WEEKDAYS, "dawn", "daybreak", "last night", "the weekend", "then", "yesterday"])
# a sum over a long time or a wide area is not the flight from one town
_SUM = re.compile(
    rf"\b(?:since(?!\s{_LATELY}\b)|in all|in total|altogether|nationwide|across the country|so far"
    r"|a total of|this year|to date)\b",
    re.IGNORECASE,
)
# who comes on top of others need not come from what was told last
_MORE = re.compile(r"\W*(?:another|an additional|a further|(?:some |about )?[\d,.]+ more)\b", re.I)
_LEFT = re.compile(
    r"\b(?:fled|flee|fleeing|left|bolted|displaced|uprooted|escaped|evacuated|heading|headed|then)\b",
    re.IGNORECASE,
)
_ARRIVES = re.compile(r"\b(?:arriv\w+|reached|registered|crossed|moved)\b")
_FROM_THERE = re.compile(r"\bfrom\sthere\b", re.IGNORECASE)


def cause_in(sent: Span, scene: SentenceContext) -> list[Mention]:
    """Return the places of the fighting that a sentence names: "clashes between X and Y"."""
    aside = sayings(sent)
    for t in sent:
        if t.lower_ in CAUSES and t.i not in aside and t.i not in scene.passage.places:
            found = _places_of(t, scene)
            if found:
                return found
    return []


def _places_of(noun: Token, scene: SentenceContext) -> list[Mention]:
    """Return the places that follow a noun for fighting, with those joined to the first."""
    end = min(noun.sent.end, noun.i + _NEAR)
    for t in noun.doc[noun.i + 1 : end]:
        if t.pos_ == "VERB" and t.tag_ not in {"VBG", "VBN"}:
            return []
        if t.text in {",", ";", ":"}:
            return []
        if t.i in scene.passage.places:
            return _joined(t, noun, scene)
    return []


def _joined(first: Token, noun: Token, scene: SentenceContext) -> list[Mention]:
    """Return the places of a list that begins with a place after "attacks in" or "raid on"."""
    before = {x.lower_ for x in first.doc[noun.i + 1 : first.i]}
    if not before & _AT or "from" in before:
        return []
    found: list[Mention] = []
    for t in first.doc[first.i : first.sent.end]:
        ref = scene.passage.places.get(t.i)
        if ref is not None:
            own = [m for m in scene.places(t) if m.start == ref.start]
            found += apart_from(own, found)
        elif t.lower_ not in {",", "and", "or", "the", "town", "towns", "villages", "near", "of"}:
            break
    found = [m for m in found if not any(holds(m, o) for o in found)]
    return [m for m in found if m.place.precision not in {"country", "region"}]


def is_tied_to(draft: ClaimDraft, sent: Span) -> bool:
    """Whether a sentence says that people moved because of the fighting that it names."""
    verb = draft.trigger
    if verb.lemma_.lower() in _MAKES:
        return True
    words = {t.lower_ for t in sent} | {t.lemma_.lower() for t in sent}
    return bool(words & (_TIED | TIES | _MAKES))


def cause_before(sent: Span, scene: SentenceContext) -> tuple[ClaimPlace, ...]:
    """Return the places of fighting in the sentence before, if this one only goes on from there.

    It does not if it names another place, unless as one that people go to, or if its figure is a
    sum over a long time.
    """
    passage = scene.passage
    start, end = passage.bounds(sent)
    words = passage.text[start:end]
    told = scene.discourse.last_cause()
    if not told or is_sum(words) or _MORE.match(words):
        return ()
    if not any(p.search(words) for p in (_LEFT, _FROM_THERE, _ARRIVES, crosses())):
        return ()
    ids = {p.place_id or p.surface for p in told}
    if _names_another(sent, scene, ids):
        return ()
    return told


def is_sum(words: str) -> bool:
    """Whether a sentence gives a sum over a long time or a wide area."""
    return _SUM.search(words) is not None


@per_tables
def crosses() -> re.Pattern[str]:
    """Return the pattern of "waded or drove across the river" and "made off"."""
    way = rf"(?:{one_of(sorted(word_list('flight', 'crossing')))})"
    return re.compile(
        rf"\b{way}(?:\s(?:and|or)\s{way})?\s(?:[\w'’]+\s){{0,3}}?(?:across|off|over)\b"
        rf"|\b(?:waded|swam)\s(?:the|through)\b"
    )


def _names_another(sent: Span, scene: SentenceContext, ids: set[str]) -> bool:
    """Whether a sentence names a place that is neither a goal nor the place of the cause."""
    aside = sayings(sent)
    for t in sent:
        ref = scene.passage.places.get(t.i)
        if ref is None or t.i in aside or ref.meant is None or ref.meant.id in ids:
            continue
        before = [x.lower_ for x in t.doc[max(sent.start, t.i - 4) : t.i]]
        if ref.meant.precision == "line":
            continue  # the river that they crossed
        if ref.meant.precision in {"country", "region", "province"}:
            if _is_spread(before):  # "are displaced across North Kivu"
                return True
            continue
        if _is_fronted(t, sent) or not set(before) & _GOALS:
            return True
    return False


def _is_fronted(token: Token, sent: Span) -> bool:
    """Whether a place opens the sentence: "In Lubero, 500 families ..."."""
    return token.i - sent.start <= 1


def _is_spread(before: Sequence[str]) -> bool:
    """Whether the words before a wide area make it that in which people are displaced."""
    if not _THROUGHOUT.isdisjoint(before):
        return True
    return "in" in before and not DISPLACED.isdisjoint(before)


_THROUGHOUT = frozenset({"across", "inside", "throughout", "within"})
_GOALS = frozenset(
    {"and", "around", "as", "at", "for", "in", "into", "near", "or", "reach", "reached", "to"}
    | {"toward", "towards", ","}
)
