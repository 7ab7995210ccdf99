"""Read saved mails (.eml) and mailboxes (.mbox). Each mail is an article.

The words of a mail come from its text part, or its HTML part if that says more. Attachments are
told, not read. The answer to a mail quotes it: what is quoted is left out, as the mail itself may
be in the box. What is forwarded is an article with its own sender and day. Mails are taken apart in
the guarded process; see `mapgen.reading.guarded`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from email.policy import compat32
from email.utils import parseaddr
from typing import TYPE_CHECKING, BinaryIO

from mapgen.core.charsets import likely_text
from mapgen.errors import InputError
from mapgen.reading.mail_quotes import text_of_mail
from mapgen.reading.read_feeds import day_stated
from mapgen.reading.read_text import draft_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mapgen.reading.read_text import ArticleDraft

MAX_MAIL_BYTES = 30_000_000
"""Largest mail that is read, with its attachments; mail servers take 25 MB."""

MAX_PARTS = 500
"""Most parts of a mail that are looked at."""

MAX_DEPTH = 20
"""Deepest level of parts inside parts."""

MAX_FIELD_CHARS = 10_000
"""Most letters of a field of the header; RFC 5322 allows 998 in a line."""

_HTML_SAYS_MORE = 3  # times the letters of the text part ("view this mail in a browser")
_NAMES_TOLD = 5
_PREFIX = re.compile(r"^(?:(?:re|fwd?|aw|wg|tr)\s*(?:\[\d+\])?\s*:\s*)+", re.IGNORECASE)
_IS_FORWARD = re.compile(r"^\s*(?:\[[^\]]{1,60}\]\s*)?(?:fwd?|wg|tr)\s*:", re.IGNORECASE)
_LIST_TAG = re.compile(r"^\[([^\]\n]{1,60})\]\s*")
_FORWARDED = re.compile(
    r"^[ \t>]*(?:-{3,}[ \t]*Forwarded message[ \t]*-{3,}|Begin forwarded message:"
    r"|-{3,}[ \t]*Original Message[ \t]*-{3,})[ \t]*$"
    # the head that Outlook puts before a mail that is answered or forwarded
    r"|^(?P<head>\*?From:\*?[ \t][^\n]{1,300}\n\s{0,9}\*?Sent:\*?[ \t][^\n]{1,100}$)",
    re.MULTILINE | re.IGNORECASE,
)
_ORIGINAL = re.compile("original", re.IGNORECASE)
_UNDER = re.compile(r"\n_{10,}\s*$")  # Outlook's line above that head
_FIELD = re.compile(
    r"[ \t>*]*(From|Date|Sent|Subject|To|Cc|Reply-To|Message|Message-ID|Content-[\w-]+)"
    r"[ \t]*:\**[ \t]*(.*)",
    re.IGNORECASE,
)
_DIGEST_RULE = re.compile(r"(?m)^-{30}(?:-{40})?[ \t]*$")  # RFC 1153, section 4
_DIGEST_HEAD = re.compile(r"\s*(?:Message: \d+\s*\n)?(?:Date|From|Subject): ")
_WROTE = re.compile(r"(?:On\b.{5,300}\bwrote|\S.{2,80}>\s+wrote):\s*$")


@dataclass(frozen=True, slots=True)
class _Sent:
    """Who sent a mail, when and under which subject, as its header or a forward states it."""

    sender: str | None
    day: str | None
    subject: str | None
    url: str | None = None


def read_eml(name: str, data: bytes) -> list[ArticleDraft | InputError]:
    """Return a draft for a mail, and for each mail that it forwards or holds.

    Parameters
    ----------
    name
        The file as the user wrote it, for messages.
    data
        The mail.

    Raises
    ------
    InputError
        If it is no mail, or has no words.
    """
    try:
        message = message_from_bytes(data, policy=compat32)
        is_mail = any(message.get(field) for field in ("From", "Date", "Subject", "Received"))
        found = _Parts()
        found.look(message, 0)
        drafts = list(_drafts(name, message, found, 0)) if is_mail else []
    except Exception as err:  # damaged mails make the parser fail in many ways
        problem = f"cannot be read as a mail ({type(err).__name__})"
        raise InputError(name, problem, "Save it again.") from err
    if not is_mail:
        raise InputError(name, "is not a mail", "Save the mail again as .eml.")
    if not drafts and found.n_passed_over:
        problem = f"has no words in its first {MAX_PARTS} parts and {MAX_DEPTH} levels of parts"
        raise InputError(name, problem, "Save the text of the mail as a .txt file in UTF-8.")
    if not drafts:
        raise InputError(name, "is a mail without words", "Give a mail with text in it.")
    return drafts


def mails_in(name: str, stream: BinaryIO) -> Iterator[bytes | InputError]:
    """Yield the mails of a mailbox one at a time, or the reason why one is not read.

    A mail begins with a line that starts with ``From `` at the start of the file or after an empty
    line (RFC 4155).

    Parameters
    ----------
    name
        The file as the user wrote it, for messages.
    stream
        Content of the mailbox.
    """
    lines: list[bytes] = []
    size, number, after_empty = 0, 0, True
    while line := stream.readline(MAX_MAIL_BYTES):
        if after_empty and line.startswith(b"From "):
            if number:
                yield _mail(name, number, lines, size)
            lines, size, number = [], 0, number + 1
        elif number == 0 and line.strip():
            advice = "Export the mailbox in mbox form, or save its mails as .eml files."
            raise InputError(name, "is not a mailbox (it does not begin with From)", advice)
        else:
            size += len(line)
            if size <= MAX_MAIL_BYTES:
                lines.append(line[1:] if re.match(rb">+From ", line) else line)
        after_empty = line in {b"\n", b"\r\n"}
    if number:
        yield _mail(name, number, lines, size)


def _mail(name: str, number: int, lines: list[bytes], size: int) -> bytes | InputError:
    if size > MAX_MAIL_BYTES:
        problem = f"is larger than {MAX_MAIL_BYTES // 1_000_000} MB"
        return InputError(f"{name} mail {number}", problem, "Remove its attachments.")
    return b"".join(lines)


def _drafts(
    name: str, message: Message, found: _Parts, depth: int
) -> Iterator[ArticleDraft | InputError]:
    """Yield the drafts of a mail with these parts, and of the mails in it."""
    sent = _sent(message)
    made = list(_articles(name, sent, found))
    notes = found.notes()
    if found.mails and depth >= MAX_DEPTH:
        notes += (f"a mail in a mail in a mail was not read: more than {MAX_DEPTH} levels",)
    for n, draft in enumerate(made):
        if n == 0 and not isinstance(draft, InputError):
            yield replace(draft, notes=(*draft.notes, *notes))
        else:
            yield draft
    if depth < MAX_DEPTH:
        for inner in found.mails:
            parts = _Parts()
            parts.look(inner, 0)
            yield from _drafts(name, inner, parts, depth + 1)


def _articles(name: str, sent: _Sent, found: _Parts) -> Iterator[ArticleDraft | InputError]:
    """Yield the drafts of the words of one mail: its own, then what it forwards."""
    is_forward = bool(_IS_FORWARD.search(sent.subject or ""))
    digest = _digest(sent, found.words())
    if digest:
        for who, text in digest:
            own, n_quoted = _without_quotes(text)
            if own.strip():
                yield _draft(name, who, own, n_quoted)
        return
    waiting: list[tuple[_Sent, str]] = [(sent, found.words())]
    for _ in range(MAX_DEPTH):
        if not waiting:
            return
        who, text = waiting.pop()
        mark = _FORWARDED.search(text)
        n_answered = 0
        if mark is not None:
            is_quote = (mark["head"] or _ORIGINAL.search(mark[0])) and not is_forward
            rest = text[mark.start() if mark["head"] else mark.end() :]
            if is_quote:
                n_answered = sum(bool(line.strip()) for line in rest.split("\n"))
            else:
                waiting.append(_forwarded(rest, who))
            text = _UNDER.sub("", text[: mark.start()])
        own, n_quoted = _without_quotes(text)
        n_quoted += n_answered
        if own.strip():
            yield _draft(name, who, own, n_quoted)


def _digest(sent: _Sent, text: str) -> list[tuple[_Sent, str]]:
    """Return who sent each mail of a digest in plain text, and its words; none if it is none."""
    parts = _DIGEST_RULE.split(text)[1:]
    heads = [part for part in parts if _DIGEST_HEAD.match(part) and "\nFrom: " in part]
    read = [_forwarded(part, sent) for part in heads]
    return [(who, words) for who, words in read if day_stated(who.day) is not None]


def _draft(name: str, who: _Sent, text: str, n_quoted: int) -> ArticleDraft | InputError:
    """Return the draft of the words of a mail."""
    subject = _PREFIX.sub("", who.subject or "").strip()
    fields = {
        "title": _LIST_TAG.sub("", _PREFIX.sub("", _LIST_TAG.sub("", subject))).strip() or None,
        "source": who.sender,
        "url": who.url,
        "published_on": day_stated(who.day),
    }
    try:
        draft = draft_of(name, fields, text)
    except InputError as err:
        return err
    lines = "a quoted line" if n_quoted == 1 else f"{n_quoted} quoted lines"
    return replace(draft, notes=(f"left out {lines} of earlier mails",)) if n_quoted else draft


def _forwarded(text: str, by: _Sent) -> tuple[_Sent, str]:
    """Return who sent a forwarded mail, and its words, from its head in the text."""
    fields: dict[str, str] = {}
    lines = text.split("\n")
    at = 0
    while at < len(lines) and (not lines[at].strip(" \t>*") or (field := _FIELD.match(lines[at]))):
        if lines[at].strip(" \t>*") and field is not None:
            fields.setdefault(field[1].lower(), field[2].strip().strip("*").strip())
        elif fields and not _goes_on(lines, at, fields):
            break
        at += 1
    sender = _name_of(fields.get("from", "")) or by.sender
    day = fields.get("date") or fields.get("sent")
    is_quoted = any(line.startswith(">") for line in lines[:at])  # as Apple Mail forwards
    body = "\n".join(re.sub(r"^> ?", "", line) if is_quoted else line for line in lines[at:])
    return _Sent(sender, _first_day(day), fields.get("subject") or by.subject), body


def _goes_on(lines: list[str], at: int, fields: dict[str, str]) -> bool:
    """Whether another field follows an empty line, as where HTML has each in a block."""
    following = next((line for line in lines[at : at + 3] if line.strip(" \t>*")), "")
    field = _FIELD.match(following)
    name = field[1].lower() if field is not None else ""
    return name in {"date", "sent", "subject", "to", "cc"} and name not in fields


def _first_day(words: str | None) -> str | None:
    """Return the words for a day without " at 10:15", which mail programs put behind it."""
    return re.sub(r"\s+(?:at|um|à)\s+.*", "", words) if words else None


def _without_quotes(text: str) -> tuple[str, int]:
    """Return a text without quoted lines and signature, and the number of quoted lines."""
    kept: list[str] = []
    n_quoted = 0
    for line in text.split("\n"):
        if line.rstrip() == "--" and line.startswith("--"):
            break  # a signature follows
        if line.startswith(">"):
            n_quoted += 1
            while kept and not kept[-1].strip():
                kept.pop()
            for n_lines in (2, 1):  # "On Thu, 5 Dec 2024, A. Writer wrote:"
                if _WROTE.match(" ".join(kept[-n_lines:])):
                    del kept[-n_lines:]
            continue
        kept.append(line)
    return "\n".join(kept).strip("\n"), n_quoted


def _sent(message: Message) -> _Sent:
    """Return who sent a mail, when and about what, from its header."""
    listed = _header(message, "List-Id")
    in_list = re.match(r'\s*"?([^"<]*?)"?\s*<', listed or "")
    sender = (in_list[1].strip() if in_list else "") or _name_of(_header(message, "From") or "")
    url = (_header(message, "Archived-At") or "").strip("<> ")
    return _Sent(
        sender=sender or None,
        day=_header(message, "Date"),
        subject=_header(message, "Subject"),
        url=url if url.startswith(("http://", "https://")) else None,
    )


def _name_of(sender: str) -> str | None:
    """Return the name of a sender, or the domain of the address if it has none."""
    try:
        name, address = parseaddr(sender.replace("[mailto:", "<").replace("]", ">"))
    except RecursionError:  # comments in comments in comments
        return None
    words = name.strip().strip("'\"").strip()
    return words or address.rpartition("@")[2] or None


def _header(message: Message, field: str) -> str | None:
    """Return a field of the header in one line, with encoded words decoded."""
    value = message.get(field)
    if value is None:
        return None
    value = str(value)[:MAX_FIELD_CHARS]
    try:
        words = str(make_header(decode_header(value)))
    except (HeaderParseError, LookupError, ValueError):  # an unknown charset, or broken base64
        words = value
    return " ".join(words.encode("utf-8", "replace").decode("utf-8").split()) or None


class _Parts:
    """The parts of a mail that have words, and the names of those that are not read."""

    def __init__(self) -> None:
        self.plain: list[str] = []
        self.html: list[str] = []
        self.mails: list[Message] = []
        self.attached: list[str] = []
        self.n_attached = 0
        self.is_damaged = False
        self.n_passed_over = 0  # parts that are too many, or too deep
        self._n_parts = 0

    def look(self, part: Message, depth: int) -> None:
        """Look at a part and the parts in it."""
        self._n_parts += 1
        if self._n_parts > MAX_PARTS or depth > MAX_DEPTH:
            self.n_passed_over += 1
            return
        for field in ("Content-Type", "Content-Disposition"):
            if len(str(part.get(field, ""))) > MAX_FIELD_CHARS:  # splitting it takes very long
                del part[field]
        kind = part.get_content_type()
        inner = part.get_payload() if part.is_multipart() else None
        if kind == "message/rfc822" and isinstance(inner, list):
            self.mails += [mail for mail in inner if isinstance(mail, Message)]
        elif isinstance(inner, list):
            for child in inner:
                if isinstance(child, Message):
                    self.look(child, depth + 1)
        elif kind in {"text/plain", "text/html"} and not _is_attached(part):
            (self.plain if kind == "text/plain" else self.html).append(self._words(part))
        else:
            self.n_attached += 1
            name = part.get_filename() or kind
            self.attached.append(" ".join(str(name).split())[:60])

    def _words(self, part: Message) -> str:
        """Return the words of a part in its charset."""
        data = part.get_payload(decode=True)
        if not isinstance(data, bytes):
            return ""
        words, n_lost = likely_text(data, str(part.get_content_charset() or "utf-8"))
        self.is_damaged = self.is_damaged or n_lost > 0
        words = words.replace("\r\n", "\n").replace("\x00", "")
        if str(part.get_param("format") or "").lower() == "flowed":
            words = re.sub(r"(?<=\S)(?<!\n--) \n(?=[^\s>-])", " ", words)
        return words

    def words(self) -> str:
        """Return the words of the mail: the text part, or the HTML part if that says more."""
        plain = "\n\n".join(self.plain).strip()
        shown = "\n\n".join(map(text_of_mail, self.html)).strip() if self.html else ""
        if _letters(shown) > _HTML_SAYS_MORE * _letters(plain):
            return shown
        return plain or shown

    def notes(self) -> tuple[str, ...]:
        """Return what a user should know of the mail."""
        notes = []
        if self.n_attached:
            named = ", ".join(self.attached[:_NAMES_TOLD])
            more = " ..." if self.n_attached > _NAMES_TOLD else ""
            count = "an attachment" if self.n_attached == 1 else f"{self.n_attached} attachments"
            notes.append(f"{count} not read: {named}{more}")
        if self.n_passed_over:
            count = "a part" if self.n_passed_over == 1 else f"{self.n_passed_over:,} parts"
            notes.append(f"{count} not read: more than {MAX_PARTS} parts or {MAX_DEPTH} levels")
        if self.is_damaged:
            notes.append("some letters are in an unknown encoding")
        return tuple(notes)


def _is_attached(part: Message) -> bool:
    return (part.get_content_disposition() or "") == "attachment" or bool(part.get_filename())


def _letters(text: str) -> int:
    return sum(character.isalpha() for character in text)
