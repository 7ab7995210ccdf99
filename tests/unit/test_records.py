"""Claims and toponyms as JSON Lines: exact round trip, documented order, every fault named."""

import json
import math
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mapgen.claims.claims_file import (
    claims_from_lines,
    claims_to_lines,
    is_claims_file,
    read_claims,
    toponyms_to_lines,
)
from mapgen.core.bounds import FIRST_DAY, LAST_DAY
from mapgen.errors import FormatError
from mapgen.model import (
    Actor,
    Article,
    Attribution,
    Claim,
    ClaimPlace,
    Extraction,
    Kind,
    Precision,
    Quantity,
    Role,
    SentenceRecord,
    Status,
    When,
)
from mapgen.places.toponyms import ToponymRecord
from mapgen.reasons import reason_of

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
OFFSETS = st.integers(0, 10_000)
DAYS = st.dates(FIRST_DAY, LAST_DAY)


def maybe(strategy: st.SearchStrategy) -> st.SearchStrategy:
    return st.none() | strategy


def two(strategy: st.SearchStrategy) -> st.SearchStrategy:
    """Two values in order, either of which may be missing."""
    pairs = st.tuples(strategy, strategy).map(sorted)
    return pairs.flatmap(lambda p: st.sampled_from([(p[0], p[1]), (p[0], None), (None, p[1])]))


ACTORS = st.builds(Actor, id=WORDS, name=WORDS, side=maybe(WORDS))


@st.composite
def places(draw: st.DrawFn) -> ClaimPlace:
    start, end = sorted(draw(st.tuples(OFFSETS, OFFSETS)))
    spot = draw(maybe(st.tuples(st.floats(-90, 90), st.floats(-180, 180)))) or (None, None)
    return ClaimPlace(
        surface=draw(WORDS),
        start=start,
        end=end,
        role=draw(st.sampled_from(Role)),
        place_id=draw(maybe(WORDS)),
        name=draw(maybe(WORDS)),
        lat=spot[0],
        lon=spot[1],
        precision=draw(maybe(st.sampled_from(Precision))),
        direction=draw(maybe(WORDS)),
        distance_km=draw(maybe(st.floats(0, 1e4))),
    )


@st.composite
def claims(draw: st.DrawFn, number: int, articles: list[str]) -> Claim:
    quote, start = draw(WORDS), draw(OFFSETS)
    figure, days = draw(maybe(two(st.integers(0, 10**7)))), draw(maybe(two(DAYS)))
    unit = draw(st.sampled_from(["people", "families", "killed", "injured"]))
    return Claim(
        id=f"c{number}",
        article=draw(st.sampled_from(articles)),
        start=start,
        end=start + len(quote),
        quote=quote,
        kind=draw(st.sampled_from(Kind)),
        status=draw(st.sampled_from(Status)),
        actor=draw(maybe(ACTORS)),
        from_actor=draw(maybe(ACTORS)),
        places=tuple(draw(st.lists(places(), max_size=2))),
        quantity=figure
        and Quantity(low=figure[0], high=figure[1], best=None, unit=unit, words=draw(WORDS)),
        date=days
        and When(
            start=days[0],
            end=days[1],
            words=draw(WORDS),
            basis=draw(st.sampled_from([None, "stated", "relative"])),
        ),
        attribution=draw(maybe(st.builds(Attribution, name=WORDS, role=maybe(WORDS), words=WORDS))),
        confidence=draw(st.floats(0, 1)),
        state=draw(st.sampled_from([None, "open", "threatened", "cut"])),
        reasons=tuple(map(reason_of, draw(st.lists(WORDS, max_size=2)))),
    )


@st.composite
def extractions(draw: st.DrawFn) -> Extraction:
    ids = draw(st.lists(WORDS, min_size=1, max_size=2, unique=True))
    articles = tuple(
        Article(
            id=one,
            text="",
            title=draw(maybe(WORDS)),
            source=draw(maybe(WORDS)),
            url=draw(maybe(WORDS)),
            published_on=draw(maybe(DAYS)),
            published_on_basis=draw(st.sampled_from([None, "printed", "given", "inferred"])),
            language=draw(maybe(WORDS)),
            sha256=draw(WORDS),
            country=draw(maybe(WORDS)),
            paragraphs=tuple(draw(st.lists(OFFSETS, max_size=3))),
        )
        for one in ids
    )
    sentences = []
    for _ in range(draw(st.integers(0, 2))):
        start, end = sorted(draw(st.tuples(OFFSETS, OFFSETS)))
        which, off = draw(st.sampled_from(ids)), draw(maybe(WORDS))
        sentences.append(
            SentenceRecord(article=which, start=start, end=end, text=draw(WORDS), left_off=off)
        )
    made = tuple(draw(claims(n, ids)) for n in range(draw(st.integers(0, 2))))
    return Extraction(articles=articles, sentences=tuple(sentences), claims=made)


