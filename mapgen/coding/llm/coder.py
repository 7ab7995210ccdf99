"""The coder ``llm``: ask the model, keep what the checks accept, and compare it with our own rules.

Articles come in; claims and sentences go out. An article is coded by the rules first. If it is
about a conflict, its paragraphs are sent to the model, and the events of the answer are checked
against the article. Sentences and claims note where the model and the rules differ, and which
events were refused.
"""

from __future__ import annotations

import os
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mapgen.coders import BUILT_IN_LANGUAGES, MODEL, NOT_CODED
from mapgen.coding import code_article
from mapgen.coding.english.article_context import context_of
from mapgen.coding.english.attribution import attribution
from mapgen.coding.english.claiming import claim_id
from mapgen.coding.english.dates import latest_day
from mapgen.coding.english.own_days import date_of
from mapgen.coding.english.reasons import why_left_off
from mapgen.coding.english.topic import Topic, topic_of
from mapgen.coding.llm.model_checks import (
    EventRefusedError,
    FoundWords,
    Ground,
    ModelVerdict,
    actor_of,
    figure_of,
    judge,
    locate,
    places_told,
)
from mapgen.coding.llm.reply import AnswerError
from mapgen.coding.llm.schema import Malformed, Told, messages, told_events
from mapgen.errors import SettingsError
from mapgen.model import MOVEMENTS, Claim, Kind, Status
from mapgen.reading.passages import load_parser, paragraphs, parse_passages
from mapgen.reasons import Reason, ReasonKind, trigger_reason

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gazetteer import Gazetteer
    from mapgen.coding.llm.client import Client
    from mapgen.model import Article, Attribution, SentenceRecord
    from mapgen.reading.passages import Paragraph

PIECE_CHARS = 8_000
"""Largest number of characters to send at once.

Small models cannot hold more, and miss events in the middle of longer texts.
"""

MAX_CHARS = 400_000  # in an article, which takes about fifty requests

Numbered = tuple[int, "Paragraph"]


def make_client(endpoint: str | None, model: str | None) -> Client:
    """Return a client, with the key from the environment variable ``MAPGEN_LLM_KEY`` if it is set.

    Parameters
    ----------
    endpoint
        Address of the server.
    model
        Name of the model.

    Raises
    ------
    SettingsError
        If the extra ``llm`` is not installed, or the address or the model is missing or invalid.
    """
    if not endpoint or not model:
        msg = f"coder {MODEL}: needs a server and a model: --endpoint URL --model NAME."
        raise SettingsError(msg)
    try:
        from mapgen.coding.llm.client import KEY, Client  # noqa: PLC0415  an extra
    except ImportError as err:
        msg = (
            f"coder {MODEL}: needs a library that is not installed ({err.name}). "
            "Install it: python -m pip install 'mapgen[llm]'."
        )
        raise SettingsError(msg) from err
    return Client(endpoint, model, key=os.environ.get(KEY))


class LlmCoder:
    """Code English articles with a language model whose answers are checked.

    This is a `mapgen.coders.Coder`.

    Parameters
    ----------
    gazetteer
        Gazetteer in which the names of places are looked up.
    parser
        Name of the spaCy pipeline with which quotes are checked.
    client
        Client for the model.

    Attributes
    ----------
    languages
        Languages that the coder reads, as ISO 639-1 codes.
    """

    languages = BUILT_IN_LANGUAGES

    def __init__(self, gazetteer: Gazetteer, *, parser: str, client: Client) -> None:
        self._gazetteer = gazetteer
        self._nlp = load_parser(parser)
        self._client = client

    def code(self, article: Article) -> tuple[list[Claim], list[SentenceRecord]]:
        """Return the claims of an article, and its sentences with reasons if off the map.

        If the model gives no usable answer, there are no claims, and each sentence has the reason,
        which `mapgen.coders.refused_by_coder` recognises.
        """
        by_rules, sentences = code_article(article, self._gazetteer, self._nlp)
        reading = context_of(article, self._gazetteer)
        subject = topic_of(reading.text, len({m.party.id for m in reading.mentions}))
        read = [p for p in paragraphs(reading.text) if not p.skip]
        if subject.off or not read:
            return [], sentences  # nothing would be mapped, so the article is not sent
        numbered = list(enumerate(read, start=1))
        try:
            told = self._told(reading.text, numbered)
        except AnswerError as err:
            return [], _all_off(sentences, read, f"{NOT_CODED}{err}")
        passages = parse_passages(
            reading.text, reading.found.references, reading.mentions, self._nlp
        )
        day = article.published_on or latest_day(reading.text)
        ground = Ground.of(reading, dict(numbered), list(passages), day)
        whose = f"{self._client.model} at {self._client.endpoint}"
        made, refused = _Making(
            article, ground, subject, Reason(ReasonKind.CODER, MODEL, whose)
        ).claims(told)
        return _compared(made, by_rules, sentences, refused)

    def _told(self, text: str, numbered: Sequence[Numbered]) -> list[Told | Malformed]:
        """Return the events that the model names in all paragraphs."""
        if sum(p.end - p.start for _, p in numbered) > MAX_CHARS:
            msg = f"it is longer than {MAX_CHARS:,} letters, which are too many to ask about"
            raise AnswerError(msg)
        return [
            event
            for piece in pieces(numbered)
            for event in told_events(self._client.ask(messages(text, piece)))
        ]


