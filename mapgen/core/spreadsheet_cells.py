"""Write text as cells of a CSV file that no spreadsheet takes for a formula, and read them back."""

from __future__ import annotations

import re

# Characters that begin a formula; the wide forms do so in East Asian locales. Spreadsheets may pass
# over white space before them.
_FORMULA = re.compile("[\t\r\n]|\\s*[=+\\-@＝＋－＠]")


def never_formula(text: str) -> str:
    """Return a text with an apostrophe before it if it begins like a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def without_guard(text: str) -> str:
    """Return a text without the apostrophe that `never_formula` puts before a formula."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text, 1) else text
