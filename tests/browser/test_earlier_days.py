"""What the page says and draws of an earlier day, and of what was known on one."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pypdf
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

import mapgen
from mapgen.drawing.page.html import page_html

Opener = Callable[..., Page]
STORY = Path(__file__).parents[1] / "data" / "story"


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Ten articles of 2 to 13 March 2031; Talbisseh is claimed on the 4th and denied on the 5th."""
    path = tmp_path_factory.mktemp("story") / "map.html"
    mapgen.build([STORY]).save(path)
    return path


def drawn(page: Page, nth: int = 0) -> str:
    """Return the words on the map, or those on the nth of two maps side by side."""
    return " ".join(page.locator(".mg-map svg.ov").nth(nth).locator("text").all_text_contents())


def faded(page: Page) -> list[str]:
    return [t.strip() for t in page.locator("#legend .li.away").all_text_contents()]


# ------------------------------------------------------------------ days of the events


def test_headline_day_summary_and_key_follow_the_slider(story: Path, opener: Opener) -> None:
    page = opener(story)
    whole = page.locator("h1").inner_text()
    expect(page.locator("#day")).to_contain_text("13 March 2031")
    expect(page.locator(".sum")).to_contain_text("who holds Rastan, Masyaf and Talbisseh")
    assert "Contested" not in faded(page)

    page.evaluate("document.getElementById('slider').value = 0")
    page.locator("#slider").dispatch_event("input")
    expect(page.locator("h1")).to_have_text(re.compile(r"The situation on \d+ (Feb|Mar) 2031"))
    page.locator("#next").click()
    expect(page.locator(".now b")).to_have_text("3 Mar 2031")
    expect(page.locator("h1")).to_have_text("The situation on 3 Mar 2031")
    expect(page.locator("#day")).to_contain_text("3 Mar 2031: Changed: Talbisseh")
    told = page.locator(".sum").inner_text()
    assert "HTS-led rebels took Rastan from the government" in told
    assert "Masyaf" not in told  # that was on the 11th
    assert "The government took Rastan" not in told  # that was on the 7th

    page.locator("#slider").press("End")
    expect(page.locator("h1")).to_have_text(whole)
    expect(page.locator("#day")).to_contain_text("13 March 2031")


def test_the_key_stands_back_with_what_another_day_shows(built: Any, opener: Opener) -> None:
    page = opener(built.path)
    assert "Estimated front line" not in faded(page)
    last = set(faded(page))
    page.locator("#slider").press("Home")
    first = set(faded(page))
    assert {"Advance, threat", "Area, no town named"} <= first - last, first


def test_a_title_of_the_user_holds_on_all_days(opener: Opener, tmp_path: Path) -> None:
    path = tmp_path / "titled.html"
    mapgen.build([STORY / "01-capture.md"], title="Orontes").save(path)
    page = opener(path)
    page.locator("#slider").press("Home")
    expect(page.locator("h1")).to_have_text("Orontes")
    expect(page.locator("#day")).to_contain_text("2031: before the first report.")
    expect(page.locator(".sum li")).to_have_count(0)


def test_a_printed_earlier_day_says_its_day(story: Path, opener: Opener) -> None:
    page = opener(story, "#d=2031-03-05")
    reader = pypdf.PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    told = " ".join(reader.pages[0].extract_text().split())
    assert "The situation on 5 Mar 2031" in told
    assert "13 March" not in told
    assert "HTS-led rebels took Rastan and Salamiyah; who holds Talbisseh is contested" in told
    assert "also Masyaf" not in told  # that was on the 11th


# ------------------------------------------------------------------ days of the articles


