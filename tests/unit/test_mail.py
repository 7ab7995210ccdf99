"""Mails and mailboxes: each mail is an article of its sender and day, with the words it shows."""

from __future__ import annotations

import mailbox
import time
from datetime import date
from email.message import EmailMessage
from email.policy import SMTP
from typing import TYPE_CHECKING

import pytest

from mapgen.errors import InputError
from mapgen.reading import read_mail
from mapgen.reading.articles import read

if TYPE_CHECKING:
    from pathlib import Path

SITREP = "M23 rebels captured Goma on Thursday.\nThousands fled to Sake.\n"

# As Thunderbird saves a mail of a list
EML = b"""Return-Path: <news@un.example>
Received: from mx.example by in.example; Fri, 06 Dec 2024 09:00:00 +0000
Date: Thu, 05 Dec 2024 22:45:00 -0500
From: =?utf-8?Q?R=C3=A9daction_Goma?= <news@un.example>
To: all@un.example
Subject: =?UTF-8?B?W3NpdHJlcF0gRndkOiBHb21hOiDDqXRhdA==?=
 of the city
Message-ID: <1@un.example>
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="b1"

This is a multi-part message in MIME format.
--b1
Content-Type: multipart/alternative; boundary="b2"

--b2
Content-Type: text/plain; charset=iso-8859-1; format=flowed
Content-Transfer-Encoding: quoted-printable

M23 rebels captured Goma on Thursday, and the army left the hills=20
around M=E9naka=92s road.

They did =
not take Bukavu.
--=20
A. Writer, desk
--b2
Content-Type: text/html; charset=utf-8

<p>Something else.</p>
--b2--
--b1
Content-Type: application/pdf; name="map of Goma.pdf"
Content-Disposition: attachment; filename="map of Goma.pdf"
Content-Transfer-Encoding: base64

JVBERi0=
--b1
Content-Type: text/plain; name="notes.txt"
Content-Disposition: attachment; filename="notes.txt"

Rebels captured Kigali.
--b1--
"""


def result_of(tmp_path: Path, data: bytes, name: str = "a.eml"):
    path = tmp_path / name
    path.write_bytes(data)
    return read([path])


def a_mail(text: str, subject: str = "Goma", sender: str = "Desk <d@wire.example>", **other: str):
    mail = EmailMessage(policy=SMTP)
    mail["From"], mail["Subject"] = sender, subject
    mail["Date"] = other.pop("Date", "Fri, 06 Dec 2024 10:00:00 +0000")
    for field, value in other.items():
        mail[field.replace("_", "-")] = value
    mail.set_content(text)
    return mail


def test_a_mail_as_programs_save_it(tmp_path: Path) -> None:
    result = result_of(tmp_path, EML)
    [article] = result.articles
    assert article.title == "Goma: état of the city"
    assert article.source == "Rédaction Goma"
    assert article.published_on == date(2024, 12, 5)  # where it was sent
    assert article.text == (
        "M23 rebels captured Goma on Thursday, and the army left the hills around Ménaka’s road."
        "\n\nThey did not take Bukavu."
    )
    assert [note.partition("): ")[2] for note in result.notes] == [
        "2 attachments not read: map of Goma.pdf, notes.txt"
    ]


def test_the_list_is_the_outlet(tmp_path: Path) -> None:
    mail = a_mail(SITREP, "[ocha-drc] Goma", List_Id='"OCHA DRC updates" <drc.lists.example>')
    mail["Archived-At"] = "<https://lists.example/drc/1>"
    [article] = result_of(tmp_path, mail.as_bytes()).articles
    assert (article.title, article.source) == ("Goma", "OCHA DRC updates")
    assert article.url == "https://lists.example/drc/1"


def test_a_mail_that_is_html(tmp_path: Path) -> None:
    mail = a_mail("View this mail in a browser.")
    mail.add_alternative(
        '<div style="display:none">Preview</div><h1>Goma</h1><p>Rebels captured <s>Bukavu</s> '
        "Goma.</p><table><tr><td>Thousands fled to Sake, and to the camps around it.</td></tr>"
        "</table><p>More of it, a whole paragraph on the day that the city fell to them.</p>",
        subtype="html",
    )
    [article] = result_of(tmp_path, mail.as_bytes()).articles
    assert article.text.split("\n\n")[:3] == [
        "Goma",
        "Rebels captured Goma.",
        "Thousands fled to Sake, and to the camps around it.",
    ]


