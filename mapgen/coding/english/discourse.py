"""Remember what earlier sentences of an article named, so that later ones can refer back.

Places and parties come in sentence by sentence; what "the city", "the group" and "it" can mean
goes out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from gazetteer.worded_areas import is_worded
from mapgen.coding.english.led_lines import is_dateline, line_opened
from mapgen.coding.english.who_acted import WhoActed
from mapgen.model import ClaimPlace, Kind, Precision, Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from gazetteer.records import Place
    from mapgen.coding.english.attackers import Fought
    from mapgen.coding.english.led_lines import LedLine
    from mapgen.model import Actor, Claim
    from mapgen.places.georeference import Georeference

_CAUSES = frozenset(
    {Kind.ADVANCE, Kind.ATTACK_ON_CIVILIANS, Kind.CLASH, Kind.CONTROL_CHANGE, Kind.STRIKE}
)
_SMALL, _CITY = 30_000, 100_000  # inhabitants
_FLIGHT_SENTENCES = 3  # how many sentences "others went to X" may refer back


def _is_spot(place: ClaimPlace, kind: Kind) -> bool:
    """Whether fighting was at a place: also beside it, where a camp of the town was taken."""
    camp = kind is Kind.CONTROL_CHANGE and place.precision is Precision.SETTLEMENT
    return place.role is Role.AT or (camp and place.role is Role.NEAR)


_DATELINE = re.compile(r"[^\n]{0,60}?\s[-–—]\s")


def dateline(references: Iterable[Georeference], text: str) -> Georeference | None:
    """Return the town in the dateline of an article: "CÚCUTA, 26 January 2025 - ".

    Parameters
    ----------
    references
        Georeferences of the article, in reading order.
    text
        The article.
    """
    for ref in references:
        opens = line_opened(text, ref.start) is not None and text[ref.start : ref.end].isupper()
        is_one = _DATELINE.match(text, ref.end) is not None or is_dateline(ref, text)
        if opens and ref.place is not None and is_one:
            return ref
    return None


@dataclass(slots=True)
class Discourse:
    """What earlier sentences named, and so what "the city", "the group" and "it" can refer to.

    ``counts`` and ``places`` are keyed by the id of the place.
    """

    sentences: list[list[tuple[Georeference, bool]]] = field(
        default_factory=list
    )  # (reference, is subject)
    counts: dict[str, int] = field(default_factory=dict)
    places: dict[str, Georeference] = field(default_factory=dict)
    acted: WhoActed = field(default_factory=WhoActed)
    fights: list[Fought] = field(default_factory=list)  # by sentence
    others: set[str] = field(default_factory=set)  # words used of others: "another militia"
    civil: bool = False  # whether "the group" may be a civil one that was named
    flight: tuple[int, tuple[ClaimPlace, ...]] | None = None  # number of its sentence, origins
    cause: tuple[int, tuple[ClaimPlace, ...]] | None = None  # of fighting: its sentence, places
    lists_arrivals: bool = False  # whether the next lines are items of a list of arrivals
    list_origins: tuple[ClaimPlace, ...] = ()  # where those of the last list came from
    country: str | None = None  # that the article is about
    capitals: Mapping[str, Place] = field(default_factory=dict)  # of that country
    dateline: Georeference | None = None  # the town from which the article is written
    led: LedLine | None = None  # the paragraph, if a name leads it: "Kamanyola: ..."
    paragraph: tuple[int, int] = (-1, 0)  # offset of the current one, number of its first sentence

    @property
    def last_actor(self) -> Actor | None:
        """The party that acted last; None if that could be one of two."""
        return self.acted.last()

    @property
    def last_one(self) -> Actor | None:
        """The last party named in the singular, as "it" requires."""
        return self.acted.last(one=True)

    def turn(self) -> None:
        """Forget the places and parties named so far: the article turns to another country."""
        self.forget_towns()
        self.acted.forget()
        self.fights.clear()
        self.others.clear()
        self.cause = None

    def forget_towns(self) -> None:
        """Forget the towns named so far: the article turns to another region."""
        self.sentences.clear()
        self.counts.clear()
        self.places.clear()
        self.paragraph = self.paragraph[0], 0

    def begin(self, offset: int) -> None:
        """Begin a sentence in the paragraph that begins at an offset."""
        if offset != self.paragraph[0]:
            self.paragraph = offset, len(self.sentences)
        self.sentences.append([])

    def lead(self, line: LedLine | None) -> None:
        """Take up the place that leads the current paragraph.

        Below another heading, other people move, and "the city" is none of those above it.
        """
        old = self.led.leader if self.led is not None else None
        if line is not None and line.is_headed and line.leader != old:
            self.flight = self.cause = None
            self.forget_towns()
        self.led = line

    def note_flight(self, claims: Iterable[Claim]) -> None:
        """Record that the current sentence is about flight, with its origins, if its claims are."""
        told = [c for c in claims if c.kind is Kind.DISPLACEMENT and c.status.is_current]
        if told:
            first = min(told, key=lambda c: c.start)  # "where 900 from X were staying" comes behind
            alone = [first] if len({c.kind for c in told}) == 1 and first.quantity else told
            origins = tuple(p for c in alone for p in c.places if p.role is Role.ORIGIN)
            self.flight = (len(self.sentences), origins or self.recent_flight() or ())

    def recent_flight(self) -> tuple[ClaimPlace, ...] | None:
        """Return the origins of a flight in the last few sentences, or None if there is none."""
        if self.flight is None or len(self.sentences) - self.flight[0] > _FLIGHT_SENTENCES:
            return None
        return self.flight[1]

    def note_cause(self, claims: Iterable[Claim]) -> None:
        """Record where the current sentence reports fighting, if that is at one place only.

        Several places count if one claim has them all: "attacks in X and Y".
        """
        told = [c for c in claims if c.kind in _CAUSES and c.status.is_current and c.places]
        spots = [tuple(p for p in c.places if _is_spot(p, c.kind)) for c in told]
        named = {tuple(p.place_id or p.surface for p in at) for at in spots if at}
        if len(named) == 1:
            places = next(at for at in spots if at)
            origins = tuple(replace(p, role=Role.ORIGIN) for p in places)
            self.cause = (len(self.sentences), origins)

    def last_cause(self) -> tuple[ClaimPlace, ...]:
        """Return where the sentence before the current one reports fighting, or no places."""
        if self.cause is None or len(self.sentences) - self.cause[0] != 1:
            return ()
        return self.cause[1]

    def note(self, reference: Georeference, *, subject: bool) -> None:
        """Record a mention of a settlement in the current sentence; areas are ignored."""
        place = reference.meant
        if place is None or (Precision(place.precision).is_area and not is_worded(place.id)):
            return
        self.sentences[-1].append((reference, subject))
        self.counts[place.id] = self.counts.get(place.id, 0) + 1
        self.places[place.id] = reference

    def antecedent(
        self, before: int, *, last: bool = False, near: bool = False
    ) -> Georeference | None:
        """Return the settlement that "the city" at an offset refers to, or None.

        Settlements named shortly before come first, then the one mentioned most often. With
        ``last``, as in "that city", the one named last is preferred. With ``near``, as for "it",
        only a settlement of the last sentences that alone fits is returned. In a paragraph that a
        name leads, this is meant unless the sentence itself names another place before. Towns of
        other paragraphs, or posts, are meant only where the paragraph itself names none.
        """
        if self.led is not None and not (near or last) and not self._is_named(before):
            return self.led.leader
        recent = self._recent(before, last=last)
        if recent is not None or not self.counts or near:
            return recent
        mentions = [r for s in self.sentences[self.paragraph[1] :] for r, _ in s]
        own = {r.meant.id for r in mentions if r.meant and r.end <= before}
        return self.places[max(own or self.counts, key=self._salience)]

    def as_city(self, reference: Georeference | None) -> Georeference | None:
        """Return what "the city" means: no village, if the text often names a city."""
        if reference is None or reference.meant is None or not self.counts or self.led is not None:
            return reference
        if (reference.meant.population or 0) >= _SMALL:
            return reference
        most = self.places[max(self.counts, key=self._salience)]
        big = most.meant is not None and (most.meant.population or 0) >= _CITY
        often = most.meant is not None and self.counts[most.meant.id] > 1
        return most if big and often else reference

    def has_topic_town(self) -> bool:
        """Whether the last sentence that named towns was about one: it alone, as the subject."""
        told = next((s for s in reversed(self.sentences[-3:-1]) if s), [])
        return len({r.meant.id for r, _ in told if r.meant}) == 1 and any(s for _, s in told)

    def _recent(self, before: int, *, last: bool) -> Georeference | None:
        """Return the settlement of the last sentences that alone fits, or is their subject."""
        first = max(len(self.sentences) - 3, 0)
        for n in range(len(self.sentences) - 1, first - 1, -1):
            sentence = self.sentences[n]
            here = [(r, s) for r, s in sentence if r.end <= before]
            if last and here:
                return here[-1][0]
            if n < self.paragraph[1] and here and (about := self._subject(first, n)) is not None:
                return about
            ids = {r.meant.id for r, _ in here if r.meant}
            if len(ids) == 1:
                return here[-1][0]
            subjects = [r for r, s in here if s]
            if len({r.meant.id for r in subjects if r.meant}) == 1:
                return subjects[0]
            if ids and sentence is not self.sentences[-1]:
                break
        return None

    def _subject(self, first: int, last: int) -> Georeference | None:
        """Return the one town that is a subject in some sentences of an earlier paragraph."""
        told = [r for s in self.sentences[first : last + 1] for r, subject in s if subject]
        return told[-1] if len({r.meant.id for r in told if r.meant}) == 1 else None

    def _is_named(self, before: int) -> bool:
        """Whether the current sentence has named a settlement before an offset."""
        return any(r.end <= before for r, _ in (self.sentences or [[]])[-1])

    def _salience(self, place_id: str) -> tuple[int, int, str]:
        """Return a sort key for settlements: number of mentions, then population."""
        place = self.places[place_id].meant
        return self.counts[place_id], (place.population or 0) if place else 0, place_id
