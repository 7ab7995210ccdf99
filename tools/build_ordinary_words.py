"""Build ``gazetteer/data/ordinary_words.csv.gz``: words that are also names of villages.

    python -m tools.build_ordinary_words

Common English words and given names are those of ``mapgen/data``; given names that are usual in
the countries at war, and absent from a census of the United States, stand in ``MORE_NAMES``.
Same inputs, same bytes.
"""

from __future__ import annotations

import gzip
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WORDS = ROOT / "mapgen" / "data"
# Collected by hand: usual given names, in the usual spellings of news.
MORE_NAMES = """
abbas abdallah abdel abdi abdullah abdullahi abdulrahman abu aden adam ahmad ahmed aisha akbar
alhaji ali alpha amadou amina amir amr anwar asad ashraf aung awad aye aziz bakr bashar bashir
bassam bilal boubacar dahir daoud dawit desta dmytro fadi faisal farah farid fatima fatou garang
ghani girma habib hadi hafez haidar haji hakim hamid hamza haroun hasan hashim hassan hassane haydar
hla hussein ibrahim ibrahima idris iman isa ismail issa iyad jaber jafar jalal jamal jawad kamal
karim khaled khalid khalil khin kyaw lemma machar mahamat mahdi mahmoud mahmud majid malik mamadou
mansour mariam marwan maryam massoud maung mehmet min mohamed mohammad mohammed moussa mubarak
muhammad muktar murad musa mustafa mykola myo nabil nader nasir nasser nawaf noor nour nur nyan
oleksandr olena omar osman othman oumar ousmane qasim rahim rahman rashid reza riek sadiq saeed
said saleh salem salim salma salman sami samir sayed seydou sheikh soe suleiman syed tadesse taha
tariq tesfaye than thein tun usman volodymyr wael walid wali win yahya yasin yasir yousef yusuf
zahra zainab zaw zayd zaynab ziad
""".split()
KINDS = {"common_words.txt.gz": "w", "given_names.txt.gz": "g"}


def main() -> int:
    """Write the table."""
    kinds: dict[str, set[str]] = {name: {"g"} for name in MORE_NAMES}
    for file, kind in KINDS.items():
        for line in gzip.decompress((WORDS / file).read_bytes()).decode("utf-8").splitlines():
            if line and not line.startswith("#"):
                kinds.setdefault(line.split()[0].casefold(), set()).add(kind)
    rows = [f"{word},{''.join(sorted(kinds[word]))}" for word in sorted(kinds)]
    path = ROOT / "gazetteer" / "data" / "ordinary_words.csv.gz"
    text = "\n".join(["word,kinds", *rows, ""])
    path.write_bytes(gzip.compress(text.encode("utf-8"), 9, mtime=0))
    print(f"{path.name}: {len(rows)} words, {path.stat().st_size} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
