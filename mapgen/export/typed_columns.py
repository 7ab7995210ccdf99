"""Convert the columns of frames to the types that files need."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pyarrow as pa

from mapgen.export.columns import COLUMNS
from mapgen.export.plain_text import printable

if TYPE_CHECKING:
    from typing import TypeVar

    Frame = TypeVar("Frame", bound=pd.DataFrame)

_TYPES = {
    "text": pd.ArrowDtype(pa.string()),
    "int": pd.ArrowDtype(pa.int64()),
    "float": pd.ArrowDtype(pa.float64()),
    "day": pd.ArrowDtype(pa.date32()),
}


def typed(frame: Frame) -> Frame:
    """Convert each column to its type in `mapgen.export.columns`.

    Parameters
    ----------
    frame
        Columns that are not listed there are dropped, except the geometry.

    Returns
    -------
    DataFrame or GeoDataFrame
        A copy with Arrow types. Columns are in the listed order with the geometry last, so that all
        files have the same layout even if values are missing.
    """
    order = [name for name in COLUMNS if name in frame.columns]
    frame = frame[[*order, *(["geometry"] if "geometry" in frame.columns else [])]].copy()
    for name in order:
        kind = COLUMNS[name].kind
        cells = [None if pd.isna(v) else v for v in frame[name]]
        if kind == "text":
            cells = [None if v is None else printable(str(v)) for v in cells]
        elif kind == "int":
            cells = [None if v is None else int(v) for v in cells]
        frame[name] = pd.Series(cells, index=frame.index, dtype=_TYPES[kind])
    return frame
