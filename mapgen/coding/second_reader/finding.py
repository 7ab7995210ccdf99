"""Make claims of what the network alone finds.

Marks of a sentence come in with the claims that the rules have of it. Claims go out for places
that changed hands, and for ends and figures of flight, that no claim of the rules has.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from mapgen.coding.english.attribution import role_of
from mapgen.coding.english.claiming import claim_id
from mapgen.coding.english.containers import is_area_in_chain
from mapgen.coding.english.dates import PASSED_AFTER, find_dates, is_deadline
from mapgen.coding.english.days_of_places import day_put_in
from mapgen.coding.english.mentions import Mention, holds
from mapgen.coding.english.quantities import parse_number
from mapgen.coding.english.source_names import CONJUNCTIONS, bare_source, names_source
from mapgen.coding.english.word_orders.men_leaving import is_of_own_men
from mapgen.coding.second_reader import labels as says
from mapgen.coding.second_reader.distances import away, distance, nearest, words_outside
from mapgen.coding.second_reader.followed import followed
from mapgen.coding.second_reader.marked import SpanKind
from mapgen.coding.second_reader.semicolons import dates_of_part, ends_apart
from mapgen.coding.second_reader.vetoes import (
    is_mere_example,
    is_mere_part,
    is_no_count,
    is_no_flight,
    is_otherwise,
    is_ruled_out,
)
from mapgen.coding.second_reader.who_took import Sides
from mapgen.core.tables.in_force import per_tables
from mapgen.core.tables.word_lists import word_list
from mapgen.model import Attribution, Claim, Kind, Precision, Role, Status
from mapgen.reasons import OPEN, Reason, ReasonKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from mapgen.coding.english.article_context import ArticleContext
    from mapgen.coding.second_reader.reader import Mark
    from mapgen.model import Actor, Article, ClaimPlace, Quantity, When

ADDS = {
    says.TAKEN: 0.6,
    says.ORIGIN: 0.7,
    says.DESTINATION: 0.75,
    says.MOVED: 0.6,
    says.RETURNED: 0.75,
    says.HOSTS: 0.75,
    says.TOLD_TO_LEAVE: 0.75,
    says.HELD: 0.75,
}
"""Probability from which the network's word alone makes a claim, by label. Whether the claim is
drawn is decided by its certainty; see `certainty`."""


@dataclass(frozen=True, slots=True)
class Other:
    """A kind of claim that is made from a label of places, with the figure that belongs to it."""

    kind: Kind
    role: Role
    figure: str | None = None  # label of the figures that belong to it


OTHERS = {
    says.RETURNED: Other(Kind.RETURN, Role.DESTINATION, says.CAME_BACK),
    says.HOSTS: Other(Kind.HOSTING, Role.AT, says.HOSTED),
    says.TOLD_TO_LEAVE: Other(Kind.EVACUATION_ORDER, Role.AT, says.ORDERED),
    says.HELD: Other(Kind.CONTROL_STATE, Role.AT),
}

READER = "second_reader"
ADDED = "the second reader adds a place"
SINCE = "it is held since a recent day, which makes it a capture"
ALSO = 0.5
"""Probability from which a figure belongs to a claim, or people are taken to have come back."""

_FIRST_NUMBER = 90  # of claims of the network, so that their ids differ from those of the rules
_LISTED = re.compile(r"^(?:,? (?:and|&)(?: the)? |, |\s?\([^()]*\)|[A-Z][\w'’-]*[ ]?)+$")
_NUMBER = re.compile(  # of people, as nothing that is counted follows it
    r"(?<![\w.,-])(?:\d{1,3}(?:[,. ]\d{3})+|\d{3})(?=\s*(?:[.;:)]|,\s|$|(?:and|at|from|in)\b))"
)
_LONGEST_PART = 30  # characters before the name of a town: "headquarters inside the "
_PLAIN_WORD = re.compile(r"\b[a-z]{3,}\b")

_ARTICLE = re.compile(r"^(?:the|an?)\s(?=\S)", re.IGNORECASE)
_NAMING = r"[^\W\d_][^,.;:!?“”\"()\n]{2,60}?"
_SAID = re.compile(
    rf",[\"”]?\s(?P<who>{_NAMING})"
    r" (?:said|says|announced|claimed|claims|reported|reports|confirmed"
    r"|told (?:AFP|journalists|media|reporters|Reuters))\b"
    rf"|\b[Aa]ccording to (?P<by>{_NAMING})(?=[,.;:]|$)"
)


@dataclass(frozen=True, slots=True)
class Finder:
    """What the network finds in one article beside the rules.

    Parameters
    ----------
    article
        The article.
    context
        Its places and parties.
    day
        Day of publication, else the latest day that the article names.
    claims
        Claims of the rules.
    sentences
        Offsets of the sentences, in reading order.
    """

    article: Article
    context: ArticleContext
    day: date | None
    claims: Sequence[Claim]
    sentences: Sequence[tuple[int, int]] = ()

    def found(self, marks: Sequence[Mark]) -> list[Claim]:
        """Return the claims of the rules, some of them completed, and those of the network."""
        able = [m for m in marks if says.TAKER in m.probabilities]
        sides = Sides(self.context, able, self._speaker)
        places = {m.span.start: m for m in marks if says.TAKEN in m.probabilities}
        told = [self._with_parties(c, places, sides) for c in self.claims]
        by_sentence: dict[tuple[int, int], list[Mark]] = {}
        for mark in marks:
            if mark.span.kind is not SpanKind.PARTY:
                by_sentence.setdefault(mark.sentence, []).append(mark)
        by_sentence = self._under_headings(by_sentence)
        claims, result = _by_sentence(told, sorted(by_sentence))
        for sentence, here in by_sentence.items():
            own = claims.get(sentence, [])
            taken = self._taken(here, own, sides)
            kept = own + taken
            kept += self._moved(here, own, kept)
            kept += self._others(here, kept, sides)
            result += kept
        return sorted(result, key=lambda c: c.start)

    def _under_headings(
        self, by_sentence: dict[tuple[int, int], list[Mark]]
    ) -> dict[tuple[int, int], list[Mark]]:
        """Return the marks with those of a name alone moved to the sentence that it heads.

        A row of a list with its figure ("Tawila: 16,200 people") heads nothing.
        """
        text = self.context.text
        under: dict[tuple[int, int], list[Mark]] = {}
        after = dict(pairwise(self.sentences))
        for bounds, here in sorted(by_sentence.items()):
            is_row = any(m.figure is not None for m in here)
            if is_row or _PLAIN_WORD.search(words_outside(text, *bounds, here)):
                under.setdefault(bounds, []).extend(here)
                continue
            headed = after.get(bounds)
            if headed is not None and _PLAIN_WORD.search(text, *headed):
                under.setdefault(headed, []).extend(replace(m, sentence=headed) for m in here)
        return under

    def _with_parties(self, claim: Claim, places: Mapping[int, Mark], sides: Sides) -> Claim:
        """Return a claim of the rules that names nobody who took the place, with who did."""
        if claim.kind is not Kind.CONTROL_CHANGE or claim.actor is not None:
            return claim
        if any(r.how == OPEN for r in claim.reasons):
            return claim
        mark = next((places[p.start] for p in claim.places if p.start in places), None)
        if mark is None or not claim.status.is_current:
            return claim
        actor, loser = sides.of(mark)
        if actor is None or (claim.from_actor is not None and claim.from_actor.id == actor.id):
            return claim
        return replace(claim, actor=actor, from_actor=claim.from_actor or loser)

    def _taken(self, here: Sequence[Mark], own: Sequence[Claim], sides: Sides) -> list[Claim]:
        """Return a claim for each day on which places of a sentence changed hands."""
        told = [c for c in own if c.kind is Kind.CONTROL_CHANGE]
        fresh = [
            m
            for m in here
            if m.figure is None
            and m.probabilities[says.TAKEN] >= ADDS[says.TAKEN]
            and not is_ruled_out(m, self.context.text)
            and not any(_same(p, m) for c in told for p in c.places)
        ]
        fresh, earlier = self._followed(here, fresh, told)
        groups: dict[When | None, list[Mark]] = {}
        for mark in _without_areas_around(fresh, self.context.text, here):
            when = None if mark in earlier else self._when(mark, fresh)
            if not self._is_long_ago(when):
                groups.setdefault(when, []).append(mark)
        made = []
        for number, (when, marks) in enumerate(groups.items()):
            places = tuple(m.claim_place(_role_taken(m, self.context.text)) for m in marks)
            claim = self._claim(Kind.CONTROL_CHANGE, places, marks, says.TAKEN, number)
            of_each = [sides.of(m) for m in marks]
            actor, loser = next((found for found in of_each if found[0]), of_each[0])
            if actor is None:
                actor, loser = _of_same_list(marks[0], told, self.context.text) or (None, loser)
            made.append(replace(claim, date=when, actor=actor, from_actor=loser))
        return made

    def _followed(
        self, here: Sequence[Mark], fresh: list[Mark], told: Sequence[Claim]
    ) -> tuple[list[Mark], list[Mark]]:
        """Return the places taken with the town that "followed" others, and those others.

        If the rules have that town, they know the others from before.
        """
        found = followed(here, self.context.text)
        if found is None or not any(m in fresh for m in found[1]):
            return fresh, []
        town, others = found
        if any(_same(p, town) for c in told for p in c.places):
            return [m for m in fresh if m not in others], []
        return [*(m for m in fresh if m is not town), town], others

    def _moved(
        self, here: Sequence[Mark], own: Sequence[Claim], result: list[Claim]
    ) -> list[Claim]:
        """Return claims of flight; a lone claim of the rules gets its other ends in ``result``."""
        told = [c for c in own if c.kind in {Kind.DISPLACEMENT, Kind.HOSTING}]
        ends = self._ends(here, [*told, *filter(is_of_own_men, own)])
        figures = self._figures(here, own)
        current = [c for c in told if c.kind is Kind.DISPLACEMENT and c.status.is_current]
        if ends and not figures and len(current) == 1:
            return self._completed(ends, current[0], result)
        if not figures:
            if not ends or _is_of_return(here, own):
                return []
            return [self._flight(ends, [m for m, _ in ends], None, 0)]
        made = []
        for number, figure in enumerate(figures):
            # A trained tie of figures to places told movements no better apart than nearness.
            mine = [(m, r) for m, r in ends if nearest(m, figures) is figure]
            if not mine and is_mere_part(figure, self.context.text):
                continue
            made.append(self._flight(mine, [figure], figure, number))
        return made

    def _completed(
        self, ends: Sequence[tuple[Mark, Role]], only: Claim, result: list[Claim]
    ) -> list[Claim]:
        """Give the lone claim of the rules its other ends; return the movement told apart."""
        apart = ends_apart(ends, only, self.context.text)
        if more := tuple(m.claim_place(role) for m, role in ends if (m, role) not in apart):
            reasons = (*only.reasons, Reason(ReasonKind.CODERS, ADDED))
            result[result.index(only)] = replace(only, places=only.places + more, reasons=reasons)
        return [self._flight(apart, [m for m, _ in apart], None, 0)] if apart else []

    def _others(self, here: Sequence[Mark], own: Sequence[Claim], sides: Sides) -> list[Claim]:
        """Return claims of the kinds in `OTHERS` of which the rules say nothing in a sentence."""
        made = []
        for label, other in OTHERS.items():
            if any(c.kind is other.kind for c in own):
                continue
            marks = self._told_as(label, other.kind, here)
            if not marks:
                continue
            places = tuple(m.claim_place(other.role) for m in marks)
            claim = self._claim(other.kind, places, marks, label, 0)
            claim = replace(claim, date=self._told(other.kind, marks[0], here))
            told = [
                m
                for m in here
                if m.figure and m.probabilities.get(other.figure or says.NONE, 0.0) >= ALSO
            ]
            counted = self._counted(told[0], marks[0]) if len(told) == 1 else None
            if counted is not None:
                claim = replace(claim, quantity=counted)
            elif other.kind is Kind.HOSTING:
                continue  # a place that merely takes people in is often a plan or a request
            if other.kind is Kind.CONTROL_STATE:
                claim = replace(claim, actor=sides.party(marks[0], says.HOLDER))
            made.append(claim)
        return made

    def _told_as(self, label: str, kind: Kind, here: Sequence[Mark]) -> list[Mark]:
        """Return the places of a sentence that have a label, unless its words say otherwise."""
        return [
            m
            for m in _without_areas_around([m for m in here if m.figure is None], self.context.text)
            if m.probabilities[label] >= ADDS[label]
            and not self._is_long_ago(self._when(m, here))
            and not is_otherwise(kind, m, self.context.text)
        ]

    def _counted(self, figure: Mark, place: Mark) -> Quantity | None:
        """Return the quantity that belongs to a place: a figure, or a bare number that is nearer.

        "98,000 displaced from the south; Tyre alone shelters 27,000" puts 27,000 in Tyre.
        """
        whole = figure.figure.quantity if figure.figure else None
        if whole is None:
            return None
        start, end = place.sentence
        text, span = self.context.text, figure.span
        bare = [
            m for m in _NUMBER.finditer(text, start, end) if not span.start <= m.start() < span.end
        ]
        near = min(bare, key=lambda m: away(m, place), default=None)
        if near is None or away(near, place) >= distance(figure, place):
            return whole
        number = parse_number(near[0])
        return replace(whole, low=number, high=number, best=number, words=near[0])

    def _ends(self, here: Sequence[Mark], told: Sequence[Claim]) -> list[tuple[Mark, Role]]:
        """Return where people left and where they came, as far as the rules do not have it."""
        roles = {m.span: role for m in here if (role := _end(m)) is not None}
        for role in (Role.ORIGIN, Role.DESTINATION):
            same = [m for m in here if roles.get(m.span) is role]
            for mark in same:
                if is_mere_example(mark, same, self.context.text):
                    del roles[mark.span]
        return [
            (m, roles[m.span])
            for m in _without_areas_around([m for m in here if m.span in roles], self.context.text)
            if not any(_same(p, m) for c in told for p in c.places)
            and not self._is_long_ago(self._when(m, here))
            and not is_no_flight(m, here, self.context.text)
        ]

    def _figures(self, here: Sequence[Mark], own: Sequence[Claim]) -> list[Mark]:
        """Return the figures of people who moved that the rules do not have."""
        return [
            m
            for m in here
            if m.figure is not None
            and m.probabilities[says.MOVED] >= ADDS[says.MOVED]
            and not any(_is_number(c.quantity, m.figure.quantity) for c in own)
            and not self._is_long_ago(self._when(m))
            and not is_no_count(m, self.context.text)
        ]

    def _flight(
        self, ends: Sequence[tuple[Mark, Role]], marks: list[Mark], figure: Mark | None, number: int
    ) -> Claim:
        places = tuple(m.claim_place(role) for m, role in ends)
        label = says.MOVED if figure is not None else _label(ends[0][1])
        claim = self._claim(Kind.DISPLACEMENT, places, marks, label, number)
        quantity = figure.figure.quantity if figure is not None and figure.figure else None
        return replace(claim, quantity=quantity, date=self._when(marks[0]))

    def _claim(
        self,
        kind: Kind,
        places: tuple[ClaimPlace, ...],
        marks: Sequence[Mark],
        label: str,
        number: int,
    ) -> Claim:
        start, end = marks[0].sentence
        chance = min(_surest(m) for m in marks)
        said = self._speaker(start, end)
        return Claim(
            id=claim_id(self.article.id, start, end, kind, _FIRST_NUMBER + number),
            article=self.article.id,
            start=start,
            end=end,
            quote=self.article.text[start:end],
            kind=kind,
            status=Status.ASSERTED if said is None else Status.CLAIMED,
            places=places,
            attribution=said,
            confidence=chance,
            reasons=(
                Reason(ReasonKind.CODER, READER, f"{label} {chance:.2f}"),
                *([Reason(ReasonKind.CODERS, SINCE)] if any(m.since for m in marks) else ()),
            ),
        )

    def _speaker(self, start: int, end: int) -> Attribution | None:
        """Return who says a sentence: as a claim of the rules has it, else by its own words."""
        for claim in self.claims:
            if start <= claim.start < end and claim.attribution is not None:
                return claim.attribution
        for found in _SAID.finditer(self.context.text, start, end):
            words = found["who"] or found["by"]
            if words.split(maxsplit=1)[0].lower() in CONJUNCTIONS:
                continue  # ", and by noon traders said that ...": of something else
            words = bare_source(words)
            if names_source(words):
                name = _ARTICLE.sub("", words)
                return Attribution(name=name, role=role_of(name), words=words)
        return None

    def _when(self, mark: Mark, beside: Sequence[Mark] = ()) -> When | None:
        """Return the date that the sentence gives for a mark, if it names one.

        That is the next date behind the mark, unless another of the marks ``beside`` it stands
        between, else the last one before it.
        """
        start, end = mark.sentence
        here, until = mark.span.start - start, mark.span.end - start
        words = self.context.text[start:end]
        own, dates = day_put_in(words, find_dates(words, self.article.published_on), here)
        if own is not None:
            return own.when
        dates = dates_of_part(words, dates, here)
        behind = [d for d in dates if d.start >= until]
        ahead = [d for d in dates if d.end <= here]
        if behind:
            first = min(behind, key=lambda d: d.start)
            crossed = any(until <= m.span.start - start < first.start for m in beside)
            if not crossed or not ahead:
                return first.when
        return max(ahead, key=lambda d: d.end).when if ahead else None

    def _told(self, kind: Kind, mark: Mark, beside: Sequence[Mark]) -> When | None:
        """Return the date of a mark; the day by which people are to leave is not the order's."""
        when = self._when(mark, beside)
        if when is None or kind is not Kind.EVACUATION_ORDER:
            return when
        return None if is_deadline(when, self.context.text[slice(*mark.sentence)]) else when

    def _is_long_ago(self, when: When | None) -> bool:
        if when is None or when.end is None or self.day is None:
            return False
        return when.end < self.day - PASSED_AFTER


