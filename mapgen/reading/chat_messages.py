"""Turn the messages of a chat into drafts of articles, those that go on joined.

Messages of a chat come in; a draft for each goes out, whose id says when it was sent. The source of
a forwarded message is who wrote it first.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import PurePath
from typing import TYPE_CHECKING

from mapgen.errors import InputError
from mapgen.reading.read_text import MAX_FIELD_CHARS, ArticleDraft

if TYPE_CHECKING:
    from collections.abc import Iterable

MAX_MESSAGES = 200_000
"""Most messages of one export that are read."""

JOINED_WITHIN = timedelta(minutes=3)
"""A message goes on in the next one only if that was sent within this time."""

MAX_JOINED = 10
"""Most messages that are joined into one article."""

_GOES_ON = re.compile(r"(?:[,:;…–-]|\.\.\.|[(\[]?\b\d/\d[)\]]?)\s*$")
_CONTINUES = re.compile(r"\s*(?:[a-z]|…|\.\.\.|[(\[]?(?:[2-9]|1\d)/\d)")
_COUNTED = re.compile(r"\s*[(\[]?\b\d{1,2}/\d{1,2}\b[)\]]?\s*$|^\s*[(\[]?\d{1,2}/\d{1,2}[)\]]?\s*")
_NUMBER = re.compile(r"[~\s]*\+?[\d\s().-]{7,25}")
DIRECTION_MARKS = re.compile("[\u200e\u200f\u202a-\u202e]")
"""Marks of direction, which messengers put around names."""


@dataclass(frozen=True, slots=True)
class Message:
    """A message of a chat."""

    sent_at: datetime | None
    sender: str | None
    text: str
    forwarded_from: str | None = None
    number: str = ""  # as the file numbers it
    day_words: str = ""  # as the file writes the day, if that can be read in two ways

    @property
    def source(self) -> str | None:
        """Who wrote the message first."""
        return self.forwarded_from or self.sender


def name_of(value: object) -> str | None:
    """Return the name of a sender or chat; of a telephone number only its last digits."""
    if not isinstance(value, str):
        return None
    name = " ".join(DIRECTION_MARKS.sub("", value).split())[:MAX_FIELD_CHARS]
    if _NUMBER.fullmatch(name):
        return f"a number ending in {re.sub(r'[^0-9]', '', name)[-3:]}"
    return name or None


def drafts_of(
    name: str, messages: list[Message], n_silent: int, notes: tuple[str, ...] = ()
) -> list[ArticleDraft | InputError]:
    """Return a draft for each message, those that go on joined with what follows."""
    if not messages:
        raise InputError(name, "has no messages with words", "Export the chat with its messages.")
    if n_silent:
        what = "a message" if n_silent == 1 else f"{n_silent:,} messages"
        notes = (*notes, f"passed over {what} without words (pictures, films, deleted)")
    drafts: list[ArticleDraft | InputError] = []
    joined = _joined(messages[:MAX_MESSAGES])
    stem, ids = PurePath(name).stem, set[str]()
    for n, message in enumerate(joined, start=1):
        at = message.sent_at
        drafts.append(
            ArticleDraft(
                text=message.text,
                source=message.source,
                published_on=at.date() if at else None,
                id=_own_id(f"{stem}-{message.number}", message.sent_at, ids),
                notes=notes if n == 1 else (),
            )
        )
    if len(messages) > MAX_MESSAGES:
        problem = f"has more than {MAX_MESSAGES:,} messages; the others were not read"
        drafts.append(InputError(name, problem, "Export a shorter time."))
    return drafts


def _own_id(start: str, sent_at: datetime | None, ids: set[str]) -> str:
    """Return an id that says when a message was sent, and that no other message has."""
    first = start.rstrip("-") + (f"-{sent_at:%Y-%m-%dT%H.%M}" if sent_at else "")
    own, n = first, 1
    while own in ids:
        n += 1
        own = f"{first}-{n}"
    ids.add(own)
    return own


def _joined(messages: Iterable[Message]) -> list[Message]:
    """Return messages, each joined with the next ones in which it goes on."""
    joined: list[Message] = []
    last_at: datetime | None = None
    n_joined = 1
    for message in messages:
        before = joined[-1] if joined else None
        is_next = before is not None and _goes_on(before, message, last_at)
        n_joined = n_joined + 1 if is_next else 1
        if before is not None and is_next and n_joined <= MAX_JOINED:
            head, tail = (_COUNTED.sub("", part.text).strip() for part in (before, message))
            mark = " " if re.match(r"[a-z…]", tail) else "\n\n"
            joined[-1] = replace(before, text=f"{head}{mark}{tail}")
        else:
            joined.append(message)
            n_joined = 1
        last_at = message.sent_at
    return joined


def _goes_on(before: Message, after: Message, last_at: datetime | None) -> bool:
    """Whether a message goes on in the next one."""
    if last_at is None or after.sent_at is None or before.source != after.source:
        return False
    if not timedelta(0) <= after.sent_at - last_at <= JOINED_WITHIN:
        return False
    return bool(_GOES_ON.search(before.text[-20:]) or _CONTINUES.match(after.text))
