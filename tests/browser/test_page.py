"""The page of the dispatches as a reader meets it: what is drawn, what is not, what answers."""

from __future__ import annotations

import base64
import contextlib
import gzip
import itertools
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

Opener = Callable[..., Page]
ROOT = Path(__file__).parents[2]
SIZES = {"desk": (1440, 900), "tablet": (820, 1180), "phone": (390, 844)}
LOOK = """() => [...document.querySelectorAll('.mg-map svg.ov text[data-box]')].map(t => ({
  text: t.textContent, cls: t.getAttribute('class'), box: t.dataset.box.split(' ').map(Number),
  width: t.getComputedTextLength()}))"""


def labels(page: Page) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = page.evaluate(LOOK)
    return found


def words(page: Page) -> str:
    return " | ".join(label["text"] for label in labels(page))


def hit(page: Page, name: str) -> Any:
    return page.locator(f'.mg-map g.hit[aria-label^="{name}:"]:has(circle.selring)')


def click_sign(page: Page, name: str) -> None:
    box = hit(page, name).locator("circle.selring").first.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def card(page: Page, title: str) -> Any:
    return page.locator("article.card").filter(
        has=page.locator(".ct", has_text=re.compile(f"^{title}"))
    )


def to_day(page: Page, position: int) -> None:
    page.evaluate(
        "(i) => { const s = document.getElementById('slider'); s.value = i;"
        " s.dispatchEvent(new Event('input')); }",
        position,
    )


# ------------------------------------------------------------------ what is drawn


def test_headline_and_day(desk: Page) -> None:
    expect(desk.locator("h1")).to_have_text("What 2 reports say about fighting in Syria")
    assert "What 2 reports say about fighting in Syria" in desk.title()
    expect(desk.locator(".asof")).to_contain_text("About 6 December 2024")
    expect(desk.locator(".asof")).to_contain_text("Inferred")
    summary = desk.locator(".sum").inner_text()
    assert "took Aleppo and Hama" in summary
    assert not re.search(r"Homs (is|was|has been) (taken|captured)", summary)


def test_country_total_is_a_badge(desk: Page) -> None:
    badge = desk.locator(".badge")
    expect(badge).to_have_count(1)
    expect(badge).to_contain_text("370,000")
    expect(badge).to_contain_text("across Syria")
    expect(badge).to_contain_text("United Nations")
    expect(badge).to_be_visible()


def test_taken_towns_are_labelled(desk: Page) -> None:
    texts = {label["text"] for label in labels(desk)}
    assert {"Aleppo", "Hama", "Homs"} <= texts
    everywhere = desk.locator("svg.ov text").all_text_contents()
    assert {"Rastan", "Talbisseh"} <= {words.removesuffix(" ?") for words in everywhere}


@pytest.mark.parametrize(
    ("title", "standing", "by"),
    [
        ("Aleppo and Hama taken", "Assessed", "Two articles"),
        ("Rastan and Talbisseh taken", "Claimed", "by SOHR"),
    ],
)
def test_cards_of_what_changed_hands(desk: Page, title: str, standing: str, by: str) -> None:
    found = card(desk, title)
    expect(found).to_have_count(1)
    expect(found.locator(".st")).to_have_text(standing)
    expect(found.locator(".cm")).to_contain_text(by)
    assert found.locator("blockquote mark").count() >= 1


def test_homs_is_threatened_never_taken(desk: Page) -> None:
    signs = desk.evaluate("window.mapgen.data.signs")
    changed = {s["name"] for s in signs if s["type"] == "control"}
    assert changed == {"Aleppo", "Hama", "Rastan", "Talbisseh"}
    threat = next(s for s in signs if s["type"] == "threat")
    assert (threat["name"], threat["distance_km"]) == ("Homs", 5)
    assert hit(desk, "Homs").get_attribute("aria-label") is not None
    assert "taken" not in str(hit(desk, "Homs").get_attribute("aria-label"))


