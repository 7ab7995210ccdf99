"""Find the denials of an event, looked up by place so that no pairs are compared."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from typing import TYPE_CHECKING

from mapgen.merging.periods import REPORT_GAP
from mapgen.merging.units import Unit, days_of, family_of, focus_places, place_key, side_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from mapgen.model import Article, Claim, ClaimPlace

_REPORTS_DIFFER = timedelta(days=3)  # reports of one event can differ by this much


class Denials:
    """An index of denials by place.

    Parameters
    ----------
    claims
        Negated claims.
    articles
        Articles by id. Their dates matter, as a denial cannot be about later events.
    """

    def __init__(self, claims: Iterable[Claim], articles: Mapping[str, Article]) -> None:
        self._by_place: dict[str, list[tuple[Claim, ClaimPlace]]] = defaultdict(list)
        self._day: dict[str, date | None] = {}
        for claim in claims:
            article = articles.get(claim.article)
            self._day[claim.id] = days_of(claim, article.published_on if article else None)[1]
            for place in focus_places(claim):
                self._by_place[place_key(place)].append((claim, place))

    def of(self, members: Sequence[Unit]) -> list[Claim]:
        """Return the denials of what units report, sorted by id."""
        first = members[0]
        sides = {u.side for u in members} - {None}
        found: dict[str, Claim] = {}
        for key in {place_key(p) for u in members for p in u.places}:
            for claim, place in self._by_place.get(key, ()):
                side = side_of(claim)
                if side is not None and sides and side not in sides:
                    continue
                same = family_of(claim, place) == first.family or claim.kind is first.claim.kind
                if same and any(self._can_mean(claim, u) for u in members):
                    found[claim.id] = claim
        return [found[i] for i in sorted(found)]

    def _can_mean(self, denial: Claim, unit: Unit) -> bool:
        """Whether a denial was made late enough to be about what a unit reports."""
        day = self._day[denial.id]
        if day is None or unit.end is None:
            return True
        if unit.start is not None:
            return unit.start - day <= _REPORTS_DIFFER
        return unit.end - day <= REPORT_GAP
