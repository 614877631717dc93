"""Makes the ids of rows, since SQLite numbers no composite key and no machine need ask another."""

import secrets
import time

_EPOCH_MS = 1_750_000_000_000  # June 2025, so that 41 bits of milliseconds last until 2094


def new_id() -> int:
    """A 63-bit id that rises with time: milliseconds, then 22 random bits."""
    return (time.time_ns() // 1_000_000 - _EPOCH_MS) << 22 | secrets.randbits(22)
