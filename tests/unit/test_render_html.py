"""The page as a text: what is inside, what is not, and that data stay data."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from typing import TYPE_CHECKING, Any

import folium
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mapgen.drawing.page.html import SCRIPTS, as_json, folium_map, page_html, page_script
from mapgen.errors import RenderError

if TYPE_CHECKING:
    from pathlib import Path

BLOCK = re.compile(r'<script type="application/json" id="mg-data">(.*?)</script>', re.DOTALL)
SCRIPT = re.compile(r"<script>(.*?)</script>|<script(?! type=.application/json)[^>]+>", re.DOTALL)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=12,
)


def data(title: str = "Nothing changed hands", **meta: Any) -> dict[str, Any]:
    """Return the smallest page: a title, and nothing to draw."""
    base: dict[str, Any] = {"bbox": [35.0, 32.0, 42.0, 37.0], "focus": None}
    lists = ("land", "lakes", "rivers", "admin", "borders", "coast", "disputed", "roads")
    base |= {name: [] for name in (*lists, "countries", "waters")}
    return {
        "version": 1,
        "meta": {
            "kicker": "Situation map",
            "title": title,
            "as_of": None,
            "as_of_text": "Day unknown",
            "as_of_note": "",
            "summary": [],
            "articles": {},
            "method": [],
            "credits": [],
            "country": None,
            "warnings": [],
            "generator": {},
        }
        | meta,
        "sides": {},
        "days": [],
        "span": None,
        "bars": [],
        "places": [],
        "signs": [],
        "areas": [],
        "cards": [],
        "off": [],
        "base": base,
        "inset": None,
    }


def block(page: str) -> Any:
    found = BLOCK.findall(page)
    assert len(found) == 1
    return json.loads(found[0])


@given(JSON)
@settings(max_examples=150, deadline=None)
def test_json_comes_back_and_is_inert(value: object) -> None:
    text = as_json(value)
    assert json.loads(text) == value
    assert not set(text) & set("<>&`\u2028\u2029")
    for opener in ("{{", "{%", "{#", "${", "}}"):
        # braces of JSON itself may stand side by side, those of a text never
        assert opener not in "".join(re.findall(r'"(?:[^"\\]|\\.)*"', text))


def test_half_a_surrogate_pair_becomes_the_replacement_sign() -> None:
    text = as_json({"a": "x\ud83dy", "b": "\U0001f5fa"})
    assert json.loads(text) == {"a": "x\ufffdy", "b": "\U0001f5fa"}
    text.encode()


def test_not_a_number_is_refused() -> None:
    with pytest.raises(ValueError, match="JSON compliant"):
        as_json({"lat": float("nan")})


def test_data_of_the_page_are_the_data_given() -> None:
    given_data = data("Ceasefire holds")
    assert block(page_html(given_data)) == given_data


def test_title_is_text() -> None:
    title = "</title><script>alert(1)</script> {{ 7*7 }} & <!--mapgen-data--> </head>"
    page = page_html(data(title))
    assert page.count("<title>") == 1
    assert f"<title>{html.escape(title)}</title>" in page
    assert block(page)["meta"]["title"] == title


def test_policy_allows_the_scripts_of_the_page_and_nothing_else() -> None:
    page = page_html(data())
    policies = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    assert len(policies) == 1
    policy = dict(part.strip().split(" ", 1) for part in policies[0].split(";"))
    assert policy["default-src"] == "'none'"
    assert "connect-src" not in policy
    assert policy["img-src"] == "data:"
    allowed = set(policy["script-src"].split())
    assert not {"'unsafe-inline'", "'unsafe-eval'"} & allowed
    bodies = SCRIPT.findall(page)
    assert len(bodies) >= 4
    needed = {
        f"'sha256-{base64.b64encode(hashlib.sha256(b.encode()).digest()).decode()}'" for b in bodies
    }
    assert needed == allowed
    # the policy must come before whatever it is to govern
    assert page.index("Content-Security-Policy") < page.index("<script")
    assert page.index("Content-Security-Policy") < page.index("<style")


def test_nothing_comes_from_outside() -> None:
    page = page_html(data())
    markup = re.sub(r"(<script[^>]*>).*?</script>", r"\1", page, flags=re.DOTALL)
    assert re.findall(r"<(?:script|img|iframe|link)[^>]*\b(?:src|href)=", markup) == []
    assert "@import" not in markup
    assert re.findall(r"url\((?!#|data:|[\"']?data:)[^)]*\)", markup) == []
    for word in ("cdn.jsdelivr", "cdnjs", "unpkg", "jquery", "bootstrap", "sourceMappingURL"):
        assert word not in page.lower().replace("sourcemappingurl", "sourceMappingURL"), word


def test_same_data_same_page_and_no_random_names() -> None:
    assert page_html(data()) == page_html(data())
    assert re.findall(r"_[0-9a-f]{32}", page_html(data())) == []


def test_saved_file_is_the_page(tmp_path: Path) -> None:
    made = folium_map(data())
    made.save(tmp_path / "a.html")
    made.save(str(tmp_path / "b.html"))
    assert (tmp_path / "a.html").read_bytes() == page_html(data()).encode()
    assert (tmp_path / "b.html").read_bytes() == (tmp_path / "a.html").read_bytes()


def test_notebook_frame_is_shut_off_from_the_notebook() -> None:
    frame = folium_map(data("<b>Title</b>"))._repr_html_()
    assert frame.startswith("<iframe ")
    sandbox = re.search(r'sandbox="([^"]*)"', frame)
    assert sandbox is not None
    assert "allow-same-origin" not in sandbox.group(1)
    inner = re.search(r'srcdoc="([^"]*)"', frame)
    assert inner is not None
    assert html.unescape(inner.group(1)) == page_html(data("<b>Title</b>"))


@pytest.mark.parametrize("url", ["https://example.org/x.js", "//example.org/x.js", "x.js"])
def test_script_from_outside_is_refused(url: str) -> None:
    made = folium_map(data())
    script = folium.Element(f'<script src="{url}"></script>')
    made.get_root().html.add_child(script)
    with pytest.raises(RenderError, match="from outside itself") as caught:
        made.to_html()
    assert url in str(caught.value)


def test_tile_layer_is_refused_by_name() -> None:
    made = folium_map(data())
    folium.TileLayer("OpenStreetMap").add_to(made)
    with pytest.raises(RenderError, match=r"tile layer \(openstreetmap\)"):
        made.to_html()


def test_all_scripts_are_in_one_function() -> None:
    script = page_script()
    assert script.startswith("(function () {\n'use strict';")
    assert script.endswith("})();")
    assert len(SCRIPTS) == len(set(SCRIPTS))
    for forbidden in ("innerHTML", "insertAdjacentHTML", "document.write", "eval(", "fetch("):
        assert forbidden not in script, forbidden
