"""The notebook, made a page by nbconvert and printed by Chromium: nothing of it is cut."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest
from pdfminer.high_level import extract_pages
from pdfminer.layout import LTChar, LTContainer, LTImage

pytestmark = pytest.mark.interop

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """Return the pages of the printed notebook, as pdfminer reads them."""
    sys.path.insert(0, str(ROOT / "tools"))
    import build_gallery
    from conftest import missing
    from opened_by_libraries import run_notebook, shown_and_printed

    browser = build_gallery.browser_path()
    if not browser:
        missing("Chromium", "Debian: apt install chromium")
    desk = tmp_path_factory.mktemp("desk")
    shutil.copytree(ROOT / "seeds", desk / "seeds")
    (desk / "docs").mkdir()
    notebook = shutil.copy(ROOT / "docs" / "tutorial.ipynb", desk / "docs")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JUPYTER_PLATFORM_DIRS", "1")
        patch.setenv("IPYTHONDIR", str(desk / "ipython"))
        text = run_notebook(Path(notebook))
    assert text.count('<iframe class="mapgen"') == 1
    _, pdf = shown_and_printed(text, browser, desk)
    yield list(extract_pages(pdf))
    sys.path.remove(str(ROOT / "tools"))
    for name in ("build_gallery", "gallery_opened", "opened_by_libraries"):
        sys.modules.pop(name, None)


def parts_of(page, kind):
    if isinstance(page, kind):
        yield page
    elif isinstance(page, LTContainer):
        for part in page:
            yield from parts_of(part, kind)


def test_the_map_and_the_figure_stand_whole_on_a_page(pages):
    shown = [(page, image) for page in pages for image in parts_of(page, LTImage)]
    assert len(shown) == 2, "the map of the first cell, and the figure of the last"
    for page, image in shown:
        assert 20 < image.x0 < image.x1 < page.width - 20
        assert 20 < image.y0 < image.y1 < page.height - 20
        across, down = image.srcsize
        assert (image.x1 - image.x0) / (image.y1 - image.y0) == pytest.approx(
            across / down, rel=0.02
        )
    _, situation_map = shown[0]
    assert situation_map.x1 - situation_map.x0 > 0.6 * pages[0].width


def test_no_line_of_code_runs_out_of_the_page(pages):
    letters = [(page, letter) for page in pages for letter in parts_of(page, LTChar)]
    assert len(letters) > 1000
    assert max(letter.x1 for _, letter in letters) < pages[0].width - 20
    told = " ".join("".join(c.get_text() for c in parts_of(page, LTChar)) for page in pages)
    assert "standing" in told
