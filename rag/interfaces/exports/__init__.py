"""Answers, conversations, summaries and cards as files that people keep: markdown, docx, xlsx."""
