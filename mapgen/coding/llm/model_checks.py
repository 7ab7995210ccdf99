"""Check the events that a model names, and keep only what the article says word for word.

The model only proposes. All that reaches a map comes from the article and our own tables: offsets,
places, parties, figures, and whether the words say that it happened. Events come in; offsets,
status, places, actors and figures go out, or `EventRefusedError` is raised.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from mapgen.coding.english.mentions import SAYING, Mention, role_at
from mapgen.coding.english.modality import Modality, modality
from mapgen.coding.english.quantities import find_figures
from mapgen.core.tables.lexicon import lexicon
from mapgen.model import MOVEMENTS, ClaimPlace, Kind, Role, Status
from mapgen.reasons import Reason, ReasonKind

if TYPE_CHECKING:
    from datetime import date

    from spacy.tokens import Span, Token

    from mapgen.coding.english.article_context import ArticleContext
    from mapgen.coding.llm.schema import Told, ToldPlace
    from mapgen.model import Actor, Quantity
    from mapgen.places.georeference import Georeference
    from mapgen.reading.passages import Paragraph, Passage

# Characters that models confuse; each is replaced by one character, so that offsets stay valid
_PLAIN = str.maketrans("’‘‛`´“”„«»‐‑‒–—\u00a0\u2009\u202f", "'''''\"\"\"\"\"-----   ")
_NOT_SAID_OF = "one left out: the words around it do not say that it happened"
_OUTSIDE = "one stands outside the quote, in its paragraph"
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
    """An event of the model failed a check.

    Parameters
    ----------
    reason
        The reason, without any words of the model.
    at
        Character offset of the sentence in the article, if it was found.
    """

    def __init__(self, reason: str, at: int | None = None) -> None:
        super().__init__(reason)
        self.reason, self.at = reason, at


@dataclass(frozen=True, slots=True)
class Ground:
    """An article as our own rules read it, against which events are checked.

    Parameters
    ----------
    reading
        The parties, places and country of the article.
    plain
        Text with plain quotes, hyphens and spaces, whose offsets are those of the article.
    paragraphs
        Paragraphs by the numbers that were given to the model.
    passages
        Parsed passages.
    day
        Day of publication, or else the latest date that the article names.
    """

    reading: ArticleContext
    plain: str
    paragraphs: dict[int, Paragraph]
    passages: list[Passage]
    day: date | None

    @classmethod
    def of(
        cls,
        reading: ArticleContext,
        paragraphs: dict[int, Paragraph],
        passages: list[Passage],
        day: date | None,
    ) -> Ground:
        """Return the ground for an article that was read."""
        return cls(reading, typewriter_text(reading.text), paragraphs, passages, day)


class FoundWords(NamedTuple):
    """The position of a quote in the article."""

    start: int
    end: int
    paragraph: Paragraph
    passage: Passage
    sent: Span


class ModelVerdict(NamedTuple):
    """The status of an event by our own rules, and its trigger."""

    status: Status
    words: str  # the words that decided it, empty for a plain assertion
    trigger: Token
    is_listed: bool  # whether the trigger is in the lexicon for this kind


def typewriter_text(text: str) -> str:
    """Return a text of the same length with plain ASCII quotes, hyphens and spaces."""
    return text.translate(_PLAIN)


def find_words(words: str, plain_text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the spans at which words occur as whole words; any white space is equal.

    Parameters
    ----------
    words
        Words to search for.
    plain_text
        Text from `typewriter_text`.
    start, end
        Character offsets of the part to search.

    Returns
    -------
    list of tuple of int
        Start and end offsets in ``plain_text``.
    """
    parts = typewriter_text(words).split()
    if not parts:
        return []
    left = r"(?<!\w)" if parts[0][0].isalnum() else ""
    right = r"(?!\w)" if parts[-1][-1].isalnum() else ""
    pattern = left + r"\s+".join(map(re.escape, parts)) + right
    return [m.span() for m in re.compile(pattern).finditer(plain_text, start, end)]


