"""Name the side whose weapons struck, by the word before them: "a Russian missile hit Dnipro".

Claims come in; strikes without a party go out with the one that the words before the weapon name.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from mapgen.core.tables.in_force import per_tables
from mapgen.core.tables.word_lists import any_of, peoples, word_list
from mapgen.model import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from mapgen.coding.english.article_context import ArticleContext
    from mapgen.core.tables.actors import Cast
    from mapgen.model import Actor, Claim

_KINDS = frozenset({Kind.STRIKE, Kind.ATTACK_ON_CIVILIANS})
_NAME = r"(?P<who>\b[A-Z][\w-]*(?:\s[A-Z][\w-]*){0,3})"


@per_tables
def _owned() -> re.Pattern[str]:
    """Return the pattern of "Russian", "Israel's", "Hezbollah" before a weapon and three words."""
    weapons = any_of(word_list("frames", "whose_weapons"))
    return re.compile(
        rf"{_NAME}(?:['’]s?)?\s(?:[a-z][\w-]*\s){{0,3}}?(?:air\s)?(?:{weapons})\b(?!['’])"
        r"(?P<behind>\s[a-z]+)?"
    )


@per_tables
def _by() -> re.Pattern[str]:
    """Return the pattern of "strikes by the RSF"."""
    weapons = any_of(word_list("frames", "whose_weapons"))
    return re.compile(rf"\b(?:{weapons})\s(?:attacks?\s)?(?:by|from)\s(?:the\s)?{_NAME}")


# what is hit, not what hits: "struck a Russian jet", "a strike on Israeli artillery"
_HIT = re.compile(
    r"\b(?:against|ambushed|at|attacked|bombed|destroyed|disabled|downed|hit|intercepted|on|onto"
    r"|shelled|shot\sdown|struck|targeted)\s(?:[a-z][\w-]*\s){0,3}\Z"
)
_OF_WEAPONS = word_list("frames", "of_weapons")


def with_whose_weapons(claims: Iterable[Claim], context: ArticleContext) -> list[Claim]:
    """Give strikes without a party the only side whose weapons their words name.

    A maker is no owner: "Iranian drones" over Kyiv are not Iran's strike, as Iran has no war there.

    Parameters
    ----------
    claims
        Claims of an article.
    context
        The places and parties of the article.
    """
    told: list[Claim] = []
    for claim in claims:
        new = _with_owner(claim, context)
        before = told[-1] if told else None
        if new.actor is None and before is not None and _is_another(new, before, context.text):
            new = replace(new, actor=before.actor)
        told.append(new)
    holders = _holders(told)
    text = context.text
    return [_fired_from(c, holders, text, _taker_before(told, i, text)) for i, c in enumerate(told)]


_ANOTHER = re.compile(r"\W*(?:Another|An?\s(?:second|third|fourth)|One)\b(?!\sof\b)", re.IGNORECASE)
_NEAR = 300  # letters between a strike and "another"


def _is_another(claim: Claim, before: Claim, text: str) -> bool:
    """Whether a strike is "another" of the side that made the one before."""
    near = 0 <= claim.start - before.end < _NEAR and "\n" not in text[before.end : claim.start]
    same = claim.kind in _KINDS and before.kind is claim.kind
    return near and same and _ANOTHER.match(claim.quote) is not None


_FROM = re.compile(r"\b(?:fired|launched)\sfrom\s(?:the\s)?(?=[A-Z])")


def _holders(claims: Iterable[Claim]) -> dict[str, Actor | None]:
    """Return who holds the towns of an article by its words; None if it names two."""
    holders: dict[str, Actor | None] = {}
    for c in claims:
        if c.kind in _HELD and c.status.is_current and c.actor is not None:
            for p in c.places:
                known = holders.setdefault(p.surface, c.actor)
                if known is not None and known.side != c.actor.side:
                    holders[p.surface] = None
    return holders


_HELD = frozenset({Kind.CONTROL_CHANGE, Kind.CONTROL_STATE})


def _fired_from(
    claim: Claim, holders: Mapping[str, Actor | None], text: str, taker: Actor | None
) -> Claim:
    """Give a strike "fired from Y" without a party that of whoever holds Y, if the article says.

    "Fired from Y, theirs since May": by the taker of the town told of just before.
    """
    if claim.kind is not Kind.STRIKE or claim.actor is not None:
        return claim
    near = max(0, claim.start - _NEAR)
    line = text[max(near, text.rfind("\n", near, claim.start) + 1) : claim.end]
    found = next((m for m in reversed(list(_FROM.finditer(line)))), None)
    if found is None or re.search(r"[.;]\s", line[found.end() :]):
        return claim
    behind = line[found.end() :]
    if _THEIRS.match(behind):
        return replace(claim, actor=taker)
    names = [n for n in holders if behind.startswith(n)]
    return replace(claim, actor=holders[max(names, key=len)]) if names else claim


_THEIRS = re.compile(r"[A-Z][\w'’ -]{1,40}, (?:theirs|also theirs|now theirs)\b")


def _taker_before(claims: Sequence[Claim], i: int, text: str) -> Actor | None:
    """Return who took the town that was told of just before a claim, in its paragraph."""
    before = claims[i - 1] if i else None
    if before is None or not 0 <= claims[i].start - before.end < _NEAR:
        return None
    if "\n" in text[before.end : claims[i].start]:
        return None
    return before.actor if before.kind in _HELD | {Kind.SIEGE} else None


def _with_owner(claim: Claim, context: ArticleContext) -> Claim:
    if claim.kind not in _KINDS or claim.actor is not None:
        return claim
    cast = context.section(claim.start).cast
    owners = {a.side: a for words in _owners(claim.quote) if (a := _party(words, cast)) is not None}
    return replace(claim, actor=next(iter(owners.values()))) if len(owners) == 1 else claim


def _owners(quote: str) -> list[str]:
    """Return the words before weapons that hit something, and those behind "by"."""
    found = [m["who"] for m in _by().finditer(quote)]
    for m in _owned().finditer(quote):
        behind = (m["behind"] or "").strip()
        if behind not in _OF_WEAPONS and not _HIT.search(quote, 0, m.start()):
            found.append(m["who"])
    return found


def _party(words: str, cast: Cast) -> Actor | None:
    """Return the party that is meant, if it has a war in the country of the text."""
    last = words.rsplit(maxsplit=1)[-1]  # "On Thursday Russian missiles": capitals before it
    for name in dict.fromkeys((words, last)):
        phrase = f"{name} forces" if name in peoples() else name
        actor = cast.speaker(phrase)
        party = cast.table.by_side(actor.side or "") if actor is not None else None
        if party is not None and cast.fights_here(party):
            return actor
    return None
