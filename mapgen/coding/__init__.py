"""Code passages into claims: what each sentence states, who says it, and what keeps it off the map.

Parsed passages with their georeferences come in; claims go out. Each language has its own
subpackage, and ``llm`` codes with a language model. The public interface consists of `RuleCoder`
and the two functions that code articles.
"""

from mapgen.coding.rule_coder import RuleCoder, code_article, code_articles
from mapgen.coding.two_readers import TwoReaders

__all__ = ["RuleCoder", "TwoReaders", "code_article", "code_articles", "llm"]
