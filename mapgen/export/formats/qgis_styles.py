"""Write the styles with which QGIS opens the layers.

QGIS uses its defaults for everything that a style leaves out. Versions before 3.16 read the styles
too, but without the time slider.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mapgen.export.columns import COLUMNS
from mapgen.export.formats import qgis_symbols as symbols
from mapgen.export.formats.qgis_labels import add_labels
from mapgen.export.layers import OF_A_SIDE
from mapgen.export.plain_text import not_evaluated, printable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import geopandas

    from mapgen.export.formats.qgis_symbols import Symbol
    from mapgen.export.layers import Layers

_CALM_BLUE = "#3f7fa0"
_EVENTS = {
    "threat": ("Threat", "triangle", "#d9822b"),
    "advance": ("Advance", "triangle", "#d9822b"),
    "siege": ("Siege", "square", "#d9822b"),
    "clash": ("Fighting", "cross2", "#b3261e"),
    "strike": ("Strike", "star", "#b3261e"),
    "attack_on_civilians": ("Attack on civilians", "star", "#7a0c0c"),
    "displacement": ("People fled", "circle", symbols.FLIGHT),
    "return": ("People returned", "circle", _CALM_BLUE),
    "supply_line": ("Supply line", "square", symbols.GREY),
    "hosting": ("Displaced people stay", "triangle", _CALM_BLUE),
    "evacuation_order": ("People told to leave", "triangle", symbols.FLIGHT),
    "withdrawal": ("Withdrawal", "triangle", symbols.GREY),
    "reinforcement": ("Reinforcement", "triangle", symbols.INK),
    "control_change": ("Ground taken near", "diamond", symbols.SOFT),
    "control_state": ("Ground held near", "diamond", symbols.SOFT),
}
_ROUTES = {  # opacity of the arrow, and words for the legend
    "stated": (1.0, "Route as stated"),
    "likely": (0.75, "Likely route"),
    "plain": (0.45, "Route not known"),
}


@dataclass(frozen=True, slots=True)
class _Category:
    """A value of the categorised renderer, with its label and symbol."""

    value: str
    label: str
    symbol: Symbol


def style_of(layers: Layers, name: str, frame: geopandas.GeoDataFrame | None = None) -> str:
    """Return the style of a layer as QML.

    Only what the layer has gets a row in the legend.

    Parameters
    ----------
    layers
        The layers of a situation, whose sides have the colours.
    name
        Name of a spatial layer of the GeoPackage.
    frame
        Rows of the layer. By default those in ``layers``.
    """
    root = style_element(layers, name, layers.frames[name] if frame is None else frame)
    ET.indent(root, " ")
    return ET.tostring(root, encoding="unicode")


def style_element(layers: Layers, name: str, frame: geopandas.GeoDataFrame) -> ET.Element:
    """Return the style of a layer as an element; see `style_of`."""
    root = ET.Element("qgis", version="3.16.0", styleCategories="AllStyleCategories")
    columns = [c for c in COLUMNS if c in frame.columns]
    if "shown_from" in columns:
        _temporal(root, "shown_to" if "shown_to" in columns else "")
    single = {**symbols.base_symbols(), "other_names": symbols.town_dot()}.get(name)
    if single is not None:
        renderer = ET.SubElement(root, "renderer-v2", type="singleSymbol", symbollevels="0")
        symbols.add_symbol(ET.SubElement(renderer, "symbols"), "0", single)
    else:
        expression, categories = _categories(layers, name)
        _renderer(root, expression, _present(name, frame, categories))
    add_labels(root, name)
    aliases = ET.SubElement(root, "aliases")
    for number, column in enumerate(columns, 1):
        ET.SubElement(aliases, "alias", field=column, index=str(number), name=COLUMNS[column].title)
    return root


def _present(
    name: str, frame: geopandas.GeoDataFrame, categories: Sequence[_Category]
) -> list[_Category]:
    """Return the categories that have a row in the layer."""
    rows = frame.to_dict("records")
    values = {_value(name, row) for row in rows}
    return [c for c in categories if c.value in values]


def _value(name: str, row: Mapping[str, object]) -> str:
    """Return the value by which a row is categorised: what QGIS makes of the expression."""
    if name in {"control", "control_past"}:
        return str(row["holder"] or "")
    if name == "areas":
        return f"{row['side']} {row['part']}"
    if name in {"front_line", "flows"}:
        return str(row["part" if name == "front_line" else "method"] or "")
    if name == "regions" and row["kind"] in OF_A_SIDE:
        return f"{row['kind']} {row['actor_side'] or ''}"
    return str(row["kind"])


def _categories(layers: Layers, name: str) -> tuple[str, list[_Category]]:
    """Return the field or expression that a layer is categorised by, and its categories."""
    sides = [(s.id, s.name, s.shape, s.light.fill, s.light.line) for s in layers.shown.sides]
    if name in {"control", "control_past"}:
        sign = symbols.past_sign if name == "control_past" else symbols.holder_sign
        found = [
            _Category(i, label, sign(shape, fill, line)) for i, label, shape, fill, line in sides
        ]
        nobody = sign("circle", symbols.WHITE, symbols.INK)
        return "holder", [*found, _Category("", "Contested or not named", nobody)]
    if name == "areas":
        return '"side" || \' \' || "part"', [
            _Category(f"{i} {part}", f"{label}, {_part_words(part)}", symbols.area_fill(fill, part))
            for i, label, _, fill, _ in sides
            for part in ("sure", "unsure", "given")
        ]
    if name == "front_line":
        dashes = {"sure": "solid", "unsure": "dash", "given": "solid"}
        return "part", [
            _Category(p, f"Front, {_part_words(p)}", symbols.line(symbols.INK, 0.7, style))
            for p, style in dashes.items()
        ]
    if name == "flows":
        return "method", [
            _Category(way, words, symbols.arrow(alpha)) for way, (alpha, words) in _ROUTES.items()
        ]
    if name == "regions":
        return _region_categories(sides)
    return "kind", [
        _Category(kind, label, symbols.event_sign(shape, colour))
        for kind, (label, shape, colour) in _EVENTS.items()
    ]


def _part_words(part: str) -> str:
    return "as given" if part == "given" else part


def _region_categories(
    sides: Sequence[tuple[str, str, str, str, str]],
) -> tuple[str, list[_Category]]:
    """Return the categories of areas that reports name: ground in the colour of its side."""
    listed = ", ".join(f"'{kind}'" for kind in OF_A_SIDE)
    expression = (
        f'if("kind" in ({listed}), "kind" || \' \' || coalesce("actor_side", \'\'), "kind")'
    )
    found = []
    for kind, (label, _, colour) in _EVENTS.items():
        if kind not in OF_A_SIDE:
            found.append(_Category(kind, label, symbols.region_fill(colour)))
            continue
        plain = label.removesuffix(" near")
        found += [
            _Category(f"{kind} {i}", f"{name}: {plain.lower()}", symbols.region_fill(fill))
            for i, name, _, fill, _ in sides
        ]
        found.append(_Category(f"{kind} ", plain, symbols.region_fill(colour)))
    return expression, found


def _renderer(root: ET.Element, expression: str, categories: Sequence[_Category]) -> None:
    """Add a categorised renderer."""
    renderer = ET.SubElement(
        root, "renderer-v2", type="categorizedSymbol", attr=expression, symbollevels="0"
    )
    listed, drawn = ET.SubElement(renderer, "categories"), ET.SubElement(renderer, "symbols")
    for number, category in enumerate(categories):
        ET.SubElement(
            listed,
            "category",
            value=printable(category.value),
            label=not_evaluated(category.label),
            symbol=str(number),
            render="true",
        )
        symbols.add_symbol(drawn, str(number), category.symbol)


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
