"""The words that periods are written in, and what each of them says."""

from __future__ import annotations

import re
from datetime import date

from rag.filings.fiscal import end_date, month_end

_YEAR_WORDS = {"今年": 0, "本年": 0, "当年": 0, "去年": -1, "上年": -1, "上一年": -1, "前年": -2}
_DIGITS = {
    "一": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "四": 4,
    "六": 6,
    "七": 7,
    "九": 9,
    "十": 10,
    "十二": 12,
    "首": 1,
}
_NUMERAL_YEAR = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_MONTH = r"\d+|十二|[一三四六七九十]"
_EIGHTS = {"0331": "Q1", "0630": "H1", "0930": "Q3", "1231": "FY"}
_MONTH_SPANS = {
    (1, 3): "Q1",
    (1, 6): "H1",
    (1, 9): "Q3",
    (1, 12): "FY",
    (4, 6): "Q2S",
    (7, 9): "Q3S",
    (10, 12): "Q4S",
    (7, 12): "H2",
}

# No digit of a figure: a comma inside one stands between digits, and never before four of them.
_FREE = r"(?:(?<![\d.])(?<!\d,)|(?<=,)(?=\d{4}年))"
# A two-digit year must be followed by what only follows years, or look like one of this century's filings.
_YEAR = (
    r"(?P<year>"
    + _FREE
    + r"(?:19|20)\d\d(?!\d|\.\d|[家人项个元户名股万亿%款次件条台吨])年?|[二][〇○零]\w\w年"
    r"|"
    + _FREE
    + r"\d\d(?=年?(?:上半年|下半年|半年|中报|中期|年报|年度|全年|年末|年底|[一二三四]季|第[一二三四]季|前三季"
    r"|H[12]|Q[1-4]|FY|\d{1,2}月|1[-—]))年?|"
    + _FREE
    + r"(?<![近第满])(?:1[89]|2\d)年(?![以期内来限的间左多])"
    r"|今年|本年(?!度报告期)|当年|去年|上一?年|前年)"
)
_QUARTER = r"(?:第?[一二三四1-4首]季度?|Q[1-4])"
_PART = (
    r"(?P<day>\d{1,2}月\d{1,2}日)|(?P<span>(?:\d{1,2}|[一四七])月?[-—–~～至到]+(?:\d{1,2}|三|六|九|十二)月(?:份)?)"
    r"|(?P<month>\d{1,2}月(?:份)?(?P<month_end>末|底)?)"
    r"|(?P<half>上半年度?|半年度?(?:报告|报)?|中报|中期(?:报告)?|H1|下半年度?|H2)(?P<half_end>末|底)?"
    r"|(?P<three>前(?:三|3)个?季度?|(?:第?三|3)季度?报告?|1-3季度)"
    rf"|(?P<quarter>{_QUARTER})(?P<report>报告?)?(?P<single>单季度?|S)?(?P<quarter_end>末|底)?"
    r"|(?P<year_end>年?度?(?:末|底))|(?P<year_start>年?初(?!至))"
    r"|(?P<full>年?度?报(?:告(?!期))?(?!告)|年?度|全年|FY|A(?![A-Za-z]))"
)
_BARE = (
    r"(?P<bare>(?:(?P<b_half>上半年|半年度(?:报告)?|半年报|中报|下半年)|(?P<b_three>前(?:三|3)个?季度?|三季度?报告?)"
    rf"|(?P<b_quarter>{_QUARTER})(?P<b_report>报告?)?(?:单季度?)?)(?P<b_end>末|底)?"
    r"|(?P<b_full>全年|年报|年度报告)|(?P<b_year_end>年末|年底)|(?P<b_month>\d{1,2})月(?:末|底))"
)
MENTION = re.compile(
    r"(?P<current_to_date>年初至(?:本?报告期末|期末|今|[^,，。]{0,6}末))"
    r"|(?<!\d)(?P<same>(?:19|20)\d\d)年同期(?!末)"
    r"|(?P<previous>(?:去年|上一?年度?)?同期(?!末)|(?<!手)上期(?!末))"
    r"|(?P<eight>(?<!\d)20\d\d(?:0331|0630|0930|1231)(?!\d))"
    r"|(?<!\d)(?P<iso>(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2})(?!\d)"
    r"|(?<![\dA-Za-z])(?P<reversed>(?:[12]H|[1-4]Q)(?:20)?\d\d)(?!\d)"
    rf"|{_YEAR}(?:{_PART})?|{_BARE}"
    r"|(?P<current_end>(?:本?报告期|本期|期)末)|(?P<previous_end>(?:本?报告期|本期|期|年)初|(?<!手)上期末)"
    r"|(?P<current>本?报告期(?!末|初)|本期(?!末|初))"
)


