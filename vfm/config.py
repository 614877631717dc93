"""Reads the VFM_* variables once into a frozen Config; nothing else reads the environment."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
SHORTEST_SECRET = 32


class ConfigError(Exception):
    """A variable is wrong; the message names it and says what to set."""


@dataclass(frozen=True, slots=True)
class Config:
    """How this installation is set up. docs/configuration.md says what each variable is for."""

    database_url: str
    secret: str
    production: bool = False
    proxies: int = 0
    mail_host: str = ""
    mail_port: int = 25
    mail_sender: str = ""
    mail_user: str = ""
    mail_password: str = ""
    node_modules: Path = HERE / "node_modules"
    templates: Path = HERE / "templates"
    cheap_hashes: bool = False


def read_config(environment: Mapping[str, str], instance: Path) -> Config:
    """The configuration; what is not set is made or found in the instance folder. Raises ConfigError."""
    production = environment.get("VFM_PRODUCTION", "") == "1"
    url = environment.get("VFM_DATABASE_URL", "") or f"sqlite:///{instance / 'vfm.sqlite'}"
    if production and "VFM_SECRET" not in environment:
        raise ConfigError(
            "VFM_SECRET must be set in production: `python -c 'import secrets; print(secrets.token_urlsafe(48))'`"
        )
    return Config(
        database_url=url.replace("postgresql://", "postgresql+psycopg://", 1),
        secret=_secret(environment, instance),
        production=production,
        proxies=_number(environment, "VFM_PROXIES", 0),
        mail_host=environment.get("VFM_MAIL_HOST", ""),
        mail_port=_number(environment, "VFM_MAIL_PORT", 25),
        mail_sender=environment.get("VFM_MAIL_SENDER", ""),
        mail_user=environment.get("VFM_MAIL_USER", ""),
        mail_password=environment.get("VFM_MAIL_PASSWORD", ""),
    )


def _number(environment: Mapping[str, str], name: str, default: int) -> int:
    text = environment.get(name, "") or str(default)
    if not (text.isascii() and text.isdigit()):
        raise ConfigError(f"{name} must be a whole number, not {text!r}")
    return int(text)


def _secret(environment: Mapping[str, str], instance: Path) -> str:
    secret = environment.get("VFM_SECRET", "") or _kept_secret(instance / "secret")
    if len(secret) < SHORTEST_SECRET:
        raise ConfigError(f"VFM_SECRET must have {SHORTEST_SECRET} characters or more")
    return secret


def _kept_secret(path: Path) -> str:
    """A secret of this machine's own, made at the first start, so that nobody runs on a published one."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48), encoding="utf-8")
    return path.read_text(encoding="utf-8").strip()
