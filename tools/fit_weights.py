"""Fit the weights of recognition and resolution on annotated corpora, and print how well they work.

A corpus is a JSON Lines file with ``{"id", "text", "toponyms": [{"start", "end", "lat", "lon",
"type"}]}``, where offsets are in code points and coordinates in degrees (WGS 84). Only weights of
general features are kept, but no texts or names of a corpus. All regressions use ridge penalties
and are evaluated by five-fold cross-validation over documents.

Run ``python -m tools.fit_weights CORPUS.jsonl ... [--write]``.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from gazetteer import Gazetteer, distance_km
from gazetteer.namesake_choice import FEATURES, Name, Resolver, weights
from gazetteer.resolve_spans import candidates_of
from mapgen.places import georeference
from mapgen.places.toponym_features import add_resolution, fill
from mapgen.places.toponyms import Words, find_spans

if TYPE_CHECKING:
    from gazetteer.matching import Namesake
    from mapgen.places.toponyms import Span

ROOT = Path(__file__).resolve().parent.parent
RESOLUTION = ROOT / "gazetteer" / "data" / "resolution_weights.csv"
RECOGNITION = ROOT / "mapgen" / "data" / "toponym_weights.csv"
DO_NOT_CARE = re.compile(r"Demonym|Language|Homonym|/Adjective")
HIT_KM = 161.0
FOLDS = 5
CONVERGED = 1e-6
AFTER_ONLY = (
    "in_given_country",
    "resolved_surely",
    "near_others",
    "in_country_of_others",
    "far_small",
)
GIVEN_COUNTRY = 6.0  # set by hand, since the corpora have no countries stated by users
# Weights set by hand: for features that are rare in the corpora, which are mostly about
# English-speaking countries at peace, and for streets, which the corpora annotate as places.
BY_HAND = {
    "affected": 1.6,
    "part_of": 1.2,
    "loose_spelling": -1.2,
    "before_street": -4.0,
    "before_force": -3.0,
    "before_team": -2.0,
    "in_given_country": 1.5,
    "listed_site": 2.5,
}


@dataclass
class Document:
    """One annotated text."""

    corpus: str
    fold: int
    text: str
    gold: list[dict[str, Any]]
    ignored: list[dict[str, Any]]


def read(paths: list[Path]) -> list[Document]:
    """Read the documents of corpora, and divide them into folds."""
    out = []
    for path in paths:
        for number, line in enumerate(path.read_text(encoding="utf-8").split("\n")):
            if not line:
                continue
            row = json.loads(line)
            skip = [t for t in row["toponyms"] if DO_NOT_CARE.search(t.get("type") or "")]
            gold = [t for t in row["toponyms"] if t not in skip]
            out.append(Document(path.stem, number % FOLDS, row["text"], gold, skip))
    return out


def logistic(x: np.ndarray, y: np.ndarray, ridge: float = 1.0) -> np.ndarray:
    """Fit a logistic regression with Newton's method.

    Parameters
    ----------
    x
        A row for each sample and a column for each feature.
    y
        Targets, 0 or 1.
    ridge
        Ridge penalty.

    Returns
    -------
    numpy.ndarray
        Weights of the features, and last the constant.
    """
    x = np.c_[x, np.ones(len(x))]
    w = np.zeros(x.shape[1])
    keep = np.r_[np.full(x.shape[1] - 1, ridge), 1e-6]
    for _ in range(40):
        p = 1 / (1 + np.exp(-np.clip(x @ w, -30, 30)))
        grad = x.T @ (p - y) + keep * w
        hess = (x * (p * (1 - p))[:, None]).T @ x + np.diag(keep)
        step = np.linalg.solve(hess, grad)
        w -= step
        if np.abs(step).max() < CONVERGED:
            break
    return w


def label(spans: list[Span], doc: Document) -> list[int]:
    """Return 1 for annotated names, 0 for others, and -1 for names that do not count.

    Parameters
    ----------
    spans
        Spans of names in a document.
    doc
        The document, with the annotated names and those to ignore.
    """
    out = []
    exact = {(t["start"], t["end"]) for t in doc.gold}
    for s in spans:
        if (s.start, s.end) in exact:
            out.append(1)
        elif any(t["start"] < s.end and s.start < t["end"] for t in doc.ignored):
            out.append(-1)
        else:
            out.append(0)
    for t in doc.gold:
        over = [i for i, s in enumerate(spans) if t["start"] < s.end and s.start < t["end"]]
        if over and not any(out[i] == 1 for i in over):
            out[max(over, key=lambda i: spans[i].end - spans[i].start)] = 1
    return out


def _placed_right(span: Span, place: Namesake, doc: Document, value: int) -> int:
    """Return 1 for an annotated name with the right place, and -1 if its place is not annotated."""
    if value != 1:
        return value
    over = [t for t in doc.gold if t["start"] < span.end and span.start < t["end"]]
    known = [t for t in over if t["lat"] is not None]
    if not known:
        return -1
    return int(any(distance_km(place.lat, place.lon, t["lat"], t["lon"]) <= HIT_KM for t in known))


class Ranking:
    """Softmax regression over the candidates of each name."""

    def __init__(self) -> None:
        self.tables: list[np.ndarray] = []
        self.right: list[np.ndarray] = []
        self.sizes: list[int] = []
        self.worth: list[float] = []

    def add(self, resolver: Resolver, gold: dict[int, dict[str, Any]]) -> None:
        """Add the names of a document that have right and wrong candidates.

        Parameters
        ----------
        resolver
            Resolver of the document, which has run.
        gold
            Annotations by start offset.
        """
        for group in resolver.groups:
            known = [gold[n.start] for n in group.names if n.start in gold]
            known = [t for t in known if t["lat"] is not None]
            if not known:
                continue
            right = np.array(
                [
                    distance_km(n.lat, n.lon, known[0]["lat"], known[0]["lon"]) <= HIT_KM
                    for n in group.candidates
                ]
            )
            if right.any() and not right.all():
                self.tables.append(resolver.features[group.first : group.last].copy())
                self.right.append(right)
                self.sizes.append(len(right))
                self.worth.append(len(known) ** 0.5)

    def fit(self, start: np.ndarray, ridge: float = 1e-3, rounds: int = 800) -> np.ndarray:
        """Return the weights that maximise the likelihood, fitted with Adam.

        Parameters
        ----------
        start
            Initial weights, in the order of `FEATURES`.
        ridge
            Ridge penalty.
        rounds
            Number of steps.
        """
        x, right = np.concatenate(self.tables), np.concatenate(self.right)
        worth = np.array(self.worth) / sum(self.worth)
        starts = np.r_[0, np.cumsum(self.sizes)[:-1]]
        owner = np.repeat(np.arange(len(self.sizes)), self.sizes)
        w, m, v = start.copy(), np.zeros(len(start)), np.zeros(len(start))
        for step in range(1, rounds + 1):
            s = x @ w
            e = np.exp(s - np.maximum.reduceat(s, starts)[owner])
            p = e / np.add.reduceat(e, starts)[owner]
            hit = np.maximum(np.add.reduceat(p * right, starts), 1e-9)
            grad = x.T @ ((p - p * right / hit[owner]) * worth[owner]) + 2 * ridge * w
            m, v = 0.9 * m + 0.1 * grad, 0.99 * v + 0.01 * grad**2
            w -= 0.05 * (m / (1 - 0.9**step)) / (np.sqrt(v / (1 - 0.99**step)) + 1e-8)
        w[FEATURES.index("given_country")] = GIVEN_COUNTRY
        return w


def gold_names(doc: Document, gazetteer: Gazetteer) -> list[Name]:
    """Return the annotated names of a document with their candidates, for a resolver."""
    found = []
    for t in doc.gold:
        namesakes = candidates_of(doc.text[t["start"] : t["end"]], gazetteer)
        if namesakes:
            found.append(Name(t["start"], t["end"], doc.text[t["start"] : t["end"]], namesakes))
    return found


def fit_resolution(docs: list[Document], gazetteer: Gazetteer) -> np.ndarray:
    """Fit the weights of resolution on annotated names.

    This prints the cross-validated share of names that are resolved to within 161 km.

    Parameters
    ----------
    docs
        Annotated documents.
    gazetteer
        Gazetteer in which names are looked up.

    Returns
    -------
    numpy.ndarray
        Weights fitted on all documents, in the order of `FEATURES`.
    """
    resolvers = [(d, Resolver(d.text, gold_names(d, gazetteer))) for d in docs]
    fitted = {}
    for left_out in [*range(FOLDS), -1]:
        w = weights().copy()
        for _ in range(2):
            ranking = Ranking()
            for d, r in resolvers:
                r.run(w)
                if d.fold != left_out:
                    ranking.add(r, {t["start"]: t for t in d.gold})
            w = ranking.fit(w)
        fitted[left_out] = w
    shares = {}
    for corpus in dict.fromkeys(d.corpus for d in docs):
        hits = total = 0
        for d, r in resolvers:
            if d.corpus != corpus:
                continue
            r.run(fitted[d.fold])
            placed = {n.start: c.namesake for names, c in r.choices() for n in names}
            for t in d.gold:
                if t["lat"] is not None:
                    total += 1
                    n = placed.get(t["start"])
                    hits += (
                        n is not None and distance_km(n.lat, n.lon, t["lat"], t["lon"]) <= HIT_KM
                    )
        shares[corpus] = hits / total
    print(
        "within 161 km, annotated names:",
        {k: round(v, 3) for k, v in shares.items()},
        "mean",
        round(sum(shares.values()) / len(shares), 4),
    )
    return fitted[-1]


def matrix(spans: list[Span], names: list[str]) -> np.ndarray:
    """Return a matrix with a row for each name and a column for each feature."""
    return np.array([[s.features.get(n, 0.0) for n in names] for s in spans])


def fit_recognition(docs: list[Document], gazetteer: Gazetteer) -> list[tuple[str, float, float]]:
    """Fit the weights of recognition, before and after names are resolved.

    This prints the cross-validated precision and recall among the candidate names.

    Parameters
    ----------
    docs
        Annotated documents.
    gazetteer
        Gazetteer in which names are looked up.

    Returns
    -------
    list of (str, float, float)
        Each feature with its weights before and after resolution.
    """
    rows: list[Span] = []
    y: list[int] = []
    folds: list[int] = []
    for d in docs:
        words = Words.of(d.text)
        spans = find_spans(words, gazetteer)
        fill(words, spans)
        rows += spans
        y += label(spans, d)
        folds += [d.fold] * len(spans)
    names = sorted(rows[0].features)
    first = _stage("before", rows, y, folds, names)
    table = dict(zip([*names, "bias"], first, strict=True)) | BY_HAND
    georeference.first_weights = lambda: table  # type: ignore[assignment]
    rows, y, folds = [], [], []
    for d in docs:
        found = georeference.look(d.text, [], gazetteer)
        for span, choice in georeference.choices_of(found):
            add_resolution(span, choice)
        places = {id(span): choice.namesake for span, choice in georeference.choices_of(found)}
        rows += found.spans
        y += [
            _placed_right(s, places[id(s)], d, v)
            for s, v in zip(found.spans, label(found.spans, d), strict=True)
        ]
        folds += [d.fold] * len(found.spans)
    after_names = sorted([*names, *AFTER_ONLY])
    last = _stage("after", rows, y, folds, after_names)
    after = dict(zip([*after_names, "bias"], last, strict=True)) | BY_HAND
    return [(n, table.get(n, 0.0), after[n]) for n in [*after_names, "bias"]]


def _stage(
    title: str, rows: list[Span], y: list[int], folds: list[int], names: list[str]
) -> np.ndarray:
    kept = [i for i, value in enumerate(y) if value >= 0]
    shown = [n if n not in BY_HAND else "" for n in names]
    x, target = matrix([rows[i] for i in kept], shown), np.array([y[i] for i in kept], float)
    fold = np.array([folds[i] for i in kept])
    p = np.zeros(len(kept))
    for k in range(FOLDS):
        w = logistic(x[fold != k], target[fold != k])
        p[fold == k] = 1 / (1 + np.exp(-(x[fold == k] @ w[:-1] + w[-1])))
    for least in (0.3, 0.4, 0.5):
        found = p >= least
        hit = (found & (target == 1)).sum()
        print(f"{title} {least}: precision {hit / found.sum():.3f} recall {hit / target.sum():.3f}")
    return logistic(x, target)


def main() -> int:
    """Fit and evaluate the weights, and replace the packaged ones with ``--write``."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", nargs="+", type=Path)
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    docs = read(arguments.corpus)
    with Gazetteer.open() as gazetteer:
        resolution = fit_resolution(docs, gazetteer)
        if arguments.write:
            _write(RESOLUTION, ("feature", "weight"), list(zip(FEATURES, resolution, strict=True)))
        recognition = fit_recognition(docs, gazetteer)
        if arguments.write:
            _write(RECOGNITION, ("feature", "before", "after"), recognition)
    return 0


def _write(path: Path, header: tuple[str, ...], rows: list[tuple[Any, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(header)
        for name, *values in rows:
            writer.writerow([name, *(f"{value:.3f}" for value in values)])
    print(f"{path.name} written")


if __name__ == "__main__":
    sys.exit(main())
