"""The interface of ``import mapgen``: from articles to a situation that can save itself."""

from __future__ import annotations

import html
import logging
from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING, Any, TypeVar

from mapgen import model, pipeline
from mapgen.core.tables.in_force import using
from mapgen.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date
    from pathlib import Path

    from geopandas import GeoDataFrame
    from pandas import DataFrame

    from gazetteer import Gazetteer
    from mapgen.core.tables.in_force import Tables
    from mapgen.drawing.figure import Picture
    from mapgen.reading.articles import ReadResult
    from mapgen.situation.shown import Shown

    Articles = Sequence[str | Path | model.Article] | str | Path | model.Article

_Frame = TypeVar("_Frame")
_Input = TypeVar("_Input")
_LOG = logging.getLogger("mapgen")


@dataclass(frozen=True, kw_only=True, slots=True)
class Situation(model.Situation):
    """A situation with the settings it was made by, ready to be drawn."""

    settings: Settings = field(default_factory=Settings)
    coded: model.Extraction | None = None  # what was read, where corrections changed it

    def to_html(self) -> str:
        """Return the map as one self-contained HTML page."""
        with _gazetteer() as places:
            return pipeline.page(self._shown(places))

    def save(self, path: str | Path) -> None:
        """Write the map to a file; folders are made, an older map is replaced whole.

        The formats that the settings name are written beside it.

        Raises
        ------
        OutputError
            If a file cannot be written, or two would be one.
        """
        pipeline.files_beside(path, self.settings)  # told before anything is written
        with _gazetteer() as places:
            shown = self._shown(places)
            pipeline.write_map(shown, path)
            if self.settings.formats:
                pipeline.write_formats(shown, path, self.settings.formats)

    def export(self, path: str | Path) -> None:
        """Write the situation as its suffix says: ``.geojson``, ``.gpkg``, ``.kml``, ``.csv`` ...

        Formats and their columns are in ``docs/exports.md``; ``.csv`` writes a second table of
        events beside the first. What the settings coarsen is coarse here too.

        Raises
        ------
        SettingsError
            If no format has this suffix.
        OutputError
            If the file cannot be written.
        """
        with _gazetteer() as places:
            pipeline.write_formats(self._shown(places), path)

    def figure(self, *, size: str = "a4", dates: str = "", dpi: int = 110) -> Picture:
        """Return the map as a picture that a notebook shows: the bytes of a PNG file.

        Parameters
        ----------
        size
            ``a4``, ``a5``, ``slide`` or ``column``.
        dates
            Days (``YYYY-MM-DD``) separated by commas: small maps side by side.
        dpi
            Pixels per inch, 50 to 600.

        Raises
        ------
        FigureError
            If a size or day is not known; both are ``ValueError``.
        SettingsError
            If a day is not written ``YYYY-MM-DD``.
        """
        from mapgen.drawing.data.page_data import picture_data  # noqa: PLC0415
        from mapgen.drawing.figure import Picture, picture_bytes  # noqa: PLC0415  loads matplotlib
        from mapgen.settings import listed_days  # noqa: PLC0415

        days = listed_days(dates)
        with _gazetteer() as places, using(self.settings.tables):
            data = picture_data(self._shown(places))
            return Picture(picture_bytes(data, "png", size=size, days=days, dpi=dpi))

    def to_folium(self) -> Any:  # noqa: ANN401  folium has no types; it is named in render only
        """Return the map as a ``folium.Map`` to which layers can be added."""
        from mapgen.drawing.data.page_data import page_data  # noqa: PLC0415  loads the map libraries
        from mapgen.drawing.page.html import folium_map  # noqa: PLC0415

        with _gazetteer() as places, using(self.settings.tables):
            return folium_map(page_data(self._shown(places)))

    def to_geodataframe(self) -> GeoDataFrame:
        """Return one row for each place of each event (EPSG:4326); see `events_frame`."""
        from mapgen.export.frames.event_frames import events_frame  # noqa: PLC0415  loads the map libraries

        return self._framed(events_frame)

    def control(self) -> GeoDataFrame:
        """Return who holds each place; columns in `control_frame`."""
        from mapgen.export.frames.situation_frames import control_frame  # noqa: PLC0415

        return self._framed(control_frame)

    def areas(self) -> GeoDataFrame:
        """Return estimated areas of control; columns in `area_frame`."""
        from mapgen.export.frames.ground_frames import area_frame  # noqa: PLC0415

        return self._framed(area_frame)

    def front_line(self) -> GeoDataFrame:
        """Return estimated front lines; columns in `front_frame`."""
        from mapgen.export.frames.ground_frames import front_frame  # noqa: PLC0415

        return self._framed(front_frame)

    def flows(self) -> GeoDataFrame:
        """Return movements of people; columns in `flow_frame`."""
        from mapgen.export.frames.situation_frames import flow_frame  # noqa: PLC0415

        return self._framed(flow_frame)

    def claims(self) -> GeoDataFrame:
        """Return what articles state, on or off the map; see `claims_frame`."""
        from mapgen.export.frames.event_frames import claims_frame  # noqa: PLC0415

        return self._framed(claims_frame)

    def off_map(self) -> GeoDataFrame:
        """Return what is off the map and why; see `off_map_frame`."""
        from mapgen.export.frames.situation_frames import off_map_frame  # noqa: PLC0415

        return self._framed(off_map_frame)

    def at(self, day: date | str) -> Situation:
        """Return the situation as of a day: what had happened by then, by all articles here.

        An event counts from the last day on which it can have happened, an undated one from the
        day it was reported. Ask the whole situation for each day: what is later is not kept.

        Raises
        ------
        SettingsError
            If the day is not written ``YYYY-MM-DD``.
        """
        from mapgen.merging.cut_and_join import until  # noqa: PLC0415

        chosen = self.settings.updated(as_of=day)
        last = chosen.as_of
        if last is None:  # not possible: a day was given
            return self
        made = _situated(until(self._coded, last), chosen)
        known = tuple(row for row in made.baseline if row.as_of <= last)
        given = tuple(area for area in made.given_areas if area.as_of <= last)
        return replace(made, baseline=known, given_areas=given)

    def diff(self, day1: date | str, day2: date | str) -> DataFrame:
        """Return what changed between two days; see `changes_frame`.

        Raises
        ------
        SettingsError
            If a day is not written ``YYYY-MM-DD``.
        """
        from mapgen.export.frames.situation_frames import changes_frame  # noqa: PLC0415

        before, after = self.at(day1), self.at(day2)
        return before._framed(lambda first: after._framed(lambda then: changes_frame(first, then)))

    def __add__(self, articles: Articles) -> Situation:
        """Return the situation with more articles: paths, or `mapgen.model.Article` records.

        Nothing that is here is lost or read again, and articles that are here are not added twice;
        the result is the same as that of building from all at once.

        Raises
        ------
        NoInputError
            If not one article could be read.
        """
        from mapgen.merging.cut_and_join import together, unread  # noqa: PLC0415

        listed: Sequence[str | Path | model.Article] = _listed(articles)
        given = [a for a in listed if isinstance(a, model.Article)]
        paths = [a for a in listed if not isinstance(a, model.Article)]
        if paths:
            given += _logged(pipeline.read_articles(paths, self.settings)).articles
        new = unread(given, self._coded.articles)
        with _gazetteer() as places:
            more = _coded(new, places, self.settings)
        return _situated(together(self._coded, more), self.settings)

    @property
    def _coded(self) -> model.Extraction:
        """What the articles say, before an analyst's corrections: those are applied anew."""
        return self.coded or self.extraction

    def _framed(self, frame: Callable[[Shown], _Frame]) -> _Frame:
        """Make a frame of what may be shown: as coarse as the settings ask."""
        with _gazetteer() as places, using(self.settings.tables):
            return frame(self._shown(places))

    def _shown(self, places: Gazetteer) -> Shown:
        """Return what may be shown: all that the methods above are given."""
        shown = pipeline.shown(self, places, self.settings)
        for remark in shown.remarks:
            _LOG.warning("%s", remark)
        return shown

    def _repr_html_(self) -> str:
        """Show the map in a notebook, shut off from the notebook's own page."""
        page = html.escape(self.to_html(), quote=True)
        return (
            f'<iframe srcdoc="{page}" sandbox="allow-scripts" title="Situation map" '
            'style="width:100%;height:640px;border:0"></iframe>'
        )


