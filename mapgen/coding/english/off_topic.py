"""Drop the claims of an article that are not about a conflict, and note the reason.

The claims and sentences of an article come in with its topic. The claims that may be mapped go
out, with the sentences, each of which has the reason if its claims were dropped.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mapgen.coding.english.topic import (
    disaster_behind,
    disaster_in_lead,
    speaks_of_fighting,
    why_not_of_war,
)
from mapgen.model import OF_DISPLACED, Kind, Scope
from mapgen.reasons import Reason, ReasonKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapgen.coding.english.topic import Topic
    from mapgen.model import Claim, SentenceRecord

_OF_DISASTERS = OF_DISPLACED | {Kind.EVACUATION_ORDER}  # what a disaster may cause


@dataclass(frozen=True, slots=True)
class Kept:
    """The claims of an article that may be mapped, and its sentences with the reasons."""

    claims: list[Claim]
    sentences: list[SentenceRecord]


def on_topic(
    claims: Sequence[Claim],
    sentences: Sequence[SentenceRecord],
    subject: Topic,
    text: str,
    paragraphs: Sequence[tuple[int, int]],
    scope: Scope = Scope.CONFLICTS,
) -> Kept:
    """Drop claims that are not about a conflict, and note the reason at their sentences.

    Parameters
    ----------
    claims, sentences
        Claims and sentences of the article.
    subject
        Topic of the article.
    text
        Text of the article.
    paragraphs
        Start and end of the paragraphs as character offsets, in reading order.
    scope
        Whether people whom a disaster moved are mapped as well. Their claims get the reason
        ``cause:disaster`` with the words of the article for it.

    Returns
    -------
    Kept
        The claims that are left, and the sentences in reading order. If no claim is left of an
        article that is not about a conflict, its first sentence says so.
    """
    ordered = sorted(sentences, key=lambda s: s.start)
    spans = [(s.start, s.end) for s in ordered]
    kept: list[Claim] = []
    gone: list[tuple[int, str]] = []
    in_lead, until = _lead(ordered, subject)
    for claim in claims:
        sentence = _around(claim, text, spans)
        why = why_not_of_war(
            subject, sentence, _around(claim, text, paragraphs), moves=claim.kind in OF_DISPLACED
        )
        if why is None and claim.kind in OF_DISPLACED and claim.start < until:
            why = in_lead
        if why is None:
            kept.append(claim)
            continue
        cause = disaster_behind(subject, sentence) if scope is Scope.DISASTERS else ""
        if cause and claim.kind in _OF_DISASTERS:
            reason = Reason(ReasonKind.CAUSE, "disaster", cause)
            kept.append(replace(claim, reasons=(*claim.reasons, reason)))
        else:
            gone.append((claim.start, why))
    ordered = _explained(ordered, sorted(gone), sorted(c.start for c in kept))
    if subject.off is not None and not kept and ordered and _is_silent(ordered[0]):
        ordered[0] = replace(ordered[0], left_off=subject.off)
    return Kept(kept, ordered)


def _is_silent(sentence: SentenceRecord) -> bool:
    """Whether a sentence has no reason of its own for being left off the map."""
    return sentence.left_off is None or sentence.left_off.startswith("no event")


def _lead(sentences: Sequence[SentenceRecord], subject: Topic) -> tuple[str | None, int]:
    """Return why movements told under a lead about a disaster are not mapped, and how far it goes.

    The lead is a headline and the sentence after it. It goes up to the first sentence about
    fighting.
    """
    why = disaster_in_lead(subject, " ".join(s.text for s in sentences[:2]))
    until = next((s.start for s in sentences[2:] if speaks_of_fighting(s.text)), None)
    if why is None:
        return None, 0
    return why, sentences[-1].end if until is None else until


def _explained(
    sentences: list[SentenceRecord], gone: list[tuple[int, str]], left: list[int]
) -> list[SentenceRecord]:
    """Note at each sentence that lost all its claims why it did."""
    starts = [start for start, _ in gone]
    return [
        replace(s, left_off=gone[bisect_left(starts, s.start)][1])
        if s.left_off is None
        and _is_between(starts, s.start, s.end)
        and not _is_between(left, s.start, s.end)
        else s
        for s in sentences
    ]


def _around(claim: Claim, text: str, spans: Sequence[tuple[int, int]]) -> str:
    """Return the text of the span in which a claim begins, or of the last such span."""
    at = bisect_left(spans, (claim.start + 1, 0)) - 1
    start, end = spans[max(at, 0)]
    return text[start : max(end, claim.end)]


def _is_between(ordered: list[int], start: int, end: int) -> bool:
    """Return whether one of the numbers, in ascending order, lies from start up to end."""
    at = bisect_left(ordered, start)
    return at < len(ordered) and ordered[at] < end
