"""Write and read ``claims.jsonl``, and write ``toponyms.jsonl``.

The formats are stable: fields have a fixed order, text is UTF-8 without escapes, days are
``YYYY-MM-DD``, and unknown values are ``null``. Reading a file gives the same records that were
written, except for the text of the articles, which the file does not contain.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from dataclasses import asdict, is_dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from mapgen.claims.json_fields import Fields
from mapgen.claims.line_parsing import article_of, claim_of, sentence_of
from mapgen.core.bounded import Faults
from mapgen.core.clean_text import TURNING
from mapgen.errors import FormatError
from mapgen.model import Extraction

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from mapgen.model import Article, Claim, ClaimPlace, SentenceRecord
    from mapgen.places.toponyms import ToponymRecord

_OBEYED = re.compile(f"[\x7f-\x9f{TURNING}]")  # signs that JSON need not escape

MAX_LINE_BYTES = 32_000_000
"""Longest line: the sentence of an article of the largest size, with every character escaped."""

MAX_FAULTS_SHOWN = 50
"""Most faults to report, because a file of another format has one in every line."""

TOPONYM_FIELDS = (
    "start",
    "end",
    "surface",
    "place_id",
    "name",
    "lat",
    "lon",
    "country",
    "feature",
    "type",
    "geometry_id",
    "precision",
    "score",
    "probability",
    "candidates",
    "method",
    "reason",
)


def claims_to_lines(extraction: Extraction) -> Iterator[str]:
    """Yield the lines of ``claims.jsonl`` without line ends: articles, sentences, claims."""
    for article in extraction.articles:
        yield json_line(_article_record(article))
    for sentence in extraction.sentences:
        yield json_line(
            {
                "record": "sentence",
                "article": sentence.article,
                "start": sentence.start,
                "end": sentence.end,
                "text": sentence.text,
                "left_off": sentence.left_off,
            }
        )
    for claim in extraction.claims:
        yield json_line({"record": "claim", **claim_record(claim)})


def toponyms_to_lines(
    articles: Sequence[Article], toponyms: Iterable[ToponymRecord]
) -> Iterator[str]:
    """Yield the lines of ``toponyms.jsonl`` without line ends, one for every article."""
    by_article: dict[str, list[dict[str, object]]] = {article.id: [] for article in articles}
    for toponym in toponyms:
        record = {name: _plain(getattr(toponym, name)) for name in TOPONYM_FIELDS}
        by_article.setdefault(toponym.article, []).append(record)
    for article, records in by_article.items():
        yield json_line({"article": article, "toponyms": records})


def read_claims(path: str | Path) -> Extraction:
    """Read a claims file.

    Parameters
    ----------
    path
        Path of the file, or ``-`` for standard input.

    Returns
    -------
    Extraction
        Articles without their text, sentences and claims.

    Raises
    ------
    FormatError
        If the file cannot be read or breaks the format. The message lists faults by line and field.
    """
    name = "standard input" if str(path) == "-" else str(path)
    try:
        if str(path) == "-":
            return claims_from_lines(_lines_of(sys.stdin.buffer, name), name=name)
        with Path(path).open("rb") as stream:
            return claims_from_lines(_lines_of(stream, name), name=name)
    except OSError as err:
        msg = f"{name}: cannot be read ({err.strerror or err}). Check the path of the claims file."
        raise FormatError(msg) from err


def _lines_of(stream: BinaryIO, name: str) -> Iterator[str]:
    """Yield the lines of a stream as text; raise FormatError at one that is too long or no text."""
    number = 0
    while data := stream.readline(MAX_LINE_BYTES):
        number += 1
        if len(data) == MAX_LINE_BYTES and not data.endswith(b"\n"):
            msg = f"{name}: line {number} is longer than {MAX_LINE_BYTES // 1_000_000} MB."
            raise FormatError(msg)
        try:
            yield data.decode("utf-8-sig" if number == 1 else "utf-8").removesuffix("\n")
        except UnicodeDecodeError as err:
            msg = f"{name}: line {number} is not UTF-8 text. Save the claims file as UTF-8."
            raise FormatError(msg) from err


def is_claims_file(path: str | Path) -> bool:
    """Whether a file, or standard input for ``-``, begins like a claims file.

    Standard input is peeked at, not consumed.
    """
    try:
        if str(path) == "-":
            start = sys.stdin.buffer.peek(4096)  # type: ignore[union-attr]  # stdin is buffered
        elif Path(path).suffix.lower() == ".jsonl":
            with Path(path).open("rb") as stream:
                start = stream.read(4096)
        else:
            return False
    except OSError:  # the reason is reported when the file is read
        return False
    return re.match(rb'(?:\xef\xbb\xbf)?\s*\{\s*"record"\s*:', start) is not None


def claims_from_lines(lines: Iterable[str], *, name: str = "claims") -> Extraction:
    """Parse the lines of a claims file; blank lines are ignored.

    Parameters
    ----------
    lines
        Lines with or without line ends.
    name
        Name of the file for messages.

    Returns
    -------
    Extraction
        Articles without their text, sentences and claims.

    Raises
    ------
    FormatError
        If a line breaks the format. The message lists faults by line and field.
    """
    articles: list[Article] = []
    sentences: list[SentenceRecord] = []
    claims: list[Claim] = []
    faults: list[str] = Faults(MAX_FAULTS_SHOWN)
    claim_lines: list[int] = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        record = _object(line, number, faults)
        if record is None:
            continue
        fields = Fields(record, f"line {number}", faults)
        kind = fields.text("record")
        if kind == "article":
            articles.append(article_of(fields))
        elif kind == "sentence":
            sentences.append(sentence_of(fields))
        elif kind == "claim":
            claims.append(claim_of(fields))
            claim_lines.append(number)
        elif kind:
            faults.append(f"line {number}, record: {kind!r} is not article, sentence or claim")
        if kind in {"article", "sentence", "claim"}:
            fields.refuse_unknown()
    if not faults:
        faults += _cross_faults(articles, sentences, claims, claim_lines)
    if not faults and not articles:
        faults.append("there is no article record in it")
    if faults:
        more = len(faults) - MAX_FAULTS_SHOWN
        shown = faults[:MAX_FAULTS_SHOWN] + ([f"and {more} more"] if more > 0 else [])
        msg = f"{name} is not a claims file as `mapgen extract` writes it:\n  " + "\n  ".join(shown)
        raise FormatError(msg)
    return Extraction(articles=tuple(articles), sentences=tuple(sentences), claims=tuple(claims))


def _article_record(article: Article) -> dict[str, object]:
    record: dict[str, object] = {
        "record": "article",
        "id": article.id,
        "title": article.title,
        "source": article.source,
        "url": article.url,
        "published_on": _day(article.published_on),
        "published_on_basis": article.published_on_basis,
        "language": article.language,
        "sha256": article.sha256,
        "paragraphs": list(article.paragraphs),
    }
    if article.pages:
        record["pages"] = list(article.pages)
    if article.country is not None:
        record["country"] = article.country
    if article.places:
        record["places"] = [asdict(place) for place in article.places]
    return record


def claim_record(claim: Claim) -> dict[str, object]:
    """Return the fields of a claim in ``claims.jsonl``, without ``record``."""
    quantity, when, said = claim.quantity, claim.date, claim.attribution
    return {
        "id": claim.id,
        "article": claim.article,
        "start": claim.start,
        "end": claim.end,
        "quote": claim.quote,
        "kind": claim.kind.value,
        "status": claim.status.value,
        "actor": asdict(claim.actor) if claim.actor else None,
        "from_actor": asdict(claim.from_actor) if claim.from_actor else None,
        "places": [_place_record(place) for place in claim.places],
        "quantity": asdict(quantity) if quantity else None,
        "date": {
            "start": _day(when.start),
            "end": _day(when.end),
            "words": when.words,
            "basis": when.basis,
        }
        if when
        else None,
        "attribution": asdict(said) if said else None,
        "confidence": claim.confidence,
        "state": claim.state,
        "rules": list(claim.rules),
    }


def _place_record(place: ClaimPlace) -> dict[str, object]:
    return {
        "surface": place.surface,
        "start": place.start,
        "end": place.end,
        "role": place.role.value,
        "place_id": place.place_id,
        "name": place.name,
        "lat": place.lat,
        "lon": place.lon,
        "precision": place.precision.value if place.precision else None,
        "direction": place.direction,
        "distance_km": place.distance_km,
        "unplaced": place.unplaced,
        "probability": place.probability,
    }


def _cross_faults(
    articles: list[Article],
    sentences: list[SentenceRecord],
    claims: list[Claim],
    claim_lines: list[int],
) -> list[str]:
    """Return faults between records, such as missing articles and duplicate ids."""
    faults = []
    known = Counter(article.id for article in articles)
    faults += [f"two articles have the id {one!r}" for one in sorted(known) if known[one] > 1]
    missing = {sentence.article for sentence in sentences} - set(known)
    faults += [
        f"sentences name an article {one!r} that is not in the file" for one in sorted(missing)
    ]
    first_line: dict[str, int] = {}
    for claim, line in zip(claims, claim_lines, strict=True):
        if claim.article not in known:
            faults.append(f"line {line}, article: no article {claim.article!r} is in the file")
        if first_line.setdefault(claim.id, line) != line:
            faults.append(f"line {line}, id: {claim.id!r} is also in line {first_line[claim.id]}")
    return faults


def _object(line: str, number: int, faults: list[str]) -> dict[str, Any] | None:
    """Return the JSON object in a line, or None after noting a fault."""
    try:
        record = json.loads(line, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as err:
        what = err.msg if isinstance(err, json.JSONDecodeError) else str(err)
        faults.append(f"line {number} is not valid JSON ({what})")
        return None
    if not isinstance(record, dict):
        faults.append(f"line {number} is not a JSON object")
        return None
    return record


def _refuse_constant(constant: str) -> None:
    msg = f"{constant} is not a number in JSON"
    raise ValueError(msg)


def json_line(record: dict[str, object]) -> str:
    """Return a record as one line of JSON, with the signs that a terminal obeys as escapes."""
    text = json.dumps(record, ensure_ascii=False, allow_nan=False, separators=(", ", ": "))
    return _OBEYED.sub(lambda m: f"\\u{ord(m.group(0)):04x}", text)


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _plain(value: object) -> object:
    """Convert a value to one that JSON can represent."""
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    return value
