"""The snippet that embeds a map is made of a sound map only."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from mapgen.drawing.page.embed import _RESIZE, embed_snippet
from mapgen.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

META = {
    "title": "War </title><script>alert(1)</script>",
    "as_of_text": "as of 6 December 2024",
    "as_of_note": "",
    "language": 'en" onload="alert(1)',
    "summary": [["Held:", "<img src=x onerror=alert(1)>"]],
}


def _page(folder: Path, data: str) -> Path:
    file = folder / "map.html"
    text = f'<p><script type="application/json" id="mg-data">{data}</script>'
    file.write_text(text, "utf-8")
    return file


def test_a_title_of_others_is_text_in_the_snippet(tmp_path: Path) -> None:
    data = json.dumps({"meta": META}).replace("<", "\\u003c")
    snippet = embed_snippet(_page(tmp_path, data))
    assert "War &lt;/title&gt;&lt;script&gt;" in snippet
    assert "<script" not in snippet.replace(f"<script>{_RESIZE}</script>", "")  # our own
    assert "<img" not in snippet
    assert 'lang="en&quot; onload=' in snippet


@pytest.mark.parametrize(
    "data",
    [
        "{",
        "[]",
        "null",
        "{}",
        '{"meta": 5}',
        "[" * 100_000,
        json.dumps({"meta": {k: v for k, v in META.items() if k != "summary"}}),
        json.dumps({"meta": META | {"summary": [["one"]]}}),
        json.dumps({"meta": META | {"summary": 5}}),
        json.dumps({"meta": META | {"title": None}}),
    ],
)
def test_a_map_whose_data_were_changed_is_refused(tmp_path: Path, data: str) -> None:
    with pytest.raises(InputError, match=r"map\.html: is a map whose data were changed"):
        embed_snippet(_page(tmp_path, data))
