"""Write events in the columns of ACLED's export files, for tools that expect those columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mapgen.core.tables.actors import default_table
from mapgen.export.formats.csv_parquet import csv_text
from mapgen.model import Kind, Precision, Role, Standing
from mapgen.situation.explain import lexicon_row
from mapgen.situation.names import name_of, town_names

if TYPE_CHECKING:
    from datetime import date

    from mapgen.export.layers import Layers
    from mapgen.model import Actor, ClaimPlace, Event

# Event type of each sub-event type that the lexicon uses: ACLED Codebook (2023), table 2.
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
_TAKEN = ("Government regains territory", "Non-state actor overtakes territory")
_DAYS_OF_WEEK = 7

ACLED_COLUMNS = (
    "event_id",
    "event_date",
    "time_precision",
    "event_type",
    "sub_event_type",
    "actor1",
    "actor2",
    "admin0",
    "admin1",
    "location",
    "latitude",
    "longitude",
    "geo_precision",
    "source",
    "notes",
    "fatalities",
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

        - ``event_date`` is the first day on which the event can have happened. It is empty if no
          day is known.
        - ``time_precision`` is 1 for a single day, 2 for up to a week, and 3 for longer periods.
          It is empty if the first or the last possible day is unknown.
        - ``geo_precision`` is 1 for a town or site, 2 for near one or in a district, and 3 for
          larger areas.
        - ``latitude`` and ``longitude`` are degrees in EPSG:4326. They are empty for areas.
        - ``fatalities`` is empty unless a single number of people killed is reported.
    """
    rows: list[tuple[Any, ...]] = [ACLED_COLUMNS]
    shown = layers.shown
    names = town_names(shown.situation)
    for event in shown.situation.events:
        sub_type = _sub_type(event)
        if sub_type is None or event.standing is Standing.DENIED or not shown.may_draw(event):
            continue
        for place in event.places:
            row = _row(layers, event, place, sub_type)
            row["location"] = name_of(place, names)
            rows.append(tuple(row[c] for c in ACLED_COLUMNS))
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
    gazetteer = layers.shown.gazetteer
    entry = gazetteer.get(place.place_id) if place.place_id else None
    country = entry.country if entry is not None else None
    admin1 = getattr(entry, "admin1", None)
    exact = place.precision in {Precision.SITE, Precision.SETTLEMENT}
    told = layers.provenance.of([event])
    said = [c.attribution.name for c in event.claims if c.attribution]
    return {
        "event_id": event.id,
        "event_date": event.earliest,
        "time_precision": _time_precision(event.earliest, event.latest),
        "event_type": EVENT_TYPES.get(sub_type),
        "sub_event_type": sub_type,
        "actor1": event.actor.name if event.actor else None,
        "actor2": event.from_actor.name if event.from_actor else None,
        "admin0": _name(layers, f"iso:{country}") if country else None,
        "admin1": _name(layers, f"iso:{admin1}") if admin1 else None,
        "latitude": round(place.lat, 4) if exact and place.lat is not None else None,
        "longitude": round(place.lon, 4) if exact and place.lon is not None else None,
        "geo_precision": _geo_precision(place),
        "source": "; ".join(dict.fromkeys([*said, told["publishers"] or told["articles"] or ""])),
        "notes": told["quotes"],
        "fatalities": _fatalities(event),
        "date_earliest": event.earliest,
        "date_latest": event.latest,
        "gazetteer_name": place.name,
        "standing": event.standing.value,
        "credits": " ".join(f"{line}." for line in layers.credits),
    }


def _name(layers: Layers, place_id: str) -> str | None:
    entry = layers.shown.gazetteer.get(place_id)
    return entry.name if entry is not None else None


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


def _fatalities(event: Event) -> int | None:
    """Return the number of people killed, if no claims contradict each other."""
    killed = event.figure_in("killed")
    return killed.best if killed is not None else None
