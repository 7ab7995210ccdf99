"""Make the gallery, with every format from the two dispatches (``make gallery``).

All files are written to ``output/gallery``. The small ones are copied to ``docs/gallery``, where a
page lists all files. Screenshots need Chromium; without it, the existing pictures are kept.

    python tools/build_gallery.py [--page-only]
"""

from __future__ import annotations

import argparse
import os
import shlex
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

sys.path.insert(0, str(Path(__file__).parent))
from gallery_opened import HOW, OPENED, WIDEST, opened

from mapgen.command import cli

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PIL.Image import Image

    Colour = tuple[int, int, int]

ROOT = Path(__file__).parents[1]
TEXTS = ROOT / "tests" / "data" / "wars"
MADE = Path("output/gallery")  # relative to the root, as in the commands that the page shows
GALLERY = ROOT / "docs" / "gallery"
PAGE = GALLERY / "README.md"
PALETTE, APART = 256, 6  # number of colours in a picture, and the least difference between them
SCREEN = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
LAPTOP = {"width": 1366, "height": 768}
WARS = {  # texts of tests/data/wars, and what their pictures are called
    "sudan": "Sudan",
    "drcongo": "DR Congo, from two reports",
    "myanmar": "Myanmar",
    "ukraine": "Ukraine",
    "lebanon": "Lebanon",
    "yemen": "Yemen",
}
SHOTS: tuple[tuple[str, str, dict[str, int], str], ...] = (  # page, picture, screen, colour scheme
    ("homs", "homs", SCREEN, "light"),
    ("homs", "homs-dark", SCREEN, "dark"),
    ("homs", "homs-tablet", {"width": 820, "height": 1180}, "light"),
    ("homs", "homs-phone", PHONE, "light"),
    ("homs-arabic", "homs-arabic", PHONE, "light"),
    *((f"war-{name}", f"war-{name}", LAPTOP, "light") for name in WARS),
)
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
SEEDS = "seeds --baseline seeds/baseline.csv"
DAYS = "2024-11-29,2024-12-03,2024-12-06"
FORMATS = "geojson,gpkg,kml,kmz,csv,parquet"


@dataclass(frozen=True)
class Item:
    """A file of the gallery, with the test that opens it; ``kept`` files are copied to docs."""

    name: str
    what: str
    opened_by: str  # the other library with which the test opens it
    test: str
    kept: bool = True


HERE = "tests/integration/test_gallery.py"
ITEMS = (
    Item("homs.html", "the page", "a Chromium", "tests/browser/test_page.py", kept=False),
    Item("homs.png", "the page, seen in a browser", "Pillow", HERE),
    Item("homs-dark.png", "the page in dark mode", "Pillow", HERE),
    Item("homs-tablet.png", "the page on a tablet", "Pillow", HERE),
    Item("homs-phone.png", "the page on a phone", "Pillow", HERE),
    Item("homs-arabic.png", "the page in Arabic, on a phone", "Pillow", HERE),
    *(
        Item(f"war-{name}.png", f"the page of {what}", "Pillow", HERE)
        for name, what in WARS.items()
    ),
    Item(
        "homs-sheet.pdf",
        "the page, printed",
        "pypdf",
        "tests/browser/test_like_page.py",
        kept=False,
    ),
    Item("figure-a4.png", "picture, A4", "Pillow", HERE),
    Item("figure-column.png", "picture for a column of print", "Pillow", HERE),
    Item("figure-dates.png", "three days side by side", "Pillow", HERE),
    Item("figure-offensive.gif", "animation, day by day of change", "Pillow", HERE),
    Item("figure-offensive.webp", "the same as WebP", "Pillow", HERE),
    Item("figure-column.pdf", "picture with searchable text", "pdfminer, pypdf", HERE),
    Item("figure-column.svg", "the same as SVG", "ElementTree", HERE),
    Item("homs.geojson", "all layers, by RFC 7946", "GDAL (pyogrio)", HERE),
    Item("homs.gpkg", "finished map for QGIS", "GDAL (pyogrio)", HERE),
    Item("homs.kmz", "Google Earth, with the signs", "zipfile, GDAL (pyogrio)", HERE),
    Item("homs.kml", "the same without signs", "GDAL (pyogrio)", HERE),
    Item("homs.csv", "spreadsheet with HXL tags", "pandas", HERE),
    Item("homs.events.csv", "columns like ACLED's", "pandas", HERE),
    Item("homs.sources.csv", "articles by source and day", "pandas", HERE),
    Item("homs.parquet", "GeoParquet", "geopandas (PyArrow)", HERE),
    Item("report.md", "report", "markdown-it", HERE),
    Item("report.png", "its picture", "Pillow", HERE),
    Item("report.docx", "report for Word", "python-docx", HERE),
    Item("report.pptx", "report as slides", "python-pptx", HERE),
    Item("report.html", "report as a page", "lxml", "tests/unit/test_report.py", kept=False),
    Item("locator-neighbours.png", "plain map, no article read", "Pillow", HERE),
    *(Item(name, what, "Pillow", HERE) for name, what in OPENED.items()),
)


