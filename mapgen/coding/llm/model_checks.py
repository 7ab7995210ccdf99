"""Hold what the model names against the article: only what stands there word for word is kept.

The model proposes; everything that reaches a map is taken from the article and from our own tables:
offsets, places, parties, figures, and whether the words say that it happened at all.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from mapgen.coding.english.mentions import SAYING, Mention, role_at
from mapgen.coding.english.modality import Modality, modality
from mapgen.coding.english.quantities import find_figures
from mapgen.core.tables.lexicon import lexicon
from mapgen.model import ClaimPlace, Kind, Role, Status
from mapgen.reasons import Reason, ReasonKind

if TYPE_CHECKING:
    from datetime import date

    from spacy.tokens import Span, Token

    from mapgen.coding.english.article_context import ArticleContext
    from mapgen.coding.llm.schema import Told, ToldPlace
    from mapgen.model import Actor, Quantity
    from mapgen.places.georeference import Georeference
    from mapgen.reading.passages import Paragraph, Passage

# Signs that models put in place of one another, each for one, so that offsets hold.
_PLAIN = str.maketrans("’‘‛`´“”„«»‐‑‒–—\u00a0\u2009\u202f", "'''''\"\"\"\"\"-----   ")
_NOT_SAID_OF = "one left out: the words around it do not say that it happened"
_OUTSIDE = "one stands outside the quote, in its paragraph"
_MOVES = frozenset({Kind.DISPLACEMENT, Kind.RETURN})
_KIN = (
    frozenset({Kind.ADVANCE, Kind.THREAT, Kind.SIEGE, Kind.REINFORCEMENT}),
    frozenset({Kind.STRIKE, Kind.CLASH, Kind.ATTACK_ON_CIVILIANS}),
)
_CONTROL = frozenset({Kind.CONTROL_CHANGE, Kind.CONTROL_STATE})
_BESIDE = re.compile(
    r"\b(?:near|outside|around|towards?|beyond|from|(?:north|south|east|west)\w*\s+of|"
    r"(?:km|kilomet\w+|miles?)\s+(?:\w+\s+)?(?:from|of)|(?:outskirts|suburbs|edge)\s+of)\s+"
    r"(?:(?:the|city|town|village|province|of)\s+)*$",
    re.IGNORECASE,
)
_STATUS = {
    "possible": Status.HYPOTHETICAL,
    "denied": Status.NEGATED,
    "past": Status.HISTORICAL,
}


class EventRefusedError(Exception):
    """An event of the model that does not hold; the reason is its own and quotes nothing.

    Parameters
    ----------
    reason
        Why, in words without any of the model's.
    at
        Offset in the article of the sentence it is about, where one was found.
    """

    def __init__(self, reason: str, at: int | None = None) -> None:
        super().__init__(reason)
        self.reason, self.at = reason, at


@dataclass(frozen=True, slots=True)
class Ground:
    """An article as our own rules read it: what an event of the model is held against."""

    reading: ArticleContext
    plain: str  # the text with plain signs, every offset kept
    paragraphs: dict[int, Paragraph]  # by the number the model was told
    passages: list[Passage]
    day: date | None  # of publication, else the latest day the article tells of

    @classmethod
    def of(
        cls,
        reading: ArticleContext,
        paragraphs: dict[int, Paragraph],
        passages: list[Passage],
        day: date | None,
    ) -> Ground:
        """Return the ground that a reading gives."""
        return cls(reading, typewriter_text(reading.text), paragraphs, passages, day)


class FoundWords(NamedTuple):
    """Where a quote stands."""

    start: int
    end: int
    paragraph: Paragraph
    passage: Passage
    sent: Span


class ModelVerdict(NamedTuple):
    """Whether a quote says that it happened, and the word of it that names what did."""

    status: Status
    words: str  # what decided, empty for a plain assertion
    trigger: Token
    is_listed: bool  # whether the lexicon has the word for this kind


def typewriter_text(text: str) -> str:
    """Return a text of the same length with typewriter signs for quotes, hyphens and spaces."""
    return text.translate(_PLAIN)


def find_words(words: str, plain_text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return where words stand in a part of a plain text: whole words, any white space alike."""
    parts = typewriter_text(words).split()
    if not parts:
        return []
    left = r"(?<!\w)" if parts[0][0].isalnum() else ""
    right = r"(?!\w)" if parts[-1][-1].isalnum() else ""
    pattern = left + r"\s+".join(map(re.escape, parts)) + right
    return [m.span() for m in re.compile(pattern).finditer(plain_text, start, end)]


