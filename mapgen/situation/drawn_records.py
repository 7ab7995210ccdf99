"""The records that page, pictures and exports share: signs, cards, areas, the title block.

Each is a dict with known keys, as it stands in the JSON of a page. `docs/page-data.md` is made
from the texts under the keys.
"""

from typing import Literal, NotRequired, TypeAlias, TypedDict

from mapgen.core.geojson import Geometry, LatLonPath

Shape: TypeAlias = Geometry | str
"""A geometry; in the page of a long history also the key of one in `shapes`."""


class LatLon(TypedDict):
    """A point."""

    lat: float
    """Degrees, EPSG:4326."""
    lon: float
    """Degrees, EPSG:4326."""


FromSide = TypedDict("FromSide", {"from": str | None})
"""Key of the side that held the place before; null if nobody knows."""


class SignCore(TypedDict):
    """What every sign has.

    On a day before `from_day` a sign is not drawn. From `from_day` until `day` it is drawn as
    "changing, day unknown" (half and half). From `day` on it is drawn as it is. A sign whose
    `from_day` is null appears on `day`; one whose `day` is null is always drawn.
    """

    card: str
    """Id of the card that the sign opens."""
    from_day: str | None
    """First day on which it can have been so."""
    day: str | None
    """Day from which it is so: the last day on which it can have happened."""
    standing: str
    """How sure it is: `assessed`, `stated`, `claimed`, `contested`, `unknown` or `outdated`."""
    side: str | None
    """Key of the side that acts; null if no party is named."""
    to_day: NotRequired[str | None]
    """Day from which it is no longer drawn. Of a holder: the day from which another side holds the
    place, or the place is contested. In a long history: two weeks after
    `day`, for everything but holders."""


class Spot(TypedDict):
    """Where a sign at a place stands."""

    place: str | None
    """Id of the place in the gazetteer."""
    name: str
    """Name of the place as the article spells it."""
    lat: float
    """Degrees, EPSG:4326."""
    lon: float
    """Degrees, EPSG:4326."""
    rank: int
    """1 to 5 by population, 5 for the biggest; 1 where the population is not known."""


class ControlSign(SignCore, Spot, FromSide):
    """Who holds a place, as articles say."""

    type: Literal["control"]
    """Kind of sign."""
    label: str
    """Second line under the name: `taken from the government`."""
    turn: int
    """Its number among the signs of its place. Who holds the place on a day: the sign with the
    highest number of those that stand. A contested place has one sign, of no side."""
    before: str | None
    """Where contested: key of the side that held the place before the dispute; else null."""


class Road(TypedDict):
    """The road along which a force comes."""

    name: str
    """Its number, such as `M5`."""
    method: Literal["stated", "likely"]
    """`stated` if the text names it, `likely` if it is the one main road from the origin."""


class ThreatSign(SignCore, Spot):
    """A force that comes near a place."""

    type: Literal["threat"]
    """Kind of sign."""
    target_side: str | None
    """Key of the side that holds the place or is attacked."""
    distance_km: float | None
    """How near the force is, in kilometres, as the text has it."""
    direction: str | None
    """On which side of the place it stands: `north`."""
    road: Road | None
    """The road along which it comes; null if several lead there."""
    origin: LatLon | None
    """Nearest place that the side holds, where the arrow starts; null draws no arrow."""
    label: str
    """Second line under the name: `5 km from the outskirts (SOHR)`."""


class PlaceSign(SignCore, Spot):
    """Something that happened at a place."""

    type: Literal[
        "strike",
        "clash",
        "siege",
        "attack",
        "withdrawal",
        "reinforcement",
        "told_to_leave",
        "hosting",
    ]
    """Kind of sign; `attack` is an attack on civilians, `told_to_leave` an order to leave,
    `hosting` displaced people who stay there."""
    label: str
    """Second line under the name: `struck`, or `struck (SOHR)` if only a source says so."""


