"""Open a file of layers in QGIS, as somebody would who drags it into the window, and draw it.

Runs in the Python of the system, which has PyQGIS:

    python3 layers_in_qgis.py homs.kml map.png WEST SOUTH EAST NORTH [COLOURS]

KML has colours of its own. For a file that has none, COLOURS is a JSON object of a colour for each
side, by which the columns ``holder``, ``side`` and ``actor_side`` are categorised. Names of towns
whose holder is known are switched on. The map is in degrees, and as wide as `WIDTH`.
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from qgis.core import (
    Qgis,
    QgsApplication,
    QgsCategorizedSymbolRenderer,
    QgsMapRendererParallelJob,
    QgsMapSettings,
    QgsPalLayerSettings,
    QgsProject,
    QgsProviderRegistry,
    QgsProviderSublayerDetails,
    QgsRectangle,
    QgsRendererCategory,
    QgsSymbol,
    QgsTextBufferSettings,
    QgsTextFormat,
    QgsVectorLayerSimpleLabeling,
    QgsWkbTypes,
)
from qgis.PyQt.QtCore import QSize, Qt
from qgis.PyQt.QtGui import QColor, QFont

WIDTH = 900
_OPAQUE, _SEE_THROUGH = 1.0, 0.35
_LABEL_PT = 8


def layers_of(path: str) -> list[Any]:
    """Return the layers of a file that have a shape: points, then lines, then areas."""
    resolve = Qgis.SublayerQueryFlags(Qgis.SublayerQueryFlag.ResolveGeometryType)
    options = QgsProviderSublayerDetails.LayerOptions(QgsProject.instance().transformContext())
    listed = QgsProviderRegistry.instance().querySublayers(path, resolve)
    layers = [part.toLayer(options) for part in listed]
    drawn = [layer for layer in layers if layer.isValid() and layer.isSpatial()]
    drawn.reverse()  # QGIS puts the last layer of a file on top, and points above lines above areas
    return sorted(drawn, key=lambda layer: int(layer.geometryType()))


def coloured(layer: Any, colours: dict[str, str]) -> None:  # noqa: ANN401
    """Colour a layer that has no colours of its own by the columns that name a side."""
    opacity = _SEE_THROUGH if layer.geometryType() == QgsWkbTypes.PolygonGeometry else _OPAQUE
    categories = []
    for side, colour in colours.items():
        symbol = QgsSymbol.defaultSymbol(layer.geometryType())
        symbol.setColor(QColor(colour))
        symbol.setOpacity(opacity)
        categories.append(QgsRendererCategory(side, symbol, side))
    side = 'coalesce("holder", "side", "actor_side", "kind")'
    layer.setRenderer(QgsCategorizedSymbolRenderer(side, categories))
    layer.setSubsetString("layer <> 'control_past'")


def labelled(layer: Any) -> None:  # noqa: ANN401
    """Switch on the names of towns whose holder changed."""
    label = QgsPalLayerSettings()
    label.fieldName = "if(\"basis\" = 'articles', \"place\", '')"
    label.isExpression = True
    label.placement = QgsPalLayerSettings.OrderedPositionsAroundPoint
    label.dist = 1.5  # mm
    label.displayAll = True
    text = QgsTextFormat()
    text.setFont(QFont("DejaVu Sans"))
    text.setSize(_LABEL_PT)
    halo = QgsTextBufferSettings()
    halo.setEnabled(True)
    halo.setSize(0.8)
    text.setBuffer(halo)
    label.setFormat(text)
    layer.setLabeling(QgsVectorLayerSimpleLabeling(label))
    layer.setLabelsEnabled(True)


def main() -> None:
    """Open the file and save the picture."""
    path, picture, *told = sys.argv[1:]
    west, south, east, north = (float(degrees) for degrees in told[:4])
    colours = json.loads(told[4]) if len(told) > len("wsen") else None
    application = QgsApplication([], True)  # noqa: FBT003
    application.initQgis()
    layers = layers_of(path)
    for layer in layers:
        if colours is not None:
            coloured(layer, colours)
        if {"basis", "place"} <= set(layer.fields().names()):
            labelled(layer)
    settings = QgsMapSettings()
    settings.setLayers(layers)
    height = round(WIDTH * (north - south) / (east - west))
    settings.setOutputSize(QSize(WIDTH, height))
    settings.setBackgroundColor(QColor(Qt.white))
    settings.setDestinationCrs(layers[0].crs())
    settings.setExtent(QgsRectangle(west, south, east, north))
    job = QgsMapRendererParallelJob(settings)
    job.start()
    job.waitForFinished()
    done = not job.errors() and job.renderedImage().save(picture)
    for error in job.errors():
        print(error.message, file=sys.stderr)
    sys.stderr.flush()
    os._exit(0 if done else 1)  # QGIS may crash while it takes itself apart, after all is done


if __name__ == "__main__":
    main()
