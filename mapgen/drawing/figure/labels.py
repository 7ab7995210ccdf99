"""Place labels so that they never overlap.

Labels come in, each with a priority and the place it belongs to. Those that have room go out, with
a box each, and are drawn. The placement is greedy, as on the page: in order of priority, each label
takes the first free of eight positions around its place, and loses its second line before it is
dropped. A note of several lines takes the nearest empty ground, with a leader line if that is far
from its place.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from mapgen.core.tables.style import SchemeColour
from mapgen.drawing.figure.sizes import readable
from mapgen.drawing.figure.typeface import text_width

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from mapgen.drawing.figure.surface import Box, Point, Surface

AROUND = ("E", "W", "NE", "SE", "NW", "SW", "N", "S")
LEADING = 1.2
_REACH = 330  # radius of the search for empty ground, in pixels of the page
_INK, _INK_2 = SchemeColour.named("ink"), SchemeColour.named("ink2")
_STRUCK_OUT = 120  # extra distance of a note so that no name or sign is under its line; px
_ON_TOWN = 40  # the same for each small town that a note covers
_BESIDE = 30  # a note farther from its place has a leader line; pixels of the page
_ASIDE, _ASIDE_BESIDE = 90, 10  # the same two for a name that has no room at its sign


@dataclass(frozen=True, slots=True)
class Type:
    """The typeface of a kind of label; ``px`` is its size in pixels of the page."""

    px: float
    colour: str
    weight: str = "normal"
    family: str = "sans"
    style: str = "normal"


TYPES = {
    "event": Type(13.0, _INK, "bold"),
    "second": Type(10.4, _INK_2),
    "city": Type(11.2, _INK),
    "town": Type(10.2, _INK_2),
    "note": Type(11.4, _INK, "bold"),
    "note2": Type(10.4, _INK),
    "country": Type(10.0, SchemeColour.named("country")),
    "subject": Type(14.0, SchemeColour.named("country")),
    "water": Type(11.4, SchemeColour.named("water"), family="serif", style="italic"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a label and its kind, a key of `TYPES`."""

    text: str
    kind: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Label:
    """A label to place.

    Attributes
    ----------
    priority
        Labels of high priority are placed first.
    at, r
        Centre and radius of the sign that the label belongs to, in points of the sheet.
    spots
        Further centres, on which the label stands if it has no room at ``at``: a country may be
        named anywhere in it.
    lines
        Lines of the label, from the top.
    where
        Positions around the sign, in the order in which they are tried; ``C`` is on the place.
    far
        Whether the label is a note that may stand away from its place.
    keep
        Whether the label may cover lines, or stand aside with a leader line, rather than be
        dropped.
    soft
        Whether the label may cover small towns.
    """

    priority: float
    at: Point
    r: float
    lines: tuple[Line, ...]
    where: tuple[str, ...] = AROUND
    far: bool = False
    keep: bool = False
    soft: bool = False
    spots: tuple[Point, ...] = ()


@dataclass(frozen=True, slots=True)
class Placed:
    """A label that has been placed.

    Attributes
    ----------
    label
        The label as it was asked for.
    lines
        Lines to write: all, or the first only.
    box
        Box of the text in points of the sheet.
    anchor
        Alignment of the lines in the box: ``start``, ``middle`` or ``end``.
    leader
        Whether a leader line joins the label to its place.
    """

    label: Label
    lines: tuple[Line, ...]
    box: Box
    anchor: str
    leader: bool = False


def label_order(labels: Sequence[Label]) -> list[Label]:
    """Return labels in the order in which they are placed: by priority, words and position.

    The scripts of the page use the same order.
    """
    return sorted(labels, key=lambda w: (-w.priority, tuple(t.text for t in w.lines), w.at))