def test_stated_distance_is_written(desk: Page) -> None:
    assert "5 km" in " ".join(desk.locator("svg.ov text").all_text_contents())
    assert "outskirts" in str(hit(desk, "Homs").get_attribute("aria-label"))


def test_displacement_arrow_in_the_words_of_the_article(desk: Page) -> None:
    expect(desk.locator(".mg-map g.flow path.shaft")).to_have_count(1)
    assert "tens of thousands" in words(desk)
    assert "coast" in words(desk)


def test_regions_have_words_and_no_marker(desk: Page) -> None:
    assert "Iraqi border" in words(desk)
    assert "Jordanian border" in words(desk)
    assert "Kurdish-led forces" in words(desk)
    for sign in desk.evaluate("window.mapgen.data.signs"):
        if sign["type"] == "region":
            assert sign.get("lat") is None, sign["name"]
    assert desk.locator(".mg-map path.softreg").count() == 2


def test_estimated_fronts_are_dashed_lines_that_go_with_the_estimate(desk: Page) -> None:
    fronts = desk.evaluate("window.mapgen.data.areas.at(-1).fronts")
    assert {"gov", "hts"} in [set(front["sides"]) for front in fronts]
    lines = desk.locator(".mg-map path.front")
    assert lines.count() >= len(fronts)
    assert all(line.get_attribute("stroke-dasharray") for line in lines.all())  # all unsure
    expect(desk.locator("#legend")).to_contain_text("Estimated front")
    desk.locator('#legend input[data-layer="est"]').uncheck()
    expect(desk.locator(".mg-map path.front")).to_have_count(0)
    desk.locator('#legend input[data-layer="est"]').check()
    assert lines.count() >= len(fronts)


def test_supply_link_is_intact(desk: Page) -> None:
    assert desk.locator('.mg-map g.hit[aria-label="supply link, intact"]').count() >= 1
    expect(card(desk, "Supply link through Homs")).to_contain_text("intact")


def test_no_sign_in_countries_that_are_only_spoken_of(desk: Page) -> None:
    data = desk.evaluate("window.mapgen.data")
    for sign in data["signs"]:
        assert sign.get("name") not in {"Ukraine", "Iran", "Iraq", "Jordan", "Russia", "Lebanon"}
        points = [(sign["lat"], sign["lon"])] if "lat" in sign else sign.get("path") or []
        for lat, lon in points:
            assert 32.3 < lat < 37.4, sign
            assert 35.6 < lon < 42.4, sign


def test_off_the_map_lists_what_was_left_out_and_why(built: Any, opener: Opener) -> None:
    page = opener(built.path)
    page.click("#t-off")
    expect(page.locator("#p-off")).to_be_visible()
    expect(page.locator("#p-ev")).to_be_hidden()
    groups = page.locator("#offl section")
    could = groups.filter(has_text=re.compile("^Hypothetical")).inner_text()
    assert "If the rebels took the city" in could
    assert "because of “If”" in could
    past = groups.filter(has_text=re.compile("^Past")).inner_text()
    assert "In 2014 government troops retook the Old City" in past
    assert "because of “2014”" in past
    assert page.locator("#t-off .n").inner_text() == str(page.locator("#offl blockquote").count())


def test_arrow_of_people_is_really_painted(built: Any, opener: Opener) -> None:
    page = opener(built.path)
    box = page.locator(".mg-map g.flow path.shaft").bounding_box()
    assert box is not None
    assert box["width"] > 20
    ink = page.locator(".mg-map g.flow path.shaft").evaluate("p => getComputedStyle(p).stroke")
    rgb = [int(v) for v in re.findall(r"\d+", ink)[:3]]

    def inked() -> int:
        shot = base64.b64encode(page.screenshot(clip=box)).decode()
        judge = page.context.new_page()
        count = judge.evaluate(
            """async ([shot, rgb]) => {
              const i = new Image(); i.src = 'data:image/png;base64,' + shot; await i.decode();
              const c = document.createElement('canvas'); c.width = i.width; c.height = i.height;
              const x = c.getContext('2d'); x.drawImage(i, 0, 0);
              const d = x.getImageData(0, 0, i.width, i.height).data; let n = 0;
              for (let k = 0; k < d.length; k += 4)
                n += [0, 1, 2].every(j => Math.abs(d[k + j] - rgb[j]) < 24) ? 1 : 0;
              return n; }""",
            [shot, rgb],
        )
        judge.close()
        return int(count)

    with_arrow = inked()
    page.locator('[data-layer="disp"]').set_checked(False)
    assert with_arrow - inked() > box["width"] * 1.5


