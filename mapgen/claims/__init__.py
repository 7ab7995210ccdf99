"""Read and write the claims file, which stores the claims of a run for reuse or editing.

Claims come in and lines go out, or the reverse. Every fault in a file is reported.
"""

__all__ = [
    "claims_file",
]
