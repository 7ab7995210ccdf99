"""Stories: what a chapter may ask for, what is refused and how, and that words stay words."""

from __future__ import annotations

import copy
import re
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mapgen.command.cli import main
from mapgen.drawing.page.plain import social_tags
from mapgen.drawing.story.chapters import views_of
from mapgen.drawing.story.story_file import parse_story
from mapgen.drawing.story.story_page import story_html
from mapgen.errors import StoryError
from mapgen.export.story_draft import _by_day, _map
from tests.unit.test_render_html import data as empty_page

DAYS = ["2025-01-10", "2025-01-11", "2025-01-12"]


def card(number: int, title: str, day: str | None, kind: str = "control_change") -> dict[str, Any]:
    sign = "control" if kind == "control_change" else "strike"
    quote = {
        "article": "a",
        "text": f"<b>{title}</b>",
        "start": number,
        "end": 9,
        "marks": [[3, 6, ""]],
        "paragraph": 2,
        "who": "the army",
        "claims": [],
    }
    return {
        "id": f"c{number}",
        "kind": kind,
        "sign": sign,
        "title": title,
        "day": day,
        "side": None,
        "from": None,
        "standing": "stated",
        "by": "the army",
        "when": "Saturday",
        "certainty": 0.93,
        "sure": "sure",
        "rule": "One article.",
        "note": None,
        "decisions": [],
        "events": [f"e{number}"],
        "places": [],
        "at": None,
        "quotes": [quote],
    }


def sign(number: int, name: str, lat: float, lon: float, day: str | None, type_: str) -> dict:
    return {
        "type": type_,
        "card": f"c{number}",
        "from_day": None,
        "day": day,
        "side": None,
        "standing": "stated",
        "place": f"p{number}",
        "name": name,
        "lat": lat,
        "lon": lon,
        "rank": 3,
        "label": "",
        "from": None,
        "turn": number,
        "before": None,
    }


def page(*rows: tuple[str, str, float, float, str | None, str]) -> dict[str, Any]:
    made = copy.deepcopy(empty_page("Sudan"))
    made |= {"days": DAYS, "towns": [], "names": {}, "inset": None, "off": []}
    made["base"] |= {"bbox": [22.0, 10.0, 36.0, 18.0], "provinces": [], "world": []}
    made["base"] |= {"far": [20.0, 8.0, 38.0, 20.0], "own_beyond": None}
    made["meta"]["articles"] = {
        "a": {
            "label": "Nile Courier, 12 January 2025",
            "title": "x",
            "source": "Nile Courier",
            "url": "https://nile.example/1",
            "published_on": "2025-01-12",
            "basis": None,
        }
    }
    made["cards"] = [card(n, t, d, k) for n, (t, _, _, _, d, k) in enumerate(rows)]
    made["signs"] = [
        sign(n, name, lat, lon, d, "control" if k == "control_change" else "strike")
        for n, (_, name, lat, lon, d, k) in enumerate(rows)
    ]
    return made


SUDAN = (
    ("Wad Madani taken", "Wad Madani", 14.4, 33.52, "2025-01-11", "control_change"),
    ("Strikes on El Fasher", "El Fasher", 13.63, 25.35, "2025-01-12", "strike"),
)


def views(text: str, *rows: Any) -> list[Any]:
    return views_of(parse_story(text, "story.md"), page(*(rows or SUDAN)))


def chapter(*lines: str) -> str:
    return "\n".join(["Words.", "", "## One", "", "```map", *lines, "```", "", "More."])


def refusal(*lines: str) -> str:
    with pytest.raises(StoryError) as refused:
        views(chapter(*lines))
    return str(refused.value)


def test_a_chapter_shows_its_day_its_signs_and_the_ground_around_them() -> None:
    opening, one = views(chapter("day: 2025-01-12", "signs:", "- Strikes on El Fasher"))
    assert (opening.day, opening.cards, opening.box) == (
        "2025-01-12",
        None,
        (22.0, 10.0, 36.0, 18.0),
    )
    west, south, east, north = one.box
    assert west < 25.35 < east < 28
    assert south < 13.63 < north
    assert one.cards == ("c1",)
    # who holds each place is the ground of every chapter
    assert one.drawn == ("c0", "c1")


