"""Follow the day that a narrative has reached, and give it to events without a day of their own.

Sentences come in one by one, in reading order. The day goes on within a paragraph; a dated
heading gives it to what stands below, a live blog to its timed posts, and a situation report says
which days it covers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from mapgen.coding.english.counted_days import MOST_DAYS
from mapgen.coding.english.headings import LONGEST_PERIOD, covered, day_marks, is_short
from mapgen.coding.english.own_days import clause_of, is_aside
from mapgen.model import MOVEMENTS, Kind, When

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from spacy.tokens import Token

    from mapgen.coding.english.own_days import SentenceDays
    from mapgen.reading.passages import Paragraph, Passage

CARRIED = "carried"
"""Basis of a day that stands elsewhere: in an earlier sentence, a heading or the report's head."""

_STOCKS = MOVEMENTS | {Kind.CONTROL_STATE, Kind.SIEGE}
# "Meanwhile they also took Y": perhaps on another day
_MEANWHILE = frozenset({"also", "elsewhere", "meanwhile", "separately", "while"})
_OTHER_TIME = re.compile(
    r"\b(?:first|second|third|last) (?:days?|weeks?|months?)\b|\bsince the (?:start|beginning)\b"
    r"|\b(?:hour|day|week|month)s? (?:later|earlier|before|after)\b"
)
# "A week after the fall of X, ...": how long after, but not after what day
_SO_LONG_AFTER = re.compile(r"\b(?:days|weeks?|months?) (?:after|into|since) (?=[\w\"“])")
_EARLIER = frozenset({"already", "earlier", "previously", "formerly", "once", "recently", "ago"})


@dataclass(slots=True)
class Narrative:
    """The day that an article has reached while it is read.

    Parameters
    ----------
    published
        Day of publication.
    marks
        Offsets at which the day changes for all that follows: dated headings and timed posts.
        None ends the part that has a day.
    period
        Days that a situation report covers.
    as_of
        Day at which a situation report takes stock.
    current
        Day from which "the next day" is counted.
    """

    published: date | None
    marks: list[tuple[int, When | None]] = field(default_factory=list)
    period: When | None = None
    as_of: When | None = None
    current: When | None = None
    _paragraph: int = -1
    _part: When | None = None  # the day of the heading or post
    _told: When | None = None  # the day named last in this paragraph

    @classmethod
    def of(cls, text: str, parts: Sequence[Paragraph], published: date | None) -> Narrative:
        """Return the narrative of an article at its beginning.

        Parameters
        ----------
        text
            The article.
        parts
            Its paragraphs.
        published
            Day of publication.
        """
        headings = {p.start for p in parts if p.skip == "heading"}
        period, as_of = covered(text, published)
        return cls(published, day_marks(text, headings, published), period, as_of)

    def enter(self, passage: Passage) -> None:
        """Go on to the paragraph of a passage, if it is a new one."""
        start = passage.starts[0]
        if start == self._paragraph:
            return
        self._paragraph, self._told = start, None
        before = len(self.marks)
        while self.marks and self.marks[0][0] <= start:
            self._part = self.marks.pop(0)[1]
        if len(self.marks) < before and self._part is not None:
            self.current = self._part

    def note(self, days: SentenceDays, passage: Passage) -> None:
        """Go on to the day of a sentence. The day of an aside ("who took X") does not count."""
        heads = [(d, clause_of(days.token(d, passage))) for d in days.own if not d.since]
        # "had captured it in late May" tells what came before the story
        told = [d.when for d, head in heads if not is_aside(head) and not _is_before(head)]
        if told:
            last = told[-1]
            self.current = last if is_short(last, MOST_DAYS) else None
            self._told = last if is_short(last, LONGEST_PERIOD) else None
        elif days.spoken:
            self.current = days.spoken[-1].when
        elif _SO_LONG_AFTER.search(days.words):
            self.current = self._told = None

    def carried(self, trigger: Token, kind: Kind) -> When | None:
        """Return the day of an event whose sentence gives none, or None if it is not known.

        Parameters
        ----------
        trigger
            The word that names what happened.
        kind
            Kind of the event.
        """
        clause = clause_of(trigger)
        words = [t.lower_ for t in trigger.sent]
        if (
            is_aside(clause)
            or not _EARLIER.isdisjoint(words)
            or _OTHER_TIME.search(trigger.sent.text.lower())
        ):
            return None
        helpers = {c.lower_ for c in clause.children if c.dep_ in {"aux", "auxpass"}}
        if "had" not in helpers:
            goes_on = _is_simple_past(clause, helpers) and _MEANWHILE.isdisjoint(words)
            if self._told is not None and goes_on:
                return _carried(self._told)
            if self._part is not None:
                return _carried(self._part)
            if self._told is not None:
                return None
        if self.period is not None:
            return _carried(self.period)
        return _carried(self.as_of) if self.as_of is not None and kind in _STOCKS else None


def _is_before(clause: Token) -> bool:
    """Whether a clause tells of an earlier time than the story: "had captured"."""
    helpers = {c.lower_ for c in clause.children if c.dep_ in {"aux", "auxpass"}}
    return "had" in helpers and clause.dep_ == "ROOT"


def _carried(when: When) -> When:
    return replace(when, basis=CARRIED)


def _is_simple_past(clause: Token, helpers: set[str]) -> bool:
    """Whether a clause goes on with the narrative: "fled" and "were driven", not "have fled"."""
    if clause.tag_ == "VBD":
        return True
    if clause.dep_ == "acl" and clause.head.dep_ == "ROOT" and clause.tag_ == "VBN":
        return True  # "340 households fled to the town", which the parser takes for "driven to"
    return bool(helpers & {"was", "were"}) and not helpers & {"has", "have", "being"}