def said(match: re.Match[str], today: date | None) -> str:
    """The period or relative key that one match says; empty for a bare month or an impossible date."""
    if match["current_to_date"]:
        return "current"
    if match["same"]:
        return f"same:{match['same']}"
    for key in ("previous", "current_end", "previous_end", "current"):
        if match[key]:
            return key
    if match["bare"]:
        return _key(0, _bare_part(match))
    return _with_year(match, today) if match["year"] else _coded(match)


def _coded(match: re.Match[str]) -> str:
    """The period of 20240630 (a report to that day), 2024-06-30 (that day), or 1H24."""
    if match["eight"]:
        return match["eight"][:4] + _EIGHTS[match["eight"][4:]]
    if match["iso"]:
        return _iso(*map(int, re.split(r"[-/.]", match["iso"])))
    count, letter, year = match["reversed"][0], match["reversed"][1], match["reversed"][2:]
    return f"20{year[-2:]}{_quarter(int(count)) if letter == 'Q' else 'H' + count}"


def _iso(year: int, month: int, day: int) -> str:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""


def _quarter(number: int, single: bool = False) -> str:
    """The part of a quarter: the third as a code is cumulative, the second and fourth can only be single."""
    if number == 1:
        return "Q1"
    return f"Q{number}S" if single or number in (2, 4) else "Q3"


def _with_year(match: re.Match[str], today: date | None) -> str:
    """The period of a year with its part; without a part the whole year."""
    part = _part(match)
    if not part:
        return ""
    word = match["year"].removesuffix("度")
    offset = _YEAR_WORDS.get(word)
    if offset is not None and today is None:
        return _key(offset, part)
    year = today.year + offset if offset is not None and today else _year(match["year"])
    return placed(year, part)


def _year(written: str) -> int:
    digits = written.rstrip("年").translate(_NUMERAL_YEAR)
    return int(digits) if len(digits) == 4 else 2000 + int(digits)


def _key(offset: int, part: str) -> str:
    return f"year:{offset:+d}:{part}" if part else ""


def placed(year: int, part: str) -> str:
    """A part (`H1`, `06-30`, `start`) in a year, as a period or an ISO date."""
    if part == "start":
        return f"{year - 1}-12-31"
    return _iso(year, *map(int, part.split("-"))) if "-" in part else f"{year}{part}"


def _part(match: re.Match[str]) -> str:
    """The part of the year that a match names: `FY`, `H1`, `Q3S`, `06-30`, `start`; empty for a month."""
    if match["day"]:
        month, day = re.findall(r"\d+", match["day"])
        return f"{int(month):02d}-{int(day):02d}"
    if match["span"]:
        first, last = (int(_DIGITS.get(month, month)) for month in re.findall(_MONTH, match["span"]))
        return _MONTH_SPANS.get((first, last), "")
    if match["month"]:
        return _month_day(int(match["month"].split("月")[0])) if match["month_end"] else ""
    if match["year_end"]:
        return "12-31"
    if match["year_start"]:
        return "start"
    return _half_or_quarter(match, "") or "FY"


def _month_day(month: int) -> str:
    return month_end(2001, month)[5:] if 1 <= month <= 12 else ""


def _half_or_quarter(match: re.Match[str], prefix: str) -> str:
    """The half or quarter that a match names, its last day where it says 末; empty where it names none."""
    end = match["b_end"] if prefix else match["half_end"] or match["quarter_end"]
    if match[prefix + "half"]:
        part = "H2" if match[prefix + "half"].startswith(("下", "H2")) else "H1"
    elif match[prefix + "three"]:
        part = "Q3" if "报" in match[prefix + "three"] or match[prefix + "three"][0] in "前1" else "Q3S"
    elif match[prefix + "quarter"]:
        part = _spoken_quarter(match[0], match[prefix + "quarter"], bool(match[prefix + "report"]))
    else:
        return ""
    return end_date(f"2001{part}").isoformat()[5:] if end else part


def _spoken_quarter(whole: str, quarter: str, report: bool) -> str:
    """The part of a quarter: single in words (三季度), cumulative as a report (三季报) and as the code Q3."""
    sign = re.sub(r"[第季度Q]", "", quarter)
    coded = quarter.startswith("Q")
    single = "单季" in whole or whole.endswith("S") or (not coded and not report)
    return _quarter(int(_DIGITS.get(sign, sign)), single)


def _bare_part(match: re.Match[str]) -> str:
    if match["b_full"]:
        return "FY"
    if match["b_year_end"]:
        return "12-31"
    if match["b_month"]:
        return _month_day(int(match["b_month"]))
    return _half_or_quarter(match, "b_")
