"""The page wherever it is put: without scripts, in frames, in links, as pictures and files."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

import pytest
from conftest import until
from playwright.sync_api import Page, expect

from mapgen.drawing.data.holder_tracks import Track, last_holders, packed
from mapgen.drawing.figure.still import still_svg
from mapgen.drawing.page.embed import embed_snippet

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Route

Opener = Callable[..., Page]
SVG = "{http://www.w3.org/2000/svg}"
TITLE = "What 2 reports say about fighting in Syria"
HOST = "https://news.example"


def served(browser: Browser, pages: dict[str, str], policy: str = "", **options: Any) -> Page:
    """Open the first of some pages, served with a policy as a web server would."""

    def answer(route: Route) -> None:
        name = route.request.url.removeprefix(f"{HOST}/").partition("#")[0]
        headers = {"content-type": "text/html; charset=utf-8"}
        if policy:
            headers["content-security-policy"] = policy
        known = name in pages
        route.fulfill(status=200 if known else 404, headers=headers, body=pages.get(name, ""))

    context = browser.new_context(viewport={"width": 1000, "height": 900}, **options)
    page = context.new_page()
    context.route("**/*", answer)
    page.goto(f"{HOST}/{next(iter(pages))}")
    return page


def around(frame: str) -> str:
    return f'<!doctype html><html lang="en"><title>x</title><body data-ready="1">{frame}</body>'


# ------------------------------------------------------------------ without scripts


@pytest.mark.parametrize("how", ["no scripts", "strict policy", "sandbox"])
def test_without_scripts_the_file_shows_title_day_summary_and_map(
    built: Any, browser: Browser, how: str
) -> None:
    pages, options, policy = {"map.html": built.html}, {}, ""
    if how == "no scripts":
        options = {"java_script_enabled": False}
    elif how == "strict policy":
        policy = "default-src 'self'"
    else:
        policy = "sandbox"
    page = served(browser, pages, policy, **options)
    plain = page.locator("#plain")
    expect(plain.locator("h1")).to_have_text(TITLE)
    expect(plain).to_contain_text("About 6 December 2024. Inferred; no article is dated.")
    expect(plain).to_contain_text("HTS-led rebels took Aleppo and Hama from the government")
    expect(plain).to_contain_text("Thousands leave Homs as rebels near the city")
    expect(plain).to_contain_text("Open it in a web browser that runs scripts.")
    picture = plain.locator("svg[role=img]")
    box = picture.bounding_box()
    assert box is not None
    assert box["width"] > 500
    assert box["height"] > 300
    words = [w.removesuffix(" ?") for w in picture.locator("text").all_text_contents()]
    for name in ("Aleppo", "Hama", "Homs", "Damascus", "Fled to the coast", "HTS-led rebels"):
        assert name in words
    # what needs scripts is not shown, with or without a style sheet
    for needless in ("#panel", "#time", "#etitle", "#legend", ".zc"):
        expect(page.locator(needless)).to_be_hidden()
    page.context.close()


def test_the_static_picture_marks_towns_where_they_are_in_the_colour_of_their_holder(
    built: Any,
) -> None:
    svg = ElementTree.fromstring(
        built.html[built.html.index("<svg xmlns") : built.html.index("</svg><ul>") + 6]
    )
    names = {(t.text or "").removesuffix(" ?"): t for t in svg.iter(f"{SVG}text")}
    spots = {name: float(names[name].get("y", "0")) for name in ("Aleppo", "Hama", "Homs")}
    assert spots["Aleppo"] < spots["Hama"] < spots["Homs"], "north is up"
    fills = {e.get("fill") for e in svg.iter()}
    held = built.data["sides"]
    side = next(s for s in held.values() if s["short"] == "HTS-led rebels" or s["letter"] == "H")
    assert side["light"]["fill"] in fills
    assert "style" not in {key for e in svg.iter() for key in e.attrib}
    text = ElementTree.tostring(svg)
    assert len(text) < 60_000


def test_with_scripts_nothing_of_the_part_without_is_left(desk: Page) -> None:
    assert desk.locator("#plain").count() == 0
    assert desk.locator("h1").count() == 1


def test_where_the_script_fails_the_static_part_stays(built: Any, browser: Browser) -> None:
    """An old browser, or a fault of ours: the reader still has the map."""
    broken = "<script>Element.prototype.setAttribute=null</script>"
    html = built.html.replace('<div id="app"', f'{broken}<div id="app"', 1)
    html = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", html)
    page = served(browser, {"map.html": html})
    page.wait_for_timeout(300)
    expect(page.locator("#plain h1")).to_have_text(TITLE)
    expect(page.locator("#panel")).to_be_hidden()
    page.context.close()


def test_links_to_the_file_show_title_and_summary(desk: Page) -> None:
    tags = desk.locator("meta[property], meta[name]").evaluate_all(
        "all => Object.fromEntries(all.map(m => [m.getAttribute('property') || m.name, m.content]))"
    )
    assert tags["og:title"] == TITLE
    assert tags["og:type"] == "article"
    assert tags["og:description"].startswith("About 6 December 2024. Taken. HTS-led rebels took")
    assert len(tags["og:description"]) <= 300
    assert tags["description"] == tags["og:description"]


# ------------------------------------------------------------------ in frames


@pytest.mark.parametrize(
    ("width", "height", "small"), [(360, 500, True), (700, 420, True), (1100, 700, False)]
)
def test_a_plain_frame_chooses_its_layout_by_its_size(
    built: Any, opener: Opener, tmp_path: Path, width: int, height: int, small: bool
) -> None:
    (tmp_path / "map.html").write_text(built.html, encoding="utf-8")
    outer = tmp_path / "outer.html"
    frame = f'<iframe src="map.html" title="map" width="{width}" height="{height}"></iframe>'
    outer.write_text(around(frame), encoding="utf-8")
    page = opener(outer, viewport={"width": 1300, "height": 900})
    inside = page.frame_locator("iframe")
    expect(inside.locator("body[data-ready]")).to_be_attached()
    expect(inside.locator("#etitle")).to_be_visible(visible=small)
    expect(inside.locator("#panel")).to_be_visible(visible=not small)


def test_a_frame_far_below_the_part_of_a_report_that_is_seen_has_its_map(
    built: Any, opener: Opener, tmp_path: Path
) -> None:
    """A browser draws no picture of a sandboxed frame out of sight; a report is printed with it."""
    (tmp_path / "map.html").write_text(built.html, encoding="utf-8")
    outer = tmp_path / "outer.html"
    frame = (
        '<p style="height:6000px">Text of the report.</p><iframe src="map.html" title="map" '
        'width="700" height="500" sandbox="allow-scripts"></iframe>'
    )
    outer.write_text(around(frame), encoding="utf-8")
    page = opener(outer, viewport={"width": 900, "height": 600})
    inside = page.frame_locator("iframe")
    expect(inside.locator("body[data-ready]")).to_be_attached()
    expect(inside.locator("#etitle")).to_be_visible()


@pytest.mark.parametrize(("width", "height"), [(300, 150), (300, 80), (120, 150)])
@pytest.mark.parametrize("fragment", ["", "#embed"])
def test_a_frame_of_the_usual_size_of_browsers_does_not_fail(
    built: Any, opener: Opener, tmp_path: Path, width: int, height: int, fragment: str
) -> None:
    """A frame without attributes is 300 x 150; ``opener`` fails on any error of a script."""
    (tmp_path / "map.html").write_text(built.html, encoding="utf-8")
    outer = tmp_path / "outer.html"
    frame = f'<iframe src="map.html{fragment}" title="map" width="{width}" height="{height}">'
    outer.write_text(around(f"{frame}</iframe>"), encoding="utf-8")
    page = opener(outer, viewport={"width": 800, "height": 600})
    inside = page.frame_locator("iframe")
    expect(inside.locator("body[data-ready]")).to_be_attached()
    expect(inside.locator(".leaflet-container")).to_be_visible()
    assert inside.locator("body").evaluate("() => document.documentElement.scrollWidth") <= width


def test_a_printed_notebook_shows_the_picture_and_not_the_frame(
    opener: Opener, tmp_path: Path
) -> None:
    from mapgen.drawing.page.notebook import _STYLE  # the rule under test

    outer = tmp_path / "notebook.html"
    frame = '<iframe class="mapgen" title="map" srcdoc="<p>map</p>"></iframe>'
    picture = '<img class="mapgen" alt="map" src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">'
    outer.write_text(around(f"{frame}{picture}{_STYLE}"), encoding="utf-8")
    page = opener(outer, viewport={"width": 800, "height": 600})
    expect(page.locator("iframe")).to_be_visible()
    expect(page.locator("img")).to_be_hidden()
    page.emulate_media(media="print")
    expect(page.locator("iframe")).to_be_hidden()
    expect(page.locator("img")).to_be_visible()


def test_a_window_is_no_frame_however_small(built: Any, opener: Opener) -> None:
    page = opener(built.path, viewport={"width": 390, "height": 460})
    expect(page.locator("#panel")).to_be_visible()
    expect(page.locator("#etitle")).to_be_hidden()


def test_a_frame_without_a_size_waits_for_one(built: Any, opener: Opener, tmp_path: Path) -> None:
    """In a closed tab a frame has no size: nothing fails, and the map comes with the size."""
    (tmp_path / "map.html").write_text(built.html, encoding="utf-8")
    outer = tmp_path / "outer.html"
    frame = '<iframe src="map.html" title="map" style="width:0;height:0;border:0"></iframe>'
    outer.write_text(around(frame), encoding="utf-8")
    page = opener(outer)
    page.wait_for_timeout(400)
    page.evaluate(
        "Object.assign(document.querySelector('iframe').style, {width: '640px', height: '440px'})"
    )
    inside = page.frame_locator("iframe")
    expect(inside.locator("body[data-ready]")).to_be_attached()
    expect(inside.locator('svg.ov .hit[aria-label^="Aleppo"]').first).to_be_visible()
    # folded away and opened again
    for size in ("0px", "640px"):
        page.evaluate(f"document.querySelector('iframe').style.width = '{size}'")
        page.wait_for_timeout(300)
    box = inside.locator('svg.ov .hit[aria-label^="Aleppo"]').first.bounding_box()
    assert box is not None
    assert 0 < box["x"] < 640


STRICT = "default-src 'self'; style-src 'self'; script-src 'self'"


def test_the_snippet_keeps_its_size_under_a_strict_policy(
    built: Any, browser: Browser, tmp_path: Path
) -> None:
    file = tmp_path / "map.html"
    file.write_text(built.html, encoding="utf-8")
    page = served(browser, {"story.html": around(embed_snippet(file))}, STRICT)
    box = page.locator("iframe").bounding_box()
    assert box is not None
    assert box["height"] == pytest.approx(520, abs=5)
    assert box["width"] > 850
    page.context.close()


def test_the_snippet_takes_the_height_that_the_map_asks_for(
    built: Any, opener: Opener, tmp_path: Path
) -> None:
    file = tmp_path / "map.html"
    file.write_text(built.html, encoding="utf-8")
    outer = tmp_path / "outer.html"
    outer.write_text(around(embed_snippet(file)), encoding="utf-8")
    page = opener(outer, viewport={"width": 420, "height": 900})
    inside = page.frame_locator("iframe")
    expect(inside.locator("body[data-ready]")).to_be_attached()
    until(page, "document.querySelector('iframe').height !== '520'")
    asked = int(page.locator("iframe").get_attribute("height") or "0")
    assert 280 < asked < 620
    assert page.locator("iframe").bounding_box()["height"] == pytest.approx(asked, abs=5)  # type: ignore[index]
    # another frame on the page, or the page itself, changes no height
    page.evaluate("window.postMessage({mapgen: {height: 900}}, '*')")
    page.wait_for_timeout(200)
    assert page.locator("iframe").get_attribute("height") == str(asked)


def test_a_long_headline_wraps_in_a_narrow_frame(built: Any, opener: Opener) -> None:
    page = opener(built.path, "#embed", viewport={"width": 300, "height": 520})
    title = page.locator("#etitle b")
    seen = title.evaluate(
        "e => [e.scrollHeight <= e.clientHeight + 1, e.getClientRects()[0].height]"
    )
    assert seen[0], "the whole headline can be read"
    assert seen[1] > 35, "on two lines"


def test_leader_lines_are_short_in_a_narrow_frame(built: Any, opener: Opener) -> None:
    page = opener(built.path, "#embed", viewport={"width": 360, "height": 520})
    lines = page.locator(".mg-map svg.ov path.leader").evaluate_all(
        "all => all.map(p => p.getTotalLength())"
    )
    assert all(length <= 100 for length in lines), lines


LED_OVER = """() => { const c = mapgen.map().getContainer().getBoundingClientRect();
  const signs = mapgen.data.signs.filter((s) => s.type === 'control').map((s) => {
    const p = mapgen.map().latLngToContainerPoint([s.lat, s.lon]);
    return { name: s.name, x: p.x + c.x, y: p.y + c.y }; });
  const over = [];
  for (const line of document.querySelectorAll('.mg-map svg.ov path.leader')) {
    const words = line.parentNode.textContent, m = line.getScreenCTM(), n = line.getTotalLength();
    for (let at = 0; at <= n; at += 2) {
      const p = line.getPointAtLength(at), x = p.x * m.a + m.e, y = p.y * m.d + m.f;
      const near = signs.find((s) => !words.includes(s.name) && Math.hypot(s.x - x, s.y - y) < 5);
      if (near && signs.some((s) => words.startsWith(s.name))) over.push([words, near.name]);
    } }
  return over; }"""
"""Names of towns whose line runs over the sign of another town, with that town."""


@pytest.mark.parametrize("size", [(390, 844), (640, 480), (360, 520), (640, 400)])
def test_no_name_has_a_line_over_the_sign_of_another_town(
    built: Any, opener: Opener, size: tuple[int, int]
) -> None:
    frame = "#embed" if size in {(360, 520), (640, 400)} else ""
    page = opener(built.path, frame, viewport={"width": size[0], "height": size[1]})
    assert page.evaluate(LED_OVER) == []
    told = [words.strip() for words in page.locator(".mg-map svg.ov text").all_text_contents()]
    for town in ("Aleppo", "Hama", "Homs ?"):
        assert town in told


def test_the_enlarged_part_names_the_towns_that_the_map_has_no_room_for(
    built: Any, opener: Opener
) -> None:
    page = opener(built.path, viewport={"width": 390, "height": 844})
    enlarged = page.locator("#imap svg.ov text").all_text_contents()
    for town in ("Hama", "Rastan", "Talbisseh", "Homs ?"):
        assert town in enlarged
    on_the_map = page.locator(".mg-map svg.ov text").all_text_contents()
    assert {"Hama", "Homs ?"} <= set(on_the_map)
    assert not {"Rastan", "Talbisseh"} & set(on_the_map)


def test_the_enlarged_part_does_not_lie_under_the_buttons(built: Any, opener: Opener) -> None:
    page = opener(built.path, viewport={"width": 640, "height": 480})
    expect(page.locator("#inset")).to_be_hidden()
    page.set_viewport_size({"width": 640, "height": 900})
    expect(page.locator("#inset")).to_be_visible()


# ------------------------------------------------------------------ what readers take with them


def test_copied_link_keeps_zoom_position_and_search(built: Any, opener: Opener) -> None:
    page = opener(built.path)
    page.evaluate("window.mapgen.map().setView([34.8, 36.6], 8, {animate: false})")
    page.fill("#q", "Homs")
    page.click("#fbtn")
    page.select_option('[data-f="standing"]', "claimed")
    shown = page.locator(".card .ct").all_text_contents()
    page.wait_for_timeout(400)
    fragment = page.evaluate("location.hash")
    assert "v=34.800,36.600,8.00" in fragment
    again = opener(built.path, fragment)
    assert again.locator("#q").input_value() == "Homs"
    assert again.locator(".card .ct").all_text_contents() == shown
    centre = again.evaluate(
        "(() => { const m = window.mapgen.map(), c = m.getCenter(); "
        "return [c.lat, c.lng, m.getZoom()]; })()"
    )
    assert centre == pytest.approx([34.8, 36.6, 8], abs=0.01)
    # the whole situation again: nothing of the view is left in the address
    again.click('[data-z="0"]')
    again.wait_for_timeout(400)
    assert "v=" not in again.evaluate("location.hash")


def test_a_view_that_is_none_is_passed_over(built: Any, opener: Opener) -> None:
    whole = opener(built.path).evaluate("window.mapgen.map().getZoom()")
    for view in ("NaN,36,8", "99,36,8", "34", "1e999,0,3", "a,b,c"):
        page = opener(built.path, f"#v={view}")
        assert page.evaluate("window.mapgen.map().getZoom()") == pytest.approx(whole)


def test_a_day_outside_the_timeline_says_so(built: Any, opener: Opener) -> None:
    page = opener(built.path, "#d=2030-01-05")
    notice = page.locator("#notice")
    expect(notice).to_be_visible()
    expect(notice).to_have_text(
        "5 Jan 2030 is not a day of this map, which runs from 26 Nov 2024 to 6 Dec 2024. "
        "The last day is shown."
    )
    page.click("#prev")
    expect(notice).to_be_hidden()
    inside = opener(built.path, f"#d={built.data['days'][2]}")
    expect(inside.locator("#notice")).to_be_hidden()


def method_tab(page: Page) -> None:
    page.click("#t-md")


def test_picture_of_what_is_seen(built: Any, opener: Opener) -> None:
    page = opener(built.path, accept_downloads=True)
    page.evaluate("window.mapgen.map().setView([35.2, 36.8], 8, {animate: false})")
    method_tab(page)
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Map as SVG").click()
    assert waiting.value.suggested_filename == "map-2024-12-06.svg"
    svg = ElementTree.parse(waiting.value.path()).getroot()
    words = " ".join(t.text or "" for t in svg.iter(f"{SVG}text"))
    seen = page.locator(".mg-map svg.ov text").all_text_contents()
    assert "Aleppo" in seen
    for name in seen:
        assert name in words
    assert TITLE in words
    assert "6 Dec 2024" in words
    assert "Natural Earth" in words
    assert "More than" in words, "the badge"
    assert "Key and layers" in words
    assert "Homs, enlarged" in words
    assert not any("var(" in value for e in svg.iter() for value in e.attrib.values())
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Map as PNG").click()
    from PIL import Image

    with Image.open(waiting.value.path()) as image:
        width, height = image.size
        colours = image.convert("RGB").getcolors(1 << 24) or []
    box = page.locator("#mapbox").bounding_box()
    assert box is not None
    assert width == round(box["width"]) * 2
    assert height > box["height"] * 2
    assert len(colours) > 200, "something is painted"
    held = next(s for s in built.data["sides"].values() if s["letter"] == "H")["light"]["fill"]
    rgb = tuple(int(held[i : i + 2], 16) for i in (1, 3, 5))
    assert any(c == rgb for _, c in colours), "the side's own colour"


def test_picture_of_a_phone_has_the_key_that_is_folded_there(built: Any, opener: Opener) -> None:
    page = opener(built.path, viewport={"width": 390, "height": 844})
    root = ElementTree.fromstring(page.evaluate("window.mapgen.svgText()"))
    rows = {t.text: float(t.get("y", "0")) for t in root.iter(f"{SVG}text")}
    assert "Key and layers" not in rows
    box = page.locator("#mapbox").bounding_box()
    assert box is not None
    for words in ("HTS-led rebels", "Holder: claimed by a source", "Supply link"):
        assert rows[words] > box["height"], "below the map, not over it"
        assert rows[words] < float(root.get("height", "0"))
    assert not page.evaluate("document.querySelector('#legend details').open")


def test_data_as_a_table(built: Any, opener: Opener) -> None:
    page = opener(built.path, accept_downloads=True)
    method_tab(page)
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download data (CSV)").click()
    text = waiting.value.path().read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [r["title"] for r in rows] == [c["title"] for c in built.data["cards"]]
    taken = next(r for r in rows if r["title"] == "Aleppo and Hama taken")
    assert taken["places"] == "Aleppo; Hama"
    assert float(taken["lat"]) == pytest.approx(36.2, abs=0.1)
    assert "have already fallen" in taken["quote"]
    assert taken["article"] == "Thousands leave Homs as rebels near the city"


def test_no_cell_of_the_table_is_a_formula(built: Any, opener: Opener, tmp_path: Path) -> None:
    from mapgen.drawing.page.html import page_html

    data = json.loads(json.dumps(built.data))
    data["cards"][0]["title"] = '=HYPERLINK("https://x.example","a")'
    data["cards"][1]["title"] = "＝1"
    path = tmp_path / "m.html"
    path.write_text(page_html(data), encoding="utf-8")
    text = opener(path).evaluate("window.mapgen.situationCsv()")
    first, second, *_ = csv.DictReader(io.StringIO(text.lstrip("\ufeff")))
    assert first["title"] == '\'=HYPERLINK("https://x.example","a")'
    assert second["title"] == "'＝1"


def test_citation(built: Any, opener: Opener) -> None:
    page = opener(built.path)
    told = page.evaluate("window.mapgen.citation()")
    assert told.startswith(f"“{TITLE}”, situation map, 6 Dec 2024. Articles: mapgen project,")
    assert f"mapgen {built.data['meta']['generator']['version']}." in told
    assert "file:" not in told, "an address of the reader's own disk is nobody's source"


def test_skip_links_lead_to_the_map_and_to_the_evidence(built: Any, opener: Opener) -> None:
    page = opener(built.path, "#d=2024-12-06")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Skip to the map")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.classList.contains('mg-map')")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_attribute("data-c", re.compile("."))


def test_the_static_picture_of_a_long_history_has_a_dot_for_each_holder(built: Any) -> None:
    first = date(2024, 12, 1)
    days = [first + timedelta(days=n) for n in range(6)]
    a, b = list(built.data["sides"])[:2]
    tracks = [
        Track(
            id=f"p{n}",
            name=f"Town {n}",
            lat=33.0 + n * 0.4,
            lon=38.0,
            rank=1 + n % 3,
            before=a,
            changes=((days[3], b), (days[4], f"{a}?")) if n % 2 else ((days[2], b),),
        )
        for n in range(6)
    ]
    made = packed(tracks, days)
    assert made is not None
    held = {round(lat, 1): key for lat, _, key in last_holders(made)}
    assert held == {33.0: b, 33.4: f"{a}?", 33.8: b, 34.2: f"{a}?", 34.6: b, 35.0: f"{a}?"}
    bare = {**built.data, "signs": [], "areas": [], "places": [], "tracks": made}
    dotted = [
        e for e in ElementTree.fromstring(still_svg(bare, "x")).iter() if "h0" in e.get("d", "")
    ]
    colours = {e.get("stroke"): e.get("d", "").count("h0") for e in dotted}
    light = {key: built.data["sides"][key]["light"]["fill"] for key in (a, b)}
    assert colours == {light[a]: 3, light[b]: 3}
