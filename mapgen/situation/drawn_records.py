"""Define the records that page, pictures and exports share: signs, cards, areas, title block.

Each record is a typed dict with the keys that the JSON of a page has. `docs/page-data.md` is made
from the texts under the keys.
"""

from typing import Literal, NotRequired, TypeAlias, TypedDict

from mapgen.core.geojson import Geometry, LatLonPath

Shape: TypeAlias = Geometry | str
"""A geometry, or in the page of a long history also the key of a geometry in `shapes`."""


class LatLon(TypedDict):
    """A point."""

    lat: float
    """Degrees, EPSG:4326."""
    lon: float
    """Degrees, EPSG:4326."""


FromSide = TypedDict("FromSide", {"from": str | None})
"""Key of the side that held the place before; null if it is not known."""


class SignCore(TypedDict):
    """The keys that all signs have.

    Before `from_day` a sign is not drawn. From `from_day` until `day` it is drawn in two halves, as
    "changing, day unknown". From `day` on it is drawn fully. A sign whose `from_day` is null
    appears on `day`. A sign whose `day` is null is always drawn.
    """

    card: str
    """Id of the card that the sign opens."""
    from_day: str | None
    """First day on which it can have happened."""
    day: str | None
    """Last day on which it can have happened."""
    standing: str
    """How sure it is: `assessed`, `stated`, `claimed`, `contested`, `unknown` or `outdated`."""
    side: str | None
    """Key of the side that acts; null if no party is named."""
    to_day: NotRequired[str | None]
    """Day from which the sign is no longer drawn. For a holder it is the day from which another
    side holds the place or the place is contested. In a long history it is two weeks after `day`,
    for all signs except holders."""


class Spot(TypedDict):
    """The place at which a sign stands."""

    place: str | None
    """Id of the place in the gazetteer."""
    name: str
    """Name of the place as the article spells it."""
    lat: float
    """Degrees, EPSG:4326."""
    lon: float
    """Degrees, EPSG:4326."""
    rank: int
    """1 to 5 by population, with 5 for the largest places; 1 if the population is not known."""


class ControlSign(SignCore, Spot, FromSide):
    """Who holds a place according to the articles."""

    type: Literal["control"]
    """Kind of sign."""
    label: str
    """Second line under the name: `taken from the government`."""
    turn: int
    """Number among the signs of its place. Of the signs that apply on a day, the one with the
    highest number says who holds the place. A contested place has one sign, which has no side."""
    before: str | None
    """For a contested place the key of the side that held it before the dispute; otherwise null."""


class Road(TypedDict):
    """The road along which a force approaches."""

    name: str
    """Number of the road, such as `M5`."""
    method: Literal["stated", "likely"]
    """`stated` if the text names it, `likely` if it is the only main road from the origin."""


class ThreatSign(SignCore, Spot):
    """A force that approaches a place."""

    type: Literal["threat"]
    """Kind of sign."""
    target_side: str | None
    """Key of the side that holds the place or is attacked."""
    distance_km: float | None
    """Distance of the force in kilometres, as stated in the text."""
    direction: str | None
    """Direction from the place to the force: `north`."""
    road: Road | None
    """The road along which the force approaches; null if it is not known."""
    origin: LatLon | None
    """Nearest place that the side holds, where the arrow starts; if null, no arrow is drawn. It is
    null if no article states a direction and no road leads from there, and if the place lies in
    another direction than the one stated."""
    label: str
    """Second line under the name: `5 km from the outskirts (SOHR)`."""


class TollPart(TypedDict):
    """How many people were killed or injured."""

    toll: NotRequired[str]
    """Number of people killed or injured, in the words of the report and with its source, if a
    report gives one: `“more than 400” killed (United Nations)`."""


class PlaceSign(SignCore, Spot, TollPart):
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
    """Second line under the name: `struck`, `attacked`, or `struck (SOHR)` if a source says so."""


