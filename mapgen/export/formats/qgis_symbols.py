"""Describe the symbols of QGIS layers and write them as XML.

QGIS uses its defaults for everything that a symbol leaves out. The names of symbol layers, options
and properties are those of QGIS 3.16 and later (``QgsSymbolLayerRegistry``,
``QgsSymbolLayer.propertyDefinitions``).
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mapgen.core.tables.style import colours
from mapgen.export.plain_text import printable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

INK, FLIGHT, SOFT, WHITE, GREY = "#2b2b2b", "#6b3fa0", "#8a7f5c", "#ffffff", "#9a9a9a"
_SHAPES = {"circle", "diamond", "square", "triangle", "hexagon", "pentagon", "star", "cross"}
_EXPRESSION = "3"  # QgsProperty.ExpressionBasedProperty

# Signs stand around a town except at its right, where its name is; lengths in millimetres.
_ANGLES = (60, 120, 180, 240, 300)  # degrees, counterclockwise from the right
_AROUND_MM, _NEXT_RING_MM = 4.0, 3.4
_OFFSET = (
    f"with_variable('r', {_AROUND_MM} + {_NEXT_RING_MM} * floor(\"slot\" / {len(_ANGLES)}), "
    f"with_variable('a', radians(array_get(array({', '.join(map(str, _ANGLES))}), "
    f'"slot" % {len(_ANGLES)})), '
    "if(\"slot\" is null, '0,0', "
    "to_string(round(@r * cos(@a), 2)) || ',' || to_string(round(-@r * sin(@a), 2)))))"
)
_CLAIMED = "if(\"standing\" = 'claimed', 'dash', 'solid')"
_STILL = "@map_start_time is null"  # the temporal controller is off
_WIDTHS_MM = (0.7, 1.2, 2.0, 3.0)  # of arrows, by the steps of `width_of`


@dataclass(frozen=True, slots=True)
class SymbolLayer:
    """One layer of a symbol.

    Parameters
    ----------
    kind
        Class of QGIS, such as ``SimpleMarker``.
    options
        Options by name.
    varying
        Expressions by property, for what differs between features.
    inside
        Symbol that the layer draws with, or None.
    """

    kind: str
    options: Mapping[str, str]
    varying: Mapping[str, str] = field(default_factory=dict)
    inside: Symbol | None = None


@dataclass(frozen=True, slots=True)
class Symbol:
    """A symbol of the type ``marker``, ``line`` or ``fill``, with its layers from the bottom up."""

    type: str
    layers: Sequence[SymbolLayer]
    alpha: float = 1.0


def rgba(colour: str, alpha: int = 255) -> str:
    """Convert a colour ``#rrggbb`` to the form of QGIS: ``red,green,blue,alpha``."""
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"{red},{green},{blue},{alpha}"


def _marker(shape: str, fill: str, line: str, size_mm: float) -> dict[str, str]:
    """Return the options of a marker in the shape of a side or event."""
    known = shape if shape in _SHAPES or shape == "cross2" else "circle"
    known = "cross_fill" if known == "cross" else known
    return {
        "name": known,
        "color": rgba(line if known == "cross2" else fill),
        "outline_color": rgba(fill if known == "cross2" else line),
        "outline_width": "0.3" if known != "cross2" else "0.7",
        "size": str(size_mm),
        "size_unit": "MM",
    }


def holder_sign(shape: str, fill: str, line: str) -> Symbol:
    """Return the sign of a place: smaller if no article names it, dashed if claimed."""
    size = 'if("in_reports" = 1, 3.8, 2.4)'
    options = _marker(shape, fill, line, 3.8)
    layer = SymbolLayer("SimpleMarker", options, {"size": size, "outlineStyle": _CLAIMED})
    return Symbol("marker", [layer])


def past_sign(shape: str, fill: str, line: str) -> Symbol:
    """Return the sign of a past holder.

    It is an empty ring around the sign of today, and the full sign while the temporal controller
    shows a past day.
    """
    varying = {
        "fillColor": f"if({_STILL}, '{rgba(WHITE, 0)}', '{rgba(fill)}')",
        "size": f"if({_STILL}, 5.6, 3.8)",
        "outlineStyle": _CLAIMED,
    }
    options = {**_marker(shape, WHITE, line, 5.6), "color": rgba(WHITE, 0)}
    return Symbol("marker", [SymbolLayer("SimpleMarker", options, varying)])


def event_sign(shape: str, colour: str) -> Symbol:
    """Return the sign of an event, beside the town, with the number of events of its kind there."""
    size = 4.4 if shape == "star" else 3.2  # a star of one width has less ink
    sign = SymbolLayer("SimpleMarker", _marker(shape, colour, WHITE, size), {"offset": _OFFSET})
    number = {"font": "sans-serif", "chr": " ", "size": "2.2", "size_unit": "MM"}
    number |= {"color": rgba(WHITE), "outline_color": rgba(INK), "outline_width": "0.25"}
    varying = {"char": 'if("n_here" > 1, to_string("n_here"), \'\')', "offset": _OFFSET}
    return Symbol("marker", [sign, SymbolLayer("FontMarker", number, varying)])


def area_fill(fill: str, part: str) -> Symbol:
    """Return the fill of an area of control: solid if sure or given, hatched if unsure."""
    if part != "unsure":
        options = {"color": rgba(fill, 90), "style": "solid", "outline_style": "no"}
        return Symbol("fill", [SymbolLayer("SimpleFill", options)])
    stroke = {"line_color": rgba(fill), "line_width": "0.25", "line_style": "solid"}
    lines = Symbol("line", [SymbolLayer("SimpleLine", stroke)])
    options = {"angle": "45", "distance": "2", "distance_unit": "MM", "color": rgba(fill)}
    return Symbol("fill", [SymbolLayer("LinePatternFill", options, inside=lines)], alpha=0.6)


