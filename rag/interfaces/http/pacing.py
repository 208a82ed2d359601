"""How often one caller may come: a bucket each that fills up steadily."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict

_MOST_CALLERS = 10_000  # buckets remembered; the one longest unused is full again anyway


class Pace:
    """Lets a caller come `per_minute` times a minute, as many at once; safe to use from several threads."""

    def __init__(self, per_minute: int) -> None:
        self._per_minute = per_minute
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._turn = threading.Lock()

    def wait_s(self, caller: str) -> float:
        """0 where the caller may go on, and is counted; else the seconds until it may."""
        now = time.monotonic()
        rate = self._per_minute / 60
        with self._turn:
            left, seen = self._left.pop(caller, (float(self._per_minute), now))
            left = min(float(self._per_minute), left + (now - seen) * rate)
            allowed = left >= 1
            self._left[caller] = (left - 1 if allowed else left, now)
            if len(self._left) > _MOST_CALLERS:
                self._left.popitem(last=False)
        return 0.0 if allowed else (1 - left) / rate
