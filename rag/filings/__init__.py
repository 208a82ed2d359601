"""The domain: filings, pages, spans, passages, facts, amounts, periods, issuers, vocabulary."""
