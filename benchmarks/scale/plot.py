"""Lines over a logarithmic number of passages, as a small SVG."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from html import escape

_COLOURS = ("#1f77b4", "#d62728", "#7f7f7f", "#2ca02c")
_WIDTH, _HEIGHT, _LEFT, _TOP = 640, 360, 60, 20
_INNER = (_WIDTH - _LEFT - 180, _HEIGHT - _TOP - 50)

Lines = Mapping[str, Sequence[tuple[int, float]]]


def svg(lines: Lines) -> str:
    """Milliseconds (logarithmic, upwards) over passages (logarithmic, to the right), a line a name."""
    points = [point for line in lines.values() for point in line]
    xs = _span([x for x, _ in points])
    ys = _span([y for _, y in points])
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}"'
        ' font-family="sans-serif" font-size="11">',
        '<rect width="100%" height="100%" fill="white"/>',
        *_axes(xs, ys),
    ]
    for number, (name, line) in enumerate(lines.items()):
        colour = _COLOURS[number % len(_COLOURS)]
        places = [_place(x, y, xs, ys) for x, y in line]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
        parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in places]
        label = _TOP + 14 + 16 * number
        parts.append(f'<text x="{_WIDTH - 170}" y="{label}" fill="{colour}">{escape(name)}</text>')
    return "\n".join([*parts, "</svg>"]) + "\n"


def _span(values: Sequence[float]) -> tuple[int, int]:
    """The powers of ten around the values."""
    return math.floor(math.log10(min(values))), max(
        math.ceil(math.log10(max(values))), math.floor(math.log10(min(values))) + 1
    )


def _place(x: float, y: float, xs: tuple[int, int], ys: tuple[int, int]) -> tuple[float, float]:
    right = (math.log10(x) - xs[0]) / (xs[1] - xs[0])
    up = (math.log10(y) - ys[0]) / (ys[1] - ys[0])
    return _LEFT + right * _INNER[0], _TOP + (1 - up) * _INNER[1]


def _axes(xs: tuple[int, int], ys: tuple[int, int]) -> list[str]:
    parts = []
    for power in range(xs[0], xs[1] + 1):
        x, _ = _place(10**power, 10 ** ys[0], xs, ys)
        parts.append(f'<text x="{x:.0f}" y="{_HEIGHT - 30}" text-anchor="middle">{10**power:,}</text>')
    for power in range(ys[0], ys[1] + 1):
        _, y = _place(10 ** xs[0], 10**power, xs, ys)
        parts.append(f'<line x1="{_LEFT}" x2="{_LEFT + _INNER[0]}" y1="{y:.0f}" y2="{y:.0f}" stroke="#ddd"/>')
        parts.append(f'<text x="{_LEFT - 6}" y="{y + 4:.0f}" text-anchor="end">{10.0**power:g} ms</text>')
    parts.append(
        f'<text x="{_LEFT + _INNER[0] / 2:.0f}" y="{_HEIGHT - 10}" text-anchor="middle">passages</text>'
    )
    return parts
