"""Draw the signs of a day on a map: places, threats, people who flee, supply links.

A `Moment` (page data on one day) and a `View` come in. The signs are drawn, lowest layer first; the
labels go out, for a `Placer` that knows which ground the signs take.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import shapely

from gazetteer.worded_areas import BEARINGS
from mapgen.core.tables.marks import CHANGING, marks
from mapgen.drawing.data.moment import INCIDENTS, doubtful_cards
from mapgen.drawing.figure.ground_layers import LAND
from mapgen.drawing.figure.ground_names import grid_in
from mapgen.drawing.figure.labels import Label, Line
from mapgen.drawing.figure.marks import (
    FAN,
    HALO,
    INK,
    INK_2,
    arc,
    bezier,
    draw_arrow,
    draw_fort,
    draw_incident,
    draw_mark,
    draw_place,
    ring_at,
    smooth,
    trim_start,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from mapgen.core.tables.marks import Size
    from mapgen.drawing.data.moment import Moment, Site
    from mapgen.drawing.figure.labels import Placer
    from mapgen.drawing.figure.marks import Pen
    from mapgen.drawing.figure.surface import Box, Point
    from mapgen.drawing.figure.view import View
    from mapgen.situation.drawn_records import (
        ControlSign,
        DisplacementSign,
        SupplySign,
        ThreatSign,
    )

OUTSKIRTS_KM = 4.5  # assumed radius of a town; articles do not say where its outskirts begin
_CROWDED = 26.0  # distance within which the sign of a small town shrinks, in pixels of the page
_SMALL_PX_PER_KM = 0.95  # pixels of the page per km below which all signs are small
_METROPOLIS, _BIG, _TOWN = 5, 4, 3  # ranks by population
_KEPT, _CITIES = 100.0, 115.0  # priorities of labels of events, and of cities
_FIRST = 125.0  # priority of a city of a million: notes have other room
_IN_COUNTRY, _ACROSS = 45.0, 20.0  # extra distance of a note in the subject country; px
_INSIDE, _ARROW = 14.0, 90.0  # how far inside its area an arrow begins, and its least length; px


class SignPainter:
    """Draws the signs of one map and collects their labels.

    Parameters
    ----------
    pen, view, moment
        The pen to draw with, the view of the map, and the data on a day.
    placer
        Placer, which learns what labels must not cover.
    close
        Whether the map is an enlargement, with larger signs and stated distances to scale.
    terse
        Whether labels have one line, for a small map.

    Attributes
    ----------
    labels
        Labels of the signs drawn so far, not yet placed.
    """

    def __init__(
        self,
        pen: Pen,
        view: View,
        moment: Moment,
        placer: Placer,
        *,
        close: bool = False,
        terse: bool = False,
    ) -> None:
        self.pen, self.view, self.moment, self.placer = pen, view, moment, placer
        self.close, self.terse = close, terse
        self.labels: list[Label] = []
        # signs are smaller on a map of small scale, as on the page
        self.small = not close and view.points_per_km / pen.unit < _SMALL_PX_PER_KM
        self._roomy = close and not terse  # an enlargement with room for large signs
        self.radius = (9.0 if self._roomy else 5.2 if self.small else 6.6) * pen.unit
        self._enlarged: Box | None = None
        self._sites = moment.sites()
        self._at = {s.key: view.point(s.lat, s.lon) for s in self._sites}
        flows = moment.signs("displacement")
        self._ends = ends_of(flows)
        # "Fled to Goma" need not be said again beside "Fled to Goma: 12,000"
        heads = {s["label"][0] for s in flows if len(s["label"]) > 1}
        self._without_figure = [s["label"] for s in flows if len(s["label"]) == 1]
        self._without_figure = [told for told in self._without_figure if told[0] in heads]
        self._doubtful = doubtful_cards(moment.data)
        self._fans = {spot_of(*s["path"][0]) for s in flows if len(s["path"]) == 1}

    def draw(self, enlarged: Box | None = None) -> None:
        """Draw all signs, the lowest layer first.

        Parameters
        ----------
        enlarged
            Part of the map that the enlargement shows, which is outlined: west, south, east, north
            in degrees, EPSG:4326.
        """
        u, self._enlarged = self.pen.unit, enlarged
        for link in self.moment.signs("supply"):
            self._supply(link)
        for threat in self.moment.signs("threat"):
            self._near(threat)
        for flow in self.moment.signs("displacement"):
            self._flow(flow)
        if enlarged is not None:
            west, south, east, north = enlarged
            (left, top), (right, bottom) = (
                self.view.point(north, west),
                self.view.point(south, east),
            )
            self.pen.canvas.box((left, top, right, bottom), line=INK_2, width=u)
        self._towns()
        for site in self._sites:
            self._site(site)
        for threat in self.moment.signs("threat"):
            self._advance(threat)

    def _seen(self, at: Point) -> bool:
        return self.view.holds(at, 2 * self.pen.unit)

    def _want(
        self, priority: float, at: Point, r: float, *lines: tuple[str, str], soft: bool = False
    ) -> None:
        """Add a label for a place, if the place is on the map."""
        if self._seen(at):
            told = tuple(Line(text, kind) for text, kind in lines if text)
            keep = _KEPT <= priority < _CITIES  # labels of events are never dropped for a sign
            self.labels.append(
                Label(priority=priority, at=at, r=r, lines=told, keep=keep, soft=soft)
            )

    def _orientation(self) -> None:
        """Draw the towns that the articles do not name."""
        u = self.pen.unit
        for town in self.moment.data["towns"]:
            if town.get("closer"):  # for readers who come closer, which a picture does not let them
                continue
            at = self.view.point(town["lat"], town["lon"])
            if self._seen(at):
                kind, r = ("city", 2.0) if town["rank"] >= _BIG else ("town", 1.5)
                self.pen.canvas.circle(*at, r * u, fill=INK_2)
                known = town["rank"] >= _METROPOLIS  # readers look for it: it goes before notes
                priority = _FIRST if known else 6 + town["rank"]
                self._want(priority, at, 3 * u, (town["name"], kind), soft=known)

    def _towns(self) -> None:
        """Draw the towns without signs, and label the larger ones."""
        self._orientation()
        u, taken = self.pen.unit, set(self._at)
        for place in self.moment.data["places"]:
            at = self.view.point(place["lat"], place["lon"])
            if place["id"] in taken or not self._seen(at):
                continue
            big = place["rank"] >= _BIG
            if place["base"]:
                r = (5.0 if self.close else 4.1 if big else 3.4) * (0.72 if self.small else 1) * u
                draw_mark(self.pen, place["base"], at, r, small=True)
            elif (spot := spot_of(place["lat"], place["lon"])) in self._ends:
                # a place of which no more is said than that people left it or came to it
                self.pen.canvas.circle(*at, 3.2 * u, fill=INK, line=HALO, width=u)
                self.placer.keep_clear(at, 4 * u)
                if spot not in self._fans:
                    self._want(_KEPT, at, 6 * u, (place["name"], "event"))
                continue
            else:
                r = (2.0 if big else 1.5) * u
                self.pen.canvas.circle(*at, r, fill=INK_2)
            self.placer.block(at, r + u, soft=True)
            bare = not self.moment.data["signs"]  # of a map with nothing to draw, all that was read
            if place["rank"] >= (_BIG if self.terse else _TOWN) or self.close or bare:
                rank = place["rank"]
                priority = _CITIES + rank if big else 10 * rank
                line = (place["name"], "city" if big else "town")
                self._want(priority, at, 4 * u, line, soft=big)

    def _site(self, site: Site) -> None:
        """Draw a place with all its signs."""
        at, u = self._at[site.key], self.pen.unit
        if not self._seen(at):
            return
        if not site.signs:
            if site.before:
                draw_mark(self.pen, site.before, at, 3.8 * u, small=True)
            self.placer.block(at, 5 * u, soft=True)
            big = site.rank >= _BIG
            priority = _CITIES + site.rank if big else 12 * site.rank
            self._want(priority, at, 5 * u, (site.name, "city"), soft=big)
            return
        control = site.control
        minor = self._is_minor(site, at)
        r = 3.4 * u if minor else self.radius
        if control is not None:
            reach = r + (3 if minor else 6) * u
            self._control(control, at, r, minor=minor)
        else:
            reach = self._held(site, at, r, minor=minor)
        self._incidents(site, at, reach, alone=control is None and reach == 0)
        reach = max(reach, 8 * u)
        self.placer.keep_clear(at, reach if not minor else r + 3 * u)
        if self._tolls(site, at, reach + 4 * u, minor=minor):
            return
        if spot_of(site.lat, site.lon) in self._fans:  # the name stands clear of the arrows too
            reach = r = fan_reach(self.radius, u)[1] + 4 * u
        second = self._second_line(site, control)
        doubt = (control or site.signs[0])["card"] in self._doubtful
        lines = [(f"{site.name} ?" if doubt else site.name, "event")]
        if second and not minor and not self.terse:
            lines.append((second, "second"))
        if self.close or not minor:
            self._want(100 + site.rank / 10, at, reach + u, *lines)
        else:
            self._want(64, at, r + 4 * u, *lines)

    def _is_minor(self, site: Site, at: Point) -> bool:
        """Whether a small town is so close to other places that its sign must shrink."""
        if self.close or site.rank >= _BIG:
            return False
        reach = _CROWDED * self.pen.unit
        return any(k != site.key and math.dist(p, at) < reach for k, p in self._at.items())

    def _control(self, sign: ControlSign, at: Point, r: float, *, minor: bool) -> None:
        look = marks().look(sign["standing"], self.moment.phase(sign))
        draw_place(self.pen, look, sign["side"], at, r, before=sign["from"], minor=minor)

    def _held(self, site: Site, at: Point, r: float, *, minor: bool) -> float:
        """Draw the holder of a place that did not change hands; return the radius of the sign."""
        u = self.pen.unit
        newest = site.signs[::-1]
        reinforced = next((s for s in newest if s["type"] == "reinforcement"), None)
        threat = next((s for s in newest if s["type"] == "threat"), None)
        # that forces are sent to a place, or stand before it, does not say who holds it
        holder = (threat and threat["target_side"]) or site.before
        reach = 0.0
        if reinforced and not minor:
            draw_fort(self.pen, reinforced["side"], at, r + 3.6 * u)
            reach = r + 7 * u
        if holder:
            draw_mark(self.pen, holder, at, r, letter=not minor, small=minor)
            return max(reach, r + 2 * u)
        if not any(s["type"] in INCIDENTS for s in site.signs):
            self.pen.canvas.circle(*at, 3.2 * u, fill=INK, line=HALO, width=u)
            return max(reach, 5 * u)
        return reach

    def _incidents(self, site: Site, at: Point, reach: float, *, alone: bool) -> None:
        """Draw the incidents of a place beside its sign, or on the place if it has no other."""
        u = self.pen.unit
        for i, sign in enumerate(s for s in site.signs if s["type"] in INCIDENTS):
            if alone and i == 0:
                where = at
            else:
                where = (at[0] + reach + (6 + 15 * i) * u, at[1] - reach * 0.5)
            draw_incident(self.pen, sign["type"], sign["side"], where, 6 * u)
            self.placer.keep_clear(where, 8 * u)

    def _tolls(self, site: Site, at: Point, r: float, *, minor: bool) -> bool:
        """Write how many were killed beside the sign, or on free ground with a line to it.

        Among crowded places the name stands with it. Return whether it does.
        """
        tolls = [str(toll) for s in site.signs if (toll := s.get("toll"))]
        if not tolls:
            return False
        if minor:
            lines = (Line(site.name, "event"), *(Line(toll, "second") for toll in tolls))
        else:
            lines = tuple(Line(toll, "note") for toll in tolls)
        priority = 101 if minor else 63
        self.labels.append(Label(priority=priority, at=at, r=r, lines=lines, far=True, keep=True))
        return minor

    def _second_line(self, site: Site, control: ControlSign | None) -> str:
        if control is not None:
            if self._is_enlarged(site):
                return ""  # the enlargement has room for it
            look = marks().look(control["standing"], self.moment.phase(control))
            return "day not stated" if look.name == CHANGING else control["label"]
        threats = [s["label"] for s in site.signs if s["type"] == "threat"]
        return [*threats, *[s["label"] for s in site.signs]][0]

    def _is_enlarged(self, site: Site) -> bool:
        if self._enlarged is None:
            return False
        west, south, east, north = self._enlarged
        return south < site.lat < north and west < site.lon < east

    def _bearing(self, sign: ThreatSign) -> tuple[Point, Point | None, float | None]:
        """Return the place, where the arrow starts, and the bearing of the force in degrees."""
        at = self.view.point(sign["lat"], sign["lon"])
        stated = BEARINGS.get(sign.get("direction") or "")
        if not sign["origin"]:
            return at, None, stated
        origin = self.view.point(sign["origin"]["lat"], sign["origin"]["lon"])
        bearing = math.degrees(math.atan2(origin[0] - at[0], at[1] - origin[1]))
        return at, origin, bearing if stated is None else stated

    def _near(self, sign: ThreatSign) -> None:
        """Draw an arc at the stated distance of a force, to scale if the map is large enough."""
        at, _, bearing = self._bearing(sign)
        if not self._seen(at):
            return
        u, km, canvas = self.pen.unit, self.view.points_per_km, self.pen.canvas
        stated = sign["distance_km"]
        turn = bearing or 0.0
        first, last = (0.0, 360.0) if bearing is None else (turn - 48, turn + 48)
        if stated and self.close:
            far, colour = OUTSKIRTS_KM + stated, self.pen.colour(sign["side"])
            outer = ring_at(at, far * km, first, last)
            inner = ring_at(at, OUTSKIRTS_KM * km, first, last)[::-1]
            canvas.polygon([*outer, *inner], fill=colour, alpha=0.16)
            edge = ring_at(at, OUTSKIRTS_KM * km, 0, 360)
            canvas.line(edge, INK_2, u, dash=(2 * u, 3 * u))
            a = ring_at(at, OUTSKIRTS_KM * km, turn - 24, turn - 23)[0]
            b = ring_at(at, far * km, turn - 24, turn - 23)[0]
            canvas.line([a, b], INK, 1.2 * u)
            for end in (a, b):
                canvas.circle(*end, 2 * u, fill=INK)
            self.placer.block_line([a, b], 2 * u)
            middle = ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2)
            line = (Line(f"{stated:g} km", "note"),)
            where = ("W", "E", "NW", "SW")
            self.labels.append(
                Label(priority=130, at=middle, r=3 * u, lines=line, where=where, keep=True)
            )
            return
        r = max((OUTSKIRTS_KM + stated) * km if stated else 0.0, self.radius + 12 * u)
        path = ring_at(at, r, first, last)
        canvas.line(path, HALO, 5 * u)
        canvas.line(path, self.pen.colour(sign["side"]), 2.2 * u)
        self.placer.block_line(path, 2 * u)

    def _advance(self, sign: ThreatSign) -> None:
        """Draw the arrow of a threat beside the direct line, clear of the towns on the way."""
        at, origin, _ = self._bearing(sign)
        if origin is None or not self._seen(at):
            return
        u = self.pen.unit
        far = math.dist(origin, at)
        ux, uy = (at[0] - origin[0]) / (far or 1), (at[1] - origin[1]) / (far or 1)
        off = (24.0 if self._roomy else 14.0) * u
        stop = self.radius + 13 * u
        if sign["distance_km"] and self.close:
            stop = (OUTSKIRTS_KM + sign["distance_km"]) * self.view.points_per_km
        length = max(far + self.radius + 8 * u, stop + (80 if self._roomy else 34) * u)

        def on(t: float, k: float) -> Point:
            return at[0] - ux * t + uy * off * k, at[1] - uy * t - ux * off * k

        span = length - stop
        path = bezier(
            on(length, 1), on(length * 0.66, 1.15), on(stop + span * 0.36, 1.1), on(stop, 0.45)
        )
        draw_arrow(
            self.pen,
            path,
            (5.5 if self._roomy else 2.6 if self.small else 3.4) * u,
            self.pen.colour(sign["side"]),
        )
        self.placer.block_line(path, 5 * u)

    def _flow(self, sign: DisplacementSign) -> None:
        """Draw a movement of people as an arrow in ink, never in the colour of a side."""
        u = self.pen.unit
        path = self._within_view(sign)
        if not path:
            return
        if len(path) == 1:
            self._fan(sign, path[0])
            return
        plain = sign["method"] == "plain" and len(path) == 2  # noqa: PLR2004
        path = arc(path[0], path[1]) if plain else smooth(path)
        path = trim_start(path, self.radius + (5 if self.small else 8) * u)
        if sign["area"]:  # people flee to an area, so stop short of the town
            path = trim_start(path[::-1], (4 if self.small else 18) * u)[::-1]
        width = self._flow_width(sign)
        dash = (width * 2.2, width * 0.7) if sign["method"] == "likely" else None
        back = sign.get("kind") == "return"
        draw_arrow(self.pen, path, width, INK, dash=dash, hollow=back)
        self.placer.block_line(path, width / 2 + 4 * u)
        self._flow_words(sign, path)

    def _within_view(self, sign: DisplacementSign) -> list[Point]:
        """Return the path of a movement; an end that is an area stands in the part in view."""
        path, u = self.view.path(sign["path"]), self.pen.unit
        if len(path) != 2:  # noqa: PLR2004  only a plain arrow has ends that may move
            return path
        for i, area in ((0, sign.get("origin_area")), (1, sign["area"])):
            if area and not self._seen(path[i]):
                ground = shapely.clip_by_rect(self.view.geometry(area), *self.view.box)
                inner = ground.buffer(-_INSIDE * u)
                spots = grid_in(inner, inner.bounds, path[1 - i]) if not inner.is_empty else []
                far = [spot for spot in spots if math.dist(spot, path[1 - i]) > _ARROW * u]
                path[i] = next(iter(far), path[i])
        return path

    def _flow_width(self, sign: DisplacementSign) -> float:
        size: Size = "close" if self._roomy else "small" if self.small else "usual"
        return marks().arrow_width(sign["width"], size) * self.pen.unit

    def _fan(self, sign: DisplacementSign, at: Point) -> None:
        """Draw arrows out of or into the one end that is told, on all sides alike."""
        u = self.pen.unit
        near, far = fan_reach(self.radius, u)
        for bearing in FAN:
            steps = (near, (near + far) / 2, far)
            path = [ring_at(at, r, bearing, bearing + 1)[0] for r in steps]
            path = path if sign["end"] == "origin" else path[::-1]
            self.placer.block_line(path, 4 * u)
            thin, back = min(self._flow_width(sign), 2 * u), sign.get("kind") == "return"
            draw_arrow(self.pen, path, thin, INK, hollow=back)
        self._flow_words(sign, [at])

    def _flow_words(self, sign: DisplacementSign, path: Sequence[Point]) -> None:
        """Ask for the words beside a movement."""
        if self.close:
            return
        u = self.pen.unit
        told = list(sign["label"][: 2 if self.terse else None])
        if told in self._without_figure:
            return
        if told and sign["card"] in self._doubtful:
            told[0] += " ?"
        lines = note_lines(told, narrow=self.terse)
        tip = next((p for p in reversed(path) if self._seen(p)), path[-1])
        self.labels.append(Label(priority=120, at=tip, r=12 * u, lines=lines, far=True, keep=True))

    def _supply(self, sign: SupplySign) -> None:
        """Draw a supply link as a double line, dashed if it is cut."""
        u, canvas = self.pen.unit, self.pen.canvas
        path = self.view.path(sign["path"])
        cut = (9 * u, 7 * u) if sign["state"] == "cut" else None
        canvas.line(path, HALO, 7 * u)
        canvas.line(path, INK, 3.6 * u, dash=cut)
        canvas.line(path, LAND, 1.7 * u)
        self.placer.block_line(path, 3.5 * u)
        if sign["label"] and not self.close and not self.terse and len(path) > 1:
            at = path[int(len(path) * 0.36)]
            self._want(62, at, 6 * u, (sign["label"], "second"))


def fan_reach(radius: float, unit: float) -> tuple[float, float]:
    """Return the distances from a place to the inner and outer ends of the arrows round it."""
    return radius + 7 * unit, radius + 28 * unit


def spot_of(lat: float, lon: float) -> tuple[float, float]:
    """Return a key for a spot on the ground, in degrees (EPSG:4326)."""
    return (lat, lon)


def ends_of(flows: Sequence[DisplacementSign]) -> set[tuple[float, float]]:
    """Return the spots that movements lead from or to; ends that are areas have none."""
    found = set()
    for sign in flows:
        path = sign["path"]
        if path and sign["end"] != "destination" and not sign["origin_area"]:
            found.add(spot_of(*path[0]))
        if path and sign["end"] != "origin" and not sign["area"]:
            found.add(spot_of(*path[-1]))
    return found


def note_lines(told: Sequence[str], *, narrow: bool = False) -> tuple[Line, ...]:
    """Return the lines of a note, the first of them in bold.

    Parameters
    ----------
    told
        Texts of the note, in order.
    narrow
        Whether to break each text before a source in brackets.
    """
    found = []
    for i, text in enumerate(told):
        kind = "note2" if i else "note"
        head, bracket, source = text.partition(" (")
        if narrow and bracket:
            found += [Line(head, kind), Line(f"({source}", kind)]
        else:
            found.append(Line(text, kind))
    return tuple(found)


def ground_cost(inside: Callable[[float, float], bool], unit: float) -> Callable[[Box], float]:
    """Return a cost function that moves notes to the empty ground outside the subject country.

    Parameters
    ----------
    inside
        Function of x and y (points of the sheet) that says whether a point is in the country.
    unit
        Points of the sheet per pixel of the page.

    Returns
    -------
    callable
        Cost of a box in points, for `mapgen.drawing.figure.labels.Placer`.
    """

    def cost(box: Box) -> float:
        left, top, right, bottom = box
        middle = inside((left + right) / 2, (top + bottom) / 2)
        edges = [(left, top), (right, top), (left, bottom), (right, bottom)]
        return unit * (_IN_COUNTRY * middle + _ACROSS * any(inside(x, y) for x, y in edges))

    return cost
