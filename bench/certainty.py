"""Fit and check how certain claims are: ``python bench/certainty.py FIT_FOLDER CHECK_FOLDER ...``.

A folder holds ``texts.jsonl`` and ``gold.jsonl`` as for ``python -m tests.eval.report``. The
weights of `mapgen.coding.second_reader.certainty` are fitted on the first folder by logistic
regression with a small penalty. For every folder the table shows how many claims fall into each
band of certainty, and which share of them is right. Neither reader may have seen the texts.
"""

from __future__ import annotations

import sys
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from gazetteer import Gazetteer  # noqa: E402
from mapgen.coding.second_reader.certainty import features  # noqa: E402
from mapgen.coding.two_readers import TwoReaders  # noqa: E402
from tests.eval.drawn import is_right  # noqa: E402
from tests.eval.report import texts_in  # noqa: E402
from tests.eval.score import read_gold  # noqa: E402

if TYPE_CHECKING:
    from mapgen.model import Article
    from tests.eval.score import Record

PENALTY = 1.0
STEPS = 50
BANDS = (0.0, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 1.01)


def judged(
    coder: TwoReaders, texts: list[Article], gold: list[Record]
) -> list[tuple[dict[str, float], bool, float]]:
    """Return for each drawn claim its features, whether it is right, and its certainty."""
    rows = []
    for article in texts:
        told = [g for g in gold if g["doc"] == article.id]
        claims, _, marks = coder.readings(article)
        for claim in claims if told else ():
            right = is_right(told, claim)
            if right is not None:
                rows.append((features(claim, marks), right, claim.confidence))
    return rows


def fitted(rows: list[tuple[dict[str, float], bool, float]]) -> dict[str, float]:
    """Return the weights of a logistic regression, by the names of the features."""
    names = list(rows[0][0])
    x = np.array([[r[0][n] for n in names] for r in rows])
    y = np.array([r[1] for r in rows], dtype=float)
    weights = np.zeros(len(names))
    penalty = np.full(len(names), PENALTY)
    penalty[names.index("one")] = 0.0
    for _ in range(STEPS):
        p = 1 / (1 + np.exp(-x @ weights))
        slope = x.T @ (y - p) - penalty * weights
        curve = (x * (p * (1 - p))[:, None]).T @ x + np.diag(penalty + 1e-9)
        weights += np.linalg.solve(curve, slope)
    return {n: round(float(w), 3) for n, w in zip(names, weights, strict=True)}


def table(pairs: list[tuple[float, bool]]) -> str:
    """Return the share of right claims in each band of certainty, and the mean gap."""
    lines, gap = [], 0.0
    for low, high in pairwise(BANDS):
        band = [(c, r) for c, r in pairs if low <= c < high]
        if not band:
            continue
        said = sum(c for c, _ in band) / len(band)
        right = sum(r for _, r in band) / len(band)
        gap += abs(said - right) * len(band) / len(pairs)
        lines.append(
            f"  {low:.2f}-{min(high, 1):.2f}: {len(band):4}  said {said:.2f}  right {right:.2f}\n"
        )
    return "".join(lines) + f"  mean gap {gap:.3f}\n"


def main() -> None:
    """Print the fitted weights and the tables."""
    folders = [Path(a) for a in sys.argv[1:]]
    with Gazetteer.open() as gazetteer:
        coder = TwoReaders(gazetteer)
        weights: dict[str, float] = {}
        for folder in folders:
            rows = judged(coder, texts_in(folder), read_gold(folder / "gold.jsonl"))
            weights = weights or fitted(rows)
            said = [
                1 / (1 + np.exp(-sum(weights[n] * v for n, v in f.items()))) for f, _, _ in rows
            ]
            sys.stdout.write(f"{folder.name}: {len(rows)} drawn claims\n")
            sys.stdout.write(
                table([(float(s), r) for s, (_, r, _) in zip(said, rows, strict=True)])
            )
        sys.stdout.write(f"{weights}\n")


if __name__ == "__main__":
    main()
