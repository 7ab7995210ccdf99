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
from mapgen.locators.disputed import disputed_notes
from mapgen.locators.draw import Drawing, Labels, LegendRow, draw
from mapgen.locators.extent import frame_for
from mapgen.locators.former import former_notes
from mapgen.locators.layout import MARGIN_IN, LegendPlace, layout_of, sheet_of
from mapgen.locators.shapes import cut_shapes
from mapgen.locators.svg_and_html import html_page, shortened, with_titles
from mapgen.locators.value_table import Classes, read_values

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapgen.locators.areas import Area
    from mapgen.locators.colours import Fill
    from mapgen.locators.requests import Request

__all__ = ["Classes", "Legend", "Locator", "check_format", "locator"]

NO_BORDERS = "none"
_NAMES_SHOWN = 6  # in the legend, for a fill without a label
SUFFIXES = (".svg", ".html", ".htm", ".png", ".pdf")
CREDIT = (
    "Boundaries: Natural Earth (public domain), {view}; dashed: disputed."
    " Names: GeoNames (CC BY 4.0). Made with mapgen."
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Legend:
    """How the legend looks."""

    title: str | None = None
    """Heading above the rows, such as "Refugees"; none by default."""

    unit: str | None = None
    """Unit of the numbers of a table, such as "people"."""

    place: LegendPlace = "below"
    """``below`` the map, in a corner of it (``top-left`` ...), or ``none``."""

    @property
    def heading(self) -> str | None:
        """The title with the unit: "Refugees (people)"."""
        if self.title and self.unit:
            return f"{self.title} ({self.unit})"
        return self.title or self.unit


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
        from mapgen.drawing.figure.tagged_pdf import tagged_pdf  # noqa: PLC0415  loads pypdf

        return tagged_pdf(draw(self.drawing, "pdf", self.notes), self._title, self._description)

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


def locator(  # noqa: PLR0913  all but the areas are keywords with defaults
    *areas: str,
    data: str | Path | None = None,
    column: str | None = None,
    classes: Classes | None = None,
    legend: Legend | None = None,
    title: str | None = None,
    zoom: str | None = None,
    size: str | None = None,
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
    legend
        Title, unit and place of the legend.
    title
        Headline; none by default.
    size
        A size of pictures (``a4``, ``a5``, ``slide``, ``column``, ``card``), or width and height in
        mm, such as ``160x120``. By default 203 mm wide, and as high as the map needs.
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
    legend = legend or Legend()
    _check("labels", labels, get_args(Labels))
    _check("legend", legend.place, get_args(LegendPlace))
    view, sheet = _view(borders), sheet_of(size)
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
        chosen = _each_once(requests, found)
        listed = [area for area, _, _ in chosen]
        told = former_notes(listed)
        told += disputed_notes(listed, view) if borders != NO_BORDERS else []
        rows = () if legend.place == "none" else _legend(requests, found)
        headline = " ".join(title.split()) if title else None
        layout = layout_of(
            sheet,
            title=headline,
            foot=[*_without_options(told), CREDIT.format(view=told_view(view))],
            labels=[row.label for row in rows],
            heading=legend.heading,
            place=legend.place,
        )
        outlines = [gazetteer.geometry(area.id) for area in listed]
        frame = frame_for(zoom, [o for o in outlines if o is not None], gazetteer, notes)
        room = layout.map_in(sheet)
        if room is not None:
            frame = frame.widened((sheet.width_in - 2 * MARGIN_IN) / room)
        shapes = cut_shapes(frame, listed, gazetteer, view=view, provinces=provinces)
    outside = [a.name for a, s in zip(listed, shapes.areas, strict=True) if s.is_empty]
    if outside:
        notes.append(f"Outside the map: {', '.join(outside)}.")
    drawing = Drawing(
        frame=frame,
        shapes=shapes,
        fills=tuple(request.fill for _, request, _ in chosen),
        names=tuple(area.name for area in listed),
        country_names=_country_names(listed),
        order=tuple(sorted(range(len(listed)), key=lambda i: (LEVELS[listed[i].feature] > 0, i))),
        legend=rows,
        legend_title=legend.heading,
        legend_place=legend.place,
        labels=labels,
        borders=borders != NO_BORDERS,
        sheet=sheet,
        layout=layout,
        title=headline,
    )
    tips = tuple(_tip(area, request, value, legend.unit) for area, request, value in chosen)
    return Locator(drawing=drawing, areas=tuple(listed), tips=tips, notes=[*notes, *told])


def _check(name: str, value: str, known: Sequence[str]) -> None:
    if value not in known:
        message = f"{name}: {value!r} is none of {', '.join(known)}"
        raise LocatorError(message)


def _without_options(notes: Sequence[str]) -> list[str]:
    """Return notes without what they say about options, which a reader of the map has not."""
    return [note.partition(" --")[0] for note in notes]


def _country_names(areas: Sequence[Area]) -> dict[str, str]:
    """Return the names of the countries that are not filled, by code."""
    filled = {area.country for area in areas if LEVELS[area.feature] == 0}
    told = World.load().countries()
    return {code: str(one["name"]) for code, one in told.items() if code not in filled}


def _view(borders: str) -> str:
    """Return a view of `gazetteer.views`; without borders, the de facto one."""
    try:
        return DE_FACTO if borders == NO_BORDERS else parse_view(borders)
    except ValueError as err:
        message = f"borders: {err}"
        raise LocatorError(message) from err


def _each_once(
    requests: Sequence[Request], found: Sequence[Area]
) -> list[tuple[Area, Request, str | None]]:
    """Return each area with its request and value; words override a table.

    Raises
    ------
    LocatorError
        If two rows of a table, or two words, are about one area. The message names both.
    """
    chosen: dict[str, tuple[Area, Request, str | None]] = {}
    told: dict[tuple[str, bool], tuple[int, str]] = {}  # row and words of each area
    faults: list[str] = []
    areas = iter(found)
    for request in requests:
        for i, name in enumerate(request.names):
            area = next(areas)
            row = request.rows[i] if request.rows else 0
            named = (row, f'row {row} ("{name}")' if row else f'"{name}"')
            key = (area.id, bool(row))
            if key in told:
                (_, first), (_, second) = sorted((told[key], named))
                faults.append(f"{first} and {second} are one area, {area.name}: keep one of them")
            told.setdefault(key, named)
            chosen[area.id] = (area, request, request.values[i] if request.values else None)
    if faults:
        raise LocatorError("; ".join(faults))
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


def _tip(area: Area, request: Request, value: str | None, unit: str | None) -> str:
    """Return the tooltip of an area, such as "Syria: 12 people (10 to under 20)"."""
    if value is None:
        return f"{area.name}: {request.label}" if request.label else area.name
    told = f"{value} {unit}" if unit else value
    return f"{area.name}: {told}" + (f" ({request.label})" if request.label != value else "")
