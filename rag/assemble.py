"""Settings become an assistant: the one file that knows every layer."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from rag.answering.answer import Answer
from rag.answering.as_json import Json, to_json
from rag.answering.assist import Desk, answer_question, cells_of, gather, hits_in_windows, passages_beside
from rag.answering.calc_answer import Calculator
from rag.answering.converse import Conversations, RecordedTurn
from rag.answering.draft import Answerer
from rag.answering.extract import ExtractiveAnswerer
from rag.answering.opening import open_answerer
from rag.answering.printed import PrintedFact, printed_facts
from rag.answering.prompted import PromptedModel
from rag.answering.prompts import load_prompt
from rag.answering.relevance import needs_of
from rag.errors import StoreError, UserError
from rag.filings.filing import Filing
from rag.filings.issuers import add_issuers
from rag.filings.page import Page
from rag.filings.passage import Heading
from rag.ingest.pipeline import Ingested, Ingestion, Progress, embedded_text, find_files
from rag.models.embedding import Embedder, open_embedder
from rag.models.local_only import stay_local
from rag.models.reranking import CrossEncoderReranker, Reranker
from rag.retrieval.corpus import Corpus
from rag.retrieval.definitions import defined
from rag.retrieval.evidence import Hit
from rag.retrieval.question import Asked, Filters, Turn
from rag.retrieval.search import Retriever
from rag.retrieval.strangers import told_strangers
from rag.retrieval.understand import about, understand
from rag.settings import Settings
from rag.store.conversations import ConversationBook
from rag.store.deliveries import Deliveries
from rag.store.feedback import Feedback, FeedbackBook, FeedbackStatus
from rag.store.index import FilingIndex
from rag.store.pictures import PictureCache
from rag.structure.correction import NO_CORRECTION, Correction
from rag.structure.inspection import Inspection, inspect
from rag.summarizing.card import Card, card_of
from rag.summarizing.summarize import summarize
from rag.summarizing.wish import SummaryRequest
from rag.summarizing.written import Writer
from rag.viewing.viewer import Viewer


class _Pages:
    """Pages of the index for the check and the citations."""

    def __init__(self, index: FilingIndex) -> None:
        self._index = index

    def page(self, filing_id: str, position: int) -> Page:
        page = self._index.page(filing_id, position)
        if page is None:
            raise StoreError(
                "索引中的页面缺失。请运行 xunju filings verify 检查，再用 xunju filings rebuild 或重新导入修复。"
            )
        return page


class Assistant:
    """Answers questions, searches and ingests over one index; safe to use from several threads."""

    def __init__(self, settings: Settings, embedder: Embedder, index: FilingIndex) -> None:
        """Use `open_assistant`."""
        self._settings = settings
        self._embedder = embedder
        self._index = index
        self._feedback = FeedbackBook(settings.index.path)
        self._deliveries = Deliveries(settings.index.path)
        book = ConversationBook(settings.index.path, settings.limits.history_days)
        self._conversations = Conversations(book, index)
        pictures = PictureCache(settings.index.path, settings.serve.picture_cache_mb)
        self._viewer = Viewer(index, settings.limits, pictures)
        corpus = Corpus(index)
        retriever = Retriever(index, embedder, settings.retrieval, _reranker(settings))
        calculator = Calculator(
            lambda query: gather(index, retriever, query), lambda query: needs_of(query, corpus), about
        )
        extractive = ExtractiveAnswerer(
            corpus,
            calculator,
            lambda query, keys: cells_of(index, query, keys),
            lambda piece: passages_beside(index, piece),
        )
        self._desk = Desk(index, corpus, retriever, settings.answer, _Pages(index), extractive)
        self._model: Answerer | None = None

    @property
    def settings(self) -> Settings:
        """The settings in force."""
        return self._settings

    def answer(  # noqa: PLR0913  what belongs to one question, each by its name
        self,
        question: str,
        *,
        history: Sequence[Turn] = (),
        filters: Filters | None = None,
        found: Callable[[tuple[Hit, ...]], None] | None = None,
        say: Callable[[str], None] | None = None,
        use_model: bool = True,
    ) -> Answer:
        """The checked answer to a question, or a refusal with its reason.

        `found` is called with the nearest passages before the answer is worded, where the question is of
        filings; `say` with each sentence as soon as it has passed the check.  Without `use_model`, or with
        `[llm] provider = "none"`, the answer is extractive.  UserError: empty or too long question, bad filter.
        """
        limit = self._settings.limits.question_chars
        if len(question) > limit:
            raise UserError(
                f"问题有 {len(question)} 字，超过上限 {limit} 字。请缩短问题，或调大 [limits] question_chars。"
            )
        answerers = [*self._models(use_model), self._desk.extractive]
        asked = Asked(question, tuple(history), filters or Filters())
        return answer_question(self._desk, asked, answerers, say, found)

    def search(
        self,
        query: str,
        *,
        history: Sequence[Turn] = (),
        top_k: int | None = None,
        filters: Filters | None = None,
    ) -> tuple[Hit, ...]:
        """The passages nearest to a query, best first; `history` fills in what a follow-up leaves out."""
        asked = Asked(query, tuple(history), filters or Filters())
        typed = told_strangers(understand(asked, self._index.filings()), self._index)
        typed = defined(typed, self._desk.corpus)
        return hits_in_windows(self._desk, self._desk.retriever.windows(typed, top_k))

    def summarize(self, request: SummaryRequest, *, use_model: bool = True) -> Answer:
        """A summary in the shape of an answer: every sentence cited, every figure checked, the length kept.

        Without `use_model`, or with `[llm] provider = "none"`, its sentences are extracted.  What is left out
        is told among the warnings.  UserError: no such filing or section, several filings of
        that name, or no sentence fits in the length.
        """
        own = self._settings
        writing = use_model and own.llm.provider != "none"
        return summarize(self._desk, request, own.summary.max_chars, self._writer if writing else None)

    def card(self, filing_id: str) -> Card:
        """The key figures of a periodic report with change, scope and page; UserError where it prints none."""
        filing = self._index.filing(filing_id)
        if filing is None:
            raise UserError(f"没有编号为 {filing_id} 的公告。请用 xunju filings list 查看已导入的公告。")
        return card_of(self._index, filing, self.generation, self.filings())

    def ingest(
        self,
        paths: Sequence[Path],
        *,
        force: bool = False,
        correction: Correction = NO_CORRECTION,
        progress: Progress | None = None,
    ) -> Iterator[Ingested]:
        """What became of each file, as it is done; nothing of a file that fails is stored.

        A `correction` (company, period, kind) ranks over what the pages say, for every file named; files
        already in the index are read again with it, and later readings keep it.
        """
        yield from Ingestion(self._index, self._embedder, self._settings, correction).run(
            find_files(paths), force=force, progress=progress
        )

    def filings(self) -> tuple[Filing, ...]:
        """The filings loaded."""
        return self._index.filings()

    def filing(self, wanted: str) -> Filing:
        """The filing with this id (8 signs of it will do), file name or title; UserError for none or several."""
        found = [f for f in self._index.filings() if _is_named(f, wanted)]
        if not found:
            raise UserError(f"没有公告“{wanted}”。请用 xunju filings list 查看文件名、编号或标题。")
        if len(found) > 1:
            ids = "、".join(f.id[:12] for f in found)
            raise UserError(f"有 {len(found)} 份公告叫“{wanted}”，请改用编号：{ids}。")
        return found[0]

    def outline(self, filing_id: str) -> tuple[Heading, ...]:
        """The headings of a filing in reading order."""
        return self._index.outline(filing_id)

    def page(self, filing_id: str, position: int) -> Page:
        """One page as stored; UserError where the filing has no such page."""
        page = self._index.page(filing_id, position)
        if page is None:
            raise UserError(f"这份公告没有第 {position} 页。")
        return page

    @property
    def viewer(self) -> Viewer:
        """The pages as people look at them: lines to select, places to paint, words to find."""
        return self._viewer

    def page_image(self, filing_id: str, position: int, scale: float = 2.0) -> bytes:
        """A page of a PDF as PNG, in about `scale` pixels a point (1 to 4), drawn once and kept.

        UserError where there is no such page or picture (text filings), FilingError where it cannot be drawn.
        """
        return self._viewer.image(filing_id, position, scale)

    def figures(self, filing_id: str) -> tuple[PrintedFact, ...]:
        """The figures of a filing's tables whose period is known and whose page prints them as read."""
        return tuple(printed_facts(self._index, filing_id))

    def inspection(self, filing_id: str) -> Inspection:
        """What was read from a filing's tables, and which accounting identities it keeps."""
        index = self._index
        return inspect(index.passages_of(filing_id), index.facts([filing_id]), index.pages(filing_id))

    @property
    def conversations(self) -> Conversations:
        """What was asked and answered, by conversation."""
        return self._conversations

    def take_once(self, key: str) -> bool:
        """True for the first who asks for this key, in any process on this index; false for all others."""
        return self._deliveries.take(key)

    def give_feedback(self, answer: Answer | RecordedTurn, verdict: str, comment: str = "") -> Feedback:
        """The entry stored for an answer: `good`, `wrong_figure`, `wrong_page` or `missing`, and a comment.

        UserError: unknown verdict, too long a comment.
        """
        shown: Json = answer.answer if isinstance(answer, RecordedTurn) else to_json(answer)
        return self._feedback.add(answer.question, json.dumps(shown, ensure_ascii=False), verdict, comment)

    def feedback(self, status: FeedbackStatus | None = None) -> tuple[Feedback, ...]:
        """What readers said of answers, in the order of its coming; all of it, or that of one status."""
        return self._feedback.entries(status)

    def settle_feedback(self, number: int, status: str) -> Feedback:
        """The entry once a person has set it to `confirmed`, `rejected` or `new` again."""
        return self._feedback.settle(number, status)

    def remove(self, filing_id: str) -> None:
        """Takes a filing out of the index, its original included."""
        with self._index.writing() as writer:
            writer.remove(filing_id)
        self._viewer.forget(filing_id)

    def verify(self) -> list[str]:
        """What is wrong with the index, as Chinese sentences; empty when all agrees."""
        return self._index.verify()

    @property
    def generation(self) -> str:
        """The state of the index that answers come from."""
        return self._index.generation

    def close(self) -> None:
        """Releases the index."""
        self._index.close()

    def _writer(self) -> Writer:
        """The configured model as a writer of summaries; ModelError where it cannot be opened."""
        from rag.models.chat import open_chat

        own = self._settings
        return Writer(open_chat(own.llm), own.llm, own.answer.max_quote_chars)

    def _models(self, use_model: bool) -> list[Answerer]:
        if not use_model or self._settings.llm.provider == "none":
            return []
        if self._model is None:
            self._model = open_answerer(self._settings)
        return [self._model]


