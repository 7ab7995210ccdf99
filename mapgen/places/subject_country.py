"""Decide which country an article is about: the one that most of its names lie in.

A dateline says where a reporter sat. "NAIROBI, Kenya - The army took Lalibela" is about Ethiopia.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gazetteer.distance import distance_km
from mapgen.reading.passages import paragraphs

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gazetteer.matching import Namesake
    from gazetteer.namesake_choice import Name, Resolver

_ONLY_VOTE = 0.5  # least sum of mentions for the only country that a text names
_STRAY = 0.25  # largest sum of mentions of other countries, as a share of it
_SURE = 0.8  # least sum of the names in the country of a story from abroad, each counted once
_NEAR_KM = (
    1500.0  # from a dateline to a lone place of the story; reporters sit in a country near it
)
_COUNTRY = "PCLI"  # feature code of GeoNames
_COUNTRY_WEIGHT = 2.0  # as in `Resolver.country_votes`


def subject_country(resolver: Resolver, text: str, stated: str | None = None) -> str | None:
    """Return the country that an article is about.

    This is the country that the user stated (ISO 3166-1 alpha-2), or else the one with the highest
    sum of mentions, if it is at least 1, or at least 0.5 and hardly another country has any. A
    mention of a place counts 1 for its country and a mention of the country itself counts 2,
    multiplied by the sureness. A dateline does not count if no other place of its country is named
    and the rest of the text is about another country.

    Parameters
    ----------
    resolver
        The names of the text, resolved.
    text
        The text.
    stated
        Country that the user stated, if any.
    """
    if stated:
        return stated
    votes = resolver.country_votes()
    told = _told_behind_dateline(votes, resolver, text)
    return told or _winner(votes)


def _winner(votes: Mapping[str, float]) -> str | None:
    if not votes:
        return None
    country, most = max(votes.items(), key=lambda kv: (kv[1], kv[0]))
    others = sum(votes.values()) - most
    is_alone = most >= _ONLY_VOTE and others <= most * _STRAY
    return country if most >= 1 or is_alone else None


def _told_behind_dateline(votes: Mapping[str, float], resolver: Resolver, text: str) -> str | None:
    """Return the country of a story from abroad, or None if the dateline counts as well."""
    heads = _datelines(text)
    if not heads:
        return None
    in_head: list[tuple[Name, Namesake]] = []
    behind: list[tuple[Name, Namesake]] = []
    for names, choice in resolver.choices():
        for name in names:
            if name.start >= 0:  # else it is of the publisher
                inside = any(start <= name.start < end for start, end in heads)
                (in_head if inside else behind).append((name, choice.namesake))
    left = dict(votes)
    for name, place in in_head:
        if place.country in left and not _names_place_in(place.country, behind):
            left[place.country] -= _weight(place) * name.sureness
    told = _winner({c: v for c, v in left.items() if v > 0})
    return told if told is not None and _is_sure(told, behind, in_head) else None


def _weight(place: Namesake) -> float:
    return _COUNTRY_WEIGHT if place.feature == _COUNTRY else 1.0


def _names_place_in(country: str | None, behind: Sequence[tuple[Name, Namesake]]) -> bool:
    """Whether the text behind the dateline names a place in a country, not only the country."""
    return any(p.country == country and p.feature != _COUNTRY for _, p in behind)


def _is_sure(
    country: str,
    behind: Sequence[tuple[Name, Namesake]],
    in_head: Sequence[tuple[Name, Namesake]],
) -> bool:
    """Whether a text is surely about a country: a lone name far away may be a mere namesake."""
    named = {n.surface: (n, p) for n, p in behind if p.country == country}
    if sum(n.sureness for n, _ in named.values()) < _SURE:
        return False
    near = any(
        distance_km(p.lat, p.lon, h.lat, h.lon) <= _NEAR_KM
        for _, p in named.values()
        for _, h in in_head
    )
    return near or len(named) > 1


def _datelines(text: str) -> Sequence[tuple[int, int]]:
    """Return the spans, by offset, of the datelines that open paragraphs of a text.

    Parameters
    ----------
    text
        An article.
    """
    opened = [(text.rfind("\n", 0, p.start) + 1, p.start) for p in paragraphs(text)]
    return [(start, end) for start, end in opened if text[start:end].strip()]
