"""Read what Telegram exports: ``result.json`` and pages. A message is an article.

Notices of the program itself ("X joined the group") are dropped. It runs in the guarded process;
see `mapgen.reading.guarded`.
"""

from __future__ import annotations

import json
import re
from datetime import datetime
from typing import TYPE_CHECKING, Any

from mapgen.errors import InputError
from mapgen.reading.chat_messages import Message, drafts_of, name_of
from mapgen.reading.html_text import text_of_html
from mapgen.reading.tag_bounds import MOST_ATTRIBUTES, bounded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

    from mapgen.reading.read_text import ArticleDraft

_TELEGRAM_HEAD = re.compile(
    rb'"type"\s*:\s*"(?:public|private|personal|bot|saved)_\w+".{0,200}"messages"\s*:\s*\['
    rb'|"chats"\s*:\s*\{\s*"about"',
    re.DOTALL,
)
_TELEGRAM_PAGE = re.compile(rb'onload="CheckLocation\(\);".{0,400}class="page_wrap', re.DOTALL)
_PAGE_DAY = re.compile(r"(\d\d)\.(\d\d)\.(\d{4}) (\d\d):(\d\d):(\d\d)")


def is_telegram(head: bytes) -> bool:
    """Whether a JSON file is an export of Telegram, by its first bytes."""
    return _TELEGRAM_HEAD.search(head) is not None


def is_telegram_page(head: bytes) -> bool:
    """Whether an HTML file is a page of an export of Telegram, by its first bytes."""
    return _TELEGRAM_PAGE.search(head) is not None


def read_telegram(name: str, data: bytes) -> list[ArticleDraft | InputError]:
    """Return a draft for each message of Telegram's ``result.json``.

    Parameters
    ----------
    name
        The file as the user wrote it, for messages.
    data
        Content of the file: of one chat, or of a whole account.

    Raises
    ------
    InputError
        If it is no export of Telegram, or has no messages with words.
    """
    try:
        told = json.loads(data.decode("utf-8-sig"), strict=False)
    except (ValueError, RecursionError) as err:
        raise InputError(name, "is not valid JSON", "Export the chat again.") from err
    chats = [told]
    if isinstance(told, dict) and isinstance(told.get("chats"), dict):
        chats = told["chats"].get("list") or []
    messages: list[Message] = []
    n_silent = 0
    for chat in chats:
        if isinstance(chat, dict) and isinstance(chat.get("messages"), list):
            found = [_of_telegram(m, chat) for m in chat["messages"] if _is_post(m)]
            kept = [message for message in found if message is not None and message.text.strip()]
            n_silent += len(found) - len(kept)
            messages += kept
    return drafts_of(name, messages, n_silent)


def read_telegram_page(name: str, data: bytes) -> list[ArticleDraft | InputError]:
    """Return a draft for each message of a page of Telegram's export (``messages.html``).

    Parameters
    ----------
    name
        The file as the user wrote it, for messages.
    data
        Content of the file.

    Raises
    ------
    InputError
        If it has no messages with words.
    """
    from lxml import html  # noqa: PLC0415  slow to load

    if bounded(data.decode("latin-1"))[1]:
        problem = f"has a tag with more than {MOST_ATTRIBUTES:,} attributes"
        raise InputError(name, problem, "Export the chat again.")
    try:
        tree = html.document_fromstring(data, parser=html.HTMLParser(encoding="utf-8"))
        chat = tree.find_class("page_header")
        channel = " ".join(chat[0].text_content().split()) if chat else None
        found = list(_of_page(tree, channel or None))
    except Exception as err:  # parsers fail in many ways on broken pages
        problem = f"cannot be read as an export of Telegram ({type(err).__name__})"
        raise InputError(name, problem, "Export the chat again.") from err
    kept = [message for message in found if message.text.strip()]
    return drafts_of(name, kept, len(found) - len(kept))


def _is_post(message: object) -> bool:
    return isinstance(message, dict) and message.get("type", "message") == "message"


def _of_telegram(message: dict[str, Any], chat: dict[str, Any]) -> Message | None:
    """Return a message of ``result.json``."""
    channel = chat.get("name")
    is_channel = "channel" in str(chat.get("type", ""))
    sender = channel if is_channel else message.get("from")
    forwarded = message.get("forwarded_from") or message.get("saved_from")
    number = message.get("id")
    try:
        sent_at = datetime.fromisoformat(str(message.get("date")))
    except ValueError:  # a damaged stamp; the message is then without a day
        sent_at = None
    return Message(
        sent_at=sent_at.replace(tzinfo=None) if sent_at else None,
        sender=name_of(sender) or name_of(channel),
        text=_telegram_words(message.get("text")),
        forwarded_from=name_of(forwarded),
        number=f"message{number}" if isinstance(number, int) else "",
    )


def _telegram_words(text: object) -> str:
    """Return the words of a message: a text, or a list of texts and marked pieces."""
    if isinstance(text, str):
        return text
    if not isinstance(text, list):
        return ""
    pieces = [piece.get("text") if isinstance(piece, dict) else piece for piece in text]
    struck = [isinstance(p, dict) and p.get("type") == "strikethrough" for p in text]
    return "".join(
        piece
        for piece, off in zip(pieces, struck, strict=True)
        if isinstance(piece, str) and not off
    )


def _of_page(tree: HtmlElement, channel: str | None) -> Iterator[Message]:
    """Yield the messages of a page; a joined one has the sender of the one before."""
    sender = channel
    for element in tree.find_class("message"):
        if "default" not in element.get("class", "").split():
            continue  # a notice
        names = [e for e in _own(element, "from_name") if not _within(e, "forwarded")]
        sender = _line(names[0]) if names else sender
        days = [e.get("title", "") for e in _own(element, "date") if not _within(e, "forwarded")]
        stamp = _PAGE_DAY.match(days[0]) if days else None
        day = [int(stamp[n]) for n in (3, 2, 1, 4, 5, 6)] if stamp else None
        forwarded = [e for e in _own(element, "from_name") if _within(e, "forwarded")]
        origin = re.sub(r"\s+\d\d\.\d\d\.\d{4} .*", "", _line(forwarded[0])) if forwarded else None
        texts = _own(element, "text")
        yield Message(
            sent_at=datetime(*day) if day else None,  # type: ignore[arg-type]  # noqa: DTZ001  local
            sender=name_of(sender),
            text="\n\n".join(map(_shown, texts)),
            forwarded_from=name_of(origin),
            number=element.get("id", ""),
        )


def _within(element: HtmlElement, name: str) -> bool:
    return any(name in e.get("class", "").split() for e in element.iterancestors())


def _own(message: HtmlElement, name: str) -> list[HtmlElement]:
    """Return a message's elements of a class; in a damaged page other messages are inside it."""
    return [
        e
        for e in message.find_class(name)
        if next((a for a in e.iterancestors() if _is_message(a)), None) is message
    ]


def _is_message(element: HtmlElement) -> bool:
    return "message" in element.get("class", "").split()


def _line(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())


def _shown(element: HtmlElement) -> str:
    from lxml import html  # noqa: PLC0415  slow to load

    return text_of_html(html.tostring(element, encoding="unicode", with_tail=False))