def test_the_map_as_it_was_known_on_a_day(story: Path, opener: Opener) -> None:
    page = opener(story)
    assert "Salamiyah" in drawn(page)
    expect(page.locator("#known option")).to_have_count(9)  # eight earlier days, and all articles
    page.locator("#known").select_option("2031-03-04")

    expect(page.locator("h1")).to_have_text(
        "What 2 reports say about fighting in Homs, 2-4 March 2031"
    )
    expect(page.locator("#day")).to_have_text("4 March 2031.")
    expect(page.locator(".now b")).to_have_text("4 Mar 2031")
    expect(page.locator(".now span")).to_have_text("as it was known then")
    summary = page.locator(".sum").inner_text()
    assert "according to Hayat Tahrir al-Sham, also Talbisseh" in summary
    assert "contested" not in summary  # the denial came a day later
    assert "“About 3,000” fled Rastan" in summary
    assert "5,000 and 6,000" not in summary  # a figure of 8 March about 1 March
    told = drawn(page)
    assert "Talbisseh" in told
    assert "contested" not in told
    assert "Salamiyah" not in told  # taken on the 5th
    assert "Masyaf" not in told

    expect(page.locator("#t-ev .n")).to_have_text("3")
    titles = page.locator(".card .ct").all_text_contents()
    assert titles == ["Rastan taken", "Talbisseh taken", "People fled Rastan for Homs"]
    for cite in page.locator(".card cite").all_text_contents():
        assert re.search(r"\b[24] March 2031", cite), cite

    page.click("#t-off")  # nor is anything of a later article off the map
    for cite in page.locator("#offl cite:visible").all_text_contents():
        assert re.search(r"\b[24] March 2031", cite), cite
    page.click("#t-ev")

    assert "k=2031-03-04" in page.evaluate("location.hash")
    page.locator("#slider").press("End")
    expect(page.locator(".now b")).to_have_text("4 Mar 2031")  # nothing later was known

    page.locator("#known").select_option("")
    expect(page.locator(".sum")).to_contain_text("contested")
    assert page.locator("#offl .og").count() > 0
    page.click("#t-off")
    assert page.locator("#offl cite:visible").count() > 0
    assert "Salamiyah" in drawn(page)
    assert "k=" not in page.evaluate("location.hash")


def test_an_address_keeps_what_was_known(story: Path, opener: Opener) -> None:
    page = opener(story, "#d=2031-03-03&k=2031-03-05")
    expect(page.locator("#known")).to_have_value("2031-03-05")
    expect(page.locator(".now b")).to_have_text("3 Mar 2031")
    assert "contested" in drawn(page)  # on 5 March the claim of the 3rd was denied
    page.locator("#known").select_option("2031-03-04")
    assert "contested" not in drawn(page)


def test_what_was_known_beside_what_was_so(story: Path, opener: Opener) -> None:
    page = opener(story, "#d=2031-03-06")
    page.click("#compare")
    page.locator("#from").select_option("k2031-03-04")
    expect(page.locator("#after")).to_have_text("6 Mar 2031")
    expect(page.locator("#from option:checked")).to_have_text("as reported by 4 Mar 2031")
    now, known = drawn(page, 0), drawn(page, 1)
    assert "Salamiyah" in now
    assert "Salamiyah" not in known
    assert "contested" in now
    assert "contested" not in known
    assert "cmp=k2031-03-04" in page.evaluate("location.hash")

    page.locator("#slider").press("ArrowLeft")  # both follow the slider
    expect(page.locator("#after")).to_have_text("5 Mar 2031")
    expect(page.locator("#from")).to_have_value("k2031-03-04")
    again = opener(story, page.evaluate("location.hash"))
    expect(again.locator("#from")).to_have_value("k2031-03-04")
    assert "Salamiyah" not in drawn(again, 1)


def test_articles_of_one_day_offer_no_choice(built: Any, opener: Opener) -> None:
    page = opener(built.path)
    expect(page.locator("#knownof")).to_have_count(0)
    page.click("#compare")
    expect(page.locator("#from optgroup")).to_have_count(0)


