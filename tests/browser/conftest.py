"""A real browser, offline, that reports every request and every message of the console."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Browser, Error, Page, Playwright, sync_playwright

import mapgen
from mapgen.drawing.page.packed import unpacked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).parents[2]
NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
ARGS = ["--no-sandbox", "--disable-gpu"]
DATA = re.compile(r'<script type="application/json" id="mg-data">(.*?)</script>', re.DOTALL)


@dataclass
class Watch:
    """What pages asked for and complained of since it was last read."""

    requests: list[str] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)

    def follow(self, page: Page) -> None:
        page.on("request", lambda r: self._request(r.url))
        page.on("console", lambda m: self.messages.append(f"{m.type}: {m.text}"))
        page.on("pageerror", lambda e: self.messages.append(f"pageerror: {e}"))

    def _request(self, url: str) -> None:
        if not url.startswith(("file:", "data:", "about:", "blob:")):
            self.requests.append(url)


@dataclass(frozen=True)
class Built:
    """The page of the dispatches in seeds/, made once for all tests."""

    path: Path
    html: str
    data: dict[str, Any]
    situation: Any


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


def until(page: Page, expression: str) -> None:
    """Wait until an expression is true in the page.

    Playwright's own ``wait_for_function`` evaluates a second time inside the page, where the
    policy of our pages forbids it: it passes on a fast machine and fails on a slow one.
    """
    for _ in range(300):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(100)
    pytest.fail(f"never came true in the page: {expression}")


def _start(engine: Playwright) -> Browser:
    """Start the browser of the user, of the system, or playwright's own, in that order."""
    found = os.environ.get("MAPGEN_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    try:
        return engine.chromium.launch(executable_path=found, args=ARGS)
    except Error as err:
        reason = (
            f"no Chromium could be started ({found or 'none installed'}): install chromium, or "
            f"name one in MAPGEN_CHROMIUM. {str(err).splitlines()[0]}"
        )
        # on a build machine a page that nobody looked at must not pass
        (pytest.fail if os.environ.get("CI") else pytest.skip)(reason)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as engine:
        running = _start(engine)
        yield running
        running.close()


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    with contextlib.chdir(ROOT):
        situation = mapgen.build(["seeds"], baseline="seeds/baseline.csv")
        text = situation.to_html()
    path = tmp_path_factory.mktemp("page") / "map.html"
    path.write_text(text, encoding="utf-8", newline="")
    block = DATA.search(text)
    assert block is not None
    return Built(
        path=path, html=text, data=unpacked(json.loads(block.group(1))), situation=situation
    )


@pytest.fixture(scope="session")
def watch() -> Watch:
    return Watch()


@pytest.fixture(autouse=True)
def silent(watch: Watch) -> Iterator[None]:
    """Fail a test whose page asked for anything or wrote anything to the console."""
    yield
    requests, messages = watch.requests[:], watch.messages[:]
    watch.requests.clear()
    watch.messages.clear()
    assert requests == [], "the page asked for something outside itself"
    assert messages == [], "the page wrote to the console"


def _open(browser: Browser, watch: Watch, path: Path, fragment: str = "", **options: Any) -> Page:
    options = {"viewport": {"width": 1440, "height": 900}, "reduced_motion": "reduce", **options}
    context = browser.new_context(offline=True, **options)
    context.set_default_timeout(15_000)
    page = context.new_page()
    watch.follow(page)
    page.goto(path.as_uri() + fragment)
    page.wait_for_selector("body[data-ready]", state="attached")
    return page


@pytest.fixture
def opener(browser: Browser, watch: Watch) -> Iterator[Callable[..., Page]]:
    """Open a file in a window of its own; keywords are those of a browser context."""
    pages: list[Page] = []

    def start(path: Path, fragment: str = "", **options: Any) -> Page:
        pages.append(_open(browser, watch, path, fragment, **options))
        return pages[-1]

    yield start
    for page in pages:
        page.context.close()


@pytest.fixture(scope="session")
def _desk(browser: Browser, built: Built, watch: Watch) -> Iterator[Page]:
    page = _open(browser, watch, built.path)
    yield page
    page.context.close()


@pytest.fixture
def desk(_desk: Page) -> Page:
    """The page on a desk, for tests that only look; never change its state."""
    return _desk