def pieces(numbered: Sequence[Numbered]) -> Iterator[list[Numbered]]:
    """Yield runs of whole paragraphs that are sent together."""
    piece: list[Numbered] = []
    size = 0
    for n, p in numbered:
        if piece and size + p.end - p.start > PIECE_CHARS:
            yield piece
            piece, size = [], 0
        piece.append((n, p))
        size += p.end - p.start
    if piece:
        yield piece


@dataclass(slots=True)
class _Making:
    """Make claims of the events that the model names, in reading order."""

    article: Article
    ground: Ground
    subject: Topic
    whose: Reason
    speaker: Attribution | None = None

    def claims(
        self, told: Sequence[Told | Malformed]
    ) -> tuple[list[Claim], list[EventRefusedError]]:
        """Return the claims, and the refused events with their reasons."""
        found: list[tuple[FoundWords, Told]] = []
        refused: list[EventRefusedError] = []
        for event in told:
            try:
                if isinstance(event, Malformed):
                    p = self.ground.paragraphs.get(event.paragraph or 0)
                    msg = "it is not in the form asked for"
                    raise EventRefusedError(msg, p.start if p else None)  # noqa: TRY301
                found.append((locate(event, self.ground), event))
            except EventRefusedError as err:
                refused.append(err)
        made: list[Claim] = []
        for spot, event in sorted(found, key=lambda row: row[0][:2]):
            try:
                claim = self._claim(spot, event, made)
            except EventRefusedError as err:
                refused.append(err)
                continue
            if not any(_is_told_again(claim, other) for other in made):
                made.append(claim)
        return made, refused

    def _claim(self, spot: FoundWords, told: Told, made: Sequence[Claim]) -> Claim:
        """Make a claim of an event, or refuse it."""
        if self.subject.disaster and told.kind in MOVEMENTS:
            raise EventRefusedError(self.subject.disaster, spot.start)
        verdict = judge(told, spot, self.ground)
        places, notes = places_told(told, spot, verdict, self.ground)
        actor, more = actor_of(told.actor, spot, self.ground, what=ReasonKind.ACTOR)
        loser, less = actor_of(told.from_actor, spot, self.ground, what=ReasonKind.FROM)
        quantity, count = figure_of(told, spot, self.ground)
        notes += more + less + count
        if not verdict.is_listed:
            notes.append(Reason(ReasonKind.KIND, _UNLISTED))
        trigger, passage = verdict.trigger, spot.passage
        said = attribution(trigger, passage, self.speaker)
        self.speaker = said or self.speaker
        status = verdict.status
        if status is Status.ASSERTED and said is not None:
            status = Status.CLAIMED
        is_move = told.kind in MOVEMENTS
        same = sum(c.start == spot.start and c.kind is told.kind for c in made)
        return Claim(
            id=claim_id(self.article.id, spot.start, spot.end, told.kind, same),
            article=self.article.id,
            start=spot.start,
            end=spot.end,
            quote=self.article.text[spot.start : spot.end],
            kind=told.kind,
            status=status,
            actor=None if is_move else actor,
            from_actor=loser if loser != actor and told.kind is Kind.CONTROL_CHANGE else None,
            places=places,
            quantity=quantity,
            date=date_of(trigger, passage, self.article.published_on),
            attribution=said,
            confidence=_confidence(
                is_quoted=said is not None, n_notes=len(notes), no_actor=not is_move and not actor
            ),
            reasons=(*_reasons(told, spot, verdict), self.whose, *notes),
        )


_UNLISTED = "as the model reads it: the lexicon has no word of it"


