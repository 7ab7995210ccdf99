"""Find the administrative units around a place, with P-codes where a boundary layer has them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mapgen.model import ClaimPlace
    from mapgen.situation.shown import Shown


@dataclass(frozen=True, kw_only=True, slots=True)
class AdminUnits:
    """The country and the units of the first and second order around a place, if known."""

    country_code: str | None = None  # ISO 3166-1 alpha-2
    country: str | None = None
    admin1: str | None = None
    admin1_pcode: str | None = None
    admin2: str | None = None
    admin2_pcode: str | None = None


def point_of(place: ClaimPlace) -> tuple[float, float] | None:
    """Return the latitude and longitude of a town or site; an area has no point."""
    if place.is_area or place.lat is None or place.lon is None:
        return None
    return place.lat, place.lon


def units_around(
    shown: Shown, place_id: str | None, point: tuple[float, float] | None
) -> AdminUnits:
    """Return the administrative units around a place.

    Parameters
    ----------
    shown
        What may be shown, with its gazetteer.
    place_id
        Id of the place in the gazetteer. Of a unit, its own names and codes are returned.
    point
        Latitude and longitude in degrees (EPSG:4326) of a town or site; None for an area.

    Returns
    -------
    AdminUnits
        Names as in the gazetteer. P-codes are known only of units of a boundary layer
        (``gazetteer build --layer``).
    """
    entry = shown.gazetteer.get(place_id) if place_id else None
    find = getattr(shown.gazetteer, "unit_at", None)
    code = entry.country if entry is not None else None
    if entry is None and point is not None and find is not None and shown.country is not None:
        # a village, which only the files of villages list
        code = shown.country if find(*point, shown.country, "ADM1") is not None else None
    if code is None:
        return AdminUnits()
    first, second = (None, None) if entry is None else _of_entry(shown, entry)
    if point is not None and find is not None:
        second = find(*point, code, "ADM2")
        around = find(*point, code, "ADM1")
        if first is None or getattr(around, "pcode", None):
            first = around
    state = shown.gazetteer.get(f"iso:{code}")
    return AdminUnits(
        country_code=code,
        country=state.name if state is not None else None,
        admin1=first.name if first is not None else None,
        admin1_pcode=getattr(first, "pcode", None),
        admin2=second.name if second is not None else None,
        admin2_pcode=getattr(second, "pcode", None),
    )


def _of_entry(shown: Shown, entry: Any) -> tuple[Any, Any]:  # noqa: ANN401  # as `MapGazetteer.get`
    """Return the units that an entry is or names: of the first and of the second order."""
    feature = getattr(entry, "feature", None)
    if feature == "ADM1" or (feature is None and entry.id.startswith("iso:") and "-" in entry.id):
        return entry, None
    above = getattr(entry, "admin1", None)
    first = shown.gazetteer.get(f"iso:{above}") if above else None
    return first, entry if feature == "ADM2" else None
