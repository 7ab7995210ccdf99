"""Code English articles with the built-in rules.

Articles come in; claims and sentences go out. The article is read as a whole first, for its
places, parties, background and topic; `SentenceCoder` then codes it sentence by sentence.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from mapgen.coders import BUILT_IN_LANGUAGES, code_each
from mapgen.coding.english.article_context import context_of
from mapgen.coding.english.background import Background
from mapgen.coding.english.counted_towns import without_counted_towns
from mapgen.coding.english.dates import latest_day
from mapgen.coding.english.discourse import Discourse, dateline
from mapgen.coding.english.gapped_figures import with_gapped_figures
from mapgen.coding.english.landmarks import without_landmarks
from mapgen.coding.english.led_lines import LedLines, region_headings
from mapgen.coding.english.led_movements import with_ends_led
from mapgen.coding.english.long_over import long_over
from mapgen.coding.english.narrative import Narrative
from mapgen.coding.english.off_topic import on_topic
from mapgen.coding.english.origins_next import with_origins_next
from mapgen.coding.english.parts_at_places import with_parts_at_places
from mapgen.coding.english.parts_of_figures import with_units_of_parts
from mapgen.coding.english.passing_returns import with_lasting_returns
from mapgen.coding.english.raids import as_raids
from mapgen.coding.english.reasons import why_left_off
from mapgen.coding.english.stated_direction import with_sides_told
from mapgen.coding.english.tolls import with_tolls
from mapgen.coding.english.topic import topic_of
from mapgen.coding.english.undated import bounded
from mapgen.coding.english.unnamed_origins import with_unnamed_origins
from mapgen.coding.english.where_counted import with_where_counted
from mapgen.coding.english.whose_weapons import with_whose_weapons
from mapgen.coding.english.withdrawn import withdrawn
from mapgen.coding.sentence_coder import SentenceCoder
from mapgen.core.progress import report
from mapgen.model import Article, Claim, Scope, SentenceRecord
from mapgen.places.below_headings import areas_of_headings
from mapgen.places.national_capital import capitals_of
from mapgen.reading.passages import (
    DEFAULT_PARSER,
    load_parser,
    paragraphs,
    parse_passages,
    words_forgotten,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from spacy.language import Language

    from gazetteer import Gazetteer
    from mapgen.coding.english.article_context import ArticleContext
    from mapgen.model import Extraction
    from mapgen.places.georeference import Geoparse

__all__ = ["RuleCoder", "code_article", "code_articles"]


class RuleCoder:
    """Code English articles by a lexicon and grammar rules.

    This is the built-in `mapgen.coders.Coder`.

    Parameters
    ----------
    gazetteer
        Gazetteer in which the names of places are looked up.
    parser
        Name of the spaCy pipeline that parses the passages.

    Attributes
    ----------
    languages
        Languages that the coder reads, as ISO 639-1 codes.
    """

    languages = BUILT_IN_LANGUAGES

    def __init__(
        self,
        gazetteer: Gazetteer,
        *,
        parser: str = DEFAULT_PARSER,
        scope: Scope = Scope.CONFLICTS,
    ) -> None:
        self._gazetteer = gazetteer
        self._scope = scope
        self._nlp = load_parser(parser)

    def code(self, article: Article) -> tuple[list[Claim], list[SentenceRecord]]:
        """Return the claims of an article and all its sentences.

        A sentence that is left off the map has the reason why.
        """
        with words_forgotten(self._nlp):
            return code_article(article, self._gazetteer, self._nlp, self._scope)


def code_articles(
    articles: Sequence[Article], gazetteer: Gazetteer, *, parser: str = DEFAULT_PARSER
) -> Extraction:
    """Code articles one by one with the built-in rules.

    Parameters
    ----------
    articles
        Articles to code.
    gazetteer
        Gazetteer in which the names of places are looked up.
    parser
        Name of the spaCy pipeline that parses the passages.

    Returns
    -------
    Extraction
        The articles with their sentences and claims.
    """
    coder = RuleCoder(gazetteer, parser=parser)
    return code_each(articles, lambda _: coder)


def code_article(
    article: Article,
    gazetteer: Gazetteer,
    nlp: Language,
    scope: Scope = Scope.CONFLICTS,
) -> tuple[list[Claim], list[SentenceRecord]]:
    """Code one article.

    Parameters
    ----------
    article
        Article to code. If it has ``published_on``, words such as "on Monday" become days.
    gazetteer
        Gazetteer in which the names of places are looked up.
    nlp
        A spaCy pipeline with tagger, parser and lemmatiser.
    scope
        Whether people whom a disaster moved are mapped as well.

    Returns
    -------
    claims : list of Claim
        Claims in reading order.
    sentences : list of SentenceRecord
        All sentences in reading order, each with the reason if it is left off the map.
    """
    read = context_of(article, gazetteer)
    claims, sentences, _ = code_in_context(article, read, gazetteer, nlp, scope)
    claims = without_landmarks(claims, read.found.references, read.text)
    claims, sentences = as_raids(claims, sentences, article.text)
    claims = with_where_counted(claims, sentences, read.found.references, article.text)
    claims = with_ends_led(claims, sentences, read.found.references, article.text)
    claims = with_origins_next(claims, sentences, read.found.references, article.text)
    claims = with_parts_at_places(
        claims, sentences, read.found.references, article.text, article.published_on
    )
    claims = with_units_of_parts(claims, article.text)
    claims = with_gapped_figures(claims, sentences, read.found.references, article.text)
    claims = with_unnamed_origins(claims, article.text)
    claims, sentences = without_counted_towns(claims, sentences, read.found.references)
    return with_tolls(claims, sentences, article.text)


class Coded(NamedTuple):
    """Claims and sentences of an article, and what sets sentences in the past.

    ``pasts`` has the words of earlier sentences that do so, by where the sentence begins.
    """

    claims: list[Claim]
    sentences: list[SentenceRecord]
    pasts: dict[int, str]


def code_in_context(
    article: Article,
    read: ArticleContext,
    gazetteer: Gazetteer,
    nlp: Language,
    scope: Scope = Scope.CONFLICTS,
) -> Coded:
    """Code one article whose places and parties are known; see `code_article`."""
    text, found = read.text, read.found
    day = article.published_on or latest_day(text)
    background = Background.of(text, day)
    parts = paragraphs(text)
    narrative = Narrative.of(text, parts, article.published_on)
    led = LedLines.of(text, found.references)
    discourse = Discourse(
        country=found.country,
        capitals=capitals_of(found.country, gazetteer),
        dateline=dateline(found.references, text),
    )
    coder = SentenceCoder(
        article, read, found, gazetteer, discourse, background, narrative, [], [], led
    )
    coder.day = day
    for p in parts:
        if p.skip:
            words = text[p.start : p.end]
            start, end = p.start + len(words) - len(words.lstrip()), p.start + len(words.rstrip())
            coder.note(start, end, p.skip)
    turns, regions = _turns(text, found), region_headings(text)
    sections = _sections(text, found, gazetteer)
    for passage in parse_passages(text, found.references, read.mentions, nlp):
        while turns and turns[0] < passage.starts[0]:
            coder.discourse.turn()
            turns.pop(0)
        while regions and regions[0] < passage.starts[0]:
            coder.discourse.forget_towns()
            regions.pop(0)
        while sections and sections[0] <= passage.starts[0]:
            coder.discourse.turn()
            sections.pop(0)
        for sent in passage.doc.sents:
            coder.sentence(passage, sent)
        report(passage.ends[-1] / len(text))
    report(1.0)
    subject = topic_of(text, len({m.party.id for m in read.mentions}))
    spans = [(p.start, p.end) for p in parts]
    told = with_lasting_returns(bounded(coder.claims), text)
    noted = [_with_reason(s, told) for s in coder.sentences]
    claims, sentences = withdrawn(told, noted, text, spans)
    claims, sentences = long_over(claims, sentences, text, day)
    kept = on_topic(claims, sentences, subject, article.text, spans, scope)
    claims = with_whose_weapons(with_sides_told(kept.claims), read)
    return Coded(with_probabilities(claims, read.found), kept.sentences, coder.pasts)


def with_probabilities(claims: Iterable[Claim], found: Geoparse) -> list[Claim]:
    """Return claims whose places say how probably each is the one meant.

    A place that the article names more than once has the highest probability of its names.
    """
    known: dict[str, float] = {}
    for r in found.references:
        if r.place is not None and r.probability is not None:
            known[r.place.id] = max(r.probability, known.get(r.place.id, 0.0))
    return [
        replace(
            claim,
            places=tuple(replace(p, probability=known.get(p.place_id or "")) for p in claim.places),
        )
        for claim in claims
    ]


def _turns(text: str, found: Geoparse) -> list[int]:
    """Return the offsets of headings that name a country: the sections of a briefing."""
    countries = [r for r in found.references if r.place and r.place.precision == "country"]
    return [
        p.start
        for p in paragraphs(text)
        if p.skip and any(p.start <= r.start and r.end >= p.end - 1 for r in countries)
    ]


def _sections(text: str, found: Geoparse, gazetteer: Gazetteer) -> list[int]:
    """Return where paragraphs open with a province: "SAGAING. Troops ...", or such ones end."""
    if found.country is None:
        return []
    headings = areas_of_headings(found.references, text, found.country, gazetteer)
    skipped = {p.start for p in paragraphs(text) if p.skip}
    return [start for start, area in headings if area is not None and start not in skipped]


def _with_reason(sentence: SentenceRecord, claims: Sequence[Claim]) -> SentenceRecord:
    """Return a sentence whose claims are all of the past with the reason for it."""
    own = [c for c in claims if sentence.start <= c.start < sentence.end]
    if sentence.left_off is not None or not own or any(c.status.is_current for c in own):
        return sentence
    return replace(sentence, left_off=why_left_off(own))
