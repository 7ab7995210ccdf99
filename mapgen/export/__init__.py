"""A situation as files for other programs: one module a format, one set of layers for all.

``write(situation, gazetteer, settings, path)`` chooses the format by the suffix of the path.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from mapgen.export.acled import acled_table
from mapgen.export.geojson import geojson
from mapgen.export.geopackage import geopackage
from mapgen.export.kml import kml, kmz
from mapgen.export.layers import layers_of
from mapgen.export.tables import csv_table, parquet
from mapgen.figure import write_picture
from mapgen.files import check_output, write_bytes_atomically
from mapgen.formats import beside, files_of, formats_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from mapgen.atlas import Atlas
    from mapgen.export.layers import Layers
    from mapgen.model import Situation
    from mapgen.settings import Settings

__all__ = ["write"]

_MARK = "\ufeff"  # without it spreadsheets do not take CSV for UTF-8
_MAKERS: dict[str, Callable[[Layers], str | bytes]] = {
    ".geojson": geojson,
    ".gpkg": geopackage,
    ".kml": kml,
    ".kmz": kmz,
    ".csv": lambda layers: _MARK + csv_table(layers),
    ".events.csv": lambda layers: _MARK + acled_table(layers),
    ".parquet": parquet,
}


def write(
    situation: Situation,
    atlas: Atlas,
    settings: Settings,
    path: str | Path,
    formats: Sequence[str] | None = None,
) -> list[Path]:
    """Write a situation in one or more formats, and return the files that were written.

    Parameters
    ----------
    situation, atlas, settings
        What is written: as coarse, and with quotes as short, as the settings ask.
    path
        Its suffix chooses the format; with ``formats`` the suffix is replaced by that of each.
    formats
        Names in `mapgen.formats.SUFFIXES`.

    Raises
    ------
    SettingsError
        If the format is not known.
    OutputError
        If a file cannot be written.
    """
    chosen = formats_of(Path(path).suffix) if formats is None else tuple(formats)
    targets = files_of(path, chosen)
    for target in targets:
        check_output(target)
    made = [s for s in _MAKERS if beside(path, s) in targets]
    layers = layers_of(situation, atlas, settings) if made else None
    for target in targets:
        suffix = next((s for s in made if beside(path, s) == target), None)
        if layers is not None and suffix is not None:
            made_of = _MAKERS[suffix](layers)
            data = made_of.encode("utf-8") if isinstance(made_of, str) else made_of
            write_bytes_atomically(target, data)
        else:
            write_picture(situation, atlas, settings, target)
    return targets