def _of_same_list(
    mark: Mark, told: Sequence[Claim], text: str
) -> tuple[Actor, Actor | None] | None:
    """Return the sides of a claim that has a place in one list with a mark: "took A, B and C"."""
    for claim in told:
        for place in claim.places:
            gap = text[place.end : mark.span.start] if place.end <= mark.span.start else "."
            if claim.actor is not None and claim.status.is_current and _LISTED.match(gap):
                return claim.actor, claim.from_actor
    return None


def _is_number(one: Quantity | None, other: Quantity | None) -> bool:
    """Whether two figures are the same number, however much of its words each has."""
    if one is None or other is None:
        return one is other
    return (one.low, one.high, one.unit) == (other.low, other.high, other.unit)


def _is_of_return(here: Sequence[Mark], own: Sequence[Claim]) -> bool:
    """Whether a sentence tells of people who came back: where they left is no flight of now."""
    if any(c.kind is Kind.RETURN for c in own):
        return True
    return any(
        m.probabilities.get(label, 0.0) >= ALSO
        for m in here
        for label in (says.RETURNED, says.CAME_BACK)
    )


def _surest(mark: Mark) -> float:
    """Return the highest probability of what a mark tells of a place or of people."""
    return max(p for label, p in mark.probabilities.items() if label not in says.PARTY_LABELS)


