"""Find an installed Chromium, which can take pictures of the page."""

from __future__ import annotations

import os
import shutil

CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")


def chromium_path() -> str | None:
    """Return the path of a Chromium, or None if none is installed.

    The environment variable ``MAPGEN_CHROMIUM`` comes first, then the programs of `CHROMIUMS` on
    the search path.
    """
    named = os.environ.get("MAPGEN_CHROMIUM")
    return named or next(filter(None, map(shutil.which, CHROMIUMS)), None)
