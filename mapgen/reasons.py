"""Define the reasons of a claim, and convert them to text and back.

Each step of coding adds a `Reason` to its claim. Code uses the records; files and readers get text
in the form ``what:how`` or ``what:how:words``, such as ``actor:inferred`` or
``status:negated:denied``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class ReasonKind(StrEnum):
    """Part of a claim that a reason explains.

    The meaning of `Reason.how` and `Reason.words` depends on it.
    """

    KIND = "kind"  # how: the kind; words: the lemma in the lexicon, if there is one
    TRIGGER = "trigger"  # how: the offsets of the word that the claim rests on, such as "12:18"
    STATUS = "status"  # how: the status; words: the article's words that decided it
    MOOD = "mood"
    PLACE = "place"
    ACTOR = "actor"
    FROM = "from"
    FIGURE = "figure"
    WORDS = "words"  # how: what the order of the words shows
    ORIGIN = "origin"
    CODER = "coder"  # how: the name of the coder; words: the model and its server
    CODERS = "coders"  # how: whether two coders agree
    READERS = "readers"  # how: which of the two readers finds this; the confidence is measured
    CAUSE = "cause"  # how: why people moved, if not by fighting; words: the article's words for it
    BESIDE = "beside"  # how: what else was read in the sentence
    OTHER = "other"  # how: the text of a reason in any other form, as it stands in a file


BEATEN_OFF = "an attack that was beaten off"
"""What the words show of a clash whose attackers did not get the town."""

PLAIN = "words that leave nothing open"
"""What the words show of a deed in a form that the second reader was not taught."""

OPEN = "open, as two sides fought there"
"""Why it is not said who took a place."""

CONTESTED = "contested, as the text says"
"""Why nobody is said to hold a place that both sides claim or fight for."""

FROM_UNNAMED = "villages around, which have no name"
"""Where people came from that the text only describes: they are others than those it names."""

THEIR_TOWN = "the town whose people the text has counted"
SENT_BACK = "where they had gone who were sent back"
CAUSE_BEFORE = "where the sentence before says that the cause was"
FORCES_CAME = "where forces came when people fled"
INFERRED = frozenset({THEIR_TOWN, SENT_BACK, CAUSE_BEFORE, FORCES_CAME})
"""Where people came from by what is told beside their flight, not by words for leaving."""

_WITH_WORDS = frozenset({ReasonKind.KIND, ReasonKind.STATUS, ReasonKind.CODER, ReasonKind.CAUSE})
_KNOWN = {kind.value: kind for kind in ReasonKind if kind is not ReasonKind.OTHER}
_HOW_AND_WORDS = re.compile(r"(\w+):(.+)", re.DOTALL)
_OLDER_STATUS = re.compile(r"\s*(\w+)\s*(?::|because of)\s*(.*)", re.DOTALL)
_SPAN = re.compile(r"(\d+):(\d+)")


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason for one part of a claim.

    Parameters
    ----------
    what
        Part of the claim that the reason explains.
    how
        How that part was decided, in mapgen's terms.
    words
        Words that decided it, or an empty string.
    written
        Text of the reason in a file that writes it differently from `reason_text`. It is written
        back unchanged.

    Raises
    ------
    ValueError
        If the text of the reason would be parsed as a different reason, for example because it
        has words and `what` allows none.
    """

    what: ReasonKind
    how: str
    words: str = ""
    written: str | None = None

    def __post_init__(self) -> None:
        if _parts(reason_text(self)) != (self.what, self.how, self.words):
            msg = f"no text can be written for {self.what.value!r}, {self.how!r}, {self.words!r}"
            raise ValueError(msg)

    @property
    def span(self) -> tuple[int, int] | None:
        """Offsets (start, end) of the trigger in the article, or None for any other reason."""
        found = _SPAN.fullmatch(self.how) if self.what is ReasonKind.TRIGGER else None
        return (int(found[1]), int(found[2])) if found else None


def trigger_reason(start: int, end: int) -> Reason:
    """Return the reason that points to the word a claim rests on.

    Parameters
    ----------
    start, end
        Offsets of the word in the article, in code points.
    """
    return Reason(ReasonKind.TRIGGER, f"{start}:{end}")


def reason_text(reason: Reason) -> str:
    """Return a reason as text, as it appears in files and to readers."""
    if reason.written is not None:
        return reason.written
    if reason.what is ReasonKind.OTHER:
        return reason.how
    return ":".join((reason.what.value, reason.how, *([reason.words] if reason.words else [])))


def reason_of(text: str) -> Reason:
    """Parse the text of a reason. A text in an unknown form is kept as `ReasonKind.OTHER`."""
    made = Reason(*_parts(text))
    return made if reason_text(made) == text else replace(made, written=text)


def _parts(text: str) -> tuple[ReasonKind, str, str]:
    """Split the text of a reason into what, how and words."""
    head, colon, rest = text.partition(":")
    what = _KNOWN.get(head) if colon else None
    if what is None:
        return ReasonKind.OTHER, text, ""
    found = _HOW_AND_WORDS.fullmatch(rest) if what in _WITH_WORDS else None
    if found is None and what is ReasonKind.STATUS:
        found = _OLDER_STATUS.fullmatch(rest)
    return (what, found[1], found[2]) if found else (what, rest, "")


def says_contested(reasons: Iterable[Reason]) -> bool:
    """Whether the text itself calls a place contested."""
    return any(r.what is ReasonKind.ACTOR and r.how == CONTESTED for r in reasons)


def says_beaten_off(reasons: Iterable[Reason]) -> bool:
    """Whether the reasons of a claim say that it is an attack that was beaten off.

    Parameters
    ----------
    reasons
        Reasons of a claim.
    """
    return any(r.how == BEATEN_OFF for r in reasons)


def says_plainly(reasons: Iterable[Reason]) -> bool:
    """Whether the words of a claim leave nothing open: "set fire to Y", "cut every road out of Y".

    Parameters
    ----------
    reasons
        Reasons of a claim.
    """
    return any(r.what is ReasonKind.WORDS and r.how == PLAIN for r in reasons)
