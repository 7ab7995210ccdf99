"""Fields, texts and tables without end are told or left early: the steps are counted, no clock."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from mapgen.core import clean_text
from mapgen.core.charsets import likely_text
from mapgen.core.clean_text import clean, plain
from mapgen.errors import InputError
from mapgen.reading import feed_bytes, passages, read_feeds
from mapgen.reading.articles import read
from mapgen.reading.feed_bytes import MAX_ITEMS, MOST_MARKS
from mapgen.reading.key_figures import figures_in_boxes
from mapgen.reading.passages import paragraphs, reading_text
from mapgen.reading.read_feeds import day_stated, read_feed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_HEAD = '<rss version="2.0"><channel><title>Valley Post</title>'


def _feed(*items: str, head: str = _HEAD) -> bytes:
    listed = "".join(f"<item><title>{words}</title></item>" for words in items)
    return f"{head}{listed}</channel></rss>".encode()


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make a feed with many marks smaller, so that the tests take less time."""
    monkeypatch.setattr(feed_bytes, "FEW_MARKS", MOST_MARKS)


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize("mark", ["<a>", "&", "<", "&#8195;", "<x y='z'/>", "&lt;", "<![CDATA["])
def test_an_item_of_100_000_tags_is_refused_and_the_others_are_read(mark: str) -> None:
    data = _feed("Goma fell.", f"<![CDATA[Sake{mark * 100_000}]]>", "Bunia held out.")
    first, second, third = read_feed("a.xml", data)
    assert not isinstance(first, InputError)
    assert not isinstance(third, InputError)
    assert (first.text, third.text) == ("Goma fell.", "Bunia held out.")
    assert "a.xml item 2: has more than 50,000 tags and references" in str(second)


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize("field", ["link", "guid", "pubDate", "description", "x"])
def test_such_an_item_is_refused_whatever_field_it_is_in(field: str) -> None:
    endless = f"</title><{field}>{'&' * (MOST_MARKS + 1)}</{field}><title>"
    [refusal] = read_feed("a.xml", _feed(f"Goma fell.{endless}"))
    assert "item 1: has more than 50,000 tags" in str(refusal)


def test_of_a_feed_with_many_marks_the_long_items_are_refused_and_of_another_none() -> None:
    long = f"Sake fell.</title><description>{'&amp;' * 90_000}</description><title>"
    drafts = read_feed("a.xml", _feed("Goma fell.", *[long] * 5))
    assert [isinstance(draft, InputError) for draft in drafts] == [False, *[True] * 5]
    drafts = read_feed("a.xml", _feed("Goma fell.", *[long] * 4))
    assert not any(isinstance(draft, InputError) for draft in drafts)


@pytest.mark.usefixtures("few")
def test_an_item_of_some_thousand_tags_is_read_whole() -> None:
    body = "<p>Rebels captured Goma.</p>" * 10_000 + "<p>Bunia fell.</p>"
    [draft] = read_feed(
        "a.xml", _feed(f"x</title><description><![CDATA[{body}]]></description><title>")
    )
    assert not isinstance(draft, InputError)
    assert draft.text.count("Goma") == 10_000
    assert draft.text.endswith("Bunia fell.")


@pytest.mark.usefixtures("few")
def test_many_items_with_some_tags_each_are_read() -> None:
    data = _feed(*[f"Town {n} fell.{'</title><x></x><title>' * 9}" for n in range(3_000)])
    assert data.count(b"<") > MOST_MARKS
    drafts = read_feed("a.xml", data)
    assert len(drafts) == 3_000
    assert not any(isinstance(draft, InputError) for draft in drafts)


@pytest.mark.usefixtures("few")
def test_endless_tags_outside_the_items_are_told() -> None:
    with pytest.raises(InputError, match=r"has more than 50,000 tags and .* outside items"):
        read_feed("a.xml", _feed("Goma fell.", head=_HEAD + "<a>" * 60_000))


@pytest.mark.usefixtures("few")
def test_the_parser_is_given_no_more_items_than_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    parsed, given = read_feeds._parsed, []

    def counted(data: bytes) -> Any:
        given.append(data.count(b"<item>"))
        return parsed(data)

    monkeypatch.setattr(read_feeds, "_parsed", counted)
    drafts = read_feed("a.xml", _feed(*["Goma fell."] * (MAX_ITEMS + 500)))
    assert given == [MAX_ITEMS + 1]
    assert len(drafts) == MAX_ITEMS + 1
    assert "has more than 20,000 items; the others were not read" in str(drafts[-1])


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # the parser's own, for "updated"
def test_nobody_looks_for_a_day_in_a_stamp_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    from feedparser import datetimes

    seen: list[int] = []
    read_feeds._parser()
    handlers = [*datetimes._date_handlers, lambda stamp: seen.append(len(stamp))]
    monkeypatch.setattr(datetimes, "_date_handlers", handlers)
    days = ["Thu, 05 Dec 2024 23:30:00 -0500", "soon", "Thu, " * 60_000, "2024-" * 60_000]
    items = [f"Goma fell.</title><pubDate>{day}</pubDate><title>" for day in days]
    drafts = read_feed("a.xml", _feed(*items))
    told = [None if isinstance(d, InputError) else str(d.published_on) for d in drafts]
    assert told == ["2024-12-05", "None", "None", "None"]
    assert seen == [len("soon")]
    assert day_stated("Thu, 05 Dec 2024 23:30:00 -0500" + " " * 2_000) is None


def test_a_text_in_a_column_may_have_a_gap_without_end(tmp_path: Path) -> None:
    rows = tmp_path / "a.jsonl"
    gap = " " * 300_000
    texts = [f"Rebels captured{gap}Goma.", "Rebels captured Sake. Army… [+2531 chars]"]
    rows.write_text("\n".join(json.dumps({"text": text}) for text in texts))
    result = read([rows])
    assert [a.text for a in result.articles] == [texts[0], "Rebels captured Sake."]


