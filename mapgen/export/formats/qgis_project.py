"""Write the project with which QGIS opens a GeoPackage as a finished map.

The project is a ZIP archive with an XML file, as hexadecimal text in the table ``qgis_projects``
(``QgsGeoPackageProjectStorage``). QGIS uses its defaults for everything that it leaves out.
"""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pyproj
import shapely

from mapgen.core.tables.style import colours
from mapgen.export.formats.qgis_layout import add_layouts
from mapgen.export.formats.zipped import zipped
from mapgen.export.plain_text import not_evaluated, printable

if TYPE_CHECKING:
    from collections.abc import Sequence

    import geopandas

    from mapgen.export.layers import Layers
    from mapgen.ground.framing import Bbox

PROJECT_NAME = "map"
_MERCATOR, _PACIFIC_MERCATOR = "EPSG:3857", "EPSG:3832"
_WGS84 = "EPSG:4326"
_MOST_LAT = 85.0  # where Web Mercator ends
_OFF = "0"  # QgsTemporalNavigationObject.NavigationOff: the map opens with everything on it


@dataclass(frozen=True, kw_only=True, slots=True)
class ProjectLayer:
    """A layer or table of the project.

    Parameters
    ----------
    name
        Name of its table in the GeoPackage.
    title
        Name that readers see.
    group
        Heading that it stands under.
    style
        Its style, from `mapgen.export.formats.qgis_styles.style_element`; None for a table.
    geometry
        ``Point``, ``Line``, ``Polygon`` or ``No geometry``.
    """

    name: str
    title: str
    group: str
    style: ET.Element | None
    geometry: str

    @property
    def id(self) -> str:
        """Its id in the project."""
        return f"{self.name}_layer"


def project_row(
    layers: Layers, parts: Sequence[ProjectLayer], box: Bbox, file_name: str
) -> tuple[str, str, str]:
    """Return the row of ``qgis_projects``: name, metadata and content.

    Parameters
    ----------
    layers
        The layers of a situation.
    parts
        Layers and tables of the project, from top to bottom.
    box
        What the map shows: west, south, east and north in degrees, EPSG:4326.
    file_name
        Name of the GeoPackage, relative to which the project names its layers.
    """
    document = _document(layers, parts, box, file_name)
    archive = zipped({f"{PROJECT_NAME}.qgs": document})
    day = layers.meta["as_of"] or "1970-01-01"
    about = {"last_modified_time": f"{day}T00:00:00", "last_modified_user": "mapgen"}
    return PROJECT_NAME, json.dumps(about), archive.hex()


def _document(layers: Layers, parts: Sequence[ProjectLayer], box: Bbox, file_name: str) -> bytes:
    """Return the project as XML."""
    title = not_evaluated(layers.meta["title"])
    root = ET.Element("qgis", projectname=title, version="3.16.0")
    ET.SubElement(root, "homePath", path="")
    ET.SubElement(root, "title").text = title
    crs = _MERCATOR if box[0] >= -180 and box[2] <= 180 else _PACIFIC_MERCATOR  # noqa: PLR2004
    extent = _projected(box, crs)
    _add_crs(ET.SubElement(root, "projectCrs"), crs)
    _add_tree(root, parts, file_name)
    canvas = ET.SubElement(root, "mapcanvas", name="theMapCanvas", annotationsVisible="1")
    ET.SubElement(canvas, "units").text = "meters"
    _add_extent(canvas, "extent", extent)
    ET.SubElement(canvas, "rotation").text = "0"
    _add_crs(ET.SubElement(canvas, "destinationsrs"), crs)
    held = ET.SubElement(root, "projectlayers")
    for part in parts:
        _add_layer(held, part, file_name)
    order = ET.SubElement(root, "layerorder")
    for part in parts:
        ET.SubElement(order, "layer", id=part.id)
    _add_properties(root, layers)
    _add_metadata(root, layers)
    add_layouts(root, layers, parts, extent)
    view = ET.SubElement(root, "ProjectViewSettings", UseProjectScales="0", rotation="0")
    _add_crs(_add_extent(view, "DefaultViewExtent", extent, as_attributes=True), crs)
    _add_days(root, layers)
    ET.indent(root, " ")
    document: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return document


def _projected(box: Bbox, crs: str) -> Bbox:
    """Project a box in degrees to the CRS of the project."""
    west, south, east, north = box
    change = pyproj.Transformer.from_crs(_WGS84, crs, always_xy=True)
    south, north = max(south, -_MOST_LAT), min(north, _MOST_LAT)
    left, bottom, right, top = change.transform_bounds(west, south, east, north)
    return float(left), float(bottom), float(right), float(top)


def _add_crs(parent: ET.Element, authority_id: str) -> None:
    system = ET.SubElement(parent, "spatialrefsys", nativeFormat="Wkt")
    ET.SubElement(system, "wkt").text = pyproj.CRS(authority_id).to_wkt("WKT2_2019")
    ET.SubElement(system, "srid").text = authority_id.partition(":")[2]
    ET.SubElement(system, "authid").text = authority_id


def _add_extent(
    parent: ET.Element, tag: str, extent: Bbox, *, as_attributes: bool = False
) -> ET.Element:
    """Add an extent as elements or as attributes."""
    values = dict(zip(("xmin", "ymin", "xmax", "ymax"), (f"{v:.3f}" for v in extent), strict=True))
    if as_attributes:
        return ET.SubElement(parent, tag, values)
    element = ET.SubElement(parent, tag)
    for key, value in values.items():
        ET.SubElement(element, key).text = value
    return element


