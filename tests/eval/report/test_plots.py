"""Plots are whole SVG and say what they show in text."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from eval.report.markup import Markup, element, joined
from eval.report.plots import bars, curve, histogram

PLOTS = {
    "bars": bars("正确率", [("数值", 0.5, "50%"), ("<b>", 1.0, "&")]),
    "curve": curve("查全率", [(1, 0.2), (5, 0.6), (20, 1.0)], "前 k 条"),
    "one point": curve("查全率", [(10, 0.2)], "前 k 条"),
    "histogram": histogram("用时", [0.0, 3.0, 3.5, 900.0], [("p50", 3.2), ("p95", 800.0)], "毫秒"),
    "one value": histogram("用时", [8.0], [("p50", 8.0)], "毫秒"),
}


@pytest.mark.parametrize("name", PLOTS)
def test_a_plot_is_well_formed_and_named(name: str) -> None:
    svg = ElementTree.fromstring(PLOTS[name]).find("svg")
    assert svg is not None
    assert svg.get("role") == "img"
    assert svg.get("aria-label")


def test_every_value_has_its_bar() -> None:
    heights = [
        float(rect.get("height") or 0) for rect in ElementTree.fromstring(PLOTS["histogram"]).iter("rect")
    ]
    assert len(heights) == 3
    assert max(heights) == pytest.approx(2 * min(heights))


def test_nothing_is_drawn_outside_the_plot() -> None:
    for svg in (ElementTree.fromstring(plot).find("svg") for plot in PLOTS.values()):
        assert svg is not None
        _, _, width, height = map(float, (svg.get("viewBox") or "").split())
        for part in svg.iter():
            assert 0 <= float(part.get("x", 0)) <= width
            assert 0 <= float(part.get("y", 0)) <= height


def test_children_are_escaped_and_markup_is_not() -> None:
    assert element("p", "<b>", Markup("<i></i>")) == "<p>&lt;b&gt;<i></i></p>"
    assert joined("a", None, "&") == "a&amp;"


def test_attributes_are_escaped_and_false_ones_left_out() -> None:
    assert (
        element("p", data_a='"x"', hidden=True, title=None, draggable=False)
        == '<p data-a="&quot;x&quot;" hidden></p>'
    )
