"""Search long texts of one repeated piece with every regular expression, and list the slow ones.

    python bench/patterns.py [--chars 20000] [--seconds 1]

All modules of mapgen and the gazetteer are imported, and the patterns that they hold are collected.
Each is used as the modules use it, anywhere in a text or at its start only. The texts are made of
one piece, such as a space, a quotation mark or a word of the pattern itself. A pattern that takes
longer than a second for 20,000 characters takes the square of the length, or worse. The exit status
is 1 if there is one.
"""

from __future__ import annotations

import argparse
import contextlib
import functools
import importlib
import pkgutil
import re
import signal
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

if TYPE_CHECKING:
    from collections.abc import Iterator

PIECES = (
    " ", "\n", "\t ", "a", "A", "1", "1,", "1.", ", ", ". ", "-", "'", "’", '"', "“", "”", "(", "_",
    "a ", "Ab ", "Ab-", "a, ", "the ", "of ", "and ", "on 1 ", "1 May ", "said ", "in the ",
    "“a ", "=", "\\", "/", "http://a.", "a@", "<", "&", "{", "[", ":", "* ", "# ", "|", "é",
)  # fmt: skip
_LITERAL = re.compile(r"[A-Za-z]{3,}")
_MOST_OWN = 4  # words of a pattern that are tried as pieces


def patterns() -> Iterator[tuple[str, re.Pattern[Any]]]:
    """Yield all patterns held by modules, with the names of the module and the variable."""
    seen: set[int] = set()
    for package in ("gazetteer", "mapgen"):
        base = importlib.import_module(package)
        for found in pkgutil.walk_packages(base.__path__, f"{package}."):
            if found.name.endswith("__main__"):
                continue
            module = importlib.import_module(found.name)
            for name, value in vars(module).items():
                for pattern in _within(value):
                    if id(pattern) not in seen:
                        seen.add(id(pattern))
                        yield f"{found.name}.{name}", pattern


def _within(value: object, depth: int = 0) -> Iterator[re.Pattern[Any]]:
    """Yield the patterns in a value: itself, in a table, or that a function returns."""
    if isinstance(value, re.Pattern):
        yield value
    elif depth < 2 and isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _within(key, depth + 1)
            yield from _within(inner, depth + 1)
    elif depth < 2 and isinstance(value, tuple | list | set | frozenset):
        for inner in value:
            yield from _within(inner, depth + 1)
    elif hasattr(value, "cache_info") and depth == 0:
        returns = getattr(value, "__annotations__", {}).get("return", "")
        takes = [k for k in getattr(value, "__annotations__", {}) if k != "return"]
        if "Pattern" in str(returns) and not takes:
            yield from _within(value(), 1)


@contextlib.contextmanager
def _alarm(seconds: float) -> Iterator[None]:
    def late(*_: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGPROF, late)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


@functools.cache
def _searched() -> frozenset[str]:
    """Return the names of variables and functions whose pattern is looked for anywhere."""
    files = [p for name in ("mapgen", "gazetteer") for p in (ROOT / name).rglob("*.py")]
    text = "\n".join(p.read_text("utf-8") for p in files)
    return frozenset(re.findall(r"(\w+)(?:\(\))?\.(?:search|finditer|findall|subn?|split)\(", text))


def slow_piece(name: str, pattern: re.Pattern[Any], n_chars: int, seconds: float) -> str | None:
    """Return a piece whose repetition a pattern takes too long for, or None."""
    is_searched = name.rpartition(".")[2] in _searched()
    look = pattern.search if is_searched else pattern.match
    source = pattern.pattern
    words = source.decode("latin-1") if isinstance(source, bytes) else source
    own = [f"{word} " for word in _LITERAL.findall(words)[:_MOST_OWN]]
    for piece in (*PIECES, *own):
        text: Any = (piece * (n_chars // len(piece))) + "\x02"
        if isinstance(source, bytes):
            text = text.encode("utf-8")
        try:
            with _alarm(seconds):
                look(text)
        except TimeoutError:
            return piece
    return None


def main() -> int:
    """Print the slow patterns; return 1 if there are any."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--chars", type=int, default=20_000)
    parser.add_argument("--seconds", type=float, default=1.0, help="CPU seconds for one search")
    chosen = parser.parse_args()
    n = n_slow = 0
    start = time.process_time()
    for name, pattern in patterns():
        n += 1
        piece = slow_piece(name, pattern, chosen.chars, chosen.seconds)
        if piece is not None:
            n_slow += 1
            print(f"{name}: slow on {piece!r}", flush=True)
    print(f"{n} patterns, {n_slow} slow, in {time.process_time() - start:.0f} CPU seconds")
    return 1 if n_slow else 0


if __name__ == "__main__":
    sys.exit(main())
