"""Show a situation as it was on an earlier day, or as it was known on one.

What may be shown comes in, and what could be shown earlier goes out: what had happened by a day
according to all articles, or what the articles printed by a day had reported.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mapgen.merging.cut_and_join import until
from mapgen.merging.events import situation_of
from mapgen.model import Extraction

if TYPE_CHECKING:
    from datetime import date

    from mapgen.situation.shown import Shown


def on_day(shown: Shown, day: date) -> Shown:
    """Return what had happened by a day, according to all articles.

    Parameters
    ----------
    shown
        What may be shown of the whole situation.
    day
        The earlier day.
    """
    return _remade(shown, until(_on_the_map(shown), day), day)


def reported_by(shown: Shown, day: date) -> Shown:
    """Return what the articles printed by a day reported, as a map made on that day would show it.

    Parameters
    ----------
    shown
        What may be shown of the whole situation.
    day
        Day of publication of the last articles to count. An article without a day is left out,
        because nothing says that it was known.
    """
    whole = _on_the_map(shown)
    printed = {a.id for a in whole.articles if a.published_on is not None and a.published_on <= day}
    part = Extraction(
        articles=tuple(a for a in whole.articles if a.id in printed),
        sentences=tuple(s for s in whole.sentences if s.article in printed),
        claims=tuple(c for c in whole.claims if c.article in printed),
    )
    last = shown.situation.as_of
    return _remade(shown, part, day if last is None else min(day, last))


def report_days(shown: Shown) -> list[date]:
    """Return the days on which articles were printed, in order."""
    days = {a.published_on for a in shown.situation.extraction.articles}
    return sorted(day for day in days if day is not None)


def _on_the_map(shown: Shown) -> Extraction:
    """Return the claims without those that an analyst took off the map."""
    situation = shown.situation
    off = {d.claim for d in situation.decisions if d.is_off}
    claims = tuple(c for c in situation.extraction.claims if c.id not in off)
    return replace(situation.extraction, claims=claims)


def _remade(shown: Shown, extraction: Extraction, day: date) -> Shown:
    """Merge a part of the claims into the situation of a day."""
    whole = shown.situation
    made = situation_of(
        extraction,
        as_of=day,
        title=whole.title,
        baseline=tuple(row for row in whole.baseline if row.as_of <= day),
    )
    given = tuple(area for area in whole.given_areas if area.as_of <= day)
    return shown.remade(replace(made, given_areas=given, decisions=whole.decisions))
