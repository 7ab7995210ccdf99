"""Write the pages on which QGIS prints the map, with title, legend, scale bar and credits."""

from __future__ import annotations

import uuid
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mapgen.core.tables.style import colours
from mapgen.export.formats.qgis_symbols import INK, add_symbol, plain_fill, rgba
from mapgen.export.plain_text import not_evaluated

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapgen.export.formats.qgis_project import ProjectLayer
    from mapgen.export.layers import Layers
    from mapgen.ground.framing import Bbox

# QgsLayoutItemRegistry.ItemType
_PAGE, _MAP, _PICTURE, _LABEL, _LEGEND, _SCALE_BAR = (
    *("65638", "65639", "65640", "65641", "65642", "65646"),
)
_NORTH = ":/images/north_arrows/layout_default_north_arrow.svg"  # part of every QGIS
_MARGIN, _GAP = 8.0, 3.0  # millimetres
_TITLE_HEIGHT, _DAY_HEIGHT, _CREDITS_HEIGHT = 9.0, 6.0, 12.0
_LEGEND_WIDTH, _LEGEND_HEIGHT = 70.0, 70.0


@dataclass(frozen=True, slots=True)
class _Box:
    """A rectangle on a page, in millimetres from its upper left corner."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class _Page:
    """A page with the place of its map and of its legend."""

    name: str
    width: float
    height: float
    map: _Box
    legend: _Box


def _pages() -> tuple[_Page, ...]:
    """Return A4 across, with the legend at the right, and A4 upright, with the legend below."""
    top = _MARGIN + _TITLE_HEIGHT + _DAY_HEIGHT + 2
    below = _MARGIN + _CREDITS_HEIGHT
    wide, high = 297.0, 210.0
    across = wide - 2 * _MARGIN - _LEGEND_WIDTH - _GAP
    upright = wide - top - below - _LEGEND_HEIGHT - _GAP
    return (
        _Page(
            "A4 landscape",
            wide,
            high,
            _Box(_MARGIN, top, across, high - top - below),
            _Box(_MARGIN + across + _GAP, top, _LEGEND_WIDTH, high - top - below),
        ),
        _Page(
            "A4 portrait",
            high,
            wide,
            _Box(_MARGIN, top, high - 2 * _MARGIN, upright),
            _Box(_MARGIN, top + upright + _GAP, high - 2 * _MARGIN, _LEGEND_HEIGHT),
        ),
    )


def add_layouts(
    root: ET.Element, layers: Layers, parts: Sequence[ProjectLayer], extent: Bbox
) -> None:
    """Add two pages to a project, A4 across and upright.

    Parameters
    ----------
    root
        The project.
    layers
        The layers of a situation, for title, day and credits.
    parts
        Layers of the project. Those of the base map and tables are not in the legend.
    extent
        What the map shows, in the CRS of the project.
    """
    held = ET.SubElement(root, "Layouts")
    for page in _pages():
        layout = ET.SubElement(held, "Layout", name=page.name, units="mm", printResolution="300")
        sheet = ET.SubElement(layout, "PageCollection")
        add_symbol(sheet, "", plain_fill("#ffffff"))
        _item(sheet, page, _PAGE, _Box(0, 0, page.width, page.height))
        _texts(layout, page, layers)
        shown = _map(layout, page, extent)
        _legend(layout, page, parts, shown)
        _scale_bar(layout, page, shown)
        _north(layout, page, shown)


def _uuid(page: _Page, what: str) -> str:
    """Return an id that is the same on every run."""
    return f"{{{uuid.uuid5(uuid.NAMESPACE_URL, f'mapgen {page.name} {what}')}}}"


def _item(parent: ET.Element, page: _Page, kind: str, box: _Box, **more: str) -> ET.Element:
    """Add an item at a place of the page."""
    number = _uuid(page, f"{kind} {box.left} {box.top}")
    item = ET.SubElement(
        parent,
        "LayoutItem",
        {
            "type": kind,
            "uuid": number,
            "templateUuid": number,
            "size": f"{box.width:g},{box.height:g},mm",
            "position": f"{box.left:g},{box.top:g},mm",
            "positionOnPage": f"{box.left:g},{box.top:g},mm",
            "referencePoint": "0",
            "visibility": "1",
            "opacity": "1",
            "background": "false",
            "frame": "false",
            **more,
        },
    )
    ET.SubElement(item, "LayoutObject")
    return item


def _texts(layout: ET.Element, page: _Page, layers: Layers) -> None:
    """Add title, day and credits."""
    width = page.width - 2 * _MARGIN - 12
    day = ". ".join(p for p in (layers.meta["as_of_text"], layers.meta["as_of_note"]) if p)
    foot = ". ".join(line.rstrip(".") for line in layers.credits)
    note = "Estimated areas and fronts were reported by nobody. " if _estimates(layers) else ""
    below = page.height - _MARGIN - _CREDITS_HEIGHT + 2
    for text, top, height, size, weight in (
        (layers.meta["title"], _MARGIN, _TITLE_HEIGHT, "15", "75"),
        (day, _MARGIN + _TITLE_HEIGHT, _DAY_HEIGHT, "9", "50"),
        (f"{note}{foot}.", below, _CREDITS_HEIGHT, "6.5", "50"),
    ):
        box = _Box(_MARGIN, top, width, height)
        item = _item(layout, page, _LABEL, box, labelText=not_evaluated(text), htmlState="0")
        item.set("valign", "32")  # Qt.AlignTop
        _text_style(item, size, weight, older="LabelFont")


def _estimates(layers: Layers) -> bool:
    parts = {*layers.frames["areas"]["part"], *layers.frames["front_line"]["part"]}
    return bool(parts & {"sure", "unsure"})


def _text_style(parent: ET.Element, size: str, weight: str = "50", older: str = "") -> None:
    """Add the style of a text, also in an element that QGIS before 3.24 reads."""
    if older:
        font = f"Sans Serif,{size},-1,5,{weight},0,0,0,0,0"  # as QFont.toString writes it
        ET.SubElement(parent, older, description=font, style="")
    ET.SubElement(
        parent,
        "text-style",
        fontSize=size,
        fontSizeUnit="Point",
        fontWeight=weight,
        textColor=rgba(INK),
    )


def _map(layout: ET.Element, page: _Page, extent: Bbox) -> str:
    """Add the map and return its id."""
    item = _item(
        layout,
        page,
        _MAP,
        page.map,
        followPreset="false",
        keepLayerSet="false",
        drawCanvasItems="true",
        labelMargin="2,mm",
    )
    item.set("background", "true")
    item.set("frame", "true")
    channels = dict(
        zip(("red", "green", "blue", "alpha"), rgba(colours()["sea"]).split(","), strict=True)
    )
    ET.SubElement(item, "FrameColor", red="143", green="139", blue="131", alpha="255")
    ET.SubElement(item, "BackgroundColor", channels)
    values = _fitted(extent, page.map.width / page.map.height)
    ET.SubElement(
        item,
        "Extent",
        dict(zip(("xmin", "ymin", "xmax", "ymax"), (f"{v:.3f}" for v in values), strict=True)),
    )
    return str(item.get("uuid"))


def _fitted(extent: Bbox, ratio: float) -> Bbox:
    """Widen an extent to the shape of the map on the page."""
    left, bottom, right, top = extent
    width, height = right - left, top - bottom
    more_width = max(height * ratio - width, 0.0) / 2
    more_height = max(width / ratio - height, 0.0) / 2
    return left - more_width, bottom - more_height, right + more_width, top + more_height


def _legend(layout: ET.Element, page: _Page, parts: Sequence[ProjectLayer], map_id: str) -> None:
    """Add the legend of the situation and of the estimates."""
    item = _item(
        layout,
        page,
        _LEGEND,
        page.legend,
        map_uuid=map_id,
        title="",
        columnCount="1" if page.height < page.width else "3",
        splitLayer="0",
        resizeToContents="1",
        wrapChar="",
        symbolWidth="6",
        symbolHeight="3.5",
        legendFilterByAtlas="0",
    )
    styles = ET.SubElement(item, "styles")
    for name, size, weight, space in (
        ("title", "10", "75", "2"),
        ("group", "9", "75", "2"),
        ("subgroup", "8", "75", "2"),
        ("symbolLabel", "7.5", "50", "1"),
    ):
        style = ET.SubElement(styles, "style", name=name, alignment="1", marginTop=space)
        style.set("marginLeft", "2" if name == "symbolLabel" else "0")
        _text_style(style, size, weight, older="styleFont")
    tree = ET.SubElement(item, "layer-tree-group")
    for part in parts:
        if part.style is None or part.style.find("renderer-v2/categories") is None:
            continue  # tables, the base map and names need no explanation
        ET.SubElement(
            tree,
            "layer-tree-layer",
            id=part.id,
            name=part.title,
            checked="Qt::Checked",
            expanded="1",
        )


def _scale_bar(layout: ET.Element, page: _Page, map_id: str) -> None:
    """Add a scale bar of about four centimetres in the lower left corner of the map."""
    box = _Box(page.map.left + 3, page.map.top + page.map.height - 13, 60, 10)
    item = _item(
        layout,
        page,
        _SCALE_BAR,
        box,
        mapUuid=map_id,
        style="Line Ticks Up",
        unitType="km",
        unitLabel="km",
        numSegments="2",
        numSegmentsLeft="0",
        numMapUnitsPerScaleBarUnit="1",
        segmentSizeMode="1",  # as many kilometres as fit
        minBarWidth="30",
        maxBarWidth="50",
        height="2",
        labelBarSpace="1",
        boxContentSpace="1",
        outlineWidth="0.3",
        alignment="0",
    )
    _text_style(item, "7")


def _north(layout: ET.Element, page: _Page, map_id: str) -> None:
    """Add a north arrow beside the title, where it hides nothing."""
    box = _Box(page.width - _MARGIN - 10, _MARGIN, 10, 12)
    _item(layout, page, _PICTURE, box, file=_NORTH, mapUuid=map_id, northMode="1", resizeMode="0")
