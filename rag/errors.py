"""The errors a user can meet, drawn as one tree.

XunjuError
├── UserError      the user must act: unknown issuer, bad filter, empty question, unreadable config
├── FilingError    a file cannot be read: damaged, encrypted, empty, too large, too slow, unsupported
├── StoreError     the index cannot be used: held by another process, of another version, damaged
└── ModelError     a model failed: unreachable, timed out, refused, malformed

Each message is one Chinese sentence or two: what is wrong and what to do about it.  Anything
else that escapes is a bug.  "The filings do not say" is an answer with a reason, not an error.
"""

from __future__ import annotations


class XunjuError(Exception):
    """Base of every error meant for the user; `kind` is its stable name in JSON."""

    kind = "error"


class UserError(XunjuError):
    """The request or the configuration must be changed by the user."""

    kind = "user"


class FilingError(XunjuError):
    """A file cannot become a filing; nothing of it was stored."""

    kind = "filing"


class StoreError(XunjuError):
    """The index cannot be used as it is; nothing in it was changed."""

    kind = "store"


class ModelError(XunjuError):
    """A language or embedding model failed.

    `retryable` says whether the same call may succeed later; `tokens_spent` survives the failure.
    """

    kind = "model"

    def __init__(self, message: str, *, retryable: bool = False, tokens_spent: int = 0) -> None:
        super().__init__(message)
        self.retryable = retryable
        self.tokens_spent = tokens_spent
