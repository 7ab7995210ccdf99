"""Kinds of cases for Word files and mails that are packed, nested or repeated without end.

`bench/fuzz.py` runs them as it runs other articles.
"""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

WORDS = "Rebels captured Goma on Thursday."
HEAD = "From: Desk <desk@wire.example>\nDate: Thu, 05 Dec 2024 22:45:00 -0500\nSubject: Goma\n"
CHARSETS = (
    "utf-8", "utf-7", "utf-16", "idna", "punycode", "unicode_escape", "undefined", "zlib", "hex",
    "../../etc/passwd", "\x00", "x" * 50_000, "hz", "iso-2022-jp", "cp037",
)  # fmt: skip
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PARAGRAPH = f"<w:p><w:r><w:t>{WORDS}</w:t></w:r></w:p>"
_WRAPPERS = (
    ("<w:ins>", "</w:ins>"),
    ("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>"),
    ("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"),
    ("<w:p><w:r><w:pict><w:txbxContent>", "</w:txbxContent></w:pict></w:r></w:p>"),
)
_REPEATED = (
    _PARAGRAPH,
    "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>Goma fell. </w:t></w:r></w:p>",
    f"<w:p><w:r><w:pict><w:txbxContent>{_PARAGRAPH}</w:txbxContent></w:pict></w:r></w:p>",
    '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="9999"/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>',
    "<w:p><w:r><w:delText>x</w:delText><w:footnoteReference w:id='1'/></w:r></w:p>",
)
_DECLARED = (
    "",
    "",
    '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/hostname">]>',
    '<!DOCTYPE w SYSTEM "http://127.0.0.1:9/a.dtd">',
)
_TARGETS = ("footnotes.xml", "../../../etc/hostname", "http://127.0.0.1:9/f.xml", "document.xml")


def packed_document(body: str) -> bytes:
    """Return a Word file with a body."""
    relation = f'<Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_MAIN}.document.main+xml"/>'
        "</Types>",
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{relation}'
        "</Relationships>",
        "word/document.xml": f'<w:document xmlns:w="{_WORD}"><w:body>{body}</w:body></w:document>',
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in parts.items():
            packed.writestr(name, text)
    return stream.getvalue()


def packed_word(draw: Random) -> bytes:
    """Return a Word file of few bytes that unpacks to much, or whose parts lie elsewhere."""
    before, after = draw.choice(_WRAPPERS)
    n = draw.choice((1, 20, 100, 1_000, 10_000))
    body = before * n + _PARAGRAPH + after * n
    body += draw.choice(_REPEATED) * draw.choice((1, 100, 1_000, 10_000))
    target = draw.choice(_TARGETS)
    mode = ' TargetMode="External"' if target.startswith("http") or draw.random() < 0.2 else ""
    relation = f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" Type="'
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.'
        'relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_MAIN}.document.main+xml"/>'
        "</Types>",
        "_rels/.rels": f'{relation}{_OFFICE}/officeDocument" '
        'Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'{draw.choice(_DECLARED)}<w:document xmlns:w="{_WORD}"><w:body>{body}'
        "</w:body></w:document>",
        "word/_rels/document.xml.rels": f'{relation}{_OFFICE}/footnotes" Target="{target}"{mode}/>'
        "</Relationships>",
        "word/footnotes.xml": f'<w:footnotes xmlns:w="{_WORD}"><w:footnote w:id="1">{_PARAGRAPH}'
        "</w:footnote></w:footnotes>",
        "../../outside.txt": "x",
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in parts.items():
            packed.writestr(name, text)
    return stream.getvalue()


def nested_mail(draw: Random) -> bytes:
    """Return a mail of very many parts, of parts in parts, or with fields without end."""
    n = draw.choice((1, 19, 100, 500, 2_000))
    charset = draw.choice(CHARSETS)
    part = f'Content-Type: text/plain; charset="{charset}"\n\n{WORDS}\n'
    field = draw.choice(
        (
            "X: " + "a" * draw.choice((10, 3_000_000)),
            "Subject: " + "=?utf-8?q?a?= " * n,
            "Subject: =?punycode?q?" + "b" * n + "?=",
            "From: " + "(" * n,
            "List-Id: " + '" ' * n,
        )
    )
    one = "".join(f"Content-Type: multipart/mixed; boundary=b{k}\n\n--b{k}\n" for k in range(n))
    name = "; ".join(f"filename*{k}*=%E2%80%AE" for k in range(n))
    body = draw.choice(
        (
            one + part,
            f"Content-Type: multipart/mixed; boundary=b\n\n--b\n{part}" + f"--b\n{part}" * n,
            f"Content-Type: message/rfc822\n\n{HEAD}" * n + part,
            f"Content-Type: multipart/mixed; boundary=b\n\n--b\n{part}--b\nContent-Type: "
            f"application/pdf\nContent-Disposition: attachment; {name}\n\nx\n--b--\n",
            f"Content-Type: text/html\n\n{'<div>' * n}{WORDS}",
        )
    )
    return f"{HEAD}{field}\n{body}".encode()


MAKERS: dict[str, tuple[Callable[[Random], bytes], str]] = {
    "packed_word": (packed_word, ".docx"),
    "nested_mail": (nested_mail, ".eml"),
}
