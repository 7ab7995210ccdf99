"""The coder ``llm``: a language model names events, and our own rules decide which of them hold.

This is the only part of mapgen that sends articles over the network, and only if this coder is
chosen. The model's answer is not trusted: `schema` defines the question and the form of the answer,
`client` asks within limits, `reply` parses the answer, `model_checks` accepts only what the article
says word for word, and `coder` makes claims and notes where the rules of `mapgen.coding` differ.
"""

__all__ = ["coder"]
