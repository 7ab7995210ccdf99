"""Kinds of cases for feeds, mails and chats: files as programs write them, with hostile parts.

`bench/fuzz.py` runs them as it runs other articles.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from fuzz_packed import CHARSETS

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

FEED = """<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Wire</title>
<item><title>Goma falls</title><link>https://wire.example/1</link><guid>1</guid>
<pubDate>Thu, 05 Dec 2024 23:30:00 -0500</pubDate><description>Cut [&hellip;]</description>
<content:encoded><![CDATA[<p>Rebels captured Goma.</p><p hidden>No.</p>]]></content:encoded></item>
<item><title>Sake</title><description>Thousands fled from Sake.</description></item>
</channel></rss>"""
REPEATED = (
    "\u2003", "<br>", "&#8195;", "<p>Read more ", "The post x appeared first on ", "&lt;div&gt;",
    "<a>", "<![CDATA[", "]]>", "&", "&#", "<", "<!--", "\n", "9", "2024-", "Thu, ", " - ",
    "<x y='z'/>",
)  # fmt: skip
MAIL = """From: =?utf-8?Q?D=C3=A9sk?= <desk@wire.example>
Date: Thu, 05 Dec 2024 22:45:00 -0500
Subject: =?UTF-8?B?R29tYQ==?=
List-Id: "Kivu" <kivu.example>
Content-Type: multipart/mixed; boundary="b1"

--b1
Content-Type: multipart/alternative; boundary="b2"

--b2
Content-Type: text/plain; charset=iso-8859-1; format=flowed
Content-Transfer-Encoding: quoted-printable

Rebels captured Goma=20
on Thursday.

> Old words.
---------- Forwarded message ---------
From: Radio <r@kivu.example>
Date: Wed, Dec 4, 2024 at 10:15 AM
Subject: Sake

Rebels captured Sake.
--b2
Content-Type: text/html

<p style="display:none">x</p><p>Rebels captured Goma.</p>
--b2--
--b1
Content-Type: application/pdf; name="a.pdf"
Content-Disposition: attachment

