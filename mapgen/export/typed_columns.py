"""Frames whose columns have the types that files need."""

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
    """Return a frame with each column in the type that `mapgen.export.columns` gives it.

    Columns follow the order given there, with the geometry last, so that every file has the
    same layout whether or not something is known.
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
