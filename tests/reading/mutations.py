"""Files damaged at random, the same ones in every run."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable, Iterator, Sequence

_NUMBERS = (b"0", b"-1", b"2147483648", b"99999999999999999999", b"1e400", b"NaN")
_MOST_GROWN = 200_000


def mutated(seeds: Sequence[tuple[str, bytes]], count: int, seed: int = 0) -> Iterator[tuple[str, bytes]]:
    """`count` damaged copies of the seeds in turn, named for their number and the kind of file."""
    rng = random.Random(seed)
    for n in range(count):
        kind, data = seeds[n % len(seeds)]
        yield f"{n:04}.{kind}", (_in_zip if kind == "docx" and n % 3 else _damaged)(rng, data)


def _damaged(rng: random.Random, data: bytes) -> bytes:
    for _ in range(rng.choice((1, 1, 2, 4, 16))):
        data = rng.choice(_DAMAGES)(rng, data)
    return data


def _in_zip(rng: random.Random, data: bytes) -> bytes:
    """The archive with one of its parts damaged before it is packed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        chosen = rng.choice([name for name in old.namelist() if name.startswith("word/")])
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, _damaged(rng, part) if name in (chosen, "word/document.xml") else part)
    return out.getvalue()


def _flip(rng: random.Random, data: bytes) -> bytes:
    at = rng.randrange(len(data) or 1)
    return data[:at] + bytes([rng.randrange(256)]) + data[at + 1 :]


def _cut(rng: random.Random, data: bytes) -> bytes:
    at = rng.randrange(len(data) or 1)
    return data[:at] + data[at + rng.randrange(1, 200) :]


def _truncate(rng: random.Random, data: bytes) -> bytes:
    return data[: rng.randrange(len(data) or 1)]


def _repeat(rng: random.Random, data: bytes) -> bytes:
    at = rng.randrange(len(data) or 1)
    piece = data[at : at + rng.randrange(1, 60)] * rng.choice((2, 50, 2000))
    return data[:at] + piece[:_MOST_GROWN] + data[at:]


def _swap(rng: random.Random, data: bytes) -> bytes:
    a, b = sorted(rng.randrange(len(data) or 1) for _ in range(2))
    return data[:a] + data[b:] + data[a:b]


def _number(rng: random.Random, data: bytes) -> bytes:
    """One of the numbers that the file holds, exchanged for one that nobody expects."""
    digits = [i for i in range(len(data)) if data[i : i + 1].isdigit()]
    if not digits:
        return data
    at = end = rng.choice(digits)
    while data[end : end + 1].isdigit():
        end += 1
    return data[:at] + rng.choice(_NUMBERS) + data[end:]


_DAMAGES: tuple[Callable[[random.Random, bytes], bytes], ...] = (
    _flip, _flip, _flip, _cut, _truncate, _repeat, _swap, _number, _number, _number,
)  # fmt: skip
