"""The Python interface of mapgen.

Paths of articles come in; a `Situation` goes out, which can be saved as a map, exported to other
formats, turned into GeoDataFrames, dated back to an earlier day and extended with more articles.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING, Any, TypeVar

from mapgen import model, pipeline
from mapgen.core.formats import check_page
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
    """A situation together with its settings, ready to be drawn and exported.

    Make one with `build`.
    """

    settings: Settings = field(default_factory=Settings)
    coded: model.Extraction | None = None  # claims before corrections, if these changed anything

    def to_html(self) -> str:
        """Return the map as a self-contained HTML page."""
        with _gazetteer() as places:
            return pipeline.page(self._shown(places))

    def save(self, path: str | Path) -> None:
        """Write the map as an HTML page, and the formats in the settings beside it.

        Missing folders are created. An existing map is replaced only once the new one is complete.

        Parameters
        ----------
        path
            Path of the HTML file.

        Raises
        ------
        OutputError
            If a file cannot be written, if another format would overwrite the map, or if the path
            has the ending of another kind of file.
        """
        check_page(path)
        pipeline.files_beside(path, self.settings)  # raises before anything is written
        with _gazetteer() as places:
            shown = self._shown(places)
            pipeline.write_map(shown, path)
            if self.settings.formats:
                pipeline.write_formats(shown, path, self.settings.formats)

    def export(self, path: str | Path) -> None:
        """Write the situation in the format that the suffix of a path names.

        The formats and their columns are described in ``docs/exports.md``. For ``.csv`` a second
        table, of events, is written beside the first. Coarsened displacement is coarse in all
        formats.

        Parameters
        ----------
        path
            Path with a suffix such as ``.geojson``, ``.gpkg``, ``.kml`` or ``.csv``.

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
        """Return the map as a picture that notebooks display.

        Parameters
        ----------
        size
            ``a4``, ``a5``, ``slide`` or ``column``.
        dates
            Days (``YYYY-MM-DD``) separated by commas, for small maps side by side.
        dpi
            Resolution in pixels per inch, 50 to 600.

        Returns
        -------
        Picture
            The bytes of a PNG file.

        Raises
        ------
        FigureError
            If the size is unknown, the resolution out of range, or a day outside the situation.
        SettingsError
            If a day is not in the form ``YYYY-MM-DD``.
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
        """Return one row for each place of each event.

        Returns
        -------
        geopandas.GeoDataFrame
            In EPSG:4326; see `mapgen.export.frames.event_frames.events_frame` for the columns.
        """
        from mapgen.export.frames.event_frames import events_frame  # noqa: PLC0415  loads the map libraries

        return self._framed(events_frame)

    def control(self) -> GeoDataFrame:
        """Return who holds each place on the day of the situation.

        Returns
        -------
        geopandas.GeoDataFrame
            In EPSG:4326; see `mapgen.export.frames.situation_frames.control_frame` for the columns.
        """
        from mapgen.export.frames.situation_frames import control_frame  # noqa: PLC0415

        return self._framed(control_frame)

    def areas(self) -> GeoDataFrame:
        """Return areas of control, estimated or as given by the user.

        Returns
        -------
        geopandas.GeoDataFrame
            In EPSG:4326; see `mapgen.export.frames.ground_frames.area_frame` for the columns.
        """
        from mapgen.export.frames.ground_frames import area_frame  # noqa: PLC0415

        return self._framed(area_frame)

    def front_line(self) -> GeoDataFrame:
        """Return estimated front lines.

        Returns
        -------
        geopandas.GeoDataFrame
            In EPSG:4326; see `mapgen.export.frames.ground_frames.front_frame` for the columns.
        """
        from mapgen.export.frames.ground_frames import front_frame  # noqa: PLC0415

        return self._framed(front_frame)

    def flows(self) -> GeoDataFrame:
        """Return movements of people.

        Returns
        -------
        geopandas.GeoDataFrame
            In EPSG:4326; see `mapgen.export.frames.situation_frames.flow_frame` for the columns.
        """
        from mapgen.export.frames.situation_frames import flow_frame  # noqa: PLC0415

        return self._framed(flow_frame)

    def claims(self) -> GeoDataFrame:
        """Return the claims of the articles, both on and off the map.

        Returns
        -------
        geopandas.GeoDataFrame
            In EPSG:4326; see `mapgen.export.frames.event_frames.claims_frame` for the columns.
        """
        from mapgen.export.frames.event_frames import claims_frame  # noqa: PLC0415

        return self._framed(claims_frame)

    def off_map(self) -> GeoDataFrame:
        """Return what is off the map, with the reasons.

        Returns
        -------
        geopandas.GeoDataFrame
            In EPSG:4326; see `mapgen.export.frames.situation_frames.off_map_frame` for the columns.
        """
        from mapgen.export.frames.situation_frames import off_map_frame  # noqa: PLC0415

        return self._framed(off_map_frame)

    def sources(self) -> DataFrame:
        """Return how many articles each source printed on each day.

        It shows whether it was quiet on a day or a source stopped.

        Returns
        -------
        pandas.DataFrame
            See `mapgen.export.frames.ledger_frame.ledger_frame` for the columns.
        """
        from mapgen.export.frames.ledger_frame import ledger_frame  # noqa: PLC0415

        return self._framed(ledger_frame)

    def at(self, day: date | str) -> Situation:
        """Return the situation as of an earlier day.

        The result contains what had happened by that day according to all articles, including
        later ones. An event counts from the last day on which it can have happened, and an undated
        event from the day of its report. The result does not keep what happened later, so call
        this on the full situation for each day.

        Parameters
        ----------
        day
            A date, or text in the form ``YYYY-MM-DD``.

        Returns
        -------
        Situation
            A new situation with ``as_of`` set to the day.

        Raises
        ------
        SettingsError
            If the day is not in the form ``YYYY-MM-DD``.
        """
        from mapgen.merging.cut_and_join import until  # noqa: PLC0415

        chosen = self.settings.updated(as_of=day)
        last = chosen.as_of
        if last is None:  # cannot happen, because a day was given
            return self
        made = _situated(until(self._coded, last), chosen)
        known = tuple(row for row in made.baseline if row.as_of <= last)
        given = tuple(area for area in made.given_areas if area.as_of <= last)
        return replace(made, baseline=known, given_areas=given)

    def diff(self, day1: date | str, day2: date | str) -> DataFrame:
        """Return what changed between two days.

        Parameters
        ----------
        day1, day2
            Dates, or text in the form ``YYYY-MM-DD``.

        Returns
        -------
        pandas.DataFrame
            See `mapgen.export.frames.situation_frames.changes_frame` for the columns.

        Raises
        ------
        SettingsError
            If a day is not in the form ``YYYY-MM-DD``.
        """
        from mapgen.export.frames.situation_frames import changes_frame  # noqa: PLC0415

        before, after = self.at(day1), self.at(day2)
        return before._framed(lambda first: after._framed(lambda then: changes_frame(first, then)))

    def __add__(self, articles: Articles) -> Situation:
        """Return the situation with more articles.

        The existing articles are kept and not read again, and articles that are already present are
        not added twice. The result is the same as that of `build` with all articles at once.

        Parameters
        ----------
        articles
            One or more paths or `mapgen.model.Article` records.

        Returns
        -------
        Situation
            A new situation with the same settings.

        Raises
        ------
        NoInputError
            If no article could be read.
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
        """The claims before corrections, which are applied again to every new situation."""
        return self.coded or self.extraction

    def _framed(self, frame: Callable[[Shown], _Frame]) -> _Frame:
        """Make a frame of what may be shown, coarsened as the settings require."""
        with _gazetteer() as places, using(self.settings.tables):
            return frame(self._shown(places))

    def _shown(self, places: Gazetteer) -> Shown:
        """Return what may be shown, which all outputs are made from, and log its remarks."""
        shown = pipeline.shown(self, places, self.settings)
        for remark in shown.remarks:
            _LOG.warning("%s", remark)
        return shown

    def _repr_mimebundle_(
        self, include: object = None, exclude: object = None
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        """Show the map in a notebook: in a sandboxed frame, or as a picture."""
        del include, exclude
        with _gazetteer() as places:
            return pipeline.notebook_bundle(self._shown(places))

    def _repr_html_(self) -> str:
        """Show the map in a sandboxed frame that cannot access the notebook."""
        return str(self._repr_mimebundle_()[0]["text/html"])


def build(  # noqa: PLR0913  all but the first are keywords with defaults
    inputs: Sequence[str | Path] | str | Path,
    *,
    settings: Settings | None = None,
    published_on: date | str | None = None,
    country: str | None = None,
    columns: str | None = None,
    title: str | None = None,
    as_of: date | str | None = None,
    baseline: str | Path | None = None,
    corrections: str | Path | None = None,
    tables: str | Path | Tables | None = None,
) -> Situation:
    """Make a situation from articles.

    Inputs that cannot be read and corrections without effect are logged as warnings.

    Parameters
    ----------
    inputs
        Files and folders of articles.
    settings
        Settings to start from. The keywords below override it.
    published_on
        Day of publication (``YYYY-MM-DD``), for articles that do not state it.
    country
        Country of the articles (ISO 3166-1 alpha-2), for articles that do not state it.
    columns
        Columns of tables of articles, such as ``text=notes,date=event_date:dmy``.
    title
        Headline of the map. By default it is generated from the events.
    as_of
        Day that the map shows (``YYYY-MM-DD``). By default it is the last day of the articles.
    baseline
        Who held what before: a CSV file, GeoJSON areas of control, or the name of a packaged table.
    corrections
        CSV file of an analyst's corrections.
    tables
        Folder of tables that extend the packaged ones (parties, sides, verbs, words, colours), or
        the result of `mapgen.core.tables.folder.read_tables`.

    Returns
    -------
    Situation
        The situation on its day.

    Raises
    ------
    NoInputError
        If no article could be read.
    SettingsError
        If a setting has an invalid value.
    """
    chosen = (settings or Settings()).updated(
        published_on=published_on,
        country=country,
        columns=columns,
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
    """Merge an extraction into a situation, and log the corrections without effect."""
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
    columns: str | None = None,
    tables: str | Path | Tables | None = None,
) -> model.Extraction:
    """Read articles and return their sentences and claims, without merging them into events.

    Parameters
    ----------
    inputs
        Files and folders of articles.
    settings
        Settings to start from. The keywords below override it.
    published_on
        Day of publication (``YYYY-MM-DD``), for articles that do not state it.
    country
        Country of the articles (ISO 3166-1 alpha-2), for articles that do not state it.
    columns
        Columns of tables of articles, such as ``text=notes,date=event_date:dmy``.
    tables
        Folder of tables that extend the packaged ones, as for `build`.

    Returns
    -------
    mapgen.model.Extraction
        Articles, sentences and claims.

    Raises
    ------
    NoInputError
        If no article could be read.
    SettingsError
        If a setting has an invalid value.
    """
    chosen = (settings or Settings()).updated(
        published_on=published_on, country=country, columns=columns, tables=tables
    )
    articles = _logged(pipeline.read_articles(_listed(inputs), chosen)).articles
    with _gazetteer() as places:
        return _coded(articles, places, chosen)


def _listed(inputs: Sequence[_Input] | _Input) -> Sequence[_Input]:
    """Return a single input as a list of one, since a string is itself a sequence."""
    return inputs if isinstance(inputs, list | tuple) else [inputs]  # type: ignore[list-item]


def _logged(result: ReadResult) -> ReadResult:
    """Log the inputs that were refused in one warning, and return the result."""
    if result.refused:
        reasons = "\n  ".join(str(err) for err in result.refused)
        _LOG.warning("%d inputs were refused:\n  %s", len(result.refused), reasons)
    return result


def _coded(
    articles: Sequence[model.Article], places: Gazetteer, settings: Settings
) -> model.Extraction:
    """Code articles, and log those that their coder refused in one warning."""
    extraction = pipeline.extract(articles, places, settings)
    refused = pipeline.not_coded(extraction)
    if refused:
        reasons = "\n  ".join(str(err) for err in refused)
        _LOG.warning("%d of %d articles refused:\n  %s", len(refused), len(articles), reasons)
    return extraction


def _gazetteer() -> Gazetteer:
    """Open the gazetteer, which is compiled on first use."""
    from gazetteer import Gazetteer  # noqa: PLC0415  loads its matcher

    return Gazetteer.open()
