"""Questions and filing-like passages made from our own wording, so that spoken and printed names meet."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from training.text_sets import Pair

WORDING_FILE = Path(__file__).with_name("wording.toml")
PAIRS_PER_SUBJECT = 60
NEIGHBOURS_AT_MOST = 3
PERIODS = (
    "{y}年",
    "{y}年上半年",
    "{s}H1",
    "{s}年",
    "{y}年度",
    "{y}年半年度",
    "上半年",
    "去年",
    "今年",
    "{s}年Q3",
    "",
)


def report_pairs(seed: int) -> tuple[Pair, ...]:
    """Pairs of question and passage; pairs of one subject carry its name and never share a batch."""
    wording = tomllib.loads(WORDING_FILE.read_text(encoding="utf-8"))
    source = random.Random(seed)
    pairs = [_item_pair(wording, item, source) for item in wording["item"] for _ in range(PAIRS_PER_SUBJECT)]
    pairs += [
        _topic_pair(wording, topic, source) for topic in wording["topic"] for _ in range(PAIRS_PER_SUBJECT)
    ]
    return tuple(pairs)


def _item_pair(wording: Mapping[str, Any], item: Mapping[str, Any], source: random.Random) -> Pair:
    query = source.choice(wording["question"]).format(
        item=source.choice(item["spoken"] + item["filing"]), period=_period(source)
    )
    name = source.choice(item["filing"])
    sentences = [
        statement.format(
            item=name,
            value=_value(item["kind"], source),
            before=_value(item["kind"], source),
            change=_change(source),
            cause=source.choice(wording["cause"]),
            note=source.randint(1, 80),
        )
        for statement in source.sample(wording["statement"], source.randint(1, 2))
    ]
    return Pair(query, _with_neighbours(sentences, wording, source), item["filing"][0])


def _topic_pair(wording: Mapping[str, Any], topic: Mapping[str, Any], source: random.Random) -> Pair:
    query = source.choice(("", "", _period(source), "公司", "贵公司", "请问")) + source.choice(topic["ask"])
    said = source.sample(topic["say"], source.randint(1, min(2, len(topic["say"]))))
    sentences = [
        sentence.format(
            amount=_value("amount", source),
            count=_value("count", source),
            pct=_value("ratio", source),
            small=_value("per_share", source),
        )
        for sentence in said
    ]
    return Pair(query, _with_neighbours(sentences, wording, source), topic["ask"][0])


def _with_neighbours(sentences: list[str], wording: Mapping[str, Any], source: random.Random) -> str:
    around = source.sample(wording["neighbour"], source.randint(0, NEIGHBOURS_AT_MOST))
    place = source.randint(0, len(around))
    return "".join(around[:place] + sentences + around[place:])


def _period(source: random.Random) -> str:
    year = source.randint(2008, 2026)
    return source.choice(PERIODS).format(y=year, s=f"{year % 100:02d}")


def _value(kind: str, source: random.Random) -> str:
    if kind == "ratio":
        return f"{source.uniform(0.5, 95):.2f}%"
    if kind == "per_share":
        return f"{source.uniform(0.01, 20):.2f}"
    if kind in {"count", "shares"}:
        return f"{int(10 ** source.uniform(0.5, 5 if kind == 'count' else 9)):,}"
    amount = 10 ** source.uniform(4, 11) * source.choice((1, 1, 1, -1))
    return source.choice(
        (f"{amount:,.2f}", f"{amount / 1e4:,.2f}万元", f"{amount / 1e8:.2f}亿元", f"{amount:,.2f}元")
    )


def _change(source: random.Random) -> str:
    share = f"{source.uniform(0.1, 120):.2f}"
    return source.choice(
        (f"增长{share}%", f"下降{share}%", f"增加{share}个百分点", f"{share}", f"-{share}%", "不适用")
    )
