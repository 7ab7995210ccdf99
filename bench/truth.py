"""How often a drawn sign is right, and how much is missed: ``python bench/truth.py [FOLDER ...]``.

Each text is read as a map would be made from it. Printed are: the share of right signs, of those
drawn as sure and of all; the share of what a careful reader would draw that is found, by kind; the
traps drawn; and how far the certainty is off. The answers were written by the authors of the texts
before any program read them. Numbers in brackets are the 5th and the 95th percentile over 2,000
samples of texts, drawn with replacement. ``--list`` prints every drawn sign with its quote.

Without folders the sets at first sight are read: fresh_l, fresh_n and fresh_p, whose texts nobody
has looked at. A folder holds ``texts.jsonl`` and ``gold.jsonl``. ``--write`` keeps the result of
all sets together in ``mapgen/data/second_reader/measured.json``, from which each map quotes it.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from gazetteer import Gazetteer  # noqa: E402
from mapgen.coding import TwoReaders  # noqa: E402
from mapgen.situation.certainty import SURE  # noqa: E402
from tests.eval.drawn import is_right  # noqa: E402
from tests.eval.report import HERE, fresh_texts, texts_in  # noqa: E402
from tests.eval.score import from_claim, read_gold, score  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable

    from mapgen.model import Article, Claim
    from tests.eval.score import Record

FIRST_SIGHT = ("l", "n", "p")
MEASURED = ROOT / "mapgen" / "data" / "second_reader" / "measured.json"
SAMPLES, SEED = 2_000, 7
KINDS = ("control_change", "origin", "destination", "figure")


@dataclass
class Text:
    """What was counted in one text: for each measure how many of how many."""

    counts: dict[str, tuple[float, float]] = field(default_factory=dict)
    said: list[tuple[float, bool]] = field(default_factory=list)


def counted(article: Article, claims: list[Claim], gold: list[Record]) -> Text:
    """Count one text: what is drawn and right, what is found, and the traps drawn."""
    text = Text()
    told = [g for g in gold if g["doc"] == article.id]
    drawn = [(c, right) for c in claims if (right := is_right(told, c)) is not None]
    sure = [right for c, right in drawn if c.confidence >= SURE]
    text.counts["right of those drawn as sure"] = (sum(sure), len(sure))
    text.counts["right of all drawn"] = (sum(r for _, r in drawn), len(drawn))
    text.counts["drawn as sure"] = (len(sure), len(drawn))
    text.said = [(c.confidence, right) for c, right in drawn]
    made = [from_claim(c) for c in claims]
    for how, strict in (("", False), (" at the right point", True)):
        result = score(told, made, strict=strict)
        for kind in KINDS if not strict else KINDS[:-1]:
            counts = getattr(result, kind)
            need = counts.found + len(counts.missed)
            name = kind.replace("_", " ")
            text.counts[f"{name}s found{how}"] = (counts.found, need)
            total = 2 * counts.found + len(counts.wrong) + len(counts.missed)
            text.counts[f"{name}s{how}, F1"] = (2 * counts.found, total)
    text.counts["traps drawn"] = (len(result.traps_drawn), result.traps)
    return text


def share(texts: list[Text], measure: str) -> str:
    """Return a share over texts with its interval."""
    pairs = np.array([t.counts.get(measure, (0, 0)) for t in texts], dtype=float)
    rng = np.random.default_rng(SEED)
    picks = rng.integers(0, len(pairs), (SAMPLES, len(pairs)))
    sums = pairs[picks].sum(1)
    shares = sums[:, 0] / np.maximum(sums[:, 1], 1)
    low, high = np.percentile(shares, [5, 95])
    part, whole = pairs.sum(0)
    return f"{part / max(whole, 1):.2f} ({low:.2f} to {high:.2f})  of {whole:.0f}"


def gap(texts: list[Text]) -> float:
    """Return the mean difference between certainty and share of right claims, in ten bands."""
    said = [pair for t in texts for pair in t.said]
    bands: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for certainty, right in said:
        bands[min(int(certainty * 10), 9)].append((certainty, right))
    off = 0.0
    for band in bands.values():
        mean = sum(c for c, _ in band) / len(band)
        off += abs(mean - sum(r for _, r in band) / len(band)) * len(band)
    return off / max(1, len(said))


def printed(name: str, texts: list[Text], out: Callable[[str], object]) -> None:
    """Print the measures of a set."""
    out(f"{name}: {len(texts)} texts\n")
    for measure in dict.fromkeys(m for t in texts for m in t.counts):
        out(f"  {measure:46} {share(texts, measure)}\n")
    out(f"  {'certainty off by':46} {gap(texts):.3f}\n")


def kept(texts: list[Text]) -> dict[str, object]:
    """Return the result as maps quote it, with the weights that it was measured with."""
    record = json.loads((MEASURED.parent / "reader.json").read_text(encoding="utf-8"))
    measures = dict.fromkeys(m for t in texts for m in t.counts)
    sums = {m: np.array([t.counts.get(m, (0, 0)) for t in texts]).sum(0) for m in measures}
    return {
        "texts": len(texts),
        "shares": {m: round(float(a / max(b, 1)), 3) for m, (a, b) in sums.items()},
        "certainty off by": round(gap(texts), 3),
        "weights_sha256": record["weights_sha256"],
    }


def main() -> None:
    """Print the measure of each set and of all together."""
    out = sys.stdout.write
    folders = [Path(a) for a in sys.argv[1:] if not a.startswith("-")]
    sets = [(f.name, texts_in(f), f / "gold.jsonl") for f in folders] or [
        (f"fresh_{s}", fresh_texts(s), HERE / f"fresh_{s}_gold.jsonl") for s in FIRST_SIGHT
    ]
    every: list[Text] = []
    with Gazetteer.open() as gazetteer:
        coder = TwoReaders(gazetteer)
        for name, articles, path in sets:
            gold = read_gold(path)
            eventful = {g["doc"] for g in gold}
            texts = []
            for article in articles:
                if article.id not in eventful:
                    continue
                claims, _ = coder.code(article)
                texts.append(counted(article, claims, gold))
                for claim in claims if "--list" in sys.argv else ():
                    if claim.status.is_current and claim.places:
                        where = ", ".join(p.surface for p in claim.places)
                        out(f"{claim.confidence:.2f} {claim.kind} {where}: {claim.quote}\n")
            printed(name, texts, out)
            every += texts
    if len(sets) > 1:
        printed("together", every, out)
    if "--write" in sys.argv:
        text = json.dumps(kept(every), indent=2) + "\n"
        MEASURED.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