@dataclass
class Placer:
    """Places labels on a map.

    Attributes
    ----------
    unit
        Points of the sheet per pixel of the page.
    frame
        Box that holds all labels, in points of the sheet.
    walls
        Boxes that lie over the map, such as the enlargement. No label goes under them.
    cost
        Function that returns how unsuitable a box is for a note, as extra distance in points.
    """

    unit: float
    frame: Box
    walls: list[Box] = field(default_factory=list)
    cost: Callable[[Box], float] = lambda _box: 0.0
    _signs: list[tuple[Point, float]] = field(default_factory=list)
    _hard: list[Box] = field(default_factory=list)
    _soft: list[Box] = field(default_factory=list)

    def keep_clear(self, at: Point, r: float) -> None:
        """Let no label ever cover a sign of the story.

        Parameters
        ----------
        at, r
            Centre and radius of the sign in points of the sheet.
        """
        self._signs.append((at, r))

    def block(self, at: Point, r: float, *, soft: bool = False) -> None:
        """Keep labels off a small sign, or a part of a line.

        Parameters
        ----------
        at, r
            Centre and radius of the sign in points of the sheet.
        soft
            Whether a label may cover the sign as soon as it has no other room.
        """
        box = (at[0] - r, at[1] - r, at[0] + r, at[1] + r)
        (self._soft if soft else self._hard).append(box)

    def block_line(self, path: Sequence[Point], r: float) -> None:
        """Keep labels off a path.

        Parameters
        ----------
        path
            Vertices in points of the sheet.
        r
            Distance to keep on both sides, in points.
        """
        for a, b in pairwise(path):
            n = max(1, int(math.dist(a, b) / max(r, 2.0)))
            for i in range(n + 1):
                x, y = a[0] + (b[0] - a[0]) * i / n, a[1] + (b[1] - a[1]) * i / n
                self.block((x, y), r)

    def place(self, labels: Sequence[Label]) -> list[Placed]:
        """Place labels; those without room are left out.

        Parameters
        ----------
        labels
            Labels in any order.

        Returns
        -------
        list of Placed
            The labels that have room, by descending priority.
        """
        placed: list[Placed] = []
        names: list[Box] = []
        for wish in label_order(labels):
            found = self._room(wish, names)
            if found is None:
                continue
            placed.append(found)
            left, top, right, bottom = found.box
            names.append((left - 2 * self.unit, top, right + 2 * self.unit, bottom))
        return placed

    def _room(self, wish: Label, names: list[Box]) -> Placed | None:
        """Return the first placement of a label that is free, or None."""
        for lines, level in self._tries(wish):
            kept = [*self.walls, *names]
            if level < 2:  # noqa: PLR2004  at the last level a label may cover lines, never names
                kept += self._hard
            if level < 1 and not wish.far:
                kept += self._soft

            def free(box: Box, kept: list[Box] = kept) -> bool:
                return (
                    _inside(box, self.frame)
                    and not any(_meets(box, k) for k in kept)
                    and not any(math.dist(_nearest(box, at), at) < r for at, r in self._signs)
                )

            size = self._extent(lines)
            if wish.far:  # a note covers small towns before it stands far off
                found = self._ground(wish, lines, size, free, names)
            else:
                lying = self._hard if level == 2 else []  # noqa: PLR2004
                found = self._beside(wish, lines, size, free, lying)
                if found is None and wish.keep and level == 1 and lines == wish.lines[:1]:
                    found = self._aside(wish, lines, size, free, names)
            if found is not None:
                return found
        return None

    @staticmethod
    def _tries(wish: Label) -> Iterator[tuple[tuple[Line, ...], int]]:
        """Yield the lines to try, each with a level: 1 may cover small towns, 2 lines too."""
        yield wish.lines, 0
        if not wish.far and len(wish.lines) > 1:
            yield wish.lines[:1], 0
        if wish.soft:
            yield wish.lines[:1], 1
        if wish.keep:
            if wish.lines[0].kind != "event":  # no second line of a name hides towns
                yield wish.lines, 1
            yield wish.lines[:1], 1
            yield wish.lines[:1], 2

    def _extent(self, lines: Sequence[Line]) -> tuple[float, float]:
        return max(self.width(t) for t in lines), sum(self.height(t) for t in lines)

    def type_size(self, line: Line) -> float:
        """Return the size of the type of a line in points."""
        return readable(TYPES[line.kind].px * self.unit)

    def width(self, line: Line) -> float:
        """Return the width of a line in points."""
        kind = TYPES[line.kind]
        return text_width(
            line.text,
            self.type_size(line),
            family=kind.family,
            weight=kind.weight,
            style=kind.style,
        )

    def height(self, line: Line) -> float:
        """Return the height of a line in points, including the space to the next line."""
        return self.type_size(line) * LEADING

    def _beside(
        self,
        wish: Label,
        lines: tuple[Line, ...],
        size: tuple[float, float],
        free: Callable[[Box], bool],
        lying: Sequence[Box],
    ) -> Placed | None:
        """Return the first free placement of a label at one of its positions, or None.

        If it may cover lines, it is the one that covers least of them.
        """
        best: tuple[float, Placed] | None = None
        for at in (wish.at, *wish.spots):
            for where in wish.where if at is wish.at else ("C",):
                box, anchor = _box_at(where, at, wish.r, size, self.unit)
                if not free(box):
                    continue
                covered = sum(_shared(box, s) for s in lying)
                if best is None or covered < best[0]:
                    best = covered, Placed(wish, lines, box, anchor)
                if not covered:
                    return best[1]
        return best[1] if best is not None else None

    def _ground(
        self,
        wish: Label,
        lines: tuple[Line, ...],
        size: tuple[float, float],
        free: Callable[[Box], bool],
        names: list[Box],
    ) -> Placed | None:
        """Return the placement of a note on the cheapest free ground near its place, or None."""
        best: tuple[float, Placed] | None = None
        signs = self._other_signs(wish)
        for r, c, box in self._rings(wish, size, _REACH):
            if best is not None and r >= best[0]:
                break
            if not free(box) or _between(wish.at, box, self.walls):
                continue
            leader = r > wish.r + _BESIDE * self.unit
            cost = r + self.cost(box)
            cost += _ON_TOWN * self.unit * sum(_meets(box, town) for town in self._soft)
            if leader and _between(wish.at, box, [*names, *signs]):  # its line would strike it out
                cost += _STRUCK_OUT * self.unit
            if best is None or cost < best[0]:
                best = cost, Placed(wish, lines, box, _side(c), leader)
        return best[1] if best else None

    def _aside(
        self,
        wish: Label,
        lines: tuple[Line, ...],
        size: tuple[float, float],
        free: Callable[[Box], bool],
        names: list[Box],
    ) -> Placed | None:
        """Return the nearest placement of a name aside from its sign, with a leader line, or None.

        The line strikes out no other name or sign.
        """
        between = [*self.walls, *names, *self._other_signs(wish)]
        for r, c, box in self._rings(wish, size, _ASIDE):
            if free(box) and not _between(wish.at, box, between):
                leader = r > wish.r + _ASIDE_BESIDE * self.unit
                return Placed(wish, lines, box, _side(c), leader)
        return None

    def _other_signs(self, wish: Label) -> list[Box]:
        """Return boxes of the signs of the story that a label does not belong to."""
        return [
            (x - r, y - r, x + r, y + r)
            for (x, y), r in self._signs
            if math.dist((x, y), wish.at) > r
        ]

    def _rings(
        self, wish: Label, size: tuple[float, float], reach: float
    ) -> Iterator[tuple[float, float, Box]]:
        """Yield boxes in rings around a place, with their distance and the cosine of their angle.

        The reach is in pixels of the page.
        """
        width, height = size
        r = wish.r + 4 * self.unit
        while r < reach * self.unit:
            for i in range(24):
                c, s = math.cos(i * math.pi / 12), math.sin(i * math.pi / 12)
                left = wish.at[0] + c * (r + width / 2) - width / 2
                top = wish.at[1] + s * (r + height / 2) - height / 2
                yield r, c, (left, top, left + width, top + height)
            r += 10 * self.unit

    def draw(self, canvas: Surface, placed: Sequence[Placed]) -> None:
        """Draw placed labels, with their leader lines below them.

        Parameters
        ----------
        canvas
            Sheet to draw on.
        placed
            Labels from `place`.
        """
        for found in placed:
            if found.leader:
                end = _nearest(found.box, found.label.at)
                far = math.dist(end, found.label.at) or 1.0
                t = 1 - found.label.r * 0.6 / far
                x = end[0] + (found.label.at[0] - end[0]) * t
                y = end[1] + (found.label.at[1] - end[1]) * t
                canvas.line([end, (x, y)], _INK_2, 0.8 * self.unit)
        for found in placed:
            self._write(canvas, found)

    def _write(self, canvas: Surface, found: Placed) -> None:
        """Write the lines of a placed label, with a white halo unless they are in serif."""
        left, y, right, _ = found.box
        x = {"start": left, "end": right, "middle": (left + right) / 2}[found.anchor]
        for line in found.lines:
            kind, height = TYPES[line.kind], self.height(line)
            y += height
            canvas.text(
                x,
                y - height * 0.26,
                line.text,
                self.type_size(line),
                colour=kind.colour,
                anchor=found.anchor,
                weight=kind.weight,
                family=kind.family,
                style=kind.style,
                halo="#ffffff" if kind.family == "sans" else None,
            )