def region_fill(colour: str) -> Symbol:
    """Return the fill of an area that a report names."""
    options = {
        "color": rgba(colour, 45),
        "style": "solid",
        "outline_color": rgba(colour),
        "outline_style": "dot",
        "outline_width": "0.3",
    }
    return Symbol("fill", [SymbolLayer("SimpleFill", options)])


def line(colour: str, width_mm: float, style: str = "solid") -> Symbol:
    """Return a line."""
    options = {"line_color": rgba(colour), "line_width": str(width_mm), "line_style": style}
    options |= {"line_width_unit": "MM", "joinstyle": "round", "capstyle": "round"}
    return Symbol("line", [SymbolLayer("SimpleLine", options)])


def plain_fill(colour: str, edge: str | None = None) -> Symbol:
    """Return an even fill, by default without an edge."""
    options = {"color": rgba(colour), "style": "solid"}
    options |= {"outline_style": "no"} if edge is None else {"outline_color": rgba(edge)}
    options |= {"outline_width": "0.2"}
    return Symbol("fill", [SymbolLayer("SimpleFill", options)])


def town_dot() -> Symbol:
    """Return the small dot of a place whose holder is not known."""
    return Symbol("marker", [SymbolLayer("SimpleMarker", _marker("circle", INK, WHITE, 1.4))])


def _no_sign() -> Symbol:
    """Return a sign that is not drawn, for points that only carry a name."""
    options = _marker("circle", WHITE, WHITE, 0.1) | {"color": rgba(WHITE, 0)}
    return Symbol("marker", [SymbolLayer("SimpleMarker", options | {"outline_style": "no"})])


def arrow(alpha: float) -> Symbol:
    """Return the arrow of a movement, the wider the greater the figure."""
    inside = {"color": rgba(FLIGHT), "style": "solid", "outline_color": rgba(WHITE)}
    fill = Symbol("fill", [SymbolLayer("SimpleFill", {**inside, "outline_width": "0.2"})])
    widths = ", ".join(str(w) for w in _WIDTHS_MM)
    width = f'array_get(array({widths}), coalesce("width", 1) - 1)'
    options = {
        "arrow_type": "0",
        "head_type": "0",
        "is_curved": "0",
        "is_repeated": "0",
        "arrow_start_width": "0.6",
        "arrow_width": "1.2",
        "head_length": "3.2",
        "head_thickness": "2.2",
        **{
            f"{k}_unit": "MM"
            for k in ("arrow_width", "arrow_start_width", "head_length", "head_thickness")
        },
    }
    varying = {
        "arrowWidth": width,
        "arrowStartWidth": f"{width} * 0.5",
        "arrowHeadThickness": f"1.2 + {width}",
        "arrowHeadLength": f"2.2 + {width}",
    }
    return Symbol("line", [SymbolLayer("ArrowLine", options, varying, fill)], alpha=alpha)


def base_symbols() -> dict[str, Symbol]:
    """Return the symbols of the layers of the base map, by their names in the file."""
    paper = colours()
    return {
        "base_names": _no_sign(),
        "base_borders": line(paper["border"], 0.35),
        "base_disputed": line(paper["border"], 0.35, "dash"),
        "base_coast": line(paper["coastline"], 0.2),
        "base_provinces": line(paper["admin"], 0.2),
        "base_roads": line(paper["road"], 0.4),
        "base_rivers": line(paper["river"], 0.25),
        "base_lakes": plain_fill(paper["sea"], paper["river"]),
        "base_country": plain_fill(paper["land"]),
        "base_land": plain_fill(paper["other"]),
    }


def add_symbol(parent: ET.Element, name: str, symbol: Symbol) -> None:
    """Add a symbol to an element, with the symbols inside it."""
    element = ET.SubElement(
        parent, "symbol", name=name, type=symbol.type, alpha=f"{symbol.alpha:g}", force_rhr="0"
    )
    for one in symbol.layers:
        layer = ET.SubElement(
            element, "layer", {"class": one.kind, "enabled": "1", "locked": "0", "pass": "0"}
        )
        many = ET.SubElement(layer, "Option", type="Map")
        for key, value in one.options.items():
            ET.SubElement(many, "Option", name=key, type="QString", value=value)
            ET.SubElement(layer, "prop", k=key, v=value)  # for QGIS before 3.26
        if one.varying:
            add_properties(layer, "data_defined_properties", one.varying)
        if one.inside is not None:
            add_symbol(layer, f"@{name}@0", one.inside)


def add_properties(parent: ET.Element, tag: str, expressions: Mapping[str, str]) -> None:
    """Add expressions for what differs between features."""
    outer = ET.SubElement(ET.SubElement(parent, tag), "Option", type="Map")
    ET.SubElement(outer, "Option", name="name", type="QString", value="")
    many = ET.SubElement(outer, "Option", name="properties", type="Map")
    for key, expression in expressions.items():
        one = ET.SubElement(many, "Option", name=key, type="Map")
        ET.SubElement(one, "Option", name="active", type="bool", value="true")
        ET.SubElement(one, "Option", name="expression", type="QString", value=printable(expression))
        ET.SubElement(one, "Option", name="type", type="int", value=_EXPRESSION)
    ET.SubElement(outer, "Option", name="type", type="QString", value="collection")