@pytest.mark.parametrize("size", [(1440, 900), (820, 1180), (390, 844)])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_an_earlier_day(
    story: Path, opener: Opener, size: tuple[int, int], scheme: str
) -> None:
    viewport = {"width": size[0], "height": size[1]}
    page = opener(story, "#d=2031-03-01&k=2031-03-08", viewport=viewport, color_scheme=scheme)
    if size[0] > 1280:
        assert faded(page), "this test is of a key that stands back"
    found = Axe().run(page).response["violations"]
    assert [(v["id"], n["html"][:120]) for v in found for n in v["nodes"]] == []


# ------------------------------------------------------------------ the time bar

LABELS = """() => [...document.querySelectorAll('#bars text:not(.tally):not(.spannote)')]
  .filter((t) => t.style.visibility !== 'hidden')
  .map((t) => { const r = t.getBoundingClientRect(); return [r.left, r.right, t.textContent]; })
  .sort((a, b) => a[0] - b[0])"""


@pytest.mark.parametrize(
    ("n_days", "between"),
    [
        (9, r"\d+ (Dec|Nov)"),
        (40, None),
        (120, None),
        (400, r"Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|20\d\d"),
        (2500, r"20\d\d|Apr|Jul|Oct"),
    ],
)
@pytest.mark.parametrize("size", [(1440, 900), (820, 1180), (390, 844)])
def test_labels_of_the_time_bar_stand_at_steps_of_the_calendar_and_never_touch(
    built: Any,
    opener: Opener,
    tmp_path: Path,
    n_days: int,
    between: str | None,
    size: tuple[int, int],
) -> None:
    last = date(2024, 12, 6)
    days = [(last - timedelta(days=n)).isoformat() for n in reversed(range(n_days))]
    path = tmp_path / "map.html"
    path.write_text(page_html({**built.data, "days": days}), encoding="utf-8")
    page = opener(path, viewport={"width": size[0], "height": size[1]})
    for key in ("End", "Home", "PageUp"):
        page.locator("#slider").press(key)
        labels = page.evaluate(LABELS)
        assert len(labels) >= 2
        for (_, right, one), (left, _, other) in pairwise(labels):
            assert right <= left, f"{one} touches {other}"
    page.locator("#slider").press("End")
    inner = page.evaluate(
        """() => [...document.querySelectorAll('#bars text[data-i]')].slice(2)
             .map((t) => [mapgen.data.days[t.dataset.i], t.textContent])"""
    )
    for day, words in inner:
        assert between is None or re.fullmatch(between, words), words
        if n_days >= 40:
            assert day.endswith(("-01", "-15")) or date.fromisoformat(day).weekday() == 0, day


@pytest.mark.parametrize("size", [(1440, 900), (820, 1180), (390, 844)])
def test_the_words_over_a_span_of_days_stand_on_no_bar(
    built: Any, opener: Opener, tmp_path: Path, size: tuple[int, int]
) -> None:
    days = [f"2025-01-{n:02}" for n in range(1, 13)]
    bars = [{"day": f"2025-01-{n:02}", "n": k, "inferred": False} for n, k in ((6, 2), (11, 3))]
    span = {"start": days[4], "end": days[8], "label": "Ngungu"}
    path = tmp_path / "map.html"
    data = {**built.data, "days": days, "bars": bars, "span": span}
    path.write_text(page_html(data), encoding="utf-8")
    page = opener(path, viewport={"width": size[0], "height": size[1]})
    note = page.locator("#bars .spannote")
    assert note.inner_html() == "Ngungu"
    box = note.bounding_box()
    assert box is not None
    for bar in page.locator("#bars .bar").all():
        other = bar.bounding_box()
        assert other is not None
        beside = box["x"] + box["width"] <= other["x"] or box["x"] >= other["x"] + other["width"]
        assert beside or box["y"] + box["height"] <= other["y"]
    frame = page.locator("#track").bounding_box()
    assert frame is not None
    assert box["y"] >= frame["y"] - 2, "the words are cut off"
