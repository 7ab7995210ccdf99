"""Write KML and KMZ for Google Earth, with a folder for each layer, time spans and side colours.

Google Earth interprets descriptions and balloons as HTML. Text from articles is therefore escaped
for HTML first, and then for XML like everything else.
"""

from __future__ import annotations

import html
import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING, Any

from mapgen.export.columns import COLUMNS
from mapgen.export.formats.arrows import arrow
from mapgen.export.formats.geojson import json_value
from mapgen.export.formats.kml_icons import shape_png
from mapgen.export.formats.zipped import zipped
from mapgen.export.layers import DECIMALS, OF_A_SIDE, SPATIAL
from mapgen.export.plain_text import printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from shapely.geometry.base import BaseGeometry

    from mapgen.export.layers import Layers

NAMESPACE = "http://www.opengis.net/kml/2.2"
FOLDERS = {
    "areas": "Estimated areas of control",
    "regions": "Reports that name an area only",
    "front_line": "Estimated front line",
    "flows": "People on the move",
    "control_past": "Held before",
    "events": "Threats, strikes, fighting, flight",
    "control": "Who holds what",
    "totals": "Figures of a whole country or region",
}
HEADS = "People on the move: heads of the arrows"
_INK, _FLIGHT, _SOFT = "#2b2b2b", "#6b3fa0", "#8a7f5c"
_SURE_ALPHA, _UNSURE_ALPHA, _SOLID = 0x66, 0x2E, 0xFF
_ALPHAS = {"sure": _SURE_ALPHA, "unsure": _UNSURE_ALPHA, "given": _SURE_ALPHA}
_SHOWN = ("kind", "holder_name", "side_name", "standing", "low", "high", "words")
_DETAILS = ("earliest", "latest", "method", "sources", "rule", "quotes", "publishers", "urls")


def kml(layers: Layers, *, with_icons: bool = False) -> bytes:
    """Return all layers as a KML 2.2 document.

    Parameters
    ----------
    layers
        The layers of a situation.
    with_icons
        Whether styles refer to the icons in a KMZ file. Without icons Google Earth shows its own
        pin in the colour of the side.

    Returns
    -------
    bytes
        The document in UTF-8.

    Notes
    -----
    A time span begins on the day from which a feature is shown, and has no end if it still applies.
    KML has no hatching and no arrows. Unsure areas are paler instead, and a movement is a line with
    a triangle at its destination. The triangles have a folder of their own, because QGIS and other
    programs draw no shape of lines and areas mixed.
    """
    root = ET.Element("kml", xmlns=NAMESPACE)
    document = _add(root, "Document")
    _add(document, "name", layers.meta["title"])
    about = [layers.meta["as_of_text"], *(f"{a} {b}" for a, b in layers.meta["summary"])]
    about += [layers.method, *layers.credits]
    _add(document, "description", _html(about))
    for style_id, style in _styles(layers, with_icons=with_icons):
        style.set("id", style_id)
        document.append(style)
    for name in SPATIAL:
        frame = layers.frames[name]
        if len(frame):
            folder = _add(document, "Folder")
            _add(folder, "name", FOLDERS[name])
            for row in frame.to_dict("records"):
                _placemark(folder, layers, name, row)
        if name == "flows":
            _heads(document, layers, frame.to_dict("records"))
    ET.indent(root, " ")
    text: str = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()


def kmz(layers: Layers) -> bytes:
    """Return the KML document and its icons as a KMZ file."""
    files = {"doc.kml": kml(layers, with_icons=True)}
    for side in layers.shown.sides:
        files[f"icons/{side.key}.png"] = shape_png(side.shape, side.light.fill, side.light.line)
    files["icons/ink.png"] = shape_png("circle", "#ffffff", _INK)
    return zipped(files)


def _placemark(parent: ET.Element, layers: Layers, name: str, row: Mapping[str, Any]) -> None:
    """Add a row of a layer as a placemark with its description, time span, style and data."""
    mark = _add(parent, "Placemark")
    _add(mark, "name", _title(name, row))
    if name == "control_past":
        _add(mark, "visibility", "0")
    _add(mark, "description", _html(_told(row)))
    begin, end = json_value(row.get("shown_from")), json_value(row.get("shown_to"))
    if begin or end:
        span = _add(mark, "TimeSpan")
        for tag, day in (("begin", begin), ("end", end)):
            if day:
                _add(span, tag, day)
    _add(mark, "styleUrl", f"#{_style_of(layers, name, row)}")
    if name != "heads":  # a table of its figures would have each of them twice
        _data(mark, row)
    if row["geometry"] is not None and not row["geometry"].is_empty:
        shape = row["geometry"]
        _geometry(mark, arrow(shape)[0] if name == "flows" else shape)


def _data(mark: ET.Element, row: Mapping[str, Any]) -> None:
    """Add the columns of a row to its placemark."""
    data = _add(mark, "ExtendedData")
    for key, column in COLUMNS.items():
        value = json_value(row.get(key))
        if value is not None:
            entry = _add(data, "Data", name=key)
            _add(entry, "displayName", column.title)
            _add(entry, "value", str(value))


def _heads(document: ET.Element, layers: Layers, rows: Iterable[Mapping[str, Any]]) -> None:
    """Add the heads of the arrows of movements, each as a placemark like that of its line."""
    heads = []
    for row in rows:
        line = row["geometry"]
        head = None if line is None or line.is_empty else arrow(line)[1]
        if head is not None:
            heads.append({**row, "geometry": head})
    if heads:
        folder = _add(document, "Folder")
        _add(folder, "name", HEADS)
        for row in heads:
            _placemark(folder, layers, "heads", row)


