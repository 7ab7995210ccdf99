"""Take pictures of the files of the gallery as they look in the programs that they are for.

QGIS exports the printed page of the GeoPackage's project, LibreOffice opens Word files and slides,
poppler draws their pages, and Chromium opens the report as a page. A program that is not installed
is named, and its picture stays as it is.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

OPENED = {
    "opened-qgis.png": "homs.gpkg in QGIS, its page for print",
    "opened-word.png": "report.docx in LibreOffice Writer",
    "opened-slides.png": "report.pptx in LibreOffice Impress, the map as shapes",
    "opened-html.png": "report.html in Chromium",
}
"""Pictures, with what they show."""

_SYSTEM_PYTHON = "/usr/bin/python3"  # has PyQGIS where Debian's QGIS is installed
_IN_QGIS = Path("tests/interop/open_in_qgis.py")
_LAYOUT = "A4 landscape"
_SCREEN = {"width": 900, "height": 1100}


def opened(folder: Path, browser: str) -> None:
    """Take the pictures of `OPENED`.

    Parameters
    ----------
    folder
        Folder with the files of the gallery, in which the pictures are written.
    browser
        Path of a Chromium; empty if there is none.
    """
    for name, made in (
        ("opened-qgis.png", _qgis(folder)),
        ("opened-word.png", _office(folder / "report.docx", folder / "opened-word.png", page=1)),
        (
            "opened-slides.png",
            _office(folder / "report.pptx", folder / "opened-slides.png", page=2),
        ),
        ("opened-html.png", _chromium(folder / "report.html", folder / "opened-html.png", browser)),
    ):
        if not made:
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


def _qgis(folder: Path) -> bool:
    if not Path(_SYSTEM_PYTHON).exists() or shutil.which("qgis_process") is None:
        return False
    with tempfile.TemporaryDirectory(prefix="mapgen-") as target:
        if not _run(_SYSTEM_PYTHON, _IN_QGIS, folder / "homs.gpkg", target):
            return False
        pages = [p for p in sorted(Path(target).glob("*.png")) if p.stem != "map"]
        if not pages:
            return False
        best = next((p for p in pages if p.stem == _LAYOUT), pages[0])
        shutil.copyfile(best, folder / "opened-qgis.png")
    return True


def _office(document: Path, png: Path, *, page: int) -> bool:
    """Let LibreOffice make a PDF of a document, and draw a page of it."""
    program = shutil.which("soffice")
    if program is None or not document.is_file():
        return False
    with tempfile.TemporaryDirectory(prefix="mapgen-") as target:
        home = f"-env:UserInstallation={(Path(target) / 'home').as_uri()}"
        to_pdf = ("--headless", "--convert-to", "pdf", "--outdir", target)
        pdf = Path(target) / f"{document.stem}.pdf"
        if not _run(program, home, *to_pdf, document) or not pdf.is_file():
            return False
        return _poppler(pdf, png, page, 70)


def _poppler(pdf: Path, png: Path, page: int, dpi: int) -> bool:
    program = shutil.which("pdftoppm")
    if program is None or not pdf.is_file():
        return False
    words = ("-r", str(dpi), "-f", str(page), "-l", str(page), "-singlefile", "-png")
    return _run(program, *words, pdf, png.with_suffix(""))


def _chromium(page: Path, png: Path, browser: str) -> bool:
    if not browser or not page.is_file():
        return False
    from playwright.sync_api import sync_playwright  # noqa: PLC0415

    with sync_playwright() as engine:
        opened_browser = engine.chromium.launch(executable_path=browser, args=["--no-sandbox"])
        view = opened_browser.new_page(viewport=_SCREEN, offline=True)
        view.goto(page.absolute().as_uri())
        view.screenshot(path=png)
        opened_browser.close()
    return True
