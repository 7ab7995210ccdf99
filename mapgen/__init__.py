"""News articles in, an interactive situation map out."""
