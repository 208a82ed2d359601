"""Plots as inline SVG: drawn by us, coloured by the page's style sheet, named for screen readers."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from eval.report.markup import Markup, element, joined

WIDTH = 380  # as wide as a phone, so that letters keep their size there
HEIGHT = 230
_LEFT, _RIGHT, _TOP = 44, 16, 22
_FOOT = 196  # where the horizontal axis lies
_BARS_LEFT, _BARS_RIGHT, _BAR_STEP = 64, 104, 28
_CURVE_MARGIN = 22
_SIGN_ROOM = 48  # above the highest bar, for the names of two marks


def bars(title: str, rows: Sequence[tuple[str, float, str]]) -> Markup:
    """Horizontal bars: label, share 0 to 1, and what is written behind the bar."""
    room = WIDTH - _BARS_LEFT - _BARS_RIGHT
    drawn = [
        joined(
            element("text", label, x=_BARS_LEFT - 8, y=y + 16, text_anchor="end"),
            _rect(_BARS_LEFT, y + 3, room, 16, "rest"),
            _rect(_BARS_LEFT, y + 3, room * min(share, 1.0), 16, "bar"),
            _faint(note, _BARS_LEFT + room + 8, y + 16, "start"),
        )
        for y, (label, share, note) in ((4 + _BAR_STEP * n, row) for n, row in enumerate(rows))
    ]
    return _figure(title, _BAR_STEP * len(rows) + 8, joined(*drawn))


def curve(title: str, points: Sequence[tuple[int, float]], x_name: str) -> Markup:
    """A curve of shares 0 to 1 over ranks on a logarithmic scale; every point is marked and named."""
    span = (math.log(points[0][0]), math.log(points[-1][0]))
    places = [(_across(math.log(k), *span), _up(share), k, share) for k, share in points]
    marks = [
        joined(
            element("circle", cx=x, cy=y, r=4, class_="dot"),
            _faint(f"{share:.0%}", x, y + 20, "middle"),
            _faint(str(k), x, _FOOT + 17, "middle"),
        )
        for x, y, k, share in places
    ]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y, _, _ in places)
    drawn = joined(_grid(), element("polyline", points=line, class_="curve"), *marks, _axis_name(x_name))
    return _figure(title, HEIGHT, drawn)


def histogram(title: str, values: Sequence[float], signs: Sequence[tuple[str, float]], unit: str) -> Markup:
    """How often values from 1 up occur, two bars for each power of two, with named marks such as p95."""
    logs = [math.log2(max(value, 1)) for value in values]
    span = (math.floor(min(logs)), max(math.ceil(max(logs)), math.floor(min(logs)) + 1))
    edges = [span[0] + step / 2 for step in range(2 * (span[1] - span[0]) + 1)]
    counts = [sum(low <= value < high for value in logs) for low, high in pairwise(edges)]
    counts[-1] += sum(value == edges[-1] for value in logs)
    tallest = (_FOOT - _SIGN_ROOM) / max(counts)
    drawn = [
        _rect(_across(low, *span) + 1, _FOOT - count * tallest, _across(high, *span) - _across(low, *span) - 2,
              count * tallest, "bar")
        for (low, high), count in zip(pairwise(edges), counts, strict=True)
        if count
    ]  # fmt: skip
    every = max(1, (span[1] - span[0]) // 6)
    ticks = [
        _faint(f"{2**power:,}", _across(power, *span), _FOOT + 17, "middle")
        for power in range(span[0], span[1] + 1, every)
    ]
    marks = [_sign(name, value, 14 + 17 * n, span) for n, (name, value) in enumerate(signs)]
    return _figure(title, HEIGHT, joined(_level(_FOOT), *drawn, *ticks, *marks, _axis_name(unit)))


def _sign(name: str, value: float, y: int, span: tuple[int, int]) -> Markup:
    x = _across(math.log2(max(value, 1)), *span)
    left = x > WIDTH * (
        0.77 if y > _TOP else 0.4
    )  # the first name to the left of its mark where there is room
    return joined(
        element("line", x1=x, x2=x, y1=y + 4, y2=_FOOT, class_="sign"),
        element(
            "text",
            name,
            x=x + (-5 if left else 5),
            y=y,
            text_anchor="end" if left else "start",
            class_="named",
        ),
    )


def _grid() -> Markup:
    shares = (0.0, 0.25, 0.5, 0.75, 1.0)
    lines = [joined(_level(_up(s)), _faint(f"{s:.0%}", _LEFT - 6, _up(s) + 4, "end")) for s in shares]
    return joined(*lines)


def _level(y: float) -> Markup:
    return element("line", x1=_LEFT, x2=WIDTH - _RIGHT, y1=y, y2=y, class_="grid")


def _rect(x: float, y: float, width: float, height: float, name: str) -> Markup:
    return element("rect", x=x, y=y, width=width, height=height, rx=2, class_=name)


def _faint(text: str, x: float, y: float, anchor: str) -> Markup:
    return element("text", text, x=x, y=y, text_anchor=anchor, class_="faint")


def _axis_name(name: str) -> Markup:
    return _faint(name, WIDTH - _RIGHT, HEIGHT - 3, "end")


def _across(value: float, lowest: float, highest: float) -> float:
    room = WIDTH - _LEFT - _RIGHT - 2 * _CURVE_MARGIN
    return _LEFT + _CURVE_MARGIN + room * ((value - lowest) / (highest - lowest) if highest > lowest else 0.5)


def _up(share: float) -> float:
    return _TOP + (_FOOT - _TOP) * (1 - share)


def _figure(title: str, height: int, drawn: Markup) -> Markup:
    picture = element("svg", drawn, viewBox=f"0 0 {WIDTH} {height}", role="img", aria_label=title)
    return element("figure", element("figcaption", title), picture)
