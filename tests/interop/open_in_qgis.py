"""Open the project inside a GeoPackage in QGIS, print what QGIS found, and save pictures.

Runs in the Python of the system, which has PyQGIS:

    python3 open_in_qgis.py map.gpkg FOLDER [DAY ...]

The picture of the whole map is ``FOLDER/map.png``, that of a day ``FOLDER/<day>.png``, and each
page of print ``FOLDER/<page>.png``. What QGIS found is printed as JSON on the last line.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from qgis.core import (
    QgsApplication,
    QgsDateTimeRange,
    QgsExpressionContextUtils,
    QgsLayoutExporter,
    QgsMapRendererParallelJob,
    QgsMapSettings,
    QgsProject,
)
from qgis.PyQt.QtCore import QDateTime, QSize, Qt

WIDTH, HEIGHT = 1200, 900


def picture(project: QgsProject, path: Path, day: str | None) -> dict[str, object]:
    """Draw the map as its canvas would be, and return the labels that found room."""
    settings = QgsMapSettings()
    root = project.layerTreeRoot()
    settings.setLayers([n.layer() for n in root.findLayers() if n.isVisible()])
    settings.setOutputSize(QSize(WIDTH, HEIGHT))
    settings.setBackgroundColor(project.backgroundColor())
    settings.setDestinationCrs(project.crs())
    settings.setTransformContext(project.transformContext())
    settings.setExtent(project.viewSettings().defaultViewExtent())
    context = settings.expressionContext()
    context.appendScope(QgsExpressionContextUtils.globalScope())
    context.appendScope(QgsExpressionContextUtils.projectScope(project))
    context.appendScope(QgsExpressionContextUtils.mapSettingsScope(settings))
    settings.setExpressionContext(context)
    if day is not None:
        start = QDateTime.fromString(f"{day}T00:00:00Z", Qt.ISODate)
        settings.setTemporalRange(QgsDateTimeRange(start, start.addDays(1), True, False))
        settings.setIsTemporal(True)
        context.appendScope(QgsExpressionContextUtils.mapSettingsScope(settings))
        settings.setExpressionContext(context)
    job = QgsMapRendererParallelJob(settings)
    job.start()
    job.waitForFinished()
    image = job.renderedImage()
    image.save(str(path))
    transform = settings.mapToPixel()
    labels = [
        {
            "text": label.labelText,
            "layer": project.mapLayer(label.layerID).name(),
            "height": label.cornerPoints[0].y()
            and abs(
                transform.transform(label.cornerPoints[0]).y()
                - transform.transform(label.cornerPoints[2]).y()
            ),
        }
        for label in job.takeLabelingResults().allLabels()
        if not label.isUnplaced
    ]
    return {"labels": labels, "errors": [e.message for e in job.errors()]}


def described(project: QgsProject) -> list[dict[str, object]]:
    """Return the layers of the tree, from top to bottom."""
    found = []
    for node in project.layerTreeRoot().findLayers():
        layer = node.layer()
        entry = {
            "name": node.name(),
            "group": node.parent().name(),
            "valid": layer is not None and layer.isValid(),
        }
        if layer is not None and layer.isValid():
            entry["table"] = layer.source().partition("layername=")[2]
            entry["rows"] = layer.featureCount()
            entry["spatial"] = layer.isSpatial()
            if layer.isSpatial():
                entry["legend"] = [i.label() for i in layer.renderer().legendSymbolItems()]
                entry["temporal"] = layer.temporalProperties().isActive()
                entry["labelled"] = layer.labelsEnabled()
        found.append(entry)
    return found


def main() -> None:
    """Open the project and print what was found."""
    package, folder, days = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:]
    application = QgsApplication([], True)
    application.initQgis()
    project = QgsProject.instance()
    opened = project.read(f"geopackage:{package}?projectName=map")
    extent = project.viewSettings().defaultViewExtent()
    settings = project.timeSettings().temporalRange()
    told = {
        "opened": opened,
        "title": project.title(),
        "crs": project.crs().authid(),
        "extent": [extent.xMinimum(), extent.yMinimum(), extent.xMaximum(), extent.yMaximum()],
        "days": [settings.begin().toString(Qt.ISODate), settings.end().toString(Qt.ISODate)],
        "abstract": project.metadata().abstract(),
        "layers": described(project),
        "pictures": {
            name: picture(project, folder / f"{name}.png", day)
            for name, day in (("map", None), *((day, day) for day in days))
        },
        "layouts": {},
    }
    for layout in project.layoutManager().layouts():
        options = QgsLayoutExporter.ImageExportSettings()
        options.dpi = 100
        path = folder / f"{layout.name()}.png"
        done = QgsLayoutExporter(layout).exportToImage(str(path), options)
        told["layouts"][layout.name()] = done == QgsLayoutExporter.Success
    print(json.dumps(told))
    sys.stdout.flush()
    os._exit(0)  # QGIS may crash while it takes itself apart, after all is done


if __name__ == "__main__":
    main()
