"""Make claims of what the network alone finds.

Marks of a sentence come in with the claims that the rules have of it. Claims go out for places
that changed hands, and for ends and figures of flight, that no claim of the rules has.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mapgen.coding.english.attribution import role_of
from mapgen.coding.english.claiming import claim_id
from mapgen.coding.english.dates import find_dates
from mapgen.coding.english.long_over import PASSED_AFTER
from mapgen.coding.english.mentions import Mention, holds
from mapgen.coding.second_reader import labels as says
from mapgen.model import Attribution, Claim, Kind, Precision, Role, Status
from mapgen.reasons import Reason, ReasonKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from mapgen.coding.english.article_context import ArticleContext
    from mapgen.coding.second_reader.reader import Mark
    from mapgen.model import Actor, Article, ClaimPlace, When

ADDS = dict.fromkeys((says.TAKEN, says.ORIGIN, says.DESTINATION, says.MOVED), 0.6)
"""Probability from which the network's word alone makes a claim, by label. Whether the claim is
drawn is decided by its certainty; see `certainty`."""

READER = "second_reader"
ADDED = "the second reader adds a place"
_FIRST_NUMBER = 90  # of claims of the network, so that their ids differ from those of the rules
_PLAIN_WORD = re.compile(r"\b[a-z]{3,}\b")
_FROM = re.compile(
    r"\b(?:from|expel\w*|oust\w*|dislodg\w*|driv\w+ out|drove out|against|beat|defeat\w*)"
    r"\s+(?:the\s+)?$"
)
_LOST = re.compile(
    r"^(?:['’]s)?\s+(?:\w+\s+){0,2}?(?:lost|loses?|withdr\w+|pulled out|fled|abandon\w*)\b"
)


_NAMING = r"[^\W\d_][^,.;:!?“”\"()\n]{2,60}?"
_SAID = re.compile(
    rf", (?P<who>{_NAMING}) (?:said|says|announced|claimed|claims|reported|reports|confirmed)\b"
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
    """

    article: Article
    context: ArticleContext
    day: date | None
    claims: Sequence[Claim]

    def found(self, marks: Sequence[Mark]) -> list[Claim]:
        """Return the claims of the rules, some of them completed, and those of the network."""
        result = list(self.claims)
        by_sentence: dict[tuple[int, int], list[Mark]] = {}
        for mark in marks:
            by_sentence.setdefault(mark.sentence, []).append(mark)
        for (start, end), here in by_sentence.items():
            if not _PLAIN_WORD.search(_between(self.context.text, start, end, here)):
                continue  # a name alone heads what follows
            own = [c for c in result if start <= c.start < end]
            taken = self._taken(here, own)
            result = [c for c in result if not _is_outdone(c, taken)] + taken
            result += self._moved(here, own, result)
        return sorted(result, key=lambda c: c.start)

    def _taken(self, here: Sequence[Mark], own: Sequence[Claim]) -> list[Claim]:
        """Return a claim for each day on which places of a sentence changed hands."""
        told = [c for c in own if c.kind is Kind.CONTROL_CHANGE]
        fresh = [
            m
            for m in here
            if m.figure is None
            and m.probabilities[says.TAKEN] >= ADDS[says.TAKEN]
            and not any(_same(p, m) for c in told for p in c.places)
        ]
        groups: dict[When | None, list[Mark]] = {}
        for mark in _without_areas_around(fresh):
            when = self._when(mark, fresh)
            if not self._is_long_ago(when):
                groups.setdefault(when, []).append(mark)
        made = []
        for number, (when, marks) in enumerate(groups.items()):
            places = tuple(m.claim_place(_role_taken(m)) for m in marks)
            claim = self._claim(Kind.CONTROL_CHANGE, places, marks, says.TAKEN, number)
            actor, loser = self._parties(marks[0])
            made.append(replace(claim, date=when, actor=actor, from_actor=loser))
        return made

    def _moved(
        self, here: Sequence[Mark], own: Sequence[Claim], result: list[Claim]
    ) -> list[Claim]:
        """Return claims of flight; a lone claim of the rules gets its other ends in ``result``."""
        told = [c for c in own if c.kind in {Kind.DISPLACEMENT, Kind.HOSTING}]
        ends = self._ends(here, told)
        figures = self._figures(here, own)
        current = [c for c in told if c.kind is Kind.DISPLACEMENT and c.status.is_current]
        if ends and not figures and len(current) == 1:
            only = current[0]
            more = tuple(m.claim_place(role) for m, role in ends)
            reasons = (*only.reasons, Reason(ReasonKind.CODERS, ADDED))
            result[result.index(only)] = replace(only, places=only.places + more, reasons=reasons)
            return []
        if not figures:
            if not ends:
                return []
            return [self._flight(ends, [m for m, _ in ends], None, 0)]
        made = []
        for number, figure in enumerate(figures):
            # A trained tie of figures to places told movements no better apart than nearness.
            mine = [(m, r) for m, r in ends if _nearest(m, figures) is figure]
            made.append(self._flight(mine, [figure], figure, number))
        return made

    def _ends(self, here: Sequence[Mark], told: Sequence[Claim]) -> list[tuple[Mark, Role]]:
        """Return where people left and where they came, as far as the rules do not have it."""
        roles = {m.span: role for m in here if (role := _end(m)) is not None}
        return [
            (m, roles[m.span])
            for m in _without_areas_around([m for m in here if m.span in roles])
            if not any(_same(p, m) for c in told for p in c.places)
            and not self._is_long_ago(self._when(m, here))
        ]

    def _figures(self, here: Sequence[Mark], own: Sequence[Claim]) -> list[Mark]:
        """Return the figures of people who moved that the rules do not have."""
        return [
            m
            for m in here
            if m.figure is not None
            and m.probabilities[says.MOVED] >= ADDS[says.MOVED]
            and not any(c.quantity == m.figure.quantity for c in own)
            and not self._is_long_ago(self._when(m))
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
        chance = min(max(m.probabilities.values()) for m in marks)
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
            reasons=(Reason(ReasonKind.CODER, READER, f"{label} {chance:.2f}"),),
        )

    def _speaker(self, start: int, end: int) -> Attribution | None:
        """Return who says a sentence: as a claim of the rules has it, else by its own words."""
        for claim in self.claims:
            if start <= claim.start < end and claim.attribution is not None:
                return claim.attribution
        found = _SAID.search(self.context.text, start, end)
        if found is None:
            return None
        words = found["who"] or found["by"]
        name = words.removeprefix("the ").removeprefix("The ")
        return Attribution(name=name, role=role_of(name), words=words)

    def _when(self, mark: Mark, beside: Sequence[Mark] = ()) -> When | None:
        """Return the date that the sentence gives for a mark, if it names one.

        That is the next date behind the mark, unless another of the marks ``beside`` it stands
        between, else the last one before it.
        """
        start, end = mark.sentence
        here, until = mark.span.start - start, mark.span.end - start
        dates = find_dates(self.context.text[start:end], self.article.published_on)
        behind = [d for d in dates if d.start >= until]
        ahead = [d for d in dates if d.end <= here]
        if behind:
            first = min(behind, key=lambda d: d.start)
            crossed = any(until <= m.span.start - start < first.start for m in beside)
            if not crossed or not ahead:
                return first.when
        return max(ahead, key=lambda d: d.end).when if ahead else None

    def _is_long_ago(self, when: When | None) -> bool:
        if when is None or when.end is None or self.day is None:
            return False
        return when.end < self.day - PASSED_AFTER

    def _parties(self, mark: Mark) -> tuple[Actor | None, Actor | None]:
        """Return who took a place and who lost it, if the sentence names one party for each."""
        start, end = mark.sentence
        text = self.context.text
        section = self.context.section(start)
        took: list[Actor] = []
        lost: list[Actor] = []
        for m in section.mentions:
            if not start <= m.start < end:
                continue
            loses = _FROM.search(text, start, m.start) or _LOST.search(text[m.end : end])
            (lost if loses else took).append(m.party.actor)
        actor = took[0] if len({a.id for a in took}) == 1 else None
        loser = lost[0] if len({a.id for a in lost}) == 1 else None
        if actor is None and not took and loser is not None:
            actor = section.cast.opponent(loser)
        if loser is None and actor is not None:
            loser = section.cast.opponent(actor)
        return actor, loser if loser != actor else None


