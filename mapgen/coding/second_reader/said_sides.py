"""Find which parties the words around a place name as the ones that took or lost it.

The network is sure of most places that changed hands, and less of who took them. The plain orders
of words are read here: "X took Y", "Y fell to X", "Y was taken by X", "X lost Y to Z", "Y is under
X control". A place and the parties of its sentence come in; a taker and a loser go out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mapgen.core.tables.actors import FORCE_WORDS, GROUP_WORDS, REBEL_WORDS
from mapgen.core.tables.in_force import per_tables

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapgen.coding.second_reader.reader import Mark

_TOOK = (
    r"captured?|captures|capturing|conquered|liberated|liberates?|occupied|occup(?:y|ies)|overr[au]n"
    r"|overruns|recaptured?|recaptures|retakes?|retaken|retook|seized?|seizes|seizing|storm(?:ed|s)?"
    r"|takes?|taken|taking|took|enter(?:ed|s|ing)?|(?:drove|marched|moved|rolled|swept|walked) into"
    r"|clear(?:ed|s)|freed|frees|grabbed|regain(?:ed|s)?|secure[ds]|snatched|wrested|wrests"
    r"|(?:clinched|completed?|concluded|finished|sealed|wrapped up) (?:the|its|their)"
    r" (?:capture|conquest|liberation|recapture|seizure|takeover)"
    r"|(?:assert|establish|gain|impos|re-?assert|re-?establish|restor)(?:ed|s) (?:\w+ )?control"
)
_CLAUSES = "after|and then|as|because|before|but|from|that|when|where|which|while|who"
_NO_CLAUSE = rf"(?:(?!\b(?:{_CLAUSES})\b)[^.;:!?])"
# between a party and a place behind it
_TAKES = re.compile(
    rf"^(?:\s\([\w-]+\))?(?!\s*,)(?:(?!\b(?:by|of|to|was|were)\b){_NO_CLAUSE}){{0,30}}"
    rf"\b(?:{_TOOK})\b(?!\s+by\b){_NO_CLAUSE}{{0,90}}$"
)
_LOSES = re.compile(
    rf"^(?:\s\([\w-]+\))?(?:(?!\bto\b){_NO_CLAUSE}){{0,30}}"
    rf"\b(?:ced(?:ed|es?)|gave up|lost|loses?|losing|surrender(?:ed|s)?|yield(?:ed|s)?)\b"
    rf"(?:(?!\bto\b){_NO_CLAUSE}){{0,60}}$"
)
# between a place and a party behind it
_TAKEN_BY = re.compile(
    rf"^{_NO_CLAUSE}{{0,90}}\b(?:{_TOOK}|entered|controlled|held|overrun)\b"
    rf"{_NO_CLAUSE}{{0,30}}\bby (?:(?:the|an?|some) )?(?:[a-z-]+ ){{0,2}}$"
)
_FELL_TO = re.compile(
    rf"^{_NO_CLAUSE}{{0,70}}\b(?:fell|fallen|falls|gone|handed|lost|passed|passes|reverted|shifted|slipped|surrendered|switched|went)\b"
    rf"(?:(?!\b(?:by|in)\b){_NO_CLAUSE}){{0,30}}\bto (?:the )?(?:[a-z-]+ )?$"
)
_UNDER = re.compile(rf"^{_NO_CLAUSE}{{0,60}}\b(?:in|into|under) (?:the )?$")
_RULE = re.compile(r"(?:['’]s?)? (?:authority|control|grip|hands|rule)\b")
_TO = re.compile(rf"^{_NO_CLAUSE}{{0,60}}\bto (?:the )?(?:[a-z-]+ )?$")
_LOSS_OF = re.compile(r"\bloss of (?:the (?:city|town|village) of )?$")
_WAS_LOST = re.compile(r"\b(?:are|been|is|was|were) lost\b")
_JOINED = re.compile(r"^ and (?:[a-z]+ ){0,2}$")
_NAME = r"[A-Z][\w'’-]*(?: (?:(?:for|of|and)(?: the)? )?[A-Z][\w'’-]*)*"


@dataclass(frozen=True, slots=True)
class Said:
    """The parties that the words name as the taker and as the loser of a place."""

    taker: Mark | None = None
    loser: Mark | None = None


def said_sides(mark: Mark, parties: Sequence[Mark], text: str) -> Said:
    """Return the taker and the loser that the words of a sentence name.

    Parameters
    ----------
    mark
        A place that changed hands.
    parties
        Parties of its sentence, in reading order.
    text
        The text.
    """
    before = [p for p in parties if p.span.end <= mark.span.start]
    behind = [p for p in parties if p.span.start >= mark.span.end]
    ahead = before[-1] if before else None
    between = text[ahead.span.end : mark.span.start] if ahead is not None else ""
    gaps = [(p, text[mark.span.end : p.span.start]) for p in behind]
    if ahead is not None and _LOSES.match(between):
        return Said(next((p for p, gap in gaps if _TO.match(gap)), None), ahead)
    if gaps and _is_taker_behind(mark, *gaps[0], text):
        return Said(taker=gaps[0][0])
    if ahead is not None and _TAKES.match(between):
        return Said(taker=_first_of_two(before, text))
    return Said()


def _is_taker_behind(mark: Mark, party: Mark, gap: str, text: str) -> bool:
    """Whether a party behind a place took it: "fell to X", "was taken by X", "under X control"."""
    if _UNDER.match(gap) and _RULE.match(text, party.span.end):
        return True
    if _TO.match(gap) and _LOSS_OF.search(text, mark.sentence[0], mark.span.start):
        return True
    return bool(_TAKEN_BY.match(gap) or _FELL_TO.match(gap))


def _first_of_two(parties: Sequence[Mark], text: str) -> Mark:
    """Return the last of some parties, or the one it is joined to: "X and its allies"."""
    if len(parties) > 1 and _JOINED.match(text[parties[-2].span.end : parties[-1].span.start]):
        return parties[-2]
    return parties[-1]


def is_told_as_lost(mark: Mark, text: str) -> bool:
    """Whether a sentence tells the loss of a place, so that who acted before did not take it.

    Parameters
    ----------
    mark
        The place.
    text
        The text.
    """
    start, end = mark.sentence
    behind = _WAS_LOST.search(text, mark.span.end, end)
    return behind is not None or bool(_LOSS_OF.search(text, start, mark.span.start))


@per_tables
def _opening() -> re.Pattern[str]:
    """Return a pattern for the fighters who open a sentence: "Rebels of the Purple Front"."""
    nouns = "|".join(sorted(w.capitalize() for w in (FORCE_WORDS | REBEL_WORDS) - GROUP_WORDS))
    return re.compile(rf"(?P<who>(?:{nouns})(?: (?:from|of) (?:the )?{_NAME})?)(?= )")


def who_opens(mark: Mark, text: str) -> str | None:
    """Return the fighters who open the sentence of a place, if the words say that they took it.

    Parameters
    ----------
    mark
        The place.
    text
        The text.

    Returns
    -------
    str or None
        Their words, such as "Rebels of the Purple Front". A name that opens a sentence with a
        capital is no party for the network.
    """
    start = mark.sentence[0]
    found = _opening().match(text, start, mark.span.start)
    if found is None or not _TAKES.match(text[found.end() : mark.span.start]):
        return None
    return found["who"]
