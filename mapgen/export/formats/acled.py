"""Write events in the columns of ACLED's files, for tools that expect those columns.

Names, order and codes are those of the ACLED Codebook (October 2024) and of files downloaded since
2025, in which the types of actors and of interactions are words.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from gazetteer.country_codes import iso3_of, numeric_of
from mapgen.core.tables.actors import default_table
from mapgen.core.words import quoted, unique
from mapgen.export.formats.csv_parquet import csv_text
from mapgen.export.formats.fatalities import deaths_told
from mapgen.export.frames.admin_units import point_of, units_around
from mapgen.merging.units import place_key
from mapgen.model import Kind, Precision, Role, Standing
from mapgen.situation.explain import lexicon_row
from mapgen.situation.names import name_of, town_names

if TYPE_CHECKING:
    from mapgen.export.frames.admin_units import AdminUnits
    from mapgen.export.layers import Layers
    from mapgen.model import Actor, Claim, ClaimPlace, Event

# Event type of each sub-event type that the lexicon uses: ACLED Codebook (2024), events.
EVENT_TYPES = {
    "Armed clash": "Battles",
    "Government regains territory": "Battles",
    "Non-state actor overtakes territory": "Battles",
    "Air/drone strike": "Explosions/Remote violence",
    "Remote explosive/landmine/IED": "Explosions/Remote violence",
    "Shelling/artillery/missile attack": "Explosions/Remote violence",
    "Suicide bomb": "Explosions/Remote violence",
    "Grenade": "Explosions/Remote violence",
    "Chemical weapon": "Explosions/Remote violence",
    "Attack": "Violence against civilians",
    "Abduction/forced disappearance": "Violence against civilians",
    "Sexual violence": "Violence against civilians",
    "Looting/property destruction": "Strategic developments",
    "Non-violent transfer of territory": "Strategic developments",
    "Agreement": "Strategic developments",
    "Arrests": "Strategic developments",
    "Other": "Strategic developments",
}
_STRATEGIC, _ON_CIVILIANS = "Strategic developments", "Violence against civilians"
_TAKEN = ("Government regains territory", "Non-state actor overtakes territory")
_DAYS_OF_WEEK = 7

# Inter codes of ACLED, in their order: the lower comes first in an interaction.
_STATE, _REBEL, _MILITIA, _CIVILIANS, _EXTERNAL = (
    "State forces",
    "Rebel group",
    "Political militia",
    "Civilians",
    "External/Other forces",
)
_TYPE_OF_KIND = {"state": _STATE, "rebel": _REBEL, "militia": _MILITIA, "foreign": _EXTERNAL}
_ORDER = (_STATE, _REBEL, _MILITIA, _EXTERNAL, _CIVILIANS)  # as the labels have it

ACLED_OWN = (
    "event_id_cnty",
    "event_date",
    "year",
    "time_precision",
    "disorder_type",
    "event_type",
    "sub_event_type",
    "actor1",
    "assoc_actor_1",
    "inter1",
    "actor2",
    "assoc_actor_2",
    "inter2",
    "interaction",
    "civilian_targeting",
    "iso",
    "region",
    "country",
    "admin1",
    "admin2",
    "admin3",
    "location",
    "latitude",
    "longitude",
    "geo_precision",
    "source",
    "source_scale",
    "notes",
    "fatalities",
    "tags",
    "timestamp",
)
"""The 31 columns of ACLED's files, in their order."""

ACLED_COLUMNS = (
    *ACLED_OWN,
    "date_earliest",
    "date_latest",
    "gazetteer_name",
    "standing",
    "credits",
)


def acled_table(layers: Layers) -> str:
    """Return the events that ACLED would code as CSV, one row for each event and place.

    Denied events are left out, and so are kinds that ACLED does not code, such as threats,
    displacement and supply lines.

    Parameters
    ----------
    layers
        The layers of a situation.

    Returns
    -------
    str
        The columns in `ACLED_COLUMNS`. Among them:

        - ``event_id_cnty`` is the alpha-3 code of the country with an id of this map, which is no
          id of ACLED's.
        - ``event_date`` is the first day on which the event can have happened. It is empty if no
          day is known.
        - ``time_precision`` is 1 for a single day, 2 for up to a week, and 3 for longer periods.
          It is empty if the first or the last possible day is unknown.
        - ``inter1``, ``inter2`` and ``interaction`` are empty unless the kind of a party is known.
        - ``geo_precision`` is 1 for a town or site, 2 for near one or in a district, and 3 for
          larger areas.
        - ``latitude`` and ``longitude`` are degrees in EPSG:4326. They are empty for areas.
        - ``notes`` are the quotes that report this kind of event at this place.
        - ``fatalities`` is empty unless a single number of people killed is reported.
        - ``timestamp`` is the day of the map, in seconds since 1970.
        - ``assoc_actor_1``, ``assoc_actor_2``, ``region``, ``admin3``, ``source_scale`` and
          ``tags`` are empty: an article does not state them.
    """
    rows: list[tuple[Any, ...]] = [ACLED_COLUMNS]
    shown = layers.shown
    names = town_names(shown.situation)
    for event in shown.situation.events:
        sub_type = _sub_type(event)
        if sub_type is None or event.standing is Standing.DENIED or not shown.may_draw(event):
            continue
        for number, place in enumerate(event.places, 1):
            row = _row(layers, event, place, sub_type)
            row["event_id_cnty"] += f"-{number}" if len(event.places) > 1 else ""
            row["location"] = name_of(place, names)
            rows.append(tuple(row.get(c) for c in ACLED_COLUMNS))
    return csv_text(rows)