# ------------------------------------------------------------------ time


def test_before_the_offensive_nothing_is_taken(built: Any, opener: Opener) -> None:
    page = opener(built.path)
    to_day(page, 0)
    expect(page.locator(".now b")).to_contain_text("26 Nov 2024")
    expect(hit(page, "Aleppo")).to_have_count(0)
    expect(page.locator(".mg-map g.flow")).to_have_count(0)
    expect(page.locator(".badge")).to_be_hidden()
    assert "taken from" not in words(page)
    to_day(page, len(built.data["days"]) - 1)
    expect(hit(page, "Aleppo")).to_have_count(1)
    expect(page.locator(".badge")).to_be_visible()


def test_slider_by_keyboard(built: Any, opener: Opener) -> None:
    page = opener(built.path)
    slider = page.locator("#slider")
    slider.focus()
    page.keyboard.press("ArrowLeft")
    assert page.evaluate("location.hash") == f"#d={built.data['days'][-2]}"
    assert "5 Dec 2024" in str(slider.get_attribute("aria-valuetext"))
    page.keyboard.press("Home")
    assert slider.input_value() == "0"
    page.keyboard.press("End")
    assert page.evaluate("location.hash") == ""


def test_steps_between_changes(built: Any, opener: Opener) -> None:
    page = opener(built.path)
    dated = {d for s in built.data["signs"] for d in (s["from_day"], s["day"]) if d}
    changes = sorted(built.data["days"].index(d) for d in dated if d in built.data["days"])
    page.click("#prev")
    before = [c for c in changes if c < len(built.data["days"]) - 1]
    assert page.locator("#slider").input_value() == str(before[-1] if before else 0)
    to_day(page, 0)
    page.click("#next")
    assert page.locator("#slider").input_value() == str(next(c for c in changes if c > 0))


def test_play_runs_to_the_last_day(built: Any, opener: Opener) -> None:
    page = opener(built.path, f"#d={built.data['days'][-2]}")
    page.click("#play")
    expect(page.locator("#play")).to_have_attribute("aria-label", "Pause")
    expect(page.locator("#play")).to_have_attribute("aria-label", "Play")
    assert page.locator("#slider").input_value() == str(len(built.data["days"]) - 1)


# ------------------------------------------------------------------ cards and signs


def test_card_points_to_its_sign(built: Any, opener: Opener) -> None:
    page = opener(built.path)
    head = card(page, "Aleppo and Hama taken").locator(".chead")
    head.click()
    expect(card(page, "Aleppo and Hama taken")).to_have_class(re.compile(r"\bsel\b"))
    for name in ("Aleppo", "Hama"):
        expect(hit(page, name)).to_have_class(re.compile(r"\bsel\b"))
    expect(hit(page, "Homs")).not_to_have_class(re.compile(r"\bsel\b"))
    ring = hit(page, "Aleppo").locator("circle.selring")
    assert ring.evaluate("e => getComputedStyle(e).stroke") not in {"none", ""}
    head.click()
    expect(page.locator("article.card.sel")).to_have_count(0)


def test_sign_opens_its_card(built: Any, opener: Opener) -> None:
    page = opener(built.path)
    page.click("#t-md")
    click_sign(page, "Hama")
    found = card(page, "Aleppo and Hama taken")
    expect(found).to_have_class(re.compile(r"\bsel\b"))
    expect(found).to_be_in_viewport()