def locate(told: Told, ground: Ground) -> FoundWords:
    """Return where the quote of an event stands.

    In the paragraph that the model names; else, as models miscount, in the one other place where
    it stands. A quote that stands in several is refused: which one is meant cannot be known.

    Raises
    ------
    EventRefusedError
        If it stands nowhere, in several places, or reaches over several sentences.
    """
    named = ground.paragraphs.get(told.paragraph)
    hits = _hits(told.quote, [named], ground) if named is not None else []
    hits = hits or _hits(told.quote, list(ground.paragraphs.values()), ground)
    if not hits:
        msg = "its quote does not appear in the article"
        raise EventRefusedError(msg, named.start if named is not None else None)
    (start, end), paragraph = hits[0]
    if len(hits) > 1:
        msg = "its quote appears several times in the article"
        raise EventRefusedError(msg, start)
    for passage in ground.passages:
        if passage.starts[0] <= start < passage.ends[-1]:
            sents = [s for s in passage.doc.sents if _overlaps(passage.bounds(s), start, end)]
            if len(sents) == 1:
                return FoundWords(start, end, paragraph, passage, sents[0])
            msg = "its quote spans several sentences"
            raise EventRefusedError(msg, start)
    msg = "its quote is outside the sentences that are read"
    raise EventRefusedError(msg, start)


def judge(told: Told, spot: FoundWords, ground: Ground) -> ModelVerdict:
    """Decide by our own rules whether a quote says that something happened.

    The words of the lexicon for this kind are judged; where there is none, every verb and every
    noun of the lexicon in the quote. One that did not happen is enough to keep the event off the
    map. What the model says of it can only keep more off, never put anything on.

    Raises
    ------
    EventRefusedError
        If no word of the quote can name a happening, or its words name one of another kind:
        "people fled" is no capture, whatever the model makes of it.
    """
    tokens = _tokens(spot)
    kinds = {t: kind for t in tokens if (kind := _listed_kind(t, spot.passage)) is not None}
    if kinds and not any(_is_kin(told.kind, kind) for kind in kinds.values()):
        msg = "its quote reports another kind of event"
        raise EventRefusedError(msg, spot.start)
    listed = [t for t, kind in kinds.items() if kind is told.kind]
    # "fled to escape": the upper word decides; places under a lower one are judged by that one
    matched = [t for t in listed if not any(a in listed for a in t.ancestors)]
    judged = matched or [t for t in tokens if _is_happening(t, spot.passage)]
    if not judged:
        msg = "its quote has no word for an event"
        raise EventRefusedError(msg, spot.start)
    trigger = min(judged, key=lambda t: (len(list(t.ancestors)), t.i))
    moods = [modality(t, spot.passage, ground.day) for t in judged]
    mood = next((m for m in moods if not m.status.is_current), None) or _order(spot)
    if mood is not None:
        return ModelVerdict(mood.status, mood.words, trigger, bool(matched))
    return ModelVerdict(_STATUS.get(told.status, Status.ASSERTED), "", trigger, bool(matched))


def places_told(
    told: Told, spot: FoundWords, verdict: ModelVerdict, ground: Ground
) -> tuple[tuple[ClaimPlace, ...], list[Reason]]:
    """Return the places of an event, resolved by our gazetteer, and notes on those left out.

    Raises
    ------
    EventRefusedError
        If the model names a place that stands neither in the quote nor in its paragraph, or words
        that are no place.
    """
    found: dict[tuple[int, int], ClaimPlace] = {}
    notes: list[Reason] = []
    for named in told.places:
        reference = _reference(named, spot, ground)
        is_inside = spot.start <= reference.start and reference.end <= spot.end
        if verdict.status.is_current and is_inside and not _is_told_of(reference, spot, ground):
            notes.append(Reason(ReasonKind.PLACE, _NOT_SAID_OF))
            continue
        if not is_inside:
            notes.append(Reason(ReasonKind.PLACE, _OUTSIDE))
        place = _claim_place(reference, named.role, told.kind, ground)
        found.setdefault((place.start, place.end), place)
    return tuple(found.values()), notes


def actor_of(
    words: str | None, spot: FoundWords, ground: Ground, *, what: ReasonKind
) -> tuple[Actor | None, list[Reason]]:
    """Return the party that words of an event stand for, by our table, and notes.

    Raises
    ------
    EventRefusedError
        If the words stand neither in the quote nor in its paragraph.
    """
    if not words:
        return None, []
    hits = _inside_first(words, spot, ground)
    if not hits:
        msg = f"its {what} is not in the article where it says"
        raise EventRefusedError(msg, spot.start)
    start, end = hits[0]
    actor = ground.reading.cast.resolve(ground.reading.text[start:end])
    if actor is None:
        return None, [Reason(what, "left out: the words name no armed party of the table")]
    first = actor.name.split()[0].casefold() if actor.name.split() else ""
    if actor.id.startswith("text:") and first in {"his", "her", "their", "its", "our"}:
        return None, [Reason(what, "left out: the words do not say whose forces")]
    return actor, []


def figure_of(told: Told, spot: FoundWords, ground: Ground) -> tuple[Quantity | None, list[Reason]]:
    """Return the figure of people of an event, as our own grammar reads its words, and notes.

    Raises
    ------
    EventRefusedError
        If the figure does not stand in the quote.
    """
    if not told.figure:
        return None, []
    hits = find_words(told.figure, ground.plain, spot.start, spot.end)
    if not hits:
        msg = "its figure is not in its quote"
        raise EventRefusedError(msg, spot.start)
    if told.kind not in _MOVES:
        return None, [
            Reason(ReasonKind.FIGURE, "left out: only people who flee or return are counted")
        ]
    first, last = spot.passage.bounds(spot.sent)
    for figure in find_figures(ground.reading.text[first:last]):
        if _overlaps((first + figure.start, first + figure.end), *hits[0]):
            return figure.quantity, []
    return None, [Reason(ReasonKind.FIGURE, "left out: not one of people that can be read")]


