"""Write the title block that every output contains.

What may be shown of a situation comes in; title, day, summary, articles, method, credits and
warnings go out.
"""

from __future__ import annotations

import json
from importlib import resources
from typing import TYPE_CHECKING

from gazetteer.views import DE_FACTO, told_view
from gazetteer.worded_areas import is_worded
from mapgen.core.told import listed, number, say
from mapgen.core.words import day_text
from mapgen.merging.corrections import counted
from mapgen.situation.conflicts import conflict_warning
from mapgen.situation.headline import map_headline, region_name
from mapgen.situation.long_history import RECENT_DAYS, is_long, recent
from mapgen.situation.review import is_reviewed, review_text
from mapgen.situation.summary import summary

if TYPE_CHECKING:
    from mapgen.model import Situation
    from mapgen.settings import Settings
    from mapgen.situation.drawn_records import GeneratorRecord, TitleBlock
    from mapgen.situation.shown import Shown

DISCLAIMER = (
    "Borders and names on this map take no position on the status of any territory, or on where "
    "its borders lie."
)
CREDITS = [
    "Borders, coast, rivers: Natural Earth (public domain)",
    "Place names: GeoNames (CC BY 4.0)",
    "Map software: Leaflet (BSD 2-Clause)",
]


def as_of_words(situation: Situation) -> tuple[str, str]:
    """Return the day of a situation in words, and a note on how it is known.

    Parameters
    ----------
    situation
        The situation and its articles.

    Returns
    -------
    tuple of str, str
        Words such as ``About 6 December 2024``, and a note that may be empty.
    """
    if situation.as_of is None:
        return say("Undated"), say("No article is dated, and none names a day.")
    day = day_text(situation.as_of)
    about = say("About {day}", day=day)
    bases = {a.published_on_basis for a in situation.extraction.articles if a.published_on}
    if situation.as_of_basis == "given":
        if "printed" in bases:
            return day, say("Day chosen by the user.")
        return about, say("Date set by the user; the articles carry none.")
    if situation.as_of_basis == "inferred":
        if not bases:
            return about, say("The latest day that the articles name; none of them is dated.")
        return about, say("Inferred; no article is dated.")
    return day, ""


def meta_of(shown: Shown) -> TitleBlock:
    """Return the title block of a situation.

    Parameters
    ----------
    shown
        What may be shown.

    Returns
    -------
    TitleBlock
        The keys are described in ``docs/page-data.md``. In a long history, headline and summary
        cover only the last days.
    """
    situation, settings = shown.situation, shown.settings
    text, note = as_of_words(situation)
    told = shown
    if is_long(situation):
        told = shown.narrowed(recent(situation).events)
        recently = say("The summary covers the {n} days up to then.", n=number(RECENT_DAYS))
        note = listed([part for part in (note, recently) if part], "space")
    warning = conflict_warning(shown)
    apart = [[say("Separate conflicts."), warning]] if warning else []
    region = region_name(told)
    kicker = say("{region} · situation map", region=region) if region else say("Situation map")
    thanks = list(CREDITS)
    thanks += sorted(
        {
            f"Control areas: {area.source}, as of {day_text(area.as_of)}; given by the user"
            for area in situation.given_areas
        }
    )
    if situation.baseline and not situation.given_areas:
        thanks.append("Previous holders: baseline table, with a source for each place")
    if settings.borders != DE_FACTO:
        thanks.append(f"Disputed borders: {told_view(settings.borders)}, chosen by the user")
    if settings.roads and shown.roads is not None:
        thanks.append(f"Roads: {shown.roads.source}")
    articles = sorted(situation.extraction.articles, key=lambda a: a.id)
    block: TitleBlock = {
        "kicker": kicker,
        "title": map_headline(told),
        "as_of": situation.as_of.isoformat() if situation.as_of else None,
        "as_of_text": text,
        "as_of_note": note,
        "review": review_text(shown),
        "reviewed": is_reviewed(shown),
        "summary": [*apart, *summary(told)],
        "articles": {
            a.id: {
                "label": shown.labels[a.id],
                "title": a.title,
                "source": a.source,
                "url": a.url,
                "published_on": a.published_on.isoformat() if a.published_on else None,
                "basis": a.published_on_basis,
            }
            for a in articles
        },
        "method": _method(shown),
        "credits": thanks,
        "disclaimer": disclaimer_of(settings),
        "country": shown.country_name,
        "language": settings.language,
        "warnings": _warnings(shown),
        "generator": _generator(settings, {a.id: a.sha256 for a in articles}),
    }
    if settings.url:
        block["url"] = settings.url
    if settings.card_url:
        block["card_url"] = settings.card_url
    return block


def disclaimer_of(settings: Settings) -> str:
    """Return the line about borders: the user's own, mapgen's, or nothing for ``none``."""
    own = settings.disclaimer
    if own is None:
        return DISCLAIMER
    return "" if own.strip().casefold() == "none" else own


def _generator(settings: Settings, inputs: dict[str, str]) -> GeneratorRecord:
    """Return the software, settings and inputs of a page, with a hash of the user's tables."""
    made: GeneratorRecord = {
        "version": _version(),
        "parser": settings.parser,
        "coder": settings.coder,
        "settings": settings.digest(),
        "inputs": inputs,
    }
    if settings.tables:
        made["tables"] = settings.tables.digest
    return made


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415

    try:
        return version("mapgen")
    except PackageNotFoundError:  # run from a source tree that is not installed
        return "source tree"


