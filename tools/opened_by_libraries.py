"""Take pictures of files that no program with a window opens here, but the libraries made for them.

The KMZ is drawn by OpenLayers in Chromium (Google Earth runs in no build), the GeoParquet by
geopandas, and the notebook is run and made a page by nbconvert: left as Chromium shows the page,
right as Chromium prints it, which is how nbconvert makes its PDF.
"""

from __future__ import annotations

import base64
import math
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

VIEWERS = Path("build/viewers")
"""Where npm puts OpenLayers (BSD-2-Clause) and JSZip (MIT), from the root; not kept."""

NOTEBOOK = Path("docs/tutorial.ipynb")
"""The notebook, from the root."""

MAP_WIDTH = 900
"""Width of a map in pixels, as of the maps that QGIS draws."""

PAGE, PRINTED = {"width": 1000, "height": 1240}, 150
"""Size of the part of the notebook that is shown, in pixels, and dots per inch of its print."""

_HERE = Path(__file__).parent
_PACKAGES = ("ol@10", "jszip@3")
_FILES = {"ol.js": "ol/dist/ol.js", "jszip.js": "jszip/dist/jszip.min.js"}
_RUN = 120_000  # milliseconds for a page to be ready


def openlayers(kmz: Path, png: Path, *, browser: str, extent: Sequence[float]) -> bool:
    """Draw a KMZ file in OpenLayers; False if Chromium or npm is missing.

    Parameters
    ----------
    kmz, png
        The file, and the picture to write.
    browser
        Path of a Chromium.
    extent
        West, south, east and north of the map in degrees, EPSG:4326.
    """
    npm = shutil.which("npm")
    if not browser or npm is None or not kmz.is_file():
        return False
    VIEWERS.mkdir(parents=True, exist_ok=True)
    if not all((VIEWERS / "node_modules" / path).is_file() for path in _FILES.values()):
        words = [npm, "install", "--no-audit", "--no-fund", "--ignore-scripts", *_PACKAGES]
        subprocess.run(words, cwd=VIEWERS, check=True, capture_output=True)
    for name, path in _FILES.items():
        shutil.copyfile(VIEWERS / "node_modules" / path, VIEWERS / name)
    page = VIEWERS / "kmz.html"
    shutil.copyfile(_HERE / "kmz_in_openlayers.html", page)
    from playwright.sync_api import sync_playwright  # noqa: PLC0415

    west, south, east, north = extent
    high = _northing(north) - _northing(south)
    screen = {"width": MAP_WIDTH, "height": round(MAP_WIDTH * high / math.radians(east - west))}
    with sync_playwright() as engine:
        opened = engine.chromium.launch(executable_path=browser, args=["--no-sandbox"])
        view = opened.new_page(viewport=screen, offline=True)
        view.goto(page.absolute().as_uri())
        archive = base64.b64encode(kmz.read_bytes()).decode("ascii")
        view.evaluate("([archive, extent]) => show(archive, extent)", [archive, list(extent)])
        view.screenshot(path=png)
        opened.close()
    return True


def _northing(lat: float) -> float:
    """Return the northing of a latitude in Web Mercator, in radians at the equator."""
    return math.log(math.tan(math.pi / 4 + math.radians(lat) / 2))


def geopandas(parquet: Path, png: Path, *, extent: Sequence[float]) -> bool:
    """Draw a GeoParquet file with geopandas, in a process that has nothing of mapgen."""
    if not parquet.is_file():
        return False
    script = _HERE / "parquet_in_geopandas.py"
    subprocess.run([sys.executable, script, parquet, png, *map(str, extent)], check=True)
    return True


def run_notebook(notebook: Path) -> str:
    """Run a notebook in its folder, and return it as the page that nbconvert makes of it."""
    import nbformat  # noqa: PLC0415
    from nbclient import NotebookClient  # noqa: PLC0415
    from nbconvert import HTMLExporter  # noqa: PLC0415

    book = nbformat.read(notebook, as_version=4)
    place = {"metadata": {"path": str(notebook.parent)}}
    NotebookClient(book, timeout=600, kernel_name="python3", resources=place).execute()
    text, _ = HTMLExporter().from_notebook_node(book)
    return str(text)


def shown_and_printed(text: str, browser: str, folder: Path) -> tuple[Path, Path]:
    """Open a notebook's page in Chromium and print it, as nbconvert's ``webpdf`` does.

    Parameters
    ----------
    text
        The page, from `run_notebook`.
    browser
        Path of a Chromium.
    folder
        Folder for the two files.

    Returns
    -------
    tuple of Path
        The picture of the page's beginning (PNG), and the PDF.

    Raises
    ------
    RuntimeError
        If the map in the page does not come to be ready, with what the browser said.
    """
    from playwright.sync_api import TimeoutError, sync_playwright  # noqa: A004, PLC0415

    page, png, pdf = (folder / f"notebook.{ending}" for ending in ("html", "png", "pdf"))
    page.write_text(text, encoding="utf-8")
    with sync_playwright() as engine:
        opened = engine.chromium.launch(executable_path=browser, args=["--no-sandbox"])
        view = opened.new_page(viewport=PAGE, offline=True)
        said: list[str] = []
        view.on("pageerror", lambda fault: said.append(str(fault)))
        view.on("console", lambda line: said.append(line.text))
        view.on("crash", lambda _: said.append("the page crashed"))
        view.goto(page.absolute().as_uri())
        frame = view.frame_locator("iframe.mapgen")
        try:
            frame.locator("body[data-ready]").wait_for(state="attached", timeout=_RUN)
        except TimeoutError as late:
            at = view.locator("iframe.mapgen").bounding_box()
            msg = f"the map in the frame at {at} is not ready; the browser said: {said}"
            raise RuntimeError(msg) from late
        view.wait_for_timeout(1000)  # until animations of the map have finished
        view.screenshot(path=png)
        view.emulate_media(media="print")
        view.pdf(path=pdf, print_background=True)
        opened.close()
    return png, pdf


def nbconvert(png: Path, *, browser: str) -> bool:
    """Show the notebook as a page, and beside it the first page of its print.

    Returns False if Chromium or poppler is missing.
    """
    poppler = shutil.which("pdftoppm")
    if not browser or poppler is None:
        return False
    import PIL.Image  # noqa: PLC0415

    os.environ.setdefault("JUPYTER_PLATFORM_DIRS", "1")
    with tempfile.TemporaryDirectory(prefix="mapgen-") as target:
        os.environ["IPYTHONDIR"] = target
        shown, pdf = shown_and_printed(run_notebook(NOTEBOOK), browser, Path(target))
        words = ["-r", str(PRINTED), "-f", "1", "-l", "1", "-singlefile", "-png"]
        printed = Path(target) / "printed.png"
        subprocess.run([poppler, *words, pdf, printed.with_suffix("")], check=True)
        with PIL.Image.open(shown) as left, PIL.Image.open(printed) as right:
            width = round(right.width * left.height / right.height)
            sheet = PIL.Image.new("RGB", (left.width + GAP + width, left.height), "#777777")
            sheet.paste(left.convert("RGB"), (0, 0))
            same_height = right.convert("RGB").resize(
                (width, left.height), PIL.Image.Resampling.LANCZOS
            )
            sheet.paste(same_height, (left.width + GAP, 0))
            sheet.save(png)
    return True


GAP = 16
"""Between pictures side by side, in pixels."""
