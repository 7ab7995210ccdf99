"""Define the records that make up the data of a page and of a picture.

The text under each key says what it holds. tools/build_page_data_docs.py makes `docs/page-data.md`
from these texts. The records of signs and cards are in `mapgen.situation.drawn_records`.
"""

from typing import Literal, NotRequired, TypedDict

from mapgen.core.geojson import Geometry
from mapgen.core.tables.sides import SideRecord
from mapgen.ground.basemap_records import Basemap
from mapgen.situation.drawn_records import (
    Card,
    ControlPhase,
    OffGroup,
    Quote,
    Sign,
    TitleBlock,
)


class Span(TypedDict):
    """The days within which events happened that the articles date with words like "this week"."""

    start: str | None
    """First day."""
    end: str | None
    """Last day."""
    label: str
    """Places and wording, such as `Aleppo, Hama: some day of “this week”`."""


class Bar(TypedDict):
    """The number of claims about one day."""

    day: str
    """Day of the events."""
    n: int
    """Number of current claims."""
    inferred: bool
    """Whether the claims do not state this day. Such a bar is dashed."""


class Town(TypedDict):
    """A large town that is named for orientation. The map does not say who holds it."""

    id: str
    """Id in the gazetteer."""
    name: str
    """Name in the gazetteer."""
    lat: float
    """Degrees, EPSG:4326."""
    lon: float
    """Degrees, EPSG:4326; above 180 beyond the antimeridian."""
    rank: int
    """Rank by population, from 1 (smallest) to 5 (largest); 1 if the population is unknown."""
    closer: NotRequired[int]
    """How many times the map must be enlarged twofold before the town is named."""


class PlaceRecord(Town):
    """A town to label: one that an article names, or one of the baseline."""

    base: str | None
    """Key of the side that holds the town in the baseline."""


class InsetRecord(TypedDict):
    """A crowded part of the map, enlarged in a corner."""

    bbox: list[float]
    """West, south, east, north in degrees."""
    title: str
    """Title of the enlargement, such as `Homs, enlarged`."""


class Tracks(TypedDict):
    """The holders of many places over many days, packed into a few strings.

    Letters are digits in base 64: `A-Z a-z 0-9 - _`. Small places come first, so that large ones
    are drawn over them.
    """

    sides: list[str | None]
    """Keys of the sides. The first is null, for an unknown holder. A key that ends in `?` means
    that the hold of this side is only claimed; `!` alone means that sources name two holders."""
    width: int
    """Number of letters per change."""
    ids: str
    """Ids of the places, one per line."""
    names: str
    """Names of the places, one per line."""
    rank: str
    """Ranks of the places, one digit each."""
    lat: str
    """Latitudes, four letters each: degrees + 90, in steps of 0.0001."""
    lon: str
    """Longitudes, four letters each: degrees + 180, in steps of 0.0001."""
    base: str
    """Holders before the first day: one letter per place, an index into `sides`."""
    changes: str
    """Changes of the places, separated by `.`. Each change is a number of `width` letters: (days
    since the previous change) * (number of sides) + (index of the new holder)."""


class LedgerSource(TypedDict):
    """The articles of one source."""

    source: str | None
    """Name of the source; null for the articles that name none."""
    cells: list[list[int]]
    """Columns in which the source has articles, each `[column, first, reprints]`: an index into
    `days`, or the number of days for undated articles; how many articles tell their story first;
    and how many print the text of an earlier one again."""


class LedgerTable(TypedDict):
    """How many articles each source printed, and when."""

    type: Literal["day", "week", "month", "year"]
    """What a column is: a day, or if there were too many, a week from Monday, a month, a year."""
    days: list[str]
    """First day of each column, from the first article to the last; empty if none is dated."""
    sources: list[LedgerSource]
    """The sources by name; articles without a source come last."""


class DayRecord(TypedDict):
    """What the panel says on an earlier day, in place of the title block of the last one."""

    day: str
    """First day on which this is so; it holds until the next record."""
    title: str | None
    """Headline; null if the title of the map holds on all days, empty if there is none: the page
    then names the day."""
    summary: list[list[str]]
    """Parts of the summary, as in the title block."""


class EarlierCard(TypedDict):
    """A card as it was known on an earlier day."""

    card: Card
    """The card without its quotes."""
    quotes: list[Quote | list[str | int]]
    """Its quotes. One that a card of the map has too is the id of that card and its number."""


class ReportedRecord(TypedDict):
    """What the articles printed by a day reported: the map as it would have been made then."""

    day: str
    """Day of publication of the last articles."""
    title: str
    """Headline."""
    as_of_text: str
    """Day of the map in words."""
    summary: list[list[str]]
    """Parts of the summary, as in the title block."""
    days: list[DayRecord | int]
    """What the panel says on the days before. A number is that of a record that was the same: of
    those in `earlier`, and after them of those in the records before this one."""
    cards: list[EarlierCard | str]
    """Cards in reading order; a string is the id of a card of the map that was the same then."""
    signs: list[Sign | int]
    """Signs; a number is that of a sign of the map that was the same then."""
    places: list[str]
    """Ids of the towns of these events."""


class ViewRecord(TypedDict):
    """A part of a map whose events lie far apart."""

    name: str
    """Countries that it shows."""
    bbox: list[float]
    """West, south, east, north in degrees."""


class PictureData(TypedDict):
    """Everything that is drawn, with a sign for each thing."""

    version: int
    """Version of this format."""
    meta: TitleBlock
    """Headline, day, summary, articles, method, credits."""
    sides: dict[str, SideRecord]
    """Sides that appear on the map, by key, in the order of the legend."""
    days: list[str]
    """Positions of the time slider: every day from the first to the last; empty if nothing is
    dated."""
    span: Span | None
    """The span with the most claims; null if every event has an exact day or none."""
    bars: list[Bar]
    """Number of claims per day."""
    places: list[PlaceRecord]
    """Towns to label; empty in the page of a long history, where `tracks` has them."""
    towns: list[Town]
    """Large towns for orientation, the largest first; empty if the user asks for coarser places."""
    names: dict[str, str]
    """Names in the script of the page's language, by id of the place; only where one is known."""
    signs: list[Sign]
    """Signs, in the order of the cards."""
    areas: list[ControlPhase]
    """Areas of control, one entry per phase; empty without a baseline or areas of the user."""
    cards: list[Card]
    """Cards of evidence, in reading order."""
    off: list[OffGroup]
    """Passages that are not on the map, grouped by reason."""
    base: Basemap
    """The basemap."""
    inset: InsetRecord | None
    """The part of the map to enlarge; null if no three places are too close together."""
    baseline_day: str | None
    """Newest day in the baseline; null without a baseline."""


class PageData(PictureData):
    """Everything that the page draws. The holders of a long history are packed in `tracks`."""

    tracks: NotRequired[Tracks | None]
    """Holders of each place over time, only of a long history; null if there is no place or day."""
    shapes: NotRequired[dict[str, Geometry]]
    """Shapes that several signs share, only of a long history. The signs have the key of the shape
    in `geometry`, `area` or `origin_area`."""
    views: NotRequired[list[ViewRecord]]
    """A view of each country or group of countries; only where one map shows all of them too
    small."""
    earlier: NotRequired[list[DayRecord]]
    """Headline and summary of earlier days; only of a map that is no long history."""
    reported: NotRequired[list[ReportedRecord]]
    """What was known on each earlier day of publication; only if the articles are of several days,
    not of a long history, and not if the user asks for coarser places."""
    ledger: NotRequired[LedgerTable]
    """Articles by source and day; only if there are two articles or more."""
