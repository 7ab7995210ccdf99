"""Comparing, playing, reviewing, other languages, many places, and what axe finds."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pypdf
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

import mapgen
from mapgen.core.tables.interface_texts import interface_texts, languages
from mapgen.drawing.data.holder_tracks import Track, packed
from mapgen.drawing.page.embed import embed_snippet
from mapgen.drawing.page.html import page_html
from mapgen.settings import LANGUAGES

Opener = Callable[..., Page]
ROOT = Path(__file__).parents[2]
DESK, TABLET, PHONE = (1440, 900), (820, 1180), (390, 844)
FIRST = date(2024, 1, 1)
DAYS = [FIRST + timedelta(days=n) for n in range(400)]


def viewport(size: tuple[int, int]) -> dict[str, int]:
    return {"width": size[0], "height": size[1]}


def faults(page: Page) -> list[tuple[str, str]]:
    found = Axe().run(page).response["violations"]
    return [(v["id"], n["html"][:120]) for v in found for n in v["nodes"]]


# ------------------------------------------------------------------ axe


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESK, TABLET, PHONE], ids=["desk", "tablet", "phone"])
def test_axe_finds_nothing(built: Any, opener: Opener, size: tuple[int, int], scheme: str) -> None:
    page = opener(built.path, viewport=viewport(size), color_scheme=scheme)
    assert faults(page) == []


def test_axe_finds_nothing_with_everything_open(built: Any, opener: Opener) -> None:
    page = opener(built.path)
    page.click("#compare")
    page.click("#fbtn")
    page.locator(".rv").first.click()
    assert faults(page) == []
    for tab in ("#t-off", "#t-md"):
        page.click(tab)
        assert faults(page) == []


def test_axe_finds_nothing_in_the_embedded_page(built: Any, opener: Opener) -> None:
    assert faults(opener(built.path, "#embed", viewport=viewport((700, 480)))) == []


# ------------------------------------------------------------------ two days


def at_x(page: Page, x: float, y: float) -> str:
    """Which day's drawing is visible at a point of the window."""
    return str(
        page.evaluate(
            """([x, y]) => [...document.querySelectorAll('.mg-map svg.ov:not(.dense svg)')]
              .filter(s => s.querySelector('text') && s.style.clipPath).map(s => {
                const r = s.getBoundingClientRect();
                const m = /inset\\((.*)\\)/.exec(s.style.clipPath)[1];
                const [, right, , left] = m.split(' ').map(parseFloat);
                return [x >= r.left + left && x <= r.right - right,
                        s.querySelectorAll('g.flow').length]; })
              .filter(v => v[0]).map(v => v[1] ? 'after' : 'before').join()""",
            [x, y],
        )
    )


