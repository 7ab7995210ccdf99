"""Read what WhatsApp exports: a chat as text, from Android or an iPhone. A message is an article.

Notices of the program itself ("X joined the group") are dropped.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from mapgen.errors import InputError
from mapgen.reading.chat_messages import DIRECTION_MARKS, Message, drafts_of, name_of
from mapgen.reading.day_forms import BOTH, EITHER, order_of, the_day
from mapgen.reading.read_text import decode_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mapgen.reading.read_text import ArticleDraft

_STAMP = (
    r"(?P<day>\d{1,4}[./-]\d{1,2}[./-]\d{1,4}),?\s"
    r"(?P<time>\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?:\s?[APap]\.?\s?[Mm]\.?)?)"
)
_ANDROID = re.compile(rf"{_STAMP} [-–] (?P<rest>.*)")
_IPHONE = re.compile(rf"\[{_STAMP}\] (?P<rest>.*)")
_SENDER = re.compile(r"(?P<sender>[^:\n]{1,80}): ?(?P<text>.*)", re.DOTALL)
_NO_WORDS = re.compile(
    r"<Media omitted>|<attached: [^<>]*>|(?:image|video|audio|sticker|document|GIF|Contact card)"
    r" omitted|This message was deleted\.?|You deleted this message\.?|null"
    r"|.{1,80}\(file attached\)"
    r"|Waiting for this message\..*|(?:Missed|Silenced) (?:voice|video) call.*",
    re.IGNORECASE,
)
_EDITED = re.compile(r"\s*<This message was edited>\s*$")
_NOTICE = re.compile(
    r".{0,80}?\b(?:created (?:this )?group|added|removed|left|joined using"
    r"|changed (?:the|this|their)|(?:was|were) added|turned (?:on|off)|pinned a message"
    r"|now an admin)\b"
    r"|Messages and calls are end-to-end encrypted|Your security code",
    re.IGNORECASE,
)


def is_whatsapp(head: bytes) -> bool:
    """Whether a text is an export of WhatsApp, by its first line."""
    line = head[:2000].decode("utf-8-sig", "replace").lstrip().partition("\n")[0]
    return _started(line) is not None


def read_whatsapp(
    name: str, data: bytes, *, order: str | None = None
) -> list[ArticleDraft | InputError]:
    """Return a draft for each message of WhatsApp's export of a chat as text.

    Parameters
    ----------
    name
        The file as the user wrote it, for messages.
    data
        Content of the file, as Android or an iPhone writes it.
    order
        Order of day and month that the user gave: ``dmy`` or ``mdy``.

    Raises
    ------
    InputError
        If it is not UTF-8, has no messages with words, or has days that can be read in two ways.
    """
    text = decode_text(name, data)
    found = [message for message in _of_whatsapp(text) if message.sender is not None]
    order = order or _order(name, [message.day_words.partition(" ")[0] for message in found])
    dated = [_dated(message, order) for message in found]
    kept = [message for message in dated if message.text.strip()]
    return drafts_of(name, kept, len(dated) - len(kept))


def _started(line: str) -> re.Match[str] | None:
    """Return the stamp with which a line begins a message, or None."""
    line = DIRECTION_MARKS.sub("", line).replace("\u202f", " ").replace("\u00a0", " ")
    return _IPHONE.match(line) or _ANDROID.match(line)


def _of_whatsapp(text: str) -> Iterator[Message]:
    """Yield the messages of a text; those without a sender are notices of the program."""
    begun: tuple[re.Match[str], list[str]] | None = None
    for line in text.replace("\r\n", "\n").split("\n"):
        stamp = _started(line)
        if stamp is None:
            if begun is not None:
                begun[1].append(line)
            continue
        if begun is not None:
            yield _message_of(*begun)
        begun = (stamp, [line])
    if begun is not None:
        yield _message_of(*begun)


def _message_of(stamp: re.Match[str], lines: list[str]) -> Message:
    """Return the message of a line with a stamp and the lines after it."""
    said = _SENDER.match("\n".join([stamp["rest"], *lines[1:]]))
    is_notice = ": \u200e" in lines[0] and not _NO_WORDS.search(stamp["rest"])  # of an iPhone
    words = f"{stamp['day']} {stamp['time']}"
    if said is None or is_notice or _NOTICE.match(said["sender"]):
        return Message(None, None, "", day_words=words)
    lines = _EDITED.sub("", DIRECTION_MARKS.sub("", said["text"])).split("\n")
    text = "\n".join(line for line in lines if not _NO_WORDS.fullmatch(line.strip()))
    return Message(None, name_of(said["sender"].strip("~ ")), text, day_words=words)


def _order(name: str, days: list[str]) -> str | None:
    """Return the order of day and month in a chat: the only possible one, or the only one in time.

    Raises
    ------
    InputError
        If both orders are possible.
    """
    if days and all("." in day for day in days):
        return "dmy"  # with points the day comes first everywhere
    order = order_of(days)
    if order not in {EITHER, BOTH}:
        return order
    fitting = []
    for order in ("dmy", "mdy"):
        try:
            read = [the_day(day, order) for day in days]
        except ValueError:  # no day in this order
            continue
        if read == sorted(read):
            fitting.append(order)
    if len(fitting) != 1:
        problem = f"has days that can be read as day/month or month/day ({days[0]})"
        advice = "Say which with --columns date=day:dmy (day first) or date=day:mdy."
        raise InputError(name, problem, advice)
    return fitting[0]


def _dated(message: Message, order: str | None) -> Message:
    """Return a message with its time, if its day can be read in one way only."""
    day_words, _, time_words = message.day_words.partition(" ")
    try:
        day = the_day(day_words, order)
    except ValueError:
        return message
    clock = re.match(r"(\d{1,2})[:.](\d\d)(?:[:.](\d\d))?\s?([ap])?", time_words, re.IGNORECASE)
    if clock is None:
        return message
    hour = int(clock[1])
    if clock[4]:
        hour = hour % 12 + (12 if clock[4].lower() == "p" else 0)
    try:
        sent_at = datetime(  # noqa: DTZ001  the export has local times
            day.year, day.month, day.day, hour, int(clock[2]), int(clock[3] or 0)
        )
    except ValueError:  # 25:00
        return message
    return replace(message, sent_at=sent_at)
