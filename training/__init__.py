"""Texts with marks, and the programs that train the second reader on them."""
