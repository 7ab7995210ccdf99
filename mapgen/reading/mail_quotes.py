"""Mark what a mail in HTML quotes as mails in plain text mark it: with ``>`` before each line.

The tree of a mail comes in, and is changed. Mail programs tell quotes by an element of their own:
``blockquote type="cite"``, or a class or id that Gmail, Yahoo, Proton and Outlook give it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mapgen.reading.html_text import text_of_html, words_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

ORIGINAL = "-----Original Message-----"
"""What Outlook writes in plain text before the mail that is answered."""

_CLASSES = re.compile(r"(?:^|\s)(?:gmail_quote|protonmail_quote|yahoo_quoted|tutanota_quote)\b")
_OUTLOOK = frozenset({"divrplyfwdmsg", "mail-editor-reference-message-container"})


def text_of_mail(text: str) -> str:
    """Return the words of a mail in HTML, a paragraph per block, with its quotes marked.

    Parameters
    ----------
    text
        Body of the mail.
    """
    return text_of_html(text, _mark)


def _mark(root: HtmlElement) -> None:
    """Put a sign before each line that a mail quotes, and a line before an answered mail."""
    from lxml.etree import SubElement  # noqa: PLC0415  slow to load, and only needed here

    for quote in [e for e in root.iter("blockquote") if _is_quote(e)]:
        if any(_is_quote(outer) for outer in quote.iterancestors("blockquote")):
            continue  # marked with the outer one
        lines = [" ".join(line.split()) for line in words_of(quote).split("\n")]
        for child in list(quote):
            quote.remove(child)
        quote.text = None
        for line in filter(None, lines):
            SubElement(quote, "p").text = f"> {line}"
    for element in root.iter("div"):
        if str(element.get("id", "")).casefold() in _OUTLOOK:
            mark = element.makeelement("p")
            mark.text = ORIGINAL
            mark.tail, element.text = element.text, None
            element.insert(0, mark)


def _is_quote(element: HtmlElement) -> bool:
    """Whether a block is what the mail answers, and not a passage that it cites from elsewhere."""
    if str(element.get("type", "")).casefold() == "cite" or _CLASSES.search(
        element.get("class", "")
    ):
        return True
    return any(_CLASSES.search(outer.get("class", "")) for outer in element.iterancestors("div"))
