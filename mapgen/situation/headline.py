"""Choose the headline of a map and name the region it is about.

What may be shown of a situation comes in; a headline and the name of a region go out. A headline
is the largest text of a page. It states an event only if two independent sources report it, or if
the user asks for that.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mapgen.core.words import day_text, joined, mid_sentence, unique
from mapgen.merging.units import country_of
from mapgen.model import Kind, Precision, Standing
from mapgen.situation.shown import is_total_event
from mapgen.situation.summary import NOTHING, headline

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

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
_WITH_THE = re.compile(
    r"Democratic Republic|Central African|United |.*(?:Republic|Territories|Islands)$|Philippines$"
)
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
    events = shown.situation.events
    sure = shown.narrowed(tuple(e for e in events if e.standing is Standing.ASSESSED))
    if told != NOTHING and headline(sure) == told:
        return told
    return _neutral(shown, articles)


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
    n = len(articles)
    reports = "one report says" if n == 1 else f"{n} reports say"
    where = _regions(shown, in_sentence=True)
    subject = _subject(_drawn(shown))
    if not subject:
        return f"What {reports} about {where}" if where else NOTHING
    line = f"What {reports} about {subject}" + (f" in {where}" if where else "")
    days = _days(articles)
    return f"{line}, {days}" if days else line


def _drawn(shown: Shown) -> list[Event]:
    """Return the events that may be drawn and are neither outdated nor denied."""
    gone = {Standing.OUTDATED, Standing.DENIED}
    return [e for e in shown.situation.events if shown.may_draw(e) and e.standing not in gone]


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
    return _range(days[0], days[-1]) if days and len(days) == len(articles) else ""


def _range(first: date, last: date) -> str:
    if first == last:
        return day_text(last)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}-{day_text(last)}"
    if first.year == last.year:
        return f"{first.day} {first:%B} to {day_text(last)}"
    return f"{day_text(first)} to {day_text(last)}"


def _regions(shown: Shown, *, in_sentence: bool = False) -> str:
    """Return the provinces in which all events lie if there are at most two, or the countries."""
    provinces, countries = _units(shown)
    if provinces and len(countries) == 1 and len(provinces) <= _MOST_REGIONS:
        return joined(provinces)
    if not countries:
        return shown.country_name or ""
    if len(countries) > _MOST_COUNTRIES:
        return f"{len(countries)} countries"
    the = [f"the {n}" if in_sentence and _WITH_THE.match(n) else n for n in countries]
    return joined(the)


def region_name(shown: Shown) -> str:
    """Return the region that the events lie in: ``North Kivu, Democratic Republic of the Congo``.

    Without events it is the country that the user gives, or nothing.
    """
    _, countries = _units(shown)
    where = _regions(shown)
    return f"{where}, {countries[0]}" if len(countries) == 1 and where != countries[0] else where


def _units(shown: Shown) -> tuple[list[str], list[str]]:
    """Return the provinces and the countries of the events, those with most events first.

    There are no provinces if the province of one of the places is not known. The figures of a
    country count for the country only.
    """
    provinces: list[str | None] = []
    countries: list[str] = []
    for event in _drawn(shown):
        for place in event.places:
            entry = shown.gazetteer.get(place.place_id) if place.place_id else None
            country = _country_code(shown, place)
            if country:
                countries.append(country)
            if is_total_event(event) or place.precision is Precision.COUNTRY:
                continue
            is_province = place.precision is Precision.PROVINCE and entry is not None
            own = place.name if is_province else None
            province = entry.admin1 if entry is not None and not is_province else None
            unit = shown.gazetteer.get(f"iso:{province}") if province else None
            provinces.append(own or (unit.name if unit is not None else None))
    order = sorted(set(countries), key=lambda c: (-countries.count(c), c))
    named = [unit.name for c in order if (unit := shown.gazetteer.get(f"iso:{c}")) is not None]
    known = [p for p in provinces if p is not None]
    every = unique(sorted(known, key=lambda p: (-known.count(p), p)))
    return (every if len(known) == len(provinces) else []), named


def _country_code(shown: Shown, place: ClaimPlace) -> str | None:
    entry = shown.gazetteer.get(place.place_id) if place.place_id else None
    return country_of(place) or (entry.country if entry is not None else None)


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
    groups: list[set[str]] = []
    for article in shown.articles:
        groups = _with(groups, _ties(shown, article))
    found = [{tie for tie in group if not tie.startswith("party ")} for group in groups]
    if len([g for g in found if g]) <= 1:
        return ""
    names = []
    for group in found:
        units = [shown.gazetteer.get(f"iso:{code}") for code in sorted(group)]
        names.append(joined([mid_sentence(u.name) for u in units if u is not None]))
    return (
        f"These articles tell of separate conflicts ({'; '.join(sorted(n for n in names if n))}). "
        "Do not read their figures together; make a map of each."
    )


def _ties(shown: Shown, article: str) -> set[str]:
    """Return the countries of the events of an article, and the parties that act in them."""
    ties: set[str] = set()
    for event in _drawn(shown):
        if not any(c.article == article for c in event.claims):
            continue
        for place in event.places:
            code = _country_code(shown, place)
            ties |= {code} if code else set()
        ties |= {f"party {a.side}" for a in (event.actor, event.from_actor) if a and a.side}
    return ties


def _with(groups: list[set[str]], ties: set[str]) -> list[set[str]]:
    """Return groups with one more, joined to those that it has something in common with."""
    if not any(not tie.startswith("party ") for tie in ties):
        return groups
    apart = [g for g in groups if not g & ties]
    return [*apart, set().union(ties, *(g for g in groups if g & ties))]
