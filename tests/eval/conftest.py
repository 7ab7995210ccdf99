"""One gazetteer and one reading of the evaluation texts for all tests in this folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from gazetteer import Gazetteer
from mapgen.coding import code_articles
from tests.eval import report
from tests.eval.score import from_claim

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from mapgen.model import Article
    from tests.eval.score import Record


@pytest.fixture(scope="session")
def gazetteer() -> Iterator[Gazetteer]:
    with Gazetteer.open() as opened:
        yield opened


@pytest.fixture(scope="session")
def dispatches() -> Sequence[Article]:
    return report.dispatches()


@pytest.fixture(scope="session")
def more_texts() -> Sequence[Article]:
    return report.more_texts()


@pytest.fixture(scope="session")
def coded(gazetteer: Gazetteer) -> Callable[[Sequence[Article]], list[Record]]:
    """Return a function from articles to the claims a map would be made from."""

    def code(articles: Sequence[Article]) -> list[Record]:
        extraction = code_articles(articles, gazetteer, parser=report.PARSER)
        return [from_claim(claim) for claim in extraction.claims]

    return code
