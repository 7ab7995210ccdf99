"""Read bytes in the charset that a page, a mail or a server states."""

from __future__ import annotations

from codecs import lookup

_NO_CHARSETS = frozenset(
    {"idna", "mbcs", "oem", "punycode", "raw-unicode-escape", "undefined", "unicode-escape"}
)  # codecs of Python in which nobody writes; some take endless time, or give halves of signs


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


def is_written(charset: str) -> bool:
    """Whether texts are written in a charset, as far as its name is known."""
    try:
        return lookup(charset).name not in _NO_CHARSETS
    except (ValueError, LookupError):
        return False