class DisplacementSign(SignCore):
    """People who flee or return. With one known end, `path` has one point.

    Then a short arrow is drawn away from that point or towards it, and not to a town.
    """

    type: Literal["displacement"]
    """Kind of sign."""
    kind: Literal["displacement", "return"]
    """Whether people flee or return."""
    path: LatLonPath
    """Their way as `[[lat, lon], ...]`."""
    end: Literal["both", "origin", "destination"]
    """Which ends are known."""
    method: Literal["stated", "likely", "plain"]
    """`stated` if the text names the road, `likely` if one main road joins both ends, `plain` for
    an arc that says nothing about the way."""
    area: Shape | None
    """Destination area, if they go to an area."""
    area_name: str | None
    """Name of the destination area: `the coast`."""
    origin_area: Shape | None
    """Area that they leave, if it is an area."""
    width: int
    """1 to 4, by the order of magnitude of the highest lower bound."""
    place: str | None
    """Id of the place that they leave."""
    label: list[str]
    """Lines of the note: where to, then each figure with who gives it; figures are never added.
    Of several arrows of one event, only the first has the figures."""


class RegionSign(SignCore):
    """Something that happened in an area, where no town is named."""

    type: Literal["region"]
    """Kind of sign."""
    geometry: Shape
    """The area, drawn soft."""
    name: str
    """Name of the area: `Syria–Iraq border`."""
    label: list[str]
    """Lines of the note: who, what, and the article's words for the area."""
    somewhere: NotRequired[bool]
    """Whether it is one place that lies somewhere in the area; drawn as an outline."""


class SupplySign(SignCore):
    """One branch of a supply link."""

    type: Literal["supply"]
    """Kind of sign."""
    path: LatLonPath
    """Its line as `[[lat, lon], ...]`."""
    state: Literal["open", "threatened", "cut"]
    """The gravest state that a current claim tells of."""
    label: str
    """`supply link, intact` on one branch of a link, empty on the others."""


class BadgeSign(SignCore):
    """A figure for a whole country or region, which has no arrow."""

    type: Literal["badge"]
    """Kind of sign."""
    big: str
    """The figure in the article's words: `Over 370,000`."""
    label: str
    """What it counts: `displaced across the country`."""
    source: str
    """Who gives it: `United Nations. Not added to other figures.`"""


SpotSign: TypeAlias = ControlSign | ThreatSign | PlaceSign
"""A sign that stands at a place."""

Sign: TypeAlias = SpotSign | DisplacementSign | RegionSign | SupplySign | BadgeSign
"""One thing drawn; `type` says which."""


class PassageRecord(TypedDict):
    """Words of an article. Offsets count characters of the article's text."""

    article: str
    """Id of the article."""
    text: str
    """A sentence or clause, cut where the user asks for short quotes."""
    start: int
    """Offset of its first character in the article."""
    end: int
    """Offset after its last character, before it was cut."""
    marks: list[list[int | str]]
    """Marked words, each `[start, end, kind]`: offsets in `text`; kind is `src` for the words that
    name who says it, else empty."""
    paragraph: int
    """Number of its paragraph, from 1."""


class Quote(PassageRecord):
    """A quote on a card."""

    who: str
    """Who says it, and what must be known of it: `SOHR; names no town`."""
    claims: list[str]
    """Ids of the claims that rest on it."""


class OffItem(PassageRecord):
    """A passage that is not on the map."""

    reason: str
    """Why not: `because of “would”`, and what an analyst decided of it."""


class OffGroup(TypedDict):
    """Passages that are not on the map for the same kind of reason."""

    group: str
    """Heading: `Hypothetical`."""
    why: str
    """What the heading means."""
    items: list[OffItem]
    """The passages, by article and place in it."""


