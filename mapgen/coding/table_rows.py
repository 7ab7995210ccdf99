"""Make claims of the rows of tables of displaced people in an article.

Another coder reads the sentences; this one adds a claim for each figure of a row. Articles
come in, claims and sentences go out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapgen.coding.english.claiming import claim_id
from mapgen.coding.given_places import PlaceFinder
from mapgen.core.clean_text import clean
from mapgen.model import Claim, SentenceRecord, Status
from mapgen.reasons import Reason, ReasonKind

if TYPE_CHECKING:
    from gazetteer import Gazetteer
    from mapgen.coders import Coder
    from mapgen.model import Article, TableRow

_PLAIN = 0.8  # confidence of a plain statement


class WithTables:
    """A coder that reads the tables of an article as well.

    Parameters
    ----------
    coder
        The coder of the sentences.
    gazetteer
        Gazetteer in which the places of the rows are looked up.
    """

    def __init__(self, coder: Coder, gazetteer: Gazetteer) -> None:
        self._coder = coder
        self._places = PlaceFinder(gazetteer)

    def code(self, article: Article) -> tuple[list[Claim], list[SentenceRecord]]:
        """Return the claims of an article and all its sentences, with a sentence for each row."""
        claims, sentences = self._coder.code(article)
        own: list[Claim] = []
        start, end, n_told = -1, 0, 0  # offsets of the row, and its figures so far
        for row in article.table_rows:
            if not row.is_same_line:
                line, n_told = clean(row.line).text, 0
                start = article.text.find(line, end) if line else -1
                if start >= 0:
                    end = start + len(line)
                    sentences = [s for s in sentences if not (start <= s.start and s.end <= end)]
                    text = article.text[start:end]
                    sentences.append(
                        SentenceRecord(article=article.id, start=start, end=end, text=text)
                    )
            if start < 0:  # the row was not kept as one line
                continue
            own.append(self._claim(article, row, (start, end), n_told))
            n_told += 1
            if any(place.place_id for place in own[-1].places):
                claims = [c for c in claims if not (start <= c.start and c.end <= end)]
        claims += own
        return sorted(claims, key=lambda c: (c.start, c.end, c.id)), sorted(
            sentences, key=lambda s: (s.start, s.end)
        )

    def _claim(self, article: Article, row: TableRow, span: tuple[int, int], ordinal: int) -> Claim:
        """Return the claim of a figure of a row; ``ordinal`` counts those before it in the row."""
        (start, end), country = span, article.country
        return Claim(
            id=claim_id(article.id, start, end, row.kind, ordinal),
            article=article.id,
            start=start,
            end=end,
            quote=article.text[start:end],
            kind=row.kind,
            status=Status.ASSERTED,
            places=tuple(self._places.place(p, article.text, span, country) for p in row.places),
            quantity=row.quantity,
            date=row.date,
            confidence=_PLAIN,
            reasons=(
                Reason(ReasonKind.KIND, row.kind.value),
                Reason(ReasonKind.CODER, "table", "a row of a table of displaced people"),
            ),
        )
