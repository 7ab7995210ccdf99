"""Write the messages of the command line to standard error, one line each."""

from __future__ import annotations

import contextlib
import sys
import time
from collections import Counter
from typing import TYPE_CHECKING

from mapgen.core.clean_text import on_terminal
from mapgen.situation.silent_articles import silent_articles

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Sequence

    from mapgen.model import Extraction

NAMES_SHOWN = 8
_SECONDS_TO_TELL = 5  # before which the time left is a guess
_TITLE_SHOWN = 60  # letters
SEVERAL_SAID = "Not drawn, several places of this name"


def tell_extraction(args: argparse.Namespace, extraction: Extraction) -> None:
    """Report how much was coded and which names were not found.

    Parameters
    ----------
    args
        Parsed arguments; ``quiet`` suppresses the message.
    extraction
        Articles, sentences and claims.
    """
    n_claims, n_articles = len(extraction.claims), len(extraction.articles)
    n_off = sum(sentence.left_off is not None for sentence in extraction.sentences)
    tell_counts(args, n_claims, n_articles, n_off)
    if n_claims or len(extraction.articles) > 1:
        tell_silent(args, extraction)
    places = [
        p for claim in extraction.claims for p in claim.places if p.place_id is None and p.is_named
    ]
    for tie in (False, True):
        tell_not_found(args, (p.surface for p in places if bool(p.unplaced) is tie), tie=tie)


def tell_counts(args: argparse.Namespace, n_claims: int, n_articles: int, n_off: int) -> None:
    """Report the number of claims, articles and skipped sentences.

    Parameters
    ----------
    args
        Parsed arguments; ``quiet`` suppresses the message.
    n_claims, n_articles, n_off
        Numbers of claims, of articles, and of sentences left off the map.
    """
    if args.quiet:
        return
    say(
        f"{count_of(n_claims, 'claim')} from {count_of(n_articles, 'article')}; "
        f"{count_of(n_off, 'sentence')} left off the map (see `mapgen explain`)."
    )
    if not n_claims:
        say("No event was recognised in the articles, so there is nothing to draw.")


def tell_silent(args: argparse.Namespace, extraction: Extraction) -> None:
    """Name the articles from which nothing was coded, each with the reason."""
    silent = [] if args.quiet else silent_articles(extraction)
    for article in silent[:NAMES_SHOWN]:
        title = " ".join(article.title.split())
        short = f"{title[:_TITLE_SHOWN].rstrip()}…" if len(title) > _TITLE_SHOWN else title
        say(f"Nothing is drawn from “{short}”: {article.reason}.")
    if len(silent) > NAMES_SHOWN:
        say(f"Nothing is drawn from {len(silent) - NAMES_SHOWN} more articles.")


def tell_not_found(args: argparse.Namespace, lost: Iterable[str], *, tie: bool = False) -> None:
    """List names that are not in the gazetteer or, with ``tie``, that several places bear.

    Parameters
    ----------
    args
        Parsed arguments; ``quiet`` suppresses the message.
    lost
        Names as the articles spell them, with repeats; the most frequent come first.
    tie
        Whether the names were not placed because several places bear them.
    """
    names = Counter(" ".join(name.split()) for name in lost)
    if names and not args.quiet:
        shown = [name for name, _ in names.most_common(NAMES_SHOWN)]
        more = f" and {len(names) - len(shown)} more" if len(names) > len(shown) else ""
        said = SEVERAL_SAID if tie else f"{count_of(len(names), 'name')} not found"
        say(f"{said}: {', '.join(shown)}{more}.")


def count_of(n: int, word: str) -> str:
    """Return a number with its word: "1 claim", "2 claims".

    Parameters
    ----------
    n
        The number.
    word
        The word in the singular; the plural adds an ``s``.
    """
    return f"{n} {word}" if n == 1 else f"{n} {word}s"


def show_progress(args: argparse.Namespace, words: str) -> None:
    """Show one line of progress in place, on a terminal only.

    Parameters
    ----------
    args
        Parsed arguments; ``quiet`` suppresses the message.
    words
        The line, cut after 78 characters.
    """
    if not args.quiet and sys.stderr.isatty():
        print(f"\r{on_terminal(words)[:78]:<78}\r", end="", file=sys.stderr, flush=True)


class ReadingProgress:
    """Shows how much of the articles is read, and for how long it goes on.

    Parameters
    ----------
    args
        Parsed arguments; ``quiet`` suppresses the line.
    sizes
        Number of characters of each article, in the order in which they are read.
    """

    def __init__(self, args: argparse.Namespace, sizes: Sequence[int]) -> None:
        self._args, self._sizes = args, sizes
        self._n_done = 0
        self._begun = time.monotonic()
        self.words = f"Reading {count_of(len(sizes), 'article')}"
        show_progress(args, self.words)

    def __call__(self, share: float) -> None:
        """Show the line, given the share of the present article that is read."""
        at = self._n_done
        total = sum(self._sizes)
        if at < len(self._sizes) and total:
            done = (sum(self._sizes[:at]) + share * self._sizes[at]) / total
            spent = time.monotonic() - self._begun
            self.words = f"Reading article {at + 1} of {len(self._sizes)}: {done:.0%}"
            if spent > _SECONDS_TO_TELL and done > 0:
                left = round(spent * (1 - done) / done)
                self.words += f", {left // 60}:{left % 60:02} left"
            show_progress(self._args, self.words)
        if share >= 1:
            self._n_done += 1


def say(words: str) -> None:
    """Say something to the user.

    A terminal may lack a letter of it, and obeys no sign in it.
    """
    encoding = sys.stderr.encoding or "utf-8"
    clear = f"\r{'':78}\r" if sys.stderr.isatty() else ""
    with contextlib.suppress(BrokenPipeError):
        print(
            clear + on_terminal(words).encode(encoding, "backslashreplace").decode(encoding),
            file=sys.stderr,
            flush=True,
        )
