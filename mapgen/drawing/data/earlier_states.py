"""Give the page its earlier states: what was so on a day, and what was known on one.

What may be shown and the cards and signs of the map come in. Records go out that hold only what
is otherwise than on the map: a card or a sign that was the same then is named, not repeated.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from mapgen.drawing.data.moment import days_of_change
from mapgen.situation.cards import cards_of
from mapgen.situation.earlier import on_day, report_days, reported_by
from mapgen.situation.evidence import Quoter
from mapgen.situation.headline import earlier_headline, map_headline
from mapgen.situation.long_history import is_long
from mapgen.situation.signs import signs_of
from mapgen.situation.summary import happenings, summary
from mapgen.situation.title_block import as_of_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapgen.drawing.data.page_records import (
        DayRecord,
        EarlierCard,
        PageData,
        PictureData,
        ReportedRecord,
    )
    from mapgen.model import Event
    from mapgen.situation.drawn_records import Card, Quote, Sign
    from mapgen.situation.shown import Shown

MOST_DAYS = 60  # on which something changes; with more of them the page only names the day
MOST_REPORTS = 30  # days of publication, the last ones


def cards_and_signs(shown: Shown, quoter: Quoter) -> tuple[list[Card], list[Sign], list[Event]]:
    """Return the cards, signs and events that may be drawn, in the order of the cards.

    Parameters
    ----------
    shown
        What may be shown.
    quoter
        Its quotes.
    """
    cards: list[Card] = []
    signs: list[Sign] = []
    events: list[Event] = []
    for card, group in cards_of(shown, quoter):
        drawable = [e for e in group if shown.may_draw(e)]
        if not drawable:
            continue
        card["id"] = f"c{len(cards) + 1}"
        cards.append(card)
        events.extend(drawable)
        for event in drawable:
            signs.extend(signs_of(shown, event, card["id"]))
    return cards, signs, events


def day_records(shown: Shown, data: PictureData) -> list[DayRecord]:
    """Return headline and summary for each day on which something changes but the last.

    A long history has none, as there would be too many of them; there, a title of the user holds.

    Parameters
    ----------
    shown
        What may be shown.
    data
        Its signs and days.
    """
    days = [d for d in days_of_change(data)[:-1] if _tells(data, d)] if data["days"] else []
    if is_long(shown.situation) or len(days) > MOST_DAYS:
        own: DayRecord = {"day": data["days"][0], "title": None, "summary": []}
        return [own] if shown.situation.title else []
    found: list[DayRecord] = []
    for day in days:
        then = on_day(shown, date.fromisoformat(day))
        found.append({"day": day, "title": earlier_headline(then), "summary": happenings(then)})
    return found


def _tells(data: PictureData, day: str) -> bool:
    """Whether any sign has begun, or may have, by a day."""
    begun = ((s["from_day"] or s["day"]) for s in data["signs"])
    return any(first is None or first <= day for first in begun)


def reported_records(shown: Shown, data: PictureData) -> list[ReportedRecord]:
    """Return what was known on each day of publication but the last.

    Parameters
    ----------
    shown
        What may be shown.
    data
        Its cards, signs and days.

    Returns
    -------
    list of ReportedRecord
        None of a long history, which would be too large, and none with coarser places: what is
        hidden was worked out for all articles together.
    """
    if is_long(shown.situation) or shown.settings.coarsen_displacement:
        return []
    days = [d for d in report_days(shown)[:-1] if d.isoformat() in data["days"]]
    pool = day_records(shown, data)
    return [_reported(shown, data, day, pool) for day in days[-MOST_REPORTS:]]


def _reported(shown: Shown, data: PictureData, day: date, pool: list[DayRecord]) -> ReportedRecord:
    """Return what was known on a day; records of days that are not in the pool are added to it."""
    then = reported_by(shown, day)
    cards, signs, events = cards_and_signs(then, Quoter(then))
    whole: PictureData = {**data, "signs": signs, "cards": cards}
    quotes = [(q, c["id"], n) for c in data["cards"] for n, q in enumerate(c["quotes"])]
    same = {_key(card): card["id"] for card in data["cards"]}
    names: dict[str, str] = {}
    told: list[EarlierCard | str] = []
    for card in cards:
        known = same.get(_key(card))
        own = names[card["id"]] = known or f"{day.isoformat()}-{card['id']}"
        told.append(known or {"card": {**card, "id": own, "quotes": []},
                              "quotes": [_quote(q, quotes) for q in card["quotes"]]})  # fmt: skip
    on_map = [{**sign} for sign in data["signs"]]
    drawn: list[Sign | int] = []
    for sign in signs:
        sign["card"] = names[sign["card"]]
        drawn.append(on_map.index({**sign}) if {**sign} in on_map else sign)
    places = {p.place_id for e in events for p in e.places if p.place_id}
    days: list[DayRecord | int] = []
    for record in day_records(then, whole):
        if record["day"] < day.isoformat():
            days.append(pool.index(record) if record in pool else record)
            pool += [record] if record not in pool else []
    return {
        "day": day.isoformat(),
        "title": map_headline(then),
        "as_of_text": as_of_words(then.situation)[0],
        "summary": summary(then),
        "days": days,
        "cards": told,
        "signs": drawn,
        "places": sorted(places),
    }


def _key(card: Card) -> str:
    """Return what tells two cards apart, but for their numbers."""
    return repr({**card, "id": ""})


def _quote(quote: Quote, known: Sequence[tuple[Quote, str, int]]) -> Quote | list[str | int]:
    for own, card, n in known:
        if own == quote:
            return [card, n]
    return quote


def as_reported(data: PageData, record: ReportedRecord) -> PageData:
    """Return page data with the cards and signs of an earlier day of publication.

    Parameters
    ----------
    data
        Page data.
    record
        One of its ``reported``.
    """
    by_id = {card["id"]: card for card in data["cards"]}
    cards: list[Card] = []
    for told in record["cards"]:
        if isinstance(told, str):
            cards.append(by_id[told])
            continue
        quotes: list[Any] = [
            by_id[str(q[0])]["quotes"][int(q[1])] if isinstance(q, list) else q
            for q in told["quotes"]
        ]
        cards.append({**told["card"], "quotes": quotes})
    signs = [data["signs"][s] if isinstance(s, int) else s for s in record["signs"]]
    return {**data, "cards": cards, "signs": signs, "areas": []}
