"""Feeds that were saved as files: each item is an article with its title, day, link and outlet."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import pytest

from mapgen.errors import InputError
from mapgen.reading.articles import read
from mapgen.reading.guarded import read_many_guarded
from mapgen.reading.read_feeds import day_stated, without_outlet

if TYPE_CHECKING:
    from pathlib import Path

# As WordPress writes it
RSS = """<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"
  xmlns:content="http://purl.org/rss/1.0/modules/content/"
  xmlns:dc="http://purl.org/dc/elements/1.1/"
  xmlns:atom="http://www.w3.org/2005/Atom">
<channel>
  <title>Valley Post</title>
  <atom:link href="https://valley.example/feed/" rel="self" type="application/rss+xml" />
  <link>https://valley.example</link>
  <lastBuildDate>Sat, 07 Dec 2024 09:00:00 +0000</lastBuildDate>
  <item>
    <title>Rebels &amp; army fight for Goma</title>
    <link>https://valley.example/goma</link>
    <dc:creator><![CDATA[A. Writer]]></dc:creator>
    <pubDate>Thu, 05 Dec 2024 23:30:00 -0500</pubDate>
    <guid isPermaLink="false">https://valley.example/?p=1</guid>
    <description><![CDATA[<p>Rebels captured Goma [&hellip;]</p>
<p>The post <a href="x">Rebels</a> appeared first on
<a href="y">Valley Post</a>.</p>]]></description>
    <content:encoded><![CDATA[<p>Rebels captured <del>Bukavu</del> Goma on Thursday.</p>
<p style="display:none">Rebels captured Kigali.</p><p>Thousands fled<sup>1</sup> to Sake.</p>
<script>alert(1)</script>
<p>The post <a href="x">Rebels</a> appeared first on
<a href="y">Valley Post</a>.</p>]]></content:encoded>
  </item>
  <item>
    <title>Army retakes Sake - Reuters</title>
    <link>https://news.example/2</link>
    <pubDate>Fri, 06 Dec 2024 08:00:00 GMT</pubDate>
    <source url="https://reuters.example">Reuters</source>
    <description>The army retook Sake on Friday.</description>
  </item>
  <item><title>No more than a headline</title><pubDate>soon</pubDate></item>
</channel></rss>"""

ATOM = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">
  <title>Hill Wire</title><id>urn:x</id><updated>2024-12-07T10:00:00Z</updated>
  <entry>
    <title type="html">Town &lt;b&gt;falls&lt;/b&gt;</title><id>urn:1</id>
    <link rel="alternate" href="https://hill.example/1"/>
    <published>2024-12-04T22:15:00+02:00</published><updated>2024-12-07T10:00:00Z</updated>
    <summary>Cut short.</summary>
    <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Rebels captured Lashio.</p>
      <ul><li>Hundreds fled.</li></ul></div></content>
  </entry>
</feed>"""

RDF = """<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="https://old.example"><title>Old Wire</title></channel>
<item rdf:about="https://old.example/1"><title>Town falls</title><link>https://old.example/1</link>
<description>Rebels captured Taiz.</description><dc:date>2015-04-03T10:00:00+03:00</dc:date></item>
</rdf:RDF>"""

JSON_FEED = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "Lake Report",
    "language": "en",
    "items": [
        {
            "id": "1",
            "url": "https://lake.example/1",
            "title": "Town falls",
            "content_html": "<p>Rebels captured Uvira.</p><p>They left Fizi.</p>",
            "date_published": "2025-02-14T21:00:00-07:00",
            "date_modified": "2025-02-16T00:00:00Z",
        },
        {"id": "2", "content_text": "Fewer than <5 families & a dog fled from Uvira."},
        {"id": "3", "title": "x" * 3000, "content_text": "Too long a headline."},
        "no item",
    ],
}


def drafts(tmp_path: Path, name: str, words: str | bytes):
    path = tmp_path / name
    path.write_bytes(words if isinstance(words, bytes) else words.encode())
    return read([path])


def test_rss_as_a_blog_writes_it(tmp_path: Path) -> None:
    result = drafts(tmp_path, "valley.xml", RSS)
    assert result.refused == ()
    first, second, third = result.articles
    assert first.title == "Rebels & army fight for Goma"
    assert first.text == "Rebels captured Goma on Thursday.\n\nThousands fled¹ to Sake."
    assert (first.source, first.url) == ("Valley Post", "https://valley.example/goma")
    assert first.published_on == date(2024, 12, 5)  # where it was published, not in UTC
    assert (second.title, second.source) == ("Army retakes Sake", "Reuters")
    assert (second.text, second.published_on) == (
        "The army retook Sake on Friday.",
        date(2024, 12, 6),
    )
    assert (third.text, third.published_on) == ("No more than a headline", None)
    later = RSS.replace("<item>", "<item><title>New</title></item><item>", 1)
    moved_on = drafts(tmp_path, "valley.xml", later)
    assert {a.id for a in moved_on.articles} > {first.id, second.id}
    assert first.id.startswith("valley-")
    assert third.id == "valley-3"  # it has neither link nor id


