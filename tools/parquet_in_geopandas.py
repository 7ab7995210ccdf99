"""Read a GeoParquet file with geopandas, and draw it with the plot of geopandas alone.

Nothing of mapgen is imported, so the picture shows what somebody finds in the file who has nothing
else. geopandas chooses the colours: one for each side. A degree is as high as it is wide, as on the
maps that QGIS draws.

    python parquet_in_geopandas.py homs.parquet map.png WEST SOUTH EAST NORTH
"""

from __future__ import annotations

import sys

import geopandas
import matplotlib as mpl

mpl.use("agg")
import matplotlib.pyplot as plt
from matplotlib.colors import ListedColormap

WIDTH_IN, DPI = 9.0, 100
PALETTE = "tab10"
_CHANGED_PT = 8


def main() -> None:
    """Read the file and save the picture, which is filled by the given degrees (EPSG:4326)."""
    path, picture, *told = sys.argv[1:]
    west, south, east, north = (float(degrees) for degrees in told)
    frame = geopandas.read_parquet(path)
    frame = frame[~frame.geometry.isna() & (frame["layer"] != "control_past")]
    towns = frame["layer"] == "control"
    names = dict(zip(frame["holder"][towns], frame["holder_name"][towns], strict=True))
    sides = frame["holder"].fillna(frame["side"]).fillna(frame["actor_side"])
    frame = frame.assign(who=[names.get(side, side) for side in sides])
    known = sorted(frame["who"].dropna().unique())
    figure = plt.figure(figsize=(WIDTH_IN, WIDTH_IN * (north - south) / (east - west)))
    axes = figure.add_axes((0.0, 0.0, 1.0, 1.0))
    colours = dict(zip(known, mpl.colormaps[PALETTE].colors, strict=False))
    areas = frame.geom_type.isin(["Polygon", "MultiPolygon"])
    lines = frame.geom_type.isin(["LineString", "MultiLineString"])
    how = {"ax": axes, "aspect": "equal"}
    frame[areas & frame["who"].notna()].plot(
        column="who",
        categories=known,
        cmap=ListedColormap(list(colours.values())),
        alpha=0.35,
        legend=True,
        legend_kwds={"loc": "lower right"},
        **how,
    )
    frame[areas & frame["who"].isna()].boundary.plot(color="gray", **how)
    frame[lines].plot(color="black", linewidth=2, **how)
    of_sides = [colours[who] for who in frame["who"][towns]]
    frame[towns].plot(color=of_sides, markersize=34, edgecolor="black", zorder=3, **how)
    for town in frame[towns & (frame["basis"] == "articles")].itertuples():
        spot = (town.geometry.x, town.geometry.y)
        axes.annotate(
            town.place,
            spot,
            xytext=(7, 0),
            textcoords="offset points",
            size=_CHANGED_PT,
            va="center",
        )
    axes.set(xlim=(west, east), ylim=(south, north))
    axes.set_axis_off()
    figure.savefig(picture, dpi=DPI)


if __name__ == "__main__":
    main()
