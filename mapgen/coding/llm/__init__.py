"""The coder ``llm``: a language model names what happened, our own rules decide what of it holds.

The one part of mapgen that sends articles over the network, and only where this coder is chosen.
The model's answer is trusted for nothing: `schema` says what is asked, `client` asks
with limits, `reply` reads the answer, `checks` accepts what stands in the article word for word,
and `coder` makes claims of it and tells where the rules of `mapgen.coding` read otherwise.
"""

__all__ = ["coder"]
