"""The site of the documentation: ``make docs``.

The source folder is the root of the repository, so that links between pages are the same on a code
host and in the site. Why Sphinx: ``docs/decisions/0014-documentation-site.md``.
"""

from __future__ import annotations

import re
from importlib.metadata import version as version_of
from typing import TYPE_CHECKING

from pygments.lexers.special import TextLexer

if TYPE_CHECKING:
    from sphinx.application import Sphinx

project = "mapgen"
author = "The mapgen authors"
copyright = author  # noqa: A001  the name that Sphinx reads
version = release = version_of("mapgen")

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
root_doc = "docs/README"
include_patterns = [
    "README.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "NOTICE.md",
    "SECURITY.md",
    "docs/**",
    "seeds/README.md",
    "tests/data/story/README.md",
]
myst_heading_anchors = 3  # the names that code hosts give to headings

napoleon_google_docstring = False
autodoc_typehints = "signature"
autodoc_member_order = "bysource"
autodoc_class_signature = "separated"
python_maximum_signature_line_length = 80

html_theme = "furo"
html_title = f"mapgen {version}"
html_extra_path = ["extra"]  # the page at the root of the site, which leads to the first page
html_copy_source = False
html_show_copyright = False
html_show_search_summary = False  # it fetches pages, which a browser refuses on a disk

# README pages that are a list of pages: what they link to is their table of contents.
LISTS = {"docs/README", "docs/decisions/README", "docs/gallery/README"}


def setup(app: Sphinx) -> None:
    """Join our steps to those of Sphinx."""
    app.add_lexer("csv", TextLexer)
    app.connect("source-read", add_contents)


def add_contents(_app: Sphinx, page: str, source: list[str]) -> None:
    """Give a list of pages its table of contents, so that a page is listed once, in words."""
    if page not in LISTS:
        return
    parts = re.split(r"^## (.+)\n", source[0], flags=re.MULTILINE)
    sections = [("", parts[0]), *zip(parts[1::2], parts[2::2], strict=True)]
    for caption, text in sections:
        pages = re.findall(r"^(?:-|\|) \[[^\]]+\]\(([^)#]+)\.md\)", text, flags=re.MULTILINE)
        if pages:
            named = f":caption: {caption}\n" if caption else ""
            head = f"```{{toctree}}\n:hidden:\n{named}"
            source[0] += f"\n{head}\n" + "\n".join(pages) + "\n```\n"
