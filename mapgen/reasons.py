"""Why a claim was made as it was: records, and the one place that turns them into text and back.

Each step of coding leaves a `Reason` on its claim. Code asks the record; the text is for files and
readers. Its forms are ``what:how`` and ``what:how:words``, such as ``actor:inferred`` and
``status:negated:denied``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum


class ReasonKind(StrEnum):
    """What of a claim a reason explains; `Reason.how` and `Reason.words` depend on it."""

    KIND = "kind"  # how: the kind; words: the lemma of the lexicon, if it has one
    TRIGGER = "trigger"  # how: the offsets of the word that the claim rests on, "12:18"
    STATUS = "status"  # how: the status; words: those of the article that decided it
    MOOD = "mood"
    PLACE = "place"
    ACTOR = "actor"
    FROM = "from"
    FIGURE = "figure"
    WORDS = "words"  # how: what the order of the words shows
    ORIGIN = "origin"
    CODER = "coder"  # how: the name of the coder; words: the model and its server
    CODERS = "coders"  # how: whether two coders agree
    BESIDE = "beside"  # how: what else was read in the sentence
    OTHER = "other"  # how: a text that is none of these, as it stands in a file


_WITH_WORDS = frozenset({ReasonKind.KIND, ReasonKind.STATUS, ReasonKind.CODER})
_KNOWN = {kind.value: kind for kind in ReasonKind if kind is not ReasonKind.OTHER}
_HOW_AND_WORDS = re.compile(r"(\w+):(.+)", re.DOTALL)
_OLDER_STATUS = re.compile(r"\s*(\w+)\s*(?::|because of)\s*(.*)", re.DOTALL)
_SPAN = re.compile(r"(\d+):(\d+)")


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that decided a claim.

    Parameters
    ----------
    what
        What of the claim it explains.
    how
        How that was decided, in our words.
    words
        The words that decided it; empty where no words did.
    written
        Its text in an older file, where we would write it otherwise today. It is written back
        as it was read.

    Raises
    ------
    ValueError
        If its text would be read as another reason, such as words where `what` has none.
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
        """Offsets (start, end) of the trigger in the article; None for any other reason."""
        found = _SPAN.fullmatch(self.how) if self.what is ReasonKind.TRIGGER else None
        return (int(found[1]), int(found[2])) if found else None


def trigger_reason(start: int, end: int) -> Reason:
    """Return the reason that names the word a claim rests on, by its offsets in the article."""
    return Reason(ReasonKind.TRIGGER, f"{start}:{end}")


def reason_text(reason: Reason) -> str:
    """Return a reason as files and readers have it."""
    if reason.written is not None:
        return reason.written
    if reason.what is ReasonKind.OTHER:
        return reason.how
    return ":".join((reason.what.value, reason.how, *([reason.words] if reason.words else [])))


def reason_of(text: str) -> Reason:
    """Return the reason of a text. A text of no known form is kept as `ReasonKind.OTHER`."""
    made = Reason(*_parts(text))
    return made if reason_text(made) == text else replace(made, written=text)


def _parts(text: str) -> tuple[ReasonKind, str, str]:
    """Return what, how and words of a text."""
    head, colon, rest = text.partition(":")
    what = _KNOWN.get(head) if colon else None
    if what is None:
        return ReasonKind.OTHER, text, ""
    found = _HOW_AND_WORDS.fullmatch(rest) if what in _WITH_WORDS else None
    if found is None and what is ReasonKind.STATUS:
        found = _OLDER_STATUS.fullmatch(rest)
    return (what, found[1], found[2]) if found else (what, rest, "")