def test_sign_by_keyboard(built: Any, opener: Opener) -> None:
    page = opener(built.path)
    hit(page, "Aleppo").focus()
    page.keyboard.press("Enter")
    expect(card(page, "Aleppo and Hama taken")).to_have_class(re.compile(r"\bsel\b"))


def test_a_search_never_shows_who_held_a_town_before(built: Any, opener: Opener) -> None:
    page = opener(built.path)
    page.fill("#q", "talbisseh")
    chip = page.locator("#filtered")
    expect(chip).to_contain_text(f"1 of {len(built.data['cards'])}")
    rebels = next(k for k, v in built.data["sides"].items() if v["name"] == "HTS-led rebels")
    faded = page.locator("#mapbox > .mg-map .faded")
    expect(faded).to_have_count(2)  # Aleppo and Hama, drawn as they stand
    for mark in faded.all():
        expect(mark.locator(f'[fill="var(--c-{rebels})"]')).to_have_count(1)
    page.fill("#q", "no such words")
    expect(chip).to_contain_text("Nothing matches")
    expect(faded).to_have_count(4)
    chip.get_by_role("button", name="Clear").click()
    expect(faded).to_have_count(0)
    expect(chip).to_be_hidden()
    expect(page.locator("article.card:visible")).to_have_count(len(built.data["cards"]))


def test_search_and_filters_count(built: Any, opener: Opener) -> None:
    page = opener(built.path)
    total = len(built.data["cards"])
    shown = page.locator("article.card:visible")
    expect(shown).to_have_count(total)
    page.fill("#q", "talbisseh")
    expect(shown).to_have_count(1)
    expect(page.locator(".count")).to_contain_text(f"1 of {total}")
    page.fill("#q", "")
    page.click("#fbtn")
    page.select_option('[data-f="standing"]', "claimed")
    claimed = sum(c["standing"] == "claimed" for c in built.data["cards"])
    expect(shown).to_have_count(claimed)
    expect(page.locator(".count")).to_contain_text(f"{claimed} of {total}")
    page.select_option('[data-f="kind"]', "displacement")
    assert 0 < shown.count() <= claimed
    page.select_option('[data-f="kind"]', "")
    page.select_option('[data-f="standing"]', "")
    expect(shown).to_have_count(total)


def test_legend_switches_a_layer(built: Any, opener: Opener) -> None:
    page = opener(built.path)
    page.locator('[data-layer="disp"]').set_checked(False)
    expect(page.locator(".mg-map g.flow")).to_have_count(0)
    assert "tens of thousands" not in words(page)
    assert "off=disp" in page.evaluate("location.hash")
    page.locator('[data-layer="disp"]').set_checked(True)
    expect(page.locator(".mg-map g.flow")).to_have_count(1)


def test_theme_button(built: Any, opener: Opener) -> None:
    page = opener(built.path, color_scheme="light")
    paper = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(paper)
    side = "document.documentElement.style.getPropertyValue('--c-gov')"
    assert page.evaluate(side) == built.data["sides"]["gov"]["light"]["fill"]
    page.click('[data-z="t"]')
    assert page.evaluate(paper) != light
    assert page.evaluate(side) == built.data["sides"]["gov"]["dark"]["fill"]
    page.click('[data-z="t"]')
    assert page.evaluate(paper) == light


# ------------------------------------------------------------------ address, embedding, sizes


def test_address_restores_day_and_card(built: Any, opener: Opener) -> None:
    chosen = built.data["cards"][1]["id"]
    day = built.data["days"][3]
    page = opener(built.path, f"#d={day}&sel={chosen}&off=disp")
    assert page.locator("#slider").input_value() == "3"
    expect(page.locator(f"#c-{chosen}")).to_have_class(re.compile(r"\bsel\b"))
    expect(page.locator('[data-layer="disp"]')).not_to_be_checked()


