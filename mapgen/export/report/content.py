"""Collect the content of a report, in plain text, before it is written in a format."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gazetteer.worded_areas import is_worded
from mapgen.core.words import day_range, day_text, joined, unique
from mapgen.export.layers import layers_of
from mapgen.model import Kind
from mapgen.situation.attacks import is_attack
from mapgen.situation.elsewhere import where_words
from mapgen.situation.figure_words import figure_lines
from mapgen.situation.shown import day_of, side_of_actor
from mapgen.situation.signs import total_words
from mapgen.situation.title_block import LISTED_OFF

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from mapgen.export.layers import Layers
    from mapgen.model import Event
    from mapgen.situation.drawn_records import ArticleRecord
    from mapgen.situation.shown import Shown

NOTHING = "Nothing reported in these articles."
RANGES = "Each row gives the range of the figures reported; rows are never added up."
CHANGE_HEAD = ("Place", "Before", "Now", "When", "Standing", "Who says so", "Quotes")
FIGURE_HEAD = ("Who", "From", "To", "At least", "At most", "As written", "Sources")
TOLL_HEAD = ("Where", "When", "What", "At least", "At most", "As written", "Sources")
_UNKNOWN = "not known"
_TOLLS = frozenset({"killed", "injured"})
_MOVED = {Kind.DISPLACEMENT: "who fled", Kind.RETURN: "who returned", Kind.HOSTING: "hosted"}
_DISPLACED = "displaced"  # of totals that say no more
_LONGEST_QUOTE = 80  # characters in a table; the map and the exports have the whole quote


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """A line of a list, with the address that it links to, if it has one."""

    text: str
    address: str | None = None  # with http or https


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """A table of a report."""

    heading: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    below: str | None = None  # a sentence under the table
    notes: tuple[str, ...] = ()  # the whole quotes, row by row, for a speaker

    @property
    def is_shown(self) -> bool:
        """Whether the table stands in the report; only tolls are left out if there are none."""
        return bool(self.rows) or self.head != TOLL_HEAD


@dataclass(frozen=True, kw_only=True, slots=True)
class Report:
    """The parts of a report, in plain text."""

    title: str
    as_of: str
    summary: tuple[tuple[str, str], ...]  # lead word, such as "Taken.", and sentences
    tables: tuple[Table, ...]  # what changed hands, people on the move, tolls
    method: tuple[tuple[str, str], ...]  # heading and text
    limits: tuple[str, ...]
    sources: tuple[Line, ...]  # how many articles each source printed, and when
    articles: tuple[Line, ...]
    credits: tuple[str, ...]

    @property
    def alt_text(self) -> str:
        """Text alternative of the picture."""
        return " ".join(("Situation map.", *self.summary_lines))

    @property
    def summary_lines(self) -> tuple[str, ...]:
        """The summary as plain lines, each with its lead word."""
        return tuple(f"{lead} {text}" for lead, text in self.summary)

    @property
    def lists(self) -> tuple[tuple[str, tuple[Line, ...]], ...]:
        """The lists at the end: heading and lines."""
        return (
            ("Limits", tuple(Line(text=text) for text in self.limits)),
            # of one source the list of articles says as much
            *((("Articles by source", self.sources),) if len(self.sources) > 1 else ()),
            ("Articles", self.articles),
            ("Credits", tuple(Line(text=text) for text in self.credits)),
        )


def report_of(shown: Shown) -> Report:
    """Collect the content of a report.

    Parameters
    ----------
    shown
        What may be shown.

    Returns
    -------
    Report
        The quotes for a place have at most 80 characters together.
    """
    layers = layers_of(shown)
    meta = layers.meta
    n_off = len(layers.tables["off_map"])
    limits = [
        "This report covers only what these articles say. Other events may have happened that they "
        "do not mention."
    ]
    if n_off:
        limits.append(
            f"{n_off} {'statement is' if n_off == 1 else 'statements are'} off the map: possible, "
            "denied, past, or without a known place."
        )
    limits += meta["warnings"]
    day = (meta["as_of_text"], meta["as_of_note"], meta.get("review", ""))
    return Report(
        title=meta["title"],
        as_of=". ".join(p.rstrip(".") for p in day if p) + ".",
        summary=tuple((lead, text) for lead, text in meta["summary"]),
        tables=tuple(t for t in (_changes(layers), _figures(layers), _tolls(layers)) if t.is_shown),
        method=tuple(
            (part[0], " ".join(part[1:]).replace(f" {LISTED_OFF}", "")) for part in meta["method"]
        ),
        limits=tuple(limits),
        sources=tuple(Line(text=text) for text in _printed(layers)),
        articles=tuple(_article(record) for record in meta["articles"].values()),
        credits=layers.credits,
    )


def _changes(layers: Layers) -> Table:
    """Return a row for each place whose holder changed, with the holder before.

    Places that the articles put only near a town or somewhere in an area follow the others. Places
    of which the articles only say who holds them are listed below the table.
    """
    shown = layers.shown
    by_id = {e.id: e for e in shown.situation.events}
    rows: list[tuple[str, ...]] = []
    held: dict[str, list[str]] = {}
    notes = []
    for row in layers.frames["control"].sort_values("place", kind="stable").to_dict("records"):
        if row["basis"] != "articles":
            continue
        event = by_id[row["event"]]
        now = row["holder_name"] or f"contested: {_sides(layers, row)}"
        notes.append(_note(layers, str(row["place"]), row))
        if event.kind is Kind.CONTROL_STATE and row["holder_name"]:
            held.setdefault(now, []).append(str(row["place"]))
            continue
        before = shown.sides.short(shown.from_side(event), otherwise=_UNKNOWN)
        standing, quotes = str(row["standing"]), _short(str(row["quotes"] or ""))
        told = _sources(layers, row)
        rows.append((str(row["place"]), before, now, _when(event), standing, told, quotes))
    rows.sort()
    rows += sorted(_taken_somewhere(layers, by_id))
    below = "; ".join(f"{joined(places)} ({side})" for side, places in held.items())
    return Table(
        heading="What changed hands",
        head=CHANGE_HEAD,
        rows=tuple(rows),
        below=f"Held, as the articles say: {below}." if below else None,
        notes=tuple(notes),
    )


def _taken_somewhere(layers: Layers, by_id: Mapping[str, Event]) -> list[tuple[str, ...]]:
    """Return rows for ground that was taken near a town or somewhere in an area.

    An event in two areas ("in eastern Syria, along the Iraqi border") is told in one row.
    """
    shown = layers.shown
    rows: list[tuple[str, ...]] = []
    for row in [r for n in ("regions", "events") for r in layers.frames[n].to_dict("records")]:
        event = by_id[str(row["event"])]
        if event.kind is not Kind.CONTROL_CHANGE:
            continue
        where = str(row["place"]) if is_worded(event.places[0].place_id) else where_words(event)
        before = shown.sides.short(shown.from_side(event), otherwise=_UNKNOWN)
        now = shown.sides.short(side_of_actor(event.actor), otherwise=_UNKNOWN)
        quotes, standing = _short(str(row["quotes"] or "")), str(row["standing"])
        told = _sources(layers, row)
        rows.append((where, before, now, _when(event), standing, told, quotes))
    return list(dict.fromkeys(rows))


def _sources(layers: Layers, row: Mapping[str, Any]) -> str:
    """Return who says so; an article in its own voice is named by its outlet."""
    articles = layers.meta["articles"]
    outlets = {key: one["source"] or one["label"] for key, one in articles.items()}
    return "; ".join(unique(outlets.get(s, s) for s in str(row["sources"]).split("; ")))


def _note(layers: Layers, what: str, row: Mapping[str, Any]) -> str:
    """Return the whole quotes for a row, with the outlets that print them."""
    printed = "; ".join(part for part in (row["publishers"], row["urls"]) if part)
    told = f"{what}: {row['quotes'] or 'no quote'}"
    source = "; ".join(part for part in (_sources(layers, row), printed) if part)
    return f"{told} ({source})"


def _sides(layers: Layers, row: Mapping[str, Any]) -> str:
    named = [layers.shown.sides.short(s) for s in str(row["claimants"] or "").split("; ") if s]
    return ", ".join(named) or _UNKNOWN


def _when(event: Event) -> str:
    """Return the possible days of an event in words."""
    first, last = event.earliest, event.latest
    if first is not None and last is not None:
        return day_range(first, last)
    day = day_of(event)
    return f"reported by {day_text(day)}" if day else "undated"


def _short(quotes: str) -> str:
    if len(quotes) <= _LONGEST_QUOTE:
        return quotes
    return quotes[:_LONGEST_QUOTE].rsplit(" ", 1)[0] + "…"


def _figures(layers: Layers) -> Table:
    """Return a row for each movement, place of shelter and total. Figures are never added up."""
    flows = layers.frames["flows"].to_dict("records")
    stays = [
        r
        for name in ("events", "regions")
        for r in layers.frames[name].to_dict("records")
        if r["kind"] == Kind.HOSTING.value
    ]
    totals = layers.frames["totals"].to_dict("records")
    by_id = {e.id: e for e in layers.shown.situation.events}
    rows: list[tuple[str, ...]] = []
    notes = []
    for event_id in unique(str(r["event"]) for r in [*flows, *stays, *totals]):
        event = by_id[event_id]
        moved, host, whole = (
            [r for r in found if r["event"] == event_id] for found in (flows, stays, totals)
        )
        first = (moved or host or whole)[0]
        start, goal = ("", str(first["place"])) if host else _ends(moved, whole)
        kind = _MOVED.get(event.kind, event.kind.value.replace("_", " "))
        if whole and total_words(event).startswith(_DISPLACED):
            kind = _DISPLACED
        who = f"{event.figure.unit if event.figure else 'people'} {kind}"
        rows.append((who, start, goal, *_figure(event), _sources(layers, first)))
        notes.append(_note(layers, " to ".join(end for end in (start, goal) if end), first))
    return Table(
        heading="People on the move",
        head=FIGURE_HEAD,
        rows=tuple(rows),
        below=RANGES if rows else None,
        notes=tuple(notes),
    )


def _tolls(layers: Layers) -> Table:
    """Return a row for each event with people killed or injured."""
    by_id = {e.id: e for e in layers.shown.situation.events}
    rows, notes = [], []
    for row in [r for n in ("events", "regions") for r in layers.frames[n].to_dict("records")]:
        event = by_id[str(row["event"])]
        if event.figure is None or event.figure.unit not in _TOLLS:
            continue
        what = "attack" if is_attack(event) else event.kind.value.replace("_", " ")
        where = str(row["place"] or _UNKNOWN)
        rows.append((where, _when(event), what, *_figure(event), _sources(layers, row)))
        notes.append(_note(layers, where, row))
    return Table(
        heading="Killed and injured",
        head=TOLL_HEAD,
        rows=tuple(dict.fromkeys(rows)),
        below=RANGES if rows else None,
        notes=tuple(unique(notes)),
    )


def _figure(event: Event) -> tuple[str, str, str]:
    """Return the least, the most and the words of the figure of an event."""
    figure, words = event.figure, "; ".join(figure_lines(event)) or "no figure"
    if figure is None:
        return _UNKNOWN, _UNKNOWN, words
    return _number(figure.low, figure.unit), _number(figure.high, figure.unit), words


def _ends(moved: list[dict[str, Any]], whole: list[dict[str, Any]]) -> tuple[str, str]:
    """Return the origins and destinations of an event, as far as the articles state them."""
    start = ", ".join(unique(str(r["origin"]) for r in moved if r["origin"]))
    goal = ", ".join(unique(str(r["destination"]) for r in moved if r["destination"]))
    if whole and not moved:
        start = f"{', '.join(unique(str(r['place']) for r in whole))} (total)"
    return start or _UNKNOWN, goal or ("" if whole else _UNKNOWN)


def _number(value: int | None, unit: str) -> str:
    """Return a number with its unit, which is left out only for people."""
    if value is None:
        return _UNKNOWN
    return f"{value:,}" if unit == "people" else f"{value:,} {unit}"


def _printed(layers: Layers) -> list[str]:
    """Return how many articles each source printed, and from when to when; nothing for one article.

    A reader sees by the last day whether it was quiet or a source stopped.
    """
    table = layers.tables["sources"]
    if table["n_articles"].sum() < 2:  # noqa: PLR2004  one article is no series
        return []
    told = []
    for source, rows in table.groupby(table["source"].fillna(""), sort=False):
        n, again = int(rows["n_articles"].sum()), int(rows["n_reprints"].sum())
        days = sorted(day for day in rows["published_on"] if day is not None)
        parts = [f"{n} {'article' if n == 1 else 'articles'}"]
        if again:
            parts.append(f"{again} of them {'a reprint' if again == 1 else 'reprints'}")
        if days:
            same = days[0] == days[-1]
            parts.append(
                day_text(days[0]) if same else f"{day_text(days[0])} to {day_text(days[-1])}"
            )
        if rows["published_on"].isna().any():
            parts.append("some undated" if days else "undated")
        told.append(f"{source or 'No source named'}: {', '.join(parts)}")
    return told


def _article(record: ArticleRecord) -> Line:
    """Return the line of an article in the list of articles, which links to it."""
    day = f"published {record['published_on']}" if record["published_on"] else "undated"
    if record["published_on"] and record["basis"] not in {None, "printed"}:
        day += f" ({record['basis']})"
    address = str(record["url"] or "")
    is_link = address.lower().startswith(("http://", "https://"))
    parts = (record["title"] or record["label"], record["source"], day, address)
    text = ", ".join(str(part) for part in parts if part)
    return Line(text=text, address=address if is_link else None)