def _is_named(filing: Filing, wanted: str) -> bool:
    stem = filing.file_name.rsplit(".", 1)[0]
    return wanted in (filing.id, filing.file_name, stem, filing.title) or (
        len(wanted) >= 8 and filing.id.startswith(wanted)
    )


def _embedder(settings: Settings) -> Embedder:
    own = settings.embedding
    return open_embedder(own.model, own.query_prefix, own.passage_prefix, own.device)


def _reranker(settings: Settings) -> Callable[[], Reranker] | None:
    """What opens the reranking model of the settings; None where they name none."""
    model, device = settings.retrieval.reranker, settings.embedding.device
    return (lambda: CrossEncoderReranker.load(model, device)) if model else None


def open_assistant(settings: Settings | None = None, *, create: bool = False) -> Assistant:
    """An assistant over the index of the settings; with `create` an empty index is made where there is none.

    StoreError: no index, made by another embedding model, damaged.  UserError: a bad table of issuers.
    """
    settings = settings or Settings.load()
    stay_local(settings)
    if settings.retrieval.issuers:
        add_issuers(Path(settings.retrieval.issuers))
    embedder = _embedder(settings)
    index = FilingIndex.open(
        settings.index.path,
        embedder_name=embedder.name,
        dimension=embedder.dimension,
        chroma_url=settings.index.chroma_url,
        create=create,
    )
    return Assistant(settings, embedder, index)


def rebuild_index(settings: Settings) -> None:
    """Makes terms and vectors of the index anew; passages are embedded anew where the model has changed."""
    stay_local(settings)
    embedder = _embedder(settings)
    index = FilingIndex.open_to_rebuild(
        settings.index.path,
        embedder_name=embedder.name,
        dimension=embedder.dimension,
        chroma_url=settings.index.chroma_url,
    )
    with index:
        if index.needs_embedding:
            index.rebuild(lambda passages: embedder.embed_passages([embedded_text(p) for p in passages]))
        else:
            index.rebuild()


def check_model(settings: Settings) -> str:
    """The language model's name, once it has said a word; ModelError: not configured, unreachable, refused."""
    from rag.models.chat import Message, open_chat

    stay_local(settings)
    chat = open_chat(settings.llm)
    chat.reply([Message("human", "请只回复“好”。")])
    return chat.name


def open_prompted(settings: Settings, prompt: str) -> PromptedModel:
    """The configured language model, to be asked with one prompt; ModelError: no provider, model or key."""
    from rag.models.chat import open_chat

    stay_local(settings)
    return PromptedModel(load_prompt(prompt), open_chat(settings.llm))