def test_atom_and_the_first_rss(tmp_path: Path) -> None:
    [entry] = drafts(tmp_path, "hill.atom", ATOM).articles
    assert (entry.title, entry.text) == ("Town falls", "Rebels captured Lashio.\n\nHundreds fled.")
    assert (entry.source, entry.url) == ("Hill Wire", "https://hill.example/1")
    assert entry.published_on == date(2024, 12, 4)
    [item] = drafts(tmp_path, "old.rss", RDF).articles
    assert (item.title, item.text, item.source) == (
        "Town falls",
        "Rebels captured Taiz.",
        "Old Wire",
    )
    assert item.published_on == date(2015, 4, 3)


def test_json_feed(tmp_path: Path) -> None:
    result = drafts(tmp_path, "lake.json", json.dumps(JSON_FEED, indent=2))
    first, second = result.articles
    assert (first.title, first.text) == ("Town falls", "Rebels captured Uvira.\n\nThey left Fizi.")
    assert (first.source, first.url) == ("Lake Report", "https://lake.example/1")
    assert (first.published_on, first.language) == (date(2025, 2, 14), "en")
    assert second.text == "Fewer than <5 families & a dog fled from Uvira."
    assert (second.title, second.published_on) == (None, None)
    assert [str(err) for err in result.refused] == [
        f"{tmp_path / 'lake.json'} item 3: has a title of more than 2,000 characters. Cut it.",
        f"{tmp_path / 'lake.json'} item 4: is not a JSON object. Save the feed again.",
    ]


def test_feeds_in_other_encodings_and_damaged_ones(tmp_path: Path) -> None:
    latin = RSS.replace("UTF-8", "ISO-8859-1").replace("Goma on", "Ménaka on").encode("latin-1")
    assert "captured Ménaka on" in drafts(tmp_path, "a.xml", latin).articles[0].text
    broken = RSS.replace("</channel></rss>", "").replace("&amp; army", "& army")
    result = drafts(tmp_path, "b.xml", broken)
    assert [a.title for a in result.articles][:2] == [
        "Rebels & army fight for Goma",
        "Army retakes Sake",
    ]
    assert any("damaged" in note for note in result.notes)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("<?xml version='1.0'?><urlset><url/></urlset>", "of a kind that mapgen does not read"),
        ("<rss version='2.0'><channel><title>x</title></channel></rss>", "has no items in it"),
    ],
)
def test_what_is_no_feed_is_refused(tmp_path: Path, words: str, why: str) -> None:
    result = drafts(tmp_path, "x.xml", words)
    assert why in str(result.refused[0])


def test_hostile_feeds(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("TOP SECRET", "utf-8")
    bomb = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(12))
    head = f'<!DOCTYPE rss [<!ENTITY l0 "lol"><!ENTITY f SYSTEM "file://{secret}">{bomb}]>'
    item = "<item><title>A</title><description>Rebels took Goma. &l12; &f;</description></item>"
    words = f'<?xml version="1.0"?>{head}<rss version="2.0"><channel>{item}</channel></rss>'
    result = drafts(tmp_path, "x.xml", words)
    texts = [a.text for a in result.articles]
    assert all(len(text) < 500 and "SECRET" not in text and "lollol" not in text for text in texts)
    deep = drafts(tmp_path, "y.xml", f"<rss version='2.0'>{'<item>' * 20_000}")
    assert deep.articles == ()
    nested = '{"version": "https://jsonfeed.org/version/1", "items": ' + "[" * 100_000
    assert "JSON" in str(drafts(tmp_path, "z.json", nested).refused[0])


def test_the_name_of_a_file_is_never_taken_for_an_address(tmp_path: Path) -> None:
    result = drafts(tmp_path, "x.xml", "http://127.0.0.1:9/<rss >")
    assert result.articles == ()
    assert "has no items in it" in str(result.refused[0])


