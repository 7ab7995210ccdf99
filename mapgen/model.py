"""Define the records that pass from one stage to the next.

Reading makes an `Article`, coding makes a `Claim` for each happening that an article states,
merging combines claims into an `Event`, and a `Situation` holds the events of one map. All records
are frozen.

Offsets count Unicode code points in ``Article.text``. Coordinates are decimal degrees in WGS 84
(EPSG:4326), in fields named ``lat`` and ``lon``. Days are dates without a time. A value that the
text does not give is ``None``, and is never filled in.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from mapgen.reasons import reason_text

if TYPE_CHECKING:
    from datetime import date

    from mapgen.reasons import Reason


class Kind(StrEnum):
    """Kind of happening that a claim states."""

    CONTROL_CHANGE = "control_change"
    ADVANCE = "advance"
    THREAT = "threat"
    CLASH = "clash"
    SIEGE = "siege"
    STRIKE = "strike"
    WITHDRAWAL = "withdrawal"
    REINFORCEMENT = "reinforcement"
    DISPLACEMENT = "displacement"
    RETURN = "return"
    HOSTING = "hosting"  # displaced people stay at a place; when they came is unsaid
    EVACUATION_ORDER = "evacuation_order"  # people were told to leave; whether they did is unsaid
    ATTACK_ON_CIVILIANS = "attack_on_civilians"
    CONTROL_STATE = "control_state"
    SUPPLY_LINE = "supply_line"
    OTHER = "other"


MOVEMENTS = frozenset({Kind.DISPLACEMENT, Kind.RETURN})
"""Kinds of people who go from one place to another."""
OF_DISPLACED = MOVEMENTS | {Kind.HOSTING}
"""Kinds that say where displaced people are or were."""


class Scope(StrEnum):
    """What an article must be about for its claims to be mapped."""

    CONFLICTS = "conflicts"
    DISASTERS = "disasters"  # conflicts, and people whom a flood, an earthquake or a storm moved


class Status(StrEnum):
    """Whether the article says that a happening took place.

    Only asserted and claimed happenings are drawn.
    """

    ASSERTED = "asserted"  # stated in the article's own voice
    CLAIMED = "claimed"  # attributed to a source of any kind
    HYPOTHETICAL = "hypothetical"  # possible, planned, feared or asked about
    NEGATED = "negated"  # denied, or said not to have happened
    HISTORICAL = "historical"  # earlier than the situation that the article describes

    @property
    def is_current(self) -> bool:
        """Whether claims with this status belong to the present situation."""
        return self in {Status.ASSERTED, Status.CLAIMED}


class Standing(StrEnum):
    """How well an event is supported, judged by how independent its sources are."""

    ASSESSED = "assessed"  # independent sources agree
    STATED = "stated"  # one article states it in its own voice
    CLAIMED = "claimed"  # only a source that an article names states it
    CONTESTED = "contested"  # sources contradict each other, or the text says so
    DENIED = "denied"
    OUTDATED = "outdated"
    UNKNOWN = "unknown"


class Role(StrEnum):
    """Role of a place in a claim."""

    AT = "at"
    NEAR = "near"
    ORIGIN = "origin"
    DESTINATION = "destination"
    REGION = "region"


class Precision(StrEnum):
    """How exact a place is, from finest to coarsest.

    ``line`` stands apart: it is a stretch of a border or road.
    """

    SITE = "site"
    SETTLEMENT = "settlement"
    DISTRICT = "district"
    PROVINCE = "province"
    REGION = "region"
    COUNTRY = "country"
    LINE = "line"

    @property
    def is_area(self) -> bool:
        """Whether places of this precision are drawn as an area or line and never as a point."""
        return self not in {Precision.SITE, Precision.SETTLEMENT}


@dataclass(frozen=True, kw_only=True, slots=True)
class CodedPlace:
    """A place of a coded event, as its dataset gives it."""

    name: str
    lat: float | None  # None if the dataset names only an area
    lon: float | None
    role: Role
    precision: Precision  # an area, if the dataset puts a point for want of a place
    within: str | None = None  # name of the province
    any_level: bool = False  # whether it may be a town or an area, if none fits the precision


@dataclass(frozen=True, kw_only=True, slots=True)
class CodedEvent:
    """An event that a dataset coded, in mapgen's terms; see `mapgen.reading.coded_events`."""

    dataset: str  # ACLED | UCDP | IDMC
    code: str  # the dataset's own class, such as "Battles: Armed clash"
    kind: Kind
    start: date
    end: date  # the last day on which it can have happened
    places: tuple[CodedPlace, ...]
    actor: str | None = None  # name of the party, as written
    from_actor: str | None = None
    quantity: Quantity | None = None
    sources: str | None = None  # whom the dataset names as its sources
    disaster: str | None = None  # the hazard that moved the people, if it was no conflict


