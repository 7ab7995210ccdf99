"""What axe finds on the pages of ten conflicts, in three sizes and two schemes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe

import mapgen
from mapgen.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    Opener = Callable[..., Page]

WARS = Path(__file__).parents[1] / "data" / "wars"
NAMES = sorted(p.stem for p in WARS.glob("*.md") if not p.stem.endswith("2"))
SIZES = [(1440, 900), (820, 1180), (390, 844)]


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, str], Path]:
    folder = tmp_path_factory.mktemp("axe")

    def build(name: str, language: str = "en") -> Path:
        target = folder / f"{name}-{language}.html"
        if not target.exists():
            articles = sorted(WARS.glob(f"{name}*.md"))
            mapgen.build(articles, settings=Settings(language=language)).save(target)
        return target

    return build


def faults(page: Page) -> list[tuple[str, str]]:
    found = Axe().run(page).response["violations"]
    return [(v["id"], n["html"][:160]) for v in found for n in v["nodes"]]


def test_there_are_ten_conflicts() -> None:
    assert len(NAMES) == 10


@pytest.mark.parametrize("name", NAMES)
def test_axe_finds_nothing_on_a_conflict(
    name: str, pages: Callable[[str, str], Path], opener: Opener
) -> None:
    path = pages(name, "en")
    for width, height in SIZES:
        for scheme in ("light", "dark"):
            page = opener(path, viewport={"width": width, "height": height}, color_scheme=scheme)
            assert faults(page) == [], f"{width} x {height}, {scheme}"
            page.context.close()


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_axe_finds_nothing_in_other_languages(
    language: str, pages: Callable[[str, str], Path], opener: Opener
) -> None:
    path = pages("sudan", language)
    for tab in ("#t-ev", "#t-off", "#t-md"):
        page = opener(path, viewport={"width": 1440, "height": 900})
        page.click(tab)
        assert faults(page) == [], tab
        page.context.close()


def test_an_arabic_page_keeps_names_and_quotes_apart(
    pages: Callable[[str, str], Path], opener: Opener
) -> None:
    page = opener(pages("sudan", "ar"))
    assert page.locator("h1 bdi[lang=en]").inner_text() == "Fighting reaches the road to El Obeid"
    assert page.locator(".kicker bdi").inner_text() == "North Kordofan"
    kicker = page.locator(".kicker").bounding_box()
    name = page.locator(".kicker bdi").bounding_box()
    assert kicker is not None
    assert name is not None
    assert name["x"] + name["width"] > kicker["x"] + kicker["width"] - 2, "it is read first"
    badge = page.locator(".badge .src").inner_text()
    assert badge == "الأمم المتحدة. لا يضاف إلى أرقام أخرى."
    assert "\ufffd" not in page.locator("body").inner_text()
