"""Code passages into claims: what each sentence states, who says it, and what keeps it off the map.

Parsed passages with their georeferences come in; claims go out. Each language has its own
subpackage, and ``llm`` codes with a language model. The public interface consists of the coders
and the two functions that code articles.
"""

from mapgen.coding.given_events import GivenEvents
from mapgen.coding.rule_coder import RuleCoder, code_article, code_articles
from mapgen.coding.table_rows import WithTables
from mapgen.coding.two_readers import TwoReaders

__all__ = [
    "GivenEvents",
    "RuleCoder",
    "TwoReaders",
    "WithTables",
    "code_article",
    "code_articles",
    "llm",
]
