"""The tags with which a network or a chat shows a link to the page: nothing in them is invented."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest

from mapgen.drawing.page.plain import social_tags
from mapgen.errors import SettingsError
from mapgen.settings import Settings
from tests.unit.test_render_html import data


def tags(**meta: Any) -> dict[str, str]:
    """Return the tags of a page by name; each name stands once."""
    pairs = re.findall(
        r'<meta (?:property|name)="([^"]+)" content="([^"]*)">', social_tags(data(**meta))
    )
    assert len(pairs) == len({name for name, _ in pairs})
    return {name: unescape(text) for name, text in pairs}


def test_without_addresses_no_address_and_no_picture_is_named() -> None:
    found = tags(title="Sudan: El Fasher")
    assert found["og:title"] == "Sudan: El Fasher"
    assert not {"og:url", "og:image", "og:image:alt", "twitter:image"} & set(found)
    # a large card without a picture would be an empty box
    assert found["twitter:card"] == "summary"


def test_the_address_of_the_page_does_not_make_a_picture() -> None:
    found = tags(url="https://news.example/sudan/map.html")
    assert found["og:url"] == "https://news.example/sudan/map.html"
    assert "og:image" not in found


def test_the_card_is_named_by_its_absolute_address_and_in_words() -> None:
    found = tags(
        card_url="https://news.example/card.png?a=1&b=2",
        summary=[["Taken.", "RSF took <b>El Fasher</b>."]],
    )
    assert found["og:image"] == "https://news.example/card.png?a=1&b=2"
    assert found["twitter:card"] == "summary_large_image"
    assert "RSF took <b>El Fasher</b>." in found["og:image:alt"]


@pytest.mark.parametrize("name", ["url", "card_url"])
@pytest.mark.parametrize(
    "address",
    [
        "card.png",
        "/card.png",
        "//news.example/card.png",
        "file:///tmp/card.png",
        "javascript:alert(1)",
        "https://",
        "https:///card.png",
        'https://news.example/"><script>',
        "https://ann:secret@news.example/card.png",
        "https://news.example/a card.png",
        "https://news.example:99999999/card.png",
    ],
)
def test_an_address_that_is_not_absolute_is_refused_before_any_work(
    name: str, address: str
) -> None:
    with pytest.raises(SettingsError, match=r"https://example\.org/") as refused:
        Settings().updated(**{name: address})
    assert "secret" not in str(refused.value)


def test_addresses_do_not_change_the_settings_of_a_map() -> None:
    put = Settings().updated(url="https://news.example/m", card_url="https://news.example/c.png")
    assert (put.url, put.card_url) == ("https://news.example/m", "https://news.example/c.png")
    assert put.digest() == Settings().digest()
