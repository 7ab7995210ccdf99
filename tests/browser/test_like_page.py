"""``mapgen figure --like-page``: pictures that an installed Chromium takes of the page."""

from __future__ import annotations

import io
import json
import sys

import pypdf
import pytest
from conftest import DATA
from PIL import Image

from mapgen.command import cli
from mapgen.drawing.figure import FigureError
from mapgen.drawing.figure import page_screenshot as likeness
from mapgen.drawing.figure import programs as finder
from mapgen.drawing.figure.page_screenshot import picture_of_page


@pytest.fixture
def chromium(monkeypatch, browser):
    found = finder.chromium_path() or browser.browser_type.executable_path
    monkeypatch.setenv("MAPGEN_CHROMIUM", found)
    return found


def sheet_of(pdf):
    reader = pypdf.PdfReader(io.BytesIO(pdf), strict=True)
    assert len(reader.pages) == 1
    (sheet,) = reader.pages
    assert [round(float(points) * 25.4 / 72) for points in sheet.mediabox] == [0, 0, 210, 297]
    return reader.metadata, " ".join(sheet.extract_text().split())


def test_the_pdf_is_one_a4_page_with_headline_summary_towns_and_legend(built, chromium):
    assert chromium
    pdf = picture_of_page(built.html, "pdf")
    about, told = sheet_of(pdf)
    assert about.title == built.data["meta"]["title"]
    assert about.creation_date is None
    for words in (built.data["meta"]["title"], "About 6 December 2024", "370,000", "Who says so"):
        assert (words in told) == (words != "Who says so"), words
    for town in ("Aleppo", "Hama", "Homs", "Rastan", "Talbisseh", "Damascus", "Raqqa"):
        assert town in told, town
    for side in built.data["sides"].values():
        assert side["name"] in told, "the legend names each side"
    assert "GeoNames (CC BY 4.0)" in told
    assert "Off the map" not in told, "evidence stays on the page"


def test_a_long_summary_does_not_run_onto_a_second_sheet(built, browser, tmp_path):
    data = json.loads(DATA.search(built.html).group(1))
    data["meta"]["summary"] = [["Long.", "Many words stand here. " * 60]] * 4
    block = json.dumps(data).replace("<", "\\u003c")
    html = built.html.replace(DATA.search(built.html).group(1), block)
    (tmp_path / "long.html").write_text(likeness._sheet(html), encoding="utf-8")
    page = browser.new_page(offline=True)
    page.goto((tmp_path / "long.html").as_uri())
    assert "Many words" in sheet_of(page.pdf(prefer_css_page_size=True, print_background=True))[1]
    page.close()


def test_the_png_is_the_page_as_on_a_screen(built, chromium):
    assert chromium
    with Image.open(io.BytesIO(picture_of_page(built.html, "png", dpi=96))) as image:
        assert image.size == (1440, 900)
        colours = {colour for _, colour in image.convert("RGB").getcolors(1 << 20)}
    for side in ("syria:hts", "syria:gov"):
        key = next(k for k in built.data["sides"] if k in {side, side.partition(":")[2]})
        fill = built.data["sides"][key]["light"]["fill"]
        assert tuple(int(fill[i : i + 2], 16) for i in (1, 3, 5)) in colours


def test_a_program_that_hangs_or_fails_is_told(built, monkeypatch, tmp_path):
    slow = tmp_path / "slow"
    slow.write_text(f"#!{sys.executable}\nimport time\ntime.sleep(60)\n", encoding="utf-8")
    slow.chmod(0o755)
    monkeypatch.setenv("MAPGEN_CHROMIUM", str(slow))
    monkeypatch.setattr(likeness, "_SECONDS", 0.2)
    with pytest.raises(FigureError, match=r"took longer than 0\.2 seconds"):
        picture_of_page(built.html, "png")
    monkeypatch.setattr(likeness, "_SECONDS", 20.0)
    slow.write_text(f"#!{sys.executable}\nraise SystemExit(3)\n", encoding="utf-8")
    with pytest.raises(FigureError, match=r"failed \(exit code 3\)"):
        picture_of_page(built.html, "png")
    slow.write_text(f"#!{sys.executable}\n", encoding="utf-8")
    with pytest.raises(FigureError, match="made no picture"):
        picture_of_page(built.html, "png")
    monkeypatch.setenv("MAPGEN_CHROMIUM", str(tmp_path / "none"))
    with pytest.raises(FigureError, match="cannot be started"):
        picture_of_page(built.html, "png")


def test_the_command_says_what_is_missing_or_does_not_fit(monkeypatch, capsys, tmp_path):
    monkeypatch.delenv("MAPGEN_CHROMIUM", raising=False)
    monkeypatch.setattr(finder.shutil, "which", lambda _name: None)
    with pytest.raises(FigureError, match="needs a Chromium, and none was found"):
        picture_of_page("", "pdf")
    words = ["figure", "seeds", "--like-page", "-o"]
    assert cli.main([*words, str(tmp_path / "page.svg")]) == 2
    assert "--like-page makes .png and .pdf, not .svg" in capsys.readouterr().err
    assert cli.main([*words, str(tmp_path / "page.png"), "--size", "a5"]) == 2
    assert "--size and --dates are for drawn pictures" in capsys.readouterr().err
