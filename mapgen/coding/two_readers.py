"""Code English articles with two readers: the rules, and a small trained network.

Both read each article; `second_reader.deciding` and `second_reader.finding` bring together what
they say. This is the coder ``readers``, which is used unless another is named.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace
from typing import TYPE_CHECKING

from gazetteer.worded_areas import is_worded
from mapgen.coders import BUILT_IN_LANGUAGES
from mapgen.coding.english.article_context import context_of
from mapgen.coding.english.counted_towns import without_counted_towns
from mapgen.coding.english.dates import latest_day
from mapgen.coding.english.gapped_figures import with_gapped_figures
from mapgen.coding.english.implausible import in_bounds
from mapgen.coding.english.landmarks import without_landmarks
from mapgen.coding.english.led_lines import is_dateline
from mapgen.coding.english.led_movements import with_ends_led
from mapgen.coding.english.list_lines import is_of_list, unlisted_heads
from mapgen.coding.english.mentions import Mention
from mapgen.coding.english.off_topic import on_topic
from mapgen.coding.english.origins_next import with_origins_next
from mapgen.coding.english.own_figures import with_own_figures
from mapgen.coding.english.own_groups import with_own_groups
from mapgen.coding.english.parts_at_places import with_parts_at_places
from mapgen.coding.english.parts_of_figures import (
    with_units_of_parts,
    without_figures_told_before,
)
from mapgen.coding.english.passing_returns import with_lasting_returns, with_ways_back
from mapgen.coding.english.raids import as_raids
from mapgen.coding.english.reasons import why_left_off
from mapgen.coding.english.stated_direction import with_sides_told
from mapgen.coding.english.takeback import decided, denied_next
from mapgen.coding.english.told_twice import told_once
from mapgen.coding.english.tolls import with_tolls
from mapgen.coding.english.topic import topic_of
from mapgen.coding.english.unnamed_origins import with_unnamed_origins
from mapgen.coding.english.where_counted import with_where_counted
from mapgen.coding.english.whose_weapons import with_whose_weapons
from mapgen.coding.english.withdrawn import withdrawn
from mapgen.coding.rule_coder import code_in_context, with_probabilities
from mapgen.coding.second_reader.certainty import (
    certain,
    is_enough,
    is_of_network,
    with_sure_places,
)
from mapgen.coding.second_reader.deciding import checked
from mapgen.coding.second_reader.finding import Finder
from mapgen.coding.second_reader.followed import with_followed
from mapgen.coding.second_reader.marked import SpanKind
from mapgen.coding.second_reader.network import network
from mapgen.coding.second_reader.outdone import without_outdone
from mapgen.coding.second_reader.reader import read
from mapgen.coding.second_reader.said_by_sides import is_flight_of_a_side, is_own_deed
from mapgen.coding.second_reader.since_when import with_since_when
from mapgen.core.tables.actors import default_table
from mapgen.model import Scope, Status
from mapgen.places.names_read import with_names_read
from mapgen.places.national_capital import (
    ALONE,
    as_capital,
    capital_in_words,
    capitals_of,
    is_told_capital,
)
from mapgen.places.set_apart import names_set_apart
from mapgen.reading.passages import DEFAULT_PARSER, load_parser, paragraphs, words_forgotten
from mapgen.reasons import ReasonKind

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from gazetteer import Gazetteer
    from mapgen.coding.english.article_context import ArticleContext
    from mapgen.coding.second_reader.reader import Mark
    from mapgen.model import Article, Claim, ClaimPlace, SentenceRecord
    from mapgen.places.georeference import Georeference


_GAP = re.compile(r"(?:,| \(|,? in)\s?$")  # between a place and the area around it
_LONGEST_GAP = 6  # characters


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
            claims, sentences, pasts = code_in_context(
                article, context, self._gazetteer, self._nlp, self._scope
            )
        text = context.text
        parts = paragraphs(text)
        spans = [(p.start, p.end) for p in parts]
        subject = topic_of(text, len({m.party.id for m in context.mentions}))
        if subject.off and not claims:
            return claims, sentences, {}
        unread = [(p.start, p.end) for p in parts if p.skip]
        unread += [(c.start, c.end) for c in claims if is_of_list(c)]
        marks = self._marks(article, context, sentences, unread)
        context, marks = self._with_names_read(article, context, marks, claims)
        claims = [_with_places_known(c, context) for c in claims]
        by_start = {m.span.start: m for m in marks if m.span.kind is not SpanKind.PARTY}
        ruled = _ruled(claims, by_start)
        told = _as_past(_found(article, context, ruled, marks, sentences), pasts)
        told = with_lasting_returns(denied_next(told, sentences, is_of_network), text)
        told, _ = withdrawn(told, sentences, text, spans)
        fresh = [c for c in told if is_of_network(c)]
        kept = on_topic(fresh, sentences, subject, article.text, spans, self._scope).claims
        allowed = {c.id: c for c in kept}  # with the cause, where a disaster moved people
        told = [allowed.get(c.id, c) for c in told if not is_of_network(c) or c.id in allowed]
        told, vague = _judged(told, context, by_start)
        told = with_sides_told(without_outdone(with_ways_back(told)))
        told = with_whose_weapons(told, context)
        told = without_landmarks(told, context.found.references, text)
        noted = _noted(sentences, claims, told, vague)
        told = with_where_counted(told, sentences, context.found.references, article.text)
        told = with_ends_led(told, sentences, context.found.references, article.text)
        told = with_origins_next(told, sentences, context.found.references, article.text)
        told = with_parts_at_places(
            told, sentences, context.found.references, article.text, article.published_on
        )
        told = with_units_of_parts(told, article.text)
        told = with_gapped_figures(told, sentences, context.found.references, article.text)
        told = with_own_figures(told, article.text)
        told = with_unnamed_origins(told, article.text)
        told = told_once(with_own_groups(told, noted, article.text))
        told = without_figures_told_before(told, noted, article.text)
        told, noted = as_raids(told, noted, article.text)
        told, noted = without_counted_towns(told, noted, context.found.references)
        return *with_tolls(told, noted, article.text), by_start

    def _with_names_read(
        self,
        article: Article,
        context: ArticleContext,
        marks: list[Mark],
        claims: Sequence[Claim],
    ) -> tuple[ArticleContext, list[Mark]]:
        """Return the context and the marks with the names where a reader says what happened."""
        ends = {r.end for r in context.found.references if r.place and is_worded(r.place.id)}
        marks = [m for m in marks if not _is_container(m, context.text, ends)]
        names = [(m.span.start, m.span.end) for m in marks if m.is_read_as_place]
        names += [(p.start, p.end) for p in unlisted_heads(claims)]
        apart = names_set_apart(context.text)
        names = [(a, b) for a, b in names if not any(s < b and a < e for s, e in apart)]
        vouched = _vouched(marks, claims)
        found = with_names_read(
            context.found,
            context.text,
            sorted(names),
            [*default_table().spans(context.text), *apart],
            self._gazetteer,
            vouched=vouched,
            items=context.items,
            is_given=article.country is not None,
        )
        known = {r.start: r for r in found.references if r.meant is not None}
        return replace(context, found=found), [_with_place(m, known) for m in marks]

    def _marks(
        self,
        article: Article,
        context: ArticleContext,
        sentences: Sequence[SentenceRecord],
        unread: Sequence[tuple[int, int]],
    ) -> list[Mark]:
        """Return what the network says of the sentences, apart from some spans.

        It does not see the heading that says what the lines of a list count.
        """
        text = context.text
        bounds = [
            (s.start, s.end)
            for s in sentences
            if not any(s.start < end and start < s.end for start, end in unread)
        ]
        year = article.published_on.year if article.published_on else None
        marks = read(text, bounds, context.found.references, year, self._network)
        lines = {r.start for r in context.found.references if is_dateline(r, text)}
        marks = [m for m in marks if m.span.start not in lines]  # where it was written
        marks = [self._at_capital(m, context) for m in marks]
        return with_since_when(with_followed(marks, text), text, article.published_on)

    def _at_capital(self, mark: Mark, context: ArticleContext) -> Mark:
        """Return "the capital" as that of the country, unless another capital is told of before."""
        start = mark.span.start
        if not mark.words.casefold().endswith("capital"):
            return mark
        country = context.section(start).country or context.found.country
        capitals = capitals_of(country, self._gazetteer)
        capital = capital_in_words(mark.words, context.text, start, capitals)
        if capital is None:
            town = mark.reference
            is_open = bool(capitals) and ALONE not in capitals
            doubted = town is not None and (is_open or is_dateline(town, context.text))
            if town is None or not doubted or is_told_capital(context.text, start, town.surface):
                return mark
            return replace(mark, reference=None)
        return replace(mark, reference=as_capital(mark.words, start, capital))


def _ruled(claims: Sequence[Claim], marks: Mapping[int, Mark]) -> list[Claim]:
    """Return the claims of the rules as they stand after the network's reading."""
    return [c if is_own_deed(c) or _is_disputed(c, claims) else checked(c, marks) for c in claims]


