"""Collect the content of a report, in plain text, before it is written in a format."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mapgen.core.words import day_text, unique
from mapgen.export.layers import layers_of
from mapgen.situation.figure_words import figure_lines
from mapgen.situation.shown import day_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from mapgen.export.layers import Layers
    from mapgen.model import Event
    from mapgen.situation.drawn_records import ArticleRecord
    from mapgen.situation.shown import Shown

SENTENCES = 3
CHANGE_HEAD = ("Place", "Before", "Now", "When", "Standing", "Who says so", "Quotes")
FIGURE_HEAD = ("Who", "From", "To", "At least", "At most", "As written", "Sources")
_UNKNOWN = "not known"
_LONGEST_QUOTE = 160  # characters in a table; the map and the exports have the whole quote


@dataclass(frozen=True, kw_only=True, slots=True)
class Report:
    """The parts of a report, in plain text."""

    title: str
    as_of: str
    summary: tuple[str, ...]  # at most `SENTENCES`, each with its lead word
    changes: tuple[tuple[str, ...], ...]  # rows under `CHANGE_HEAD`
    figures: tuple[tuple[str, ...], ...]  # rows under `FIGURE_HEAD`
    method: tuple[tuple[str, str], ...]  # heading and text
    limits: tuple[str, ...]
    articles: tuple[str, ...]
    credits: tuple[str, ...]

    @property
    def alt_text(self) -> str:
        """Text alternative of the picture."""
        return f"Situation map. {' '.join(self.summary)}"


def report_of(shown: Shown) -> Report:
    """Collect the content of a report.

    Parameters
    ----------
    shown
        What may be shown.

    Returns
    -------
    Report
        The quotes for a place have at most 160 characters together.
    """
    layers = layers_of(shown)
    meta = layers.meta
    n_off = len(layers.tables["off_map"])
    limits = [
        "This report covers only what these articles say. Other events may have happened that they "
        "do not mention.",
        f"{n_off} {'statement is' if n_off == 1 else 'statements are'} off the map: possible, "
        "denied, past, or without a known place.",
        *meta["warnings"],
    ]
    return Report(
        title=meta["title"],
        as_of=". ".join(p.rstrip(".") for p in (meta["as_of_text"], meta["as_of_note"]) if p) + ".",
        summary=tuple(f"{lead} {text}" for lead, text in meta["summary"][:SENTENCES]),
        changes=tuple(_changes(layers)),
        figures=tuple(_figures(layers)),
        method=tuple((part[0], " ".join(part[1:])) for part in meta["method"]),
        limits=tuple(limits),
        articles=tuple(_article(record) for record in meta["articles"].values()),
        credits=layers.credits,
    )


def _changes(layers: Layers) -> list[tuple[str, ...]]:
    """Return a row for each place whose holder the articles report, with the holder before."""
    shown = layers.shown
    by_id = {e.id: e for e in shown.situation.events}
    rows: list[tuple[str, ...]] = []
    for row in layers.frames["control"].to_dict("records"):
        if row["basis"] != "articles":
            continue
        event = by_id[row["event"]]
        before = shown.from_side(event)
        rows.append(
            (
                str(row["place"]),
                shown.sides.short(before, otherwise=_UNKNOWN),
                row["holder_name"] or (f"contested: {_sides(layers, row)}"),
                _when(event),
                str(row["standing"]),
                str(row["sources"]),
                _short(str(row["quotes"] or "")),
            )
        )
    return sorted(rows)


def _sides(layers: Layers, row: Mapping[str, Any]) -> str:
    named = [layers.shown.sides.short(s) for s in str(row["claimants"] or "").split("; ") if s]
    return ", ".join(named) or _UNKNOWN


def _when(event: Event) -> str:
    """Return the possible days of an event in words."""
    first, last = event.earliest, event.latest
    if first is not None and first == last:
        return day_text(first)
    if first is not None and last is not None:
        return f"{day_text(first)} to {day_text(last)}"
    day = day_of(event)
    return f"reported by {day_text(day)}" if day else "undated"


def _short(quotes: str) -> str:
    if len(quotes) <= _LONGEST_QUOTE:
        return quotes
    return quotes[:_LONGEST_QUOTE].rsplit(" ", 1)[0] + "…"


def _figures(layers: Layers) -> list[tuple[str, ...]]:
    """Return a row for each movement and total. Figures are never added up."""
    flows = layers.frames["flows"].to_dict("records")
    totals = layers.frames["totals"].to_dict("records")
    by_id = {e.id: e for e in layers.shown.situation.events}
    rows: list[tuple[str, ...]] = []
    for event_id in unique(str(r["event"]) for r in [*flows, *totals]):
        event = by_id[event_id]
        moved = [r for r in flows if r["event"] == event_id]
        whole = [r for r in totals if r["event"] == event_id]
        first = (moved or whole)[0]
        start, goal = _ends(moved, whole)
        words = "; ".join(figure_lines(event))
        figure = event.figure
        who = f"{event.kind.value}, {figure.unit}" if figure else event.kind.value
        rows.append(
            (
                who,
                start,
                goal,
                _number(figure.low if figure else None),
                _number(figure.high if figure else None),
                words or "no figure",
                str(first["sources"]),
            )
        )
    return rows


def _ends(moved: list[dict[str, Any]], whole: list[dict[str, Any]]) -> tuple[str, str]:
    """Return the origins and destinations of an event, as far as the articles state them."""
    start = ", ".join(unique(str(r["origin"]) for r in moved if r["origin"]))
    goal = ", ".join(unique(str(r["destination"]) for r in moved if r["destination"]))
    if whole and not moved:
        start = f"{', '.join(unique(str(r['place']) for r in whole))} (total)"
    return start or _UNKNOWN, goal or ("" if whole else _UNKNOWN)


def _number(value: int | None) -> str:
    return _UNKNOWN if value is None else f"{value:,}"


def _article(record: ArticleRecord) -> str:
    """Return the line of an article in the list of articles."""
    day = f"published {record['published_on']}" if record["published_on"] else "undated"
    if record["published_on"] and record["basis"] not in {None, "printed"}:
        day += f" ({record['basis']})"
    parts = (record["title"] or record["label"], record["source"], day, record["url"])
    return ", ".join(str(p) for p in parts if p)
