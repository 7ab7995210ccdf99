"""The table of articles by source and day, as a reader meets it behind the third tab."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import until

import mapgen
from mapgen.drawing.page.html import page_html

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

    Opener = Callable[..., Page]

WIRE = (
    "Rebels captured the town of Saraqib in Idlib province on Monday, two residents told the "
    "agency by telephone, and raised their flag over the district office before noon."
)
ARTICLES = {
    "wire": ("The Wire", "2024-12-02", WIRE),
    "post": ("Harbour Post", "2024-12-03", f"{WIRE} The paper could not check this."),
    "later": ("Harbour Post", "2024-12-05", "Rebels stood at the gates of Hama, residents said."),
    "radio": ("<b>Radio</b> One", "", "Shops in Homs were open, and the roads were calm."),
}
CELLS = """() => [...document.querySelectorAll('.ledger tr')].map(r =>
  [...r.cells].map(c => c.innerText))"""


@pytest.fixture(scope="module")
def ledger_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ledger")
    for name, (source, day, text) in ARTICLES.items():
        head = f'source: "{source}"\n' + (f"published_on: {day}\n" if day else "")
        (folder / f"{name}.md").write_text(f"---\n{head}---\n{text}\n", encoding="utf-8")
    mapgen.build([folder], country="SY").save(folder / "map.html")
    return folder / "map.html"


def test_the_table_tells_a_quiet_day_from_a_source_that_stopped(
    ledger_page: Path, opener: Opener
) -> None:
    page = opener(ledger_page)
    page.click("#t-md")
    assert page.evaluate(CELLS) == [
        ["Source", "2 Dec", "3", "4", "5", "undated", "All"],
        ["<b>Radio</b> One", "0", "0", "0", "0", "1", "1"],
        ["Harbour Post", "0", "+1", "0", "1", "0", "1 +1"],
        ["The Wire", "1", "0", "0", "0", "0", "1"],
        ["All", "1", "+1", "0", "1", "1", "3 +1"],
    ]
    assert page.locator("#lnote").inner_text() == (
        "A column is a day, from 2 Dec 2024 to 5 Dec 2024. "
        "“+1” is one more that repeats an article counted already."
    )
    heads = page.locator(".ledger thead th[aria-label]")
    assert heads.evaluate_all("all => all.map(e => e.ariaLabel)")[1] == "3 Dec 2024"
    stands_out = page.locator(".ledger tbody tr").nth(1).locator("td.on")
    assert stands_out.all_inner_texts() == ["+1", "1", "1 +1"]
    assert page.locator(".ledger b").count() == 0, "text of others is never markup"
    assert Axe().run(page).response["violations"] == []


@pytest.mark.parametrize("size", [(1440, 900), (390, 844)], ids=["desk", "phone"])
def test_a_wide_table_is_scrolled_by_keyboard_beside_its_names(
    built: Any, opener: Opener, tmp_path: Path, size: tuple[int, int]
) -> None:
    months = [f"{year}-{month:02}-01" for year in (2023, 2024) for month in range(3, 13)]
    counts = [[column, 1000 + column, 100] for column in range(len(months))]
    sources = [{"source": "Observatory of the harbours", "cells": counts}]
    table = {"type": "month", "days": months, "sources": sources}
    path = tmp_path / "wide.html"
    path.write_text(page_html({**built.data, "ledger": table}), encoding="utf-8")
    page = opener(path, viewport={"width": size[0], "height": size[1]})
    if size[0] < 640:
        page.click("#grip")
    page.click("#t-md")
    box = page.locator(".ledger")
    heads = page.evaluate(CELLS)[0]
    assert heads[:3] == ["Source", "Mar 2023", "Apr"]
    assert heads[11:13] == ["Mar 2024", "Apr"]
    box.focus()
    ends = "e => e.scrollLeft > 200 && e.scrollLeft + e.clientWidth > e.scrollWidth - 2"
    assert box.evaluate(ends), "the last days are seen first"
    for _ in range(60):
        page.keyboard.press("ArrowLeft")
    until(page, "document.querySelector('.ledger').scrollLeft === 0")
    for _ in range(60):
        page.keyboard.press("ArrowRight")
    until(page, "document.querySelector('.ledger').scrollLeft > 200")
    frame, name = box.bounding_box(), box.locator("tbody th").bounding_box()
    assert frame is not None
    assert name is not None
    assert name["x"] == pytest.approx(frame["x"], abs=1), "the name stays in sight"
    assert page.evaluate("document.scrollingElement.scrollWidth <= innerWidth")


def test_a_map_of_one_article_has_no_table(built: Any, opener: Opener, tmp_path: Path) -> None:
    data = {key: value for key, value in built.data.items() if key != "ledger"}
    path = tmp_path / "one.html"
    path.write_text(page_html(data), encoding="utf-8")
    page = opener(path)
    page.click("#t-md")
    assert page.locator(".md h2", has_text="Credits").count() == 1
    assert page.locator(".ledger").count() == 0
