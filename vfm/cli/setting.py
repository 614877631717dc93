"""What the commands share: the configuration of this checkout and its database."""

import os
import sys
from pathlib import Path

from vfm.config import HERE, Config, ConfigError, read_config

INSTANCE = Path(os.environ.get("VFM_INSTANCE", "") or HERE / "instance")


def configuration() -> Config:
    """The configuration, or a plain word about what is wrong with it."""
    INSTANCE.mkdir(parents=True, exist_ok=True)
    try:
        return read_config(os.environ, INSTANCE)
    except ConfigError as wrong:
        sys.exit(f"vfm: {wrong}")
