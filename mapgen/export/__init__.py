"""Export a situation to files for other programs.

What may be shown comes in; files and GeoDataFrames go out. ``write(shown, path)`` chooses the
format by the suffix of the path. All formats write the same layers.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from mapgen.core.files import check_output, write_bytes_atomically
from mapgen.core.formats import beside, files_of, formats_of
from mapgen.drawing.figure import write_picture
from mapgen.export.formats.acled import acled_table
from mapgen.export.formats.csv_parquet import csv_table, parquet
from mapgen.export.formats.geojson import geojson
from mapgen.export.formats.geopackage import geopackage
from mapgen.export.formats.kml import kml, kmz
from mapgen.export.formats.source_ledger import source_ledger
from mapgen.export.layers import layers_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from mapgen.export.layers import Layers
    from mapgen.situation.shown import Shown

__all__ = ["changes", "frames", "report", "story_draft", "write"]

_MARK = "\ufeff"  # byte order mark, without which spreadsheets do not read CSV as UTF-8
_MAKERS: dict[str, Callable[[Layers], str | bytes]] = {
    ".geojson": geojson,
    ".gpkg": geopackage,
    ".kml": kml,
    ".kmz": kmz,
    ".csv": lambda layers: _MARK + csv_table(layers),
    ".events.csv": lambda layers: _MARK + acled_table(layers),
    ".sources.csv": lambda layers: _MARK + source_ledger(layers),
    ".parquet": parquet,
}


def write(
    shown: Shown,
    path: str | Path,
    formats: Sequence[str] | None = None,
) -> list[Path]:
    """Write a situation in one or more formats.

    Parameters
    ----------
    shown
        What may be shown. Its settings limit the length of quotes.
    path
        Path of the file. If formats are given, its suffix is replaced by that of each format.
    formats
        Names in `mapgen.core.formats.SUFFIXES`. By default the suffix of the path names the format.

    Returns
    -------
    list of Path
        The files that were written.

    Raises
    ------
    SettingsError
        If a format is unknown.
    OutputError
        If a file cannot be written.
    """
    chosen = formats_of(Path(path).suffix) if formats is None else tuple(formats)
    targets = files_of(path, chosen)
    for target in targets:
        check_output(target)
    made = [s for s in _MAKERS if beside(path, s) in targets]
    layers = layers_of(shown) if made else None
    for target in targets:
        suffix = next((s for s in made if beside(path, s) == target), None)
        if layers is not None and suffix is not None:
            made_of = (
                geopackage(layers, target.name) if suffix == ".gpkg" else _MAKERS[suffix](layers)
            )
            data = made_of.encode("utf-8") if isinstance(made_of, str) else made_of
            write_bytes_atomically(target, data)
        else:
            write_picture(shown, target)
    return targets