JVBERi0=
--b1--
"""
WHATSAPP = """12/13/24, 11:50 PM - Messages and calls are end-to-end encrypted.
12/13/24, 11:52 PM - Anna: M23 rebels captured Goma on Thursday.
Thousands fled to Sake.
12/14/24, 7:00 AM - +243 991 234 567: The army retook Sake. <This message was edited>
12/14/24, 7:05 AM - Ben left
"""
TELEGRAM_PAGE = """<!DOCTYPE html><html><head><title>Exported Data</title></head>
 <body onload="CheckLocation();"><div class="page_wrap"><div class="page_header">Kivu</div>
 <div class="message default clearfix" id="message2"><div class="body">
 <div class="pull_right date details" title="05.12.2024 23:50:00 UTC+02:00">23:50</div>
 <div class="from_name">Kivu News</div><div class="text">Rebels captured Goma.</div></div></div>
 <div class="message default clearfix joined" id="message3"><div class="forwarded body">
 <div class="from_name">Radio 05.12.2024 20:00:00</div><div class="text">Rebels left.</div></div>
 </div></div></body></html>"""


def _torn(draw: Random, words: str, nasty: tuple[str, ...]) -> bytes:
    """Return a file with some of its parts cut, repeated, swapped or replaced."""
    for _ in range(draw.randrange(1, 6)):
        a, b = sorted((draw.randrange(len(words) + 1), draw.randrange(len(words) + 1)))
        b = min(b, a + draw.choice((1, 8, 60, 400)))
        piece = draw.choice(("", draw.choice(nasty), words[a:b] * draw.choice((2, 50)), "\x00"))
        words = words[:a] + piece + words[b:]
    return words.encode("utf-8", "surrogatepass")


def attacked_feed(draw: Random, nasty: tuple[str, ...]) -> bytes:
    """Return a feed with hostile entities or a hostile charset, or with a field without end."""
    letters = "".join(f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(9))
    declared = draw.choice(
        (
            "",
            "",
            f'<!DOCTYPE rss [<!ENTITY e0 "ha">{letters}]>',
            f'<!DOCTYPE rss [<!ENTITY e9 "{"a" * draw.choice((10, 100_000))}">]>',
            '<!DOCTYPE rss [<!ENTITY % p SYSTEM "file:///etc/hostname"> %p;]>',
            '<!DOCTYPE rss [<!ENTITY e9 SYSTEM "file:///etc/hostname">]>',
            '<!DOCTYPE rss SYSTEM "http://127.0.0.1:9/a.dtd">',
        )
    )
    usual = {
        "title": "Goma falls",
        "link": "https://wire.example/1",
        "guid": "1",
        "pubDate": "Thu, 05 Dec 2024 23:30:00 -0500",
        "description": "Rebels captured Goma. &e9;",
    }
    piece = draw.choice((*REPEATED, draw.choice(nasty)))
    many = piece * (draw.choice((1, 30, 1_000, 100_000)) // max(1, len(piece) // 20) + 1)
    key = draw.choice(tuple(usual))
    usual[key] = draw.choice((many, f"<![CDATA[Goma{many}x]]>", usual[key] + many))
    fields = "".join(f"<{name}>{words}</{name}>" for name, words in usual.items())
    charset = draw.choice(("utf-8",) * 6 + CHARSETS)
    items = f"<item>{fields}</item>" * draw.choice((1, 1, 1, 50))
    head = f'<?xml version="1.0" encoding="{charset}"?>{declared}'
    text = f'{head}<rss version="2.0"><channel><title>Wire</title>{items}</channel></rss>'
    return text.encode(draw.choice(("utf-8",) * 8 + ("utf-16", "utf-32")), "surrogatepass")


def _telegram(draw: Random, nasty: tuple[str, ...]) -> bytes:
    def value(usual: object) -> object:
        odd: tuple[object, ...] = (None, 5, [], {}, -1, True, draw.choice(nasty), [usual], usual)
        return draw.choice(odd) if draw.random() < 0.2 else usual

    messages: list[Any] = []
    for n in range(draw.randrange(1, 12)):
        pieces = ["Rebels captured ", {"type": "bold", "text": value("Goma")}, value(".")]
        message = {
            "id": value(n),
            "type": value("message"),
            "date": value(f"2024-12-05T10:{n:02}:00"),
            "from": value("Kivu"),
            "text": value(pieces),
            "forwarded_from": value("Radio"),
        }
        messages.append(value({k: v for k, v in message.items() if draw.random() < 0.9}))
    chat = {"name": value("Kivu"), "type": "public_channel", "id": 5, "messages": messages}
    whole = {"about": "x", "chats": {"about": "x", "list": [value(chat)]}}
    text = json.dumps(draw.choice((chat, whole)))
    return text[: draw.randrange(len(text))].encode() if draw.random() < 0.05 else text.encode()


def _json_feed(draw: Random, nasty: tuple[str, ...]) -> bytes:
    def value(usual: object) -> object:
        odd: tuple[object, ...] = (None, 5, [], {}, draw.choice(nasty), [usual])
        return draw.choice(odd) if draw.random() < 0.2 else usual

    items = [
        value(
            {
                "id": value(str(n)),
                "url": value("https://wire.example/1"),
                "title": value("Goma falls"),
                "content_html": value("<p>Rebels captured Goma.</p>"),
                "content_text": value("Rebels captured Goma."),
                "date_published": value("2024-12-05T23:30:00-05:00"),
            }
        )
        for n in range(draw.randrange(0, 8))
    ]
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": value("Wire"), "items": items}
    return json.dumps(feed).encode("utf-8", "surrogatepass")


def makers(nasty: tuple[str, ...]) -> dict[str, tuple[Callable[[Random], bytes], str]]:
    """Return the kinds of cases, each with the function that makes one and the ending."""
    return {
        "feed": (lambda draw: _torn(draw, FEED, nasty), ".xml"),
        "attacked_feed": (lambda draw: attacked_feed(draw, nasty), ".xml"),
        "json_feed": (lambda draw: _json_feed(draw, nasty), ".json"),
        "mail": (lambda draw: _torn(draw, MAIL, nasty), ".eml"),
        "mbox": (lambda draw: _torn(draw, f"From a\n{MAIL}\nFrom b\n{MAIL}", nasty), ".mbox"),
        "whatsapp": (lambda draw: _torn(draw, WHATSAPP, nasty), ".txt"),
        "telegram": (lambda draw: _telegram(draw, nasty), ".json"),
        "telegram_page": (lambda draw: _torn(draw, TELEGRAM_PAGE, nasty), ".html"),
    }
