"""Code English articles with two readers: the rules, and a small trained network.

Both read each article; `second_reader.deciding` and `second_reader.finding` bring together what
they say. This is the coder ``readers``, which is used unless another is named.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mapgen.coders import BUILT_IN_LANGUAGES
from mapgen.coding.english.article_context import context_of
from mapgen.coding.english.dates import latest_day
from mapgen.coding.english.off_topic import on_topic
from mapgen.coding.english.topic import topic_of
from mapgen.coding.rule_coder import code_in_context, with_probabilities
from mapgen.coding.second_reader.certainty import certain, is_enough, is_of_network
from mapgen.coding.second_reader.deciding import checked
from mapgen.coding.second_reader.finding import Finder
from mapgen.coding.second_reader.network import network
from mapgen.coding.second_reader.reader import read
from mapgen.core.tables.actors import default_table
from mapgen.model import Scope
from mapgen.reading.passages import DEFAULT_PARSER, load_parser, paragraphs, words_forgotten
from mapgen.reasons import ReasonKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gazetteer import Gazetteer
    from mapgen.coding.english.article_context import ArticleContext
    from mapgen.coding.second_reader.reader import Mark
    from mapgen.model import Article, Claim, SentenceRecord
    from mapgen.reading.passages import Paragraph


class TwoReaders:
    """Code English articles with the rules and the second reader.

    This is a `mapgen.coders.Coder`.

    Parameters
    ----------
    gazetteer
        Gazetteer in which the names of places are looked up.
    parser
        Name of the spaCy pipeline that parses the passages.
    scope
        Whether people whom a disaster moved are mapped as well.

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
        self._network = network()

    def code(self, article: Article) -> tuple[list[Claim], list[SentenceRecord]]:
        """Return the claims of an article and all its sentences.

        A sentence that is left off the map has the reason why.
        """
        claims, sentences, _ = self.readings(article)
        return claims, sentences

    def readings(
        self, article: Article
    ) -> tuple[list[Claim], list[SentenceRecord], dict[int, Mark]]:
        """Return what `code` returns, and the marks of the network by their offsets."""
        context = context_of(article, self._gazetteer)
        with words_forgotten(self._nlp):
            claims, sentences = code_in_context(
                article, context, self._gazetteer, self._nlp, self._scope
            )
        text = context.text
        parts = paragraphs(text)
        subject = topic_of(text, len({m.party.id for m in context.mentions}))
        if subject.off and not claims:
            return claims, sentences, {}
        marks = self._marks(article, context, sentences, [p for p in parts if p.skip])
        by_start = {m.span.start: m for m in marks}
        day = article.published_on or latest_day(text)
        finder = Finder(article, context, day, [checked(c, by_start) for c in claims])
        told = finder.found(marks)
        spans = [(p.start, p.end) for p in parts]
        fresh = [c for c in told if is_of_network(c)]
        allowed = on_topic(fresh, sentences, subject, article.text, spans, self._scope).claims
        told = [c for c in told if c not in fresh or c in allowed]
        judged = [certain(with_probabilities(c, context.found), by_start) for c in told]
        told = [c for c in judged if is_enough(c)]
        vague = [c for c in judged if not is_enough(c)]
        return told, _noted(sentences, claims, told, vague), by_start

    def _marks(
        self,
        article: Article,
        context: ArticleContext,
        sentences: Sequence[SentenceRecord],
        skipped: Sequence[Paragraph],
    ) -> list[Mark]:
        """Return what the network says of the sentences, apart from paragraphs that are skipped."""
        text = context.text
        bounds = [
            (s.start, s.end)
            for s in sentences
            if not any(p.start <= s.start < p.end for p in skipped)
        ]
        year = article.published_on.year if article.published_on else None
        parties = default_table().spans(text)
        return read(text, bounds, context.found.references, parties, year, self._network)


def _noted(
    sentences: Sequence[SentenceRecord],
    before: Sequence[Claim],
    told: Sequence[Claim],
    vague: Sequence[Claim],
) -> list[SentenceRecord]:
    """Return the sentences with the reasons that hold after both readings.

    ``vague`` are claims that only the network makes, and not surely enough.
    """
    was_current = {c.id for c in before if c.status.is_current}
    denied = [c for c in told if c.id in was_current and not c.status.is_current]
    shown = [c for c in told if c.status.is_current and c.places]
    result = []
    for s in sentences:
        why = s.left_off
        if _first_in(s, shown) is not None:
            why = None
        elif (off := _first_in(s, denied)) is not None:
            said = next(r.how for r in reversed(off.reasons) if r.what is ReasonKind.CODERS)
            why = f"the rules read “{_kind(off)}” here; {said}"
        elif (unsure := _first_in(s, vague)) is not None and why is not None:
            finds = f"the second reader finds a {_kind(unsure)}, but is not sure enough"
            why = f"{why}; {finds} ({unsure.confidence:.2f})"
        result.append(s if why == s.left_off else replace(s, left_off=why))
    return result


def _first_in(sentence: SentenceRecord, claims: Sequence[Claim]) -> Claim | None:
    return next((c for c in claims if sentence.start <= c.start < sentence.end), None)


def _kind(claim: Claim) -> str:
    return claim.kind.value.replace("_", " ")