def _sub_type(event: Event) -> str | None:
    """Return the sub-event type from the lexicon row of the first claim that has one, or None."""
    if event.kind is Kind.CONTROL_STATE:
        return None
    claims = [c for c in event.claims if c.status.is_current]
    claims.sort(key=lambda c: c.kind is not event.kind)  # "took" before "moved into"
    rows = (lexicon_row(c) for c in claims)
    found = next((str(r["acled"]) for r in rows if r is not None and r["acled"]), None)
    if found in _TAKEN:  # the actor decides between a government and rebels
        kind = _kind_of(event.actor)
        if kind is not None:
            return _TAKEN[0] if kind == "state" else _TAKEN[1]
    return found


def _kind_of(actor: Actor | None) -> str | None:
    """Return the kind of a listed party, such as ``state``, or None."""
    party = next((p for p in default_table().parties if actor and p.id == actor.id), None)
    return party.kind if party else None


def _row(layers: Layers, event: Event, place: ClaimPlace, sub_type: str) -> dict[str, Any]:
    """Return the values of `ACLED_COLUMNS` for a place of an event, except its location."""
    point = point_of(place)
    units = units_around(layers.shown, place.place_id, point)
    claims = _supporting(event, place, sub_type)
    told = layers.provenance.of([event])
    said = [c.attribution.name for c in claims if c.attribution]
    code = units.country_code
    return {
        "event_id_cnty": f"{iso3_of(code) or ''}{event.id}",
        "event_date": event.earliest,
        "year": event.earliest.year if event.earliest else None,
        "time_precision": _time_precision(event.earliest, event.latest),
        **_types(event, sub_type, units),
        "iso": numeric_of(code),
        "country": units.country,
        "admin1": units.admin1,
        "admin2": units.admin2,
        "latitude": round(point[0], 4) if point else None,
        "longitude": round(point[1], 4) if point else None,
        "geo_precision": _geo_precision(place),
        "source": "; ".join(dict.fromkeys([*said, told["publishers"] or told["articles"] or ""])),
        "notes": " ".join(unique(quoted(layers.provenance.quote(c)) for c in claims)),
        "fatalities": _fatalities(layers, event, claims),
        "timestamp": _timestamp(layers.shown.situation.as_of),
        "date_earliest": event.earliest,
        "date_latest": event.latest,
        "gazetteer_name": place.name,
        "standing": event.standing.value,
        "credits": " ".join(f"{line}." for line in layers.credits),
    }


def _supporting(event: Event, place: ClaimPlace, sub_type: str) -> list[Claim]:
    """Return the current claims that report this sub-event type, at this place where they can.

    An event can join a strike from the air and shelling on the same day; the row of one quotes
    nothing of the other.
    """
    current = [c for c in event.claims if c.status.is_current]
    wanted = _TAKEN if sub_type in _TAKEN else (sub_type,)
    coded = [c for c in current if (row := lexicon_row(c)) and row["acled"] in wanted] or current
    key = place_key(place)
    here = [c for c in coded if any(p.place_id and place_key(p) == key for p in c.places)]
    return here or coded


def _types(event: Event, sub_type: str, units: AdminUnits) -> dict[str, str | None]:
    """Return the columns on the kind of event and the parties."""
    event_type = EVENT_TYPES[sub_type]
    first, second = event.actor, event.from_actor
    name2 = second.name if second else None
    inter1, inter2 = _inter(first, units), _inter(second, units)
    if event_type == _ON_CIVILIANS:
        inter2 = _CIVILIANS  # the codebook has no other victims in this type
        name2 = f"Civilians ({units.country})" if units.country else "Civilians"
    return {
        "disorder_type": _STRATEGIC if event_type == _STRATEGIC else "Political violence",
        "event_type": event_type,
        "sub_event_type": sub_type,
        "actor1": first.name if first else None,
        "inter1": inter1,
        "actor2": name2,
        "inter2": inter2,
        "interaction": _interaction(inter1, inter2),
        "civilian_targeting": "Civilian targeting" if event_type == _ON_CIVILIANS else None,
    }


def _inter(actor: Actor | None, units: AdminUnits) -> str | None:
    """Return the type of a party; state forces outside their country are external forces."""
    party = next((p for p in default_table().parties if actor and p.id == actor.id), None)
    if party is None:
        return None
    if party.kind == "state" and units.country_code and party.country != units.country_code:
        return _EXTERNAL
    return _TYPE_OF_KIND.get(party.kind)


def _interaction(inter1: str | None, inter2: str | None) -> str | None:
    """Return the interaction of two types, or None if one of them is not known.

    ACLED has "State forces only" for a party that acts alone. An article that names no other party
    does not say that there was none.
    """
    if inter1 is None or inter2 is None:
        return None
    return "-".join(sorted((inter1, inter2), key=_ORDER.index))


def _timestamp(day: date | None) -> int | None:
    """Return the seconds from 1970 to the beginning of a day, in UTC."""
    if day is None:
        return None
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())


def _time_precision(first: date | None, last: date | None) -> int | None:
    """Return the time precision code of ACLED, or None if a day is unknown."""
    if first is None or last is None:
        return None
    days = (last - first).days
    return 1 if days == 0 else 2 if days < _DAYS_OF_WEEK else 3


def _geo_precision(place: ClaimPlace) -> int:
    """Return the geographic precision code of ACLED."""
    if place.precision in {Precision.SITE, Precision.SETTLEMENT}:
        return 2 if place.role is Role.NEAR else 1
    return 2 if place.precision is Precision.DISTRICT else 3


def _fatalities(layers: Layers, event: Event, claims: list[Claim]) -> int | None:
    """Return the number of people killed, if one is told and no claims contradict each other."""
    killed = event.figure_in("killed")
    if killed is not None:
        return killed.best
    return deaths_told(layers.shown.situation.extraction, claims)
