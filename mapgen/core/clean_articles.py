"""Give coders the clean text of an article, and take their offsets back to the article.

An article comes in; the article with the text that a reader sees goes out. Claims and sentences of
that text come back, and go out with the offsets and quotes of the article as it was. What a
sentence with a doubtful word says is never certain.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mapgen.core.clean_text import CleanText, clean
from mapgen.model import Article, Claim, SentenceRecord, Status
from mapgen.reasons import Reason, ReasonKind, trigger_reason

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_CONFIDENT = 0.4
"""Confidence of a claim with a doubtful word: half of that of a plain statement."""


def cleaned(article: Article) -> tuple[Article, CleanText]:
    """Return an article with its clean text, and the map of offsets.

    Parameters
    ----------
    article
        An article as it was read.
    """
    told = clean(article.text)
    if told.text == article.text:
        return article, told
    starts = tuple(dict.fromkeys(told.cleaned(at) for at in article.paragraphs))
    pages = tuple(told.cleaned(at) for at in article.pages)
    return replace(article, text=told.text, paragraphs=starts, pages=pages), told


def restored(
    article: Article,
    told: CleanText,
    claims: Sequence[Claim],
    sentences: Sequence[SentenceRecord],
) -> tuple[list[Claim], list[SentenceRecord]]:
    """Return what was coded from the clean text, with offsets and quotes of the article.

    Parameters
    ----------
    article
        The article as it was read.
    told
        Its clean text.
    claims, sentences
        Claims and sentences of the clean text.

    Returns
    -------
    claims : list of Claim
        A claim whose sentence has a word that mixes scripts is in doubt: its status is claimed or,
        if no reader can read the word, hypothetical.
    sentences : list of SentenceRecord
        The sentences, with the reason where this took all claims off the map.
    """
    if told.doubtful:
        claims, sentences = _doubted(told, claims, sentences)
    if told.text == article.text:
        return list(claims), list(sentences)
    return (
        [_claim(claim, told, article.text) for claim in claims],
        [_sentence(sentence, told, article.text) for sentence in sentences],
    )


def _span(told: CleanText, start: int, end: int) -> tuple[int, int]:
    first = told.before(start)
    return first, max(first, told.after(end))


def _sentence(sentence: SentenceRecord, told: CleanText, text: str) -> SentenceRecord:
    start, end = _span(told, sentence.start, sentence.end)
    return replace(sentence, start=start, end=end, text=text[start:end])


def _claim(claim: Claim, told: CleanText, text: str) -> Claim:
    start, end = _span(told, claim.start, claim.end)
    places = []
    for place in claim.places:
        first, after = _span(told, place.start, place.end)
        places.append(replace(place, start=first, end=after))
    reasons = tuple(
        trigger_reason(*_span(told, *reason.span)) if reason.span is not None else reason
        for reason in claim.reasons
    )
    quote = text[start:end]
    return replace(claim, start=start, end=end, quote=quote, places=tuple(places), reasons=reasons)


def _doubted(
    told: CleanText, claims: Sequence[Claim], sentences: Sequence[SentenceRecord]
) -> tuple[list[Claim], list[SentenceRecord]]:
    """Return claims and sentences with what the doubtful words make of them."""
    out = list(claims)
    noted = []
    for sentence in sentences:
        found = told.doubt(sentence.start, sentence.end)
        own = [n for n, c in enumerate(out) if sentence.start <= c.start < sentence.end]
        if found is None or not own:
            noted.append(sentence)
            continue
        word, is_read = found
        has_signs = (word.isascii() and not word.isalpha()) or not word.isalnum()
        why = f"{word}, which has signs inside it" if has_signs else f"{word}, which mixes scripts"
        for n in own:
            if out[n].status.is_current:
                out[n] = _in_doubt(out[n], why, is_read=is_read)
        gone = not is_read and sentence.left_off is None
        left_off = f"{Status.HYPOTHETICAL.value}, because of “{why}”" if gone else None
        noted.append(replace(sentence, left_off=left_off or sentence.left_off))
    return out, noted


def _in_doubt(claim: Claim, why: str, *, is_read: bool) -> Claim:
    """Return a claim that is not certain because of a word."""
    status = Status.CLAIMED if is_read else Status.HYPOTHETICAL
    kept = [r for r in claim.reasons if r.what is not ReasonKind.STATUS]
    return replace(
        claim,
        status=status,
        confidence=min(claim.confidence, MOST_CONFIDENT),
        reasons=(*kept, Reason(ReasonKind.STATUS, status.value, why)),
    )