def locate(told: Told, ground: Ground) -> FoundWords:
    """Find the quote of an event.

    The paragraph that the model names is searched first, and then all others, because models
    miscount. A quote that occurs several times is refused as ambiguous.

    Parameters
    ----------
    told
        The event.
    ground
        The article.

    Returns
    -------
    FoundWords
        Offsets of the quote, with its paragraph, passage and sentence.

    Raises
    ------
    EventRefusedError
        If the quote is not found, occurs several times or spans several sentences.
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
    """Decide by our own rules whether a quote says that the event happened.

    The words in the lexicon for its kind are examined, or else all verbs and all nouns of the
    lexicon in the quote. A single one that did not happen keeps the event off the map. The model's
    own status can keep an event off the map, but never put one on it.

    Parameters
    ----------
    told
        The event.
    spot
        Position of its quote.
    ground
        The article.

    Returns
    -------
    ModelVerdict
        Status, the words that decided it, and the trigger.

    Raises
    ------
    EventRefusedError
        If no word of the quote can name an event, or its words name one of another kind, such as
        "people fled" for a capture.
    """
    tokens = _tokens(spot)
    kinds = {t: kind for t in tokens if (kind := _listed_kind(t, spot.passage)) is not None}
    if kinds and not any(_is_kin(told.kind, kind) for kind in kinds.values()):
        msg = "its quote reports another kind of event"
        raise EventRefusedError(msg, spot.start)
    listed = [t for t, kind in kinds.items() if kind is told.kind]
    # "fled to escape": the governing word decides; places are checked by their own word later
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

    Parameters
    ----------
    told
        The event.
    spot
        Position of its quote.
    verdict
        Verdict on the event.
    ground
        The article.

    Returns
    -------
    places : tuple of ClaimPlace
        Places with their roles.
    notes : list of Reason
        Reasons for places that were left out or are outside the quote.

    Raises
    ------
    EventRefusedError
        If a place is neither in the quote nor in its paragraph, or its words name no place.
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
    """Return the party that words of an event name in our table, and notes.

    Parameters
    ----------
    words
        The words, or None.
    spot
        Position of the quote.
    ground
        The article.
    what
        Kind of reason for the notes: the actor or the one who lost the place.

    Raises
    ------
    EventRefusedError
        If the words are neither in the quote nor in its paragraph.
    """
    if not words:
        return None, []
    hits = _inside_first(words, spot, ground)
    if not hits:
        msg = f"its {what} is not in the article where it says"
        raise EventRefusedError(msg, spot.start)
    start, end = hits[0]
    actor = ground.reading.section(start).cast.resolve(ground.reading.text[start:end])
    if actor is None:
        return None, [Reason(what, "left out: the words name no armed party of the table")]
    first = actor.name.split()[0].casefold() if actor.name.split() else ""
    if actor.id.startswith("text:") and first in {"his", "her", "their", "its", "our"}:
        return None, [Reason(what, "left out: the words do not say whose forces")]
    return actor, []


def figure_of(told: Told, spot: FoundWords, ground: Ground) -> tuple[Quantity | None, list[Reason]]:
    """Return the figure of people of an event as our own rules read it, and notes.

    Parameters
    ----------
    told
        The event.
    spot
        Position of its quote.
    ground
        The article.

    Raises
    ------
    EventRefusedError
        If the figure is not in the quote.
    """
    if not told.figure:
        return None, []
    hits = find_words(told.figure, ground.plain, spot.start, spot.end)
    if not hits:
        msg = "its figure is not in its quote"
        raise EventRefusedError(msg, spot.start)
    if told.kind not in MOVEMENTS:
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
    """Return the spans of a quote in these paragraphs, with the paragraphs."""
    return [
        (span, p) for p in paragraphs for span in find_words(quote, ground.plain, p.start, p.end)
    ]


def _inside_first(words: str, spot: FoundWords, ground: Ground) -> list[tuple[int, int]]:
    """Return the spans of words in the quote, or else in its paragraph."""
    return find_words(words, ground.plain, spot.start, spot.end) or find_words(
        words, ground.plain, spot.paragraph.start, spot.paragraph.end
    )


def _overlaps(span: tuple[int, int], start: int, end: int) -> bool:
    """Whether two spans overlap."""
    return span[0] < end and start < span[1]


def _tokens(spot: FoundWords) -> list[Token]:
    """Return the tokens of a quote except for names of places and parties."""
    passage = spot.passage
    return [
        t
        for t in spot.sent
        if _overlaps((passage.starts[t.i], passage.ends[t.i]), spot.start, spot.end)
        and t.i not in passage.places
        and t.i not in passage.actors
    ]


def _listed_kind(token: Token, passage: Passage) -> Kind | None:
    """Return the kind of event that the lexicon has for a word, or None."""
    if token.i in passage.places or token.i in passage.actors:
        return None
    pos = "verb" if token.tag_.startswith("VB") or token.pos_ == "VERB" else "noun"
    table = lexicon()
    entry = table.get((token.lemma_.lower(), pos)) or table.get((token.lower_, pos))
    return entry.kind if entry is not None else None


def _is_kin(told: Kind, listed: Kind) -> bool:
    """Whether a word for one kind may name another, because they are drawn alike."""
    return told is listed or any(told in kin and listed in kin for kin in _KIN)


def _is_happening(token: Token, passage: Passage) -> bool:
    """Whether a word can name an event, unlike those in "shops were open" and "he said"."""
    is_verb = token.pos_ == "VERB" and token.lemma_.lower() not in SAYING
    return is_verb or _listed_kind(token, passage) is not None


def _order(spot: FoundWords) -> Modality | None:
    """Return the verb of a sentence in the imperative: "Report that X was taken" states nothing."""
    root = spot.sent.root
    deps = {c.dep_ for c in root.children}
    if root.tag_ != "VB" or deps & {"nsubj", "nsubjpass", "expl", "aux", "csubj"}:
        return None
    return Modality(Status.HYPOTHETICAL, spot.passage.word(root))


def _is_told_of(reference: Georeference, spot: FoundWords, ground: Ground) -> bool:
    """Whether the word that governs a place happened, unlike "and hope to push on to X"."""
    passage = spot.passage
    for t in spot.sent:
        if not _overlaps((passage.starts[t.i], passage.ends[t.i]), reference.start, reference.end):
            continue
        word = next((a for a in t.ancestors if _is_happening(a, passage)), None)
        if word is not None and not modality(word, passage, ground.day).status.is_current:
            return False
    return True


def _reference(named: ToldPlace, spot: FoundWords, ground: Ground) -> Georeference:
    """Return the only reference to a place at the words of the model, or refuse the event."""
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
    """Return a place of a claim: the gazetteer has its location, and its kind limits its role."""
    place = reference.meant
    beside = told is Role.AT and _BESIDE.search(
        ground.plain, max(0, reference.start - 60), reference.start
    )
    role = Role.NEAR if beside and kind not in MOVEMENTS | {Kind.WITHDRAWAL} else told
    if kind in _CONTROL and role in {Role.ORIGIN, Role.DESTINATION}:
        role = Role.NEAR  # a force that moved from or to a place does not hold it
    if kind is Kind.WITHDRAWAL and role is Role.AT:
        role = Role.ORIGIN
    if place is None:  # ambiguous places are mentioned, but not drawn
        return ClaimPlace(
            surface=reference.surface, start=reference.start, end=reference.end, role=role
        )
    mention = Mention(place, reference.start, reference.end, reference.surface)
    if role in {Role.AT, Role.NEAR} and role_at(mention) is not Role.AT:
        role = role_at(mention)  # areas and lines are not points
    return mention.claim_place(role)