def _warnings(shown: Shown) -> list[str]:
    """Return warnings about places that are not on the map, and notes of merging."""
    lost = {
        (p.surface, p.unplaced)
        for c in shown.situation.extraction.claims
        for p in c.places
        if p.place_id is None and p.lat is None and p.is_named
    }
    names = [f"Name not found: {name}" for name, why in sorted(lost, key=str) if why is None]
    names += [f"Not drawn: {name} ({why})" for name, why in sorted(lost, key=str) if why]
    return [*names, *shown.situation.notes, *shown.situation.correction_notes]


LISTED_OFF = "They are listed under Off the map, each with the word that decided it."
"""A sentence of the method that is true of the page, which has such a list."""

_METHOD = (
    (
        "How this map was made",
        "A program read the articles sentence by sentence, identified the places that they name "
        "and the events that they report there, and drew these. Every sign can be traced to a "
        "quote.",
        f"Events that are only possible, denied or long past are not drawn. {LISTED_OFF}",
    ),
    (
        "How sure",
        "Assessed: independent sources agree. Stated: one article says so in its own voice. "
        "Claimed: only a source that the article names says so. Contested: sources contradict each "
        "other.",
        "Two outlets that quote the same source count once, and so do articles with nearly the "
        "same text.",
    ),
    (
        "Dates",
        "An event without a stated day is shown from the day on which it had been reported. A sign "
        "is drawn in two halves while the day of the change is not known.",
    ),
    (
        "What is estimated",
        "A likely route follows the only main road between its ends; the text does not name it. "
        "Arrows of advance start at the nearest place that the side holds. Shaded areas mark "
        "reports that name an area but no town.",
    ),
)
_METHOD_BASELINE = (
    "Areas of control are estimated from towns whose holder is known from the baseline or from the "
    "articles. All towns count, nearby ones most (kriging). Areas are hatched where this is "
    "uncertain, and the estimated front is where two of them meet. Nobody reported these areas or "
    "their edges."
)

_METHOD_GIVEN = (
    "Areas of control come from a layer that the user gave and are drawn unchanged: the program "
    "neither estimated nor checked them. They do not follow the articles; the signs at towns do."
)

_METHOD_MODEL = (
    "A language model, {model}, identified the events. Only what stands in the articles word for "
    "word was kept; the program itself read places, parties, figures and days from these words."
)

_METHOD_MEASURED = (
    "Two readers read each sentence: a set of rules, and a small trained network. They were tested "
    "on {texts} reports that nobody had tuned them to. Of the signs drawn as sure {sure} were "
    "right, of all signs {every}. They found {taken} of the places that changed hands and {moved} "
    "of those that people fled to, and drew {traps} of what had not happened, or not now. The "
    "certainty on a card says how often such a sign was right; whether the article is true it "
    "cannot say."
)

_METHOD_SOMEWHERE = (
    "A dotted outline is the area in which the article puts a place that no list of places has. "
    "Who holds the rest of that area is not changed by it."
)

_METHOD_LONG = (
    "The articles report so many events over so long a time that each place has one mark for its "
    "holder on the day shown: hollow where only a party or one named source says so, and "
    f"striped where sources name two. Each event is drawn for {RECENT_DAYS} days; all of them are "
    "in the evidence. The headline and the summary cover the last days."
)

_METHOD_CORRECTED = (
    "Analysts' decisions, applied after the program had read the articles. Each is shown on its "
    "card or under Off the map, together with what the program had read."
)


def _measured() -> str:
    """Return how often signs were right, as ``bench/truth.py`` measured it."""
    path = resources.files("mapgen") / "data" / "second_reader" / "measured.json"
    told = json.loads(path.read_text(encoding="utf-8"))
    shares = told["shares"]
    return _METHOD_MEASURED.format(
        texts=told["texts"],
        sure=_percent(shares["right of those drawn as sure"]),
        every=_percent(shares["right of all drawn"]),
        taken=_percent(shares["control changes found"]),
        moved=_percent(shares["destinations found"]),
        traps=_percent(shares["traps drawn"]),
    )


def _percent(share: float) -> str:
    return f"{share:.0%}".replace("%", " %")


def _method(shown: Shown) -> list[list[str]]:
    """Return the paragraphs about the method that apply to this map."""
    parts = [list(part) for part in _METHOD]
    coder = shown.settings.coder
    if coder == "llm":  # the address of the server may be private, so it is left out
        parts[0].append(_METHOD_MODEL.format(model=shown.settings.model))
    elif coder == "readers":
        parts.insert(2, ["How often this is right", _measured()])
    elif coder != "rules":
        parts[0].append(f"The coder “{coder}”, installed alongside mapgen, read the articles.")
    if shown.situation.given_areas:
        parts[-1].append(_METHOD_GIVEN)
    elif shown.situation.baseline:
        parts[-1].append(_METHOD_BASELINE)
    events = shown.situation.events
    if any(is_worded(p.place_id) for e in events for p in e.places):
        parts[-1].append(_METHOD_SOMEWHERE)
    if is_long(shown.situation):
        parts.append(["A long history", _METHOD_LONG])
    if shown.situation.decisions:
        parts.append(["Corrections", f"{counted(shown.situation.decisions)}.", _METHOD_CORRECTED])
    return parts
