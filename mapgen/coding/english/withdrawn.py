"""Take back what a notice of correction withdraws, wherever it stands in the article.

Live blogs correct themselves in a post of their own: "Correction: at 16.50 we wrote that X had been
taken". Claims and sentences of a whole article come in. What the notice says to be wrong, and the
earlier posts that say the same, come out as negated. The correction of a detail, such as a distance
or the spelling of a name, takes nothing back.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import TYPE_CHECKING

from mapgen.coding.english.patterns import one_of
from mapgen.coding.english.reasons import why_left_off
from mapgen.coding.english.takeback import decided
from mapgen.core.tables.in_force import per_tables
from mapgen.core.tables.word_lists import word_list
from mapgen.model import Kind, Status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapgen.model import Claim, SentenceRecord

EARLIER = word_list("governors", "earlier")
POSTS = word_list("corrections", "posts")
WRITING = word_list("corrections", "writing")
WITHDRAWN = word_list("corrections", "withdrawn")
WITHDRAWING = word_list("corrections", "withdrawing")
MISTAKES = word_list("corrections", "mistakes")
HOLDING = word_list("corrections", "holding")
_CONTROL = frozenset({Kind.CONTROL_CHANGE, Kind.CONTROL_STATE})
_CLOCK = r"(?:[01]?\d|2[0-3])[.:h][0-5]\d"
_STAMP = re.compile(r"^\W*(?P<h>\d{1,2})[.:h](?P<m>[0-5]\d)\b(?!\s?%)", re.MULTILINE)
_NOTICE = re.compile(
    rf"\W*(?:{_CLOCK}\W+)?(?:\w+['’]s\s)?"
    r"(?P<word>CORRECTION|Correction|CORRECTED|Corrected|CLARIFICATION|Clarification"
    r"|RETRACTION|Retraction|Erratum|Corrects (?:that|to)|We (?:got (?:this|that|it)|were) wrong"
    r"|We made (?:a|an) (?:error|mistake)"
    r"|This (?:article|entry|post|story) (?:has been|was) (?:amended|corrected))\b"
)


@per_tables
def _earlier_words() -> re.Pattern[str]:
    """Return the pattern of what refers to an earlier post: "an earlier line", "we wrote"."""
    own = rf"(?:{one_of(sorted(EARLIER))}|{_CLOCK})"
    posts = one_of(sorted(POSTS))
    return re.compile(
        rf"""
        \b (?: {own} \s (?: \w+ \s )? {posts}                  # "an earlier line"
             | [Oo]ur \s (?: last | latest ) \s (?: \w+ \s )? {posts}    # "our last entry"
             | {posts} \s (?: at | from | of ) \s {_CLOCK}     # "the post at 16.50"
             | {posts} \s (?: that | saying )                  # "removed a post saying"
             | [Ww]e \s (?: (?: had | have | also | earlier ) \s ){{0,2}}
               {one_of(sorted(WRITING))} (?: \s+ earlier | \s at \s {_CLOCK} )?    # "we wrote"
           ) \b
        """,
        re.VERBOSE,
    )


@per_tables
def _verdict() -> re.Pattern[str]:
    """Return the pattern of words that withdraw a post: "is withdrawn", "we have removed"."""
    was = one_of(["is", "are", "was", "were", "has been", "have been", "proved", "turned out"])
    return re.compile(
        rf"""
        \b (?: {was} \s (?: to \s be \s )? (?: \w+ly \s | in \s | an? \s | now \s ){{0,2}}
               (?: \w+ \s )?? {one_of(sorted(WITHDRAWN | MISTAKES))}
             | [Ww]e \s (?: (?: have | had | now | \w+ly ) \s ){{0,2}}
               {one_of(sorted(WITHDRAWING))}
             | contrary \s to (?= \s (?: our | an ) \b )
             | (?: disregard | ignore | scrap ) (?= \s (?: our | the | that ) \b )
             | {one_of(["came from", "resulted from", "rested on", "stemmed from"])}
               [^.;]{{0,40}}? {one_of(sorted(MISTAKES | {"translation", "misreading"}))}
           ) \b
        """,
        re.VERBOSE | re.IGNORECASE,
    )


@per_tables
def _last_is_wrong() -> re.Pattern[str]:
    """Return the pattern of words that withdraw the post before as a whole.

    An example is "our last entry was wrong on both counts", but not "was wrong about the distance".
    """
    return re.compile(
        rf"""
        \b (?: our | my | the | that ) \s (?: last | latest | previous | preceding ) \s
        (?: \w+ \s )? {one_of(sorted(POSTS))} \s
        (?: is | was | has \s been | proved | turned \s out ) (?: \s to \s be )?
        (?: \s (?: \w+ly | all | just | plain | in \s error ) ){{0,2}}?
        \s {one_of(sorted(WITHDRAWN | MISTAKES))} \b
        (?! \s (?: about | as \s to | in | on ) \s (?: an? | its | one | the ) \b )
        """,
        re.VERBOSE | re.IGNORECASE,
    )


_STAYS = re.compile(r"\b(?:remains?|still|never|not)\b")
_DENIES = re.compile(r"\b(?:never|not)\b")
_POINTS_AT_IT = re.compile(r"\W*(?:It|That|This|These|We|The (?:line|post|entry|report))\b")
_REMAINS = re.compile(r"\b(?:is|are) still\b|\b(?:remain|stay)s?\b|\bstill (?:holds?|controls?)\b")
_BY_OTHERS = re.compile(r"\b(?:according to|he|she|they|\w{3,}) (?:said|says|insisted|told)\b")


@dataclass(frozen=True, slots=True)
class _Notice:
    """A notice of correction: the span of what it says to be wrong, and the words for it.

    ``remains`` is true if it says what still holds instead. ``minute`` is the minute of the day of
    its post, and ``whole`` that of the post which it withdraws as a whole, if it gives the time.
    ``last`` has the offsets of such a post without a time.
    """

    start: int
    end: int
    paragraph_end: int
    words: str
    remains: bool = False
    minute: int | None = None
    whole: int | None = None
    last: tuple[int, int] | None = None


def withdrawn(
    claims: Sequence[Claim],
    sentences: Sequence[SentenceRecord],
    text: str,
    paragraphs: Sequence[tuple[int, int]],
) -> tuple[list[Claim], list[SentenceRecord]]:
    """Return claims and sentences of an article as its notices of correction leave them.

    Parameters
    ----------
    claims, sentences
        Claims and sentences of the article, in reading order.
    text
        Text of the article.
    paragraphs
        Start and end of the paragraphs as character offsets, in reading order.

    Returns
    -------
    claims : list of Claim
        The claims in the same order. What a notice withdraws is negated, with the words of the
        notice. If a later post says it again, what stands before the notice is historical.
    sentences : list of SentenceRecord
        The sentences, with the reason where all claims were withdrawn.
    """
    minutes = _minutes(text)
    notices = _notices(sentences, text, paragraphs, minutes)
    if not notices:
        return list(claims), list(sentences)
    out = list(claims)
    for notice in notices:
        out = _applied(out, notice, text, minutes)
    changed = [new for old, new in zip(claims, out, strict=True) if old is not new]
    return out, [_noted(s, out, changed) for s in sentences]


def _notices(
    sentences: Sequence[SentenceRecord],
    text: str,
    paragraphs: Sequence[tuple[int, int]],
    minutes: list[tuple[int, int]],
) -> list[_Notice]:
    """Return the notices of correction in an article, one for each sentence of theirs."""
    found: list[_Notice] = []
    headed = -1  # end of the paragraph that a notice opens
    head = ""
    ordered = sorted(sentences, key=lambda s: s.start)
    for s, after in zip_longest(ordered, ordered[1:]):
        end = next((e for b, e in paragraphs if b <= s.start < e), s.end)
        end = min([end, *(at for at, _ in minutes if at > s.start)])
        opens = _NOTICE.match(text, s.start, s.end)
        if opens is not None:
            headed, head = end, opens["word"]
        notice = _notice(s, after, text, end, head if s.start < headed else "")
        if notice is not None:
            first = found[-1] if found and s.start < headed == found[-1].paragraph_end else None
            minute = _minute_at(minutes, s.start)
            notice = replace(notice, minute=minute)
            if _last_is_wrong().search(text, s.start, s.end):
                notice = _of_last(notice, s.start, minutes, paragraphs)
            whole = notice.whole or (first.whole if first is not None else None)
            last = notice.last or (first.last if first is not None else None)
            found.append(replace(notice, whole=whole, last=last))
    return found


def _of_last(
    notice: _Notice,
    start: int,
    minutes: Sequence[tuple[int, int]],
    paragraphs: Sequence[tuple[int, int]],
) -> _Notice:
    """Return a notice of what the post before was, as it withdraws that as a whole."""
    if notice.minute is not None:
        before = [minute for _, minute in minutes if minute < notice.minute]
        return replace(notice, whole=max(before, default=None))
    ended = [(b, e) for b, e in paragraphs if e <= start]
    return replace(notice, last=ended[-1] if ended else None)


def _notice(
    s: SentenceRecord, after: SentenceRecord | None, text: str, end: int, head: str
) -> _Notice | None:
    """Return the notice that a sentence is, or None.

    ``after`` is the next sentence, ``end`` is where the paragraph ends, and ``head`` is the word
    that opens the paragraph as a notice, if any.
    """
    told = _earlier_words().search(text, s.start, s.end)
    if told is None:
        remains = _REMAINS.search(text, s.start, s.end)
        if head and remains is not None:  # "Correction: X remains in army hands"
            return _Notice(s.start, s.end, end, remains.group(0), remains=True)
        return _Notice(s.end, s.end, end, head) if head else None
    verdict = _verdict().search(text, s.start, s.end)
    if verdict is None and after and after.start < end and _POINTS_AT_IT.match(text, after.start):
        verdict = _verdict().search(text, after.start, after.end)
    time = re.search(_CLOCK, told.group(0))
    whole = _minute(time.group(0)) if time else None
    if verdict is None:
        return _Notice(told.start(), s.end, end, head, whole=whole) if head else None
    if not head and _is_of_others(verdict, text, s):
        return None
    start = min(told.start(), verdict.start())
    return _Notice(start, s.end, end, verdict.group(0).strip(), whole=whole)


def _is_of_others(verdict: re.Match[str], text: str, sentence: SentenceRecord) -> bool:
    """Whether others deny a report: "an earlier report was wrong, the army said"."""
    if verdict.group(0).lower().startswith("we "):
        return False
    return _BY_OTHERS.search(text, sentence.start, sentence.end) is not None


def _minutes(text: str) -> list[tuple[int, int]]:
    """Return offset and minute of the day of each post that a time of day opens."""
    return [(m.start(), _minute(m.group(0))) for m in _STAMP.finditer(text)]


def _minute(clock: str) -> int:
    """Return the minute of the day of a time such as "16.50"."""
    hours, minutes = re.findall(r"\d+", clock)[:2]
    return int(hours) * 60 + int(minutes)


def _minute_at(minutes: list[tuple[int, int]], offset: int) -> int | None:
    """Return the minute of the day of the post at an offset, or None without one."""
    return next((minute for start, minute in reversed(minutes) if start <= offset), None)


def _applied(
    claims: list[Claim], notice: _Notice, text: str, minutes: list[tuple[int, int]]
) -> list[Claim]:
    """Return the claims of an article as one notice leaves them."""
    post = [c for c in claims if _is_in_post(c, notice, text)]
    wrong = [c for c in post if _is_wrong(c, notice)]
    right = [c for c in post if c.status.is_current and c not in wrong]
    later = [c for c in claims if c.status.is_current and _is_later(c, notice, minutes)]
    whole = [c for c in claims if not wrong and _is_of_whole(c, notice, minutes)]
    own = text[text.rfind("\n", 0, notice.start) + 1 : max(notice.paragraph_end, notice.end)]
    post_says = _Post([*wrong, *whole], right, text[notice.start : notice.end], own)
    stay = [*right, *later]
    # what holds all the same is not denied: nobody should find it contested

    def is_back(claim: Claim) -> bool:
        open_ = claim.status.is_current and claim not in stay
        return open_ and not _is_before_it(claim, notice, minutes) and post_says.takes_back(claim)

    return [
        _back(c, notice.words, holds=any(_same(c, x) for x in stay)) if is_back(c) else c
        for c in claims
    ]


def _is_of_whole(claim: Claim, notice: _Notice, minutes: list[tuple[int, int]]) -> bool:
    """Whether a claim stands in a post that a notice withdraws as a whole."""
    if notice.last is not None:
        return notice.last[0] <= claim.start < notice.last[1]
    return notice.whole is not None and notice.whole == _minute_at(minutes, claim.start)


@dataclass(frozen=True, slots=True)
class _Post:
    """The post with a notice: what is wrong, what is right, and the words of what is wrong.

    ``wrong`` includes the claims of another post that it withdraws as a whole.
    """

    wrong: list[Claim]
    right: list[Claim]
    said: str
    text: str

    def takes_back(self, claim: Claim) -> bool:
        """Whether the post takes a claim back, be it its own or one of another post."""
        if claim in self.wrong or any(_still_held(claim, r) for r in self.right):
            return True
        if any(_same(claim, r) for r in self.right):
            return False
        if any(claim.kind is r.kind for r in self.right) and self._says_not(claim):
            return True
        if not self.wrong:
            return _names_holder(claim, self.said)
        return any(_same(claim, w) for w in self.wrong)

    def _says_not(self, claim: Claim) -> bool:
        """Whether the post says that it was another place: "hit Shendi, not Atbara"."""
        names = {p.surface for p in claim.places if p.surface}
        return any(re.search(rf"\bnot (?:at |in )?{re.escape(n)}\b", self.text) for n in names)


def _is_later(claim: Claim, notice: _Notice, minutes: list[tuple[int, int]]) -> bool:
    """Whether a claim stands in a post that is later than a notice."""
    minute = _minute_at(minutes, claim.start)
    return minute is not None and notice.minute is not None and minute > notice.minute


def _is_before_it(claim: Claim, notice: _Notice, minutes: list[tuple[int, int]]) -> bool:
    """Whether a claim stands in a post earlier than the one that a notice withdraws."""
    minute = _minute_at(minutes, claim.start)
    return minute is not None and notice.whole is not None and minute < notice.whole


def _is_in_post(claim: Claim, notice: _Notice, text: str) -> bool:
    """Whether a claim stands in the paragraph of a notice, or in the sentence before its words."""
    first = text.rfind("\n", 0, notice.start) + 1
    return first <= _trigger(claim) < max(notice.paragraph_end, notice.end)


def _is_wrong(claim: Claim, notice: _Notice) -> bool:
    """Whether a notice says that what a claim states is wrong."""
    if claim.status is Status.NEGATED:
        return True
    if claim.status.is_current and claim.kind is Kind.CONTROL_STATE and notice.remains:
        return False
    return claim.status.is_current and notice.start <= _trigger(claim) < notice.end


def _trigger(claim: Claim) -> int:
    """Return the offset of the word that a claim rests on."""
    spans = [r.span for r in claim.reasons if r.span is not None]
    return spans[0][0] if spans else claim.start


def _same(claim: Claim, other: Claim) -> bool:
    """Whether two claims are of the same kind, place and party, as far as they name it."""
    if claim.kind is not other.kind and not {claim.kind, other.kind} <= _CONTROL:
        return False
    ids = {p.place_id for p in claim.places} - {None}
    if not ids & {p.place_id for p in other.places}:
        return False
    sides = {c.actor.side or c.actor.id for c in (claim, other) if c.actor is not None}
    return len(sides) <= 1


def _still_held(claim: Claim, right: Claim) -> bool:
    """Whether a notice says that somebody else holds what a claim says was taken."""
    if claim.kind is not Kind.CONTROL_CHANGE or right.kind is not Kind.CONTROL_STATE:
        return False
    parties = [c.actor.side or c.actor.id for c in (claim, right) if c.actor is not None]
    ids = {p.place_id for p in claim.places} - {None}
    return len(set(parties)) > 1 and bool(ids & {p.place_id for p in right.places})


def _names_holder(claim: Claim, said: str) -> bool:
    """Whether words such as "put X in rebel hands" are about a change of control.

    A notice that names the one who took the place ("remains in rebel hands") confirms it.
    """
    if claim.kind not in _CONTROL or not HOLDING & set(re.findall(r"\w+", said.lower())):
        return False
    if _STAYS.search(said) and claim.actor is not None and claim.actor.name.split()[0] in said:
        return _DENIES.search(said) is not None
    return any(re.search(rf"\b{re.escape(p.surface)}\b", said) for p in claim.places if p.surface)


def _back(claim: Claim, words: str, *, holds: bool) -> Claim:
    """Return a claim that its own publisher has withdrawn, so that nobody else denies it."""
    status = Status.HISTORICAL if holds else Status.NEGATED
    return replace(claim, status=status, attribution=None, reasons=decided(claim, status, words))


def _noted(
    sentence: SentenceRecord, claims: Sequence[Claim], changed: Sequence[Claim]
) -> SentenceRecord:
    """Return a sentence with the reason for being left off the map, if its claims changed."""
    if not any(sentence.start <= c.start < sentence.end for c in changed):
        return sentence
    own = [c for c in claims if sentence.start <= c.start < sentence.end]
    return replace(sentence, left_off=why_left_off(own))
