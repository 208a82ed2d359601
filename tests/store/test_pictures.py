from __future__ import annotations

import os
from pathlib import Path

from rag.store.pictures import PictureCache

MIB = 1024 * 1024


def test_a_picture_comes_back_as_it_went_in(tmp_path: Path) -> None:
    cache = PictureCache(tmp_path, most_mb=1)
    cache.put("a" * 64, 7, 1.5, b"picture")
    assert cache.get("a" * 64, 7, 1.5) == b"picture"


def test_another_scale_is_another_picture(tmp_path: Path) -> None:
    cache = PictureCache(tmp_path, most_mb=1)
    cache.put("a" * 64, 7, 1.5, b"picture")
    assert cache.get("a" * 64, 7, 2.0) is None


def test_the_picture_longest_unused_goes_first(tmp_path: Path) -> None:
    cache = PictureCache(tmp_path, most_mb=1)
    for page, age in ((1, 30), (2, 10), (3, 20)):
        cache.put("a" * 64, page, 1.0, bytes(MIB // 4))
        place = tmp_path / "pictures" / ("a" * 64) / f"{page}@1.png"
        os.utime(place, (1_000_000 - age, 1_000_000 - age))
    cache.put("a" * 64, 4, 1.0, bytes(MIB // 2))
    left = [page for page in (1, 2, 3, 4) if cache.get("a" * 64, page, 1.0)]
    assert left == [2, 4]