@settings(max_examples=60, deadline=None)
@given(extractions())
def test_round_trip_is_exact(extraction: Extraction) -> None:
    lines = list(claims_to_lines(extraction))
    assert all("\n" not in line for line in lines)
    back = claims_from_lines(lines)
    assert back == extraction
    assert list(claims_to_lines(back)) == lines


SAMPLE = Extraction(
    articles=(Article(id="mill", text="", published_on=date(2024, 3, 5), paragraphs=(0, 40)),),
    sentences=(
        SentenceRecord(article="mill", start=0, end=12, text="Orsala fell."),
        SentenceRecord(article="mill", start=13, end=17, text="Why?", left_off="a question"),
    ),
    claims=(
        Claim(
            id="c1",
            article="mill",
            start=0,
            end=12,
            quote="Orsala fell.",
            kind=Kind.CONTROL_CHANGE,
            status=Status.ASSERTED,
            actor=Actor(id="reb", name="Rebels", side="opp"),
            places=(ClaimPlace(surface="Orsala", start=0, end=6, role=Role.AT, lat=1.5, lon=-2.0),),
            quantity=Quantity(low=1000, high=9999, best=None, unit="people", words="Thousands"),
            date=When(start=date(2024, 3, 4), end=None, words="Monday", basis="relative"),
        ),
    ),
)


def test_lines_are_as_documented() -> None:
    article, sentence, off, claim = (json.loads(line) for line in claims_to_lines(SAMPLE))
    assert list(article) == [
        *("record", "id", "title", "source", "url", "published_on"),
        *("published_on_basis", "language", "sha256", "paragraphs"),
    ]
    assert article["published_on"] == "2024-03-05"
    assert list(sentence) == ["record", "article", "start", "end", "text", "left_off"]
    assert (sentence["left_off"], off["left_off"]) == (None, "a question")
    assert list(claim) == [
        *("record", "id", "article", "start", "end", "quote", "kind", "status", "actor"),
        *("from_actor", "places", "quantity", "date", "attribution", "confidence", "state"),
        "rules",
    ]
    assert claim["kind"] == "control_change"
    assert claim["date"] == {
        "start": "2024-03-04",
        "end": None,
        "words": "Monday",
        "basis": "relative",
    }
    assert claim["quantity"]["high"] == 9999
    assert list(claim["places"][0]) == [
        *("surface", "start", "end", "role", "place_id", "name"),
        *("lat", "lon", "precision", "direction", "distance_km", "unplaced", "probability"),
    ]


def test_text_stays_readable() -> None:
    article = replace(SAMPLE.articles[0], title="حمص – “now”")
    assert "حمص – “now”" in next(claims_to_lines(replace(SAMPLE, articles=(article,))))


def edited(**changes: object) -> list[str]:
    """Return the sample's lines with fields of its claim changed."""
    *lines, claim = claims_to_lines(SAMPLE)
    return [*lines, json.dumps({**json.loads(claim), **changes})]


