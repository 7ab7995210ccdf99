"""The records that stages hand to each other: small, frozen, and with units in their names.

Offsets count Unicode code points in ``Article.text`` exactly as given. Coordinates are WGS 84
degrees (EPSG:4326), always in fields named ``lat`` and ``lon``. Days are plain dates. A value that
the text does not give is ``None``; nothing is filled in.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from mapgen.reasons import reason_text

if TYPE_CHECKING:
    from datetime import date

    from mapgen.reasons import Reason


class Kind(StrEnum):
    """What kind of happening a claim states."""

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


class Status(StrEnum):
    """Whether the words say that it happened. Only the first two are drawn."""

    ASSERTED = "asserted"  # in the article's own voice
    CLAIMED = "claimed"  # handed to a source, whoever it is
    HYPOTHETICAL = "hypothetical"  # possible, planned, feared, asked
    NEGATED = "negated"  # denied, or said not to have happened
    HISTORICAL = "historical"  # before the situation that the article describes

    @property
    def is_current(self) -> bool:
        """Whether a claim of this status belongs to the present situation."""
        return self in {Status.ASSERTED, Status.CLAIMED}


class Standing(StrEnum):
    """How sure an event is, from the independence of those who state it."""

    ASSESSED = "assessed"  # independent sources agree
    STATED = "stated"  # one article in its own voice
    CLAIMED = "claimed"  # one named source, party or observer
    CONTESTED = "contested"  # sources contradict each other
    DENIED = "denied"
    OUTDATED = "outdated"
    UNKNOWN = "unknown"


class Role(StrEnum):
    """What a place does in a claim."""

    AT = "at"
    NEAR = "near"
    ORIGIN = "origin"
    DESTINATION = "destination"
    REGION = "region"


class Precision(StrEnum):
    """How exact a place is, from finest to coarsest; ``line`` is a stretch of border or road."""

    SITE = "site"
    SETTLEMENT = "settlement"
    DISTRICT = "district"
    PROVINCE = "province"
    REGION = "region"
    COUNTRY = "country"
    LINE = "line"

    @property
    def is_area(self) -> bool:
        """Whether the place must be drawn as an area or line, never as a point."""
        return self not in {Precision.SITE, Precision.SETTLEMENT}


@dataclass(frozen=True, kw_only=True, slots=True)
class Article:
    """One input document."""

    id: str
    text: str
    title: str | None = None
    source: str | None = None  # the publication that printed it
    url: str | None = None
    published_on: date | None = None
    published_on_basis: str | None = None  # printed | given | inferred
    language: str | None = None  # ISO 639-1
    sha256: str = ""  # of ``text`` in UTF-8
    country: str | None = None  # ISO 3166-1 alpha-2 the user said the article is about
    paragraphs: tuple[int, ...] = ()  # offsets where a paragraph begins


@dataclass(frozen=True, kw_only=True, slots=True)
class SentenceRecord:
    """One sentence of an article and, when it yields nothing on the map, the reason."""

    article: str
    start: int
    end: int
    text: str
    left_off: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Actor:
    """Who acts: an id of the actor table (or a slug of the words), its name, the side it is on."""

    id: str
    name: str
    side: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class ClaimPlace:
    """A place of a claim, with the words that name it."""

    surface: str
    start: int
    end: int
    role: Role
    place_id: str | None = (
        None  # geonames:170063, iso:SY, iso:SY-HL, region:sy-coast, part:SY:east, point:35.1,36.7
    )
    name: str | None = None
    lat: float | None = None  # reference point of an area: never to be drawn as a point
    lon: float | None = None
    precision: Precision | None = None
    direction: str | None = (
        None  # compass word: where the actor stands or moves, seen from the place
    )
    distance_km: float | None = None  # stated distance from the place (or its outskirts)
    unplaced: str | None = None  # why it has no coordinates, where more is known than "not found"


@dataclass(frozen=True, kw_only=True, slots=True)
class Quantity:
    """A figure with the bounds its words allow; ``words`` as written."""

    low: int | None
    high: int | None
    best: int | None
    unit: str  # people | families | killed | injured
    words: str


@dataclass(frozen=True, kw_only=True, slots=True)
class When:
    """When it happened, as the words give it: first and last possible day."""

    start: date | None
    end: date | None
    words: str
    basis: str | None  # stated | relative


@dataclass(frozen=True, kw_only=True, slots=True)
class Attribution:
    """Who the text says said it."""

    name: str
    role: str | None  # monitor | party | official | organisation | media | witness | unnamed
    words: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Claim:
    """What one article states about one happening."""

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
    reasons: tuple[Reason, ...] = ()  # what decided: kind, place, status ...

    @property
    def rules(self) -> tuple[str, ...]:
        """The reasons as texts, for files and readers; code asks `reasons`."""
        return tuple(map(reason_text, self.reasons))


@dataclass(frozen=True, kw_only=True, slots=True)
class Extraction:
    """Everything the reading stages found: the input of merging, and of ``claims.jsonl``."""

    articles: tuple[Article, ...]
    sentences: tuple[SentenceRecord, ...]
    claims: tuple[Claim, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class EventFigure:
    """How many an event counts in one unit, over all claims that count: a range, never a sum."""

    unit: str  # people | families | killed | injured
    low: int | None  # None where one of the claims gives no lower bound
    high: int | None
    best: int | None  # the one exact number, where no claim contradicts it
    claims: tuple[str, ...]  # ids of the claims that count, greatest lower bound first


@dataclass(frozen=True, kw_only=True, slots=True)
class Event:
    """One happening, with all the claims that tell of it."""

    id: str
    kind: Kind
    claims: tuple[Claim, ...]
    standing: Standing
    rule: str  # the rule that decided the standing, in words
    actor: Actor | None
    from_actor: Actor | None
    places: tuple[ClaimPlace, ...]
    earliest: date | None  # first day it can have happened; None when nothing bounds it
    latest: date | None  # last day it can have happened: the day it was reported by
    figures: tuple[EventFigure, ...] = ()  # one for each unit, the main one first

    @property
    def figure(self) -> EventFigure | None:
        """The main figure: people where people are counted; ``None`` where nothing is."""
        return self.figures[0] if self.figures else None

    def figure_in(self, unit: str) -> EventFigure | None:
        """Return the figure in a unit, ``killed`` say; ``None`` where no claim counts it."""
        return next((f for f in self.figures if f.unit == unit), None)

    def counting(self, figure: EventFigure) -> list[Claim]:
        """Return the claims that count towards a figure, greatest lower bound first."""
        by_id = {c.id: c for c in self.claims}
        return [by_id[i] for i in figure.claims]


@dataclass(frozen=True, kw_only=True, slots=True)
class Holding:
    """Who held a place before the articles begin (one row of a baseline)."""

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
    """Ground that somebody held, as a user's own layer gives it."""

    holder: str  # actor id
    as_of: date
    source: str
    geometry: Any  # shapely polygon(s), EPSG:4326


@dataclass(frozen=True, kw_only=True, slots=True)
class Decision:
    """What an analyst's correction did to one claim; see `mapgen.merging.corrections`."""

    row: int  # of the file of corrections, the header being 1
    claim: str
    original: Claim  # as the program coded it, before any correction
    target: str  # claim | event | place
    action: str  # accept | reject | set
    words: str  # what changed: "place changed from Alba to Bero"
    by: str
    why: str
    on: date
    about: tuple[str, ...] = ()  # keys of the places it is about; empty: the whole claim
    is_off: bool = False  # whether it took the claim off the map


@dataclass(frozen=True, kw_only=True, slots=True)
class Situation:
    """The dated picture made from events: what the page, figures and exports are drawn from."""

    as_of: date | None
    as_of_basis: str | None  # printed | given | inferred
    title: str | None
    extraction: Extraction
    events: tuple[Event, ...] = ()
    baseline: tuple[Holding, ...] = ()
    notes: tuple[str, ...] = field(default=())
    decisions: tuple[Decision, ...] = ()  # corrections that were applied, by claim
    correction_notes: tuple[str, ...] = ()  # corrections that match nothing, or were overruled
    given_areas: tuple[GivenArea, ...] = ()  # control as a user's layer gives it, no estimate
