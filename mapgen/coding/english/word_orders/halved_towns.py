"""Read that two sides each hold a part of a town: "X has the centre of Y, Z its western quarters".

Who holds the middle of a town while another holds its edge does not have it: the town is contested.
So is one of which nobody can say who has it. A sentence comes in; drafts of states without a holder
go out.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mapgen.coding.english.days_of_places import NO_DAY
from mapgen.coding.english.mentions import TOWN_NOUNS, is_wide
from mapgen.coding.english.patterns import one_of
from mapgen.coding.english.sentence_context import outside_countries
from mapgen.coding.english.verb_frames.contested import contested_draft
from mapgen.core.tables.in_force import per_tables
from mapgen.core.tables.word_lists import word_list
from mapgen.model import Kind

if TYPE_CHECKING:
    from collections.abc import Collection

    from spacy.tokens import Span, Token

    from mapgen.coding.english.mentions import Mention
    from mapgen.coding.english.sentence_context import ClaimDraft, SentenceContext
    from mapgen.model import Actor

_HOLDS = r"(?:controls?|has|have|held|holds?|keeps?|kept|retains?)"
_IS_ON = r"(?:are|is|remains?|sits?|stands?|was|were)\s(?:at|in|on)"
_REST = r"(?:\w+\s){0,3}?"


@per_tables
def _part() -> str:
    """Return a pattern for a part of a town: "its western quarters", "the middle"."""
    parts = one_of(sorted(word_list("governors", "halves"), key=len, reverse=True))
    return rf"(?:its|the|most\sof|parts\sof|some\sof)\s(?:the\s)?{_REST}{parts}\b"


@per_tables
def _holds_part() -> re.Pattern[str]:
    """Return a pattern for what stands behind the first party: "still hold the centre"."""
    return re.compile(rf"[’']?\s?{_REST}(?:{_HOLDS}|{_IS_ON})\s{_part()}")


@per_tables
def _other_part() -> re.Pattern[str]:
    """Return a pattern for what stands behind the second: "the rest", "are on its edge"."""
    return re.compile(rf"(?:,\swho)?\s{_REST}(?:(?:{_HOLDS}|{_IS_ON})\s)?{_part()}")


_HAS_MOST = re.compile(
    r"[’']?(?:,\s[^,.;]{3,40},)?\s(?:still\s|now\s)?"
    r"(?:ha(?:ve|s)(?:\shad)?|controls?|holds?|(?:are|remain|were)\smasters\sof)\s"
    r"(?:much|most|half|parts|some|three\squarters|two\sthirds)\sof\s(?:the\s)?"
)


_SIDES = 2
_SECOND = re.compile(r"(?:[,;]|\b(?:and|but|while|whereas))\s(?:\w+\s){0,3}?$")


def told_halved(
    sent: Span, scene: SentenceContext, drafts: Collection[ClaimDraft]
) -> list[ClaimDraft]:
    """Return the town of which a sentence gives one part to one side and one to another.

    Parameters
    ----------
    sent
        A parsed sentence.
    scene
        The sentence with its context.
    drafts
        What the sentence is known to say: who takes or holds the whole town is not contradicted.
    """
    if any(d.kind is Kind.CONTROL_CHANGE and d.places for d in drafts):
        return []
    parties = _parties(sent, scene)
    for party, _ in parties:
        mentions = _mostly_had(party, sent, scene)
        if mentions:
            return [_contested(party, mentions)]
    open_ = _open_question(sent, scene)
    if open_ is not None:
        return [_contested(*open_)]
    second = _second_side(parties, sent, scene)
    mentions = _town(sent, scene) if second is not None else []
    return [_contested(parties[0][0], mentions, second)] if mentions else []


def _contested(word: Token, mentions: list[Mention], other: Token | None = None) -> ClaimDraft:
    """Return the state of a town that nobody holds as a whole, on no day of its own."""
    draft = contested_draft(word, mentions, [other] if other is not None else [])
    draft.when = NO_DAY
    return draft


def _mostly_had(party: Token, sent: Span, scene: SentenceContext) -> list[Mention]:
    """Return the town of "X has had most of Y since Tuesday"."""
    text, end = scene.passage.text, scene.passage.bounds(sent)[1]
    had = _HAS_MOST.match(text, scene.passage.ends[party.i], end)
    if had is None:
        return []
    next_ = next((t for t in sent if scene.passage.starts[t.i] >= had.end()), None)
    is_town = next_ is not None and (next_.i in scene.passage.places or next_.lower_ in TOWN_NOUNS)
    mentions = outside_countries(scene.places(next_)) if next_ is not None and is_town else []
    return [m for m in mentions if not is_wide(m)]


_WHO = re.compile(r"\b[Ww]ho\s(?:controls|has|holds|runs)\s(?:the\s)?$")
_UNKNOWN = re.compile(
    r"(?:\s(?:now|today|tonight))?\s(?:is|remains|was)\s(?:(?:still|now)\s)?"
    r"(?:an open question|any(?:body|one)['’]s guess|difficult to say|hard to (?:say|tell)"
    r"|impossible to say|uncertain|unclear|unknown)\b"
)
_UNCLEAR = re.compile(r"\b(?:hard to say|impossible to say|uncertain|unclear|unknown)\s$")


def _open_question(sent: Span, scene: SentenceContext) -> tuple[Token, list[Mention]] | None:
    """Return the town of "who has Y is hard to say" and "it is unclear who holds Y"."""
    text, (start, end) = scene.passage.text, scene.passage.bounds(sent)
    for town in sent:
        ref = scene.passage.places.get(town.i)
        if ref is None and town.lower_ not in TOWN_NOUNS:
            continue
        opens = ref.start if ref is not None else scene.passage.starts[town.i]
        asked = _WHO.search(text, start, opens)
        if asked is None:
            continue
        behind = _UNKNOWN.match(text, scene.passage.ends[town.i], end)
        if behind is None and not _UNCLEAR.search(text[start : asked.start()]):
            continue
        mentions = [m for m in outside_countries(scene.places(town)) if not is_wide(m)]
        if mentions:
            return town, mentions
    return None


def _second_side(
    parties: list[tuple[Token, Actor]], sent: Span, scene: SentenceContext
) -> Token | None:
    """Return the side that has the other part of a town of which the first has one."""
    if len(parties) < _SIDES:
        return None
    text, (start, end) = scene.passage.text, scene.passage.bounds(sent)
    first, one = parties[0]
    holds = _holds_part().match(text, scene.passage.ends[first.i], end)
    if holds is None:
        return None
    for second, other in parties[1:]:
        opens = scene.passage.starts[second.i]
        apart = _SECOND.search(text[max(start, opens - 40) : opens]) is not None
        behind = _other_part().match(text, scene.passage.ends[second.i], end)
        if other.side != one.side and apart and behind is not None and opens >= holds.end():
            return second
    return None


def _parties(sent: Span, scene: SentenceContext) -> list[tuple[Token, Actor]]:
    """Return the last words of the parties that a sentence names, with them."""
    found: dict[str, tuple[Token, Actor]] = {}
    for t in sent:
        beside = t.nbor(1).lower_ if t.i + 1 < sent.end else ""
        follows = t.dep_ == "compound" and beside not in {"control", "hold"}  # read as nouns
        if t.pos_ not in {"NOUN", "PROPN"} or follows or t.i in scene.passage.places:
            continue
        actor = scene.party(t)
        if actor is not None and actor.id not in found:
            found[actor.id] = (t, actor)
    return list(found.values())


def _town(sent: Span, scene: SentenceContext) -> list[Mention]:
    """Return the one town that a sentence names, or that "the town" in it means."""
    named = {
        m.start: m
        for t in sent
        if t.i in scene.passage.places
        for m in outside_countries(scene.places(t))
        if not is_wide(m)
    }
    if named:
        return list(named.values()) if len(named) == 1 else []
    meant = [m for t in sent if t.lower_ in TOWN_NOUNS for m in outside_countries(scene.places(t))]
    return meant[:1] if len({m.place.id for m in meant}) == 1 else []
