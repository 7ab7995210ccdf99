"""Read bytes in the charset that a page, a mail or a server states, or in which they are likely."""

from __future__ import annotations

from codecs import lookup

_NO_CHARSETS = frozenset(
    {"idna", "mbcs", "oem", "punycode", "raw-unicode-escape", "undefined", "unicode-escape"}
)  # codecs of Python in which nobody writes; some take endless time, or give halves of signs
# What these names mean in practice, as in the WHATWG Encoding Standard
_WEB_CHARSETS = {"iso-8859-1": "cp1252", "latin-1": "cp1252", "us-ascii": "utf-8", "ascii": "utf-8"}
_LOST = "\N{REPLACEMENT CHARACTER}"


def text_in(data: bytes, charset: str, *, replacing: bool = False) -> str | None:
    """Return bytes as text, or None if they are not written in the charset, or it is unknown.

    Parameters
    ----------
    data
        The bytes.
    charset
        Name of the charset, as it is stated.
    replacing
        Whether what cannot be read becomes U+FFFD.
    """
    if not is_written(charset):
        return None
    try:
        return data.decode(charset, "replace" if replacing else "strict")
    except (ValueError, LookupError):
        return None


def likely_text(data: bytes, stated: str) -> tuple[str, int]:
    """Return bytes as text in the charset in which they are most likely written.

    A few damaged bytes do not make UTF-8 something else: they alone are lost.

    Parameters
    ----------
    data
        The bytes.
    stated
        Name of the charset, as it is stated; it may be wrong.

    Returns
    -------
    str
        The text, with U+FFFD for what cannot be read.
    int
        How many signs cannot be read.
    """
    likely = (_WEB_CHARSETS.get(stated.lower(), stated), "utf-8")
    for charset in likely:
        text = text_in(data, charset)
        if text is not None:
            return text, 0
    for charset in likely:
        text = text_in(data, charset, replacing=True) or ""
        n_lost = text.count(_LOST)
        n_ascii = len(text.encode("ascii", "ignore"))
        if len(text) - n_ascii - n_lost > n_lost:
            return text, n_lost
    text = data.decode("cp1252", "replace")
    return text, text.count(_LOST)


def is_written(charset: str) -> bool:
    """Whether texts are written in a charset, as far as its name is known."""
    try:
        return lookup(charset).name not in _NO_CHARSETS
    except (ValueError, LookupError):
        return False