def _hits(
    quote: str, paragraphs: list[Paragraph], ground: Ground
) -> list[tuple[tuple[int, int], Paragraph]]:
    return [
        (span, p) for p in paragraphs for span in find_words(quote, ground.plain, p.start, p.end)
    ]


def _inside_first(words: str, spot: FoundWords, ground: Ground) -> list[tuple[int, int]]:
    """Return where words stand in the quote; where they do not, in its paragraph."""
    return find_words(words, ground.plain, spot.start, spot.end) or find_words(
        words, ground.plain, spot.paragraph.start, spot.paragraph.end
    )


def _overlaps(span: tuple[int, int], start: int, end: int) -> bool:
    return span[0] < end and start < span[1]


def _tokens(spot: FoundWords) -> list[Token]:
    """Return the words of a quote, but for the names of places and parties."""
    passage = spot.passage
    return [
        t
        for t in spot.sent
        if _overlaps((passage.starts[t.i], passage.ends[t.i]), spot.start, spot.end)
        and t.i not in passage.places
        and t.i not in passage.actors
    ]


def _listed_kind(token: Token, passage: Passage) -> Kind | None:
    """Return the kind of happening that the lexicon has a word for, or None."""
    if token.i in passage.places or token.i in passage.actors:
        return None
    pos = "verb" if token.tag_.startswith("VB") or token.pos_ == "VERB" else "noun"
    table = lexicon()
    entry = table.get((token.lemma_.lower(), pos)) or table.get((token.lower_, pos))
    return entry.kind if entry is not None else None


def _is_kin(told: Kind, listed: Kind) -> bool:
    """Whether a word for one kind can tell of another: those that are drawn alike."""
    return told is listed or any(told in kin and listed in kin for kin in _KIN)


def _is_happening(token: Token, passage: Passage) -> bool:
    """Whether a word can name a happening; "shops were open" and "he said" do not."""
    is_verb = token.pos_ == "VERB" and token.lemma_.lower() not in SAYING
    return is_verb or _listed_kind(token, passage) is not None


def _order(spot: FoundWords) -> Modality | None:
    """Return the verb of a sentence that is an order: "Report that X was taken" states nothing."""
    root = spot.sent.root
    deps = {c.dep_ for c in root.children}
    if root.tag_ != "VB" or deps & {"nsubj", "nsubjpass", "expl", "aux", "csubj"}:
        return None
    return Modality(Status.HYPOTHETICAL, spot.passage.word(root))


def _is_told_of(reference: Georeference, spot: FoundWords, ground: Ground) -> bool:
    """Whether the word over a place says that it happened: not "and hope to push on to X"."""
    passage = spot.passage
    for t in spot.sent:
        if not _overlaps((passage.starts[t.i], passage.ends[t.i]), reference.start, reference.end):
            continue
        word = next((a for a in t.ancestors if _is_happening(a, passage)), None)
        if word is not None and not modality(word, passage, ground.day).status.is_current:
            return False
    return True


def _reference(named: ToldPlace, spot: FoundWords, ground: Ground) -> Georeference:
    hits = _inside_first(named.name, spot, ground)
    if not hits:
        msg = "it names a place that is not in the article where it says"
        raise EventRefusedError(msg, spot.start)
    for start, end in hits:
        found = [
            r
            for r in ground.reading.found.references
            if (r.start <= start and end <= r.end) or (start <= r.start and r.end <= end)
        ]
        if len(found) == 1:
            return found[0]
    msg = "it names a place by words that are not the name of one place"
    raise EventRefusedError(msg, spot.start)


def _claim_place(reference: Georeference, told: Role, kind: Kind, ground: Ground) -> ClaimPlace:
    """Return the record of a place: where it lies is the gazetteer's, its role held to its kind."""
    place = reference.meant
    beside = told is Role.AT and _BESIDE.search(
        ground.plain, max(0, reference.start - 60), reference.start
    )
    role = Role.NEAR if beside and kind not in _MOVES | {Kind.WITHDRAWAL} else told
    if kind in _CONTROL and role in {Role.ORIGIN, Role.DESTINATION}:
        role = Role.NEAR  # who moved from or to it does not hold it
    if kind is Kind.WITHDRAWAL and role is Role.AT:
        role = Role.ORIGIN
    if place is None:  # a tie: told of, never drawn
        return ClaimPlace(
            surface=reference.surface, start=reference.start, end=reference.end, role=role
        )
    mention = Mention(place, reference.start, reference.end, reference.surface)
    if role in {Role.AT, Role.NEAR} and role_at(mention) is not Role.AT:
        role = role_at(mention)  # an area, or a line, is no spot
    return mention.claim_place(role)
