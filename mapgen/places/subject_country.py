"""Decide which country an article is about: the one that most of its names lie in.

A dateline says where a reporter sat. "NAIROBI, Kenya - The army took Lalibela" is about Ethiopia.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapgen.reading.passages import paragraphs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gazetteer.namesake_choice import Resolver

_ONLY_VOTE = 0.5  # least sum of mentions for the only country that a text names
_STRAY = 0.25  # largest sum of mentions of other countries, as a share of it
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
    told = _without_datelines(votes, resolver, text)
    return _winner(told) or _winner(votes)


def _winner(votes: dict[str, float]) -> str | None:
    if not votes:
        return None
    country, most = max(votes.items(), key=lambda kv: (kv[1], kv[0]))
    others = sum(votes.values()) - most
    is_alone = most >= _ONLY_VOTE and others <= most * _STRAY
    return country if most >= 1 or is_alone else None


def _without_datelines(votes: dict[str, float], resolver: Resolver, text: str) -> dict[str, float]:
    """Return the votes without those of datelines in whose country the text names no place."""
    heads = _datelines(text)
    if not heads:
        return votes
    in_head: dict[str, float] = {}
    named_inside = set()
    for names, choice in resolver.choices():
        country, is_country = choice.namesake.country, choice.namesake.feature == _COUNTRY
        for name in names:
            if country is None or name.start < 0:  # of the publisher
                continue
            if any(start <= name.start < end for start, end in heads):
                weight = _COUNTRY_WEIGHT if is_country else 1.0
                in_head[country] = in_head.get(country, 0.0) + weight * name.sureness
            elif not is_country:
                named_inside.add(country)
    abroad = in_head.keys() - named_inside
    left = {c: v - in_head[c] if c in abroad else v for c, v in votes.items()}
    return {c: v for c, v in left.items() if v > 0}


def _datelines(text: str) -> Sequence[tuple[int, int]]:
    """Return the spans of the datelines that open paragraphs of a text."""
    opened = [(text.rfind("\n", 0, p.start) + 1, p.start) for p in paragraphs(text)]
    return [(start, end) for start, end in opened if text[start:end].strip()]