@dataclass(frozen=True, kw_only=True, slots=True)
class TableRow:
    """A row of a table of displaced people in an article; see `mapgen.reading.figure_tables`."""

    line: str  # its words, which are a line of the article's text
    kind: Kind
    places: tuple[CodedPlace, ...]  # the finest that the row names, with the unit around it
    quantity: Quantity
    date: When | None = None  # of its column of days, or as of which the table is
    is_same_line: bool = False  # whether the row before it in the order is another figure of it


@dataclass(frozen=True, kw_only=True, slots=True)
class NamedPlace:
    """A place that an article names, without a claim about it. Degrees, EPSG:4326."""

    surface: str
    place_id: str | None
    name: str | None
    lat: float | None
    lon: float | None
    precision: Precision | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Article:
    """An input document."""

    id: str
    text: str
    title: str | None = None
    source: str | None = None  # the publication that printed the article
    url: str | None = None
    published_on: date | None = None
    published_on_basis: str | None = None  # printed | given | inferred
    language: str | None = None  # ISO 639-1
    sha256: str = ""  # of ``text`` in UTF-8
    country: str | None = None  # subject country (ISO 3166-1 alpha-2), as stated or given
    paragraphs: tuple[int, ...] = ()  # offsets at which paragraphs begin
    coded: CodedEvent | None = None  # for a row of a dataset of events, which is not coded again
    table_rows: tuple[TableRow, ...] = ()  # in the order of the text
    places: tuple[NamedPlace, ...] = ()  # that it names, if no current claim comes from it
    pages: tuple[int, ...] = ()  # offsets at which the pages of a PDF begin


@dataclass(frozen=True, kw_only=True, slots=True)
class SentenceRecord:
    """A sentence of an article, with the reason if it was left off the map."""

    article: str
    start: int
    end: int
    text: str
    left_off: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Actor:
    """A party that acts.

    The id is that of the actor table, or a slug of the article's words for an unknown party.
    """

    id: str
    name: str
    side: str | None

    def is_with(self, other: Actor) -> bool:
        """Whether the party is another one, or on its side, as far as sides are known."""
        return self.id == other.id or (self.side is not None and self.side == other.side)