def test_what_a_mail_quotes_is_left_out_and_told(tmp_path: Path) -> None:
    text = (
        "No, that is wrong. The army holds Goma.\n\nOn Thu, 5 Dec 2024 at 10:15, A. Writer\n"
        "<a@x.example> wrote:\n> Rebels captured Goma.\n>\n> A. Writer\n"
    )
    result = result_of(tmp_path, a_mail(text, "Re: Goma").as_bytes())
    [article] = result.articles
    assert article.text == "No, that is wrong. The army holds Goma."
    assert article.title == "Goma"
    assert "left out 3 quoted lines of earlier mails" in result.notes[0]
    outlook = (
        "I doubt it.\n\n-----Original Message-----\nFrom: A. Writer\nSent: Thursday, December 5, "
        "2024 10:15 AM\nSubject: Goma\n\nRebels captured Goma.\n"
    )
    [answer] = result_of(tmp_path, a_mail(outlook, "RE: Goma").as_bytes(), "b.eml").articles
    assert answer.text == "I doubt it."


GMAIL = (
    '<div dir="ltr">JNIM captured Djibo on Thursday.<br></div><br><div class="gmail_quote">'
    '<div dir="ltr" class="gmail_attr">On Thu, 13 Feb 2025 at 10:00, A. Writer &lt;<a href="">'
    'a@x.example</a>&gt; wrote:<br></div><blockquote class="gmail_quote" style="margin:0">JNIM '
    "captured Kaya on Wednesday.<br><br>A.</blockquote></div>"
)
APPLE = (
    "<div>JNIM captured Djibo on Thursday.</div><div><br><blockquote type='cite'><div>On 13 Feb "
    "2025, at 10:00, A. Writer &lt;a@x.example&gt; wrote:</div><div>JNIM captured Kaya on "
    "Wednesday.</div><blockquote type='cite'>JNIM captured Dori.</blockquote></blockquote></div>"
)
OUTLOOK_WEB = (
    '<p>JNIM captured Djibo on Thursday.</p><div id="appendonsend"></div><hr><div '
    'id="divRplyFwdMsg"><font><b>From:</b> A. Writer<br><b>Sent:</b> Thursday, February 13, 2025 '
    "10:00 AM<br><b>Subject:</b> Kaya</font></div><div>JNIM captured Kaya on Wednesday.</div>"
)
OUTLOOK = (
    '<p class=MsoNormal>JNIM captured Djibo on Thursday.</p><div style="border-top:solid">'
    "<p class=MsoNormal><b>From:</b> A. Writer &lt;a@x.example&gt;<br><b>Sent:</b> Thursday, "
    "February 13, 2025 10:00 AM<br><b>To:</b> Desk<br><b>Subject:</b> Kaya</p></div>"
    "<p class=MsoNormal>JNIM captured Kaya on Wednesday.</p>"
)


@pytest.mark.parametrize(
    "body", [GMAIL, APPLE, OUTLOOK_WEB, OUTLOOK], ids=["gmail", "apple", "outlook-web", "outlook"]
)
def test_what_a_mail_in_html_answers_is_left_out_and_told(tmp_path: Path, body: str) -> None:
    mail = a_mail("See below.", "Re: Kaya")
    mail.add_alternative(f"<html><body>{body}</body></html>", subtype="html")
    result = result_of(tmp_path, mail.as_bytes())
    [article] = result.articles
    assert article.text == "JNIM captured Djibo on Thursday."
    assert "quoted line" in result.notes[0]


def test_a_passage_that_a_mail_in_html_cites_is_read(tmp_path: Path) -> None:
    mail = a_mail("See below.", "Statement")
    body = "<p>The army said:</p><blockquote>JNIM captured Djibo on Thursday, alas.</blockquote>"
    mail.add_alternative(body, subtype="html")
    [article] = result_of(tmp_path, mail.as_bytes()).articles
    assert article.text == "The army said:\n\nJNIM captured Djibo on Thursday, alas."


