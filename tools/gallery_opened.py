"""Take pictures of the files of the gallery as they look in the programs that they are for.

QGIS exports the printed page of the GeoPackage's project and draws KML and GeoJSON, LibreOffice
opens Word files, slides and spreadsheets, poppler draws their pages and the PDF, librsvg and
Chromium draw the SVG, Chromium opens the report as a page and the Markdown as a page made of it,
and Pillow reads the animation. OpenLayers, geopandas and nbconvert open the rest
(`opened_by_libraries`). A program that is not installed is named, and its picture stays as it is.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parent))
import opened_by_libraries

if TYPE_CHECKING:
    from collections.abc import Callable

    from PIL.Image import Image

OPENED = {
    "opened-qgis.png": "homs.gpkg in QGIS, its page for print",
    "opened-kml.png": "homs.kml in QGIS, in its own colours, names switched on",
    "opened-kmz.png": "homs.kmz in OpenLayers, with the signs that it brings",
    "opened-geojson.png": "homs.geojson in QGIS, coloured there by its columns of sides",
    "opened-parquet.png": "homs.parquet in geopandas, which chose the colours",
    "opened-csv.png": "homs.csv in LibreOffice Calc, its first rows and columns",
    "opened-events.png": "homs.events.csv in LibreOffice Calc",
    "opened-svg.png": "figure-column.svg in librsvg, and in Chromium",
    "opened-pdf.png": "figure-column.pdf in poppler",
    "opened-frames.png": "figure-offensive.gif, and below it .webp, frame by frame in Pillow",
    "opened-word.png": "report.docx in LibreOffice Writer",
    "opened-slides.png": "report.pptx in LibreOffice Impress, the map as shapes",
    "opened-html.png": "report.html in Chromium",
    "opened-markdown.png": "report.md, made a page by markdown-it, in Chromium",
    "opened-notebook.png": "the notebook, run and made a page by nbconvert, and its print",
}
"""Pictures, with what they show."""

WIDEST = {
    "opened-kml.png": 800,
    "opened-kmz.png": 720,
    "opened-geojson.png": 800,
    "opened-parquet.png": 800,
    "opened-csv.png": 1300,
    "opened-events.png": 1300,
    "opened-svg.png": 900,
    "opened-pdf.png": 720,
    "opened-frames.png": 1300,
    "opened-markdown.png": 800,
    "opened-notebook.png": 860,
}
"""The longest side of a picture that has small letters, in pixels; 560 for the others."""

HOW = """\
Programs with a window are not for every format: Google Earth runs in no build, so `homs.kmz` is
drawn by OpenLayers, and GDAL as Debian builds it has no driver for Parquet, so `homs.parquet` is
read and drawn by geopandas alone, without mapgen. The [notebook](../tutorial.ipynb) is the
tutorial; right of it is the first page of its print, as nbconvert makes a PDF of it.
"""
"""What the names of the pictures do not say."""

EXTENT = (35.3, 32.1, 42.7, 37.6)
"""West, south, east and north of the maps that QGIS draws, in degrees."""

ROWS = 22
"""Rows of a spreadsheet that are shown."""

GAP = 16
"""Between pictures side by side, in pixels."""

_SYSTEM_PYTHON = "/usr/bin/python3"  # has PyQGIS where Debian's QGIS is installed
_IN_QGIS = Path("tests/interop/open_in_qgis.py")
_LAYERS_IN_QGIS = Path(__file__).with_name("layers_in_qgis.py")
_LAYOUT = "A4 landscape"
_SCREEN = {"width": 900, "height": 1100}
_PLAIN_INK = "#6b6b6b"  # for what has no side
_SHEET_DPI = 72
_PAPER = 250  # as light as this, a pixel is blank
_PAGE_OF_MARKDOWN = """\
<!doctype html><meta charset="utf-8"><title>report.md</title><style>
body {{ font: 16px/1.5 sans-serif; max-width: 820px; margin: 24px auto }} img {{ max-width: 100% }}
table {{ border-collapse: collapse; font-size: 13px }}
td, th {{ border: 1px solid #ccc; padding: 4px 8px; text-align: left; vertical-align: top }}
</style>{text}
"""


def opened(folder: Path, browser: str) -> None:
    """Take the pictures of `OPENED`.

    Parameters
    ----------
    folder
        Folder with the files of the gallery, in which the pictures are written.
    browser
        Path of a Chromium; empty if there is none.
    """
    makers: dict[str, Callable[[Path], bool]] = {
        "opened-qgis.png": partial(_qgis, folder),
        "opened-kml.png": partial(_qgis_layers, folder / "homs.kml"),
        "opened-kmz.png": partial(
            opened_by_libraries.openlayers, folder / "homs.kmz", browser=browser, extent=EXTENT
        ),
        "opened-geojson.png": partial(_qgis_layers, folder / "homs.geojson"),
        "opened-parquet.png": partial(
            opened_by_libraries.geopandas, folder / "homs.parquet", extent=EXTENT
        ),
        "opened-csv.png": partial(_calc, folder / "homs.csv"),
        "opened-events.png": partial(_calc, folder / "homs.events.csv"),
        "opened-svg.png": partial(_drawn_twice, folder / "figure-column.svg", browser),
        "opened-pdf.png": partial(_poppler, folder / "figure-column.pdf", page=1, dpi=130),
        "opened-frames.png": partial(
            _frames, [folder / f"figure-offensive.{kind}" for kind in ("gif", "webp")]
        ),
        "opened-word.png": partial(_office, folder / "report.docx", page=1),
        "opened-slides.png": partial(_office, folder / "report.pptx", page=2),
        "opened-html.png": partial(_chromium, folder / "report.html", browser=browser),
        "opened-markdown.png": partial(_markdown, folder / "report.md", browser=browser),
        "opened-notebook.png": partial(opened_by_libraries.nbconvert, browser=browser),
    }
    for name, make in makers.items():
        if not make(folder / name):
            print(f"{name}: its program is not installed; the picture stays as it is.")


def _run(*words: str | Path) -> bool:
    done = subprocess.run(
        [str(word) for word in words],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
        env={**os.environ, "PYTHONPATH": ""},
    )
    if done.returncode:
        print(done.stderr[-500:], file=sys.stderr)
    return done.returncode == 0


def _has_qgis() -> bool:
    return Path(_SYSTEM_PYTHON).exists() and shutil.which("qgis_process") is not None


def _qgis(folder: Path, png: Path) -> bool:
    if not _has_qgis():
        return False
    with tempfile.TemporaryDirectory(prefix="mapgen-") as target:
        if not _run(_SYSTEM_PYTHON, _IN_QGIS, folder / "homs.gpkg", target):
            return False
        pages = [p for p in sorted(Path(target).glob("*.png")) if p.stem != "map"]
        if not pages:
            return False
        best = next((p for p in pages if p.stem == _LAYOUT), pages[0])
        shutil.copyfile(best, png)
    return True


def _qgis_layers(file: Path, png: Path) -> bool:
    """Let QGIS draw the layers of a file; GeoJSON, which has no colours, by the sides in it."""
    if not _has_qgis() or not file.is_file():
        return False
    words = [_SYSTEM_PYTHON, _LAYERS_IN_QGIS, file, png, *map(str, EXTENT)]
    if file.suffix == ".geojson":
        words.append(json.dumps(_colours(file)))
    return _run(*words)


def _colours(geojson: Path) -> dict[str, str]:
    """Return a colour for each side in a file, as on our page; "" is for all that has no side."""
    from mapgen.core.tables.sides import Sides  # noqa: PLC0415

    features = json.loads(geojson.read_text("utf-8"))["features"]
    told = [f["properties"].get("holder") or f["properties"].get("side") for f in features]
    told += [f["properties"].get("actor_side") for f in features]
    found = dict.fromkeys(sorted(filter(None, told)))
    sides = Sides(found, [])
    return {side: sides.get(side).light.fill for side in found} | {"": _PLAIN_INK}


def _office(document: Path, png: Path, *, page: int, dpi: int = 70) -> bool:
    """Let LibreOffice make a PDF of a document, and draw a page of it."""
    with tempfile.TemporaryDirectory(prefix="mapgen-") as target:
        pdf = _converted(document, "pdf", target)
        return pdf is not None and _poppler(pdf, png, page=page, dpi=dpi)


def _converted(document: Path, kind: str, target: str) -> Path | None:
    """Let LibreOffice save a document in another format, and return the new file."""
    program = shutil.which("soffice")
    if program is None or not document.is_file():
        return None
    home = f"-env:UserInstallation={(Path(target) / 'home').as_uri()}"
    how = ["--headless", "--convert-to", kind, "--outdir", target]
    if document.suffix == ".csv":  # comma, quotation marks, UTF-8, as its dialogue proposes
        how.insert(1, "--infilter=CSV:44,34,76,1")
    made = Path(target) / f"{document.stem}.{kind}"
    return made if _run(program, home, *how, document) and made.is_file() else None


def _calc(table: Path, png: Path) -> bool:
    """Let LibreOffice Calc open a table, and draw it as on a screen: with its grid and its heads.

    The sheet is saved once in between, to print grid and heads on a page as wide as a screen.
    """
    with tempfile.TemporaryDirectory(prefix="mapgen-") as target:
        sheet = _converted(table, "fods", target)
        if sheet is None:
            return False
        text = sheet.read_text("utf-8")
        page = (
            'fo:page-width="18.4in" fo:page-height="11in" fo:margin="0.1in" '
            'style:print="headers grid objects zero-values"'
        )
        text = re.sub(r"<style:page-layout-properties\b", rf"\g<0> {page}", text)
        text = re.sub(r"<style:(header|footer)>", r'<style:\1 style:display="false">', text)
        sheet.write_text(text, encoding="utf-8")
        if not _office(sheet, png, page=1, dpi=_SHEET_DPI):
            return False
    _cut(png, ROWS + 1)  # and the row of letters
    return True


def _cut(png: Path, rows: int) -> None:
    """Keep the first rows of a sheet, told by the lines of its grid, and no margin."""
    import numpy as np  # noqa: PLC0415
    import PIL.Image  # noqa: PLC0415

    with PIL.Image.open(png) as image:
        page = image.convert("RGB")
    ink = np.asarray(page.convert("L")) < _PAPER
    right = int(np.flatnonzero(ink.any(axis=0)).max()) + 1
    lines = ruled(ink[:, :right])
    page.crop((0, 0, right, lines[min(rows, len(lines) - 1)] + 1)).save(png)


def ruled(ink: object) -> list[int]:
    """Return where lines run across a sheet from one side to the other, from top to bottom.

    Parameters
    ----------
    ink
        Array of pixels, true where the paper is not blank.
    """
    import numpy as np  # noqa: PLC0415

    across = np.flatnonzero(np.asarray(ink).mean(axis=1) > 0.9)  # noqa: PLR2004
    return [int(y) for i, y in enumerate(across) if not i or y - across[i - 1] > 1]


def _poppler(pdf: Path, png: Path, *, page: int, dpi: int) -> bool:
    program = shutil.which("pdftoppm")
    if program is None or not pdf.is_file():
        return False
    words = ("-r", str(dpi), "-f", str(page), "-l", str(page), "-singlefile", "-png")
    return _run(program, *words, pdf, png.with_suffix(""))


def _chromium(page: Path, png: Path, *, browser: str, screen: dict[str, int] = _SCREEN) -> bool:
    if not browser or not page.is_file():
        return False
    from playwright.sync_api import sync_playwright  # noqa: PLC0415

    with sync_playwright() as engine:
        opened_browser = engine.chromium.launch(executable_path=browser, args=["--no-sandbox"])
        view = opened_browser.new_page(viewport=screen, offline=True)
        view.goto(page.absolute().as_uri())
        view.screenshot(path=png)
        opened_browser.close()
    return True


def _markdown(text: Path, png: Path, *, browser: str) -> bool:
    """Make a page of a Markdown text, and open it in Chromium."""
    if not text.is_file():
        return False
    from markdown_it import MarkdownIt  # noqa: PLC0415

    made = MarkdownIt("commonmark").enable("table").render(text.read_text("utf-8"))
    page = text.with_name("report-markdown.html")  # beside the picture that it shows
    page.write_text(_PAGE_OF_MARKDOWN.format(text=made), encoding="utf-8")
    try:
        return _chromium(page, png, browser=browser, screen={"width": 900, "height": 1300})
    finally:
        page.unlink()


def _drawn_twice(svg: Path, browser: str, png: Path) -> bool:
    """Draw an SVG in librsvg and in Chromium, and set both side by side."""
    program = shutil.which("rsvg-convert")
    if program is None or not svg.is_file():
        return False
    import PIL.Image  # noqa: PLC0415

    with tempfile.TemporaryDirectory(prefix="mapgen-") as target:
        first, second = Path(target) / "librsvg.png", Path(target) / "chromium.png"
        if not _run(program, "--width", "440", "--background-color", "white", "-o", first, svg):
            return False
        with PIL.Image.open(first) as image:
            width, height = image.size
        page = Path(target) / "page.html"
        page.write_text(
            f'<style>body {{ margin: 0 }}</style><img src="{svg.absolute().as_uri()}" '
            f'width="{width}" height="{height}">',
            encoding="utf-8",
        )
        if not _chromium(page, second, browser=browser, screen={"width": width, "height": height}):
            return False
        _side_by_side([[first, second]]).save(png)
    return True


def _frames(animations: list[Path], png: Path) -> bool:
    """Set the frames of animations side by side, each animation in a row of its own."""
    if not all(path.is_file() for path in animations):
        return False
    import PIL.Image  # noqa: PLC0415
    import PIL.ImageSequence  # noqa: PLC0415

    with tempfile.TemporaryDirectory(prefix="mapgen-") as target:
        rows = []
        for path in animations:
            with PIL.Image.open(path) as image:
                row = []
                for number, frame in enumerate(PIL.ImageSequence.Iterator(image)):
                    small = frame.convert("RGB")
                    small.thumbnail((422, 422), PIL.Image.Resampling.LANCZOS)
                    row.append(Path(target) / f"{path.suffix[1:]}-{number}.png")
                    small.save(row[-1])
            rows.append(row)
        _side_by_side(rows).save(png)
    return True


def _side_by_side(rows: list[list[Path]]) -> Image:
    """Return pictures of one size in rows, from left to right."""
    import PIL.Image  # noqa: PLC0415

    with PIL.Image.open(rows[0][0]) as first:
        width, height = first.size
    columns = max(map(len, rows))
    size = (columns * (width + GAP) - GAP, len(rows) * (height + GAP) - GAP)
    sheet = PIL.Image.new("RGB", size, "white")
    for y, row in enumerate(rows):
        for x, path in enumerate(row):
            with PIL.Image.open(path) as image:
                sheet.paste(image.convert("RGB"), (x * (width + GAP), y * (height + GAP)))
    return sheet