def _title(name: str, row: Mapping[str, Any]) -> str:
    """Return the name of a placemark."""
    if name in {"flows", "heads"}:
        return _movement(row) + (" (head of the arrow)" if name == "heads" else "")
    if name == "areas":
        told = "as given" if row["part"] == "given" else f"{row['part']}, estimate"
        return f"{row['side_name']} ({told})"
    if name == "front_line":
        return f"Front, {row['part']}, estimate"
    return str(row.get("place") or row.get("place_id") or "")


def _movement(row: Mapping[str, Any]) -> str:
    """Return the name of a movement: ``Caro → Bero``, or ``People fled to Bero``."""
    if row["origin"] and row["destination"]:
        return f"{row['origin']} → {row['destination']}"
    verb = "returned" if row["kind"] == "return" else "fled"
    start = f" from {row['origin']}" if row["origin"] else ""
    goal = f" to {row['destination']}" if row["destination"] else ""
    return f"People {verb}{start}{goal}"


def _told(row: Mapping[str, Any]) -> Iterable[str]:
    """Yield the lines of the description of a placemark."""
    for key in (*_SHOWN, *_DETAILS):
        value = json_value(row.get(key))
        if value is None:
            continue
        if key in {"low", "high"}:  # never a bare number: 300 may be people or families
            value = f"{value:,} {row.get('unit') or ''}".rstrip()
        yield f"{COLUMNS[key].title}: {value}"


def _html(lines: Iterable[str]) -> str:
    """Escape lines for HTML, including the ``$[...]`` entities that Google Earth expands."""
    shown = (html.escape(printable(line)).replace("$[", "$&#91;") for line in lines)
    return "<br>".join(line.replace("\n", "<br>") for line in shown)


def _style_of(layers: Layers, name: str, row: Mapping[str, Any]) -> str:
    """Return the id of the style of a row."""
    if name in {"control", "control_past"}:
        return f"side-{layers.shown.sides.key(row['holder']) or 'none'}"
    if name == "areas":
        return f"area-{layers.shown.sides.key(row['side']) or 'none'}-{row['part']}"
    if name == "regions":
        side = layers.shown.sides.key(row["actor_side"]) if row["kind"] in OF_A_SIDE else ""
        return f"region-{side or 'none'}"
    return {"front_line": "front", "flows": "flow", "heads": "flow"}.get(name, "event")


def _styles(layers: Layers, *, with_icons: bool) -> Iterable[tuple[str, ET.Element]]:
    """Yield all styles with their ids."""
    colours = [(s.key, s.light.fill, s.light.line) for s in layers.shown.sides]
    for key, fill, line in [*colours, ("none", "#9a9a9a", _INK)]:
        icon = f"icons/{key if key != 'none' else 'ink'}.png"
        yield f"side-{key}", _point_style(fill, icon if with_icons else None)
        for part, alpha in _ALPHAS.items():
            yield f"area-{key}-{part}", _style(line, 1, fill, alpha)
        if key != "none":
            yield f"region-{key}", _style(line, 1, fill, _SURE_ALPHA)
    yield "front", _style(_INK, 3)
    yield "flow", _style(_FLIGHT, 5, _FLIGHT, _SOLID)
    yield "region-none", _style(_SOFT, 1, _SOFT, _UNSURE_ALPHA)
    yield "event", _point_style(_INK, "icons/ink.png" if with_icons else None)


def _point_style(colour: str, icon: str | None) -> ET.Element:
    style = ET.Element("Style")
    part = _add(style, "IconStyle")
    if icon is None:
        _add(part, "color", _abgr(colour, _SOLID))
    else:
        _add(part, "scale", "0.8")
        _add(_add(part, "Icon"), "href", icon)
    _balloon(style)
    return style


def _style(line: str, width: int, fill: str | None = None, alpha: int = _SOLID) -> ET.Element:
    style = ET.Element("Style")
    stroke = _add(style, "LineStyle")
    _add(stroke, "color", _abgr(line, _SOLID))
    _add(stroke, "width", str(width))
    if fill is not None:
        _add(_add(style, "PolyStyle"), "color", _abgr(fill, alpha))
    _balloon(style)
    return style


def _balloon(style: ET.Element) -> None:
    """Show only the description in a balloon, since Google Earth does not escape names there."""
    _add(_add(style, "BalloonStyle"), "text", "$[description]")


def _abgr(colour: str, alpha: int) -> str:
    """Convert a colour ``#rrggbb`` to KML's order: alpha, blue, green, red."""
    return f"{alpha:02x}{colour[5:7]}{colour[3:5]}{colour[1:3]}"


def _geometry(parent: ET.Element, shape: BaseGeometry) -> None:
    """Add a shape as KML geometry."""
    if shape.geom_type.startswith("Multi") or shape.geom_type == "GeometryCollection":
        many = _add(parent, "MultiGeometry")
        for part in shape.geoms:
            _geometry(many, part)
    elif shape.geom_type == "Polygon":
        polygon = _add(parent, "Polygon")
        for tag, ring in [
            ("outerBoundaryIs", shape.exterior),
            *(("innerBoundaryIs", hole) for hole in shape.interiors),
        ]:
            _coordinates(_add(_add(polygon, tag), "LinearRing"), ring)
    else:
        line = _add(parent, shape.geom_type)
        if shape.geom_type == "LineString":
            _add(line, "tessellate", "1")
        _coordinates(line, shape)


def _coordinates(parent: ET.Element, shape: BaseGeometry) -> None:
    pairs = (f"{round(x, DECIMALS)!r},{round(y, DECIMALS)!r}" for x, y in shape.coords)
    _add(parent, "coordinates", " ".join(pairs))


def _add(parent: ET.Element, tag: str, text: str | None = None, **attributes: str) -> ET.Element:
    child = ET.SubElement(parent, tag, attributes)
    if text is not None:
        child.text = printable(text)
    return child
