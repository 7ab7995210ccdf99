"""Choose the words of a sentence that a claim quotes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mapgen.reasons import ReasonKind

if TYPE_CHECKING:
    from spacy.tokens import Token

    from mapgen.coding.english.sentence_context import ClaimDraft
    from mapgen.reading.passages import Passage

_CUT_DEPS = {"advcl", "conj", "ccomp", "relcl", "parataxis", "punct", "cc", "mark", "csubj"}
_EDGES = " ,;—–-"


def quote_of(draft: ClaimDraft, passage: Passage) -> tuple[int, int]:
    """Return the character offsets of the quote of a claim.

    It has the trigger with its arguments, and the places and the figure of the claim.
    """
    keep = {i for top in [draft.trigger, *draft.anchors] for i in _arguments(top)}
    sent = draft.trigger.sent
    ids = [i for i in keep if sent.start <= i < sent.end]
    start = min(passage.starts[i] for i in ids)
    end = max(passage.ends[i] for i in ids)
    lo, hi = passage.bounds(sent)
    for p in draft.places if not any(r.what is ReasonKind.PLACE for r in draft.reasons) else ():
        if lo <= p.start and p.end <= hi and p.surface:
            start, end = min(start, p.start), max(end, p.end)
    if draft.figure is not None:
        start = min(start, lo + draft.figure.start)
        end = max(end, lo + draft.figure.end)
    return _trimmed(passage.text, start, end)


def _arguments(top: Token) -> set[int]:
    """Return the indices of a word and its dependents, except for clauses of their own."""
    keep = set()
    stack = [top]
    while stack:
        cur = stack.pop()
        keep.add(cur.i)
        stack += [c for c in cur.children if c.dep_ not in _CUT_DEPS or _is_in_list(c, cur)]
    return keep


def _is_in_list(word: Token, head: Token) -> bool:
    """Whether a word is the next item in a list: "tanks and guns"."""
    verbs = {"VERB", "AUX"}
    return word.dep_ == "conj" and word.pos_ not in verbs and head.pos_ not in verbs


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Trim spaces, commas, semicolons and dashes from both ends of a span."""
    while start < end and text[start] in _EDGES:
        start += 1
    while end > start and text[end - 1] in _EDGES:
        end -= 1
    return start, end


def with_words(
    start: int, end: int, words: str, trigger: Token, passage: Passage
) -> tuple[int, int]:
    """Extend a quote to the words that decided its status.

    Parameters
    ----------
    start, end
        Character offsets of the quote in the article.
    words
        The words that decided the status. Nothing changes if they are not in the sentence.
    trigger
        The trigger of the claim.
    passage
        The passage that contains it.

    Returns
    -------
    tuple of int
        Start and end. If the words follow the quote, it extends to the end of their clause.
    """
    lo, hi = passage.bounds(trigger.sent)
    found = [lo + m.start() for m in re.finditer(re.escape(words), passage.text[lo:hi])]
    if not found:
        return start, end
    at = min(found, key=lambda i: abs(i - start))
    if start <= at < end:
        return start, end
    stop = re.search(r"[,;—.?!:]|[”\"]", passage.text[at + len(words) : hi])
    return min(start, at), max(
        end,
        at + len(words) + (stop.start() if stop else hi - at - len(words)) if at > start else end,
    )
