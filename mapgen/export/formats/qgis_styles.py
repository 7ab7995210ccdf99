"""Write the styles with which QGIS opens the layers.

QGIS uses its defaults for everything that a style leaves out. The names of symbol layers and
options are those of QGIS 3.16 and later (``QgsSymbolLayerRegistry``). Older versions read them too,
but without the time slider.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mapgen.export.columns import COLUMNS
from mapgen.export.plain_text import printable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mapgen.export.layers import Layers

_INK, _FLIGHT, _SOFT, _WHITE, _GREY = "#2b2b2b", "#6b3fa0", "#8a7f5c", "#ffffff", "#9a9a9a"
_SHAPES = {"circle", "diamond", "square", "triangle", "hexagon", "pentagon", "star", "cross"}
_EVENTS = {
    "threat": ("Threat", "triangle", "#d9822b"),
    "advance": ("Advance", "triangle", "#d9822b"),
    "siege": ("Siege", "square", "#d9822b"),
    "clash": ("Fighting", "cross2", "#b3261e"),
    "strike": ("Strike", "star", "#b3261e"),
    "attack_on_civilians": ("Attack on civilians", "star", "#7a0c0c"),
    "displacement": ("People fled", "circle", _FLIGHT),
    "return": ("People returned", "circle", "#3f7fa0"),
    "supply_line": ("Supply line", "square", _GREY),
    "hosting": ("Displaced people stay", "triangle", "#3f7fa0"),
    "evacuation_order": ("People told to leave", "triangle", _FLIGHT),
    "withdrawal": ("Withdrawal", "triangle", _GREY),
    "reinforcement": ("Reinforcement", "triangle", _INK),
    "control_change": ("Ground taken near", "diamond", _SOFT),
    "control_state": ("Ground held near", "diamond", _SOFT),
}


@dataclass(frozen=True, slots=True)
class _Symbol:
    """A symbol with its layers, each of a class, options and an optional symbol inside."""

    type: str
    layers: Sequence[tuple[str, Mapping[str, str], _Symbol | None]]
    alpha: float = 1.0


@dataclass(frozen=True, slots=True)
class _Category:
    """A value of the categorised renderer, with its label and symbol."""

    value: str
    label: str
    symbol: _Symbol


def style_of(layers: Layers, name: str) -> str:
    """Return the style of a layer as QML.

    Parameters
    ----------
    layers
        The layers of a situation, whose sides have the colours.
    name
        Name of a spatial layer in `mapgen.export.layers.SPATIAL`.
    """
    expression, categories = _categories(layers, name)
    root = ET.Element("qgis", version="3.16.0", styleCategories="AllStyleCategories")
    columns = [c for c in COLUMNS if c in layers.frames[name].columns]
    if "shown_from" in columns:
        end = "shown_to" if "shown_to" in columns else ""
        _temporal(root, end)
    _renderer(root, expression, categories)
    if name in {"control", "flows"}:
        _labels(root, "place" if name == "control" else "words")
    aliases = ET.SubElement(root, "aliases")
    for number, column in enumerate(columns, 1):
        ET.SubElement(aliases, "alias", field=column, index=str(number), name=COLUMNS[column].title)
    ET.indent(root, " ")
    return ET.tostring(root, encoding="unicode")


def _categories(layers: Layers, name: str) -> tuple[str, list[_Category]]:
    """Return the field or expression that a layer is categorised by, and its categories."""
    sides = [(s.id, s.name, s.shape, s.light.fill, s.light.line) for s in layers.shown.sides]
    if name in {"control", "control_past"}:
        past = name == "control_past"
        found = [
            _Category(i, label, _ring(shape, line) if past else _sign(shape, fill, line, 3.4))
            for i, label, shape, fill, line in sides
        ]
        nobody = _sign("circle", _WHITE, _INK, 3.4)
        return "holder", [*found, _Category("", "Contested or not named", nobody)]
    if name == "areas":
        return '"side" || \' \' || "part"', [
            _Category(f"{i} {part}", f"{label}, {part} (estimate)", _area(fill, part))
            for i, label, _, fill, _ in sides
            for part in ("sure", "unsure")
        ]
    if name == "front_line":
        dashes = {"sure": "solid", "unsure": "dash"}
        return "part", [
            _Category(p, f"Front, {p} (estimate)", _line(style)) for p, style in dashes.items()
        ]
    if name == "flows":
        ways = {"stated": 1.0, "likely": 0.75, "plain": 0.45}
        return "method", [
            _Category(way, f"People on the move, {way} route", _arrow(alpha))
            for way, alpha in ways.items()
        ]
    if name == "regions":
        return "kind", [
            _Category(kind, f"{label} (area reported)", _region(colour))
            for kind, (label, _, colour) in _EVENTS.items()
        ]
    return "kind", [
        _Category(kind, label, _sign(shape, colour, _WHITE, 2.8))
        for kind, (label, shape, colour) in _EVENTS.items()
    ]


def _sign(shape: str, fill: str, line: str, size_mm: float) -> _Symbol:
    """Return a marker in the shape of a side or event, with a size in millimetres."""
    known = shape if shape in _SHAPES or shape == "cross2" else "circle"
    known = "cross_fill" if known == "cross" else known
    options = {
        "name": known,
        "color": _rgba(line if known == "cross2" else fill),
        "outline_color": _rgba(fill if known == "cross2" else line),
        "outline_width": "0.3" if known != "cross2" else "0.7",
        "size": str(size_mm),
        "size_unit": "MM",
    }
    return _Symbol("marker", [("SimpleMarker", options, None)])


def _ring(shape: str, line: str) -> _Symbol:
    """Return an empty marker in the shape of a side, for past holders."""
    (kind, options, _), *_rest = _sign(shape, _WHITE, line, 5.2).layers
    return _Symbol("marker", [(kind, {**options, "color": _rgba(_WHITE, 0)}, None)], alpha=0.7)


def _area(fill: str, part: str) -> _Symbol:
    """Return the fill of an area of control: solid if sure, hatched if unsure."""
    if part == "sure":
        options = {"color": _rgba(fill, 90), "style": "solid", "outline_style": "no"}
        return _Symbol("fill", [("SimpleFill", options, None)])
    stroke = {"line_color": _rgba(fill), "line_width": "0.25", "line_style": "solid"}
    lines = _Symbol("line", [("SimpleLine", stroke, None)])
    options = {"angle": "45", "distance": "2", "distance_unit": "MM", "color": _rgba(fill)}
    return _Symbol("fill", [("LinePatternFill", options, lines)], alpha=0.6)


def _line(style: str) -> _Symbol:
    options = {"line_color": _rgba(_INK), "line_width": "0.7", "line_style": style}
    return _Symbol("line", [("SimpleLine", options, None)])


def _arrow(alpha: float) -> _Symbol:
    inside = {"color": _rgba(_FLIGHT), "style": "solid", "outline_color": _rgba(_WHITE)}
    fill = _Symbol("fill", [("SimpleFill", {**inside, "outline_width": "0.2"}, None)])
    options = {
        "arrow_type": "0",
        "head_type": "0",
        "is_curved": "0",
        "is_repeated": "0",
        "arrow_start_width": "0.6",
        "arrow_width": "1.6",
        "head_length": "3.2",
        "head_thickness": "2.2",
        **{f"{k}_unit": "MM" for k in ("arrow_width", "arrow_start_width", "head_length")},
    }
    return _Symbol("line", [("ArrowLine", options, fill)], alpha=alpha)


def _region(colour: str) -> _Symbol:
    options = {
        "color": _rgba(colour, 45),
        "style": "solid",
        "outline_color": _rgba(colour),
        "outline_style": "dot",
        "outline_width": "0.3",
    }
    return _Symbol("fill", [("SimpleFill", options, None)])


def _rgba(colour: str, alpha: int = 255) -> str:
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"{red},{green},{blue},{alpha}"


def _renderer(root: ET.Element, expression: str, categories: Sequence[_Category]) -> None:
    """Add a categorised renderer."""
    renderer = ET.SubElement(
        root, "renderer-v2", type="categorizedSymbol", attr=expression, symbollevels="0"
    )
    listed, symbols = ET.SubElement(renderer, "categories"), ET.SubElement(renderer, "symbols")
    for number, category in enumerate(categories):
        ET.SubElement(
            listed,
            "category",
            value=printable(category.value),
            label=printable(category.label),
            symbol=str(number),
            render="true",
        )
        _symbol(symbols, str(number), category.symbol)


def _symbol(parent: ET.Element, name: str, symbol: _Symbol) -> None:
    """Add a symbol and the symbols inside it."""
    element = ET.SubElement(
        parent, "symbol", name=name, type=symbol.type, alpha=f"{symbol.alpha:g}", force_rhr="0"
    )
    for kind, options, sub in symbol.layers:
        layer = ET.SubElement(
            element, "layer", {"class": kind, "enabled": "1", "locked": "0", "pass": "0"}
        )
        many = ET.SubElement(layer, "Option", type="Map")
        for key, value in options.items():
            ET.SubElement(many, "Option", name=key, type="QString", value=value)
            ET.SubElement(layer, "prop", k=key, v=value)  # for QGIS before 3.26
        if sub is not None:
            _symbol(layer, f"@{name}@0", sub)


def _temporal(root: ET.Element, end: str) -> None:
    """Let the temporal controller of QGIS show each feature from its first day."""
    temporal = ET.SubElement(
        root,
        "temporal",
        enabled="1",
        mode="2",  # one field with the start and one with the end
        startField="shown_from",
        endField=end,
        durationUnit="d",
        fixedDuration="0",
        accumulate="0" if end else "1",
        limitMode="0",
    )
    if not end:
        temporal.set("mode", "1")  # one field with the start; features accumulate
    fixed = ET.SubElement(temporal, "fixedRange")
    ET.SubElement(fixed, "start")
    ET.SubElement(fixed, "end")


def _labels(root: ET.Element, field: str) -> None:
    """Label the features of a layer with a field."""
    root.set("labelsEnabled", "1")
    labeling = ET.SubElement(root, "labeling", type="simple")
    settings = ET.SubElement(labeling, "settings")
    text = ET.SubElement(
        settings,
        "text-style",
        fieldName=field,
        isExpression="0",
        fontSize="8",
        fontSizeUnit="Point",
        textColor=_rgba(_INK),
    )
    ET.SubElement(
        text, "text-buffer", bufferDraw="1", bufferSize="0.8", bufferColor=_rgba(_WHITE, 220)
    )