@pytest.mark.parametrize(
    ("stamp", "day"),
    [
        ("Thu, 05 Dec 2024 23:30:00 -0500", date(2024, 12, 5)),
        ("05 Dec 24 01:00 GMT", date(2024, 12, 5)),
        ("2024-12-05T23:59:59.000Z", date(2024, 12, 5)),
        ("2024-12-05", date(2024, 12, 5)),
        ("December 5, 2024", date(2024, 12, 5)),
        ("04/12/2024", None),  # can be read in two ways
        ("Thu, 45 Dec 2024 23:30:00 -0500", None),
        ("soon", None),
        (20241205, None),
        (None, None),
    ],
)
def test_days_as_feeds_write_them(stamp: object, day: date | None) -> None:
    assert day_stated(stamp) == day


def test_headlines_lose_the_outlet_only() -> None:
    assert without_outlet("Town falls - The Post", "the post") == "Town falls"
    assert without_outlet("Deir-ez-Zor - town falls", "The Post") == "Deir-ez-Zor - town falls"
    assert without_outlet("The Post", "The Post") == "The Post"
    assert without_outlet(None, "The Post") is None


def _feed_of(folder: Path, body: str, charset: str = "utf-8", declared: str = "") -> Path:
    """Write a feed with one item, in a charset."""
    file = folder / "wire.xml"
    items = f"<item><title>Goma falls</title><description>{body}</description></item>"
    head = f'<?xml version="1.0" encoding="{declared or charset}"?>'
    text = f'{head}<rss version="2.0"><channel><title>Wire</title>{items}</channel></rss>'
    file.write_bytes(text.encode(charset))
    return file


@pytest.mark.parametrize("charset", ["utf-16", "utf-32", "iso-8859-1"])
def test_a_feed_is_read_in_the_charset_that_it_states(tmp_path: Path, charset: str) -> None:
    result = read([_feed_of(tmp_path, "Rebels captured Ménaka on Thursday.", charset)])
    assert result.refused == ()
    [article] = result.articles
    assert article.text == "Rebels captured Ménaka on Thursday."


@pytest.mark.parametrize("charset", ["punycode", "undefined", "unicode_escape"])
def test_a_feed_in_a_charset_in_which_nobody_writes_is_refused(
    tmp_path: Path, charset: str
) -> None:
    result = read([_feed_of(tmp_path, "Rebels captured Goma-" * 9_000, declared=charset)])
    assert result.articles == ()
    assert f"a charset in which no text is written ({charset})" in str(result.refused[0])


@pytest.mark.parametrize(
    ("end", "kept"),
    [
        ("&lt;br&gt;&#8195;" * 30_000 + "More.", "More."),
        ("&#8195;" * 300_000 + "More.", "More."),
        (" Read more . . ." * 30_000, "Read more . . ."),
        ("&lt;p&gt;Read the full story at Wire", "Rebels captured Goma."),
        (" [&amp;hellip;]", "Rebels captured Goma. …"),
    ],
    ids=["breaks", "blanks", "marks", "footer", "cut"],
)
def test_the_end_of_an_item_is_found_however_long_it_is(
    tmp_path: Path, end: str, kept: str
) -> None:
    result = read([_feed_of(tmp_path, f"Rebels captured Goma.{end}")])
    assert result.refused == ()
    [article] = result.articles
    assert article.text.startswith("Rebels captured Goma.")
    assert article.text.endswith(kept)


_THREE = ("Rebels captured Goma.", "The army took Sake{} on Friday.", "Rebels left Bunia.")


def _three(field: str, bad: str, head: str = '<?xml version="1.0" encoding="UTF-8"?>') -> str:
    """Return a feed of three items, with something bad in a field of the second one."""
    items = []
    for n, words in enumerate(_THREE):
        fields = {
            "title": f"News {n}",
            "guid": f"g{n}",
            "pubDate": "Thu, 05 Dec 2024 23:30:00 -0500",
        }
        fields["description"] = words.format("")
        if n == 1:
            fields[field] = (words if field == "description" else fields[field] + "{}").format(bad)
        items.append("".join(f"<{key}>{value}</{key}>" for key, value in fields.items()))
    joined = "".join(f"<item>{item}</item>" for item in items)
    return f'{head}<rss version="2.0"><channel><title>Wire</title>{joined}</channel></rss>'


@pytest.mark.parametrize("field", ["title", "guid", "pubDate", "description"])
@pytest.mark.parametrize(
    "bad",
    [
        "&#x110000;",
        "&#1114112;",
        "&#xD800;",
        "&#0;",
        "&#x1;",
        "&#xFFFE;",
        f"&#{'9' * 5000};",
        f"&#x{'f' * 5000};",
        "\0",
        "\x01",
        "\ufffe",
        "&#x110000",
    ],
    ids=lambda bad: ascii(bad)[:20],
)
def test_a_sign_that_is_none_costs_no_other_item(tmp_path: Path, field: str, bad: str) -> None:
    result = drafts(tmp_path, "a.xml", _three(field, bad))
    assert result.refused == ()
    texts = [article.text for article in result.articles]
    assert (texts[0], texts[2]) == (_THREE[0], _THREE[2])
    assert texts[1].replace("\ufffd", "") == "The army took Sake on Friday."
    [note] = result.notes
    assert "a sign that is none was left out or became" in note