def _source(part: ProjectLayer, file_name: str) -> str:
    return f"./{file_name}|layername={part.name}"


def _add_tree(root: ET.Element, parts: Sequence[ProjectLayer], file_name: str) -> None:
    """Add the tree of layers, in groups."""
    tree = ET.SubElement(root, "layer-tree-group")
    groups: dict[str, ET.Element] = {}
    for part in parts:
        if part.group not in groups:
            is_open = part.style is not None and not part.name.startswith("base_")
            groups[part.group] = ET.SubElement(
                tree,
                "layer-tree-group",
                name=part.group,
                checked="Qt::Checked",
                expanded=str(int(is_open)),
            )
        ET.SubElement(
            groups[part.group],
            "layer-tree-layer",
            id=part.id,
            name=part.title,
            source=_source(part, file_name),
            providerKey="ogr",
            checked="Qt::Checked",
            expanded="1",
        )


def _add_layer(held: ET.Element, part: ProjectLayer, file_name: str) -> None:
    """Add a layer with its style."""
    layer = ET.SubElement(held, "maplayer", type="vector", geometry=part.geometry)
    ET.SubElement(layer, "id").text = part.id
    ET.SubElement(layer, "datasource").text = _source(part, file_name)
    ET.SubElement(layer, "layername").text = part.title
    _add_crs(ET.SubElement(layer, "srs"), _WGS84)
    ET.SubElement(layer, "provider", encoding="UTF-8").text = "ogr"
    if part.style is None:
        return
    layer.set("labelsEnabled", part.style.get("labelsEnabled", "0"))
    layer.extend(list(part.style))


def _add_properties(root: ET.Element, layers: Layers) -> None:
    """Add the colour of the sea, relative paths, and the days of the temporal controller."""
    properties = ET.SubElement(root, "properties")
    sea = colours()["sea"]
    gui = ET.SubElement(properties, "Gui")
    for name, at in (("Red", 1), ("Green", 3), ("Blue", 5)):
        part = ET.SubElement(gui, f"CanvasColor{name}Part", type="int")
        part.text = str(int(sea[at : at + 2], 16))
    paths = ET.SubElement(properties, "Paths")
    ET.SubElement(paths, "Absolute", type="bool").text = "false"
    system = ET.SubElement(properties, "SpatialRefSys")  # without it QGIS reads no projectCrs
    ET.SubElement(system, "ProjectionsEnabled", type="int").text = "1"
    days = days_of(layers)
    if days is None:
        return
    controller = ET.SubElement(properties, "TemporalControllerWidget")
    ET.SubElement(controller, "NavigationMode", type="int").text = _OFF
    ET.SubElement(controller, "StartDateTime", type="QString").text = f"{days[0]}T00:00:00Z"
    ET.SubElement(controller, "EndDateTime", type="QString").text = f"{days[1]}T00:00:00Z"


def _add_metadata(root: ET.Element, layers: Layers) -> None:
    """Add title, method and credits where QGIS shows the properties of a project."""
    metadata = ET.SubElement(root, "projectMetadata")
    ET.SubElement(metadata, "title").text = printable(layers.meta["title"])
    summary = [f"{lead} {text}".strip() for lead, text in layers.meta["summary"]]
    told = [layers.meta["as_of_text"], *summary, layers.method, *layers.credits]
    ET.SubElement(metadata, "abstract").text = printable("\n".join(t for t in told if t))
    ET.SubElement(metadata, "author").text = f"mapgen {layers.meta['generator']['version']}"


def days_of(layers: Layers) -> tuple[date, date] | None:
    """Return the first day of the time slider and the day behind its last, or None.

    Parameters
    ----------
    layers
        The layers of a situation; their ``shown_from`` gives the first day.
    """
    last = layers.shown.situation.as_of
    if last is None:
        return None
    starts = [day for frame in layers.frames.values() for day in _starts(frame)]
    return min([*starts, last]), last + timedelta(days=1)


def _starts(frame: geopandas.GeoDataFrame) -> list[date]:
    column = frame["shown_from"] if "shown_from" in frame.columns else []
    return [day for day in column if day is not None]


def _add_days(root: ET.Element, layers: Layers) -> None:
    """Add the days of the project, a day for each step."""
    days = days_of(layers)
    if days is None:
        return
    settings = ET.SubElement(
        root,
        "ProjectTimeSettings",
        frameRate="1",
        timeStep="1",
        timeStepUnit="d",
        cumulativeTemporalRange="0",
    )
    span = ET.SubElement(settings, "TemporalRange")
    for tag, day in zip(("start", "end"), days, strict=True):
        ET.SubElement(span, tag).text = f"{day}T00:00:00Z"


def geometry_of(frame: geopandas.GeoDataFrame) -> str:
    """Return the geometry of a layer in the words of a project: ``Point``, ``Line`` ..."""
    shapes = [g for g in frame.geometry if g is not None]
    kinds = {int(shapely.get_dimensions(g)) for g in shapes}
    names = ("Point", "Line", "Polygon")
    return names[kinds.pop()] if len(kinds) == 1 else "No geometry"
