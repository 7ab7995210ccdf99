"""What an earlier version wrote still opens: its page, its page data, its claims."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from conftest import DATA, ROOT
from playwright.sync_api import expect

from mapgen.command.cli import main
from mapgen.drawing.page.html import page_html

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    Opener = Callable[..., Page]

EARLIER = Path(__file__).parents[1] / "data" / "earlier"
TOWNS = {"Aleppo", "Hama", "Homs", "Damascus"}


def old_page() -> str:
    return gzip.decompress((EARLIER / "page-aff8e27.html.gz").read_bytes()).decode()


def old_data() -> dict[str, Any]:
    found = DATA.search(old_page())
    assert found
    data: dict[str, Any] = json.loads(found.group(1))
    return data


def assert_tells_the_situation(page: Page, headline: str = "Homs") -> None:
    expect(page.locator("h1")).to_contain_text(headline)
    assert set(page.locator(".mg-map svg.ov text").all_text_contents()) >= TOWNS
    page.get_by_role("button", name="Hama").first.click()
    card = page.locator("article.card.sel")
    expect(card).to_contain_text("Aleppo and Hama taken")
    expect(card).to_contain_text("captured both Hama and Aleppo")


def test_the_old_page_opens_and_answers(opener: Opener, tmp_path: Path) -> None:
    path = tmp_path / "old.html"
    path.write_text(old_page(), encoding="utf-8")
    assert_tells_the_situation(opener(path))


def test_old_page_data_are_drawn_by_the_scripts_of_today(opener: Opener, tmp_path: Path) -> None:
    path = tmp_path / "mixed.html"
    path.write_text(page_html(old_data()), encoding="utf-8")
    assert_tells_the_situation(opener(path))


def test_old_claims_are_rendered(opener: Opener, tmp_path: Path) -> None:
    path = tmp_path / "rendered.html"
    claims, baseline = EARLIER / "claims-aff8e27.jsonl", ROOT / "seeds" / "baseline.csv"
    assert main(["render", str(claims), "--baseline", str(baseline), "-o", str(path)]) == 0
    assert_tells_the_situation(opener(path), "What 2 reports say about fighting in Syria")