def _by_sentence(
    claims: Iterable[Claim], sentences: Sequence[tuple[int, int]]
) -> tuple[dict[tuple[int, int], list[Claim]], list[Claim]]:
    """Return the claims of each of some sentences in reading order, and the other claims."""
    starts = [start for start, _ in sentences]
    found: dict[tuple[int, int], list[Claim]] = {}
    others: list[Claim] = []
    for claim in claims:
        at = bisect_right(starts, claim.start) - 1
        if at >= 0 and claim.start < sentences[at][1]:
            found.setdefault(sentences[at], []).append(claim)
        else:
            others.append(claim)
    return found, others


def _same(place: ClaimPlace, mark: Mark) -> bool:
    """Whether a place of a claim is the one that a mark names or points back to."""
    if place.start < mark.span.end and mark.span.start < place.end:
        return True
    meant = mark.reference.meant if mark.reference is not None else None
    return meant is not None and place.place_id is not None and place.place_id == meant.id


def _without_areas_around(
    marks: Sequence[Mark], text: str, beside: Sequence[Mark] = ()
) -> list[Mark]:
    """Drop areas that only say where another place lies: "Sheberghan, in Jawzjan".

    Those ``beside`` them count as well where they changed hands: the rules may have told of them.
    """
    taken = [m for m in beside if m.probabilities.get(says.TAKEN, 0.0) >= ADDS[says.TAKEN]]
    meant = [(m, m.reference.meant) for m in [*marks, *taken] if m.reference is not None]
    known = {
        m.span: Mention(p, m.span.start, m.span.end, m.words) for m, p in meant if p is not None
    }
    return [
        m
        for m in marks
        if not is_area_in_chain(m.span.start, m.span.end, text)
        if m.span not in known
        or not any(holds(known[m.span], other) for s, other in known.items() if s != m.span)
    ]


