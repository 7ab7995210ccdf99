"""Decide the standing of an event by counting independent chains of attribution, not articles.

A chain is the origin of a statement: the source that a claim names, or else the article itself. Two
articles with nearly the same text are one chain, and so are two outlets that quote one monitor.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mapgen.core.source_names import source_name
from mapgen.core.tables.sources import (
    QUOTING,
    independent,
    is_description,
    is_vague,
    may_be_one,
    source_of,
)
from mapgen.core.told import say
from mapgen.core.words import count_word, fold, initials, joined, unique, with_article
from mapgen.model import Standing, Status
from mapgen.reasons import says_contested

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from mapgen.model import Attribution, Claim

_INDEPENDENT = 2


@dataclass(frozen=True, slots=True)
class StandingVerdict:
    """A standing and the rule behind it, in words."""

    standing: Standing
    rule: str


def source_key(attribution: Attribution) -> str:
    """Return a key of a source that does not depend on how its name is written."""
    listed = source_of(attribution.name.split(QUOTING)[0])
    if listed is not None:
        return listed.id
    short = source_name(attribution)
    if short == attribution.name and attribution.role in {"monitor", "organisation"}:
        short = initials(short) or short
    return fold(short)


def chain_of(claim: Claim, originals: Mapping[str, str]) -> str:
    """Return the chain of attribution of a claim.

    Parameters
    ----------
    claim
        The claim.
    originals
        Id of the original article, by id of its reprint.

    Returns
    -------
    str
        ``source`` and the key of the source, or ``article`` and an id if the source is unnamed.
    """
    article = originals.get(claim.article, claim.article)
    if claim.attribution is None or claim.attribution.role == "unnamed":
        # Two unnamed sources may be the same, so each counts as its article.
        return f"article {article}"
    return f"source {source_key(claim.attribution)}"


def _article_words(n: int) -> str:
    return say("{n} articles", one="{n} article", n=count_word(n))


def spoken_by(claims: Iterable[Claim], originals: Mapping[str, str]) -> str:
    """Return who states it, such as ``two articles``, ``SOHR``, ``“reports”``.

    Parameters
    ----------
    claims
        Claims of one event; only current ones count.
    originals
        Id of the original article, by id of its reprint.
    """
    current = [c for c in claims if c.status.is_current]
    own = {originals.get(c.article, c.article) for c in current if c.status is Status.ASSERTED}
    claimed = [c for c in current if c.status is Status.CLAIMED]
    names = unique(with_article(source_name(c.attribution)) for c in claimed)
    parts = [_article_words(len(own))] if own else []
    return joined(parts + sorted(names))


def standing_of(
    claims: Sequence[Claim], denials: Sequence[Claim], originals: Mapping[str, str]
) -> StandingVerdict:
    """Decide the standing of an event.

    Parameters
    ----------
    claims
        Current claims that name the place of the event.
    denials
        Negated claims of the same kind about the same place.
    originals
        Id of each article to its original, from `mapgen.merging.reprints.near_duplicates`.

    Returns
    -------
    StandingVerdict
        The standing, and the rule in words for the map.
    """
    chains = {chain_of(c, originals) for c in claims}
    against = [c for c in denials if chain_of(c, originals) not in chains]
    if against:
        who = _named([c.attribution for c in against])
        return StandingVerdict(Standing.CONTESTED, say("Contested: denied by {who}.", who=who))
    if claims and all(says_contested(c.reasons) for c in claims):
        who = spoken_by(claims, originals)
        return StandingVerdict(Standing.CONTESTED, say("Contested: so says {who}.", who=who))
    handed = [c for c in claims if c.status is Status.CLAIMED]
    named = [c for c in handed if c.attribution and _is_told_apart(c.attribution)]
    asserted = [c for c in claims if c.status is Status.ASSERTED]
    if asserted:
        return _standing_by_articles(asserted, named, originals)
    who = _named([c.attribution for c in handed])
    if _are_two(named):
        rule = say("Assessed: reported independently by {who}.", who=who)
        return StandingVerdict(Standing.ASSESSED, rule)
    if handed:
        return StandingVerdict(Standing.CLAIMED, say("Claimed: said only by {who}.", who=who))
    return StandingVerdict(Standing.UNKNOWN, say("Unknown: no current claim names this place."))


def _are_two(named: Iterable[Claim]) -> bool:
    """Whether claims name sources of which two cannot be one under two names."""
    by_key = {source_key(c.attribution): c.attribution.name for c in named if c.attribution}
    names = [by_key[key] for key in sorted(independent(by_key))]
    return any(
        not may_be_one(one, other) for n, one in enumerate(names) for other in names[n + 1 :]
    )


def _is_told_apart(attribution: Attribution) -> bool:
    """Whether a source is known well enough to be independent of another one.

    Unnamed sources, "the war monitor", "state media" and a leaflet that quotes others are not.
    """
    name = attribution.name
    is_named = not is_description(name) and not is_vague(name)
    return attribution.role != "unnamed" and QUOTING not in name and is_named


def _standing_by_articles(
    asserted: Sequence[Claim], named: Sequence[Claim], originals: Mapping[str, str]
) -> StandingVerdict:
    """Decide the standing of an event that articles state in their own voice.

    ``named`` are the other claims of the event, which name a source.
    """
    own = {originals.get(c.article, c.article) for c in asserted}
    if len(own) >= _INDEPENDENT:
        n = count_word(len(own))
        rule = say("Assessed: stated by {n} independent articles.", n=n)
        return StandingVerdict(Standing.ASSESSED, rule)
    elsewhere = [c for c in named if originals.get(c.article, c.article) not in own]
    if elsewhere:
        who = _named([c.attribution for c in elsewhere])
        rule = say("Assessed: stated by one article and, in another, reported by {who}.", who=who)
        return StandingVerdict(Standing.ASSESSED, rule)
    if len({c.article for c in asserted}) > 1:
        rule = say(
            "Stated: the articles that state it print nearly the same text and count as one."
        )
        return StandingVerdict(Standing.STATED, rule)
    return StandingVerdict(Standing.STATED, say("Stated: one article says so in its own voice."))


def _named(attributions: Iterable[Attribution | None]) -> str:
    """List sources for use in a sentence, including an article in its own voice."""
    return joined(
        sorted(
            unique(
                with_article(source_name(a)) if a is not None else "an article in its own voice"
                for a in attributions
            )
        )
    )
