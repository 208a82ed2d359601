"""The three tools: find passages, read a page, ask the filings."""

from __future__ import annotations

from rag import Answer, Assistant, Filing, Filters, Hit, UserError
from rag.interfaces.links import hit_link, page_link, viewer_url
from rag.interfaces.mcp.shapes import Answered, Cited, Document, Found, FoundList
from rag.interfaces.show import REASONS, place

_ID_SIGNS = 16
_PAGE = "?p="


class Tools:
    """Reads one index; `base` is the address of the web page, which the urls lead to."""

    def __init__(self, assistant: Assistant, base: str) -> None:
        self._assistant = assistant
        self._base = base

    def search(self, query: str, company: str = "", period: str = "", top_k: int = 10) -> FoundList:
        """在已读入的上市公司公告里查找段落，最接近的在前；company 可写简称、全称或证券代码，period 如 2024H1。"""
        if not 1 <= top_k <= 100:
            raise UserError("top_k 应在 1 到 100 之间。")
        hits = self._assistant.search(query, top_k=top_k, filters=Filters(company, period))
        return FoundList(results=[self._found(hit) for hit in hits])

    def fetch(self, id: str) -> Document:  # noqa: A002  the name that clients expect
        """读取公告的一页全文；id 取自 search 的结果。只写公告编号时，返回目录和各节所在的页。"""
        wanted, _, page = id.partition(_PAGE)
        filing = self._assistant.filing(wanted)
        if not page:
            return self._document(filing, id, "", self._outline(filing))
        if not page.isdecimal():
            raise UserError(f"页码“{page}”不是数字。请用 search 结果中的 id。")
        return self._document(filing, id, page, self._assistant.page(filing.id, int(page)).text)

    def ask_filings(self, question: str, company: str = "", period: str = "", filing: str = "") -> Answered:
        """就已读入的公告提问：每句话有引用（原文与页的链接），数字核对过；公告里没有的会拒答并说明原因。"""
        answer = self._assistant.answer(question, filters=Filters(company, period, filing))
        return self._answered(answer)

    def _found(self, hit: Hit) -> Found:
        source = hit.source
        return Found(
            id=f"{source.filing_id[:_ID_SIGNS]}{_PAGE}{source.page}"
            if source.page
            else source.filing_id[:_ID_SIGNS],
            title=place(hit),
            url=viewer_url(self._base, hit_link(hit)),
            text=hit.text,
            company=source.company,
            period=source.period,
            page=source.page,
        )

    def _document(self, filing: Filing, asked: str, page: str, text: str) -> Document:
        company = filing.issuer.short_name or filing.issuer.name
        title = " · ".join(part for part in (company, filing.period, filing.title) if part)
        return Document(
            id=asked,
            title=f"{title} · 第{page}页" if page else title,
            url=viewer_url(self._base, page_link(filing.id, int(page or 1))),
            text=text,
            metadata={
                "company": company,
                "period": filing.period,
                "kind": filing.kind,
                "file_name": filing.file_name,
                "page": page,
                "pages": str(filing.page_count),
            },
        )

    def _outline(self, filing: Filing) -> str:
        headings = self._assistant.outline(filing.id)
        lines = [f"{'  ' * (one.level - 1)}{one.text}（第{one.span.page}页）" for one in headings]
        return "\n".join(lines) or "这份公告没有目录；请用 search 查找。"

    def _answered(self, answer: Answer) -> Answered:
        refusal = answer.refusal
        calculation = answer.calculation
        return Answered(
            answer=refusal.message if refusal else answer.answer,
            refused=answer.refused,
            reason=REASONS[refusal.reason] if refusal else "",
            options=list(refusal.options) if refusal else [],
            citations=[
                Cited(
                    marker=one.marker,
                    quote=one.quote,
                    title=place(one),
                    url=viewer_url(self._base, one.link),
                    company=one.source.company,
                    period=one.source.period,
                    page=one.source.page,
                )
                for one in answer.citations
            ],
            calculation=f"{calculation.formula}；得 {calculation.result.text}" if calculation else "",
            warnings=list(answer.warnings),
            suggestions=list(answer.suggestions),
            generated_by_ai=answer.generated_by_ai,
        )