def build(  # noqa: PLR0913  each has a default, and a keyword
    inputs: Sequence[str | Path] | str | Path,
    *,
    settings: Settings | None = None,
    published_on: date | str | None = None,
    country: str | None = None,
    title: str | None = None,
    as_of: date | str | None = None,
    baseline: str | Path | None = None,
    corrections: str | Path | None = None,
    tables: str | Path | Tables | None = None,
) -> Situation:
    """Make a situation from articles.

    Parameters
    ----------
    inputs
        Files and folders of articles.
    settings
        Settings to begin with; the keywords after it win.
    published_on, country
        For articles that do not state them (day as ``YYYY-MM-DD``; ISO 3166-1 alpha-2).
    title, as_of, baseline
        Headline, day shown, and who held what before; see `Settings`.
    corrections
        An analyst's decisions; those without effect are logged as a warning.
    tables
        Parties, sides, verbs, words and colours of your own, laid over the packaged ones: a folder,
        or what `mapgen.core.tables.folder.read_tables` made of one.

    Raises
    ------
    NoInputError
        If not one article could be read. Single inputs that were refused are logged as warnings.
    SettingsError
        If a setting has a value we do not know.
    """
    chosen = (settings or Settings()).updated(
        published_on=published_on,
        country=country,
        title=title,
        as_of=as_of,
        baseline=baseline,
        corrections=corrections,
        tables=tables,
    )
    articles = _logged(pipeline.read_articles(_listed(inputs), chosen)).articles
    with _gazetteer() as places:
        extraction = _coded(articles, places, chosen)
    return _situated(extraction, chosen)


