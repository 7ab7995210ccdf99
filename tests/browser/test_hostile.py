"""Texts that try to become markup, script or template: shown literally, and nothing runs."""

from __future__ import annotations

import copy
import csv
import json
from collections.abc import Callable
from html import escape
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Page, expect

import mapgen
from gazetteer import Gazetteer
from mapgen import pipeline
from mapgen.drawing.page.html import page_html
from mapgen.drawing.page.plain import plain_part, social_tags
from mapgen.merging.corrections.rows import COLUMNS

if TYPE_CHECKING:
    from pathlib import Path

Opener = Callable[..., Page]
SCRIPT = "</script><script>window.__xss=1</script>"
IMAGE = "<img src=x onerror=window.__xss=1>"
PARTS = (
    "{{ 7*7 }}",
    "{{ 1234*4321 }}",
    "{% raw %}",
    "{% endraw %}",
    "{# note #}",
    "${window.__xss=1}",
    "`",
    SCRIPT,
    "<!--",
    IMAGE,
    "\"'>",
    "\\u003cimg src=x onerror=window.__xss=1>",
    "\u2028",
    "<!--mapgen-data-->",
    "</head>",
    "map_0123456789abcdef0123456789abcdef",
)
HOSTILE = " ".join(PARTS)
# words of the format itself, not of an article: changing them breaks the format, not the page
FORMAT_KEYS = {"type", "day", "days", "from_day", "to_day", "start", "end", "shape", "method"}
FORMAT_KEYS |= {
    "language",
    "state",
    "standing",
    "kind",
    "sign",
    "coordinates",
    "light",
    "dark",
    "url",
}
PRODUCT = str(1234 * 4321)


def poison(value: Any, suffix: str, key: str = "") -> Any:
    """Return a copy in which every text carries the suffix."""
    if isinstance(value, dict):
        return {k: v if k in FORMAT_KEYS else poison(v, suffix, k) for k, v in value.items()}
    if isinstance(value, list):
        return [poison(v, suffix, key) for v in value]
    return value + suffix if isinstance(value, str) else value


def whole(data: dict[str, Any], suffix: str) -> dict[str, Any]:
    """Poison the data, and the names of sides and articles wherever they are used."""
    out: dict[str, Any] = poison(copy.deepcopy(data), suffix)
    out["meta"]["articles"] = {k + suffix: v for k, v in out["meta"]["articles"].items()}
    out["sides"] = {k + suffix: v for k, v in out["sides"].items()}
    out["days"] = data["days"]
    for area in out["areas"]:
        area["sides"] = {k + suffix: v for k, v in area["sides"].items()}
    return out


def save(tmp_path: Path, html: str) -> Path:
    path = tmp_path / "hostile.html"
    path.write_bytes(html.encode())
    return path


def harmless(page: Page) -> str:
    """Check that nothing ran, and return all text of the body."""
    assert page.evaluate("window.__xss") is None
    assert page.locator("img").count() == 0
    text = str(page.evaluate("document.body.textContent"))
    seen = str(page.evaluate("document.body.innerText")) + page.title()
    assert PRODUCT not in text
    assert PRODUCT not in seen
    return seen


def walk(page: Page) -> None:
    """Use everything that shows text of an article."""
    page.click("#t-off")
    page.click("#t-md")
    page.click("#t-ev")
    page.click("#fbtn")
    page.click("#fbtn")
    page.locator(".chead").first.click()
    page.fill("#q", "<img")
    page.fill("#q", "")
    page.click("#prev")
    page.click("#next")
    page.click('[data-z="t"]')


@pytest.mark.parametrize("part", PARTS, ids=range(len(PARTS)))
def test_each_string_alone_leaves_the_page_whole(built: Any, part: str) -> None:
    """The page around the blocks of data is the same whatever the data say."""
    clean, dirty = page_html(built.data), page_html(whole(built.data, part))

    def shell(html: str) -> str:
        for block in ("mg-marks", "mg-data"):  # the rows of the legend, and all else
            before, rest = html.split(f'id="{block}">', 1)
            data, after = rest.split("</script>", 1)
            assert json.loads(data)
            html = before + after
        before, rest = html.split("<title>", 1)
        html = before + rest[rest.index("\n</head>") :]  # title, and tags for links to the page
        before, rest = html.split('<main id="plain">', 1)
        return before + rest.split("</main>", 1)[1]

    assert shell(dirty) == shell(clean)
    assert dirty.count("<script") == clean.count("<script")


