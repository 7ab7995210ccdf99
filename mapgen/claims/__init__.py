"""Read and write the claims file: the claims of one run, for another run or a person to edit.

Claims come in and lines go out, or the other way round; every fault is named.
"""

__all__ = [
    "claims_file",
]
