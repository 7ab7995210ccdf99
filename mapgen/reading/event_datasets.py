"""Put the codes of ACLED, UCDP GED and IDMC into mapgen's terms, and no more than they say."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

from mapgen.core.country_names import country_code
from mapgen.model import CodedEvent, CodedPlace, Kind, Precision, Quantity, Role
from mapgen.reading.coded_cells import Cells, CodedRow, Export, NotDrawn

# What is not drawn, as the message counts it
_OTHER_VIOLENCE = "rows of another type_of_violence"
_AT_SEA = "events at sea or in the air"
_TRIANGULATION = "triangulation figures, which other figures stand for"
_NO_FIGURE = "rows without a figure"
_YEARLY = "yearly totals by country"

_MOST_DAYS_OF_WEEK = 3  # to either side of the middle of a week
_NOBODY = re.compile(r"^(?:unidentified|civilians?\b|protesters?\b|rioters?\b)", re.IGNORECASE)
_STATE = frozenset({"1", "state forces"})

# --- ACLED --------------------------------------------------------------------------------------

_ACLED_KINDS = {
    "armed clash": Kind.CLASH,
    "government regains territory": Kind.CONTROL_CHANGE,
    "non-state actor overtakes territory": Kind.CONTROL_CHANGE,
    "air/drone strike": Kind.STRIKE,
    "shelling/artillery/missile attack": Kind.STRIKE,
    "chemical weapon": Kind.STRIKE,
    "remote explosive/landmine/ied": Kind.STRIKE,
    "suicide bomb": Kind.STRIKE,
    "grenade": Kind.STRIKE,
    "attack": Kind.ATTACK_ON_CIVILIANS,
}
"""What each sub-event type of ACLED is drawn as. The others have no sign of their own."""
_BOMBS = frozenset({"remote explosive/landmine/ied", "suicide bomb", "grenade"})


def _acled(cells: Cells) -> CodedRow:
    """Read a row of ACLED."""
    sub_type = cells.text("subeventtype")
    kind = _ACLED_KINDS.get(sub_type.casefold())
    if kind is None:
        raise NotDrawn(sub_type or "rows without a sub_event_type")
    if sub_type.casefold() in _BOMBS and cells.text("civiliantargeting"):
        kind = Kind.ATTACK_ON_CIVILIANS
    first, second = cells.name("actor1"), cells.name("actor2")
    actor, loser = _acled_parties(kind, cells, first, second)
    if kind is Kind.CONTROL_CHANGE and actor is None:
        kind = Kind.CLASH  # who won is not coded; that they fought is
        actor, loser = _acled_parties(kind, cells, first, second)
    start, end = _acled_days(cells)
    country = cells.text("country")
    code = f"{cells.text('eventtype')}: {sub_type}"
    parties = " and ".join(p for p in (first, second) if p)
    where = [cells.text(c) for c in ("location", "admin2", "admin1")]
    head = f"{code}. {parties}. {_listed([*where, country])}."
    dead = cells.count("fatalities")
    return CodedRow(
        event=CodedEvent(
            dataset="ACLED",
            code=code,
            kind=kind,
            start=start,
            end=end,
            places=(_acled_place(cells),),
            actor=actor,
            from_actor=loser,
            quantity=_least(dead) if dead else None,
            sources=cells.name("source"),
        ),
        text=f"{head}\n\n{cells.text('notes')}".strip(),
        id=cells.name("eventidcnty"),
        country=country_code(country),
    )


def _acled_parties(
    kind: Kind, cells: Cells, first: str | None, second: str | None
) -> tuple[str | None, str | None]:
    """Return who acted and, for a change of control, who lost, as far as the codes say it.

    The order of the actors has no meaning, except that the victims of an attack on civilians are
    the second one. Who gained territory follows from which of the two is the state.
    """
    armed = [p for p in (first, second) if p and not _NOBODY.match(p)]
    if kind is Kind.ATTACK_ON_CIVILIANS:
        return (first if first in armed else None), None
    if kind is Kind.CONTROL_CHANGE:
        types = [cells.text(c).casefold() in _STATE for c in ("inter1", "inter2")]
        if types.count(True) != 1 or first is None or second is None:
            return None, None
        state, other = (first, second) if types[0] else (second, first)
        government_gains = cells.text("subeventtype").casefold().startswith("government")
        gainer, loser = (state, other) if government_gains else (other, state)
        return (gainer, loser if loser in armed else None) if gainer in armed else (None, None)
    if kind is Kind.CLASH:
        return (armed[0] if armed else None), None
    return (armed[0] if len(armed) == 1 else None), None  # of two, either may have fired


def _acled_days(cells: Cells) -> tuple[date, date]:
    """Return the first and last day: the day, its week or its month, as the precision says."""
    day = cells.day("eventdate")
    precision = cells.text("timeprecision") or "1"
    if precision.startswith("2"):
        margin = timedelta(days=_MOST_DAYS_OF_WEEK)
        return day - margin, day + margin
    if precision.startswith("3"):
        last = calendar.monthrange(day.year, day.month)[1]
        return day.replace(day=1), day.replace(day=last)
    return day, day


def _acled_place(cells: Cells) -> CodedPlace:
    """Return the place: a town, near it, or a region of which the town is only a stand-in."""
    lat, lon = cells.point()
    name, province = cells.name("location"), cells.name("admin1")
    if name is None:
        cells.refuse("location", "is empty")
    precision = cells.text("geoprecision") or "1"
    if precision.startswith("3"):
        return _area(province or name, Precision.PROVINCE)
    role = Role.NEAR if precision.startswith("2") else Role.AT
    return CodedPlace(
        name=name, lat=lat, lon=lon, role=role, precision=Precision.SETTLEMENT, within=province
    )


# --- UCDP GED -----------------------------------------------------------------------------------

_UCDP_KINDS = {
    "1": ("State-based conflict", Kind.CLASH),
    "2": ("Non-state conflict", Kind.CLASH),
    "3": ("One-sided violence", Kind.ATTACK_ON_CIVILIANS),
}


def _ucdp(cells: Cells) -> CodedRow:
    """Read a row of the UCDP Georeferenced Event Dataset."""
    code, kind = _UCDP_KINDS.get(cells.text("typeofviolence")[:1], ("", Kind.OTHER))
    if kind is Kind.OTHER:
        raise NotDrawn(_OTHER_VIOLENCE)
    start, end = cells.day("datestart"), cells.day("dateend")
    if start > end:
        cells.refuse("datestart", "is after date_end")
    country = re.sub(r"\s*\(.*", "", cells.text("country"))  # "Syria (Ottoman Empire)"
    first, second = cells.name("sidea"), cells.name("sideb")
    places = cells.name("wherecoordinates"), cells.name("adm2"), cells.name("adm1"), country
    parties = " and ".join(p for p in (first, second) if p)
    head = f"{code}: {cells.text('conflictname')}. {parties}. {_listed(places)}."
    words = cells.text("sourceheadline") or cells.text("sourcearticle")
    actor = first if first and not _NOBODY.match(first) else None
    return CodedRow(
        event=CodedEvent(
            dataset="UCDP",
            code=code,
            kind=kind,
            start=start,
            end=end,
            places=(_ucdp_place(cells, country),),
            actor=actor,
            quantity=_ucdp_dead(cells),
            sources=cells.name("sourceoriginal") or cells.name("sourceoffice"),
        ),
        text=f"{head}\n\n{words}".strip(),
        id=cells.name("relid") or cells.name("id"),
        country=country_code(country),
    )


def _ucdp_place(cells: Cells, country: str) -> CodedPlace:
    """Return the place: a town (1), near it (2), a district (3), a province, or the country."""
    lat, lon = cells.point()
    name, province = cells.name("wherecoordinates"), cells.name("adm1")
    precision = cells.text("whereprec")[:1]
    if precision in {"1", "2"} and name:
        plain = re.sub(r"\s+(?:town|city|village)$", "", name, flags=re.IGNORECASE)
        return CodedPlace(
            name=plain,
            lat=lat,
            lon=lon,
            role=Role.NEAR if precision == "2" else Role.AT,
            precision=Precision.SETTLEMENT,
            within=province,
        )
    district = cells.name("adm2")
    if precision == "3" and district:
        return _area(district, Precision.DISTRICT, province)
    if precision in {"3", "4", "5"} and province:
        return _area(province, Precision.PROVINCE)
    if precision == "7":
        raise NotDrawn(_AT_SEA)
    return _area(country or name or "", Precision.COUNTRY)


def _ucdp_dead(cells: Cells) -> Quantity | None:
    """Return the dead, as the estimates bound them; None if nobody is known to have died."""
    best, low, high = (cells.count(c) for c in ("best", "low", "high"))
    if not best and not low and not high:
        return None
    bounds = [n for n in (low, best, high) if n is not None]
    low, high = min(bounds), max(bounds)
    only = low if low == high else None
    return Quantity(low=low, high=high, best=only, unit="killed", words=f"{best or low} killed")


# --- IDMC ---------------------------------------------------------------------------------------

_RETURNS = re.compile(r"\breturns?\b", re.IGNORECASE)
_BOLD = re.compile(r"<b>(.{0,500}?)</b>", re.DOTALL | re.IGNORECASE)
_LEVELS = (
    (re.compile(r"ADM1|province", re.IGNORECASE), Precision.PROVINCE),
    (re.compile(r"ADM2|district", re.IGNORECASE), Precision.DISTRICT),
    (re.compile(r"ADM0|AM0|country", re.IGNORECASE), Precision.COUNTRY),
    (re.compile(r"ADM3|point|town|village", re.IGNORECASE), Precision.SETTLEMENT),
)


def _idmc(cells: Cells) -> CodedRow:
    """Read a row of IDMC's Internal Displacement Updates."""
    role, cause = cells.text("role").casefold(), cells.text("displacementtype").casefold()
    if role.startswith("triangulation"):
        raise NotDrawn(_TRIANGULATION)
    if cause not in {"conflict", "disaster"}:
        what = f"displacements by {cause or 'a cause that is not given'}"
        raise NotDrawn(what)
    figure = cells.count("figure")
    if not figure:
        raise NotDrawn(_NO_FIGURE)
    start, end = cells.day("displacementstartdate"), cells.day("displacementenddate")
    if start > end:
        cells.refuse("displacementstartdate", "is after displacement_end_date")
    headline = _BOLD.search(cells.raw("standardpopuptext"))
    is_return = headline is not None and _RETURNS.search(headline[1]) is not None
    hazard = cells.text("subtype") or cells.text("type") or "disaster"
    names = cells.name("locationsname") or cells.name("country") or ""
    head = f"{cells.text('displacementtype')}: {cells.text('qualifier')} {figure:,}. {names}."
    words = cells.text("standardpopuptext") or cells.text("standardinfotext")
    return CodedRow(
        event=CodedEvent(
            dataset="IDMC",
            code=f"{cells.text('displacementtype')} displacement",
            kind=Kind.RETURN if is_return else Kind.DISPLACEMENT,
            start=start,
            end=end,
            places=_idmc_places(cells),
            quantity=_idmc_figure(figure, cells.text("qualifier")),
            sources=cells.name("sources"),
            disaster=hazard if cause == "disaster" else None,
        ),
        text=f"{head}\n\n{words}".strip(),
        id=cells.name("id"),
        title=cells.name("eventname"),
        url=cells.name("sourceurl"),
        country=country_code(cells.text("iso3")) or country_code(cells.text("country")),
    )