def test_a_mail_in_html_that_is_forwarded(tmp_path: Path) -> None:
    gmail = (
        '<div dir="ltr">Fyi<br><div class="gmail_quote"><div class="gmail_attr">---------- '
        "Forwarded message ---------<br>From: <b>Radio Omega</b> &lt;r@o.example&gt;<br>Date: Wed, "
        "Feb 12, 2025 at 10:15 AM<br>Subject: Djibo falls<br>To: Desk<br></div><br><br>JNIM "
        "captured Djibo on Tuesday.</div></div>"
    )
    outlook = OUTLOOK.replace("JNIM captured Djibo on Thursday.", "Fyi").replace("Kaya", "Djibo")
    for n, (body, sender, day) in enumerate(
        (
            (gmail, "Radio Omega", date(2025, 2, 12)),
            (outlook, "A. Writer", date(2025, 2, 13)),
        )
    ):
        mail = a_mail("x", "FW: Djibo falls")
        mail.add_alternative(body, subtype="html")
        own, forwarded = result_of(tmp_path, mail.as_bytes(), f"{n}.eml").articles
        assert own.text == "Fyi"
        assert (forwarded.source, forwarded.published_on) == (sender, day)
        assert forwarded.text.startswith("JNIM captured Djibo on")


def test_answers_between_quoted_lines_are_read(tmp_path: Path) -> None:
    text = (
        "> JNIM captured Kaya on Thursday.\n\nNot so. JNIM captured Djibo on Thursday.\n\n"
        "> The army shelled Dori.\n\nThat one we hear too.\n\n________________________________\n"
        "From: A. Writer\nSent: Thursday, February 13, 2025 10:00 AM\nSubject: Dori\n\n"
        "JNIM captured Dori.\n"
    )
    result = result_of(tmp_path, a_mail(text, "Re: Kaya").as_bytes())
    [article] = result.articles
    assert article.text == "Not so. JNIM captured Djibo on Thursday.\n\nThat one we hear too."
    assert "left out 6 quoted lines" in result.notes[0]


@pytest.mark.parametrize(
    ("head", "day"),
    [
        (
            "---------- Forwarded message ---------\nFrom: Radio Kivu <r@kivu.example>\n"
            "Date: Wed, Dec 4, 2024 at 10:15 AM\nSubject: Sake falls\nTo: <desk@x.example>\n",
            date(2024, 12, 4),
        ),
        (
            "Begin forwarded message:\n\n> From: Radio Kivu <r@kivu.example>\n"
            "> Subject: Sake falls\n> Date: 4 December 2024 at 10:15:00 CET\n> To: x\n",
            date(2024, 12, 4),
        ),
        (
            "-----Original Message-----\nFrom: Radio Kivu [mailto:r@kivu.example]\n"
            "Sent: Wednesday, December 4, 2024 10:15 AM\nTo: Desk\nSubject: Sake falls\n",
            date(2024, 12, 4),
        ),
    ],
)
def test_what_is_forwarded_has_its_own_sender_and_day(tmp_path: Path, head: str, day: date) -> None:
    text = f"Please see below.\n\n{head}\nRebels captured Sake.\n"
    own, forwarded = result_of(tmp_path, a_mail(text, "Fwd: Sake falls").as_bytes()).articles
    assert (own.text, own.source, own.published_on) == (
        "Please see below.",
        "Desk",
        date(2024, 12, 6),
    )
    assert (forwarded.text, forwarded.source) == ("Rebels captured Sake.", "Radio Kivu")
    assert (forwarded.published_on, forwarded.title) == (day, "Sake falls")


def test_a_digest_holds_the_mails_of_a_day(tmp_path: Path) -> None:
    digest = a_mail("Two mails today.", "drc digest", "DRC list <drc@x.example>")
    digest.make_mixed()
    for town, day in (("Goma", "04"), ("Bukavu", "05")):
        inner = a_mail(f"Rebels captured {town}.", town, f"{town} desk <a@x.example>")
        inner.replace_header("Date", f"Wed, {day} Dec 2024 10:00:00 +0000")
        digest.add_attachment(inner)
    articles = result_of(tmp_path, digest.as_bytes()).articles
    assert [(a.source, a.title, a.published_on, a.text) for a in articles] == [
        ("DRC list", "drc digest", date(2024, 12, 6), "Two mails today."),
        ("Goma desk", "Goma", date(2024, 12, 4), "Rebels captured Goma."),
        ("Bukavu desk", "Bukavu", date(2024, 12, 5), "Rebels captured Bukavu."),
    ]