def test_place_and_across_and_bounds_choose_the_part_of_the_map() -> None:
    near = views(chapter("place: Wad Madani", "across: 50 km"))[1].box
    usual = views(chapter("place: wad madani"))[1].box
    both = views(chapter("place: Wad Madani, El Fasher"))[1].box
    assert 0.3 < near[2] - near[0] < 0.7 < usual[2] - usual[0] < 3 < both[2] - both[0]
    assert views(chapter("bounds: 24.5, 13, 26, 14.5"))[1].box == (24.5, 13.0, 26.0, 14.5)


def test_kinds_all_and_none_name_signs() -> None:
    assert views(chapter("signs: strike"))[1].cards == ("c1",)
    assert views(chapter("signs: all"))[1].cards is None
    assert views(chapter("signs: none"))[1].cards == ()
    assert views(chapter("signs: none"))[1].drawn == ("c0",)


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (["day: 2025-02-01"], "line 6: 1 Feb 2025 is not a day of this map. It runs from 10 Jan"),
        (["day: Saturday"], "“Saturday” is not a day written YYYY-MM-DD"),
        (
            ["place: Wad Medani"],
            "line 6: “Wad Medani” is not a place that this map names. "
            "Did you mean “Wad Madani”?",
        ),
        (
            ["signs:", "- Wad Madani take"],
            "line 7: No sign of this map is called “Wad Madani take”. "
            "Did you mean “Wad Madani taken”?",
        ),
        (
            ["day: 2025-01-10", "signs:", "- Wad Madani taken"],
            "line 8: “Wad Madani taken” is not on the map on 10 Jan "
            "2025. It is from “11 Jan 2025”.",
        ),
        (["plase: El Fasher"], "“plase” is not a field of a map. Did you mean “place”?"),
        (["bounds: 26, 13, 24, 14"], "West must be less than east"),
        (["bounds: 100, 13, 104, 14"], "Nothing of this map is there."),
        (["bounds: nan, 13, 24, 14"], "West must be less than east"),
        (["place: El Fasher", "across: wide"], "“wide” is not a width from 5 to 5000 km"),
        (["across: 50 km"], "“across” needs a place"),
        (["day: [2025-01-11"], "These lines are not fields"),
        (["day:", "  - {a: b}"], "“day” takes a value"),
        (["day: 2025-01-11", "day: 2025-01-12"], "line 7: “day” stands twice."),
    ],
)  # fmt: skip
def test_what_the_map_does_not_have_is_refused_with_its_line(lines: list[str], words: str) -> None:
    assert words in refusal(*lines)


def test_all_faults_are_named_at_once_in_the_order_of_the_file() -> None:
    told = refusal("place: Nowhere", "day: 2030-01-01", "signs: Nothing").splitlines()
    assert [re.findall(r"line (\d+)", line)[0] for line in told] == ["6", "7", "8"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Only words.", "line 1: There is no chapter."),
        ("# A\n\n## B\n\n# C", "line 5: A story has one heading"),
        ("## B\n\n![x](https://a.example/p.png)", "line 3: A story holds no pictures"),
        (
            "---\ntitle: x\n---\n## B\n\n```map\n```\n\n```map\n```",
            "line 9: A chapter has one map.",
        ),
    ],
)
def test_a_story_that_is_not_one_is_refused(text: str, words: str) -> None:
    with pytest.raises(StoryError) as refused:
        parse_story(text, "story.md")
    assert words in str(refused.value)


HOSTILE = """---
title: "</title><script>alert(1)</script>"
---
<script>alert(2)</script> <img src=x onerror=alert(3)>

## <svg onload=alert(4)>

[a](javascript:alert(5)) [b](data:text/html,x) [c](https://ok.example/"onclick=x) <b onclick=x>b</b>

</main><!-- x --> \u202eturned
"""