@pytest.mark.parametrize("charset", ["utf-16", "utf-16-le", "utf-32-be", "utf-8-sig"])
def test_a_bad_reference_in_any_charset(tmp_path: Path, charset: str) -> None:
    words = _three("description", "&#x110000;", f'<?xml version="1.0" encoding="{charset}"?>')
    result = drafts(tmp_path, "a.xml", words.encode(charset))
    assert [a.text for a in result.articles][1] == "The army took Sake\ufffd on Friday."


def test_a_control_sign_does_not_part_a_word(tmp_path: Path) -> None:
    words = _three("description", " &amp; has no&#1;t left it&#146;s camp").replace("Sake", "Sake.")
    result = drafts(tmp_path, "a.xml", words)
    assert "has not left it’s camp" in result.articles[1].text


def test_a_damaged_byte_does_not_change_the_charset_of_a_feed(tmp_path: Path) -> None:
    words = _three("description", "@@@").replace("Rebels left", "They haven’t left “M’Bagne” or")
    result = drafts(tmp_path, "a.xml", words.encode().replace(b"@@@", b"\xed\xa0\x80"))
    assert result.articles[2].text == "They haven’t left “M’Bagne” or Bunia."
    assert result.articles[1].text.startswith("The army took Sake\ufffd")
    assert "3 signs that are none were left out or became" in result.notes[0]
    latin = drafts(tmp_path, "b.xml", words.replace("’", "'").replace("“", "").replace("”", "")
                   .encode().replace(b"@@@", b", a caf\xe9,"))  # fmt: skip
    assert latin.articles[1].text == "The army took Sake, a café, on Friday."


@pytest.mark.parametrize(
    "bad",
    ["<gml:pos>1 2</gml:pos>", "<width a='1'><x@</width>", "<cc:license a='1'><x@</cc:license>"],
)
def test_an_item_at_which_the_parser_fails_costs_no_other(tmp_path: Path, bad: str) -> None:
    spaces = ' xmlns:gml="http://www.opengis.net/gml"' + (
        ' xmlns:cc="http://backend.userland.com/creativeCommonsRssModule"'
    )
    words = _three("title", "").replace("<title>News 1", f"{bad}<title>News 1")
    many = "<item><description>Rebels left Taiz.</description></item>" * 40
    words = words.replace("<rss ", f"<rss{spaces} ").replace("</channel>", f"{many}</channel>")
    result = drafts(tmp_path, "a.xml", words)
    assert [a.text for a in result.articles] == [_THREE[0], _THREE[2], *["Rebels left Taiz."] * 40]
    [refusal] = result.refused
    assert "a.xml item 2: cannot be read (" in str(refusal)


def test_very_many_bad_items_are_refused_together() -> None:
    bad = "<item><title>x</title><gml:pos>1 2</gml:pos></item>" * 3_000
    words = _three("title", "").replace("<rss ", '<rss xmlns:gml="http://www.opengis.net/gml" ')
    data = words.replace("</channel>", f"{bad}</channel>").encode()
    read = read_many_guarded("feed", "a.xml", data)
    refused = [str(one) for one in read if isinstance(one, InputError)]
    articles = [one.text for one in read if not isinstance(one, InputError)]
    assert articles == [words.format("") for words in _THREE]
    assert 100 <= len(refused) < 130
    assert "item 4: cannot be read (" in refused[0]
    assert "to 3,003: cannot be read (" in refused[-1]


def test_half_a_sign_does_not_cut_a_text_off(tmp_path: Path) -> None:
    html = "<p>The army took Sake\\ud800, it was feared.</p>"
    items = f'{{"content_html": "{html}"}}, {{"content_text": "Hama fell."}}'
    feed = f'{{"version": "https://jsonfeed.org/version/1.1", "items": [{items}]}}'
    result = drafts(tmp_path, "a.json", feed)
    assert [a.text for a in result.articles] == ["Hama fell."]
    assert "half a character" in str(result.refused[0])
    [refusal] = drafts(tmp_path, "b.jsonl", f'{{"text": "{html}"}}').refused
    assert "half a character" in str(refusal)
