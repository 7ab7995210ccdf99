"""Measure whether long texts take longer per kilobyte than short ones.

    python bench/long_text.py [--kilobytes 10,30,100] [--shapes prose,...] [--profile]

Each shape of text is coded at several sizes. The script prints CPU milliseconds per kilobyte, and
the ratio to the smallest size, which stays near 1 if the time is linear. ``--profile`` prints where
the time of the largest size goes.
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import sys
import time
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from gazetteer import Gazetteer  # noqa: E402
from mapgen.coding import RuleCoder, TwoReaders  # noqa: E402
from mapgen.core.clean_articles import cleaned  # noqa: E402
from mapgen.model import Article  # noqa: E402
from mapgen.reading.line_wrapping import paragraph_starts  # noqa: E402
from mapgen.settings import parse_day  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable

TOWNS = (
    "Kharkiv", "Izium", "Kupiansk", "Lyman", "Bakhmut", "Pokrovsk", "Kramatorsk", "Sloviansk",
    "Kherson", "Mykolaiv", "Nikopol", "Zaporizhzhia", "Melitopol", "Mariupol", "Sumy", "Vovchansk",
)  # fmt: skip
SENTENCES = (
    "Russian forces captured {a} on {day}, the Ukrainian General Staff said.",
    "Some {n},000 people fled {a} for {b} since {day}, according to the UN refugee agency.",
    "Ukrainian troops withdrew from {a} after three weeks of shelling, but still hold {b}.",
    "Residents of {a} said they heard explosions near the railway station on {day}.",
    "The governor denied that {a} had fallen and said that the road to {b} was open.",
    "Drones struck a power station in {a}, killing {n} people and wounding dozens.",
    "The village of {c}, 12 km north of {a}, changed hands twice, two officers told reporters.",
    "About {n} families returned to {a} as the front moved away from the town.",
    "The mayor ordered the evacuation of {a} on {day}; buses took {n}00 people to {b}.",
    "It was raining, and nothing moved on the roads.",
)
VILLAGES = ("Stara Balka", "Nova Dolyna", "Verkhnie Pole", "Chorna Hora", "Dobryi Lis")
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "2 May", "3 May", "Sunday")


def sentence(draw: Random) -> str:
    """Return a sentence of a war report."""
    a, b = draw.sample(TOWNS, 2)
    return draw.choice(SENTENCES).format(
        a=a, b=b, c=draw.choice(VILLAGES), day=draw.choice(DAYS), n=draw.randrange(2, 90)
    )


def _joined(n_bytes: int, joint: Callable[[int], str], draw: Random) -> str:
    parts: list[str] = []
    size = 0
    while size < n_bytes:
        parts += [sentence(draw), joint(len(parts) // 2)]
        size += len(parts[-2]) + len(parts[-1])
    return "".join(parts[:-1])


def prose(n_bytes: int) -> str:
    """Return paragraphs of six sentences."""
    return _joined(n_bytes, lambda n: "\n\n" if n % 6 == 5 else " ", Random(1))


def one_paragraph(n_bytes: int) -> str:
    """Return one paragraph."""
    return _joined(n_bytes, lambda _: " ", Random(2))


def one_sentence(n_bytes: int) -> str:
    """Return one sentence: clauses joined by "and"."""
    joined = _joined(n_bytes, lambda _: "\t", Random(3))
    return " and ".join(part.rstrip(".") for part in joined.split("\t")) + "."


def short_paragraphs(n_bytes: int) -> str:
    """Return paragraphs of one sentence."""
    return _joined(n_bytes, lambda _: "\n\n", Random(4))


SHAPES = {f.__name__: f for f in (prose, one_paragraph, one_sentence, short_paragraphs)}


def article_of(text: str) -> Article:
    """Return a text as an article of May 2024."""
    day = parse_day("2024-05-09")
    starts = paragraph_starts(text)
    made = Article(id="a", text=text, published_on=day, country="UA", paragraphs=starts)
    return cleaned(made)[0]


def main() -> None:
    """Print the measurements."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--kilobytes", default="10,30,100", help="sizes (default 10,30,100)")
    options.add_argument("--shapes", default=",".join(SHAPES))
    options.add_argument("--coders", default="rules,readers")
    options.add_argument("--profile", action="store_true", help="profile the largest size")
    args = options.parse_args()
    sizes = [int(size) for size in args.kilobytes.split(",")]
    kinds: dict[str, type[RuleCoder | TwoReaders]]
    kinds = {"rules": RuleCoder, "readers": TwoReaders}
    with Gazetteer.open() as gazetteer:
        for coder in args.coders.split(","):
            code = kinds[coder](gazetteer).code
            code(article_of(prose(5_000)))
            for shape in args.shapes.split(","):
                _measure(code, f"{coder:8} {shape:17}", SHAPES[shape], sizes, args.profile)


def _measure(
    code: Callable[[Article], object],
    name: str,
    shape: Callable[[int], str],
    sizes: list[int],
    profile: bool,  # noqa: FBT001
) -> None:
    first = 0.0
    for size in sizes:
        article = article_of(shape(size * 1000))
        watch = cProfile.Profile() if profile and size == sizes[-1] else None
        start = time.process_time()
        if watch:
            watch.runcall(code, article)
        else:
            code(article)
        each = (time.process_time() - start) * 1000 / (len(article.text) / 1000)
        first = first or each
        print(f"{name} {size:6} KB {each:8.1f} ms/KB  ratio {each / first:5.2f}", flush=True)
        if watch:
            pstats.Stats(watch).sort_stats("tottime").print_stats(25)


if __name__ == "__main__":
    main()
