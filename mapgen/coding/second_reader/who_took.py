"""Find who took, lost or holds a place of which the network says so.

What the words around the place say comes first; see `said_sides`. Else it is the party nearest to
the place that the network takes for the one, first in the same sentence. A sentence that names a
party of its own takes none from another one.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from mapgen.coding.second_reader import labels as says
from mapgen.coding.second_reader.distances import distance, nearest
from mapgen.coding.second_reader.marked import SpanKind
from mapgen.coding.second_reader.said_sides import Said, is_told_as_lost, said_sides, who_opens
from mapgen.core.tables.actors import as_written

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from mapgen.coding.english.article_context import ArticleContext
    from mapgen.coding.second_reader.reader import Mark
    from mapgen.core.tables.actors import Cast
    from mapgen.model import Actor, Attribution

ACTS = 0.5
"""Probability from which a party is taken for the one that took or lost a place."""

_FAR = 400  # characters between a place and the party in another sentence that took it
_OURS = re.compile(r"\b[Oo]ur\s(?:\w+\s){0,2}$")  # "our gallant forces"
_THEIRS = re.compile(r"\b(?:[Hh]is|[Ii]ts|[Tt]heir)\s(?:\w+\s)?$")  # "X said its fighters ..."

_FELL = re.compile(r"[^.;:]{0,30}\b(?:fallen|fell|falls)\b")
_OWN_NAME = re.compile(r" (?:of )?(?P<name>[A-Z][\w'’-]+)")  # "the gang Canaan"
_OPENS_WITH = re.compile(
    r"(?:^|[\"“‘:;]\s?)(?:The\s)?(?P<side>Army|Government|Junta|Opposition|Rebel|Regime)\s$"
)
_NAMED_BEHIND = frozenset({"faction", "gang", "militia"})


class Acting:
    """The names and general words of a text that may be parties, in reading order."""

    def __init__(self, marks: Sequence[Mark]) -> None:
        self._marks = sorted(marks, key=lambda m: m.span.start)
        self._starts = [m.span.start for m in self._marks]

    def near(self, mark: Mark) -> list[Mark]:
        """Return those in the sentence of a mark and a few lines around it, without itself."""
        first = bisect_left(self._starts, mark.sentence[0] - _FAR)
        after = bisect_right(self._starts, mark.sentence[1] + _FAR)
        return [m for m in self._marks[first:after] if m.span != mark.span]


@dataclass(frozen=True, slots=True)
class Sides:
    """The parties of an article, to find those that took, lost or hold a place.

    Parameters
    ----------
    context
        The places and parties of the article.
    marks
        Marks that may be parties.
    speaker
        Returns who says a sentence, by its offsets.
    """

    context: ArticleContext
    marks: Sequence[Mark]
    speaker: Callable[[int, int], Attribution | None]
    acting: Acting = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "acting", Acting(self.marks))

    def of(self, mark: Mark) -> tuple[Actor | None, Actor | None]:
        """Return who took a place and who lost it, as far as words and network tell."""
        cast = self._cast(mark)
        actor = self.party(mark, says.TAKER)
        loser = self.party(mark, says.LOSER)
        if loser is None:
            loser = cast.opponent(actor)
        if actor is None and loser is not None:
            actor = cast.opponent(loser)
        if actor is not None and loser is not None and loser.is_with(actor):
            loser = None
        return actor, loser

    def party(self, mark: Mark, label: str) -> Actor | None:
        """Return the party of a label: by the words, else the nearest that the network takes so."""
        said = self._said(mark)
        named, other = said.taker, said.loser
        if label == says.LOSER:
            named, other = other, named
        if named is not None:
            return self._actor(named)
        if label == says.TAKER and is_told_as_lost(mark, self.context.text):
            return None  # "after the loss of Y, the army fell back" names who lost it
        around = [m for m in self._actors(mark) if m is not other]
        able = [m for m in around if m.probabilities[label] >= ACTS]
        here = [m for m in able if m.sentence == mark.sentence]
        if here:
            close = [m for m in here if distance(m, mark) <= _FAR]
            return self._actor(nearest(mark, close or here))
        opens = who_opens(mark, self.context.text)
        if opens is not None:
            return self._of_words(opens, mark) if label != says.LOSER else None
        if other is not None or any(_is_other_party(m, mark) for m in around):
            return None  # the sentence names a party, so that no earlier one is meant
        return self._in_another_sentence(mark, able)

    def _in_another_sentence(self, mark: Mark, able: Sequence[Mark]) -> Actor | None:
        """Return the nearest party of a few lines around a sentence, rather one told before."""
        section = self.context.section(mark.span.start)
        near = [m for m in able if distance(m, mark) <= _FAR]
        near = [m for m in near if self.context.section(m.span.start) is section]
        before = [m for m in near if m.span.end <= mark.sentence[0]]
        found = self._actor(nearest(mark, before or near)) if near else None
        state = self._cast(mark).state()
        is_own = found is not None and state is not None and found.side == state.side
        falls = _FELL.match(self.context.text, mark.span.end) is not None
        return None if is_own and falls else found  # the army did not take it by "Y fell"

    def _cast(self, mark: Mark) -> Cast:
        """Return the parties of the section of a mark, with the country of its own place."""
        cast = self.context.section(mark.span.start).cast
        meant = mark.reference.meant if mark.reference is not None else None
        country = meant.country if meant is not None else None
        if country is None:
            return cast
        return replace(cast, country=cast.country or country, grounds=frozenset({country}))

    def _said(self, mark: Mark) -> Said:
        """Return whom the words of the sentence of a place name as its taker and its loser."""
        here = [m for m in self._actors(mark) if m.sentence == mark.sentence]
        parties = [m for m in here if _may_act(m)]
        return said_sides(mark, parties, self.context.text)

    def _actors(self, mark: Mark) -> list[Mark]:
        """Return the parties around a place that may act, not those that only back others."""
        return [m for m in self.acting.near(mark) if not _is_backer(m, self.context.text)]

    def _of_words(self, words: str, mark: Mark) -> Actor | None:
        """Return the party that some words at a place name."""
        cast = self._cast(mark)
        return cast.resolve(words) or as_written(words, cast.country)

    def _actor(self, mark: Mark) -> Actor | None:
        """Return the party that a mark names; "our troops" are those of the speaker.

        So are "its fighters", where the speaker is a party that is known.
        """
        cast = self._cast(mark)
        before = self.context.text[mark.sentence[0] : mark.span.start]
        if _OURS.search(before):
            said = self.speaker(*mark.sentence)
            return cast.speaker(said.words) if said is not None else None
        if _THEIRS.search(before):
            said = self.speaker(*mark.sentence)
            side = cast.speaker(said.words) if said is not None else None
            if side is not None and not side.id.startswith("text:"):
                return side
        if mark.span.kind is SpanKind.PARTY:
            own = _OWN_NAME.match(self.context.text, mark.span.end)
            if own is not None and mark.words in _NAMED_BEHIND:
                return as_written(f"{mark.words} {own['name']}", cast.country)
            opening = _OPENS_WITH.search(before)  # "Government fighters" at the start of a sentence
            words = f"{opening['side'].lower()} {mark.words}" if opening else mark.words
            return _own_army(words, cast) or cast.speaker(words)
        for words in (mark.words, f"{mark.words} forces"):  # "Russia" stands for its forces
            actor = cast.speaker(words)
            if actor is not None and not actor.id.startswith("text:"):
                return actor
        return as_written(mark.words, cast.country)


def _own_army(words: str, cast: Cast) -> Actor | None:
    """Return the army that "troops" and "soldiers" are, where the text names a foe and no other."""
    if words.casefold() not in {"soldiers", "troops"}:
        return None
    state, named = cast.state(), cast.parties.values()
    armies = {p.side for p in named if p.kind in {"foreign", "state"}}
    if state is None or not armies <= {state.side} or not any(p.kind == "rebel" for p in named):
        return None
    return state.actor


_BACKED_BY = re.compile(
    r"\b(?:aided|assisted|backed|covered|helped|supported)\sby\s(?:the\s)?(?:[\w-]+\s)?$"
    r"|\bwith\s(?:the\s)?(?:air\s)?(?:backing|cover|help|support)\s(?:from|of)\s(?:the\s)?$"
)


def _is_backer(party: Mark, text: str) -> bool:
    """Whether a party only helps: the jets of "government troops backed by Russian jets"."""
    return _BACKED_BY.search(text, party.sentence[0], party.span.start) is not None


def _may_act(mark: Mark) -> bool:
    """Whether a mark is a party, or an unknown name that the network takes for one."""
    is_name = mark.span.kind is SpanKind.NAME
    acts = max(mark.probabilities.get(label, 0.0) for label in says.PARTY_LABELS) >= ACTS
    return mark.span.kind is SpanKind.PARTY or (is_name and acts)


def _is_other_party(party: Mark, mark: Mark) -> bool:
    """Whether a mark is a party of the sentence of another mark that may have acted there."""
    is_loser = party.probabilities[says.LOSER] >= ACTS
    in_sentence = party.sentence == mark.sentence
    return party.span.kind is SpanKind.PARTY and in_sentence and not is_loser