def _is_disputed(claim: Claim, claims: Sequence[Claim]) -> bool:
    """Whether somebody else denies a claim right after it: both sides are shown then.

    The network reads the denial into the claim and takes it as not happened.
    """
    if claim.status is not Status.CLAIMED:
        return False
    here = {p.start for p in claim.places}
    return any(
        o.status is Status.NEGATED
        and o.kind is claim.kind
        and o.attribution is not None
        and o.attribution != claim.attribution
        and here == {p.start for p in o.places}
        for o in claims
    )


def _vouched(marks: Sequence[Mark], claims: Sequence[Claim]) -> set[int]:
    """Return the offsets of names of which either reader says what happened there."""
    told = {m.reference.start for m in marks if m.reference is not None and m.is_told}
    return told | {p.start for c in claims for p in c.places if p.place_id is None}


def _with_place(mark: Mark, known: Mapping[int, Georeference]) -> Mark:
    """Return a mark with the place of its name, where that is known now."""
    if mark.is_read_as_place or (mark.reference is not None and mark.reference.is_open):
        at = mark.span.start if mark.reference is None else mark.reference.start
        return replace(mark, reference=known.get(at, mark.reference))
    return mark


def _is_container(mark: Mark, text: str, ends: Collection[int]) -> bool:
    """Whether a name only says where the place before it lies: "Stepova Balka, Chernihiv"."""
    before = _GAP.search(text, max(0, mark.span.start - _LONGEST_GAP), mark.span.start)
    return mark.reference is None and before is not None and before.start() in ends