class _Tags(HTMLParser):
    """The tags and attributes of a piece of HTML."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}


@pytest.mark.parametrize("part", [*PARTS, "\ud83d", " onload=window.__xss=1 x="])
def test_the_part_without_scripts_and_the_tags_of_links_are_text(built: Any, part: str) -> None:
    data = whole(built.data, part)
    data["sides"] = copy.deepcopy(data["sides"])
    for side in data["sides"].values():
        side["light"]["fill"] += part
    clean, dirty = (_Tags(plain_part(d) + social_tags(d)) for d in (built.data, data))
    assert dirty.tags <= clean.tags
    assert dirty.attributes <= clean.attributes
    assert {"onload", "onerror", "src"}.isdisjoint(dirty.attributes)


def test_every_text_hostile(built: Any, opener: Opener, tmp_path: Path) -> None:
    page = opener(save(tmp_path, page_html(whole(built.data, HOSTILE))))
    walk(page)
    seen = harmless(page)
    expect(page.locator("h1")).to_contain_text("{{ 7*7 }}")
    expect(page.locator("h1")).to_contain_text(SCRIPT)
    expect(page.locator(".card .ct").first).to_contain_text(IMAGE)
    expect(page.locator("blockquote").first).to_contain_text("${window.__xss=1}")
    assert "49" not in page.locator("h1").inner_text()
    assert IMAGE in page.title()
    assert seen.count("{{ 7*7 }}") > 20


def test_labels_of_the_map_are_literal(built: Any, opener: Opener, tmp_path: Path) -> None:
    """A short suffix, so that there is room for the labels."""
    page = opener(save(tmp_path, page_html(whole(built.data, " <b>&{{7}}"))))
    labels = page.locator(".mg-map svg.ov text").all_text_contents()
    assert "Aleppo <b>&{{7}}" in labels
    assert page.locator("svg.ov b").count() == 0
    walk(page)
    harmless(page)


def test_half_of_a_surrogate_pair(built: Any, opener: Opener, tmp_path: Path) -> None:
    page = opener(save(tmp_path, page_html(whole(built.data, "\ud83d"))))
    walk(page)
    harmless(page)
    expect(page.locator("h1")).to_contain_text("\ufffd")


def test_colours_and_addresses_that_are_not(built: Any, opener: Opener, tmp_path: Path) -> None:
    data = copy.deepcopy(built.data)
    first, second = list(data["meta"]["articles"])[:2]
    data["meta"]["articles"][first]["url"] = "javascript:window.__xss=1"
    data["meta"]["articles"][second]["url"] = 'https://example.org/?q="><script>'
    for side in data["sides"].values():
        side["light"]["fill"] = "red;background:url(https://example.org/x)"
    page = opener(save(tmp_path, page_html(data)), color_scheme="light")
    links = page.locator("cite a").evaluate_all("all => all.map(a => a.href)")
    assert links
    assert set(links) == {"https://example.org/?q=%22%3E%3Cscript%3E"}
    assert page.locator('a[href^="javascript:"]').count() == 0
    assert "example.org" not in str(page.evaluate("document.documentElement.style.cssText"))
    harmless(page)


def test_hostile_corrections(built: Any, opener: Opener, tmp_path: Path) -> None:
    """All that an analyst can type stays text: on the card, off the map, in the notes."""
    taken = next(c for c in built.data["cards"] if c["kind"] == "control_change")
    table = tmp_path / "corrections.csv"
    told = f"{IMAGE} {{{{ 7*7 }}}} {SCRIPT}"
    with table.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(COLUMNS)
        who = (f"A {IMAGE}", told, "2024-12-07")
        rows.writerow(["event", taken["events"][0], "set", "actor", f"Army {SCRIPT}", *who])
        rows.writerow(["event", built.data["cards"][-1]["events"][0], "reject", "", "", *who])
        rows.writerow(["claim", told, "accept", "", "", *who])
    settings = built.situation.settings.updated(corrections=table)
    out = tmp_path / "map.html"
    with Gazetteer.open() as places:
        made = pipeline.situate(built.situation.extraction, places, settings)
        pipeline.write_map(pipeline.shown(made, places, settings), out)
    page = opener(out)
    expect(page.locator(".card .dec").first).to_contain_text(f"to Army {SCRIPT} by A {IMAGE}")
    expect(page.locator(".card .dec").first).to_contain_text("on 7 December 2024: " + told)
    expect(page.locator("#offl")).to_contain_text(f"Rejected by A {IMAGE}")
    expect(page.locator(".md")).to_contain_text(f"2 corrections by A {IMAGE}")
    expect(page.locator(".md")).to_contain_text(f"accept of claim {told}")
    walk(page)
    harmless(page)


@pytest.mark.parametrize(
    "name",
    ["{{ 7*7 }} Brigade", f"Brigade of {IMAGE}", "${window.__xss=1} Front", f"Army {SCRIPT}"],
)
def test_hostile_article(opener: Opener, tmp_path: Path, name: str) -> None:
    """The whole way from an article; the actor, the title and the source are hostile.

    Raw elements in a field of HTML are left out, so the hostile ones are written as entities.
    """
    paragraphs = (
        f"The rebels of the {name} captured Hama on Monday, officials said. "
        f"Rebels captured Aleppo {HOSTILE} and thousands fled to Idlib.",
        f"If the {name} took Homs {SCRIPT}, supply lines could be cut.",
    )
    record = {
        "id": f"one{IMAGE}",
        "text": "".join(f"<p>{escape(words)}{IMAGE}</p>" for words in paragraphs),
        "title": f"Fall of Hama {SCRIPT} {{{{ 7*7 }}}}",
        "source": f"Paper {IMAGE}",
        "url": "javascript:window.__xss=1",
        "published_on": "2024-12-06",
        "language": "en",
    }
    source = tmp_path / "articles.jsonl"
    source.write_text(json.dumps(record) + "\n", encoding="utf-8")
    situation = mapgen.build([source], country="SY", title=f"Map of {IMAGE} {{{{ 7*7 }}}}")
    out = tmp_path / "map.html"
    situation.save(out)
    page = opener(out)
    signs = page.evaluate("window.mapgen.data.signs")
    assert {s["name"] for s in signs if s["type"] == "control"} & {"Hama", "Aleppo"}
    expect(page.locator("h1")).to_have_text(f"Map of {IMAGE} {{{{ 7*7 }}}}")
    told = page.evaluate("['p-ev', 'p-off'].map(i => document.getElementById(i).textContent)")
    assert name in "".join(told)
    walk(page)
    harmless(page)
    assert page.locator('a[href^="javascript:"]').count() == 0
    assert f"Paper {IMAGE}" in page.evaluate("document.querySelector('.md').textContent")