def test_choice_is_written_to_the_address(built: Any, opener: Opener) -> None:
    page = opener(built.path)
    card(page, "Rastan and Talbisseh taken").locator(".chead").click()
    assert "sel=" in page.evaluate("location.hash")
    page.reload()
    page.wait_for_selector("body[data-ready]", state="attached")
    expect(card(page, "Rastan and Talbisseh taken")).to_have_class(re.compile(r"\bsel\b"))


def test_nonsense_in_the_address_is_passed_over(built: Any, opener: Opener) -> None:
    page = opener(built.path, "#d=2024-13-99&sel=%3Cimg%3E&off=%22%27,nothing&x=%E0%A4%A")
    assert page.locator("#slider").input_value() == str(len(built.data["days"]) - 1)
    expect(page.locator("article.card.sel")).to_have_count(0)


def test_embedded_page_hides_the_panel(built: Any, opener: Opener) -> None:
    page = opener(built.path, "#embed", viewport={"width": 700, "height": 480})
    expect(page.locator("#panel")).to_be_hidden()
    expect(page.locator("#etitle")).to_be_visible()
    expect(page.locator("#etitle")).to_contain_text("What 2 reports say about fighting in Syria")
    expect(hit(page, "Aleppo")).to_have_count(1)
    before = page.evaluate(LOOK)
    page.mouse.move(350, 240)
    page.mouse.wheel(0, 400)
    page.wait_for_timeout(300)
    assert page.evaluate(LOOK) == before, "the wheel belongs to the page around"


def test_inside_a_sandboxed_frame(built: Any, opener: Opener, tmp_path: Path) -> None:
    outer = tmp_path / "outer.html"
    (tmp_path / "map.html").write_bytes(built.path.read_bytes())
    outer.write_text(
        '<!doctype html><title>x</title><body data-ready="1"><iframe src="map.html#embed" '
        'sandbox="allow-scripts" width="700" height="480"></iframe>'
    )
    frame = opener(outer).frame_locator("iframe")
    expect(frame.locator("#etitle")).to_contain_text("What 2 reports say about fighting in Syria")
    expect(frame.locator('g.hit[aria-label^="Aleppo:"]:has(circle.selring)')).to_have_count(1)


@pytest.mark.parametrize("size", SIZES)
def test_nothing_sticks_out_sideways(built: Any, opener: Opener, size: str) -> None:
    width, height = SIZES[size]
    page = opener(built.path, viewport={"width": width, "height": height})
    assert page.evaluate("document.scrollingElement.scrollWidth <= innerWidth")


def test_sheet_of_the_phone_opens(built: Any, opener: Opener) -> None:
    phone = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
    page = opener(built.path, **phone)
    assert page.evaluate("document.scrollingElement.scrollWidth <= innerWidth")
    grip = page.locator("#grip")
    expect(grip).to_have_attribute("aria-expanded", "false")
    top = page.locator("#panel").bounding_box()
    grip.tap()
    expect(grip).to_have_attribute("aria-expanded", "true")
    page.wait_for_timeout(400)
    opened = page.locator("#panel").bounding_box()
    assert top is not None
    assert opened is not None
    assert opened["y"] < top["y"] - 100
    expect(page.locator(".sum li").first).to_be_in_viewport()
    grip.tap()
    page.wait_for_timeout(400)
    expect(page.locator("article.card").first).to_be_in_viewport()
    grip.tap()
    expect(grip).to_have_attribute("aria-expanded", "false")


def _meet(a: list[float], b: list[float]) -> bool:
    return a[0] < b[2] and a[2] > b[0] and a[1] < b[3] and a[3] > b[1]


@pytest.mark.parametrize("size", SIZES)
def test_labels_never_overlap(built: Any, opener: Opener, size: str) -> None:
    width, height = SIZES[size]
    page = opener(built.path, viewport={"width": width, "height": height})
    found = labels(page)
    by_box: dict[tuple[float, ...], list[str]] = {}
    for label in found:
        by_box.setdefault(tuple(label["box"]), []).append(label["text"])
    assert len(by_box) >= 8
    clashes = [
        (p[1], q[1])
        for p, q in itertools.combinations(by_box.items(), 2)
        if _meet(list(p[0]), list(q[0]))
    ]
    assert clashes == []
    # a box is only worth checking if the text really fits into it
    tight = [f for f in found if f["width"] > f["box"][2] - f["box"][0] + 2]
    assert [(f["text"], f["width"], f["box"]) for f in tight] == []


