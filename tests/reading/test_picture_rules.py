"""Lines found on pictures of pages; the pictures are drawn here."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from rag.reading.picture_rules import picture_rules

WIDE, HIGH = 1600, 2000


def picture(lean: float = 0.0) -> NDArray[np.uint8]:
    """A grey page with a frame of one inner line either way, 200..1400 by 400..1000 pixels, that leans."""
    drawn = np.full((HIGH, WIDE, 3), 225, np.uint8)
    for y in (400, 700, 1000):
        for x in range(200, 1400):
            at = round(y + lean * x)
            drawn[at : at + 3, x] = 40
    for x in (200, 800, 1398):
        for y in range(400, 1000):
            at = round(x - lean * y)
            drawn[y, at : at + 3] = 40
    return drawn


def heights(rules: NDArray[np.float32]) -> list[int]:
    """The heights of the level lines in tens of pixels."""
    level = (rules[:, 2] - rules[:, 0]) > (rules[:, 3] - rules[:, 1])
    return sorted({round(float(rule[1]) / 10) for rule in rules[level]})


def test_a_blank_page_has_no_lines() -> None:
    rules, lean = picture_rules(np.full((HIGH, WIDE, 3), 225, np.uint8), 1.0)
    assert (len(rules), lean) == (0, 0.0)


def test_lines_of_a_straight_scan_are_found_where_they_stand() -> None:
    rules, lean = picture_rules(picture(), 1.0)
    assert (heights(rules), lean) == ([40, 70, 100], 0.0)


def test_lines_of_a_leaning_scan_are_given_straight() -> None:
    rules, lean = picture_rules(picture(0.01), 1.0)
    assert abs(lean - 0.01) < 0.0015
    assert heights(rules) == [40, 70, 100]


def test_characters_are_no_lines() -> None:
    drawn = np.full((HIGH, WIDE, 3), 225, np.uint8)
    for x in range(200, 1400, 60):
        drawn[400:403, x : x + 30] = 40
    assert len(picture_rules(drawn, 1.0)[0]) == 0
