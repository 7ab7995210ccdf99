"""The interface of ``import mapgen``: from articles to a situation that can save itself."""

from __future__ import annotations

import html
import logging
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any

from mapgen import model, pipeline
from mapgen.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from geopandas import GeoDataFrame

    from gazetteer import Gazetteer
    from mapgen.articles import ReadResult

_LOG = logging.getLogger("mapgen")


@dataclass(frozen=True, kw_only=True, slots=True)
class Situation(model.Situation):
    """A situation with the settings it was made by, ready to be drawn."""

    settings: Settings = field(default_factory=Settings)

    def to_html(self) -> str:
        """Return the map as one self-contained HTML page."""
        with _gazetteer() as places:
            return pipeline.page(self, places, self.settings)

    def save(self, path: str | Path) -> None:
        """Write the map to a file; folders are made, an older map is replaced whole.

        Raises
        ------
        OutputError
            If the file cannot be written.
        """
        with _gazetteer() as places:
            pipeline.write_map(self, path, places, self.settings)

    def to_folium(self) -> Any:  # noqa: ANN401  folium has no types; it is named in render only
        """Return the map as a ``folium.Map`` to which layers can be added."""
        from mapgen.pagedata import page_data  # noqa: PLC0415  loads the map libraries
        from mapgen.render.html import folium_map  # noqa: PLC0415

        with _gazetteer() as places:
            return folium_map(page_data(self, places, settings=self.settings))

    def to_geodataframe(self) -> GeoDataFrame:
        """Return one row for each place of each event (EPSG:4326); see `mapgen.frames`."""
        from mapgen.frames import events_frame  # noqa: PLC0415  loads the map libraries

        with _gazetteer() as places:
            return events_frame(self, places)

    def _repr_html_(self) -> str:
        """Show the map in a notebook, shut off from the notebook's own page."""
        page = html.escape(self.to_html(), quote=True)
        return (
            f'<iframe srcdoc="{page}" sandbox="allow-scripts" title="Situation map" '
            'style="width:100%;height:640px;border:0"></iframe>'
        )


def build(
    inputs: Sequence[str | Path] | str | Path,
    *,
    settings: Settings | None = None,
    published_on: date | str | None = None,
    country: str | None = None,
    title: str | None = None,
    as_of: date | str | None = None,
    baseline: str | Path | None = None,
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

    Raises
    ------
    NoInputError
        If not one article could be read. Single inputs that were refused are logged as warnings.
    SettingsError
        If a setting has a value we do not know.
    """
    chosen = (settings or Settings()).updated(
        published_on=published_on, country=country, title=title, as_of=as_of, baseline=baseline
    )
    articles = _logged(pipeline.read_articles(_listed(inputs), chosen)).articles
    with _gazetteer() as places:
        made = pipeline.situate(pipeline.extract(articles, places, chosen), places, chosen)
    return Situation(**{f.name: getattr(made, f.name) for f in fields(made)}, settings=chosen)


def extract(
    inputs: Sequence[str | Path] | str | Path,
    *,
    settings: Settings | None = None,
    published_on: date | str | None = None,
    country: str | None = None,
) -> model.Extraction:
    """Return what articles claim, sentence by sentence; parameters as for `build`.

    Raises
    ------
    NoInputError
        If not one article could be read.
    SettingsError
        If a setting has a value we do not know.
    """
    chosen = (settings or Settings()).updated(published_on=published_on, country=country)
    articles = _logged(pipeline.read_articles(_listed(inputs), chosen)).articles
    with _gazetteer() as places:
        return pipeline.extract(articles, places, chosen)


def _listed(inputs: Sequence[str | Path] | str | Path) -> Sequence[str | Path]:
    """Return one path as a list of one: a text is not a list of letters."""
    return inputs if isinstance(inputs, list | tuple) else [inputs]  # type: ignore[list-item]


def _logged(result: ReadResult) -> ReadResult:
    """Log what was not read, in one warning."""
    if result.refused:
        reasons = "\n  ".join(str(err) for err in result.refused)
        _LOG.warning("%d inputs were refused:\n  %s", len(result.refused), reasons)
    return result


def _gazetteer() -> Gazetteer:
    """Open the gazetteer; compiled on first use."""
    from gazetteer import Gazetteer  # noqa: PLC0415  loads its matcher

    return Gazetteer.open()