def test_nothing_in_a_story_is_markup_or_runs() -> None:
    made = story_html(parse_story(HOSTILE, "s.md"), page(*SUDAN))
    body = made[made.index('<main id="story"') : made.index('<script type="application/json"')]
    seen: list[tuple[str, str]] = []

    class Tags(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            seen.extend((tag, name) for name, _ in [("", None), *attrs])

    Tags().feed(body)
    assert [name for _, name in seen if name.startswith("on")] == []
    assert {"script", "img", "iframe", "object"} & {tag for tag, _ in seen} == set()
    assert body.count("</main>") == 1
    assert sorted(set(re.findall(r'href="(\w+):', body))) == ["https"]
    assert "&lt;script&gt;alert(2)" in body
    assert "\u202e" not in made
    assert "<title>&lt;/title&gt;&lt;script&gt;" in made


def test_the_page_has_words_picture_and_evidence_of_each_chapter_without_scripts() -> None:
    text = chapter("day: 2025-01-11", "signs: Wad Madani taken")
    made = story_html(parse_story(text, "s.md"), page(*SUDAN))
    body = made[made.index('<main id="story"') : made.index("</main>")]
    assert body.count('<figure class="still"><svg') == 2
    assert '<a href="#e-c0" data-c="c0"' in body
    assert "<mark>Wad</mark> Madani taken&lt;/b&gt;”" in body
    assert '<a href="https://nile.example/1" rel="noopener noreferrer" target="_blank">' in body
    ids = re.findall(r'\bid="([^"]+)"', body)
    assert len(ids) == len(set(ids))


def test_a_story_gives_links_its_own_title() -> None:
    made = story_html(parse_story("# Fall of a city\n\n## One", "s.md"), page(*SUDAN))
    assert '<meta property="og:title" content="Fall of a city">' in made
    assert "og:image" not in social_tags(page(*SUDAN))


NAMES = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=30)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(NAMES, st.sampled_from([*DAYS, None])), min_size=1, max_size=6))
def test_what_a_draft_asks_for_is_what_the_story_shows(rows: list[tuple[str, str | None]]) -> None:
    made = page(*((f"x{t}", "El Fasher", 13.6, 25.3, d, "strike") for t, d in rows))
    groups = _by_day(made)
    blocks = [f"## Day {day}\n\n{_map(made, day, cards)}" for day, cards in groups.items()]
    _, *shown = views_of(parse_story("\n\n".join(blocks), "d.md"), made)
    assert [v.day for v in shown] == list(groups)
    for view, cards in zip(shown, groups.values(), strict=True):
        assert set(view.cards) == {c["id"] for c in cards}


@pytest.fixture(scope="module")
def drafted(tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder = tmp_path_factory.mktemp("story")
    (folder / "articles").mkdir()
    (folder / "articles" / "a.txt").write_text(
        "Army retakes Wad Madani\n\nPublished on 12 January 2025\n\nThe Sudanese army captured Wad "
        "Madani from the Rapid Support Forces on Saturday. About 2,000 people fled Wad Madani for "
        "Gedaref on Sunday. The army said it could retake El Geneina within weeks.\n",
        encoding="utf-8",
    )
    assert main(["story", "--draft", str(folder / "articles"), "-o", str(folder / "s.md")]) == 0
    return folder


def test_a_draft_has_a_chapter_a_day_in_the_words_of_the_evidence(drafted: Any) -> None:
    text = (drafted / "s.md").read_text("utf-8")
    assert re.findall("^day: (.+)$", text, re.MULTILINE) == ["2025-01-11", "2025-01-12"]
    assert "- articles" in text
    assert "captured Wad Madani from the Rapid Support Forces on Saturday" in text
    assert "## Wad Madani taken" in text
    # what could happen is told nowhere
    assert "Geneina" not in text


def test_a_draft_becomes_a_page_and_replaces_nothing(drafted: Any, capsys: Any) -> None:
    story = drafted / "s.md"
    assert main(["story", str(story), "-o", str(drafted / "s.html")]) == 0
    made = (drafted / "s.html").read_text("utf-8")
    assert made.count('<section class="ch"') == 3
    assert main(["story", "--draft", str(drafted / "articles"), "-o", str(story)]) == 2
    assert "may hold your words" in capsys.readouterr().err
    assert main(["story", str(story), "-o", str(story)]) == 2
    assert "is the story and would be written over" in capsys.readouterr().err


def test_unknown_fields_and_missing_articles_are_refused(tmp_path: Any, capsys: Any) -> None:
    story = tmp_path / "s.md"
    story.write_text("---\narticels: x\n---\n## A\n", encoding="utf-8")
    assert main(["story", str(story), "-o", str(tmp_path / "s.html")]) == 2
    assert "s.md, line 2: “articels” is not a field of a story. Did you mean “articles”?" in (
        capsys.readouterr().err
    )
    story.write_text("## A\n", encoding="utf-8")
    assert main(["story", str(story), "-o", str(tmp_path / "s.html")]) == 2
    assert "names no articles" in capsys.readouterr().err