def _with_places_known(claim: Claim, context: ArticleContext) -> Claim:
    """Return a claim of the rules with the places that became known after its sentence was read."""
    if all(p.place_id is not None for p in claim.places):
        return claim
    known = {r.start: r for r in context.found.references if r.place is not None}
    named = {r.surface: r for r in known.values()}

    def placed(p: ClaimPlace) -> ClaimPlace:
        # "the town" has the name of the town that it refers to
        r = known.get(p.start) or (named.get(p.name) if p.name else None)
        if p.place_id is not None or r is None or r.place is None:
            return p
        if r.surface not in {p.surface, p.name}:
            return p
        found = Mention(r.place, p.start, p.end, p.surface).claim_place(
            p.role, distance_km=p.distance_km
        )
        return replace(found, direction=p.direction)

    return replace(claim, places=tuple(placed(p) for p in claim.places))


def _found(
    article: Article,
    context: ArticleContext,
    claims: Sequence[Claim],
    marks: Sequence[Mark],
    sentences: Sequence[SentenceRecord],
) -> list[Claim]:
    """Return the claims of the rules and those of the network beside them."""
    day = article.published_on or latest_day(context.text)
    bounds = sorted((s.start, s.end) for s in sentences)
    finder = Finder(article, context, day, claims, bounds)
    found = (
        c for c in finder.found(marks) if not is_flight_of_a_side(c, context.section(c.start).cast)
    )
    return [in_bounds(c, article.published_on) if is_of_network(c) else c for c in found]


def _as_past(claims: Sequence[Claim], pasts: Mapping[int, str]) -> list[Claim]:
    """Return claims; the past of earlier words makes those of the network history.

    "She was in X when it burned in 1974. Then we ran to Y": the network reads each sentence alone.
    """
    past = Status.HISTORICAL
    return [
        replace(c, status=past, reasons=decided(c, past, pasts[c.start]))
        if c.start in pasts and is_of_network(c) and c.status.is_current
        else c
        for c in claims
    ]


def _judged(
    claims: Sequence[Claim], context: ArticleContext, marks: Mapping[int, Mark]
) -> tuple[list[Claim], list[Claim]]:
    """Return claims with their certainty: those to keep, and those that are not sure enough."""
    told = with_probabilities(claims, context.found)
    judged = [
        certain(with_sure_places(c, marks), marks, is_disputed=_is_disputed(c, told)) for c in told
    ]
    return [c for c in judged if is_enough(c)], [c for c in judged if not is_enough(c)]


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
    not_now = [c for c in told if is_of_network(c) and not c.status.is_current]
    drawn, off_map, never_now, unsure_of = map(_first_in, (shown, denied, not_now, vague))
    result = []
    for s in sentences:
        why = s.left_off
        if drawn(s) is not None:
            why = None
        elif (off := off_map(s)) is not None:
            why = _why_denied(off)
        elif why is not None and (never := never_now(s)) is not None:
            why = why_left_off([never])
        elif (unsure := unsure_of(s)) is not None and why is not None:
            finds = f"the second reader finds a {_kind(unsure)}, but is not sure enough"
            why = f"{why}; {finds} ({unsure.confidence:.2f})"
        result.append(s if why == s.left_off else replace(s, left_off=why))
    return result


def _why_denied(claim: Claim) -> str:
    """Return both readings of what the rules find and the network does not."""
    said = next(r.how for r in reversed(claim.reasons) if r.what is ReasonKind.CODERS)
    return f"the rules read “{_kind(claim)}” here; {said}"


def _first_in(claims: Sequence[Claim]) -> Callable[[SentenceRecord], Claim | None]:
    """Return a function that returns the first of some claims in a sentence, or None."""
    ordered = sorted(claims, key=lambda c: c.start)
    starts = [c.start for c in ordered]

    def first(sentence: SentenceRecord) -> Claim | None:
        at = bisect_left(starts, sentence.start)
        return ordered[at] if at < len(ordered) and starts[at] < sentence.end else None

    return first


def _kind(claim: Claim) -> str:
    return claim.kind.value.replace("_", " ")