def _texts(name: str) -> str:
    """Return the paths of the texts about a conflict, from the root, for a command."""
    return " ".join(str(path.relative_to(ROOT)) for path in sorted(TEXTS.glob(f"{name}*.md")))


THUMBNAILS = {
    "report.png",
    "locator-neighbours.png",
    *OPENED,
    *(f"war-{name}.png" for name in WARS),
}
SMALLER = THUMBNAILS | {f"{shot}.png" for _, shot, *_ in SHOTS}
LIKE_PAGE = f"mapgen figure {SEEDS} --like-page -o {MADE}/homs-sheet.pdf"  # needs Chromium
COMMANDS = (
    f"mapgen build {SEEDS} --formats {FORMATS} -o {MADE}/homs.html",
    f"mapgen build {SEEDS} --language ar -o {MADE}/homs-arabic.html",
    *(f"mapgen build {_texts(name)} -o {MADE}/war-{name}.html" for name in WARS),
    f"mapgen figure {SEEDS} --dpi 110 -o {MADE}/figure-a4.png",
    f"mapgen figure {SEEDS} --size column --dpi 190 -o {MADE}/figure-column.png",
    f"mapgen figure {SEEDS} --dpi 110 --dates {DAYS} -o {MADE}/figure-dates.png",
    f"mapgen figure {SEEDS} --size a5 -o {MADE}/figure-offensive.gif",
    f"mapgen figure {SEEDS} --size a5 -o {MADE}/figure-offensive.webp",
    f"mapgen figure {SEEDS} --size column -o {MADE}/figure-column.pdf",
    f"mapgen figure {SEEDS} --size column -o {MADE}/figure-column.svg",
    f"mapgen report {SEEDS} -o {MADE}/report.md",
    f"mapgen report {SEEDS} -o {MADE}/report.docx",
    f"mapgen report {SEEDS} --slide-map shapes -o {MADE}/report.pptx",
    f"mapgen report {SEEDS} -o {MADE}/report.html",
    'mapgen locator "Syria=red" "Jordan, Iraq, Turkey = #0072b2 hatched: neighbours"'
    f' "Lebanon=orange/blue" --title "Syria and its neighbours" -o {MADE}/locator-neighbours.png',
)
PICTURES = (
    ("homs.png", "The page"),
    ("homs-dark.png", "The page in dark mode"),
    ("homs-tablet.png", "The page on a tablet"),
    ("homs-phone.png", "The page on a phone"),
    ("homs-arabic.png", "Its interface in Arabic"),
    *((f"war-{name}.png", what) for name, what in WARS.items()),
    ("figure-a4.png", "A4"),
    ("figure-column.png", "For a column of print"),
    ("figure-dates.png", "Three days"),
    ("figure-offensive.gif", "The offensive, day by day of change"),
    ("locator-neighbours.png", "A plain map"),
    *OPENED.items(),
)
HEAD = """\
# Gallery

Every format, made from the two dispatches in [seeds/](../../seeds/README.md) by `make gallery`,
which also writes this page (`tools/build_gallery.py`). The pages of six other conflicts are made
from short texts that were written for the tests (`tests/data/wars`), without any table of theirs.
What is too large to be kept here is left in
`output/gallery/`; pictures of the page, report and plain map are kept at the size of a screen.
Credits: GeoNames (CC BY 4.0), Natural Earth (public domain); [all](../../NOTICE.md).

| file | what it is | opened in a test by |
|---|---|---|
"""