@per_tables
def _inside() -> re.Pattern[str]:
    """Return a pattern for a part of a town before the name: "an office in the city of Goma"."""
    parts = "|".join(sorted(word_list("mentions", "premises")))
    # but the administrative post of Y is Y with what belongs to it
    return re.compile(
        rf"(?<!administrative )\b(?:{parts}) (?:at|in|inside|near|of|outside) (?:[a-z]+,? ){{0,3}}$"
    )


@per_tables
def _part_behind() -> re.Pattern[str]:
    """Return a pattern for a part of a town behind the town's name: "Goma's police station"."""
    parts = "|".join(sorted(word_list("mentions", "premises")))
    kinds = "air|army|city|government|international|main|military|naval|police|regional|state"
    return re.compile(rf"(?:['’]s)? (?:(?:{kinds}) )?(?:{parts})\b(?! (?:and|chief|officers?)\b)")


def _role_taken(mark: Mark, text: str) -> Role:
    """Return the role of a place that was taken; who took a part of it is only near it."""
    start = mark.span.start
    before = _inside().search(text, max(0, start - _LONGEST_PART), start)
    if before or _part_behind().match(text, mark.span.end):
        return Role.NEAR
    meant = mark.reference.meant if mark.reference is not None else None
    return Role.REGION if meant is not None and Precision(meant.precision).is_area else Role.AT


def _end(mark: Mark) -> Role | None:
    """Return whether people left a place or came there, or None for neither."""
    if mark.figure is not None:
        return None
    origin, to = mark.probabilities[says.ORIGIN], mark.probabilities[says.DESTINATION]
    if origin >= ADDS[says.ORIGIN] and origin >= to:
        return Role.ORIGIN
    return Role.DESTINATION if to >= ADDS[says.DESTINATION] else None


def _label(role: Role) -> str:
    return says.ORIGIN if role is Role.ORIGIN else says.DESTINATION
