"""The page of a story in a browser: scroll, keys, evidence, paper, and the file without scripts."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Page, expect

from mapgen.drawing.story.story_file import parse_story
from mapgen.drawing.story.story_page import story_html

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

Opener = Callable[..., Page]
STORY = """# The road to Homs

How it went.

## Before

```map
day: 2024-11-30
```

Nothing yet.

## The cities fall

```map
day: 2024-12-06
place: Aleppo
signs:
- Aleppo and Hama taken
```

Rebels took two cities.
"""


@pytest.fixture(scope="module")
def story(built: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = built.data
    assert any(card["title"] == "Aleppo and Hama taken" for card in data["cards"])
    path = tmp_path_factory.mktemp("story") / "story.html"
    path.write_text(story_html(parse_story(STORY, "s.md"), data), encoding="utf-8")
    return path


def middle(page: Page) -> tuple[float, float]:
    return tuple(page.evaluate("(c => [c.lat, c.lng])(window.mapgen.map().getCenter())"))


def test_the_head_of_the_story_is_said_once(story: Path, opener: Opener, built: Any) -> None:
    meta = built.data["meta"]
    for width in (1440, 390):
        page = opener(story, viewport={"width": width, "height": 844})
        expect(page.locator("#story h1")).to_have_text("The road to Homs")
        expect(page.locator("#story .kicker")).to_have_text(meta["kicker"])
        expect(page.locator("#story .asof b")).to_have_count(1)
        day = page.locator("#stday").bounding_box()
        badge = page.locator(".badge").first.bounding_box()
        assert day is not None
        assert badge is None or badge["x"] + badge["width"] <= day["x"] or width > 1000


def test_scroll_drives_day_map_and_progress(story: Path, opener: Opener) -> None:
    page = opener(story)
    expect(page.locator("#stnav .at")).to_have_text("1 of 3")
    before = middle(page)
    page.locator("#story").evaluate(
        "s => s.scrollTo(0, document.getElementById('chapter-2').offsetTop)"
    )
    expect(page.locator("#stnav .at")).to_have_text("3 of 3")
    expect(page.locator("#stday")).to_have_text("6 Dec 2024")
    lat, lon = middle(page)
    assert (lat, lon) != before
    assert abs(lat - 36.2) < 0.6
    assert abs(lon - 37.16) < 0.6
    assert page.url.endswith("#chapter=3")


def test_keys_go_on_and_back_and_the_ends_hold(story: Path, opener: Opener) -> None:
    page = opener(story)
    page.keyboard.press("ArrowRight")
    expect(page.locator("#stday")).to_have_text("30 Nov 2024")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(page.locator("#stnav .at")).to_have_text("3 of 3")
    expect(page.locator("#stnext")).to_be_disabled()
    page.keyboard.press("ArrowLeft")
    expect(page.locator("#stnav .at")).to_have_text("2 of 3")


def test_a_sign_and_its_name_lead_to_the_quotes(story: Path, opener: Opener) -> None:
    page = opener(story, "#chapter=3")
    link = page.locator("#chapter-2 a[data-c]")
    expect(link).to_have_text("Aleppo and Hama taken")
    link.press("Enter")
    opened = page.locator("#chapter-2 .opened")
    expect(opened.locator("blockquote").first).to_contain_text("Aleppo")
    expect(link).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Escape")
    expect(opened).to_have_count(0)
    page.locator(".ov .hit[data-c]").first.dispatch_event("click")
    expect(opened.locator("blockquote").first).to_be_visible()


def test_the_whole_map_opens_and_the_story_comes_back(story: Path, opener: Opener) -> None:
    page = opener(story)
    page.locator("#stexplore").click()
    expect(page.locator("#panel")).to_be_visible()
    expect(page.locator("#story")).to_be_hidden()
    page.locator("#stback").click()
    expect(page.locator("#story")).to_be_visible()
    expect(page.locator("#panel")).to_be_hidden()


@pytest.mark.parametrize("scripts", [True, False])
def test_paper_and_no_scripts_show_words_pictures_and_evidence(
    story: Path, browser: Browser, scripts: bool
) -> None:
    context = browser.new_context(java_script_enabled=scripts, offline=True)
    page = context.new_page()
    page.goto(story.as_uri())
    if scripts:
        page.wait_for_selector("body[data-ready]", state="attached")
        expect(page.locator(".still").first).to_be_hidden()
        page.emulate_media(media="print")
        expect(page.locator("#mapbox")).to_be_hidden()
    expect(page.locator("#chapter-2 .still > svg")).to_be_visible()
    expect(page.locator("#chapter-2 .words")).to_have_text("Rebels took two cities.")
    expect(page.locator("#evidence blockquote").first).to_be_visible()
    if scripts:
        pages = page.pdf(prefer_css_page_size=True).count(b"/Type /Page\n")
        assert pages >= 4, "each chapter is a page of its own"
    context.close()


@pytest.mark.parametrize("size", [(1440, 900), (820, 1180), (390, 844)])
def test_nothing_is_wider_than_the_window(
    story: Path, opener: Opener, size: tuple[int, int]
) -> None:
    page = opener(story, viewport={"width": size[0], "height": size[1]})
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    for part in ("#story", "#mapbox"):
        box = page.locator(part).bounding_box()
        assert box is not None
        assert box["width"] > 300
        assert box["height"] > 280
