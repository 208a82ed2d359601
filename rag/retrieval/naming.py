"""Which issuers a question names: full, short and partial names, codes, and names with a typing slip."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from rag.filings.filing import Filing
from rag.filings.issuers import TRADE_CHARS, ListedCompany, issuer_table
from rag.filings.lexicon import find_line_items
from rag.filings.period import find_periods
from rag.filings.text import squeeze
from rag.filings.wording import synonyms
from rag.retrieval.initials import initials
from rag.store.tokens import dictionary_tag

_CODE = re.compile(r"(?<!\d)(\d{6})(?:\.(?:SH|SZ|BJ|sh|sz|bj))?(?![\d.])")
_FORM = re.compile(r"(?:集团)?(?:股份)?(?:有限)?(?:责任)?公司$|集团$|股份$")
_LETTERS = re.compile(r"(?<![A-Z])[A-Z]{3,6}(?![A-Z])")
# What stands behind a name and not behind the first half of another word; what stands before one.
_NAME_END = re.compile(r"$|[\s,，、。?？:：的\d]|[今去本上前下]")
_NAME_START = re.compile(r"(?:^|[\s,，、。:：和与跟及比]|请问|查一下|看看)$")
_ASKING_STARTS = tuple("谁哪各分两")
# Names as short as this are ordinary words inside a sentence (东方通, 老百姓).
SHORTEST_LISTED = 3
# A part of a name shorter than this may be an ordinary word.
MIN_PART = 2
MAX_SHORT_NAME = 6
_ORDINARY = re.compile(
    r"^(?:北京|上海|天津|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃"
    r"|青海|台湾|内蒙古?|广西|西藏|宁夏|新疆|香港|澳门|深圳|广州|苏州|杭州|南京|武汉|成都|西安|中国|国际|全国|科技|股份|集团|技术|信息|网络|药业"
    r"|医药|生物|电子|机床|建设|银行|证券|保险|能源|电力|汽车|控股|发展|实业|投资|通信|材料|食品|环保|传媒|地产|智能|软件|新材|高科)$"
)
# Parts of speech of ordinary words.
_WORDS = ("n", "v", "vn", "a", "b", "d")
# Slips are looked for in names at least this long: shorter ones resemble ordinary words.
MIN_SLIP = 4


@dataclass(frozen=True, slots=True)
class Named:
    """A company found in a question: its display name, the words it was named by, its filings (none if not loaded)."""

    company: str
    start: int
    end: int
    filing_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Company:
    """An issuer with filings in the index, under every name known for it."""

    name: str
    names: tuple[str, ...]
    codes: tuple[str, ...]
    filing_ids: tuple[str, ...]


def companies(filings: Sequence[Filing]) -> tuple[Company, ...]:
    """The issuers of these filings; filings that share a code or a full name are one issuer's."""
    groups: dict[str, list[Filing]] = {}
    for filing in filings:
        groups.setdefault(_key(filing), []).append(filing)
    return tuple(_company(group) for group in groups.values())


def _listed(filing: Filing) -> ListedCompany | None:
    table = issuer_table()
    by_code = next((table.by_code[c] for c in filing.issuer.stock_codes if c in table.by_code), None)
    return by_code or next(
        (table.by_name[n] for n in map(squeeze, filing.issuer.names) if n in table.by_name), None
    )


def _key(filing: Filing) -> str:
    name = squeeze(filing.issuer.name)
    return name or next(iter(filing.issuer.stock_codes), "") or squeeze(filing.issuer.short_name) or filing.id


def _company(group: Sequence[Filing]) -> Company:
    names: dict[str, None] = {}
    codes: dict[str, None] = {}
    for filing in group:
        listed = _listed(filing)
        own = [squeeze(n) for n in filing.issuer.names]
        # The table may name another company by a code that an altered or mistyped filing carries.
        agrees = listed is not None and (not own or any(squeeze(n) in own for n in listed.names))
        names.update(dict.fromkeys(filing.issuer.names))
        codes.update(dict.fromkeys(filing.issuer.stock_codes))
        if listed is not None and agrees:
            names.update(dict.fromkeys(listed.names))
            codes[listed.code] = None
    short = next((f.issuer.short_name for f in group if f.issuer.short_name), "")
    display = short or next((n for n in sorted(names, key=len) if len(n) >= 3), "") or group[0].file_name
    return Company(display, tuple(names), tuple(codes), tuple(f.id for f in group))


def named_in(question: str, known: Sequence[Company]) -> list[Named]:
    """The companies a question names, in the order named; companies without filings only by full or short name."""
    text = question.upper()
    found = _exact(text, known)
    found += _partial(text, known, found)
    short = {part.company for part in found if part.end - part.start < MIN_SLIP}
    found = _completed(text, found, _slips(text, [company for company in known if company.name in short]))
    found += _by_initials(text, known, found)
    if not found:
        found += _slips(text, known)
    found += _not_loaded(text, known, found)
    return _in_order(found)


def _in_order(found: list[Named]) -> list[Named]:
    kept: dict[str, Named] = {}
    for named in sorted(found, key=lambda n: (n.start, -n.end)):
        kept.setdefault(named.company, named)
    return list(kept.values())


def _exact(text: str, known: Sequence[Company]) -> list[Named]:
    found = []
    for company in known:
        for name in (*company.names, *company.codes):
            at = text.find(squeeze(name).upper())
            if name and at >= 0 and not _is_other_name(text[at + len(squeeze(name)) :], company):
                found.append(Named(company.name, at, at + len(squeeze(name)), company.filing_ids))
    return [n for n in found if not any(_inside(n, other) for other in found)]


