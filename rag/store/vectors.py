"""Search over all vectors of the corpus: the door to Chroma."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from weakref import WeakValueDictionary

import numpy as np
from numpy.typing import NDArray

from rag.errors import StoreError

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from chromadb.api.models.Collection import Collection

_LOCAL_COLLECTION = "passages"
# Chroma takes 5,461 rows a call; smaller batches let searches of other threads in between.
_BATCH = 1000


_shared: WeakValueDictionary[tuple[str, str, str], Vectors] = WeakValueDictionary()
_sharing = threading.Lock()


class Vectors:
    """The vectors of one build, in a Chroma folder of their own or on a Chroma server.

    Chroma gets keys and vectors, nothing else: the rest is SQLite's.  An open client does not see what
    another process writes, so it is closed whenever the index has changed and opens again on use.
    """

    def __init__(self, folder: Path, url: str = "", collection: str = _LOCAL_COLLECTION) -> None:
        self._folder = folder
        self._url = url
        self._name = collection if url else _LOCAL_COLLECTION
        self._turn = threading.RLock()
        self._client: ClientAPI | None = None
        self._collection: Collection | None = None

    @classmethod
    def shared(cls, folder: Path, url: str = "", collection: str = _LOCAL_COLLECTION) -> Vectors:
        """The one object of this process for these vectors.

        Chroma keeps one engine a folder and process: with two objects, one of them could not close it, and
        would write over another process's work from an old picture.
        """
        key = (str(folder.absolute()), url, collection)
        with _sharing:
            vectors = _shared.get(key)
            if vectors is None:
                vectors = _shared[key] = cls(folder, url, collection)
            return vectors

    def create(self) -> None:
        """Make the empty collection, or keep the one that is there."""
        with self._turn, self._in_words("建不起来"):
            self._client = self._client or self._connect(create=True)
            self._collection = self._client.get_or_create_collection(
                self._name, embedding_function=None, configuration={"hnsw": {"space": "cosine"}}
            )

    def search(self, vector: NDArray[np.floating], k: int) -> list[tuple[int, float]]:
        """Up to `k` passage keys with their cosine similarity (-1 to 1, higher is nearer), nearest first."""
        if k < 1:
            return []
        with self._turn, self._in_words("缺失或已损坏"):
            asked = np.asarray(vector, np.float32).reshape(1, -1)
            found = self._open().query(query_embeddings=asked, n_results=k, include=["distances"])
            distances = (found["distances"] or [[]])[0]
        # Chroma's cosine distance is 1 - cosine.
        return [(int(key), 1.0 - float(far)) for key, far in zip(found["ids"][0], distances, strict=True)]

    def add(self, keys: Sequence[int], vectors: NDArray[np.float32]) -> None:
        for start in range(0, len(keys), self._batch()):
            part = slice(start, start + self._batch())
            with self._turn, self._in_words("写不进去"):
                self._open().upsert(ids=[str(key) for key in keys[part]], embeddings=vectors[part])

    def delete(self, keys: Sequence[int]) -> None:
        """Delete by key; keys that are not there do no harm."""
        for start in range(0, len(keys), self._batch()):
            with self._turn, self._in_words("写不进去"):
                self._open().delete(ids=[str(key) for key in keys[start : start + self._batch()]])

    def keys(self) -> set[int]:
        """Every key that is there."""
        with self._turn, self._in_words("缺失或已损坏"):
            return {int(key) for key in self._open().get(include=[])["ids"]}

    def drop(self) -> None:
        """Delete a server's collection; a folder is deleted by whoever made it, with its files."""
        with self._turn, self._in_words("删不掉"):
            if self._url:
                self._client = self._client or self._connect(create=False)
                if self._name in [collection.name for collection in self._client.list_collections()]:
                    self._client.delete_collection(self._name)
                self._collection = None

    def close(self) -> None:
        """Let the client go; the next use opens it again."""
        with self._turn:
            client, self._client, self._collection = self._client, None, None
            if client is not None:
                client.close()  # type: ignore[attr-defined]  # the client has it, its protocol not (1.5.9)

    def _open(self) -> Collection:
        if self._collection is None:
            self._client = self._client or self._connect(create=False)
            self._collection = self._client.get_collection(self._name, embedding_function=None)
        return self._collection

    def _batch(self) -> int:
        with self._turn, self._in_words("打不开"):
            self._client = self._client or self._connect(create=False)
            return min(_BATCH, self._client.get_max_batch_size())

    def _connect(self, *, create: bool) -> ClientAPI:
        if not (create or self._url or self._folder.is_dir()):
            raise FileNotFoundError(self._folder)  # Chroma would silently make an empty one
        import chromadb
        from chromadb.config import Settings

        quiet = Settings(anonymized_telemetry=False)
        if not self._url:
            return chromadb.PersistentClient(path=str(self._folder.absolute()), settings=quiet)
        address = urlsplit(self._url)
        secure = address.scheme == "https"
        port = address.port or (443 if secure else 80)
        return chromadb.HttpClient(host=address.hostname or "", port=port, ssl=secure, settings=quiet)

    @contextmanager
    def _in_words(self, what: str) -> Iterator[None]:
        try:
            yield
        except Exception as error:  # Chroma lets sqlite, httpx, Rust and its own errors through alike
            self.close()
            raise StoreError(self._words(what, error)) from error

    def _words(self, what: str, error: Exception) -> str:
        if self._url:
            return (
                f"Chroma 服务器 {self._url} 上的向量{what}（{error}）。请确认 [index] chroma_url 正确、服务器在运行；"
                "若其中的数据已丢失，请运行 xunju filings rebuild。"
            )
        return (
            f"向量索引 {self._folder} {what}（{error}）。请运行 xunju filings rebuild 重建，无需重新读文件。"
        )
