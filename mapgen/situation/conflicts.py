"""Tell separate conflicts apart.

What may be shown of a situation comes in; its conflicts go out, each with its countries and its
articles. Two countries belong to one conflict if one article, or one party that acts in both, links
them.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mapgen.core.told import listed, say
from mapgen.core.told import place as named
from mapgen.core.words import country_phrase, joined
from mapgen.model import Standing
from mapgen.situation.countries import country_of_place

if TYPE_CHECKING:
    from mapgen.model import Event
    from mapgen.situation.shown import Shown

_PARTY = "party "
_GONE = frozenset({Standing.OUTDATED, Standing.DENIED})
_MOST_NAMED = 2  # countries in the name of a file


@dataclass(frozen=True, kw_only=True, slots=True)
class Conflict:
    """A conflict that some of the articles tell of.

    Attributes
    ----------
    countries
        Names of its countries, in order of their codes.
    articles
        Ids of the articles that tell of it.
    """

    countries: tuple[str, ...]
    articles: frozenset[str]

    @property
    def file_name(self) -> str:
        """A name for its files: ``sudan``, ``chad-sudan``."""
        return "-".join(_plain(name) for name in self.countries[:_MOST_NAMED]) or "elsewhere"


def _plain(name: str) -> str:
    """Return a name in lower-case ASCII letters and hyphens."""
    letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", letters.lower()).strip("-")


def drawn_events(shown: Shown) -> list[Event]:
    """Return the events that may be drawn and are neither outdated nor denied."""
    return [e for e in shown.situation.events if shown.may_draw(e) and e.standing not in _GONE]


def conflicts(shown: Shown) -> tuple[Conflict, ...]:
    """Return the separate conflicts that the articles tell of.

    Parameters
    ----------
    shown
        What may be shown.

    Returns
    -------
    tuple of Conflict
        Sorted by countries. An article without an event that is drawn belongs to the conflict in
        whose countries most of the places lie that it names, or to none.
    """
    groups = _groups(_ties(shown))
    heard = {article for group in groups for article in group.articles}
    by_country = {tie: n for n, group in enumerate(groups) for tie in group.ties}
    for article in sorted(set(shown.articles) - heard):
        codes_named = (
            country_of_place(shown.gazetteer, place) for place in shown.articles[article].places
        )
        shared = Counter(by_country[code] for code in codes_named if code and code in by_country)
        if shared:
            most = max(shared.values())
            groups[min(n for n in shared if shared[n] == most)].articles.add(article)
    found = []
    for group in groups:
        codes = sorted(tie for tie in group.ties if not tie.startswith(_PARTY))
        units = [shown.gazetteer.get(f"iso:{code}") for code in codes]
        names = tuple(named(unit.name, unit.id) for unit in units if unit is not None)
        found.append(Conflict(countries=names, articles=frozenset(group.articles)))
    return tuple(sorted(found, key=lambda c: c.countries))


@dataclass(slots=True)
class _Group:
    """Countries and parties that articles tell of together, and these articles."""

    ties: set[str] = field(default_factory=set)
    articles: set[str] = field(default_factory=set)


def _groups(ties_of: dict[str, set[str]]) -> list[_Group]:
    """Return the groups of articles that share a country or a party, directly or through others.

    An article that names parties and no country is in none. Each tie leads to another tie of its
    group, and in the end to one that stands for the group.
    """
    leads_to: dict[str, str] = {}

    def first(tie: str) -> str:
        """Return the tie that stands for the group, and shorten the way there."""
        while leads_to.setdefault(tie, tie) != tie:
            leads_to[tie] = leads_to.setdefault(leads_to[tie], leads_to[tie])
            tie = leads_to[tie]
        return tie

    placed = {
        article: sorted(ties)
        for article, ties in sorted(ties_of.items())
        if not all(tie.startswith(_PARTY) for tie in ties)
    }
    for ties in placed.values():
        for tie in ties[1:]:
            leads_to[first(tie)] = first(ties[0])
    groups: dict[str, _Group] = {}
    for article, ties in placed.items():
        group = groups.setdefault(first(ties[0]), _Group())
        group.articles.add(article)
        group.ties.update(ties)
    return sorted(groups.values(), key=lambda group: max(group.articles))


def _ties(shown: Shown) -> dict[str, set[str]]:
    """Return the countries of the events of each article, and the parties that act in them."""
    ties_of: dict[str, set[str]] = {}
    for event in drawn_events(shown):
        codes = {country_of_place(shown.gazetteer, place) for place in event.places}
        ties = {code for code in codes if code}
        ties |= {f"{_PARTY}{a.side}" for a in (event.actor, event.from_actor) if a and a.side}
        for article in {claim.article for claim in event.claims}:
            ties_of.setdefault(article, set()).update(ties)
    return ties_of


def conflict_warning(shown: Shown) -> str:
    """Return a warning if the articles tell of events in countries that no article tells together.

    Parameters
    ----------
    shown
        What may be shown.

    Returns
    -------
    str
        Empty if one article, or one party that acts in both, links all of the countries.
    """
    found = conflicts(shown)
    if len(found) <= 1:
        return ""
    names = [joined([country_phrase(name) for name in c.countries]) for c in found]
    return say(
        "These articles tell of separate conflicts ({names}). "
        "Do not read their figures together; make a map of each.",
        names=listed([n for n in names if n], "semicolon"),
    )