def _between(text: str, start: int, end: int, marks: Iterable[Mark]) -> str:
    """Return the words of a sentence that are in no mark."""
    kept, at = [], start
    for m in sorted(marks, key=lambda m: m.span):
        kept.append(text[at : m.span.start])
        at = m.span.end
    return " ".join([*kept, text[at:end]])


def _is_outdone(claim: Claim, taken: Sequence[Claim]) -> bool:
    """Whether a claim that forces come near a place is outdone: the same words say it was taken."""
    return claim.kind in {Kind.ADVANCE, Kind.THREAT} and any(
        t.start <= claim.start < t.end
        and {p.place_id for p in claim.places} <= {p.place_id for p in t.places}
        for t in taken
        if claim.places
    )


def _nearest(mark: Mark, others: Sequence[Mark]) -> Mark:
    """Return the one of some marks that stands nearest to a mark, the earlier of two."""
    return min(
        others,
        key=lambda o: max(o.span.start - mark.span.end, mark.span.start - o.span.end),
    )


def _same(place: ClaimPlace, mark: Mark) -> bool:
    """Whether a place of a claim is the one that a mark names or points back to."""
    if place.start < mark.span.end and mark.span.start < place.end:
        return True
    meant = mark.reference.meant if mark.reference is not None else None
    return meant is not None and place.place_id is not None and place.place_id == meant.id


def _without_areas_around(marks: Sequence[Mark]) -> list[Mark]:
    """Drop areas that only say where another place lies: "Sheberghan, in Jawzjan"."""
    meant = [(m, m.reference.meant) for m in marks if m.reference is not None]
    known = {
        m.span: Mention(p, m.span.start, m.span.end, m.words) for m, p in meant if p is not None
    }
    return [
        m
        for m in marks
        if m.span not in known
        or not any(holds(known[m.span], other) for s, other in known.items() if s != m.span)
    ]


def _role_taken(mark: Mark) -> Role:
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
