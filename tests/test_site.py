"""The site of the documentation: built with warnings as errors, whole, and offline."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote, urldefrag

import lxml.html
import pytest

ROOT = Path(__file__).parents[1]
LOADS = {"script": "src", "img": "src", "iframe": "src", "source": "src", "link": "href"}
NOT_LOADED = {"search", "index", "next", "prev", "canonical"}  # kinds of <link> that only point


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    done = subprocess.run(
        [sys.executable, "-m", "sphinx", "-q", "-W", "--keep-going", "-c", "docs", ".", folder],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return folder


@pytest.fixture(scope="module")
def pages(site):
    return {p: lxml.html.fromstring(p.read_bytes()) for p in sorted(site.rglob("*.html"))}


def test_each_page_of_the_folder_is_in_the_site_and_in_its_contents(site, pages):
    contents = pages[site / "docs" / "README.html"].find_class("sidebar-tree")[0]
    listed = {(site / "docs" / a.get("href")).resolve() for a in contents.iter("a")}
    for page in sorted((ROOT / "docs").rglob("*.md")):
        html = (site / page.relative_to(ROOT)).with_suffix(".html")
        assert html.is_file()
        if page.name not in {"README.md", "report.md"} and page.parent.name == "docs":
            assert html in listed, f"docs/README.md does not list {page.name}"


def test_every_link_and_picture_leads_somewhere(pages):
    anchors = {
        page: {e.get("id") for e in tree.iter() if e.get("id")} for page, tree in pages.items()
    }
    seen = 0
    for page, tree in pages.items():
        for _element, _name, link, _at in tree.iterlinks():
            address, anchor = urldefrag(link)
            if "://" in address or address.startswith(("mailto:", "data:")):
                continue
            target = (page.parent / unquote(address.split("?")[0])).resolve() if address else page
            assert target.is_file(), f"{page.name}: {link}"
            if anchor and target in anchors:
                assert unquote(anchor) in anchors[target], f"{page.name}: {link}"
            seen += 1
    assert seen > 500


def test_no_page_needs_a_network(site, pages):
    for page, tree in pages.items():
        for element in tree.iter(*LOADS):
            if element.tag == "link" and set(element.get("rel").split()) & NOT_LOADED:
                continue
            assert "//" not in (element.get(LOADS[element.tag]) or ""), page.name
    for style in site.rglob("*.css"):
        text = style.read_text("utf-8")
        assert "url(http" not in text
        assert "url(//" not in text
        assert "@import" not in text


def test_the_reference_is_filled_from_docstrings(site, pages):
    told = pages[site / "docs" / "api.html"].text_content()
    for words in (
        "Make a situation from articles.",
        "If a day is not in the form YYYY-MM-DD",
        "Day of publication, for articles that do not state it.",
        "exception mapgen.errors.SettingsError",
    ):
        assert words in " ".join(told.split()), words
