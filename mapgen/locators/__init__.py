"""Make locator maps: named areas in given colours, such as "Syria=red".

Names with colours come in, as text or as a table; a map in SVG, PNG, PDF or HTML goes out.

::

    words ("Syria=red"), table (CSV) -> requests -> areas -> extent, shapes -> draw, svg_and_html
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from gazetteer import Gazetteer
from gazetteer.boundaries import World
from gazetteer.views import DE_FACTO, parse_view, told_view
from mapgen.core.files import write_bytes_atomically
from mapgen.errors import LocatorError
from mapgen.locators import requests as words
from mapgen.locators.areas import LEVELS, find_areas
from mapgen.locators.draw import Drawing, Labels, LegendRow, draw
from mapgen.locators.extent import frame_for
from mapgen.locators.shapes import cut_shapes
from mapgen.locators.svg_and_html import html_page, shortened, with_titles
from mapgen.locators.value_table import Classes, read_values

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapgen.locators.areas import Area
    from mapgen.locators.colours import Fill
    from mapgen.locators.requests import Request

__all__ = ["Classes", "Locator", "check_format", "locator"]

NO_BORDERS = "none"
_NAMES_SHOWN = 6  # in the legend, for a fill without a label
SUFFIXES = (".svg", ".html", ".htm", ".png", ".pdf")
CREDIT = (
    "Boundaries: Natural Earth (public domain), {view}; dashed: disputed."
    " Names: GeoNames (CC BY 4.0). Made with mapgen."
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Locator:
    """A locator map that can save itself."""

    drawing: Drawing
    areas: tuple[Area, ...]  # in the order of the request
    tips: tuple[str, ...]  # tooltip of each area
    notes: list[str] = field(default_factory=list)  # messages for the user

    def to_svg(self) -> str:
        """Return the map as SVG, with tooltips for its areas."""
        svg = shortened(draw(self.drawing, "svg", self.notes).decode("utf-8"))
        return with_titles(svg, self.tips, title=self._title, description=self._description)

    def to_html(self) -> str:
        """Return the map as one self-contained HTML page without scripts."""
        return html_page(self.to_svg(), self._title)

    def to_bytes(self, suffix: str) -> bytes:
        """Return the map in the format of a file suffix.

        Parameters
        ----------
        suffix
            One of `SUFFIXES`, such as ``.png``.

        Returns
        -------
        bytes
            Content of the file.

        Raises
        ------
        LocatorError
            If there is no such format.
        """
        check_format(suffix)
        suffix = suffix.lower()
        if suffix == ".svg":
            return self.to_svg().encode("utf-8")
        if suffix in {".html", ".htm"}:
            return self.to_html().encode("utf-8")
        if suffix == ".png":
            return draw(self.drawing, "png", self.notes)
        return draw(self.drawing, "pdf", self.notes)

    def save(self, path: str | Path) -> None:
        """Write the map to a file in the format of its suffix.

        Parameters
        ----------
        path
            Path of the file, with one of `SUFFIXES`.

        Raises
        ------
        LocatorError
            If the suffix is not known.
        OutputError
            If the file cannot be written.
        """
        write_bytes_atomically(path, self.to_bytes(Path(path).suffix))

    def _repr_html_(self) -> str:
        """Show the map in a notebook."""
        svg = self.to_svg()
        return svg[svg.index("<svg ") :]

    @property
    def _title(self) -> str:
        return self.drawing.title or "Locator map"

    @property
    def _description(self) -> str:
        return "; ".join(self.tips)


def check_format(suffix: str) -> None:
    """Check that a file suffix is one of `SUFFIXES`.

    Raises
    ------
    LocatorError
        If it is not.
    """
    if suffix.lower() not in SUFFIXES:
        ending = suffix or "a file without ending"
        message = f"a locator cannot be written as {ending}. Choose from {', '.join(SUFFIXES)}"
        raise LocatorError(message)


def locator(
    *areas: str,
    data: str | Path | None = None,
    column: str | None = None,
    classes: Classes | None = None,
    title: str | None = None,
    zoom: str | None = None,
    labels: Labels = "areas",
    borders: str = DE_FACTO,
    provinces: bool = False,
) -> Locator:
    """Make a locator map of named areas in given colours.

    Parameters
    ----------
    areas
        Names and fills, such as ``"Syria=red"``, ``"Homs (Syria): orange"`` or
        ``"Iraq, Jordan = #0072b2 hatched: neighbours"``.
    data, column, classes
        A CSV file of names and values, its column of values, and the way to classify numbers; see
        `mapgen.locators.value_table`.
    title
        Headline; none by default.
    zoom
        "world", a region ("middle-east"), or names of areas separated by commas. By default the
        filled areas, with some room around them.
    labels
        ``areas`` to label filled areas, ``all`` to label the countries around them too, ``none``
        for no labels.
    borders
        View of disputed borders: ``de-facto`` (who is in control), ``ISO``, or a country such as
        ``UA`` (see `gazetteer.views`). Use ``none`` to draw no borders.
    provinces
        Whether to draw provinces in all countries; otherwise only where a province is filled.

    Returns
    -------
    Locator
        A map that can be shown or saved.

    Raises
    ------
    LocatorError
        If a name, colour, region or value is not known. The message lists all of them.

    Examples
    --------
    >>> mapgen.locator("Syria=red", title="Syria").save("syria.svg")  # doctest: +SKIP
    """
    if labels not in get_args(Labels):
        message = f"labels: {labels!r} is none of {', '.join(get_args(Labels))}"
        raise LocatorError(message)
    view = _view(borders)
    requests = words.parse_requests(areas)
    if data is not None:
        requests = read_values(data, classes or Classes(), column=column) + requests
    if not requests:
        message = "no areas were named. Write for example: mapgen locator Syria=red"
        raise LocatorError(message)
    notes: list[str] = []
    with Gazetteer.open() as gazetteer:
        names = [name for request in requests for name in request.names]
        found = find_areas(names, gazetteer, notes)
        chosen = _last_wins(requests, found)
        listed = [area for area, _, _ in chosen]
        outlines = [gazetteer.geometry(area.id) for area in listed]
        frame = frame_for(zoom, [o for o in outlines if o is not None], gazetteer, notes)
        shapes = cut_shapes(frame, listed, gazetteer, view=view, provinces=provinces)
    outside = [a.name for a, s in zip(listed, shapes.areas, strict=True) if s.is_empty]
    if outside:
        notes.append(f"Outside the map: {', '.join(outside)}.")
    filled = {area.country for area in listed if LEVELS[area.feature] == 0}
    drawing = Drawing(
        frame=frame,
        shapes=shapes,
        fills=tuple(request.fill for _, request, _ in chosen),
        names=tuple(area.name for area in listed),
        country_names={
            code: str(told["name"])
            for code, told in World.load().countries().items()
            if code not in filled
        },
        order=tuple(sorted(range(len(listed)), key=lambda i: (LEVELS[listed[i].feature] > 0, i))),
        legend=_legend(requests, found),
        title=" ".join(title.split()) if title else None,
        labels=labels,
        borders=borders != NO_BORDERS,
        credit=CREDIT.format(view=told_view(view)),
    )
    tips = tuple(_tip(area, request, value) for area, request, value in chosen)
    return Locator(drawing=drawing, areas=tuple(listed), tips=tips, notes=notes)


def _view(borders: str) -> str:
    """Return a view of `gazetteer.views`; without borders, the de facto one."""
    try:
        return DE_FACTO if borders == NO_BORDERS else parse_view(borders)
    except ValueError as err:
        message = f"borders: {err}"
        raise LocatorError(message) from err


def _last_wins(
    requests: Sequence[Request], found: Sequence[Area]
) -> list[tuple[Area, Request, str | None]]:
    """Return each area once, with the last request for it and its value."""
    chosen: dict[str, tuple[Area, Request, str | None]] = {}
    areas = iter(found)
    for request in requests:
        for i, _ in enumerate(request.names):
            area = next(areas)
            value = request.values[i] if request.values else None
            chosen[area.id] = (area, request, value)
    return list(chosen.values())


def _legend(requests: Sequence[Request], found: Sequence[Area]) -> tuple[LegendRow, ...]:
    """Return a legend row for each fill, with its label or else the names of its areas."""
    rows: dict[tuple[Fill, str | None], list[str]] = {}
    areas = iter(found)
    for request in requests:
        names = [next(areas).name for _ in request.names]
        rows.setdefault((request.fill, request.label), []).extend(names)
    return tuple(
        LegendRow(fill=fill, label=label or _listed(names)) for (fill, label), names in rows.items()
    )


def _listed(names: Sequence[str]) -> str:
    shown = list(dict.fromkeys(names))
    more = f" and {len(shown) - _NAMES_SHOWN} more" if len(shown) > _NAMES_SHOWN else ""
    return ", ".join(shown[:_NAMES_SHOWN]) + more


def _tip(area: Area, request: Request, value: str | None) -> str:
    """Return the tooltip of an area, such as "Syria: 12 (10 to under 20)"."""
    if value is None:
        return f"{area.name}: {request.label}" if request.label else area.name
    return f"{area.name}: {value}" + (f" ({request.label})" if request.label != value else "")