def test_two_days_side_by_side(built: Any, opener: Opener) -> None:
    page = opener(built.path)
    page.click("#compare")
    expect(page.locator("#compare")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#after")).to_have_text("6 Dec 2024")
    expect(page.locator("#from")).to_have_value("0")
    assert f"cmp={built.data['days'][0]}" in page.evaluate("location.hash")
    line = page.locator("#split").bounding_box()
    assert line is not None
    x = line["x"] + line["width"] / 2
    assert at_x(page, x - 5, 400) == "before"
    assert at_x(page, x + 5, 400) == "after"
    page.mouse.move(x, line["y"] + 20)
    page.mouse.down()
    page.mouse.move(x + 300, line["y"] + 20, steps=4)
    page.mouse.up()
    assert at_x(page, x + 290, 400) == "before"
    assert at_x(page, x + 310, 400) == "after"
    page.locator("#split").press("ArrowLeft")
    assert at_x(page, x + 290, 400) == "after"
    page.click("#compare")
    expect(page.locator("#split")).to_be_hidden()
    assert "clip-path" not in str(page.locator(".mg-map svg.ov").first.get_attribute("style"))
    assert "cmp" not in page.evaluate("location.hash")


def test_comparison_is_kept_in_the_address(built: Any, opener: Opener) -> None:
    page = opener(built.path, f"#cmp={built.data['days'][4]}")
    expect(page.locator("#split")).to_be_visible()
    assert page.evaluate("document.querySelector('#before').style.display") == ""


# ------------------------------------------------------------------ time


def test_what_changes_on_a_day_is_emphasised(built: Any, opener: Opener) -> None:
    day = next(s["from_day"] for s in built.data["signs"] if s["type"] == "control")
    page = opener(built.path, f"#d={day}")
    fresh = page.locator(".mg-map g.hit:has(circle.fresh)")
    names = {str(f.get_attribute("aria-label")).split(":")[0] for f in fresh.all()}
    assert names == {
        s["name"] for s in built.data["signs"] if s.get("name") and s["from_day"] == day
    }
    # on the last day, when nearly all was reported, nothing stands out
    last = opener(built.path)
    assert last.locator(".mg-map circle.fresh").count() == 0


def test_three_speeds(built: Any, opener: Opener) -> None:
    page = opener(built.path)
    button = page.locator("#speed")
    seen = []
    for _ in range(3):
        seen.append(button.inner_text())
        button.click()
    assert seen == ["1×", "2×", "5×"]
    button.click()
    button.click()
    page.evaluate(
        "window.ms = performance.now(); new MutationObserver(() => {"
        " if (document.querySelector('#slider').value === '10')"
        " window.ms2 ??= performance.now(); })"
        ".observe(document.querySelector('.now'), {childList: true, subtree: true})"
    )
    page.click("#play")
    expect(page.locator("#play")).to_have_attribute("aria-label", "Play", timeout=10_000)
    assert page.evaluate("window.ms2 - window.ms") < 5000  # ten steps of 700 ms would be 7 s


def test_memory_after_five_hundred_steps(built: Any, opener: Opener) -> None:
    page = opener(built.path)
    count = "document.querySelectorAll('*').length"
    run = (
        "() => { const s = document.getElementById('slider');"
        " for (let i = 0; i < 100; i += 1) { s.value = i % 11;"
        " s.dispatchEvent(new Event('input')); }"
        " s.value = 10; s.dispatchEvent(new Event('input')); }"
    )
    page.evaluate(run)
    before = page.evaluate(count)
    for _ in range(4):
        page.evaluate(run)
    assert page.evaluate(count) == before


# ------------------------------------------------------------------ filters


def test_filters_hide_signs_too(built: Any, opener: Opener) -> None:
    page = opener(built.path)
    page.fill("#q", "talbisseh")
    hits = page.locator(".mg-map g.hit")
    expect(hits.filter(has=page.locator("circle.selring"))).not_to_have_count(0)
    assert page.locator('.mg-map g.hit[aria-label^="Aleppo:"]').count() == 0
    expect(page.locator(".badge")).to_be_hidden()
    page.fill("#q", "")
    assert page.locator('.mg-map g.hit[aria-label^="Aleppo:"]').count() >= 1
    page.click("#fbtn")
    page.select_option('[data-f="who"]', "SOHR")
    for card in page.locator("article.card:visible").all():
        assert "SOHR" in card.inner_text()


# ------------------------------------------------------------------ review


def test_review_makes_a_table_that_build_takes(
    built: Any, opener: Opener, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    page = opener(built.path)

    def review(title: str, action: str, **values: str) -> None:
        card = page.locator("article.card").filter(
            has=page.locator(".ct", has_text=re.compile(f"^{title}"))
        )
        card.locator(".rv").click()
        card.locator("[name=action]").select_option(action)
        for name, value in values.items():
            field = card.locator(f"[name={name}]")
            if name == "which":
                field.select_option(value)
            else:
                field.fill(value)
        card.locator("[type=submit]").click()

    review("Over 370,000|More than 370,000", "reject", by="A. Analyst", why="=2+2, a stock")
    review("Rastan and Talbisseh taken", "actor", value="syria:sna", by="A. Analyst", why='"who"?')
    expect(page.locator("#decisions b")).to_have_text("Decisions: 2")
    with page.expect_download() as got:
        page.locator("#decisions > .btn").click()
    table = tmp_path / "corrections.csv"
    got.value.save_as(table)
    rows = list(csv.DictReader(table.read_text("utf-8").splitlines()))
    assert [(r["action"], r["field"], r["value"]) for r in rows] == [
        ("reject", "", ""),
        ("set", "actor", "syria:sna"),
    ]
    made = mapgen.build(["seeds"], baseline="seeds/baseline.csv", corrections=str(table))
    assert not made.correction_notes
    assert len(made.decisions) == 2
    data = page_data_of(made)
    assert [s for s in data["signs"] if s["type"] == "badge"] == []
    told = {s["name"]: s["side"] for s in data["signs"] if s["type"] == "control"}
    assert "sna" in {told["Rastan"], told["Talbisseh"]}


def test_pin_is_moved_by_pointing_at_the_map(built: Any, opener: Opener) -> None:
    page = opener(built.path)
    card = page.locator("article.card").first
    card.locator(".rv").click()
    card.locator("[name=action]").select_option("place")
    card.locator(".pick").click()
    page.mouse.click(1100, 420)
    value = card.locator("[name=value]").input_value()
    lat, lon = map(float, value.split(","))
    assert 32 < lat < 38
    assert 36 < lon < 43
    card.locator("[type=submit]").click()
    expect(card.locator(".review [role=status]")).to_contain_text("your name")
    expect(page.locator("#decisions")).to_have_count(0)


def page_data_of(situation: Any) -> dict[str, Any]:
    text = situation.to_html()
    return dict(json.loads(text.partition('id="mg-data">')[2].partition("</script>")[0]))


# ------------------------------------------------------------------ languages


def test_every_language_has_every_text() -> None:
    assert tuple(languages()) == LANGUAGES
    english = interface_texts("en")
    for code in LANGUAGES:
        texts = interface_texts(code)
        assert len(texts["months"].split()) == 12
        for key, text in english.items():
            wanted = set(re.findall(r"\{\w+\}", text))
            assert set(re.findall(r"\{\w+\}", texts[key])) == wanted, (code, key)


@pytest.mark.parametrize("code", LANGUAGES)
def test_interface_speaks_the_language(
    built: Any, opener: Opener, tmp_path: Path, code: str
) -> None:
    data = {**built.data, "meta": {**built.data["meta"], "language": code}}
    path = tmp_path / f"{code}.html"
    path.write_text(page_html(data), encoding="utf-8")
    page = opener(path)
    texts = interface_texts(code)
    assert page.evaluate("document.documentElement.lang") == code
    assert page.evaluate("getComputedStyle(document.body).direction") == texts["direction"]
    expect(page.locator("#t-ev span").first).to_have_text(texts["evidence"])
    expect(page.locator("#compare")).to_have_text(texts["compare"])
    expect(page.locator("#play")).to_have_attribute("aria-label", texts["play"])
    assert page.locator(".st").first.inner_text() in {
        v for k, v in texts.items() if k.startswith("standing_")
    }
    assert page.evaluate("document.scrollingElement.scrollWidth <= innerWidth")
    assert faults(page) == []
    if code == "ar":
        panel = page.locator("#panel").bounding_box()
        assert panel is not None
        assert panel["x"] > 900, "the panel stands where reading begins"


# ------------------------------------------------------------------ embedding


def test_snippet_frames_the_page_without_its_rights(
    built: Any, opener: Opener, tmp_path: Path
) -> None:
    page_file = tmp_path / "my map.html"
    page_file.write_text(built.html, encoding="utf-8")
    snippet = embed_snippet(page_file)
    assert "allow-same-origin" not in snippet
    assert 'src="my%20map.html#embed"' in snippet
    title = html.escape(built.data["meta"]["title"])
    assert f'title="{title}"' in snippet
    for _, text in built.data["meta"]["summary"]:
        assert html.escape(text) in snippet
    around = tmp_path / "around.html"
    around.write_text(
        f'<!doctype html><html lang="en"><title>x</title><body data-ready="1">{snippet}</body>',
        encoding="utf-8",
    )
    page = opener(around)
    page.wait_for_timeout(500)
    frame = page.frames[1]
    frame.wait_for_selector("body[data-ready]", state="attached")
    expect(page.frame_locator("iframe").locator("#etitle b")).to_have_text(
        built.data["meta"]["title"]
    )
    assert frame.evaluate("origin") == "null"


def test_snippet_escapes_what_articles_say(built: Any, tmp_path: Path) -> None:
    data = {**built.data, "meta": {**built.data["meta"], "title": '"><script>alert(1)</script>'}}
    path = tmp_path / "m.html"
    path.write_text(page_html(data), encoding="utf-8")
    snippet = embed_snippet(path)
    assert "&lt;script&gt;alert(1)" in snippet
    assert snippet.count("<script") == 1, "only the line that sets the height"
    assert "alert" not in snippet.split("<script>")[1].split("</script>")[0]
    with pytest.raises(mapgen.errors.InputError, match="is not the address of a page"):
        embed_snippet(path, address="javascript:alert(1)")


# ------------------------------------------------------------------ many places


def tracks() -> list[Track]:
    made = []
    for i in range(600):
        turns = [(20 + (i * 7) % 300, "b"), (340, "a"), (341 + i % 40, None if i % 9 == 0 else "b")]
        changes = tuple((FIRST + timedelta(days=d), side) for d, side in turns)
        lat, lon = 33 + (i % 25) * 0.15, 36 + (i // 25) * 0.2
        made.append(
            Track(
                id=f"p{i}", name=f"Town {i}", lat=lat, lon=lon, rank=1, before="a", changes=changes
            )
        )
    return made


def test_packed_tracks_are_read_back(desk: Page) -> None:
    made = tracks()
    block = packed(made, DAYS)
    assert block is not None
    got = desk.evaluate(
        """(t) => { const T = window.mapgen.unpackTracks(t);
          return {...T, rank: [...T.rank], lat: [...T.lat], lon: [...T.lon], base: [...T.base],
                  from: [...T.from], day: [...T.day], side: [...T.side]}; }""",
        block,
    )
    place = {t.id: t for t in made}
    assert got["n"] == 600
    for i, key in enumerate(got["ids"]):
        want = place[key]
        assert got["names"][i] == want.name
        assert got["lat"][i] == pytest.approx(want.lat, abs=1e-4)
        assert got["lon"][i] == pytest.approx(want.lon, abs=1e-4)
        a, b = got["from"][i], got["from"][i + 1]
        read = [
            (DAYS[d], got["sides"][s])
            for d, s in zip(got["day"][a:b], got["side"][a:b], strict=True)
        ]
        assert read == list(want.changes)
        assert got["sides"][got["base"][i]] == "a"


def test_tracks_drop_what_is_no_change_and_what_is_out_of_time() -> None:
    early, late = FIRST - timedelta(days=9), DAYS[-1] + timedelta(days=1)
    one = Track(
        id="x", name="X\ny", lat=0, lon=0, rank=5, before="a",
        changes=((early, "b"), (DAYS[5], "b"), (late, "a")),
    )  # fmt: skip
    block = packed([one], DAYS)
    assert block is not None
    assert block["names"] == "X y"
    assert block["changes"] == ""
    assert block["sides"][1 + "ab".index("b")] == "b"
    assert packed([], DAYS) is None


def test_many_places_step_and_tell(built: Any, opener: Opener, tmp_path: Path) -> None:
    sides = dict(zip("ab", list(built.data["sides"].values())[:2], strict=True))
    data = {**built.data, "sides": sides, "signs": [], "cards": [], "areas": [], "places": []}
    data |= {"days": [d.isoformat() for d in DAYS], "bars": [], "span": None, "inset": None}
    path = tmp_path / "many.html"
    path.write_text(page_html({**data, "tracks": packed(tracks(), DAYS)}), encoding="utf-8")
    page = opener(path)
    held = page.locator(".now span").inner_text()
    want = sum(1 for i in range(600) if i % 9)
    assert held.endswith(str(want))
    shot = page.locator("canvas.dense").evaluate("c => c.toDataURL()")
    page.evaluate(
        "const s = document.getElementById('slider'); s.value = 0;"
        "s.dispatchEvent(new Event('input'))"
    )
    assert page.locator(".now span").inner_text().endswith("600")
    assert page.locator("canvas.dense").evaluate("c => c.toDataURL()") != shot
    point = page.evaluate(
        "(() => { const p = window.mapgen.map().latLngToContainerPoint([33.75, 38]);"
        " const r = document.querySelector('.mg-map').getBoundingClientRect();"
        " return [p.x + r.left, p.y + r.top]; })()"
    )
    page.mouse.click(*point)
    expect(page.locator(".story b")).to_have_text("Town 255")
    expect(page.locator(".story")).to_contain_text(sides["a"]["name"])
    page.click("#compare")
    expect(page.locator("canvas.dense")).to_have_count(2)


def lost(key: str, name: str, lon: float, to: str | None) -> Track:
    """A town that side a held until the second day."""
    changes = ((DAYS[1], to),)
    return Track(id=key, name=name, lat=34.0, lon=lon, rank=3, before="a", changes=changes)


def test_a_contested_place_of_a_long_history_has_its_own_mark(
    built: Any, opener: Opener, tmp_path: Path
) -> None:
    sides = dict(zip("ab", list(built.data["sides"].values())[:2], strict=True))
    made = [lost("torn", "Torn", 36.5, "!"), lost("bare", "Bare", 38.5, None)]
    data = {**built.data, "sides": sides, "signs": [], "cards": [], "areas": [], "places": []}
    data |= {"days": [d.isoformat() for d in DAYS], "bars": [], "span": None, "inset": None}
    path = tmp_path / "torn.html"
    path.write_text(page_html({**data, "tracks": packed(made, DAYS)}), encoding="utf-8")
    page = opener(path)
    where = "window.mapgen.map().latLngToContainerPoint"
    point = page.evaluate(
        f"(() => {{ const p = {where}([34, 36.5]),"
        " r = document.querySelector('.mg-map').getBoundingClientRect();"
        " return [p.x + r.left, p.y + r.top]; })()"
    )
    page.mouse.click(*point)
    expect(page.locator(".story")).to_contain_text("Contested")
    # the stripes cross the middle of the disc; a place nobody is known to hold is hollow there
    inked = page.evaluate(
        "() => { const c = document.querySelector('canvas.dense'), x = c.getContext('2d');"
        " const b = c.getBoundingClientRect(), m = document.querySelector('.mg-map')"
        ".getBoundingClientRect(), k = c.width / b.width;"
        " const all = x.getImageData(0, 0, c.width, c.height).data;"
        " return [[34, 36.5], [34, 38.5]].map((at) => {"
        f"   const p = {where}(at), px = Math.round((p.x + m.left - b.left) * k);"
        "   const py = Math.round((p.y + m.top - b.top) * k);"
        "   let dark = 0;"
        "   for (let i = -2; i < 3; i += 1) for (let j = -2; j < 3; j += 1)"
        "     if (all[4 * ((py + j) * c.width + px + i)] < 120) dark += 1;"
        "   return dark; }); }"
    )
    assert inked[0] > 0
    assert inked[1] == 0
    page.locator("#legend summary").click()
    expect(page.locator("#legend")).to_contain_text("Contested")


def test_the_key_of_a_frame_says_dashed_only_where_something_is_claimed(
    built: Any, opener: Opener, tmp_path: Path
) -> None:
    """A ring shows who held a place before; only a dashed ring is a claim."""
    for standing, dashed in (("stated", 0), ("claimed", 1)):
        signs = [
            {**s, "standing": standing} if s["type"] == "control" else s
            for s in built.data["signs"]
        ]
        path = tmp_path / f"{standing}.html"
        path.write_text(page_html({**built.data, "signs": signs}), encoding="utf-8")
        key = opener(path, "#embed", viewport=viewport((600, 400))).locator("#ekey")
        expect(key.get_by_text("ring: held before")).to_have_count(1)
        expect(key.get_by_text("dashed: claimed")).to_have_count(dashed)


def test_a_long_history_tells_what_is_claimed_and_leads_to_the_evidence(
    built: Any, opener: Opener, tmp_path: Path
) -> None:
    sides = dict(zip("ab", list(built.data["sides"].values())[:2], strict=True))
    made = [lost("sure", "Surrey", 36.5, "b"), lost("said", "Sayda", 38.5, "b?")]
    card = {**built.data["cards"][0], "decisions": []}
    strike = {"type": "strike", "lat": 36.0, "lon": 37.0, "side": "a", "from_day": None}
    strike |= {"place": "t:struckton", "rank": 3}
    strike |= {"day": DAYS[2].isoformat(), "to_day": DAYS[4].isoformat(), "name": "Struckton"}
    cards = [
        {**card, "id": f"c{n}", "title": f"Report {n}", "places": ["said"] if n == 299 else [],
         "day": DAYS[1].isoformat()}
        for n in range(300)
    ]  # fmt: skip
    data = {**built.data, "sides": sides, "cards": cards, "areas": [], "places": [], "towns": []}
    data |= {"signs": [{**strike, "card": "c7", "label": "struck", "standing": "stated"}]}
    data |= {"days": [d.isoformat() for d in DAYS], "bars": [], "span": None, "inset": None}
    path = tmp_path / "long.html"
    path.write_text(page_html({**data, "tracks": packed(made, DAYS)}), encoding="utf-8")
    page = opener(path)

    # the strike is drawn on its days only
    names = page.locator(".mg-map svg.ov text")
    expect(names.get_by_text("Struckton", exact=True)).to_have_count(0)
    to_day = (
        "(i) => { const s = document.getElementById('slider'); s.value = i;"
        "s.dispatchEvent(new Event('input')) }"
    )
    page.evaluate(to_day, 3)
    expect(names.get_by_text("Struckton", exact=True)).to_have_count(1)
    page.evaluate(to_day, len(DAYS) - 1)

    # a mark that is filled, and one that is hollow
    sure, said = page.evaluate(
        """(spots) => { const c = document.querySelector('canvas.dense');
          const m = document.querySelector('.mg-map').getBoundingClientRect();
          const r = c.getBoundingClientRect(), k = c.width / r.width;
          const all = c.getContext('2d').getImageData(0, 0, c.width, c.height);
          return spots.map((at) => { const p = window.mapgen.map().latLngToContainerPoint(at);
            const x = Math.round((p.x + m.left - r.left) * k);
            const y = Math.round((p.y + m.top - r.top) * k);
            return [...all.data.slice(4 * (y * c.width + x), 4 * (y * c.width + x) + 3)]; }); }""",
        [[34.0, 36.5], [34.0, 38.5]],
    )
    fill = sides["b"]["light"]["fill"]
    assert sure == [int(fill[i : i + 2], 16) for i in (1, 3, 5)]
    assert min(said) > 240  # the ground's own light

    # a click tells who is said to hold it, and opens the card, however far down
    expect(page.locator("article.card")).to_have_count(120)
    point = page.evaluate(
        "(() => { const p = window.mapgen.map().latLngToContainerPoint([34, 38.5]);"
        " const r = document.querySelector('.mg-map').getBoundingClientRect();"
        " return [p.x + r.left, p.y + r.top]; })()"
    )
    page.mouse.click(*point)
    expect(page.locator(".story")).to_contain_text(f"{sides['b']['name']} (claimed)")
    page.locator(".story button").click()
    expect(page.locator("#c-c299")).to_be_in_viewport()
    expect(page.locator("#c-c299")).to_have_class(re.compile(r"\bsel\b"))

    # the list goes on, by a button too
    page.locator("#q").fill("Report 1")
    expect(page.locator("article.card")).to_have_count(111)
    page.locator("#q").fill("")
    # by script: a pointer that scrolls to it makes the list go on by itself
    page.get_by_role("button", name="Show 180 more").evaluate("e => e.click()")
    expect(page.locator("article.card")).to_have_count(240)


# ------------------------------------------------------------------ paper


@pytest.mark.parametrize("size", [DESK, PHONE])
def test_the_page_prints_on_one_sheet_and_stands_on_the_screen_again(
    built: Any, opener: Opener, size: tuple[int, int]
) -> None:
    page = opener(built.path, viewport=viewport(size))
    before = page.locator(".mg-map").bounding_box()
    reader = pypdf.PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    (sheet,) = reader.pages
    assert [round(float(points) * 25.4 / 72) for points in sheet.mediabox] == [0, 0, 210, 297]
    told = " ".join(sheet.extract_text().split())
    assert built.data["meta"]["title"] in told
    for town in ("Aleppo", "Hama", "Homs", "Rastan", "Talbisseh", "Damascus"):
        assert town in told, town
    for side in built.data["sides"].values():
        assert side["name"] in told, "the key stands on the sheet"
    expect(page.locator("html")).not_to_have_class(re.compile("sheet"))
    assert page.locator(".mg-map").bounding_box() == before


def test_print_with_evidence_prints_every_quote(built: Any, opener: Opener) -> None:
    page = opener(built.path)
    page.evaluate("window.print = () => { window.asked = document.documentElement.className; }")
    page.get_by_role("tab", name="Method").click()
    page.get_by_role("button", name="Print with evidence").click()
    assert page.evaluate("window.asked") == "evidence"
    # ligatures (ff, fl) would come out of the PDF as one sign, which nobody can search for
    quoted = "getComputedStyle(document.querySelector('blockquote')).fontVariantLigatures"
    page.emulate_media(media="print")
    assert page.evaluate(f"(document.documentElement.classList.add('sheet'), {quoted})") == "none"
    reader = pypdf.PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    assert len(reader.pages) > 1
    told = re.sub(r"\s", "", "".join(p.extract_text() for p in reader.pages))
    for card in built.data["cards"]:
        for quote in card["quotes"]:
            assert re.sub(r"\s", "", quote["text"]) in told, quote["text"]


# ------------------------------------------------------------------ small windows


def test_towns_of_the_articles_are_named_on_the_phone(built: Any, opener: Opener) -> None:
    page = opener(built.path, viewport=viewport(PHONE))
    told = page.locator("#imap svg.ov text").all_text_contents()
    texts = {words.removesuffix(" ?") for words in told}  # the mark of a doubtful sign
    assert {"Hama", "Rastan", "Talbisseh", "Homs"} <= texts


@pytest.mark.parametrize(
    ("fragment", "size"), [("", DESK), ("", PHONE), ("#embed", (700, 480)), ("#embed", (360, 420))]
)
def test_credits_are_whole(
    built: Any, opener: Opener, fragment: str, size: tuple[int, int]
) -> None:
    page = opener(built.path, fragment, viewport=viewport(size))
    credit = page.locator("#credit")
    for name in ("Natural Earth (public domain)", "GeoNames (CC BY 4.0)", "Leaflet"):
        expect(credit).to_contain_text(name)
    assert credit.evaluate(
        "e => e.scrollWidth <= e.clientWidth && e.scrollHeight <= e.clientHeight + 1"
    )
    inside = credit.evaluate(
        "e => { const a = e.getBoundingClientRect(),"
        " b = document.querySelector('#mapbox').getBoundingClientRect();"
        " return a.left >= b.left && a.top >= b.top && a.bottom <= b.bottom + 1; }"
    )
    assert inside


def test_a_frame_has_its_whole_key_and_tells_what_was_touched(built: Any, opener: Opener) -> None:
    page = opener(built.path, "#embed", viewport=viewport((600, 400)))
    key = page.locator("#ekey")
    for side in built.data["sides"].values():
        expect(key).to_contain_text(side["short"])
    assert key.evaluate("e => e.scrollHeight <= e.clientHeight && e.scrollWidth <= e.clientWidth")
    page.locator('.mg-map g.hit[aria-label^="Hama"]').first.click()
    told = page.locator("#etitle span")
    expect(told).to_have_text("Aleppo and Hama taken · Assessed · Two articles")


def test_labels_stand_beside_their_towns_in_arabic_too(
    built: Any, opener: Opener, tmp_path: Path
) -> None:
    """The same labels in the same boxes: a right-to-left page does not turn the map round."""
    data = {**built.data, "meta": {**built.data["meta"], "language": "ar"}}
    path = tmp_path / "ar.html"
    path.write_text(page_html(data), encoding="utf-8")
    page = opener(path)
    off = page.evaluate(
        """() => [...document.querySelectorAll('#imap svg.ov text[data-box]')].map(t => {
             const [x0, , x1] = t.dataset.box.split(' ').map(Number), b = t.getBBox();
             return [t.textContent, b.x - x0, b.x + b.width - x1]; })
           .filter(([, l, r]) => l < -4 || r > 4)"""
    )
    assert off == []