class Card(FromSide):
    """What a reader sees on opening a sign: one happening and the evidence for it.

    Events that rest on the same claims share a card.
    """

    id: str
    """Id, such as `c1`; in reading order."""
    kind: str
    """Kind of the events, such as `control_change`."""
    sign: str
    """Type of the sign whose glyph it carries."""
    title: str
    """Headline: `Aleppo and Hama taken`."""
    side: str | None
    """Key of the side that acts."""
    standing: str
    """How sure it is; values as for signs, and `denied`."""
    by: str
    """Who says so: `Two articles`."""
    when: str
    """When, in the articles' words where they have any: `“this week”; between 30 Nov and 6 Dec`."""
    rule: str
    """Why it has this standing, in one sentence."""
    note: str | None
    """What on it is inferred, or how it must be read."""
    decisions: list[str]
    """What an analyst decided of its claims, each with name, day and reason."""
    events: list[str]
    """Ids of its events."""
    places: list[str]
    """Ids of its places."""
    at: LatLon | None
    """Where the map goes when the card is opened; null for areas."""
    day: str | None
    """Day of the first event: the last day on which it can have happened."""
    quotes: list[Quote]
    """The evidence: one quote for each sentence."""


class SideParts(TypedDict):
    """The ground of one side."""

    sure: Geometry | None
    """Polygons drawn light; of a layer that the user gave, all of it."""
    unsure: Geometry | None
    """Polygons drawn hatched."""


class Front(TypedDict):
    """Where the areas of two sides meet. No line is drawn where the ground between is unknown."""

    sides: list[str]
    """Keys of the two sides."""
    part: Literal["sure", "unsure"]
    """`unsure` is drawn dashed."""
    geometry: Geometry | None
    """The line."""


class ControlPhase(TypedDict):
    """Areas of control from one day until another: estimated, or given by the user."""

    from_day: str | None
    """First day on which they are drawn; null for from the beginning."""
    to_day: str | None
    """Day from which they are no longer drawn; null for until the end."""
    sides: dict[str, SideParts]
    """The ground of each side, by its key."""
    fronts: list[Front]
    """Estimated front lines; none for a layer that the user gave."""
    given: NotRequired[str]
    """Sources of a layer that the user gave, which is drawn as given: no estimate, no fronts.
    Absent for an estimate."""


class ArticleRecord(TypedDict):
    """An article that was read."""

    label: str
    """Short name on the page: `Article 1`."""
    title: str | None
    """Its headline."""
    source: str | None
    """The publication that printed it."""
    url: str | None
    """Its address."""
    published_on: str | None
    """Day of publication."""
    basis: str | None
    """How that day is known: `printed`, `given`, `inferred` and so on; null if nothing is noted."""


class GeneratorRecord(TypedDict):
    """What made the page, so that it can be made again."""

    version: str
    """Version of mapgen."""
    parser: str | None
    """Parser of sentences."""
    coder: str | None
    """Coder that read the articles."""
    settings: str | None
    """Digest of the settings."""
    inputs: dict[str, str]
    """SHA-256 of each article, by its id."""
    tables: NotRequired[str]
    """Hash of the user's own tables, where the map was made with any."""


class TitleBlock(TypedDict):
    """What every output says of itself."""

    kicker: str
    """Line above the headline: `Syria · situation map`."""
    title: str
    """Headline, written from the situation or given by the user."""
    as_of: str | None
    """Day of the map; null if nothing is dated."""
    as_of_text: str
    """That day in words: `About 6 December 2024`."""
    as_of_note: str
    """How the day is known: `Inferred; no article is dated.`; may be empty."""
    summary: list[list[str]]
    """Parts of the summary, each `[lead word, sentences]`: `["Taken.", "HTS-led rebels ..."]`."""
    articles: dict[str, ArticleRecord]
    """The articles, by id."""
    method: list[list[str]]
    """How the map was made: each part `[heading, paragraph, ...]`."""
    credits: list[str]
    """Whose data and software are used."""
    country: str | None
    """Name of the subject country."""
    language: str
    """Language of the interface, ISO 639-1; its texts are in a block of their own, `mg-text`."""
    warnings: list[str]
    """Names that were not found, corrections that had no effect and so on; shown under Method."""
    generator: GeneratorRecord
    """What made the page."""
