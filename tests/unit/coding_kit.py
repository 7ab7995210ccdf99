"""Codes a few sentences of a test's own: one gazetteer and one parser for all tests."""

from __future__ import annotations

import atexit
import functools
from datetime import date

from gazetteer import Gazetteer
from mapgen.coding import code_articles
from mapgen.model import Article, Claim, Extraction, Kind, Role
from mapgen.reading.line_wrapping import paragraph_starts

FRIDAY = date(2024, 12, 6)


@functools.cache
def gazetteer() -> Gazetteer:
    opened = Gazetteer.open()
    atexit.register(opened.close)
    return opened


def extract(text: str, country: str | None = "SY", *, published_on: date = FRIDAY) -> Extraction:
    article = Article(
        id="test",
        text=text,
        country=country,
        published_on=published_on,
        paragraphs=paragraph_starts(text),
    )
    return code_articles([article], gazetteer())


def claims(text: str, country: str | None = "SY") -> list[Claim]:
    return list(extract(text, country).claims)


def claim(text: str, kind: Kind, country: str | None = "SY") -> Claim:
    """Return the one claim of a kind that a text makes."""
    found = [c for c in claims(text, country) if c.kind is kind]
    assert len(found) == 1, [(c.kind, c.quote) for c in found]
    return found[0]


def drawn(text: str, country: str | None = "SY") -> list[tuple[Kind, str]]:
    """Return the kinds and quotes of what a map would show."""
    return [(c.kind, c.quote) for c in claims(text, country) if c.status.is_current and c.places]


def names(found: Claim, role: Role | None = None) -> list[str]:
    """Return the words for the places of a claim, all or those in one role."""
    return [p.surface for p in found.places if role is None or p.role is role]


def actor_name(found: Claim) -> str | None:
    """Return the name of who acts, if anybody is told to."""
    return found.actor.name if found.actor else None
