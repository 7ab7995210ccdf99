"""Find articles with nearly the same text, since a wire report in five papers is one source.

Not every pair is compared. If two articles share more than 0.8 of the shorter one's five-word runs,
they share at least one of its rarest fifth; only such pairs are compared in full.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any

import numpy as np

from mapgen.core.clean_text import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from mapgen.model import Article, SentenceRecord

_SHINGLE_WORDS = 5
_DUPLICATE_SIMILARITY = 0.8
_NO_WORD = 0  # padding for articles of fewer than five words

Runs = Any  # NDArray[np.int64], sorted numbers of five-word runs, each once


def near_duplicates(
    articles: Sequence[Article], sentences: Sequence[SentenceRecord] = ()
) -> dict[str, str]:
    """Map each article to the first one (by id) with nearly the same text.

    Two articles match if more than 0.8 of the shorter one's five-word runs occur in the other, so
    that a wire report printed with a new last paragraph still matches.

    Parameters
    ----------
    articles
        Articles to compare.
    sentences
        Sentences of the articles. They replace the text, which a claims file does not contain.

    Returns
    -------
    dict of str to str
        Id of each article to the id of its original, which may be itself.
    """
    spoken: dict[str, list[str]] = {}
    for sentence in sentences:
        spoken.setdefault(sentence.article, []).append(sentence.text)
    # Prefer sentences to the text: they are the same in `build` and in `extract | render`.
    texts = {a.id: " ".join(spoken.get(a.id, ())) or a.text for a in articles}
    names = sorted(texts)
    return _firsts(dict(zip(names, _numbered(texts[n] for n in names), strict=True)))


def _numbered(texts: Iterable[str]) -> list[Runs]:
    """Return the five-word runs of each text as numbers, equal for equal runs."""
    ids: dict[str, int] = {}
    words: list[int] = []
    ends: list[int] = []
    for text in texts:
        found = re.findall(r"\w+", plain(text).casefold())
        words.extend(ids.setdefault(word, len(ids) + 1) for word in found)
        if found:
            words.extend([_NO_WORD] * max(0, _SHINGLE_WORDS - len(found)))
        ends.append(len(words))
    one = np.array([*words, *[_NO_WORD] * _SHINGLE_WORDS], dtype=np.int64)
    # Number pairs of words, then pairs of pairs. This is exact and needs no tuple per run.
    two = _pairs(one[:-1], one[1:])
    four = _pairs(two[:-2], two[2:])
    five = _pairs(four[:-1], one[4:][: len(four) - 1])
    starts = [0, *ends][: len(ends)]
    return [
        np.unique(five[start : max(start, end - _SHINGLE_WORDS + 1)])
        for start, end in zip(starts, ends, strict=True)
    ]


def _pairs(left: NDArray[np.int64], right: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return a number for each pair of numbers, from 0."""
    _, numbers = np.unique((left << 32) | right, return_inverse=True)
    return np.asarray(numbers, dtype=np.int64)


def _firsts(runs: Mapping[str, Runs]) -> dict[str, str]:
    n_runs = 1 + max((int(r[-1]) for r in runs.values() if len(r)), default=0)
    spread = np.zeros(n_runs, dtype=np.int64)  # number of articles with the run
    for own in runs.values():
        spread[own] += 1
    first: dict[str, str] = {}
    holders: dict[int, list[str]] = defaultdict(list)  # run to the originals that contain it
    keepers: dict[int, list[str]] = defaultdict(list)  # the same, for their rarest runs only
    for name, own in runs.items():
        shared = own[spread[own] > 1]  # a run in one article only matches nothing
        rare = _rarest(own, spread)
        near = {other for run in rare.tolist() for other in holders.get(run, ())}
        near |= {other for run in shared.tolist() for other in keepers.get(run, ())}
        same = [other for other in near if _overlap(own, runs[other]) > _DUPLICATE_SIMILARITY]
        first[name] = min(same, default=name)
        if not same:
            for run in shared.tolist():
                holders[run].append(name)
            for run in rare.tolist():
                keepers[run].append(name)
    return first


def _rarest(own: Runs, spread: NDArray[np.int64]) -> Runs:
    """Return runs of which any text with more than 0.8 of all must contain one."""
    order = np.lexsort((own, spread[own]))
    rare = own[order[: len(own) - int(_DUPLICATE_SIMILARITY * len(own))]]
    return rare[spread[rare] > 1]


def _overlap(a: Runs, b: Runs) -> float:
    """Return the share of the shorter text's runs that occur in the other."""
    return len(np.intersect1d(a, b, assume_unique=True)) / min(len(a), len(b))