def _idmc_places(cells: Cells) -> tuple[CodedPlace, ...]:
    """Return the places that share a figure, each with its point, level and role."""
    names, points, levels, roles = (
        [part.strip() for part in cells.raw(column).split(";")]
        for column in (
            "locationsname",
            "locationscoordinates",
            "locationsaccuracy",
            "locationstype",
        )
    )
    if not any(names):
        return (_area(cells.name("country") or "", Precision.COUNTRY, role=Role.ORIGIN),)
    places = []
    for at, full in enumerate(names):
        name = full.split(",")[0].strip()[:200]
        level = levels[at] if at < len(levels) else ""
        precision = next((p for form, p in _LEVELS if form.search(level)), Precision.REGION)
        leaves = not (roles[at] if at < len(roles) else "").casefold().startswith("dest")
        point = _point(points[at] if at < len(points) else "")
        if not name or (precision is Precision.SETTLEMENT and point is None):
            continue
        lat, lon = point if point and precision is Precision.SETTLEMENT else (None, None)
        role = Role.ORIGIN if leaves else Role.DESTINATION
        places.append(CodedPlace(name=name, lat=lat, lon=lon, role=role, precision=precision))
    return tuple(places)


def _point(words: str) -> tuple[float, float] | None:
    """Return the point in words such as ``13.63, 25.35``, or None."""
    found = re.fullmatch(r"\s*(-?\d{1,3}(?:\.\d+)?)\s*,\s*(-?\d{1,3}(?:\.\d+)?)\s*", words)
    if found is None or abs(float(found[1])) > 90 or abs(float(found[2])) > 180:  # noqa: PLR2004
        return None
    return float(found[1]), float(found[2])