def main() -> int:
    """Make all files, copy the small ones to docs, and write the page."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--page-only", action="store_true", help="write only README.md")
    args = parser.parse_args()
    os.chdir(ROOT)
    if not args.page_only:
        for command in COMMANDS:
            print(command)
            code = cli.main([*shlex.split(command)[1:], "--quiet"])
            if code:
                return code
        screenshots(ROOT / MADE)
        opened(ROOT / MADE, browser_path())
        for item in ITEMS:
            made = ROOT / MADE / item.name
            if item.name in SMALLER:
                smaller(made, GALLERY / item.name)
            elif item.kept and made.is_file():
                shutil.copyfile(made, GALLERY / item.name)
    PAGE.write_text(page(), encoding="utf-8")
    return 0


def page() -> str:
    """Return the page that lists all files, in Markdown."""
    rows = [
        f"| {f'[{i.name}]({i.name})' if i.kept else f'{i.name} (not kept)'} | {i.what} "
        f"| {i.opened_by}: `{i.test}` |\n"
        for i in ITEMS
    ]
    pictures = [f"\n![{words}]({name})\n" for name, words in PICTURES]
    commands = "".join(f"{command}\n" for command in (*COMMANDS, LIKE_PAGE))
    shown = f"{HEAD}{''.join(rows)}\n{HOW}{''.join(pictures)}"
    return f"{shown}\n## Commands\n\n```sh\n{commands}```\n"


def browser_path() -> str:
    """Return the path of a Chromium, or an empty string."""
    found = os.environ.get("MAPGEN_CHROMIUM")
    return found or next(filter(None, map(shutil.which, BROWSERS)), "")


def screenshots(folder: Path) -> None:
    """Take screenshots of the page and print it, offline."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415

    found = browser_path()
    if not found:
        print("No Chromium: the screenshot stays as it is.", file=sys.stderr)
        return
    if cli.main([*shlex.split(LIKE_PAGE)[1:], "--quiet"]):
        return
    with sync_playwright() as engine:
        browser = engine.chromium.launch(executable_path=found, args=["--no-sandbox"])
        for page_name, shot, screen, scheme in SHOTS:
            how: dict[str, Any] = {"viewport": screen, "color_scheme": scheme, "offline": True}
            view = browser.new_page(**how, reduced_motion="reduce")
            view.goto((folder / f"{page_name}.html").as_uri())
            view.wait_for_selector("body[data-ready]", state="attached")
            view.wait_for_timeout(1000)  # until animations of the map have finished
            view.screenshot(path=folder / f"{shot}.png")
            view.close()
        browser.close()


def smaller(png: Path, kept: Path) -> None:
    """Save a picture with a palette, and some pictures at screen size, to make them smaller.

    Parameters
    ----------
    png
        Picture to read.
    kept
        Path of the smaller picture.
    """
    from PIL import Image  # noqa: PLC0415

    if not png.is_file():
        return
    with Image.open(png) as image:
        if png.name in THUMBNAILS:
            most = WIDEST.get(png.name, 560) if png.name in OPENED else 900
            image.thumbnail((most, most), Image.Resampling.LANCZOS)
        flat = image.convert("RGB")
    palette = commonest(flat)
    small = Image.fromarray(nearest(np.asarray(flat), palette))
    small.putpalette([part for colour in palette for part in colour])
    small.save(kept, optimize=True)


def nearest(pixels: NDArray[np.uint8], palette: list[Colour]) -> NDArray[np.uint8]:
    """Return the number of the nearest colour of a palette for each pixel.

    Pillow looks only at the upper five bits of a colour, and makes white paper greenish.
    """
    found, where = np.unique(pixels.reshape(-1, 3), axis=0, return_inverse=True)
    squares = np.zeros((len(found), len(palette)), dtype=np.int32)
    for channel in range(3):
        one, other = (np.array(c, dtype=np.int32)[:, channel] for c in (found, palette))
        squares += (one[:, None] - other) ** 2
    numbers = squares.argmin(axis=1)
    return numbers[where].reshape(pixels.shape[:2]).astype(np.uint8)


def commonest(image: Image) -> list[Colour]:
    """Return the 256 most common colours that differ enough, to keep the colours of areas."""
    counted = sorted(image.getcolors(1 << 24), key=lambda entry: (-entry[0], entry[1]))
    chosen: list[Colour] = []
    for _, colour in counted[:20_000]:
        if all(max(abs(a - b) for a, b in zip(colour, c, strict=True)) >= APART for c in chosen):
            chosen.append(colour)
        if len(chosen) == PALETTE:
            break
    return chosen


if __name__ == "__main__":
    sys.exit(main())
