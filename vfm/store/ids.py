"""Makes the ids of rows, since SQLite numbers no composite key and no machine need ask another."""

import datetime as dt
import secrets
import threading
import time

_EPOCH_MS = 1_750_000_000_000  # June 2025, so that 41 bits of milliseconds last until 2094
_lock = threading.Lock()
_last = 0


def made_on(identity: int) -> dt.date:
    """The day on which an id was made."""
    return dt.datetime.fromtimestamp(((identity >> 22) + _EPOCH_MS) / 1_000, dt.UTC).date()


def new_id() -> int:
    """A 63-bit id: milliseconds, then 22 random bits. In one process each is above the one before, so lists keep order."""
    global _last
    with _lock:
        fresh = (time.time_ns() // 1_000_000 - _EPOCH_MS) << 22 | secrets.randbits(22)
        _last = fresh if fresh > _last else _last + 1 + secrets.randbits(8)
        return _last
