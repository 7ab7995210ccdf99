"""Check what the chapters of a story ask of the map, and return what each of them shows.

A story file and the data of a page come in; a view for each chapter goes out. A day, place or sign
that the map does not have is a fault, which names its line and what is possible.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from mapgen.core.words import fold
from mapgen.drawing.data.moment import Moment, day_words
from mapgen.drawing.story.fields import Faults
from mapgen.drawing.story.places import box_around, box_of_sign, named_boxes
from mapgen.errors import StoryError
from mapgen.settings import parse_day

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mapgen.drawing.data.page_records import PageData
    from mapgen.drawing.story.fields import Field, Value
    from mapgen.drawing.story.places import Box
    from mapgen.drawing.story.story_file import Chapter, StoryFile
    from mapgen.situation.drawn_records import Card

FIELDS = ("day", "place", "bounds", "across", "signs")
ALL, NONE, UNDATED = "all", "none", "undated"
_KM = re.compile(r"(\d{1,5}(?:\.\d+)?)\s*(?:km)?", re.IGNORECASE)
_WITH_DAY = re.compile(r"(.+?)\s*\((\d{4}-\d{2}-\d{2}|undated)\)")
_MOST_NAMED = 6
_ALIKE = 0.6  # least likeness of a name that is offered for a misspelt one
_LEAST_KM, _MOST_KM = 5.0, 5000.0


@dataclass(frozen=True, kw_only=True, slots=True)
class ChapterView:
    """What the map shows in a chapter.

    Attributes
    ----------
    day
        The day (``YYYY-MM-DD``); None if nothing on the map is dated.
    box
        West, south, east, north in degrees, EPSG:4326.
    cards
        Ids of the cards that the chapter is about; None for all.
    drawn
        Ids of the cards whose signs are drawn: those, and who holds each place. None draws all.
    """

    day: str | None
    box: Box
    cards: tuple[str, ...] | None
    drawn: tuple[str, ...] | None

    def record(self) -> dict[str, Any]:
        """Return the view for the scripts of the page."""
        return {
            "day": self.day,
            "box": [round(edge, 4) for edge in self.box],
            "cards": None if self.drawn is None else list(self.drawn),
        }


def views_of(story: StoryFile, data: PageData) -> list[ChapterView]:
    """Return the view of the opening, then that of each chapter.

    Parameters
    ----------
    story
        The story.
    data
        Data of the page.

    Raises
    ------
    StoryError
        If the map does not have what a chapter asks for. The message names all faults.
    """
    faults = Faults(story.name)
    finder = _Finder(data, faults)
    views = [finder.view(chapter) for chapter in (story.opening, *story.chapters)]
    if faults.found:
        raise StoryError(str(faults))
    return views


def stands_on(data: PageData, card: Card, day: str | None) -> bool:
    """Whether a sign of a card is drawn on a day.

    Parameters
    ----------
    data
        Data of the page. In a long history the tracks have signs that the data do not list.
    card
        The card.
    day
        The day (``YYYY-MM-DD``); None shows everything that is not over.
    """
    own = [sign for sign in data["signs"] if sign["card"] == card["id"]]
    if own:
        moment = Moment(data, day)
        return any(moment.stands(sign) for sign in own)
    return bool(data.get("tracks")) and (not day or not card["day"] or card["day"] <= day)


class _Finder:
    """Finds what chapters ask for in the data of a page."""

    def __init__(self, data: PageData, faults: Faults) -> None:
        self._data, self._faults = data, faults
        self._places = named_boxes(data)
        self._by_title: dict[str, list[Card]] = {}
        self._by_kind: dict[str, list[Card]] = {}
        for card in data["cards"]:
            self._by_title.setdefault(fold(card["title"]), []).append(card)
            self._by_kind.setdefault(fold(card["kind"].replace("_", " ")), []).append(card)

    def view(self, chapter: Chapter) -> ChapterView:
        """Return the view of a chapter, and note its faults."""
        asked = chapter.asked
        for name, told in asked.items():
            if name not in FIELDS:
                meant = _meant(name, FIELDS)
                why = f"“{name}” is not a field of a map.{meant} It has {', '.join(FIELDS)}."
                self._faults.add(told.line, why)
            elif not told.values:
                self._faults.add(told.line, f"“{name}” has no value. Give one, or take it out.")
        day = self._day(asked.get("day"))
        cards = self._cards(asked.get("signs"), day)
        box = self._box(asked, day, cards)
        return ChapterView(day=day, box=box, cards=cards, drawn=self._drawn(cards, day))

    def _drawn(self, cards: tuple[str, ...] | None, day: str | None) -> tuple[str, ...] | None:
        """Return the cards that are drawn: with those asked for, the holders of the day stay."""
        if cards is None:
            return None
        return tuple(
            card["id"]
            for card in self._data["cards"]
            if card["id"] in cards
            or (card["sign"] == "control" and stands_on(self._data, card, day))
        )

    def _day(self, told: Field | None) -> str | None:
        """Return the day that is asked for, or else the last day of the map."""
        days = self._data["days"]
        last = days[-1] if days else None
        if told is None or not told.values:
            return last
        value = told.values[0]
        if len(told.values) > 1:
            self._faults.add(value.line, "A chapter has one day.")
        try:
            day = parse_day(value.text).isoformat()
        except ValueError:
            why = f"“{value.text}” is not a day written YYYY-MM-DD, such as {last or '2025-01-11'}."
            self._faults.add(value.line, why)
            return last
        if day in days:
            return day
        possible = (
            f"It runs from {day_words(days[0])} ({days[0]}) to {day_words(days[-1])} ({days[-1]})."
            if days
            else "Nothing on it is dated: take the day out."
        )
        why = f"{day_words(day)} is not a day of this map. {possible}"
        self._faults.add(value.line, why)
        return last

    def _cards(self, told: Field | None, day: str | None) -> tuple[str, ...] | None:
        """Return the ids of the cards that are asked for; None for all."""
        if told is None or not told.values:
            return None
        values = list(told.values)
        if not told.is_list:
            (whole,) = values
            if whole.text.lower() == ALL:
                return None
            if whole.text.lower() == NONE:
                return ()
            if not self._named(whole.text):
                values = [type(whole)(p.strip(), whole.line) for p in whole.text.split(",")]
        found = [card for value in values for card in self._standing(value, day)]
        order = {card["id"]: i for i, card in enumerate(self._data["cards"])}
        return tuple(sorted({card["id"] for card in found}, key=order.__getitem__))

    def _named(self, text: str) -> list[Card]:
        """Return the cards with a title, with a title and a day, or of a kind."""
        if found := self._by_title.get(fold(text)):
            return found
        if dated := _WITH_DAY.fullmatch(text):
            titled = self._by_title.get(fold(dated[1]), [])
            return [card for card in titled if (card["day"] or UNDATED) == dated[2]]
        return self._by_kind.get(fold(text.replace("_", " ")), [])

    def _standing(self, value: Value, day: str | None) -> list[Card]:
        """Return the cards that a value names and that the map shows on the day."""
        named = self._named(value.text)
        if not named:
            titles = [card["title"] for card in self._data["cards"]]
            kinds = sorted({card["kind"] for card in self._data["cards"]})
            meant = _meant(value.text, [*titles, *kinds])
            on_day = [c["title"] for c in self._data["cards"] if stands_on(self._data, c, day)]
            when = f" on {day_words(day)}" if day else ""
            self._faults.add(
                value.line,
                f"No sign of this map is called “{value.text}”.{meant} "
                f"Signs{when}: {_listed(on_day)}. Kinds: {_listed(kinds)}.",
            )
            return []
        own = [card for card in named if stands_on(self._data, card, day)]
        if not own and day:
            known = sorted({card["day"] for card in named if card["day"]})
            since = f" It is from {_listed([day_words(d) for d in known])}." if known else ""
            why = f"“{value.text}” is not on the map on {day_words(day)}.{since}"
            self._faults.add(value.line, why)
        return own

    def _box(
        self, asked: Mapping[str, Field], day: str | None, cards: tuple[str, ...] | None
    ) -> Box:
        """Return the part of the map that is asked for, or else the signs, or the whole."""
        bounds, place = asked.get("bounds"), asked.get("place")
        across = self._across(asked.get("across"))
        if bounds is not None and bounds.values:
            if place is not None or asked.get("across") is not None:
                why = "Give the bounds, or else the place and how far across."
                self._faults.add(bounds.line, why)
            return self._bounds(bounds) or self._whole()
        if place is not None and place.values:
            found = self._place(place)
            return box_around(found, across) if found else self._whole()
        if asked.get("across") is not None:
            self._faults.add(asked["across"].line, "“across” needs a place beside it.")
        if not cards:
            return self._whole()
        moment, shapes = Moment(self._data, day), self._data.get("shapes", {})
        drawn = [s for s in self._data["signs"] if s["card"] in cards and moment.stands(s)]
        boxes = [box for sign in drawn if (box := box_of_sign(sign, shapes)) is not None]
        return box_around(boxes, None) if boxes else self._whole()

    def _whole(self) -> Box:
        west, south, east, north = self._data["base"]["bbox"]
        return west, south, east, north

    def _across(self, told: Field | None) -> float | None:
        if told is None or not told.values:
            return None
        value = told.values[0]
        found = _KM.fullmatch(value.text)
        km = float(found[1]) if found else 0.0
        if not _LEAST_KM <= km <= _MOST_KM:
            why = f"“{value.text}” is not a width from 5 to 5000 km, such as 150 km."
            self._faults.add(value.line, why)
            return None
        return km

    def _bounds(self, told: Field) -> Box | None:
        """Return the bounds that are written: west, south, east, north."""
        value = told.values[0]
        words = value.text.split(",") if len(told.values) == 1 else [v.text for v in told.values]
        try:
            west, south, east, north = (float(word) for word in words)
        except ValueError:
            why = "Bounds are four degrees: west, south, east, north, such as 24.5, 13, 26, 14.5."
            self._faults.add(value.line, why)
            return None
        w, s, e, n = self._whole()
        if not (west < east <= west + 360 and -85 <= south < north <= 85):  # noqa: PLR2004  degrees; the map ends there
            why = "West must be less than east, and south less than north (from -85 to 85)."
            self._faults.add(value.line, why)
            return None
        if west > e or east < w or south > n or north < s:
            why = f"Nothing of this map is there. It lies within {w:g}, {s:g}, {e:g}, {n:g}."
            self._faults.add(value.line, why)
            return None
        return west, south, east, north

    def _place(self, told: Field) -> list[Box]:
        """Return the boxes of the places that are named."""
        values = list(told.values)
        if not told.is_list and fold(values[0].text) not in self._places:
            values = [type(v)(p.strip(), v.line) for v in values for p in v.text.split(",")]
        boxes: list[Box] = []
        for value in values:
            if (known := self._places.get(fold(value.text))) is not None:
                boxes += known[1]
                continue
            names = [name for name, _ in self._places.values()]
            meant = _meant(value.text, names)
            self._faults.add(
                value.line,
                f"“{value.text}” is not a place that this map names.{meant} "
                f"It names {_listed(names)}. Elsewhere, give bounds.",
            )
        return boxes


def _meant(word: str, names: Sequence[str]) -> str:
    """Return a question with the names that are most like a word, or an empty string."""
    by_key = {fold(name): name for name in names}
    near = get_close_matches(fold(word), list(by_key), n=2, cutoff=_ALIKE)
    return f" Did you mean {' or '.join(f'“{by_key[key]}”' for key in near)}?" if near else ""


def _listed(names: Sequence[str]) -> str:
    """Return the first names, and how many there are besides."""
    if not names:
        return "none"
    more = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
    return ", ".join(f"“{name}”" for name in names[:_MOST_NAMED]) + more