PLACE = {"surface": "Orsala", "start": 0, "end": 6, "role": "at"}


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"kind": "conquest"}, "line 4, kind: 'conquest' is not one of control_change"),
        ({"status": None}, "line 4, status: is missing"),
        ({"start": "0"}, "line 4, start: '0' is not a whole number"),
        ({"start": True}, "line 4, start: True is not a whole number"),
        ({"end": 9}, "quote: has 12 characters, but start and end span 9"),
        ({"confidence": 1.5}, "confidence: 1.5 is not between 0 and 1"),
        ({"confidence": "high"}, "confidence: 'high' is not a number"),
        ({"plaecs": []}, "line 4, plaecs: is not a field of this record"),
        ({"places": [{**PLACE, "lat": 91, "lon": 0}]}, "places 1, lat: 91 is not between"),
        ({"places": [{**PLACE, "lat": 9}]}, "places 1, lat: and lon must both"),
        ({"places": [{**PLACE, "role": "in"}]}, "places 1, role: 'in' is not one of at"),
        ({"places": {}}, "places: is not a list"),
        ({"places": ["Orsala"]}, "places 1: is not a JSON object"),
        ({"date": {"start": "5 March", "words": "x"}}, "date, start: '5 March' is not a day"),
        (
            {"date": {"start": "2024-03-05", "end": "2024-03-01", "words": "x"}},
            "date, start: is after end",
        ),
        (
            {"quantity": {"low": 9, "high": 1, "unit": "people", "words": "x"}},
            "quantity, low: is more than high",
        ),
        ({"quantity": {"unit": "goats", "words": "x"}}, "unit: 'goats' is not one of people"),
        ({"actor": "rebels"}, "actor: is not a JSON object"),
        ({"actor": {"id": "r", "name": "R", "team": "x"}}, "actor, team: is not a field"),
        ({"article": "nix"}, "line 4, article: no article 'nix' is in the file"),
        ({"rules": [1]}, "rules: is not a list of texts"),
        ({"state": "ajar"}, "state: 'ajar' is not one of open"),
        ({"record": "klaim"}, "'klaim' is not article, sentence or claim"),
        ({"quote": "Orsala \ud800ell."}, "lone surrogate"),
    ],
)
def test_faults_name_line_and_field(changes: dict[str, object], words: str) -> None:
    with pytest.raises(FormatError) as caught:
        claims_from_lines(edited(**changes), name="edited.jsonl")
    assert words in str(caught.value)
    assert "edited.jsonl" in str(caught.value)


def test_all_faults_are_collected(tmp_path: Path) -> None:
    path = tmp_path / "claims.jsonl"
    lines = [*edited(kind="x", confidence=7), "{torn", "[]", '{"record": "sentence"}']
    path.write_text("\n".join([*lines, '{"record": "article", "id": "b", "sha256": NaN}']))
    with pytest.raises(FormatError) as caught:
        read_claims(path)
    message = str(caught.value)
    for words in (
        "line 4, kind",
        "line 4, confidence",
        "line 5 is not valid JSON",
        "line 6 is not a JSON object",
        "line 7, article: is missing",
        "line 7, start: is missing",
        "line 8 is not valid JSON (NaN",
    ):
        assert words in message


def test_duplicate_claims_and_articles() -> None:
    lines = list(claims_to_lines(SAMPLE))
    with pytest.raises(FormatError, match=r"(?s)two articles.*'mill'.*line 6, id: 'c1' is also"):
        claims_from_lines([*lines, lines[0], lines[-1]])


def test_a_file_of_another_kind_is_refused_shortly(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    path.write_text("no json here\n" * 500)
    with pytest.raises(FormatError, match="and 450 more") as caught:
        read_claims(path)
    assert len(str(caught.value).splitlines()) == 52
    path.write_text("")
    with pytest.raises(FormatError, match="no article record"):
        read_claims(path)
    path.write_bytes(b'{"a": "\xe9"}')
    with pytest.raises(FormatError, match="line 1 is not UTF-8"):
        read_claims(path)
    with pytest.raises(FormatError, match="cannot be read"):
        read_claims(tmp_path / "nix.jsonl")


def test_windows_line_ends_and_mark_are_read(tmp_path: Path) -> None:
    path = tmp_path / "c.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + "\r\n".join(claims_to_lines(SAMPLE)).encode() + b"\r\n")
    assert read_claims(path) == SAMPLE
    assert is_claims_file(path)
    path.write_text('{"id": "a", "text": "x"}')
    assert not is_claims_file(path)


def test_toponyms_one_line_per_article() -> None:
    articles = [Article(id="a", text="Orsala fell."), Article(id="b", text="Nothing.")]
    found = ToponymRecord(
        article="a",
        start=0,
        end=6,
        surface="Orsala",
        type="place",
        candidates=("geonames:1", "geonames:2"),
        reason="not in the gazetteer",
    )
    first, second = (json.loads(line) for line in toponyms_to_lines(articles, [found]))
    assert second == {"article": "b", "toponyms": []}
    (toponym,) = first["toponyms"]
    assert list(toponym) == [
        *("start", "end", "surface", "place_id", "name", "lat", "lon", "country", "feature"),
        *(
            "type",
            "geometry_id",
            "precision",
            "score",
            "probability",
            "candidates",
            "method",
            "reason",
        ),
    ]
    assert toponym["candidates"] == ["geonames:1", "geonames:2"]
    assert toponym["place_id"] is None
    assert toponym["reason"] == "not in the gazetteer"


def test_no_number_that_json_lacks() -> None:
    (claim,) = SAMPLE.claims
    with pytest.raises(ValueError, match="JSON"):
        list(claims_to_lines(replace(SAMPLE, claims=(replace(claim, confidence=math.nan),))))
