"""Give the reason in words why a sentence is left off the map."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapgen.coding.english.dates import past_words
from mapgen.coding.english.modality import MODALS, POSSIBLE, PROMISES
from mapgen.core.tables.lexicon import lexicon
from mapgen.core.tables.word_lists import word_list
from mapgen.core.words import joined, unique
from mapgen.model import Status
from mapgen.reasons import ReasonKind

if TYPE_CHECKING:
    from datetime import date

    from spacy.tokens import Span, Token

    from mapgen.model import Claim
    from mapgen.reading.passages import Passage


EVENT_WORDS = word_list("reasons", "event_words")


def why_unsaid(sent: Span, passage: Passage, published: date | None) -> str:
    """Return why a sentence without a claim is left off the map.

    Parameters
    ----------
    sent
        A parsed sentence.
    passage
        The passage that contains it.
    published
        Day of publication.

    Returns
    -------
    str
        The sentence is about the past, with the words that show it; or about something possible,
        with its word; or what is missing beside its word for an event; or it reports no known
        kind of event.
    """
    start, end = passage.bounds(sent)
    past = past_words(passage.text[start:end], published)
    if past:
        return f"{Status.HISTORICAL.value}, because of “{past}”"
    table = lexicon()
    violent = any((t.lemma_.lower(), p) in table for t in sent for p in ("verb", "noun"))
    for t in sent:
        promised = t.dep_ == "ROOT" and t.lemma_.lower() in PROMISES
        if promised or (violent and t.dep_ == "aux" and t.lower_ in MODALS):
            return f"{Status.HYPOTHETICAL.value}, because of “{passage.word(t)}”"
        if violent and t.dep_ == "advmod" and t.lower_ in POSSIBLE:
            return f"{Status.HYPOTHETICAL.value}, because of “{passage.word(t)}”"
    return _what_is_missing(sent, passage)


def _what_is_missing(sent: Span, passage: Passage) -> str:
    """Return what keeps a sentence with a word of conflict from being an event.

    A place must be named, and the grammar must tie the word to it.
    """
    word = next((t for t in sent if _is_of_conflict(t) and t.i not in passage.places), None)
    if word is None:
        return "no event of a known kind is reported"
    said = passage.word(word)
    named = unique(passage.places[t.i].surface for t in sent if t.i in passage.places)
    if not named:
        return f"no event is coded: no place is named beside “{said}”"
    return f"no event is coded: the sentence does not tie “{said}” to {joined(named)}"


def _is_of_conflict(token: Token) -> bool:
    """Whether a word by itself speaks of fighting or flight: "shelling", "displaced"."""
    return token.pos_ in {"NOUN", "PROPN", "VERB"} and token.lower_ in EVENT_WORDS


def why_left_off(claims: list[Claim]) -> str | None:
    """Return why the claims of a sentence are not on the map, or None if at least one is."""
    if any(c.status.is_current and c.places for c in claims):
        return None
    c = claims[0]
    decided = next((r.words for r in c.reasons if r.what is ReasonKind.STATUS), "")
    if not c.status.is_current:
        return f"{c.status.value}, because of “{decided}”" if decided else c.status.value
    return "reported without a place"
