"""Write how QGIS labels the layers."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mapgen.core.tables.style import colours
from mapgen.export.formats.qgis_symbols import FLIGHT, INK, WHITE, add_properties, rgba

if TYPE_CHECKING:
    from collections.abc import Mapping

_BESIDE_A_POINT, _ON_A_POINT = "6", "1"  # Qgis.LabelPlacement
_LINE_CHARS = 26  # longer labels are broken
_MOST, _LEAST = "10", "2"  # priorities of QGIS


@dataclass(frozen=True, slots=True)
class Labels:
    """The labels of a layer.

    Parameters
    ----------
    text
        Expression for the text.
    size
        In points.
    colour
        As ``#rrggbb``.
    placement
        Number of a placement in QGIS.
    varying
        Expressions by property, for what differs between features.
    priority
        From 0 to 10; the greater wins where there is no room.
    is_italic
        Whether names are in italics, as of waters.
    at
        Expression for the point that is labelled; empty for the feature itself.
    """

    text: str
    size: float = 8.0
    colour: str = INK
    placement: str = _BESIDE_A_POINT
    varying: Mapping[str, str] = field(default_factory=dict)
    priority: str = _LEAST
    is_italic: bool = False
    at: str = ""


_OF_THE_STORY = '"in_reports" = 1'
_MIDDLE = "line_interpolate_point($geometry, length($geometry) / 2)"


def _labels() -> dict[str, Labels]:
    """Return the labels by layer. Names of places that articles name come before all others."""
    told = {
        "Priority": f"if({_OF_THE_STORY}, 10, 3)",
        "AlwaysShow": _OF_THE_STORY,
        "Bold": _OF_THE_STORY,
        "Size": f"if({_OF_THE_STORY}, 9, 7.5)",
    }
    # only while the temporal controller shows a past day
    past = {"Show": "@map_start_time is not null", "Bold": "true"}
    always = {"AlwaysShow": "true"}
    return {
        "control": Labels('"place"', varying=told),
        "control_past": Labels('"place"', 9.0, varying=past, priority=_MOST),
        "other_names": Labels('"place"', 9.0, varying=always | {"Bold": "true"}, priority=_MOST),
        "flows": Labels('"words"', 7.5, FLIGHT, varying=always, priority="8", at=_MIDDLE),
        "base_names": Labels(
            '"name"', 8.5, colours()["country"], _ON_A_POINT, priority="1", is_italic=True
        ),
    }


def add_labels(root: ET.Element, name: str) -> None:
    """Add the labels of a layer to its style, if it has any."""
    labels = _labels().get(name)
    root.set("labelsEnabled", "0" if labels is None else "1")
    if labels is None:
        return
    labeling = ET.SubElement(root, "labeling", type="simple")
    settings = ET.SubElement(labeling, "settings")
    style = ET.SubElement(
        settings,
        "text-style",
        fieldName=labels.text,
        isExpression="1",
        fontSize=f"{labels.size:g}",
        fontSizeUnit="Point",
        fontItalic=str(int(labels.is_italic)),
        textColor=rgba(labels.colour),
    )
    ET.SubElement(
        style, "text-buffer", bufferDraw="1", bufferSize="0.8", bufferColor=rgba(WHITE, 220)
    )
    ET.SubElement(
        settings,
        "placement",
        placement=labels.placement,
        predefinedPositionOrder="R,TR,BR,L,TL,BL,TSR,BSR",
        dist="2.2",
        distUnits="MM",
        offsetType="0",
        placementFlags="10",
        priority=labels.priority,
        geometryGenerator=labels.at,
        geometryGeneratorEnabled=str(int(bool(labels.at))),
        geometryGeneratorType="PointGeometry",
    )
    ET.SubElement(
        settings,
        "text-format",
        autoWrapLength=str(_LINE_CHARS),
        useMaxLineLengthForAutoWrap="1",
        multilineAlign="1",  # centred
    )
    ET.SubElement(settings, "rendering", obstacle="1", obstacleFactor="1", displayAll="0")
    if labels.varying:
        add_properties(settings, "dd_properties", labels.varying)
