"""Tell a raid from a capture: those who entered a town and left it again do not hold it.

Claims and the text of an article come in. A change of control after which the same sentence or
the next says that the attackers left becomes an attack: "overran the post at X on Monday and left
on Tuesday", "They left the following morning". So does one that only tells what was done there:
"entered X and burned 60 houses". Nothing is drawn of who holds the town.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from mapgen.coding.english.claiming import claim_id
from mapgen.coding.english.takeback import decided
from mapgen.coding.english.tolls import INCIDENTS
from mapgen.model import Kind, Status
from mapgen.reasons import ReasonKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mapgen.model import Claim, SentenceRecord

_CAME = re.compile(
    r"""
    \b (?: burst\sinto | came\sto | entered | moved\sinto | raided | stormed ) \b
    [^.;]{0,120}? (?: , | \band\b ) \s (?: also \s | then \s | they \s )?
    (?P<did> abducted | beheaded | burned | burnt | executed | kidnapped | killed | looted
       | massacred | ransacked | robbed | set\s(?:ablaze|fire) | shot | slaughtered | torched )\b
    """,
    re.VERBOSE,
)
_TAKING = re.compile(
    r"\b(?:captur|conquer|flag|garrison|hel[dp]\b|hold|occup|overr[au]n|seiz|settl|tak(?:e|en|ing)\b"
    r"|took\b|control)"
)
_HOLDING = frozenset({Kind.CONTROL_CHANGE, Kind.CONTROL_STATE})
_GONE = r"""
    (?: left | departed | retreated | withdrew | withdrawn | pulled\s(?:back|out) | moved\son
      | drove\soff | melted\saway | slipped\saway )
    (?: \s (?: it | there | the\s(?:area|base|camp|city|post|town|village) ) )?
    (?= \s* (?: [.,;] | $ )
      | \s (?: again | after | an?\s(?:day|few|week) | at\s(?:dawn|dusk|first|last|night|noon)
             | before | by | days | early | hours | in\sthe | late | later | on | overnight
             | several | shortly | some | soon | that
             | the\s(?:following|next|same) | two | three | within | with
             ) \b )
"""
_ARMED = r"""
    (?: armed\s )?
    (?: assailants | attackers | column | fighters | gunmen | insurgents | intruders | jihadists
      | militants | militia | raiders | rebels )