def _inside(one: Named, other: Named) -> bool:
    """Whether one's words are a true part of the other's (`中信` in `中信证券`)."""
    return (
        other.start <= one.start
        and one.end <= other.end
        and (other.end - other.start) > (one.end - one.start)
    )


def _partial(text: str, known: Sequence[Company], taken: Sequence[Named]) -> list[Named]:
    """Names said in part (`墨白`), when the part fits one issuer only and is no place's name."""
    parts: dict[str, set[int]] = {}
    for i, company in enumerate(known):
        for part in _parts(company):
            parts.setdefault(part, set()).add(i)
    found: list[Named] = []
    for part, owners in sorted(parts.items(), key=lambda item: (-len(item[0]), item[0])):
        at = text.find(part)
        if (
            len(owners) != 1
            or at < 0
            or any(n.start < at + len(part) and at < n.end for n in [*taken, *found])
        ):
            continue
        company = known[next(iter(owners))]
        if _is_other_name(text[at + len(part) :], company) or _is_torn(text, at):
            continue
        found.append(Named(company.name, at, at + len(part), company.filing_ids))
    return found


def _is_other_name(behind: str, company: Company) -> bool:
    """Whether a trade follows that makes another company's name of it (青珩银行 where 青珩科技 is known)."""
    trade = behind[:TRADE_CHARS]
    ends = _NAME_END.match(behind, TRADE_CHARS) is not None
    return (
        trade in issuer_table().trades and ends and not any(trade in squeeze(name) for name in company.names)
    )


def _is_torn(text: str, at: int) -> bool:
    """Whether what stands there begins inside another word: 新药 of 创新药."""
    return at > 0 and dictionary_tag(text[at - 1 : at + 1]) in _WORDS


def _parts(company: Company) -> set[str]:
    """Beginnings and ends of short names, beginnings of full ones."""
    parts: set[str] = set()
    for name in company.names:
        whole = squeeze(name).upper()
        stem = _FORM.sub("", whole)
        short = len(whole) <= MAX_SHORT_NAME
        parts.update(stem[:size] for size in range(MIN_PART if short else MIN_PART + 1, len(stem) + 1))
        if short:
            ends = {stem[-size:] for size in range(MIN_PART, len(stem))}
            parts.update(ends - issuer_table().endings)
    return {part for part in parts if not _ORDINARY.match(part)}


def _by_initials(text: str, known: Sequence[Company], taken: Sequence[Named]) -> list[Named]:
    """Short names said by their pinyin initials (SXGR), where these fit one issuer and are no term of the trade."""
    found = []
    for match in _LETTERS.finditer(text):
        owners = [company for company in known if match[0] in _initials_of(company)]
        covered = any(n.start < match.end() and match.start() < n.end for n in taken)
        if len(owners) == 1 and not covered and not (find_line_items(match[0]) or synonyms(match[0])):
            found.append(Named(owners[0].name, match.start(), match.end(), owners[0].filing_ids))
    return found


def _initials_of(company: Company) -> frozenset[str]:
    short = [name for name in map(squeeze, company.names) if len(name) <= MAX_SHORT_NAME]
    return frozenset[str]().union(*map(initials, short))


def _completed(text: str, parts: Sequence[Named], slips: Sequence[Named]) -> list[Named]:
    """Parts of names, each as far as the whole name goes with one slip (墨白科枝); another word is none (墨白科研)."""
    return [
        next(
            (
                s
                for s in slips
                if s.company == part.company and _inside(part, s) and not _says_more(text, part, s)
            ),
            part,
        )
        for part in parts
    ]


def _says_more(text: str, part: Named, slip: Named) -> bool:
    """Whether two characters that a slip adds to a part of the name, or cuts, are a word of their own."""
    pairs = (text[at : at + 2] for at in range(max(slip.start, part.end - 1), slip.end))
    return part.end - part.start >= MIN_SLIP or any(dictionary_tag(pair) for pair in pairs if len(pair) == 2)


def _slips(text: str, known: Sequence[Company]) -> list[Named]:
    """Names with one wrong character."""
    found = []
    for company in known:
        for name in company.names:
            stem = _FORM.sub("", squeeze(name)).upper()
            if len(stem) < MIN_SLIP:
                continue
            for at in range(len(text) - len(stem) + 1):
                if Levenshtein.distance(text[at : at + len(stem)], stem, score_cutoff=1) <= 1:
                    found.append(Named(company.name, at, at + len(stem), company.filing_ids))
    return found


def _not_loaded(text: str, known: Sequence[Company], taken: Sequence[Named]) -> list[Named]:
    """Listed companies of the shipped table, and codes, that no filing here is of."""
    loaded = {squeeze(n) for company in known for n in (*company.names, *company.codes)}
    found = []
    for match in _CODE.finditer(text):
        if match[1] not in loaded:
            found.append(Named(match[1], match.start(), match.end(), ()))
    table = issuer_table()
    for at in range(len(text)):
        for size in range(min(12, len(text) - at), SHORTEST_LISTED - 1, -1):
            listed = table.by_name.get(text[at : at + size])
            if listed is None or squeeze(listed.name) in loaded or squeeze(listed.short_name) in loaded:
                continue
            if size == SHORTEST_LISTED and not _stands_as_subject(text, at, at + size):
                continue
            if not any(n.start < at + size and at < n.end for n in [*taken, *found]):
                found.append(Named(listed.short_name, at, at + size, ()))
            break
    return found


def _stands_as_subject(text: str, start: int, end: int) -> bool:
    """Whether words of three characters stand where a company is named, not inside other words."""
    behind = text[end:]
    begins = {m.start for m in find_periods(behind)} | {m.start for m in find_line_items(behind)}
    ends = _NAME_END.match(behind) or behind[:1] in _ASKING_STARTS or 0 in begins
    return bool(_NAME_START.search(text[:start])) and bool(ends)
