"""List the licences of all dependencies, and fail if one is unknown or copyleft.

    python tools/check_licences.py [--dev]

The check includes the installed direct and indirect dependencies of mapgen and, with ``--dev``,
those of its test tools. File-level copyleft (MPL) is accepted, since it requires nothing of those
who only use a package.
"""

from __future__ import annotations

import argparse
import re
import sys
from importlib.metadata import Distribution, PackageNotFoundError, distribution

from packaging.requirements import Requirement

PERMISSIVE = re.compile(
    r"\b(?:MIT(?:-0|-CMU)?|Expat|BSD(?:-[0-9]-Clause)?|0BSD|Apache|ISC|PSF|Python Software|PSFL|"
    r"Zlib|Unlicense|CC0|HPND|Historical Permission|BSL|Boost|ZPL|Public Domain|X11)",
    re.IGNORECASE,
)
COPYLEFT = re.compile(r"\b(?:A?GPL|LGPL|GNU|EUPL|CDDL|EPL|SSPL|BUSL|Commons Clause)", re.IGNORECASE)
BY_FILE = re.compile(r"\bMPL|Mozilla Public", re.IGNORECASE)
LONG = 80  # characters; a longer field contains the text of a licence rather than its name
# Packages with missing or misleading metadata, whose licence files were read.
READ_BY_HAND: dict[str, str] = {
    # Its metadata name no licence; its file LICENSE is MIT's. It carries axe-core, which has a
    # file-level copyleft. Only tests use it; no part of it is in mapgen or in a page.
    "axe-playwright-python": "MIT, MPL-2.0 (axe-core)",
    # Public Domain, parts BSD. The GPL in the metadata is for an Emacs file, not in the wheel.
    "docutils": "Public Domain, BSD-2-Clause",
}


def needed(root: str, *, dev: bool) -> dict[str, Distribution]:
    """Return the installed distributions on which a package depends, by name.

    Parameters
    ----------
    root
        Name of the package, which is left out of the result.
    dev
        Whether to include its extra ``dev``.
    """
    found: dict[str, Distribution] = {}
    waiting = [(root, frozenset({"dev"} if dev else ()))]
    seen = set(waiting)
    while waiting:
        name, extras = waiting.pop()
        try:
            dist = distribution(name)
        except PackageNotFoundError:
            continue  # only needed for another system or Python
        if name != root:
            found[name] = dist
        for line in dist.requires or ():
            wanted = Requirement(line)
            envs = [{"extra": extra} for extra in (extras or {""})] + [{"extra": ""}]
            if wanted.marker is None or any(wanted.marker.evaluate(env) for env in envs):
                key = re.sub(r"[-_.]+", "-", wanted.name).lower()
                step = (key, frozenset(wanted.extras))
                if step not in seen:
                    seen.add(step)
                    waiting.append(step)
    return dict(sorted(found.items()))


def licence_of(dist: Distribution) -> str:
    """Return the licence in the metadata of a distribution, shortened, or "unknown"."""
    told = dist.metadata.get("License-Expression")
    if told:
        return str(told)
    marks = [c for c in dist.metadata.get_all("Classifier") or () if c.startswith("License ::")]
    named = [mark.rsplit(" :: ", 1)[1] for mark in marks if mark.count("::") > 1]
    text = (dist.metadata.get("License") or "").strip()
    short = text if len(text) < LONG else text.split("\n", maxsplit=1)[0]
    return "; ".join(named) or short or "unknown"


def verdict(licence: str) -> str:
    """Return "ok", "by file", "copyleft" or "unknown" for a licence."""
    choices = re.split(r"\s+OR\s+", licence)
    if any(PERMISSIVE.search(c) and not COPYLEFT.search(c) for c in choices):
        return "ok"
    if any(BY_FILE.search(c) and not COPYLEFT.search(c) for c in choices):
        return "by file"  # in "MPL-1.1 OR GPL-2.0", the user may choose the first
    return "copyleft" if COPYLEFT.search(licence) else "unknown"


def main() -> int:
    """Print the table; return 1 if a licence is not accepted, else 0."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--dev", action="store_true", help="with the tools for tests")
    bad = []
    for name, dist in needed("mapgen", dev=parser.parse_args().dev).items():
        licence = READ_BY_HAND.get(name) or licence_of(dist)
        what = verdict(licence)
        bad += [name] if what in {"copyleft", "unknown"} else []
        print(f"{name:28}{dist.version:14}{what:10}{' '.join(licence.split())[:60]}")
    if bad:
        print(f"not taken: {', '.join(bad)}", file=sys.stderr)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