DIGEST = """Send DRC mailing list submissions to
\tdrc@lists.example

Today's Topics:

   1. Rebels captured Kigali? (Anna)
   2. Sake (Ben)

----------------------------------------------------------------------

Message: 1
Date: Wed, 4 Dec 2024 23:00:00 -0500
From: Anna <anna@x.example>
To: drc@lists.example
Subject: [drc] Goma
Message-ID: <1@x.example>
Content-Type: text/plain; charset="utf-8"

Rebels captured Goma.

------------------------------

Message: 2
Date: Thu, 5 Dec 2024 10:00:00 +0000
From: ben@radio.example
Subject: Re: [drc] Sake

> Rebels captured Bukavu.

They captured Sake only.

------------------------------

Subject: Digest Footer

_______________________________________________
drc mailing list

------------------------------

End of DRC Digest, Vol 1, Issue 2
*********************************
"""


def test_a_digest_in_plain_text_as_mailman_sends_it(tmp_path: Path) -> None:
    mail = a_mail(DIGEST, "DRC Digest, Vol 1, Issue 2", "drc-request@lists.example")
    result = result_of(tmp_path, mail.as_bytes())
    assert [(a.source, a.title, a.published_on, a.text) for a in result.articles] == [
        ("Anna", "Goma", date(2024, 12, 4), "Rebels captured Goma."),
        ("radio.example", "Sake", date(2024, 12, 5), "They captured Sake only."),
    ]
    ruled = a_mail("Rebels captured Goma.\n\n------------------------------\n\nDate: soon.\n")
    [article] = result_of(tmp_path, ruled.as_bytes(), "b.eml").articles
    assert article.text.startswith("Rebels captured Goma.")
    assert article.text.endswith("Date: soon.")


def test_a_mailbox_as_python_and_mail_programs_write_it(tmp_path: Path) -> None:
    path = tmp_path / "box.mbox"
    box = mailbox.mbox(path)
    box.add(a_mail("From the hills, rebels captured Goma.\n\nFrom there they went on.\n", "One"))
    box.add(a_mail("Rebels captured Sake.", "Two", Date="Sat, 07 Dec 2024 01:00:00 +0200"))
    box.add(a_mail("", "Empty"))
    box.close()
    result = read([path])
    assert [(a.id, a.title, a.published_on) for a in result.articles] == [
        ("box-1", "One", date(2024, 12, 6)),
        ("box-2", "Two", date(2024, 12, 7)),
    ]
    assert result.articles[0].text == (
        "From the hills, rebels captured Goma.\n\nFrom there they went on."
    )
    assert [str(err) for err in result.refused] == [
        f"{path} mail 3: is a mail without words. Give a mail with text in it."
    ]


@pytest.mark.parametrize(
    ("charset", "town"),
    [("utf-8", "Ménaka"), ("latin-1", "Ménaka"), ("windows-1256", "غزة"), ("koi8-r", "Харків")],
)
def test_charsets(tmp_path: Path, charset: str, town: str) -> None:
    head = f"From: a@x.example\nContent-Type: text/plain; charset={charset}\n\n"
    text = f"Rebels captured {town}."
    data = head.encode() + text.encode(charset, "replace")
    assert result_of(tmp_path, data).articles[0].text == text.encode(charset, "replace").decode(
        charset
    )
    wrong = head.replace(charset, "x-unknown").encode() + "Rebels captured Ménaka.".encode("cp1252")
    assert result_of(tmp_path, wrong, "b.eml").articles[0].text == "Rebels captured Ménaka."


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"\x00\x01\x02", "is not a mail"),
        (b"just some words", "is not a mail"),
        (b"From: a@x.example\nSubject: empty\n\n", "is a mail without words"),
    ],
)
def test_what_is_no_mail_is_refused(tmp_path: Path, data: bytes, why: str) -> None:
    assert why in str(result_of(tmp_path, data).refused[0])


def test_hostile_mails_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    deep = b"From: a@x.example\n"
    for n in range(300):
        deep += b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n)
    result = result_of(tmp_path, deep + b"Content-Type: text/plain\n\nRebels captured Goma.\n")
    assert len(result.articles) + len(result.refused) == 1
    head = (
        b"From: " + b"=?utf-8?q?" * 50_000 + b"\nSubject: " + b"(" * 50_000 + b"\n\nRebels left.\n"
    )
    assert (
        len(
            result_of(tmp_path, head, "b.eml").articles + result_of(tmp_path, head, "c.eml").refused
        )
        >= 1
    )
    monkeypatch.setattr(read_mail, "MAX_MAIL_BYTES", 1000)
    box = b"From a\n\n" + b"x" * 5000 + b"\n\nFrom b\nFrom: b@x.example\n\nRebels captured Goma.\n"
    result = result_of(tmp_path, box, "big.mbox")
    assert [a.text for a in result.articles] == ["Rebels captured Goma."]
    assert "mail 1: is larger than" in str(result.refused[0])
    assert "is not a mailbox" in str(result_of(tmp_path, b"hello\n", "no.mbox").refused[0])