def _box_at(
    where: str, at: Point, radius: float, extent: tuple[float, float], unit: float
) -> tuple[Box, str]:
    """Return the box of a label at one of the positions around its place, and its anchor."""
    (x, y), (w, h) = at, extent
    r, k = radius + 2 * unit, radius * 0.72 + unit
    left, top, anchor = {
        "E": (x + r, y - h / 2, "start"),
        "W": (x - r - w, y - h / 2, "end"),
        "N": (x - w / 2, y - r - h, "middle"),
        "S": (x - w / 2, y + r, "middle"),
        "NE": (x + k, y - k - h + 3 * unit, "start"),
        "SE": (x + k, y + k - 3 * unit, "start"),
        "NW": (x - k - w, y - k - h + 3 * unit, "end"),
        "SW": (x - k - w, y + k - 3 * unit, "end"),
        "C": (x - w / 2, y - h / 2, "middle"),
    }[where]
    return (left, top, left + w, top + h), anchor


def _side(cosine: float) -> str:
    """Return the anchor of a label that stands at an angle from its place."""
    return "end" if cosine < -0.4 else "start"  # noqa: PLR2004  it is west of its place


def _between(at: Point, box: Box, others: Sequence[Box]) -> bool:
    """Whether one of some boxes lies between a place and a label."""
    end = _nearest(box, at)
    steps = [i / 9 for i in range(9)]
    points = [(end[0] + (at[0] - end[0]) * t, end[1] + (at[1] - end[1]) * t) for t in steps]
    return any(w[0] < x < w[2] and w[1] < y < w[3] for x, y in points for w in others)


def _nearest(box: Box, at: Point) -> Point:
    return min(max(at[0], box[0]), box[2]), min(max(at[1], box[1]), box[3])


def _inside(box: Box, frame: Box) -> bool:
    return bool(
        box[0] >= frame[0] and box[1] >= frame[1] and box[2] <= frame[2] and box[3] <= frame[3]
    )


def _shared(a: Box, b: Box) -> float:
    """Return the area that two boxes share, in square points."""
    wide = min(a[2], b[2]) - max(a[0], b[0])
    high = min(a[3], b[3]) - max(a[1], b[1])
    return wide * high if wide > 0 and high > 0 else 0.0


def _meets(a: Box, b: Box) -> bool:
    return a[0] < b[2] and a[2] > b[0] and a[1] < b[3] and a[3] > b[1]
