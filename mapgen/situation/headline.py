"""Choose the headline of a map and name the region it is about.

What may be shown of a situation comes in; a headline and the name of a region go out. A headline
is the largest text of a page. It states an event only if two independent sources report it, or if
the user asks for that.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from mapgen.core.told import number, say
from mapgen.core.told import place as named
from mapgen.core.words import country_phrase, day_range, joined
from mapgen.model import Kind, Precision, Standing
from mapgen.situation.conflicts import drawn_events
from mapgen.situation.countries import country_of_place, province_of_village
from mapgen.situation.shown import is_total_event
from mapgen.situation.summary import NOTHING, headline

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapgen.model import Article, ClaimPlace, Event
    from mapgen.situation.shown import Shown

_MOST_CHARS = 140
_MOST_REGIONS = 2
_MOST_COUNTRIES = 3
_FIRST_LINES = 3
_FEWEST_WORDS = 3
_UNTITLED = re.compile(r"(?i)by\s|published\b|updated\b|posted\b|last\s|source\b|photo\b|image\b")
_DAY_LINE = re.compile(
    r"(?i)(?:[\w' -]{1,40},\s*)?(?:\d{1,2}\s+[a-z]{3,9}|[a-z]{3,9}\s+\d{1,2},?)\s+\d{4}$"
)
_SENTENCE_END = re.compile(r"[.!…:;][\"”’')]*$")
_OF_PEOPLE = frozenset({Kind.DISPLACEMENT, Kind.RETURN, Kind.HOSTING, Kind.EVACUATION_ORDER})


def map_headline(shown: Shown) -> str:
    """Return the headline of a map.

    Parameters
    ----------
    shown
        What may be shown. A title that the user gives is returned unchanged, and the setting
        ``headline`` with the value ``events`` asks for a headline about the events.

    Returns
    -------
    str
        The title of the article if there is only one, or else a headline about events that two
        independent sources report, or else a line that says what the articles are about.
    """
    if shown.situation.title:
        return shown.situation.title
    if shown.settings.headline == "events":
        return headline(shown)
    articles = list(shown.articles.values())
    if len(articles) == 1 and (title := _own_title(shown, articles[0])):
        return title
    told = headline(shown)
    if told != NOTHING and _is_assessed(shown, told):
        return told
    return _neutral(shown, articles)


def earlier_headline(shown: Shown) -> str | None:
    """Return the headline of a map on an earlier day.

    Parameters
    ----------
    shown
        What had happened by that day, from `mapgen.situation.earlier.on_day`.

    Returns
    -------
    str or None
        None if the user gave a title, which holds on all days. A headline about the events by the
        rule of `map_headline`, or else nothing: the title of an article tells how things ended.
    """
    if shown.situation.title:
        return None
    told = headline(shown)
    if told == NOTHING:
        return ""
    return told if shown.settings.headline == "events" or _is_assessed(shown, told) else ""


def _is_assessed(shown: Shown, told: str) -> bool:
    """Whether events on which independent sources agree give the same headline."""
    events = shown.situation.events
    sure = shown.narrowed(tuple(e for e in events if e.standing is Standing.ASSESSED))
    return headline(sure) == told


def _own_title(shown: Shown, article: Article) -> str:
    """Return the title of an article, or the first line of its text that is a title.

    Nothing is returned if displacement is coarsened: a title may name a town in words that the
    gazetteer does not list.
    """
    if shown.settings.coarsen_displacement:
        return ""
    if article.title:
        return _cut(article.title)
    own = sorted(
        (s for s in shown.situation.extraction.sentences if s.article == article.id),
        key=lambda s: s.start,
    )
    if len(own) == 1:
        return ""
    return next((_cut(s.text) for s in own[:_FIRST_LINES] if _is_title(s.text)), "")


def _is_title(line: str) -> bool:
    """Whether a line is a title: some words without a full stop, and no byline or day."""
    text = " ".join(line.split())
    if _SENTENCE_END.search(text) or _UNTITLED.match(text) or _DAY_LINE.match(text):
        return False
    return len(text.split()) >= _FEWEST_WORDS and len(text) <= _MOST_CHARS


def _cut(title: str) -> str:
    """Return a title on one line, cut at a word if it is too long."""
    text = " ".join(title.split()).lstrip("# ")
    return text if len(text) <= _MOST_CHARS else text[: _MOST_CHARS - 1].rsplit(" ", 1)[0] + "…"


def _neutral(shown: Shown, articles: Sequence[Article]) -> str:
    """Return a line such as ``What 12 reports say about fighting in North Kivu``."""
    n = number(len(articles))
    where = _regions(shown, in_sentence=True)
    subject = _subject(drawn_events(shown))
    if not subject and not where:
        return say(NOTHING)
    line = say(
        "What {n} reports say about {subject}",
        one="What one report says about {subject}",
        n=n,
        subject=say(subject) if subject else where,
    )
    if subject and where:
        line = say(
            "What {n} reports say about {subject} in {where}",
            one="What one report says about {subject} in {where}",
            n=n,
            subject=say(subject),
            where=where,
        )
    days = _days(articles) if subject else ""
    return say("{line}, {days}", line=line, days=days) if days else line


def _subject(events: Sequence[Event]) -> str:
    kinds = {e.kind for e in events}
    if not kinds:
        return ""
    if kinds <= _OF_PEOPLE:
        return "displacement"
    if kinds - _OF_PEOPLE <= {Kind.STRIKE}:
        return "strikes"
    if kinds - _OF_PEOPLE <= {Kind.ATTACK_ON_CIVILIANS}:
        return "attacks on civilians"
    return "fighting"


def _days(articles: Sequence[Article]) -> str:
    """Return the days on which the articles appeared, or nothing if one is not printed."""
    known = [a.published_on for a in articles if a.published_on_basis == "printed"]
    days = sorted(d for d in known if d is not None)
    return day_range(days[0], days[-1]) if days and len(days) == len(articles) else ""


def _regions(shown: Shown, *, in_sentence: bool = False) -> str:
    """Return the provinces in which all events lie if there are at most two, or the countries."""
    provinces, countries = _units(shown)
    if provinces and len(countries) == 1 and len(provinces) <= _MOST_REGIONS:
        return joined(provinces)
    if not countries:
        return shown.country_name or ""
    if len(countries) > _MOST_COUNTRIES:
        return say("{n} countries", n=number(len(countries)))
    return joined([country_phrase(n) if in_sentence else n for n in countries])


def region_name(shown: Shown) -> str:
    """Return the region that the events lie in: ``North Kivu, Democratic Republic of the Congo``.

    Without events it is the country that the user gives, or nothing.
    """
    _, countries = _units(shown)
    where = _regions(shown)
    if len(countries) == 1 and where != countries[0]:
        return say("{where}, {country}", where=where, country=countries[0])
    return where


def _province(shown: Shown, spot: ClaimPlace) -> str | None:
    """Return the name of the province that a place is or lies in, or None if it is not known."""
    entry = shown.gazetteer.get(spot.place_id) if spot.place_id else None
    if entry is not None and spot.precision is Precision.PROVINCE:
        return named(spot.name, spot.place_id) if spot.name else None
    code = entry.admin1 if entry is not None else province_of_village(spot)
    unit = shown.gazetteer.get(f"iso:{code}") if code else None
    if unit is None or unit.precision != Precision.PROVINCE.value:
        return None
    return named(unit.name, unit.id)


def _units(shown: Shown) -> tuple[list[str], list[str]]:
    """Return the provinces and the countries of the events, those with most events first.

    There are no provinces if the province of one of the places is not known. The figures of a
    country count for the country only.
    """
    provinces: list[str | None] = []
    countries: list[str] = []
    for event in drawn_events(shown):
        for spot in event.places:
            country = country_of_place(shown.gazetteer, spot)
            if country:
                countries.append(country)
            if not is_total_event(event) and spot.precision is not Precision.COUNTRY:
                provinces.append(_province(shown, spot))
    n_events = Counter(countries)
    order = sorted(n_events, key=lambda c: (-n_events[c], c))
    units = [unit for c in order if (unit := shown.gazetteer.get(f"iso:{c}")) is not None]
    known = [p for p in provinces if p is not None]
    in_province = Counter(known)
    every = sorted(in_province, key=lambda p: (-in_province[p], p))
    return (every if len(known) == len(provinces) else []), [named(u.name, u.id) for u in units]
