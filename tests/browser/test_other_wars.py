"""Pages of other wars, drawn in a browser: directions, empty maps, what the key shows."""

from __future__ import annotations

import csv
import json
import math
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Page, expect

import mapgen
from mapgen.drawing.page.html import page_html

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Opener = Callable[..., Page]

HAITI = (
    "Gangs attacked Mirebalais on Monday. About 5,900 people fled Mirebalais, aid workers said. "
    "The army withdrew from Hinche. Some 700 people fled Lascahobas."
)
CALM = (
    "Officials in Marib met tribal leaders on Sunday. The Houthis could attack Marib if talks "
    "fail, a mediator said. The army denied that Houthi fighters had taken Harib."
)


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, str], Path]:
    folder = tmp_path_factory.mktemp("wars")

    def build(name: str, text: str) -> Path:
        target = folder / f"{name}.html"
        if not target.exists():
            source = folder / f"{name}.md"
            source.write_text(f"---\npublished_on: 2025-04-02\n---\n{text}\n", encoding="utf-8")
            mapgen.build([source]).save(target)
        return target

    return build


def boxes(page: Page, selector: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = page.locator(selector).evaluate_all(
        "es => es.map((e) => { const r = e.getBoundingClientRect();"
        " return {x: r.x, y: r.y, w: r.width, h: r.height, text: e.textContent}; })"
    )
    return found


def test_people_of_whom_one_end_is_stated_flee_to_all_sides(pages: Any, opener: Opener) -> None:
    page = opener(pages("haiti", HAITI))
    tips = page.locator(".flow.fan .tip")
    expect(tips).to_have_count(12)  # six for each of two towns
    spots = page.evaluate(
        """() => mapgen.data.signs.filter((s) => s.type === 'displacement')
             .map((s) => mapgen.map().latLngToContainerPoint(s.path[0]))"""
    )
    left = page.locator("#mapbox").evaluate("e => e.getBoundingClientRect().x")
    for spot in spots:
        near = [
            (b["x"] + b["w"] / 2 - left - spot["x"], b["y"] + b["h"] / 2 - spot["y"])
            for b in boxes(page, ".flow.fan .tip")
        ]
        own = [p for p in near if math.hypot(*p) < 60]
        assert len(own) == 6
        assert abs(sum(x for x, _ in own)) < 8, "no direction is stated, so none prevails"
        assert abs(sum(y for _, y in own)) < 8


def test_no_name_covers_an_arrow(pages: Any, opener: Opener) -> None:
    page = opener(pages("haiti", HAITI))
    tips = boxes(page, ".flow.fan .tip")
    for label in boxes(page, ".ov text:not(.letter)"):
        for tip in tips:
            apart = (
                label["x"] + label["w"] <= tip["x"] + 1
                or tip["x"] + tip["w"] <= label["x"] + 1
                or label["y"] + label["h"] <= tip["y"] + 1
                or tip["y"] + tip["h"] <= label["y"] + 1
            )
            assert apart, f"{label['text']} covers an arrow"


def test_a_town_with_only_arrows_has_its_dot(pages: Any, opener: Opener) -> None:
    page = opener(pages("haiti", HAITI))
    expect(page.locator(".endspot")).to_have_count(1)  # Lascahobas: nothing else happened there


def test_the_key_shows_what_is_drawn(pages: Any, opener: Opener) -> None:
    page = opener(pages("haiti", HAITI))
    key = page.locator("#legend .li")
    expect(key.filter(has_text="People leaving, destination not stated")).to_have_count(1)
    expect(key.filter(has_text="Withdrawal")).to_have_count(1)
    expect(key.filter(has_text="People fleeing")).to_have_count(0)
    expect(key.filter(has_text="Changed on the day shown")).to_have_count(1)


def test_an_empty_map_says_so_and_shows_what_was_read(pages: Any, opener: Opener) -> None:
    page = opener(pages("calm", CALM))
    expect(page.locator("#nothing")).to_be_visible()
    expect(page.locator("#nothing")).to_contain_text("Nothing is drawn.")
    names = {b["text"] for b in boxes(page, ".ov text.t-read")}
    assert names == {"Marib", "Harib"}
    view = page.evaluate("() => { const b = mapgen.map().getBounds(); return b.toBBoxString(); }")
    west, south, east, north = map(float, view.split(","))
    assert east - west < 12
    assert north - south < 12
    expect(page.locator("#t-off")).to_have_attribute("aria-selected", "true")
    expect(page.locator("#p-off")).to_contain_text("The Houthis could attack Marib")
    expect(page.locator("#p-off")).to_contain_text("because of “could”")
    expect(page.locator(".sum")).to_contain_text("One article, which names Marib and Harib (Yemen)")


# ------------------------------------------------------------------ doubt and review


@pytest.fixture(scope="module")
def doubtful(pages: Any) -> Path:
    """The page of Haiti with a certainty for each card: sure, doubtful, and least sure."""
    path: Path = pages("haiti", HAITI)
    text = path.read_text(encoding="utf-8")
    head, mark, rest = text.partition('id="mg-data">')
    block, end, tail = rest.partition("</script>")
    data = json.loads(block)
    for card, certainty in zip(data["cards"], (0.97, 0.71, 0.94, 0.55), strict=True):
        card |= {"certainty": certainty, "sure": "sure" if certainty >= 0.9 else "unsure"}
    target = path.with_name("doubtful.html")
    made = json.dumps(data).replace("<", "\\u003c")
    target.write_text(head + mark + made + end + tail, encoding="utf-8")
    return target


def data_of(page: Page) -> dict[str, Any]:
    found: dict[str, Any] = page.evaluate("() => mapgen.data")
    return found


def test_doubt_is_seen_on_the_map_without_reading_a_card(doubtful: Path, opener: Opener) -> None:
    page = opener(doubtful)
    cards = {c["id"]: c for c in data_of(page)["cards"]}
    for card in cards.values():
        words = page.locator(f'.ov g.hit[data-c="{card["id"]}"] text:not(.letter)')
        told = [t.split("\n")[0] for t in words.all_text_contents()]
        assert any(t.endswith(" ?") for t in told) == (card["certainty"] < 0.9), card["title"]


def test_one_switch_shows_only_what_is_sure(doubtful: Path, opener: Opener) -> None:
    page = opener(doubtful)
    titles = page.locator("article.card .ct")
    expect(titles).to_have_count(4)
    page.get_by_label("Show only what is sure").check()
    sure = [c["title"] for c in data_of(page)["cards"] if c["sure"] == "sure"]
    expect(titles).to_have_count(2)
    assert titles.all_text_contents() == sure
    hit = set(page.locator(".ov g.hit").evaluate_all("es => es.map(e => e.dataset.c)"))
    assert hit == {c["id"] for c in data_of(page)["cards"] if c["sure"] == "sure"}
    page.get_by_label("Show only what is sure").uncheck()
    expect(titles).to_have_count(4)


def test_the_page_says_that_nobody_has_reviewed_it(pages: Any, opener: Opener) -> None:
    page = opener(pages("haiti", HAITI))
    expect(page.locator(".asof")).to_contain_text("Machine reading, not reviewed.")


def test_the_queue_goes_from_the_most_doubtful_card_on(
    doubtful: Path, opener: Opener, tmp_path: Path
) -> None:
    page = opener(doubtful)
    by_doubt = sorted(data_of(page)["cards"], key=lambda c: c["certainty"])
    page.get_by_role("button", name="Review queue").click()
    at = page.locator("#queue .at")
    expect(at).to_contain_text(by_doubt[0]["title"])
    page.keyboard.type("Ann")  # the queue asks for the name first
    page.locator("#queue .at").click()
    page.locator("#queue [name=queue_by]").evaluate("e => e.blur()")
    page.keyboard.press("a")
    expect(at).to_contain_text("1 of 4 reviewed.")
    expect(at).to_contain_text(by_doubt[1]["title"])
    page.keyboard.press("r")
    expect(at).to_contain_text(by_doubt[2]["title"])
    page.keyboard.press("u")
    expect(at).to_contain_text("1 of 4 reviewed.")
    expect(at).to_contain_text(by_doubt[1]["title"])
    page.keyboard.press("n")
    expect(at).to_contain_text(by_doubt[2]["title"])
    page.keyboard.press("r")
    with page.expect_download() as got:
        page.locator("#decisions > .btn").click()
    table = tmp_path / "corrections.csv"
    got.value.save_as(table)
    rows = list(csv.DictReader(table.read_text("utf-8").splitlines()))
    assert [(r["target_type"], r["target_id"], r["action"], r["by"]) for r in rows] == [
        ("event", by_doubt[0]["events"][0], "accept", "Ann"),
        ("event", by_doubt[2]["events"][0], "reject", "Ann"),
    ]
    assert all(r["why"] for r in rows)


def test_a_place_is_moved_by_a_key_and_a_click(
    doubtful: Path, opener: Opener, pages: Any, tmp_path: Path
) -> None:
    page = opener(doubtful)
    page.get_by_role("button", name="Review queue").click()
    page.locator("#queue [name=queue_by]").fill("Ann")
    page.locator("#queue [name=queue_by]").evaluate("e => e.blur()")
    page.keyboard.press("m")
    page.mouse.click(1100, 300)
    expect(page.locator("#decisions b")).to_have_text("Decisions: 1")
    with page.expect_download() as got:
        page.locator("#decisions > .btn").click()
    table = tmp_path / "corrections.csv"
    got.value.save_as(table)
    source = pages("haiti", HAITI).with_suffix(".md")
    made = mapgen.build([source], corrections=str(table))
    assert made.correction_notes == ()
    (decision,) = made.decisions
    assert (decision.action, decision.by) == ("set", "Ann")


def test_keys_do_nothing_while_somebody_types(doubtful: Path, opener: Opener) -> None:
    page = opener(doubtful)
    page.get_by_role("button", name="Review queue").click()
    page.locator("#queue [name=queue_by]").press_sequentially("anna")
    expect(page.locator("#decisions")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(page.locator("#queue")).to_have_count(1)
    page.locator("#queue [name=queue_by]").evaluate("e => e.blur()")
    page.keyboard.press("Escape")
    expect(page.locator("#queue")).to_have_count(0)


def test_what_is_new_since_the_last_look_is_marked(
    built: Any, opener: Opener, tmp_path: Path
) -> None:
    last = built.data["cards"][-1]
    signs = [s for s in built.data["signs"] if s["card"] != last["id"]]
    path = tmp_path / "map.html"
    path.write_text(
        page_html({**built.data, "cards": built.data["cards"][:-1], "signs": signs}),
        encoding="utf-8",
    )
    page = opener(path)
    expect(page.locator("#new")).to_have_count(0)  # nothing to compare with
    page.reload()
    page.wait_for_selector("body[data-ready]", state="attached")
    expect(page.locator("#new")).to_have_count(0)  # the same map again
    path.write_text(page_html(built.data), encoding="utf-8")
    page.reload()
    page.wait_for_selector("body[data-ready]", state="attached")
    expect(page.locator("#new")).to_contain_text("New since the map of")
    marked = page.locator("article.card", has=page.locator(".st.new"))
    expect(marked.locator(".ct")).to_have_text([last["title"]])


# ------------------------------------------------------------------ ground


def zoom(page: Page, step: str, times: int) -> None:
    for _ in range(times):
        page.locator(f'.zc [data-z="{step}"]').click()
        page.wait_for_timeout(60)


def fills(page: Page, lat: float, lon: float) -> list[str]:
    """Classes of the ground that covers a point, from the bottom up."""
    found: list[str] = page.evaluate(
        """([lat, lon]) => { const m = mapgen.map(), b = m.getContainer().getBoundingClientRect();
             const at = m.latLngToContainerPoint([lat, lon]);
             const point = new DOMPoint(b.x + at.x, b.y + at.y);
             return [...document.querySelectorAll('svg.base path')].filter((p) =>
               p.isPointInFill(point.matrixTransform(p.getScreenCTM().inverse())))
               .map((p) => p.getAttribute('class')); }""",
        [lat, lon],
    )
    return found


def test_zoomed_out_there_is_land_where_the_world_has_land(pages: Any, opener: Opener) -> None:
    page = opener(pages("calm", CALM))
    zoom(page, "-1", 8)
    assert fills(page, 24.0, 45.0)[-1] == "b-other"  # the middle of Arabia
    assert fills(page, 16.5, 49.0)[-1] == "b-focus"  # Hadramawt, in Yemen
    assert "b-other" not in fills(page, 8.0, 57.0)  # the Arabian Sea
    view = page.evaluate("() => mapgen.map().getBounds().toBBoxString()")
    west, _, east, _ = map(float, view.split(","))
    assert east - west < 60, "further out there is nothing to see"


def test_zoomed_in_there_is_always_a_sign_in_view(pages: Any, opener: Opener) -> None:
    page = opener(pages("haiti", HAITI))
    zoom(page, "1", 12)
    box = page.locator("#mapbox").bounding_box()
    assert box is not None
    tips = boxes(page, ".ov .hit")
    inside = [
        t
        for t in tips
        if box["x"] < t["x"] + t["w"] / 2 < box["x"] + box["width"]
        and box["y"] < t["y"] + t["h"] / 2 < box["y"] + box["height"]
    ]
    assert inside, "the view is blank"


def test_the_map_cannot_be_dragged_away(pages: Any, opener: Opener) -> None:
    page = opener(pages("haiti", HAITI))
    page.evaluate("() => mapgen.map().panBy([40000, 0], {animate: false})")
    page.wait_for_timeout(500)
    lon = page.evaluate("() => mapgen.map().getCenter().lng")
    assert -80 < lon < -66


def test_the_scale_bar_is_true(pages: Any, opener: Opener) -> None:
    page = opener(pages("haiti", HAITI))
    for _ in range(3):
        told = page.locator("#scale").inner_text()
        width = page.locator("#scale").evaluate("e => parseFloat(e.style.width)")
        km = page.evaluate(
            """(w) => { const m = mapgen.map(), y = m.getSize().y / 2;
                 return m.distance(m.containerPointToLatLng([0, y]),
                                   m.containerPointToLatLng([w, y])) / 1000; }""",
            width,
        )
        assert km == pytest.approx(float(told.removesuffix(" km").replace(",", "")), rel=0.02)
        zoom(page, "1", 1)
        page.wait_for_timeout(350)


def test_a_globe_shows_where_the_map_lies(pages: Any, opener: Opener) -> None:
    page = opener(pages("haiti", HAITI))
    globe = page.locator("#locator svg")
    expect(globe).to_be_visible()
    expect(globe).to_have_attribute("aria-label", "Where the map lies on the globe: Haiti")
    frame, disc = boxes(page, "#locator .g-box")[0], boxes(page, "#locator .g-rim")[0]
    middle = (disc["x"] + disc["w"] / 2, disc["y"] + disc["h"] / 2)
    assert abs(frame["x"] + frame["w"] / 2 - middle[0]) < 6
    assert abs(frame["y"] + frame["h"] / 2 - middle[1]) < 6


def test_provinces_are_named(pages: Any, opener: Opener) -> None:
    page = opener(pages("haiti", HAITI))
    names = {b["text"] for b in boxes(page, ".ov text.t-admin")}
    assert names & {"Centre", "Artibonite", "Ouest", "West", "Center"}, names


GOMA = (
    "M23 rebels captured Goma on Monday. The rebels seized Sake on Saturday, and on Monday M23 "
    "took Minova, residents said. About 8,000 people fled from Goma to Gisenyi. "
    "Shelling killed 17 people in Goma on Sunday, two hospitals said."
)
NABATIEH = (
    "Israeli forces took ground in southern Lebanon on Tuesday, the Israeli army said. "
    "About 6,000 people fled from Nabatieh to Beirut. Israeli forces captured Khiam."
)
TAKEN = """() => { const c = mapgen.map().getContainer().getBoundingClientRect();
  return mapgen.data.signs.filter((s) => s.type === 'control').map((s) => {
    const p = mapgen.map().latLngToContainerPoint([s.lat, s.lon]);
    return { name: s.name, x: p.x + c.x, y: p.y + c.y }; }); }"""
SIZES = ((1440, 900), (820, 1180), (390, 844))
POKROVSK = (
    "Russian forces captured Novohrodivka on Tuesday, officials said. Russian forces are 8 km from "
    "Pokrovsk. More than 1,500 people were evacuated from Pokrovsk to Dnipro on Wednesday. "
    "Ukrainian forces still held Myrnohrad."
)


AMHARA = (
    "Fano militiamen attacked Merawi on Sunday and killed 12 people. Some 1,800 people fled from "
    "Merawi to Bahir Dar. Fighting was reported near Debre Markos on Monday."
)


def test_lines_between_districts_are_drawn_where_a_reader_is_close_enough(
    pages: Any, opener: Opener
) -> None:
    text = (
        "An Israeli air strike on Tyre killed 16 people on Monday. About 900 people fled Tyre for "
        "Sidon. Israeli troops entered the village of Mays al-Jabal on Tuesday."
    )
    page = opener(pages("tyre", text))
    lines = page.locator(".mg-map .b-district")
    expect(lines).to_be_visible()
    page.evaluate("() => mapgen.map().setZoom(mapgen.map().getZoom() - 4, {animate: false})")
    expect(lines).to_be_hidden()
    credit = page.locator("#credit").inner_text()
    assert "Who's On First (CC BY)" in credit


@pytest.mark.parametrize("size", SIZES)
def test_the_scale_bar_stands_over_the_credits(
    pages: Any, opener: Opener, size: tuple[int, int]
) -> None:
    page = opener(pages("amhara", AMHARA), viewport={"width": size[0], "height": size[1]})
    bar = page.locator("#scale").bounding_box()
    credit = page.locator("#credit").bounding_box()
    assert bar is not None
    assert credit is not None
    assert bar["y"] + bar["height"] <= credit["y"]


def test_the_shore_of_a_lake_is_smooth_and_rivers_end_at_it(pages: Any, opener: Opener) -> None:
    page = opener(pages("amhara", AMHARA))
    drawn = page.evaluate(
        """() => {
          const paths = [...document.querySelectorAll('.mg-map svg.base path')];
          const lake = paths.find((p) => p.classList.contains('b-lake'));
          const d = lake.getAttribute('d'), size = lake.getTotalLength(), turns = [];
          for (let at = 1; at < size; at += 1) {
            const [a, b, c] = [at - 1, at, at + 1].map((t) => lake.getPointAtLength(t));
            const one = Math.atan2(b.y - a.y, b.x - a.x), two = Math.atan2(c.y - b.y, c.x - b.x);
            turns.push(Math.abs(Math.atan2(Math.sin(two - one), Math.cos(two - one))));
          }
          const order = paths.map((p) => p.classList[0]);
          return {d, sharp: turns.filter((t) => t > 1.2).length, of: turns.length, order};
        }"""
    )
    assert "L" not in drawn["d"]
    assert drawn["sharp"] < 0.02 * drawn["of"]
    assert drawn["order"].index("b-lake") > drawn["order"].index("b-river")


@pytest.mark.parametrize("size", SIZES)
def test_every_town_of_the_events_has_its_name(
    pages: Any, opener: Opener, size: tuple[int, int]
) -> None:
    page = opener(pages("pokrovsk", POKROVSK), viewport={"width": size[0], "height": size[1]})
    told = " ".join(b["text"] for b in boxes(page, ".ov text"))
    for name in ("Pokrovsk", "Novohrodivka", "Myrnohrad", "Dnipro"):
        assert name in told.replace("Pokrovske", ""), f"{name} has a sign and no name"


@pytest.mark.parametrize("size", SIZES)
def test_no_name_lies_over_the_sign_of_another_place(
    pages: Any, opener: Opener, size: tuple[int, int]
) -> None:
    page = opener(pages("goma", GOMA), viewport={"width": size[0], "height": size[1]})
    signs = page.evaluate(TAKEN)
    assert len(signs) >= 3
    for label in boxes(page, ".ov text.t-ev, .ov text.t-evs"):
        for sign in signs:
            if label["text"].startswith(sign["name"]):
                continue
            over = (
                label["x"] < sign["x"] + 4
                and label["x"] + label["w"] > sign["x"] - 4
                and label["y"] < sign["y"] + 4
                and label["y"] + label["h"] > sign["y"] - 4
            )
            assert not over, f"{label['text']} covers the sign of {sign['name']}"


LED = """(words) => { const text = [...document.querySelectorAll('.ov text')]
  .find((t) => t.textContent.startsWith(words)); return text
  ? [text.parentNode.querySelectorAll('path.leader').length,
    text.dataset.box.split(' ').map(Number)]
  : null; }"""


@pytest.mark.parametrize("size", SIZES)
def test_the_dead_of_a_town_do_not_seem_to_be_its_neighbours(
    pages: Any, opener: Opener, size: tuple[int, int]
) -> None:
    page = opener(pages("goma", GOMA), viewport={"width": size[0], "height": size[1]})
    led = page.evaluate(LED, "“17” killed")
    assert led is not None, "the dead are not told"
    (label,) = [b for b in boxes(page, ".ov text") if b["text"].startswith("“17” killed")]

    def apart(sign: dict[str, Any]) -> float:
        across = max(label["x"] - sign["x"], 0, sign["x"] - label["x"] - label["w"])
        down = max(label["y"] - sign["y"], 0, sign["y"] - label["y"] - label["h"])
        return math.hypot(across, down)

    nearest = min(page.evaluate(TAKEN), key=apart)["name"]
    assert nearest == "Goma" or led[0] == 1, f"stands nearest to {nearest}, without a line to Goma"


@pytest.mark.parametrize("size", SIZES)
def test_a_note_about_an_area_stands_on_it_or_has_a_line_to_it(
    pages: Any, opener: Opener, size: tuple[int, int]
) -> None:
    page = opener(pages("nabatieh", NABATIEH), viewport={"width": size[0], "height": size[1]})
    led = page.evaluate(LED, "Israeli forces")
    assert led is not None
    lines, (left, top, right, bottom) = led
    inside = page.evaluate(
        """([x, y]) => [...document.querySelectorAll('.ov path.softreg')]
             .some((p) => p.isPointInFill(new DOMPoint(x, y)))""",
        [(left + right) / 2, (top + bottom) / 2],
    )
    assert inside or lines == 1


# ------------------------------------------------------------------ many ends, many countries

YEMEN = (
    "About 5,000 people fled Seiyun and Al Qatn for Marib and Al Mukalla, the migration agency "
    "said. A drone hit Taiz on Monday, killing two people, the local authorities said."
)
DIGEST = (
    "COLOMBIA: About 2,300 people fled Tibú for Cúcuta on 31 March.\n\n"
    "SUDAN: The Rapid Support Forces seized Babanusa in West Kordofan on 30 March, residents "
    "said. About 9,000 people fled Babanusa for El Obeid, the UN said.\n\n"
    "MYANMAR: An air strike on Mogok killed 11 people on 1 April."
)


def test_one_figure_for_four_arrows_stands_once(pages: Any, opener: Opener) -> None:
    page = opener(pages("yemen", YEMEN))
    flows = "mapgen.data.signs.filter((s) => s.type === 'displacement').length"
    assert page.evaluate(flows) == 4
    expect(page.locator(".mg-map g.flow:not(.fan)")).to_have_count(4)
    labels = page.locator(".ov text").all_text_contents()
    assert len([words for words in labels if words.startswith("Fled to")]) == 1
    assert "“about 5,000” (migration agency)" in labels
    for town in ("Seiyun", "Al Qatn", "Marib", "Al Mukalla"):
        assert any(words.startswith(town) for words in labels), town


def test_a_digest_has_a_view_of_each_country(pages: Any, opener: Opener) -> None:
    page = opener(pages("digest", DIGEST))
    buttons = page.locator("#views button")
    expect(buttons).to_have_text(["Whole situation", "Colombia", "Sudan", "Myanmar"])
    span = (
        "(() => { const b = mapgen.map().getBounds(); return [b.getWest(), b.getEast(), "
        "b.contains([11.33, 27.8]) && b.contains([13.18, 30.22])]; })()"
    )
    west, east, _ = page.evaluate(span)
    assert east - west > 150
    buttons.nth(2).click()
    west, east, holds = page.evaluate(span)
    assert east - west < 20
    assert holds, "Babanusa and El Obeid are not in view"
    assert "“about 9,000” (UN)" in page.locator(".ov text").all_text_contents()
    buttons.first.click()
    west, east, _ = page.evaluate(span)
    assert east - west > 150


def test_a_map_of_one_country_needs_no_views(pages: Any, opener: Opener) -> None:
    expect(opener(pages("yemen", YEMEN)).locator("#views")).to_have_count(0)


def test_an_area_is_never_the_loudest_on_the_map(pages: Any, opener: Opener) -> None:
    text = "Fighting raged across Kordofan on Monday. The army captured Bara on Tuesday."
    page = opener(pages("kordofan", text))
    area = page.locator(".mg-map path.softreg")
    expect(area).to_have_count(1)
    assert float(area.evaluate("e => getComputedStyle(e).opacity")) <= 0.2


@pytest.mark.parametrize("size", SIZES)
def test_the_city_of_a_quarter_has_its_name_too(
    pages: Any, opener: Opener, size: tuple[int, int]
) -> None:
    text = (
        "A drone hit Saltivka, a district of Kharkiv, on Monday, the mayor said. Russian forces "
        "shelled Vovchansk and Derhachi on Sunday."
    )
    page = opener(pages("saltivka", text), viewport={"width": size[0], "height": size[1]})
    labels = page.locator(".ov text:not(.t-admin)").all_text_contents()
    assert any(words.startswith("Saltivka") for words in labels)
    assert any(words.startswith("Kharkiv") for words in labels)
