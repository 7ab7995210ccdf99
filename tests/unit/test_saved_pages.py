"""Saved web pages say what a reader of the page sees, on the day that the page is of."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import pytest
from lxml.html import fromstring

from mapgen.model import Article, Kind
from mapgen.reading.articles import read
from mapgen.reading.read_html import read_html
from mapgen.reading.teasers import without_teasers
from tests.unit.coding_kit import extract

if TYPE_CHECKING:
    from pathlib import Path

FILLER = (
    "<p>Residents waited for news through the night and many of them stayed indoors, as they had "
    "done for days, while the roads out of the city filled with cars and lorries.</p>"
)


def page(body: str, head: str = "") -> bytes:
    words = f'<!DOCTYPE html><html lang="en"><head><title>A town in the war</title>{head}</head>'
    words += f"<body><article><h1>A town in the war</h1>{body}{FILLER}</article></body></html>"
    return words.encode()


def taken(body: str, country: str, head: str = "") -> list[str]:
    """Return the towns that a page is read to say were taken."""
    made = extract(read_html("page.html", page(body, head)).text, country)
    found = [c for c in made.claims if c.kind is Kind.CONTROL_CHANGE and c.status.is_current]
    return sorted({place.surface for claim in found for place in claim.places})


STYLE = (
    "<style>/* old */ .gone, p.off { color: red; display: none }\n"
    "#cut{text-decoration:line-through} @media print { .ad { display:none } }</style>"
)


OTHER = '<a href="/x">Russian forces captured Pokrovsk on Monday</a>'


@pytest.mark.parametrize(
    "teaser",
    [
        f"<p>Read more: {OTHER}</p>",
        f"<p><strong>READ ALSO: </strong>{OTHER}</p>",
        f"<p><em>See also | {OTHER}</em></p>",
        f"<p>[Related: {OTHER}]</p>",
        f"<p>{OTHER}</p>",
        f'<blockquote class="wp-embedded-content">{OTHER}</blockquote>',
        f"<h2>More on this story</h2><p>{OTHER}</p><p>{OTHER}</p>",
        f"<h3>Related articles</h3><ul><li>{OTHER}</li><li>{OTHER}</li></ul>",
        f"<div><p>Recommended Stories</p><ul><li>list 1 of 1 {OTHER}</li><li>end of list</li></ul>"
        "</div>",
        f'<p class="hidden">{OTHER} after a siege.</p>',
        f'<p class="d-none">{OTHER} after a siege.</p>',
        f'<span class="sr-only">{OTHER} after a siege.</span>',
        f"<aside><h3>Related</h3><ul><li>{OTHER}</li></ul></aside>",
    ],
)
def test_teasers_of_other_articles_are_left_out(teaser: str) -> None:
    draft = read_html("page.html", page(f"<p>Rebels captured Goma on Sunday.</p>{teaser}"))
    assert "Rebels captured Goma on Sunday." in draft.text
    assert "Pokrovsk" not in draft.text
    assert "list" not in draft.text


def test_the_user_is_told_of_teasers() -> None:
    body = f"<p>Rebels captured Goma on Sunday.</p><p>Read more: {OTHER}</p>"
    told = "left out a passage that points to other articles"
    assert read_html("page.html", page(body)).notes == (told,)


@pytest.mark.parametrize(
    "body",
    [
        '<p>Rebels <a href="/x">captured Goma on Sunday</a>, they said.</p>',
        "<p>More on the road to Goma: rebels captured Goma on Sunday.</p>",
        "<p>Read alone, the report that rebels captured Goma on Sunday says little.</p>",
        '<p class="hidden md:block">Rebels captured Goma on Sunday.</p>',
        '<p class="d-none d-md-block">Rebels captured Goma on Sunday.</p>',
        "<h2>Related violence</h2><p>Rebels captured Goma on Sunday.</p>",
        "<h2>Latest news</h2><p>Rebels captured Goma on Sunday.</p>",
    ],
)
def test_what_only_looks_like_a_teaser_is_read(body: str) -> None:
    draft = read_html("page.html", page(body))
    assert "captured Goma on Sunday" in draft.text
    assert draft.notes == ()


def test_a_page_that_is_a_list_of_links_is_left_as_it_is() -> None:
    items = "".join(f"<li>{OTHER.replace('Monday', day)}</li>" for day in ("Monday", "Tuesday"))
    words = f"<html><body><article><h1>The week</h1><ul>{items}</ul></article></body></html>"
    tree = fromstring(words)
    assert without_teasers(tree) == 0
    assert len(list(tree.iter("li"))) == 2


@pytest.mark.parametrize(
    ("country", "body", "towns"),
    [
        (
            "UA",
            "<p>Russian forces captured <s>Pokrovsk</s> Avdiivka on Thursday.</p>",
            ["Avdiivka"],
        ),
        ("UA", "<del><p>Russian forces captured Pokrovsk on Thursday.</p></del>", []),
        (
            "CD",
            '<p>M23 rebels captured <span style="text-decoration: line-through">Goma</span> Bukavu '
            "on Thursday.</p>",
            ["Bukavu"],
        ),
        ("CD", '<p style="color:red;display : none">M23 rebels captured Goma on Thursday.</p>', []),
        ("SD", '<div class="x gone"><p>The RSF captured El Fasher on Thursday.</p></div>', []),
        ("SD", '<p class="ad">The RSF captured El Fasher on Thursday.</p>', ["El Fasher"]),
        ("SD", '<p id="cut">The RSF captured El Fasher on Thursday.</p>', []),
        ("ET", "<dialog><p>Fano fighters captured Lalibela on Thursday.</p></dialog>", []),
        ("ET", "<p>Fano fighters captured <ins>Lalibela</ins> on Thursday.</p>", ["Lalibela"]),
        (
            "SS",
            "<p>The army captured Nasir on Thursday.</p><noscript><p>The army captured Bor on "
            "Thursday.</p></noscript><template><p>The army captured Wau.</p></template>",
            ["Nasir"],
        ),
        ("YE", '<p hidden="">Houthi fighters captured Taiz on Thursday.</p>', []),
        ("YE", "<details><p>Houthi fighters captured Taiz on Thursday.</p></details>", ["Taiz"]),
        (
            "MM",
            "<p>Rebels captured Lashio<sup>1</sup> and Hsipaw<sup><a href='#n2'>[2]</a></sup> on "
            "Thursday.</p>",
            ["Hsipaw", "Lashio"],
        ),
        ("MM", "<p>Rebels did not capture Lashio<sup>1</sup> on Thursday.</p>", []),
    ],
)
def test_what_a_page_strikes_or_hides_is_not_read(
    country: str, body: str, towns: list[str]
) -> None:
    assert taken(body, country, STYLE) == towns


def test_the_user_is_told_what_was_left_out(tmp_path: Path) -> None:
    body = "<p>The army held Goma.</p><p><s>Rebels captured Goma.</s> This was wrong.</p>"
    (tmp_path / "a.html").write_bytes(page(body, '<meta charset="utf-8">'))
    result = read([tmp_path / "a.html"])
    assert [note.partition(": ")[2] for note in result.notes] == [
        "left out a passage that the page strikes out or hides"
    ]
    assert "Rebels" not in result.articles[0].text
    assert "This was wrong." in result.articles[0].text


def test_a_page_whose_body_waits_for_a_script_is_read() -> None:
    words = page("<p>Rebels captured Goma.</p>").replace(
        b"<body>", b'<body style="visibility:hidden">'
    )
    assert "Rebels captured Goma." in read_html("page.html", words).text


def test_a_page_that_is_all_for_those_without_scripts_is_read() -> None:
    story = f"<p>Rebels captured Goma on Thursday.</p>{FILLER}"
    words = f"<html><body><noscript><article><h1>War</h1>{story}</article></noscript></body></html>"
    assert "Rebels captured Goma" in read_html("page.html", words.encode()).text


def linked(*blocks: object) -> str:
    return "".join(
        f'<script type="application/ld+json">{json.dumps(block)}</script>' for block in blocks
    )


PICTURE = {"@type": "ImageObject", "datePublished": "2023-01-02T20:16Z", "url": "a.jpg"}
FILM = {"@type": "VideoObject", "uploadDate": "2023-02-03T20:16Z", "dateCreated": "2023-02-03"}
NEWS = {"@type": "NewsArticle", "headline": "A town in the war"}


@pytest.mark.parametrize(
    ("head", "body", "day"),
    [
        (
            linked({**NEWS, "image": PICTURE, "datePublished": "2024-05-06T08:00:00Z"}),
            "",
            "2024-05-06",
        ),
        (linked(FILM, {**NEWS, "datePublished": "2024-05-06"}), "", "2024-05-06"),
        (
            linked({"@graph": [PICTURE, {**NEWS, "datePublished": "2024-05-06T23:30:00-05:00"}]}),
            "",
            "2024-05-06",
        ),
        (
            linked({"@type": "WebPage", "mainEntity": {**NEWS, "datePublished": "6 May 2024"}}),
            "",
            "2024-05-06",
        ),
        (  # another article that the page recommends comes first
            linked(
                {"@type": "NewsArticle", "headline": "Cup final", "datePublished": "2023-03-04"},
                {**NEWS, "datePublished": "2024-05-06"},
            ),
            "",
            "2024-05-06",
        ),
        (  # the evening of the publisher is the next day in UTC
            linked({**NEWS, "datePublished": "2024-05-07T02:10:00Z"}),
            '<time class="stamp">Published May 6, 2024, 10:10 p.m.</time>',
            "2024-05-06",
        ),
        (  # a day of another time beside the article is not its day
            linked({**NEWS, "datePublished": "2024-05-07T02:10:00Z"}),
            '<p class="date">See our report of May 1, 2024</p>',
            "2024-05-07",
        ),
        (  # rewritten: it tells of days after its first one
            linked({**NEWS, "datePublished": "2024-05-01", "dateModified": "2024-05-06T09:00:00Z"}),
            "<p>On 5 May 2024 rebels entered Goma.</p>",
            "2024-05-06",
        ),
        (  # changed later, but it tells of nothing later
            linked({**NEWS, "datePublished": "2024-05-01", "dateModified": "2024-05-06T09:00:00Z"}),
            "<p>On 30 April 2024 rebels entered Goma.</p>",
            "2024-05-01",
        ),
        (linked({**NEWS, "image": PICTURE}), "", None),
        (
            '<script type="application/ld+json">{"@type": "NewsArticle", "datePubl</script>',
            "",
            None,
        ),
        (linked({**NEWS, "datePublished": "2024-13-40"}), "", None),
    ],
)
def test_the_day_is_that_of_the_article(head: str, body: str, day: str | None) -> None:
    draft = read_html("page.html", page(f"{body}<p>Rebels entered Goma on Monday.</p>", head))
    assert draft.published_on == day


def test_the_name_of_the_site_is_no_part_of_the_title() -> None:
    head = (
        '<meta property="og:site_name" content="The Daily Report">'
        '<meta property="og:title" content="Rebels take Goma - army flees | The Daily Report">'
    )
    draft = read_html("page.html", page("<p>Rebels entered Goma on Monday.</p>", head))
    assert (draft.title, draft.source) == ("Rebels take Goma - army flees", "The Daily Report")
    other = head.replace('The Daily Report"><meta', 'Another"><meta')
    draft = read_html("page.html", page("<p>Rebels entered Goma on Monday.</p>", other))
    assert draft.title == "Rebels take Goma - army flees | The Daily Report"


def test_a_page_of_hostile_marks_ends() -> None:
    deep = "<del>" * 200 + "Rebels captured Goma." + "</del>" * 200
    nested = '{"@graph":' * 3000 + "1" + "}" * 3000
    head = f'<style>{"@media{" * 3000}</style><script type="application/ld+json">{nested}</script>'
    draft = read_html("page.html", page(f"<p>The army held Goma.</p>{deep}", head))
    assert "captured" not in draft.text


def test_days_of_an_article_reach_the_map() -> None:
    draft = read_html(
        "page.html",
        page(
            "<p>Rebels captured Goma on Monday.</p>",
            linked({**NEWS, "image": PICTURE, "datePublished": "2024-05-08T08:00:00Z"}),
        ),
    )
    made = extract(draft.text, "CD", published_on=date.fromisoformat(str(draft.published_on)))
    [claim] = [c for c in made.claims if c.kind is Kind.CONTROL_CHANGE]
    assert claim.date is not None
    assert claim.date.start == date(2024, 5, 6)
    assert isinstance(made.articles[0], Article)


def test_a_short_page_keeps_its_paragraphs_apart_from_captions() -> None:
    """Of so little text the extractor makes one line, which would be left out as a credit."""
    words = (
        "<html><head><title>Djibo</title></head><body><main><article><h1>Djibo</h1>"
        "<p>JNIM fighters captured Djibo on Thursday.</p>"
        "<figure><img src=a.jpg><figcaption>A street. Photo: AFP"
        "</figcaption></figure><p>Residents said that shops stayed closed through the day.</p>"
        "</article></main><footer>Imprint and other words of the site</footer></body></html>"
    )
    assert read_html("page.html", words.encode()).text.split("\n") == [
        "JNIM fighters captured Djibo on Thursday.",
        "Residents said that shops stayed closed through the day.",
    ]
