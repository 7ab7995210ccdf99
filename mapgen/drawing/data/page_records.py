"""The whole of the data inside a page, as JSON: what each key holds.

`docs/page-data.md` is made from the texts under the keys.
"""

from typing import NotRequired, TypedDict

from mapgen.core.geojson import Geometry
from mapgen.core.tables.sides import SideRecord
from mapgen.ground.basemap_records import Basemap
from mapgen.situation.drawn_records import Card, ControlPhase, OffGroup, Sign, TitleBlock


class Span(TypedDict):
    """Days within which things happened whose day is only known from words like "this week"."""

    start: str | None
    """First day."""
    end: str | None
    """Last day."""
    label: str
    """What happened then: `Aleppo, Hama: some day of “this week”`."""


class Bar(TypedDict):
    """How many claims tell of one day."""

    day: str
    """The day."""
    n: int
    """Number of current claims."""
    inferred: bool
    """Whether the claims do not state the day; drawn dashed."""


class Town(TypedDict):
    """A large town that no article names, for orientation. Nothing is said of who holds it."""

    id: str
    """Id in the gazetteer."""
    name: str
    """Name in the gazetteer."""
    lat: float
    """Degrees, EPSG:4326."""
    lon: float
    """Degrees, EPSG:4326; exceeds 180 east of the antimeridian."""
    rank: int
    """1 to 5 by population, 5 for the biggest; 1 where the population is not known."""


class PlaceRecord(Town):
    """A town to label: one that articles name, or one of the baseline."""

    base: str | None
    """Key of the side that holds it in the baseline."""


class InsetRecord(TypedDict):
    """A crowded part of the map, enlarged in a corner."""

    bbox: list[float]
    """West, south, east, north in degrees."""
    title: str
    """`Homs, enlarged`."""


class Tracks(TypedDict):
    """Who held many places on each day, packed into a few strings.

    Letters are digits in base 64: `A-Z a-z 0-9 - _`. Small places come first, so that big ones are
    drawn over them.
    """

    sides: list[str | None]
    """Keys of the sides; null first, for nobody knows. `?` behind a key means that the hold of
    this side is only claimed. `!` alone means that sources name two."""
    width: int
    """Letters for each change."""
    ids: str
    """Ids of the places, one a line."""
    names: str
    """Names of the places, one a line."""
    rank: str
    """Rank of each place, one digit each."""
    lat: str
    """Latitudes, four letters each: degrees + 90, in steps of 0.0001."""
    lon: str
    """Longitudes, four letters each: degrees + 180, in steps of 0.0001."""
    base: str
    """Who held each place before the first day: one letter each, an index into `sides`."""
    changes: str
    """Changes of each place, parted by `.`; a change is a number of `width` letters: (days since
    the last change) * (number of sides) + (index of the side that holds it from then on)."""


class PictureData(TypedDict):
    """Everything that is drawn, with a sign for each thing."""

    version: int
    """Version of this format."""
    meta: TitleBlock
    """Headline, day, summary, articles, method, credits."""
    sides: dict[str, SideRecord]
    """Sides that are present, by key, in the order of the legend."""
    days: list[str]
    """Positions of the slider: every day from the first to the last; empty if nothing is dated."""
    span: Span | None
    """The span of days that most claims tell of without a day."""
    bars: list[Bar]
    """Claims per day."""
    places: list[PlaceRecord]
    """Towns to label; empty in the page of a long history, where they are in `tracks`."""
    towns: list[Town]
    """Large towns for orientation, in the order in which they deserve a name; empty where the user
    asks for coarser places."""
    names: dict[str, str]
    """Names of places in the script of the page's language, by id; only where one is known."""
    signs: list[Sign]
    """What is drawn, in the order of the cards."""
    areas: list[ControlPhase]
    """Areas of control, one entry for each phase; empty without a baseline or a given layer."""
    cards: list[Card]
    """The evidence, in reading order."""
    off: list[OffGroup]
    """What is not on the map, by reason."""
    base: Basemap
    """The basemap."""
    inset: InsetRecord | None
    """The part of the map to enlarge; null if no three places are crowded."""
    baseline_day: str | None
    """Day of the newest row of the baseline."""


class PageData(PictureData):
    """Everything that the page draws. A long history has its holders packed in `tracks`."""

    tracks: NotRequired[Tracks | None]
    """Who held each place on each day; only of a long history, null if no place has a holder."""
    shapes: NotRequired[dict[str, Geometry]]
    """Shapes that several signs share, by the key that these signs have in `geometry`, `area` or
    `origin_area`; only of a long history."""
