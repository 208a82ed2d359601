"""What is seen of a unit that should answer in words: the question's own characters, its heading, its manner."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rag.answering.units import Unit
from rag.filings.passage import Passage
from rag.filings.text import is_cjk, squeeze
from rag.filings.wording import synonyms
from rag.retrieval.question import Query
from rag.retrieval.wording import wording

_CAUSE = re.compile(
    r"主要系|主要是|主要(?:由于|因|受|得益)|由于|原因|所致|因此|为了|为避免|导致|受.{1,24}影响|得益于|旨在|以便|从而|归因"
)
_SUPPOSED = re.compile(r"如果|若|倘若|可能(?!性)|一旦|将面临|不排除")
_DENIAL = re.compile(
    r"未(?!来|分配|确认)|没有|无(?!形|线|锡|人)|不存在|不适用|不(?:超过|再|会|是|属于|涉及)|尚在"
)
_PERSON = re.compile(r"女士|先生|担任|任职|姓名|董事|监事|经理|总裁|代表人?|负责人|有限公司")
_COMPARED = re.compile(r"同比|环比|较上年|较去年|较期初|较年初|较上期")
_NARROWED = re.compile(r"人均|户均|单季度?")
_ASKS_NAME = re.compile(r"谁|叫(?:什么|啥)|哪位|名字|姓名")
_ASKS_OUTRIGHT = re.compile(r"是(?:什么|啥|谁|哪)|叫(?:什么|啥)|谁是|做什么|干(?:什么|啥)")
_ASKS_MEANING = re.compile(r"界定|定义|什么意思|什么是|指(?:什么|啥|的是)|怎么算")
_MEANS = re.compile(r"是指|指的?是|系指|即指")
_NUMBERING = re.compile(r"^(?:第.{1,3}[节章]|[一二三四五六七八九十]+、|[(（].{1,3}[)）][.．、]?|\d+[.、．])")
# How things are booked stands in its own part of a filing; a question asks for it in words of its own.
# What auditors and the notes on method say of every company gives no reason for anything.
_METHOD = re.compile(r"会计政策|会计估计|编制基础|审计报告|递延所得税|与金融工具相关的风险|金融工具及?风险")
_POLICY = re.compile(r"会计政策|会计估计|编制基础|编制方法")
_ASKS_PROMISE = re.compile(r"承诺|保证|限售|减持|出具|转让")
_ASKS_POLICY = re.compile(
    r"确认|计量|政策|方法|标准|界定|认定|怎么|如何|什么情况|记|计入|处理|资本化|会计|口径|比例|年限"
)
# 做完了没, 是否全部完成: answered by what is finished, under way or still to come.
ASKS_FINISHED = re.compile(
    r"[完成毕好]了?(?:没|吗|没有)|(?:是否|有没有|是不是)[^，,。?？]{0,12}(?:完成|完毕|结束)"
)
# 跟得上进度吗: answered by how a plan's evaluation judges it.
ASKS_IN_STEP = re.compile(r"跟得?上|达标|按(?:计划|进度)|符合(?:进度|计划|预期)|达到(?:目标|预期)")
_JUDGED = re.compile(r"滞后|落后|未达|符合(?:进度|计划|预期)|提前|已完成|达标")
# 第一大客户是谁: a row of a list of bodies, not of what they come to together.
_ASKS_WHOM = re.compile(r"[是为](?:谁|哪家|哪个公司)")
_BODY = re.compile(r"公司|集团|中心|医院|大学|研究院|合伙企业")
# 是不是减亏了: by how much the loss narrowed tells it.
_ASKS_COURSE = re.compile(r"减亏|增亏|亏损(?:收窄|扩大|减少|增加)")
_COURSE = re.compile(r"(?:收窄|减亏|减少|扩大|增亏|增加)了?-?\d")
OPEN_STILL = re.compile(
    r"将[^，,。;；]{0,12}(?:完成|实现)|尚[在未]|尚需|仍在|正在|(?:继续|持续)(?:推进|跟进|开展)|实施过程中|未完成|启动"
)
_FINISHED = re.compile(r"已[^，,。;；]{0,16}(?:完成|完毕|结束|达到)|全部完成|实施完毕")
_ASKS_SPAN = re.compile(r"起止|(?:哪[天日年]|什么时候|何时).{0,16}(?:哪[天日年]|什么时候|何时)|从.{1,12}到")
_DAY = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日|\d{4}[-./]\d{1,2}[-./]\d{1,2}")
ENTRY_SIGNS = 24
# Bigrams that no unit holds are mostly the asker's wording, and sometimes what is missing.
UNHEARD = 0.3
# What stands before a word of cause is what is asked about from this share of the question's bigrams on.
SUBJECT = 0.08


@dataclass(frozen=True, slots=True)
class Grams:
    """The bigrams of a question with what each weighs: those that few of the units hold weigh more.

    `outright` finds what the question names where it is told at once: 董事长：……, 主营业务为…….
    """

    weights: Mapping[str, float]
    outright: re.Pattern[str] | None = None

    def share(self, text: str) -> float:
        """The share of their weight that a text holds, 0 to 1."""
        total = sum(self.weights.values())
        return sum(w for gram, w in self.weights.items() if gram in text) / total if total else 0.0


def grams_of(query: Query, units: Sequence[Unit]) -> Grams:
    """The bigrams of the question without its words of asking, weighed over the units (as BM25 does)."""
    text = wording().patterns["asking"].sub(" ", query.text)
    plain = re.sub(r"\s+", " ", text).lower()
    found = {plain[i : i + 2] for i in range(len(plain) - 1)}
    found = {g for g in found if " " not in g and (is_cjk(g[0]) or is_cjk(g[1]) or g.isalnum())}
    counts = {g: sum(g in unit.text for unit in units) for g in found}
    size = len(units)
    weights = {
        g: math.log(1 + (size - n + 0.5) / (n + 0.5)) * (1 if n else UNHEARD) for g, n in counts.items()
    }
    return Grams(weights, _outright(query))


def _outright(query: Query) -> re.Pattern[str] | None:
    """What the question names, with the words that tell it at once behind it."""
    names = {word for term in query.terms if term.is_name for word in (term.text, *synonyms(term.text))}
    written = "|".join(sorted((re.escape(squeeze(name).lower()) for name in names), key=len, reverse=True))
    return re.compile(rf"(?:{written})(?:主要)?(?:为|是|包括|系|指|有|[:：])") if names else None


def word_features(unit: Unit, query: Query, passage: Passage, grams: Grams) -> dict[str, float]:
    """Each from 0 to 1; what a question for figures does not need."""
    kind, text = query.kind, unit.text
    asked = squeeze(query.text)
    place = "".join(passage.section)
    return {
        "grams": grams.share(text),
        "grams_around": grams.share(unit.around),
        "heading_asked": _heading_asked(passage, asked),
        "supposed": float(bool(_SUPPOSED.search(text)) and not _SUPPOSED.search(asked)),
        "why_because": float(kind == "why" and _gives_cause(text, grams)),
        "compared": float(query.asks_change and bool(_COMPARED.search(text))),
        "narrower": float(bool(_NARROWED.search(text)) and not _NARROWED.search(asked)),
        "yesno_denied": float(kind == "yesno" and bool(_DENIAL.search(text))),
        "list_opened": float(kind == "list" and text.endswith(":")),
        "person": float("谁" in asked and bool(_PERSON.search(text))),
        "names_body": float(
            unit.row is not None and bool(_ASKS_WHOM.search(asked)) and bool(_BODY.search(text))
        ),
        "name_field": float(bool(_ASKS_NAME.search(asked)) and _enters_name(unit, grams)),
        "told_outright": float(bool(_ASKS_OUTRIGHT.search(asked)) and _tells(text, grams)),
        "of_promise": float("承诺" in place and not _ASKS_PROMISE.search(asked)),
        "defines": float(bool(_ASKS_MEANING.search(asked) and _MEANS.search(text))),
        "spans_dates": float(bool(_ASKS_SPAN.search(asked)) and len(set(_DAY.findall(text))) > 1),
        "of_progress": float(_tells_progress(asked, text)),
        "tells_course": float(kind != "why" and bool(_ASKS_COURSE.search(asked) and _COURSE.search(text))),
        "of_method": float(kind == "why" and bool(_METHOD.search(place)) and not _ASKS_POLICY.search(asked)),
        "of_policy": float(bool(_POLICY.search(place)) and not _ASKS_POLICY.search(asked)),
    }


def _tells_progress(asked: str, text: str) -> bool:
    """Whether it is asked how far a thing has come, and a text says so."""
    if ASKS_IN_STEP.search(asked):
        return bool(_JUDGED.search(text))
    return bool(ASKS_FINISHED.search(asked)) and bool(OPEN_STILL.search(text) or _FINISHED.search(text))


def _enters_name(unit: Unit, grams: Grams) -> bool:
    """Whether it is the field of a name, or an entry that has nothing but the office and the name."""
    if unit.field is not None:
        return "姓名" in unit.text
    return len(unit.text) <= ENTRY_SIGNS and _tells(unit.text, grams)


def _tells(text: str, grams: Grams) -> bool:
    """Whether a sentence tells outright what the question names."""
    return grams.outright is not None and bool(grams.outright.search(text))


def _heading_asked(passage: Passage, asked: str) -> float:
    """How much of the last heading's words the question says."""
    if not passage.section:
        return 0.0
    title = _NUMBERING.sub("", squeeze(passage.section[-1]))
    pairs = [title[i : i + 2] for i in range(len(title) - 1)]
    return sum(pair in asked for pair in pairs) / len(pairs) if pairs else 0.0


def _gives_cause(text: str, grams: Grams) -> bool:
    """Whether what is asked about stands before a word of cause in the same sentence."""
    found = _CAUSE.search(text)
    return bool(found) and grams.share(text[: found.start()] if found else "") > SUBJECT