def _idmc_figure(figure: int, qualifier: str) -> Quantity:
    """Return a figure with the bounds that its qualifier sets."""
    words = f"{qualifier} {figure:,}".strip()
    told = qualifier.casefold()
    low: int | None = figure
    high: int | None = figure
    if told.startswith("more"):
        high = None
    elif told.startswith("less"):
        low = None
    best = figure if low is not None and high is not None else None
    return Quantity(low=low, high=high, best=best, unit="people", words=words)


def _yearly(_: Cells) -> CodedRow:
    """Leave out a row of a table of yearly totals, which says nothing of a place or a day."""
    raise NotDrawn(_YEARLY)


# --- all ----------------------------------------------------------------------------------------


def _area(
    name: str, precision: Precision, within: str | None = None, *, role: Role = Role.REGION
) -> CodedPlace:
    return CodedPlace(name=name, lat=None, lon=None, role=role, precision=precision, within=within)


def _least(n: int) -> Quantity:
    """Return a number of dead as ACLED means it: the lowest number that was reported."""
    return Quantity(low=n, high=None, best=None, unit="killed", words=f"{n} fatalities")


def _listed(names: list[str] | tuple[str | None, ...]) -> str:
    """Return names of places separated by commas, each once."""
    return ", ".join(dict.fromkeys(n for n in names if n))


_ACLED_COLUMNS = "eventtype subeventtype actor1 actor2 location latitude longitude notes eventdate"
_UCDP_COLUMNS = "typeofviolence sidea sideb wherecoordinates whereprec datestart dateend best"
_IDMC_COLUMNS = "displacementtype figure displacementstartdate displacementenddate qualifier iso3"
_YEARLY_COLUMNS = "iso3 year conflictinternaldisplacements disasterinternaldisplacements"
EXPORTS = (
    Export("ACLED", frozenset(_ACLED_COLUMNS.split()), "eventdate", _acled),
    Export("UCDP", frozenset(_UCDP_COLUMNS.split()), "datestart", _ucdp),
    Export("IDMC", frozenset(_IDMC_COLUMNS.split()), "displacementstartdate", _idmc),
    Export("IDMC", frozenset(_YEARLY_COLUMNS.split()), "", _yearly),
)
"""The exports that mapgen knows, in the order in which they are tried."""