class DisplacementSign(SignCore):
    """People who flee or return.

    If only one end is known, `path` has one point. Short arrows are then drawn out of that point or
    into it, on all sides alike, because no direction is told.
    """

    type: Literal["displacement"]
    """Kind of sign."""
    kind: Literal["displacement", "return"]
    """Whether people flee or return."""
    path: LatLonPath
    """Route as `[[lat, lon], ...]`."""
    end: Literal["both", "origin", "destination"]
    """Which ends are known."""
    method: Literal["stated", "likely", "plain"]
    """`stated` if the text names the road, `likely` if only one main road joins both ends, `plain`
    for an arc that says nothing about the route."""
    area: Shape | None
    """Destination, if it is an area."""
    area_name: str | None
    """Name of the destination area: `the coast`."""
    origin_area: Shape | None
    """Origin, if it is an area."""
    width: int
    """1 to 4, by the order of magnitude of the greatest lower bound."""
    place: str | None
    """Id of the origin in the gazetteer."""
    label: list[str]
    """Lines of the note: the destination, then each figure with its source. Figures are never
    added up. If an event has several arrows, only the first one has the figures."""


class RegionSign(SignCore):
    """Something that happened in an area in which no town is named."""

    type: Literal["region"]
    """Kind of sign."""
    geometry: Shape
    """The area, drawn with a soft fill."""
    name: str
    """Name of the area: `Syria–Iraq border`."""
    label: list[str]
    """Lines of the note: who, what, and the article's words for the area."""
    somewhere: NotRequired[bool]
    """Whether it is a single place somewhere in the area, which is drawn as an outline."""


class SupplySign(SignCore):
    """A branch of a supply link."""

    type: Literal["supply"]
    """Kind of sign."""
    path: LatLonPath
    """Line as `[[lat, lon], ...]`."""
    state: Literal["open", "threatened", "cut"]
    """The most serious state that a current claim reports."""
    label: str
    """`supply link, intact` on the longest branch of a link, empty on the others."""


class BadgeSign(SignCore):
    """A figure for a whole country or region that the text names, drawn without an arrow."""

    type: Literal["badge"]
    """Kind of sign."""
    big: str
    """The figure in the article's words: `Over 370,000`."""
    label: str
    """What the figure counts: `displaced across Sudan`."""
    source: str
    """The source of the figure: `United Nations. Not added to other figures.`"""


SpotSign: TypeAlias = ControlSign | ThreatSign | PlaceSign
"""A sign that stands at a place."""

Sign: TypeAlias = SpotSign | DisplacementSign | RegionSign | SupplySign | BadgeSign
"""A sign on the map; `type` says of which kind."""


class PageNumber(TypedDict):
    """Where a passage stands in a PDF."""

    page: NotRequired[int]
    """Number of the page, from 1; only of a PDF."""


class PassageRecord(PageNumber):
    """Words of an article. Offsets count characters of the article's text."""

    article: str
    """Id of the article."""
    text: str
    """A sentence or clause, shortened if the settings limit the length of quotes."""
    start: int
    """Offset of the first character in the article."""
    end: int
    """Offset after the last character in the article, before the text was shortened."""
    marks: list[list[int | str]]
    """Marked words, each `[start, end, kind]`. The offsets refer to `text`. The kind is `src` for
    the words that name the source, otherwise empty."""
    paragraph: int
    """Number of the paragraph, from 1."""


class Quote(PassageRecord):
    """A quote on a card."""

    who: str
    """The source, with a remark if one is needed: `SOHR; names no town`."""
    claims: list[str]
    """Ids of the claims that rest on the quote."""


class OffItem(PassageRecord):
    """A passage that is not on the map."""

    reason: str
    """The reason, such as `because of “would”`, and any decision of an analyst."""


class OffGroup(TypedDict):
    """Passages that are not on the map for the same kind of reason."""

    group: str
    """Heading: `Hypothetical`."""
    why: str
    """What the heading means."""
    items: list[OffItem]
    """The passages: first those of claims, by article and offset, then whole sentences."""


class Card(FromSide):
    """What a reader sees after opening a sign: a happening and the evidence for it.

    Events that rest on the same claims share a card.
    """

    id: str
    """Id, such as `c1`, numbered in reading order."""
    kind: str
    """Kind of the events, such as `control_change`."""
    sign: str
    """Type of the sign whose glyph the card shows."""
    title: str
    """Headline: `Aleppo and Hama taken`."""
    side: str | None
    """Key of the side that acts."""
    standing: str
    """How sure it is; values as for signs, and `denied`."""
    by: str
    """The sources: `Two articles`."""
    when: str
    """When it happened, in the articles' words if there are any: `“this week”; between 30 Nov and
    6 Dec`."""
    certainty: float | None
    """Share of claims like its surest that were right, 0 to 1; null if nobody has measured it."""
    sure: Literal["sure", "unsure"]
    """`sure` from a certainty of .9 on, and after an analyst has accepted a claim."""
    rule: str
    """Why it has this standing, in one sentence."""
    note: str | None
    """What is inferred on the card, or how to read it."""
    decisions: list[str]
    """An analyst's decisions on the claims, each with name, day and reason."""
    events: list[str]
    """Ids of the events."""
    places: list[str]
    """Ids of the places."""
    at: LatLon | None
    """Where the map moves when the card is opened; null for areas."""
    day: str | None
    """Day of the first event: the last day on which it can have happened."""
    quotes: list[Quote]
    """The evidence: one quote for each sentence."""


