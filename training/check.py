"""Check the marked texts: contradictions, near copies, leaks to the measuring sets, and counts.

``python -m training.check`` prints what is wrong and what the texts hold.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from mapgen.coding.second_reader.labels import NOT_DESTINATION, NOT_MOVED, NOT_ORIGIN, NOT_TAKEN
from training.marked_texts import TEXTS, examples

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from training.marked_texts import Example

MEASURING = Path(__file__).parents[1] / "tests" / "eval"
NOT_SO = {NOT_TAKEN, NOT_ORIGIN, NOT_DESTINATION, NOT_MOVED}
RUN = 12
"""Words in a row that a training text and a measuring text may not share."""

MOST_ALIKE = 0.8
"""Share of runs of four words, of the shorter text, that two examples may share unless they are
contrasts of one pair."""

_WORD = re.compile(r"\w+")


def contradictions(found: Sequence[Example]) -> Iterator[str]:
    """Yield examples with the same words, of which one says something else or says it again."""
    seen: dict[str, Example] = {}
    for e in found:
        first = seen.setdefault(e.plain, e)
        if first is e:
            continue
        labels = [{k: t.labels for k, t in x.marks.items()} for x in (first, e)]
        what = "says again what" if labels[0] == labels[1] else "contradicts"
        yield f"{_where(e)} {what} {_where(first)}: {e.plain[:80]}"


def near_copies(found: Sequence[Example]) -> Iterator[str]:
    """Yield pairs of examples with nearly the same words that are no contrasts of one pair."""
    holders: dict[tuple[str, ...], list[int]] = defaultdict(list)
    runs = [set(_runs(e.plain, 4)) for e in found]
    for n, e in enumerate(found):
        shared: Counter[int] = Counter()
        for run in runs[n]:
            shared.update(holders[run])
            holders[run].append(n)
        for other, count in shared.items():
            first = found[other]
            is_pair = (first.file, first.pair) == (e.file, e.pair)
            if not is_pair and count >= MOST_ALIKE * min(len(runs[n]), len(runs[other])):
                yield f"{_where(e)} is nearly {_where(first)}: {e.plain[:80]}"


def leaks(found: Sequence[Example], texts: Iterable[str]) -> Iterator[str]:
    """Yield examples that share a run of words with a measuring text."""
    measured = {run for text in texts for run in _runs(text, RUN)}
    for e in found:
        shared = next((run for run in _runs(e.plain, RUN) if run in measured), None)
        if shared is not None:
            yield f"{_where(e)} shares “{' '.join(shared)}” with a measuring text"


def measuring_texts() -> Iterator[str]:
    """Yield the texts by which the readers are measured."""
    for path in sorted(MEASURING.glob("*_texts.jsonl")):
        for line in path.read_text(encoding="utf-8").split("\n"):
            if line:
                yield json.loads(line)["text"]


def counts(found: Sequence[Example]) -> dict[str, int]:
    """Return how many examples there are, how many of each kind, and of how many conflicts."""
    pairs = Counter((e.file, e.pair) for e in found)
    return {
        "examples": len(found),
        "that did not happen or not now": sum(map(_is_not_so, found)),
        "in contrasts": sum(n for n in pairs.values() if n > 1),
        "passages of three sentences or more": sum(len(e.marked.sentences) > 2 for e in found),  # noqa: PLR2004
        "conflicts": len({e.conflict for e in found}),
        "styles": len({e.style for e in found}),
    }


def _is_not_so(example: Example) -> bool:
    return any(NOT_SO & told.labels.keys() for told in example.marks.values())


def _runs(text: str, length: int) -> Iterator[tuple[str, ...]]:
    words = _WORD.findall(text.casefold())
    for n in range(len(words) - length + 1):
        yield tuple(words[n : n + length])


def _where(example: Example) -> str:
    return f"{example.file}, line {example.line},"


def main() -> int:
    """Print the faults and the counts; return 1 if there is a fault."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else TEXTS
    found = [e for path in sorted(folder.glob("*.txt")) for e in examples(path)]
    faults = [
        *contradictions(found),
        *near_copies(found),
        *leaks(found, measuring_texts()),
    ]
    for fault in faults:
        sys.stdout.write(f"{fault}\n")
    for what, count in counts(found).items():
        sys.stdout.write(f"{count:7,} {what}\n")
    styles = Counter(e.style for e in found)
    sys.stdout.write("  ".join(f"{style}: {n}" for style, n in styles.most_common()) + "\n")
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main())
