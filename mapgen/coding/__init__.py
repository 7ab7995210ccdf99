"""Passages to claims: what each sentence states, on whose word, and what keeps it off the map.

Parsed passages with their georeferences come in; claims go out. One folder a language, and
``llm`` for a language model. Public: `RuleCoder` and the two functions that code articles.
"""

from mapgen.coding.article_coder import RuleCoder, code_article, code_articles

__all__ = ["RuleCoder", "code_article", "code_articles", "llm"]
