"""The measures of the harness, in the order of reports."""

from eval.measures.bearings import PERIOD, ROUTING, SCOPE
from eval.measures.citations import CITATION_HIT, CITATION_SUPPORT, PAGE_EXACT, PAGE_HIT, QUOTES_VERBATIM
from eval.measures.correctness import CORRECT, SIGN
from eval.measures.expense import EXPENSE
from eval.measures.measure import Measure
from eval.measures.refusals import ANSWERED, REFUSAL_PRECISION, REFUSAL_REASON, REFUSAL_RECALL
from eval.measures.retrieval import RETRIEVAL

ANSWERING = (
    CORRECT,
    SIGN,
    CITATION_HIT,
    CITATION_SUPPORT,
    QUOTES_VERBATIM,
    PAGE_EXACT,
    PAGE_HIT,
    ANSWERED,
    REFUSAL_PRECISION,
    REFUSAL_RECALL,
    REFUSAL_REASON,
    ROUTING,
    SCOPE,
    PERIOD,
)
MEASURES: tuple[Measure, ...] = (*ANSWERING, *RETRIEVAL, *EXPENSE)
BY_NAME = {measure.name: measure for measure in MEASURES}

__all__ = ["ANSWERING", "BY_NAME", "MEASURES", "Measure"]