class SideParts(TypedDict):
    """The ground of a side."""

    sure: Geometry | None
    """Polygons with a light fill. All areas in a layer from the user are here."""
    unsure: Geometry | None
    """Polygons with hatching."""


class Front(TypedDict):
    """The line where the areas of two sides meet.

    No line is drawn where the ground between two sides is unknown.
    """

    sides: list[str]
    """Keys of the two sides."""
    part: Literal["sure", "unsure"]
    """`unsure` is drawn dashed."""
    geometry: Geometry | None
    """The line."""


class ControlPhase(TypedDict):
    """Areas of control from one day until another, estimated or given by the user."""

    from_day: str | None
    """First day on which the areas are drawn; null if they are drawn from the beginning."""
    to_day: str | None
    """Day from which the areas are no longer drawn; null if they are drawn until the end."""
    sides: dict[str, SideParts]
    """The ground of each side, by the key of the side."""
    fronts: list[Front]
    """Estimated front lines; empty for a layer from the user."""
    given: NotRequired[str]
    """Sources of a layer from the user, which is drawn unchanged and without fronts. Absent for an
    estimate."""


class ArticleRecord(TypedDict):
    """An article that was read."""

    label: str
    """Short name on the page, with outlet and day: `BBC News, 14 February 2025`. `Article 1` if
    neither the outlet nor the headline is known."""
    title: str | None
    """Headline."""
    source: str | None
    """The publication that printed the article."""
    url: str | None
    """Web address."""
    published_on: str | None
    """Day of publication."""
    basis: str | None
    """How the day is known: `printed`, `given`, `inferred` and so on; null if nothing is noted."""


class GeneratorRecord(TypedDict):
    """The software, settings and inputs that made the page, so that it can be made again."""

    version: str
    """Version of mapgen."""
    parser: str | None
    """Name of the parser."""
    coder: str | None
    """Name of the coder that read the articles."""
    settings: str | None
    """Digest of the settings."""
    inputs: dict[str, str]
    """SHA-256 of each article, by id."""
    tables: NotRequired[str]
    """Hash of the user's own tables, if the map was made with any."""


class TitleBlock(TypedDict):
    """The description that every output contains: title, day, summary, method and credits."""

    kicker: str
    """Line above the headline, with the region of the events: `Syria · situation map`."""
    title: str
    """Headline: the title of the only article, a line about the articles, or the user's title."""
    as_of: str | None
    """Day of the map; null if nothing is dated."""
    as_of_text: str
    """Day of the map in words: `About 6 December 2024`."""
    as_of_note: str
    """How the day is known: `Inferred; no article is dated.`; may be empty."""
    review: NotRequired[str]
    """Whether people have reviewed the map: `Machine reading, not reviewed.`"""
    reviewed: NotRequired[bool]
    """Whether people have reviewed every sign."""
    summary: list[list[str]]
    """Parts of the summary, each `[lead word, sentences]`: `["Taken.", "HTS-led rebels ..."]`."""
    articles: dict[str, ArticleRecord]
    """The articles, by id."""
    method: list[list[str]]
    """How the map was made, in parts `[heading, paragraph, ...]`."""
    credits: list[str]
    """Credits for the data and software."""
    disclaimer: NotRequired[str]
    """Line about borders and names, for pictures; empty if the user wants none."""
    country: str | None
    """Name of the subject country."""
    language: str
    """Language of the interface, ISO 639-1. The texts are in a separate block, `mg-text`."""
    warnings: list[str]
    """Warnings shown under Method, such as names that were not found and corrections that had no
    effect."""
    generator: GeneratorRecord
    """The software, settings and inputs that made the page."""
    url: NotRequired[str]
    """Web address of the page; only if the user gives it."""
    card_url: NotRequired[str]
    """Web address of the picture that a shared link shows; only if the user gives it."""