@pytest.mark.parametrize(
    "text",
    [
        "Rebels captured Goma.",
        "They have *not* left n o t today, havent they?",
        "G\u200boma fell\u00b2. Not\u0301 so, they n\u0336ot left. Don\u2019t \U0001f4a3",
        "Town[12] fell\x01 and\x7f Сake is nоt held; n0t true",
        "â€œGomaâ€\u009d ne\u0301ver fell(2). Havenâ€™t",
        "a " * 5_000 + "|" * 99,
    ],
)
def test_a_plain_text_is_the_clean_one(text: str) -> None:
    assert plain(text) == clean(text).text


def test_a_plain_text_needs_no_offsets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clean_text, "_replaced", None)  # which makes two numbers for each sign
    assert plain("N o t so: we haven\u200bt left") == "N o t so: we haven't left"


class _Counting:
    """A pattern that says how long the texts are that it is asked to search."""

    def __init__(self, pattern: Any) -> None:
        self.pattern, self.lengths = pattern, list[int]()

    def search(self, text: str, start: int = 0) -> Any:
        self.lengths.append(len(text) - start)
        return self.pattern.search(text, start)


@pytest.mark.parametrize("end", ["\n", "\u2028", "\r\n", " \n"])
def test_the_next_word_behind_many_line_ends_is_looked_for_once(
    monkeypatch: pytest.MonkeyPatch, end: str
) -> None:
    word = _Counting(passages._FIRST_WORD)
    monkeypatch.setattr(passages, "_FIRST_WORD", word)
    text = f"Goma fell{end * 3_000}on Friday.{end}Sake{end * 3_000}"
    joined = reading_text(text, (0,))
    assert len(word.lengths) < 10
    assert joined.split() == ["Goma", "fell", "on", "Friday.", "Sake"]
    assert "\n" not in joined[: joined.index("Sake")]
    parted = reading_text(text, (0, text.index("on Friday")))
    assert parted[: text.index("on Friday")].rstrip(" ").endswith("\n")


def test_a_paragraph_without_end_is_no_credit_and_no_heading(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    credit, inside = _Counting(passages._CREDIT), _Counting(passages._SENTENCE_INSIDE)
    monkeypatch.setattr(passages, "_CREDIT", credit)
    monkeypatch.setattr(passages, "_SENTENCE_INSIDE", inside)
    text = reading_text("Photo by Goma Wire\n" + "Goma " * 100_000 + "\nThe Fall Of Goma", ())
    told = [paragraph.skip for paragraph in paragraphs(text)]
    assert told == ["picture or licence credit", None, "heading"]
    assert max(credit.lengths + inside.lengths) < 400


def _counted(rows: list[list[str]], taken: list[int]) -> Iterator[list[str]]:
    for row in rows:
        taken.append(1)
        yield row


@pytest.mark.parametrize(
    ("rows", "lines"),
    [
        ([["5"], ["people displaced"]], ["5 people displaced"]),
        ([["", ""], ["5", "people"], ["", ""], ["7", "deaths"]], ["5 people", "7 deaths"]),
        ([["5 people", "6 deaths"] * 3], ["5 people", "6 deaths"] * 3),
        ([["5"], ["people displaced"], ["Goma"]], None),
    ],
)
def test_boxes_are_told_from_rows_taken_one_by_one(
    rows: list[list[str]], lines: list[str] | None
) -> None:
    assert figures_in_boxes(iter(rows)) == lines


def test_a_table_that_is_no_table_of_boxes_is_left_at_its_head() -> None:
    taken: list[int] = []
    assert figures_in_boxes(_counted([["Town", "IDPs"]] + [["Goma", "5"]] * 5_000, taken)) is None
    assert len(taken) < 5
    wide = [["5 people", "6 people"] * 40_000]  # took time by the square of its cells
    assert figures_in_boxes(wide) == ["5 people", "6 people"] * 40_000


def test_a_damaged_byte_makes_no_other_charset_of_many_signs() -> None:
    text = "Goma – Sake — “fell”"
    assert likely_text(text.encode() + b"\xff", "utf-8") == (text + "\ufffd", 1)
    assert likely_text(b"Goma \x96 Sake", "utf-8") == ("Goma – Sake", 0)


@pytest.mark.parametrize(
    ("signs", "kept"),
    [("]]>" * 17, 0), ("_=" * 25, 0), ("]" * 49, 49), ("] " * 60, 60), ("]" * 49 + " ]", 50)],
)
def test_signs_without_end_are_spaces(signs: str, kept: int) -> None:
    text = f"Goma {signs} fell, {'_' * 60}x{'?' * 50}\nSake{signs}"
    seen = reading_text(text, ())
    assert len(seen) == len(text)
    assert seen.count("]") == (2 * kept if "]" in signs else 0)
    assert seen.split()[0] == "Goma"
    assert "?" not in seen
    assert "_" not in seen


def test_the_declaration_is_looked_for_by_its_first_sign() -> None:
    # "\s*" before it would be tried at each of the line ends of an endless empty run
    assert feed_bytes._DECLARATION.pattern.startswith("<")


def test_a_feed_may_begin_with_an_endless_empty_run() -> None:
    # the parser would try each line end as the beginning of a doctype
    item = "<item><title>Bara fell</title><description>Rebels took Bara.</description></item>"
    feed = f'<?xml version="1.0"?>\n<rss><channel>{item}</channel></rss>'.replace(
        "\n", "\n" * 9_000
    )
    assert not feed_bytes.in_utf8("f.xml", feed.encode())[0].count(b"\n\n")
