"""Find an installed Chromium, which takes pictures of the page itself."""

from __future__ import annotations

import os
import shutil

CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")


def chromium_path() -> str | None:
    """Return the Chromium that ``MAPGEN_CHROMIUM`` names, else the first that is installed."""
    named = os.environ.get("MAPGEN_CHROMIUM")
    return named or next(filter(None, map(shutil.which, CHROMIUMS)), None)
