"""Exports of Telegram and WhatsApp: each message is an article with its sender, day and time."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from mapgen.core.chosen_columns import parse_columns
from mapgen.model import Kind
from mapgen.reading.articles import read
from tests.unit.coding_kit import extract

if TYPE_CHECKING:
    from pathlib import Path


def message(number: int, at: str, text: object, **other: object) -> dict[str, Any]:
    """Return a message as Telegram Desktop writes it."""
    return {
        "id": number,
        "type": "message",
        "date": f"2024-12-{at}",
        "date_unixtime": "1733443200",
        "from": "Kivu News",
        "from_id": "channel1234",
        "text": text,
        "text_entities": [],
        **other,
    }


CHANNEL = {
    "name": "Kivu News",
    "type": "public_channel",
    "id": 1234,
    "messages": [
        {"id": 1, "type": "service", "date": "2024-12-01T08:00:00", "action": "create_channel"},
        message(2, "05T23:50:00", "M23 rebels captured Goma on Thursday."),
        message(
            3,
            "06T00:10:00",
            [
                "The army ",
                {"type": "bold", "text": "retook"},
                " Sake. ",
                {"type": "strikethrough", "text": "It holds Goma. "},
                {"type": "link", "text": "https://x.example"},
            ],
            edited="2024-12-06T00:20:00",
        ),
        message(4, "06T00:10:30", "", photo="(File not included.)", width=10, height=10),
        message(5, "06T07:00:00", "Thousands fled from Goma, most of them"),
        message(6, "06T07:00:40", "on foot, to the camps of Bulengo."),
        message(7, "06T07:01:00", "Rebels entered Sake.", forwarded_from="Radio Okapi"),
        message(8, "06T07:30:00", "and this is another day of fighting, read on: (1/2)"),
        message(9, "06T07:31:00", "(2/2) Rebels left Masisi."),
    ],
}


def result_of(tmp_path: Path, name: str, words: str):
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(words, "utf-8")
    return read([path])


def test_a_channel_of_telegram(tmp_path: Path) -> None:
    result = result_of(tmp_path, "result.json", json.dumps(CHANNEL, ensure_ascii=False, indent=1))
    assert result.refused == ()
    told = [(a.id, a.source, a.published_on, a.text) for a in result.articles]
    kivu = "Kivu News"
    assert told == [
        (
            "result-message2-2024-12-05T23.50",
            kivu,
            date(2024, 12, 5),
            "M23 rebels captured Goma on Thursday.",
        ),
        (
            "result-message3-2024-12-06T00.10",
            kivu,
            date(2024, 12, 6),
            "The army retook Sake. https://x.example",
        ),
        (
            "result-message5-2024-12-06T07.00",
            kivu,
            date(2024, 12, 6),
            "Thousands fled from Goma, most of them on foot, to the camps of Bulengo.",
        ),
        (
            "result-message7-2024-12-06T07.01",
            "Radio Okapi",
            date(2024, 12, 6),
            "Rebels entered Sake.",
        ),
        (
            "result-message8-2024-12-06T07.30",
            kivu,
            date(2024, 12, 6),
            "and this is another day of fighting, read on:\n\nRebels left Masisi.",
        ),
    ]
    assert [note.partition("): ")[2] for note in result.notes] == [
        "passed over a message without words (pictures, films, deleted)"
    ]


def test_a_joined_message_is_read_as_one_sentence(tmp_path: Path) -> None:
    result = result_of(tmp_path, "result.json", json.dumps(CHANNEL))
    [joined] = [a for a in result.articles if "Bulengo" in a.text]
    fled = [c for c in extract(joined.text, "CD").claims if c.kind is Kind.DISPLACEMENT]
    assert [p.surface for c in fled for p in c.places][:1] == ["Goma"]


def test_an_account_of_telegram_with_a_group(tmp_path: Path) -> None:
    group = {
        "name": "Kivu watchers",
        "type": "private_supergroup",
        "id": 5,
        "messages": [
            message(1, "05T08:00:00", "Rebels captured Goma.", **{"from": "Anna"}),
            message(2, "05T08:00:20", "the army says no.", **{"from": "+243 991 234 567"}),
            message(3, "05T08:01:00", "Rebels left Sake.", **{"from": None}),
        ],
    }
    account = {"about": "Here is the data you requested.", "chats": {"about": "x", "list": [group]}}
    result = result_of(tmp_path, "result.json", json.dumps(account))
    assert [(a.source, a.text) for a in result.articles] == [
        ("Anna", "Rebels captured Goma."),
        ("a number ending in 567", "the army says no."),
        ("Kivu watchers", "Rebels left Sake."),
    ]


PAGE = """<!DOCTYPE html>
<html>
 <head><meta charset="utf-8"/><title>Exported Data</title>
  <link href="css/style.css" rel="stylesheet"/><script src="js/script.js"></script></head>
 <body onload="CheckLocation();">
  <div class="page_wrap">
   <div class="page_header"><div class="content"><div class="text bold">Kivu News </div></div>
   </div>
   <div class="page_body chat_page"><div class="history">
    <div class="message service" id="message-1">
     <div class="body details">5 December 2024</div></div>
    <div class="message default clearfix" id="message2">
     <div class="pull_left userpic_wrap"></div>
     <div class="body">
      <div class="pull_right date details" title="05.12.2024 23:50:00 UTC+02:00">23:50</div>
      <div class="from_name">Kivu News </div>
      <div class="text">M23 rebels captured <strong>Goma</strong>.<br>They hold it.</div>
     </div></div>
    <div class="message default clearfix joined" id="message3"><div class="body">
      <div class="pull_right date details" title="06.12.2024 00:10:00 UTC+02:00">00:10</div>
      <div class="forwarded body">
       <div class="from_name">Radio Okapi <span class="date details"
        title="05.12.2024 20:00:00"> 05.12.2024 20:00:00</span></div>
       <div class="text">Rebels entered Sake.</div></div></div></div>
    <div class="message default clearfix joined" id="message4"><div class="body">
      <div class="pull_right date details" title="06.12.2024 00:11:00 UTC+02:00">00:11</div>
      <div class="media_wrap"></div></div></div>
   </div></div></div></body></html>"""


def test_a_page_of_telegram(tmp_path: Path) -> None:
    result = result_of(tmp_path, "messages.html", PAGE)
    assert [(a.id, a.source, a.published_on, a.text) for a in result.articles] == [
        (
            "messages-message2-2024-12-05T23.50",
            "Kivu News",
            date(2024, 12, 5),
            "M23 rebels captured Goma.\n\nThey hold it.",
        ),
        (
            "messages-message3-2024-12-06T00.10",
            "Radio Okapi",
            date(2024, 12, 6),
            "Rebels entered Sake.",
        ),
    ]


def test_a_message_of_telegram_inside_another_is_read_once(tmp_path: Path) -> None:
    """In a damaged page, later messages lie inside the one that is not closed."""
    open_one = PAGE.replace("They hold it.</div>\n     </div></div>", "They hold it.</div>")
    assert open_one != PAGE
    result = result_of(tmp_path, "messages.html", open_one)
    assert [(a.source, a.text) for a in result.articles] == [
        ("Kivu News", "M23 rebels captured Goma.\n\nThey hold it."),
        ("Radio Okapi", "Rebels entered Sake."),
    ]


ANDROID = """12/5/24, 11:50\u202fPM - Messages and calls are end-to-end encrypted. Read more.
12/5/24, 11:51\u202fPM - Anna created group "Kivu: news"
12/5/24, 11:52\u202fPM - Anna: M23 rebels captured Goma on Thursday.
Thousands fled to Sake.
12/5/24, 11:53\u202fPM - Anna: <Media omitted>
12/6/24, 7:00\u202fAM - +243 991 234 567: The army retook Sake. <This message was edited>
12/6/24, 7:00\u202fAM - +243 991 234 567: IMG-1.jpg (file attached)
A street in Sake
12/6/24, 7:05\u202fAM - Ben left
12/13/24, 7:05\u202fAM - Ben: This message was deleted
"""

IPHONE = """[05.12.24, 23:50:00] Kivu: \u200eMessages and calls are end-to-end encrypted.
\u200e[05.12.24, 23:51:09] Kivu: \u200eAnna added Ben
[05.12.24, 23:52:10] Anna: M23 rebels captured Goma: the army left.
\u200e[05.12.24, 23:53:10] Anna: \u200eimage omitted
\u200e[06.12.24, 07:00:00] ~ Ben: The army retook
[06.12.24, 07:00:30] ~ Ben: the town of Sake.
"""


def test_whatsapp_on_android(tmp_path: Path) -> None:
    result = result_of(tmp_path, "WhatsApp Chat with Kivu.txt", ANDROID)
    stem = "WhatsApp Chat with Kivu"
    number = "a number ending in 567"
    assert [(a.id, a.source, a.published_on, a.text.strip()) for a in result.articles] == [
        (
            f"{stem}-2024-12-05T23.52",
            "Anna",
            date(2024, 12, 5),
            "M23 rebels captured Goma on Thursday.\nThousands fled to Sake.",
        ),
        (f"{stem}-2024-12-06T07.00", number, date(2024, 12, 6), "The army retook Sake."),
        (f"{stem}-2024-12-06T07.00-2", number, date(2024, 12, 6), "A street in Sake"),
    ]
    assert any("passed over 2 messages without words" in note for note in result.notes)


def test_whatsapp_on_an_iphone(tmp_path: Path) -> None:
    result = result_of(tmp_path, "_chat.txt", IPHONE)
    assert [(a.source, a.published_on, a.text) for a in result.articles] == [
        ("Anna", date(2024, 12, 5), "M23 rebels captured Goma: the army left."),
        ("Ben", date(2024, 12, 6), "The army retook the town of Sake."),
    ]


@pytest.mark.parametrize(
    ("days", "read_as"),
    [
        (("05/12/2024", "13/12/2024"), ["2024-12-05", "2024-12-13"]),
        (("12/05/2024", "12/13/2024"), ["2024-12-05", "2024-12-13"]),
        (("30/11/2024", "01/12/2024"), ["2024-11-30", "2024-12-01"]),
        # a chat runs forward in time: 3 February, 5 January as days/months goes back
        (("03/02/2024", "04/01/2024"), ["2024-03-02", "2024-04-01"]),
        (("2024-12-05", "2024-12-06"), ["2024-12-05", "2024-12-06"]),
    ],
)
def test_the_order_of_day_and_month_is_told_by_the_file(
    tmp_path: Path, days: tuple[str, str], read_as: list[str]
) -> None:
    words = "".join(f"{day}, 09:15 - Anna: Rebels captured Goma.\n" for day in days)
    result = result_of(tmp_path, "chat.txt", words)
    assert [str(a.published_on) for a in result.articles] == read_as


def test_days_that_can_be_read_in_two_ways_are_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "chat.txt"
    days = ("04/12/2024", "05/12/2024")  # both orders run forward
    path.write_text("".join(f"{day}, 09:15 - Anna: Rebels left.\n" for day in days), "utf-8")
    [err] = read([path]).refused
    assert str(err) == (
        f"{path}: has days that can be read as day/month or month/day (04/12/2024). Say which with "
        "--columns date=day:dmy (day first) or date=day:mdy."
    )
    for order, told in (("dmy", "2024-12-04"), ("mdy", "2024-04-12")):
        articles = read([path], columns=parse_columns(f"date=day:{order}")).articles
        assert str(articles[0].published_on) == told


def test_what_looks_like_a_chat_but_is_none(tmp_path: Path) -> None:
    story = "On 12/5/24, 11:50 - the hour is known - rebels captured Goma."
    [article] = result_of(tmp_path, "a.txt", story).articles
    assert article.text == story
    notices = "12/5/24, 11:50 PM - Anna created group Kivu\n12/5/24, 11:51 PM - Ben left\n"
    assert "no messages with words" in str(result_of(tmp_path, "b.txt", notices).refused[0])
    other = json.dumps({"type": "FeatureCollection", "features": []})
    assert result_of(tmp_path, "c.json", other).articles == ()
    empty = json.dumps({**CHANNEL, "messages": CHANNEL["messages"][:1]})
    assert "no messages with words" in str(result_of(tmp_path, "d.json", empty).refused[0])


def test_hostile_chats_end(tmp_path: Path) -> None:
    odd: list[object] = [None, 5, [], {"type": "message", "text": [None, {"text": 5}, ["x"]]}]
    odd += [message(1, "99T99:99:99", "Rebels captured Goma.", forwarded_from=["x"])]
    result = result_of(tmp_path, "r.json", json.dumps({**CHANNEL, "messages": odd}))
    assert [(a.text, a.published_on) for a in result.articles] == [("Rebels captured Goma.", None)]
    cut = json.dumps(CHANNEL)[:-40]
    assert "is not valid JSON" in str(result_of(tmp_path, "s.json", cut).refused[0])
    line = "12/13/24, 9:15 AM - Anna: " + "x" * 300 + "\n"
    many = result_of(tmp_path, "t.txt", line * 3000)
    assert len({a.id for a in many.articles}) == 300  # ten at a time go on in one another