_STANDS_FOR_NAME = re.compile(
    r"(?:[Bb]oth|[Hh]is|[Ii]ts?|[Tt]heir|[Tt]hem|[Tt]here|[Tt]h(?:at|ese|is|ose))\b|[Tt]he\s[a-z]"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class ClaimPlace:
    """A place in a claim, with the words that name it."""

    surface: str
    start: int
    end: int
    role: Role
    place_id: str | None = (
        None  # geonames:170063, iso:SY, iso:SY-HL, region:sy-coast, part:SY:east, point:35.1,36.7
    )
    name: str | None = None
    lat: float | None = None  # for an area its reference point, which is never drawn
    lon: float | None = None
    precision: Precision | None = None
    direction: str | None = (
        None  # compass direction from the place to where the actor stands or moves
    )
    distance_km: float | None = None  # stated distance from the place or its outskirts
    unplaced: str | None = None  # why it has no coordinates, if more is known than "not found"
    probability: float | None = None  # that it is the place meant, 0 to 1; None if not measured

    @property
    def is_named(self) -> bool:
        """Whether the words are a name, not "the town" or "there", which stand for one."""
        return _STANDS_FOR_NAME.match(self.surface) is None

    @property
    def is_area(self) -> bool:
        """Whether the place is an area; one of unknown precision counts as a point."""
        return self.precision is not None and self.precision.is_area


@dataclass(frozen=True, kw_only=True, slots=True)
class Quantity:
    """A figure in an article, with the bounds that its words allow."""

    low: int | None
    high: int | None
    best: int | None
    unit: str  # people | families | killed | injured
    words: str  # as written in the article


@dataclass(frozen=True, kw_only=True, slots=True)
class When:
    """When something happened: the first and last day that the words allow."""

    start: date | None
    end: date | None
    words: str
    basis: str | None  # stated | relative | carried from another sentence, a heading or the head


@dataclass(frozen=True, kw_only=True, slots=True)
class Attribution:
    """The source to which the text attributes a claim."""

    name: str
    role: str | None  # monitor | party | official | organisation | media | witness | unnamed
    words: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Claim:
    """A statement of one article about one happening."""

    id: str
    article: str
    start: int
    end: int
    quote: str  # exactly ``text[start:end]``
    kind: Kind
    status: Status
    actor: Actor | None = None
    from_actor: Actor | None = None
    places: tuple[ClaimPlace, ...] = ()
    quantity: Quantity | None = None
    date: When | None = None
    attribution: Attribution | None = None
    confidence: float = 0.5
    state: str | None = None  # of a supply line: open | threatened | cut
    reasons: tuple[Reason, ...] = ()  # why the claim has its kind, place, status and so on

    @property
    def rules(self) -> tuple[str, ...]:
        """The reasons as text, for files and readers. Code uses `reasons`."""
        return tuple(map(reason_text, self.reasons))


@dataclass(frozen=True, kw_only=True, slots=True)
class Extraction:
    """The result of reading and coding: the input of merging, and of ``claims.jsonl``."""

    articles: tuple[Article, ...]
    sentences: tuple[SentenceRecord, ...]
    claims: tuple[Claim, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class EventFigure:
    """The figure of an event in one unit: the range over its claims, never their sum."""

    unit: str  # people | families | killed | injured
    low: int | None  # None if one of the claims gives no lower bound
    high: int | None
    best: int | None  # the only exact number, if no claim contradicts it
    claims: tuple[str, ...]  # ids of the claims that were used, greatest lower bound first


@dataclass(frozen=True, kw_only=True, slots=True)
class Event:
    """A happening at a place, supported by one or more claims."""

    id: str
    kind: Kind
    claims: tuple[Claim, ...]
    standing: Standing
    rule: str  # why it has this standing, in words
    actor: Actor | None
    from_actor: Actor | None
    places: tuple[ClaimPlace, ...]
    earliest: date | None  # first day on which it can have happened; None if unbounded
    latest: date | None  # last day on which it can have happened: the day it was reported by
    figures: tuple[EventFigure, ...] = ()  # one for each unit, the main one first

    @property
    def figure(self) -> EventFigure | None:
        """The main figure, which counts people if any figure does, or ``None``."""
        return self.figures[0] if self.figures else None

    def figure_in(self, unit: str) -> EventFigure | None:
        """Return the figure in a unit such as ``killed``, or ``None`` if no claim gives one."""
        return next((f for f in self.figures if f.unit == unit), None)

    def counting(self, figure: EventFigure) -> list[Claim]:
        """Return the claims that a figure is made from, greatest lower bound first."""
        by_id = {c.id: c for c in self.claims}
        return [by_id[i] for i in figure.claims]


@dataclass(frozen=True, kw_only=True, slots=True)
class Holding:
    """A row of a baseline: who held a place before the articles begin."""

    place: str
    country: str
    place_id: str
    holder: str  # actor id
    as_of: date
    source: str
    lat: float
    lon: float


@dataclass(frozen=True, kw_only=True, slots=True)
class GivenArea:
    """An area of control from a layer that the user gives."""

    holder: str  # actor id
    as_of: date
    source: str
    geometry: Any  # shapely polygon(s), EPSG:4326


@dataclass(frozen=True, kw_only=True, slots=True)
class Decision:
    """The effect of an analyst's correction on one claim; see `mapgen.merging.corrections`."""

    row: int  # row of the corrections file, where the header is row 1
    claim: str
    original: Claim  # as the program coded it, before any correction
    target: str  # claim | event | place
    action: str  # accept | reject | set
    words: str  # what changed, such as "place changed from Alba to Bero"
    by: str
    why: str
    on: date
    about: tuple[str, ...] = ()  # keys of the places concerned; empty for the whole claim
    is_off: bool = False  # whether it took the claim off the map


@dataclass(frozen=True, kw_only=True, slots=True)
class Situation:
    """The state of a conflict on a day, made from events. Pages, pictures and exports show it."""

    as_of: date | None
    as_of_basis: str | None  # printed | given | inferred
    title: str | None
    extraction: Extraction
    events: tuple[Event, ...] = ()
    baseline: tuple[Holding, ...] = ()
    notes: tuple[str, ...] = field(default=())
    decisions: tuple[Decision, ...] = ()  # corrections that were applied, by claim
    correction_notes: tuple[str, ...] = ()  # corrections that match nothing or were overruled
    given_areas: tuple[GivenArea, ...] = ()  # areas of control from the user, not estimated