def _reasons(told: Told, spot: FoundWords, verdict: ModelVerdict) -> Iterator[Reason]:
    """Yield the reasons for the kind and status of a claim, in the form of the rule coder."""
    trigger, passage = verdict.trigger, spot.passage
    yield Reason(ReasonKind.KIND, told.kind.value, trigger.lemma_ if verdict.is_listed else "")
    yield trigger_reason(passage.starts[trigger.i], passage.ends[trigger.i])
    if verdict.words:
        yield Reason(ReasonKind.STATUS, verdict.status.value, verdict.words)
    elif not verdict.status.is_current:
        yield Reason(ReasonKind.MOOD, "as the model reads it")


def _confidence(*, is_quoted: bool, n_notes: int, no_actor: bool) -> float:
    """Return the confidence of a claim, which is lower than that of our own rules."""
    value = 0.7 - 0.1 * is_quoted - 0.15 * no_actor - 0.1 * n_notes
    return round(max(0.1, value), 2)


def _is_told_again(claim: Claim, other: Claim) -> bool:
    """Whether the model names the same event twice."""
    return (
        claim.kind is other.kind
        and claim.status is other.status
        and claim.start < other.end
        and other.start < claim.end
        and {(p.place_id, p.role) for p in claim.places}
        == {(p.place_id, p.role) for p in other.places}
    )


def _all_off(
    sentences: Sequence[SentenceRecord], read: Sequence[Paragraph], reason: str
) -> list[SentenceRecord]:
    """Give the reason to all sentences that were read in an article that was not coded."""
    return [
        replace(s, left_off=reason) if any(p.start <= s.start < p.end for p in read) else s
        for s in sentences
    ]


def _compared(
    made: Sequence[Claim],
    by_rules: Sequence[Claim],
    sentences: Sequence[SentenceRecord],
    refused: Sequence[EventRefusedError],
) -> tuple[list[Claim], list[SentenceRecord]]:
    """Note at claims and sentences where model and rules differ, and what was refused."""
    drawn = [c for c in by_rules if c.status.is_current and c.places]
    claims = [_with_reason(c, _agreement(c, by_rules)) for c in made]
    remarks = _remarks(sentences, refused)
    records = []
    for i, s in enumerate(sentences):
        here = [n for n, c in enumerate(claims) if s.start <= c.start < s.end]
        mine = [claims[n] for n in here]
        missed = [
            r.kind.value.replace("_", " ")
            for r in drawn
            if s.start <= r.start < s.end and not any(_is_same(c, r) for c in mine)
        ]
        told = list(dict.fromkeys(remarks[i]))
        if missed:
            told.append(f"only the rules read this here, not the model: {', '.join(missed)}")
        why = why_left_off(mine) if mine else s.left_off
        if mine and why is None:
            for words in told:  # the sentence is on the map, so its first claim has the remarks
                claims[here[0]] = _with_reason(claims[here[0]], Reason(ReasonKind.BESIDE, words))
            records.append(replace(s, left_off=None))
            continue
        if not told or mine:
            told += [why] if why else []
        records.append(replace(s, left_off="; ".join(told) or None))
    return claims, records


def _remarks(
    sentences: Sequence[SentenceRecord], refused: Sequence[EventRefusedError]
) -> dict[int, list[str]]:
    """Return remarks about refused events by the index of the sentence."""
    found: dict[int, list[str]] = defaultdict(list)
    for err in refused:
        at = err.at
        n = next((i for i, s in enumerate(sentences) if at is not None and at < s.end), 0)
        found[n].append(f"refused an event of the model: {err.reason}")
    return found


def _agreement(claim: Claim, by_rules: Sequence[Claim]) -> Reason:
    """Return the reason that says whether the rules agree with a claim of the model."""
    if any(_is_same(claim, r) and claim.status is r.status for r in by_rules):
        return Reason(ReasonKind.CODERS, "the rules read the same")
    return Reason(ReasonKind.CODERS, "only the model reads this")


def _is_same(claim: Claim, other: Claim) -> bool:
    """Whether two claims overlap and have the same kind and a place in common."""
    ours, theirs = ({p.place_id for p in c.places} for c in (claim, other))
    near = claim.start < other.end and other.start < claim.end
    return near and claim.kind is other.kind and (bool(ours & theirs) or ours == theirs)


def _with_reason(claim: Claim, reason: Reason) -> Claim:
    """Return a claim with one more reason."""
    return replace(claim, reasons=(*claim.reasons, reason))