"""
_WHO = rf"The\s {_ARMED}"
_THEN = r"(?:\s(?:all|also|had|have|later|soon|then))*"
_IN_SENTENCE = re.compile(
    rf"""
    (?P<between> [^;.]*? )
    (?: (?: , | \b(?:and|but|then) ) {_THEN} \s (?P<gone> {_GONE} )
      | \b before \s (?P<going> departing | leaving | retreating | withdrawing
                     | moving\son | pulling\s(?:back|out) ) \b
        (?! \s (?: behind | from\s(?!the\b|there\b) | [A-Z] ) ) )
    """,
    re.VERBOSE,
)
_OTHERS = re.compile(
    r"\b(?:after|as|because|if|said|that|when|where|which|while|who|until|will|would)\b"
)
_TROOPS = r"\b(?:army|forces|government|guards|militiamen|police|soldiers|troops)"
_DRIVEN = re.compile(
    rf"""
    (?P<before> [^.;]*? )
    (?: {_TROOPS} \s (?:(?:had|have|later|soon|then)\s)*
        (?: drove | chased | dislodged | driven | evicted | expelled | flushed | forced | kicked
            | ousted | pushed | threw | thrown ) \s (?: them | the\s {_ARMED} )
        \s (?P<out> out ) \b
      | \b [Tt]hey \s (?: were | had\sbeen | have\sbeen ) \s (?: later | soon | then )? \s?
        (?P<gone> (?: driven | chased | flushed | forced | kicked | pushed | thrown ) \s out
                | dislodged | evicted | expelled | ousted ) \b )
    (?! \s (?: of | from ) \s (?! it\b | there\b | the\s(?:city|town|village)\b ) )
    """,
    re.VERBOSE,
)
_NOT_YET = re.compile(
    r"\b(?:could|fail\w*|if|may|might|must|never|not|should|tr(?:y|ied|ying)|unless|until|when|will"
    r"|would)\b|n['’]t\b"
)
_NEXT = re.compile(
    rf"""
    \W* (?: (?: [Bb]y | [Aa]t | [Bb]efore ) \s [\w\s]{{3,20}}? ,? \s (?=they\b) )?
    (?: [Tt]hey | {_WHO} ) {_THEN} \s (?P<gone> {_GONE} | were\sgone | gone\b )
    """,
    re.VERBOSE,
)


def as_raids(
    claims: Iterable[Claim], sentences: Sequence[SentenceRecord], text: str
) -> tuple[list[Claim], list[SentenceRecord]]:
    """Return claims in which those who only raided a town do not hold it, and the sentences.

    Parameters
    ----------
    claims
        Claims of an article.
    sentences
        All its sentences, in reading order.
    text
        Text of the article.
    """
    told = list(claims)
    following = {s.start: text[n.start : n.end] for s, n in pairwise(sentences)}
    starts = [s.start for s in sentences]
    out: list[Claim] = []
    shown: set[int] = set()  # starts of the sentences that a raid puts on the map
    for claim in told:
        at = bisect_right(starts, claim.start) - 1
        sentence = sentences[at] if at >= 0 and claim.start < sentences[at].end else None
        if sentence is not None and claim.status.is_current and (did := _only_did(claim, text)):
            out.append(_raid(claim, did, [*told, *out], sentence))
            continue
        if claim.kind not in _HOLDING or sentence is None:
            out.append(claim)
            continue
        behind = text[_end(claim, sentence) : sentence.end]
        given_up = _given_up(claim, behind)
        if given_up:
            reasons = decided(claim, Status.ASSERTED, given_up)
            held = replace(claim, status=Status.ASSERTED, reasons=reasons)
            out.append(_raid(held, given_up, told, sentence))
            shown.add(sentence.start)
            continue
        if not claim.status.is_current:
            out.append(claim)
            continue
        then = following.get(sentence.start, "")
        words = _left_in(behind) or _left_next(then)
        if words is None and not _is_taken_next(claim, told, sentence.end, len(then)):
            words = _driven_next(then)
        out.append(_raid(claim, words, told, sentence) if words else claim)
    return out, [replace(s, left_off=None) if s.start in shown else s for s in sentences]


def _only_did(claim: Claim, text: str) -> str | None:
    """Return the "burned" of "entered X and burned 60 houses", or None if X was taken."""
    if claim.kind not in {Kind.CONTROL_CHANGE, Kind.ADVANCE}:
        return None
    end = text.find("\n", claim.start)
    line = text[claim.start : end if end >= 0 else len(text)]
    sentence = re.split(r"(?<=[a-z\d]{2}[.!?])\s", line, maxsplit=1)[0]
    found = _CAME.search(sentence)
    return found["did"] if found is not None and not _TAKING.search(sentence) else None


_ONLY_TO = re.compile(
    r"[^;.]*?\bonly to (?P<words>abandon|leave|pull (?:back|out)|quit|retreat|withdraw)\b"
)


def _given_up(claim: Claim, behind: str) -> str | None:
    """Return the words of "overran X on Monday, only to leave it before noon", or None."""
    if claim.kind is not Kind.CONTROL_CHANGE or claim.status is not Status.HISTORICAL:
        return None
    found = _ONLY_TO.match(behind)
    return found["words"] if found is not None else None


def _end(claim: Claim, sentence: SentenceRecord) -> int:
    """Return where the words of the capture end, or where the sentence begins if none are known."""
    spans = [r.span for r in claim.reasons if r.what is ReasonKind.TRIGGER and r.span]
    return min((end for _, end in spans), default=sentence.start)


def _left_in(behind: str) -> str | None:
    """Return the words by which the rest of a sentence says that the takers left again."""
    found = _IN_SENTENCE.match(behind)
    if found is None or _OTHERS.search(found["between"]):
        return None
    return found["gone"] or found["going"]


def _left_next(sentence: str) -> str | None:
    """Return the words by which the next sentence says that the takers left again."""
    found = _NEXT.match(sentence)
    return found["gone"] if found is not None else None


def _driven_next(sentence: str) -> str | None:
    """Return the words by which the next sentence says that the takers were driven out again."""
    found = _DRIVEN.match(sentence)
    if found is None or _NOT_YET.search(found["before"]):
        return None
    return found["out"] or found["gone"]


def _is_taken_next(claim: Claim, claims: Sequence[Claim], start: int, length: int) -> bool:
    """Whether the next sentence gives the same place to another party, which the map will show."""
    places = {p.place_id or p.surface for p in claim.places}
    return any(
        c.kind is Kind.CONTROL_CHANGE
        and c.status.is_current
        and start <= c.start <= start + length + 2
        and places & {p.place_id or p.surface for p in c.places}
        for c in claims
    )


def _raid(claim: Claim, words: str, claims: Sequence[Claim], sentence: SentenceRecord) -> Claim:
    """Return a change of control as an attack, or as past if the attack is told already."""
    places = {p.place_id or p.surface for p in claim.places}
    is_told = claim.kind is Kind.CONTROL_STATE  # "held the village for hours and had left by noon"
    is_told = is_told or any(
        c.kind in INCIDENTS
        and c.status.is_current
        and sentence.start <= c.start < sentence.end
        and places & {p.place_id or p.surface for p in c.places}
        for c in claims
    )
    if is_told:
        reasons = decided(claim, Status.HISTORICAL, words)
        return replace(claim, status=Status.HISTORICAL, reasons=reasons)
    n = sum(c.kind is Kind.STRIKE and c.start == claim.start for c in claims)
    new = claim_id(claim.article, claim.start, claim.end, Kind.STRIKE, n)
    return replace(claim, id=new, kind=Kind.STRIKE, from_actor=None)
