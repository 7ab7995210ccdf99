"""Measure the speed of the coder in comparison with the parser: ``python bench/coding.py``.

The script prints the words per CPU second of the whole coding (places, parse, events) and of
spaCy's pipeline without entity recognition on the same articles, and their ratio. The articles are
those of ``tests/eval``, repeated as often as needed, or those of a JSON Lines file.
"""

from __future__ import annotations

import argparse
import itertools
import json
import re
import resource
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from gazetteer import Gazetteer  # noqa: E402
from mapgen.coding import RuleCoder  # noqa: E402
from mapgen.model import Article  # noqa: E402
from mapgen.reading.line_wrapping import paragraph_starts  # noqa: E402
from mapgen.reading.passages import DEFAULT_PARSER, load_parser  # noqa: E402
from tests.eval.report import SETS, dispatches, fresh_texts, more_texts  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable


def articles(path: Path | None, count: int) -> list[Article]:
    """Return ``count`` articles, repeated as often as needed.

    Parameters
    ----------
    path
        JSON Lines file with a field ``text``; by default, the articles of ``tests/eval`` are used.
    count
        Number of articles.
    """
    if path is not None:
        lines = path.read_text(encoding="utf-8").splitlines()
        texts = [json.loads(line)["text"] for line in lines if line]
        own = [
            Article(id=str(n), text=text, paragraphs=paragraph_starts(text))
            for n, text in enumerate(texts)
        ]
    else:
        own = dispatches() + more_texts() + [a for name in SETS for a in fresh_texts(name)]
    turns = itertools.islice(itertools.cycle(own), count)
    return [replace(article, id=f"{n}-{article.id}") for n, article in enumerate(turns)]


def timed(run: Callable[[Article], object], texts: list[Article]) -> float:
    """Return the CPU seconds that a function takes for all articles, after one to warm up."""
    run(texts[0])
    start = time.process_time()
    for article in texts:
        run(article)
    return time.process_time() - start


def _paragraphs(article: Article) -> list[str]:
    return [p for p in article.text.split("\n") if p.strip()]


def main() -> None:
    """Print the measurements."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--texts", type=Path, help="JSON Lines with a field text")
    options.add_argument("--count", type=int, default=500, help="articles (default 500)")
    args = options.parse_args()
    texts = articles(args.texts, args.count)
    words = sum(len(re.findall(r"\w+", article.text)) for article in texts)
    nlp = load_parser(DEFAULT_PARSER)
    alone = timed(lambda a: [nlp(p) for p in _paragraphs(a)], texts)
    batched = timed(lambda a: list(nlp.pipe(_paragraphs(a))), texts)
    with Gazetteer.open() as gazetteer:
        whole = timed(RuleCoder(gazetteer).code, texts)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{len(texts)} articles, {words:,} words; parser {DEFAULT_PARSER}; peak {peak:.0f} MB")
    print(f"parser alone, without NER: {words / alone:9,.0f} words per CPU second")
    print(f"  paragraphs in batches:   {words / batched:9,.0f} words per CPU second")
    print(f"whole reading:             {words / whole:9,.0f} words per CPU second")
    print(f"articles per CPU second:   {len(texts) / whole:9.1f}")
    print(
        f"share of the parser's:     {alone / whole:9.2f} ({batched / whole:.2f} of it in batches)"
    )


if __name__ == "__main__":
    main()