def _situated(extraction: model.Extraction, settings: Settings) -> Situation:
    with _gazetteer() as places:
        made = pipeline.situate(extraction, places, settings)
    if made.correction_notes:
        _LOG.warning("corrections:\n  %s", "\n  ".join(made.correction_notes))
    return Situation(
        **{f.name: getattr(made, f.name) for f in fields(made)},
        settings=settings,
        coded=None if made.extraction == extraction else extraction,
    )


def extract(
    inputs: Sequence[str | Path] | str | Path,
    *,
    settings: Settings | None = None,
    published_on: date | str | None = None,
    country: str | None = None,
    tables: str | Path | Tables | None = None,
) -> model.Extraction:
    """Return what articles claim, sentence by sentence; parameters as for `build`.

    Raises
    ------
    NoInputError
        If not one article could be read.
    SettingsError
        If a setting has a value we do not know.
    """
    chosen = (settings or Settings()).updated(
        published_on=published_on, country=country, tables=tables
    )
    articles = _logged(pipeline.read_articles(_listed(inputs), chosen)).articles
    with _gazetteer() as places:
        return _coded(articles, places, chosen)


def _listed(inputs: Sequence[_Input] | _Input) -> Sequence[_Input]:
    """Return one path as a list of one: a text is not a list of letters."""
    return inputs if isinstance(inputs, list | tuple) else [inputs]  # type: ignore[list-item]


def _logged(result: ReadResult) -> ReadResult:
    """Log what was not read, in one warning."""
    if result.refused:
        reasons = "\n  ".join(str(err) for err in result.refused)
        _LOG.warning("%d inputs were refused:\n  %s", len(result.refused), reasons)
    return result


def _coded(
    articles: Sequence[model.Article], places: Gazetteer, settings: Settings
) -> model.Extraction:
    """Code articles; log those that their coder refused, in one warning."""
    extraction = pipeline.extract(articles, places, settings)
    refused = pipeline.not_coded(extraction)
    if refused:
        reasons = "\n  ".join(str(err) for err in refused)
        _LOG.warning("%d of %d articles refused:\n  %s", len(refused), len(articles), reasons)
    return extraction


def _gazetteer() -> Gazetteer:
    """Open the gazetteer; compiled on first use."""
    from gazetteer import Gazetteer  # noqa: PLC0415  loads its matcher

    return Gazetteer.open()