def parts_of(n: int, text: str) -> bytes:
    body = "".join(f"--b\nContent-Type: text/plain\n\n{text} {k}.\n" for k in range(n))
    return f"From: a@x.example\nContent-Type: multipart/mixed; boundary=b\n\n{body}--b--\n".encode()


def test_parts_that_are_not_looked_at_are_told(tmp_path: Path) -> None:
    result = result_of(tmp_path, parts_of(2_000, "Rebels captured Goma"))
    [article] = result.articles
    assert "Goma 498." in article.text
    assert "Goma 499." not in article.text
    [note] = result.notes
    assert "1,501 parts not read" in note


def test_a_mail_whose_words_lie_too_deep_says_so(tmp_path: Path) -> None:
    deep = b"From: a@x.example\n"
    for n in range(50):
        deep += b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n)
    result = result_of(tmp_path, deep + b"Content-Type: text/plain\n\nRebels captured Goma.\n")
    assert "has no words in its first 500 parts and 20 levels" in str(result.refused[0])


def test_mails_that_lie_too_deep_are_told(tmp_path: Path) -> None:
    mail = "From: a@x.example\nContent-Type: text/plain\n\nRebels captured Bukavu.\n"
    for n in range(30):
        mail = (
            f"From: a@x.example\nContent-Type: multipart/mixed; boundary=c{n}\n\n--c{n}\n"
            f"Content-Type: text/plain\n\nRebels captured Goma.\n--c{n}\n"
            f"Content-Type: message/rfc822\n\n{mail}\n--c{n}--\n"
        )
    result = result_of(tmp_path, mail.encode())
    assert {a.text for a in result.articles} == {"Rebels captured Goma."}
    assert "a mail in a mail in a mail was not read: more than 20 levels" in " ".join(result.notes)


@pytest.mark.parametrize(
    "charset",
    [
        "undefined",
        "idna",
        "punycode",
        "unicode_escape",
        "zlib",
        "rot13",
        "\\0",
        "../../x",
        "x" * 999,
    ],
)
def test_what_is_no_charset_is_read_as_utf8(tmp_path: Path, charset: str) -> None:
    head = f'From: a@x.example\nSubject: Goma\nContent-Type: text/plain; charset="{charset}"\n\n'
    result = result_of(tmp_path, head.encode() + "Rebels \\x41 captured Ménaka.".encode())
    assert [a.text for a in result.articles] == ["Rebels \\x41 captured Ménaka."]


ENDLESS = {
    "parameters": b"Content-Type: text/plain; "
    + b"; ".join(b"a*%d*=x" % k for k in range(100_000)),
    "quotes": b'Content-Type: text/plain; a="' + b'";"' * 100_000,
    "file names": b"Content-Type: text/plain\nContent-Disposition: inline; "
    + b"; ".join(b"filename*%d*=x" % k for k in range(100_000)),
    "encoded words": b"Subject: " + b"=?utf-8?q?a?= " * 200_000,
    "a slow charset": b"Subject: =?punycode?q?" + b"b" * 200_000 + b"?=",
    "brackets": b"From: " + b"(" * 1_000_000,
    "addresses": b"From: " + b"<a@b>," * 300_000,
    "answers": b"Subject: [x] " + b"Re: a " * 200_000,
    "a list": b"List-Id: " + b" " * 200_000 + b"x",
    "a day": b"Date: " + b"5 " * 300_000,
}


@pytest.mark.parametrize("kind", ENDLESS)
def test_endless_fields_of_a_header_cost_nothing(kind: str) -> None:
    mail = b"Received: x\n" + ENDLESS[kind] + b"\n\nRebels captured Goma.\n"
    start = time.process_time()
    [draft] = read_mail.read_eml("a.eml", mail)
    assert time.process_time() - start < 30
    if kind in {"a slow charset", "answers"}:
        assert "has a title of more than 2,000 characters" in str(draft)
        return
    assert not isinstance(draft, InputError)
    assert draft.text == "Rebels captured Goma."
