"""Tell where people of a nation came from: "90,000 Burundians have fled to Tanzania".

Claims come in and go out. Such people leave their country, if the article is about it and they went
abroad; the town from which the article is written is not where they lived.
"""

from __future__ import annotations

import functools
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from gazetteer.demonyms import demonyms
from mapgen.coding.english.mentions import Mention
from mapgen.model import Kind, Role
from mapgen.reasons import Reason, ReasonKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gazetteer import Gazetteer
    from mapgen.model import Claim

_FROM = re.compile(r"\b(?:from|left|out\sof)\b")
_THEIR_COUNTRY = "the country of those who went abroad"


@functools.cache
def _nationals() -> re.Pattern[str]:
    """Return a pattern for people of a nation who went somewhere."""
    names = "|".join(sorted(map(re.escape, demonyms()), key=len, reverse=True))
    return re.compile(
        rf"(?<!-)\b(?P<who>{names})s?(?:\s(?:citizens|civilians|families|nationals|people|refugees))?"
        r"\s(?:(?:had|has|have)\s)?(?:(?:already|also|now|since)\s)?"
        r"(?:arrived|crossed|escaped|fled|gone|poured|reached|sought\srefuge|streamed"
        r"|taken\srefuge|went)\b"
    )


def with_own_country(
    claims: Sequence[Claim], text: str, country: str | None, gazetteer: Gazetteer
) -> list[Claim]:
    """Return the claims, the movements abroad of people of the country with it as their origin.

    Parameters
    ----------
    claims
        Claims of an article.
    text
        Its text.
    country
        Subject country (ISO 3166-1 alpha-2), or None if it is not known.
    gazetteer
        Gazetteer in which the country is looked up.
    """
    if country is None:
        return list(claims)
    return [_with_origin(c, text, country, gazetteer) for c in claims]


def _with_origin(claim: Claim, text: str, country: str, gazetteer: Gazetteer) -> Claim:
    if claim.kind is not Kind.DISPLACEMENT or not claim.status.is_current or not claim.places:
        return claim
    if any(p.role is not Role.DESTINATION for p in claim.places):
        return claim
    who = _nationals().search(text, claim.start, claim.end)
    if who is None or demonyms()[who["who"]] != country:
        return claim
    if _FROM.search(text, claim.start, claim.end):
        return claim
    goals = [gazetteer.get(p.place_id) if p.place_id else None for p in claim.places]
    home = gazetteer.get(f"iso:{country}")
    if home is None or any(g is None or g.country in {None, country} for g in goals):
        return claim
    origin = Mention(home, who.start("who"), who.end("who"), who["who"]).claim_place(Role.ORIGIN)
    reason = Reason(ReasonKind.ORIGIN, _THEIR_COUNTRY)
    return replace(claim, places=(*claim.places, origin), reasons=(*claim.reasons, reason))
