"""The claims file: what one run read, as lines that another run or a person can take up.

Claims come in and lines go out, or the other way round; every fault is named.
"""

__all__ = [
    "claims_file",
]
