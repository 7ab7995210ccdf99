"""Build the records of a claims file from the fields of its lines, noting faults."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapgen.model import (
    Actor,
    Article,
    Attribution,
    Claim,
    ClaimPlace,
    Kind,
    NamedPlace,
    Precision,
    Quantity,
    Role,
    SentenceRecord,
    Status,
    When,
)
from mapgen.reasons import reason_of

if TYPE_CHECKING:
    from mapgen.claims.json_fields import Fields

_UNITS = ("people", "families", "killed", "injured")
_BASES = ("printed", "given", "inferred")
_STATES = ("open", "threatened", "cut")


def article_of(fields: Fields) -> Article:
    """Return the article in a record, without its text."""
    return Article(
        id=fields.text("id"),
        text="",
        title=fields.maybe_text("title"),
        source=fields.maybe_text("source"),
        url=fields.maybe_text("url"),
        published_on=fields.day("published_on"),
        published_on_basis=fields.maybe_one_of("published_on_basis", _BASES),
        language=fields.maybe_text("language"),
        sha256=fields.maybe_text("sha256") or "",
        paragraphs=tuple(fields.offsets("paragraphs")),
        pages=tuple(fields.offsets("pages")),
        country=fields.maybe_text("country"),
        places=tuple(_named_place(part) for part in fields.parts("places")),
    )


def _named_place(fields: Fields) -> NamedPlace:
    precision = fields.maybe_one_of("precision", tuple(Precision))
    lat, lon = _degrees(fields)
    place = NamedPlace(
        surface=fields.text("surface"),
        place_id=fields.maybe_text("place_id"),
        name=fields.maybe_text("name"),
        lat=lat,
        lon=lon,
        precision=Precision(precision) if precision else None,
    )
    fields.refuse_unknown()
    return place


def _degrees(fields: Fields) -> tuple[float | None, float | None]:
    """Return latitude and longitude, both or neither."""
    lat = fields.number("lat", low=-90, high=90)
    lon = fields.number("lon", low=-180, high=180)
    if (lat is None) != (lon is None):
        fields.fault("lat", "and lon must both be given, or both be null")
    return lat, lon


def sentence_of(fields: Fields) -> SentenceRecord:
    """Return the sentence in a record."""
    start, end = fields.span()
    return SentenceRecord(
        article=fields.text("article"),
        start=start,
        end=end,
        text=fields.text("text"),
        left_off=fields.maybe_text("left_off"),
    )


def claim_of(fields: Fields) -> Claim:
    """Return the claim in a record."""
    start, end = fields.span()
    claim_id, quote = fields.text("id"), fields.text("quote")
    if len(quote) != end - start:
        fields.fault("quote", f"has {len(quote)} characters, but start and end span {end - start}")
    confidence = fields.number("confidence", low=0, high=1)
    return Claim(
        id=claim_id,
        article=fields.text("article"),
        start=start,
        end=end,
        quote=quote,
        kind=Kind(fields.one_of("kind", tuple(Kind))),
        status=Status(fields.one_of("status", tuple(Status))),
        actor=_actor(fields.part("actor")),
        from_actor=_actor(fields.part("from_actor")),
        places=tuple(_place(part) for part in fields.parts("places")),
        quantity=_quantity(fields.part("quantity")),
        date=_when(fields.part("date")),
        attribution=_attribution(fields.part("attribution")),
        confidence=0.5 if confidence is None else confidence,
        state=fields.maybe_one_of("state", _STATES),
        reasons=tuple(map(reason_of, fields.texts("rules"))),
    )


def _actor(fields: Fields | None) -> Actor | None:
    if fields is None:
        return None
    actor = Actor(id=fields.text("id"), name=fields.text("name"), side=fields.maybe_text("side"))
    fields.refuse_unknown()
    return actor


def _place(fields: Fields) -> ClaimPlace:
    start, end = fields.span()
    lat, lon = _degrees(fields)
    precision = fields.maybe_one_of("precision", tuple(Precision))
    place = ClaimPlace(
        surface=fields.text("surface"),
        start=start,
        end=end,
        role=Role(fields.one_of("role", tuple(Role))),
        place_id=fields.maybe_text("place_id"),
        name=fields.maybe_text("name"),
        lat=lat,
        lon=lon,
        precision=Precision(precision) if precision else None,
        direction=fields.maybe_text("direction"),
        distance_km=fields.number("distance_km", low=0),
        unplaced=fields.maybe_text("unplaced"),
        probability=fields.number("probability", low=0, high=1),
    )
    fields.refuse_unknown()
    return place


def _quantity(fields: Fields | None) -> Quantity | None:
    if fields is None:
        return None
    low, high, best = (fields.people(key) for key in ("low", "high", "best"))
    if low is not None and high is not None and low > high:
        fields.fault("low", "is more than high")
    unit = fields.one_of("unit", _UNITS)
    quantity = Quantity(low=low, high=high, best=best, unit=unit, words=fields.text("words"))
    fields.refuse_unknown()
    return quantity


def _when(fields: Fields | None) -> When | None:
    if fields is None:
        return None
    start, end = fields.day("start"), fields.day("end")
    if start and end and start > end:
        fields.fault("start", "is after end")
    basis = fields.maybe_one_of("basis", ("stated", "relative", "carried"))
    when = When(start=start, end=end, words=fields.text("words"), basis=basis)
    fields.refuse_unknown()
    return when


def _attribution(fields: Fields | None) -> Attribution | None:
    if fields is None:
        return None
    said = Attribution(
        name=fields.text("name"), role=fields.maybe_text("role"), words=fields.text("words")
    )
    fields.refuse_unknown()
    return said