@pytest.mark.parametrize("size", SIZES)
def test_labels_stay_clear_of_the_boxes_over_the_map(built: Any, opener: Opener, size: str) -> None:
    width, height = SIZES[size]
    page = opener(built.path, viewport={"width": width, "height": height})
    hidden = page.evaluate(
        """() => { const boxes = [...document.querySelectorAll('#legend, .badge, .zc, #inset')]
             .filter(e => e.checkVisibility({visibilityProperty: true}))
             .map(e => [e.id || e.className, e.getBoundingClientRect()]);
           return [...document.querySelectorAll('.mg-map svg.ov text[data-box]')].flatMap(t => {
             const r = t.getBoundingClientRect();
             return boxes.filter(([, b]) => r.left < b.right - 1 && r.right > b.left + 1
               && r.top < b.bottom - 1 && r.bottom > b.top + 1).map(([n]) => [t.textContent, n]);
           }); }"""
    )
    assert hidden == []


# ------------------------------------------------------------------ the file


def test_page_is_small(built: Any) -> None:
    raw = built.html.encode()
    assert len(raw) < 500 * 1024
    assert len(gzip.compress(raw)) < 180 * 1024


def test_shapes_of_the_ground_are_drawn_as_they_were_cut(built: Any, desk: Page) -> None:
    """They are written as steps; the script takes these apart."""
    assert '"steps":3' in built.html
    drawn = desk.evaluate("window.mapgen.data")
    assert drawn["base"] == built.data["base"]
    assert drawn["areas"] == built.data["areas"]


def test_same_articles_same_bytes(built: Any) -> None:
    """In another process with another hash seed, where sets and dicts of names differ in order."""
    code = (
        "import sys, mapgen; sys.stdout.buffer.write("
        "mapgen.build(['seeds'], baseline='seeds/baseline.csv').to_html().encode())"
    )
    with contextlib.chdir(ROOT):
        again = subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": "1"},
            capture_output=True,
            check=True,
        )
    assert again.stdout == built.html.encode()


def test_data_as_geojson_leads_back_to_the_articles(built: Any, desk: Page) -> None:
    collection = desk.evaluate("window.mapgen.asGeoJson()")
    texts = {a.id: a.text for a in built.situation.extraction.articles}
    assert collection["type"] == "FeatureCollection"
    assert len(collection["features"]) == len(built.data["signs"])
    for feature in collection["features"]:
        evidence = feature["properties"]["evidence"]
        assert evidence, feature["properties"]["title"]
        for quote in evidence:
            assert texts[quote["article"]][quote["start"] : quote["end"]] == quote["quote"]
    aleppo = next(f for f in collection["features"] if f["properties"]["name"] == "Aleppo")
    lon, lat = aleppo["geometry"]["coordinates"]
    assert (round(lat, 1), round(lon, 1)) == (36.2, 37.2)
    total = next(f for f in collection["features"] if f["properties"]["type"] == "badge")
    assert total["geometry"] is None


def test_every_button_has_a_name(desk: Page) -> None:
    """Also signs without a label of their own, and none that is empty."""
    nameless = desk.evaluate(
        """() => [...document.querySelectorAll('button, [role=button], select, input')]
             .filter(e => !(e.getAttribute('aria-label') || e.textContent || '').trim()
               && !e.labels?.length).map(e => e.outerHTML.slice(0, 120))"""
    )
    assert nameless == []


def test_readers_may_enlarge_the_page(built: Any) -> None:
    assert "maximum-scale" not in built.html.split("</head>")[0]
    assert "user-scalable" not in built.html.split("</head>")[0]
