"""Settings from the environment; anything unexpected is refused at start, not met later."""

import os
import secrets
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

LOOPBACK = ("127.0.0.1", "::1", "localhost")


@dataclass(frozen=True)
class Settings:
    """What the environment decides.

    `database_url`: DATABASE_URL; default an SQLite file in the instance folder.
    `demo`: DEMO=1 offers each role by one click, on loopback only.
    `secret_key`: SECRET_KEY, else a key made once and kept in the instance folder.
    """

    instance: Path
    database_url: str
    secret_key: str
    demo: bool
    testing: bool = False

    @property
    def is_sqlite(self) -> bool:
        return self.database_url.startswith("sqlite")


def from_environment(instance: Path) -> Settings:
    instance.mkdir(parents=True, exist_ok=True)
    return Settings(
        instance=instance,
        database_url=_database_url(os.environ.get("DATABASE_URL"), instance),
        secret_key=os.environ.get("SECRET_KEY") or _kept_key(instance / "secret_key"),
        demo=_flag("DEMO"),
    )


def _database_url(given: str | None, instance: Path) -> str:
    """A PostgreSQL URL without a driver means psycopg 3."""
    if not given:
        return f"sqlite:///{instance / 'ledger.db'}"
    for prefix in ("postgres://", "postgresql://"):
        if given.startswith(prefix):
            return "postgresql+psycopg://" + given.removeprefix(prefix)
    if not given.startswith(("sqlite:///", "postgresql+psycopg://")):
        raise SystemExit(f"DATABASE_URL must be an sqlite:/// or postgresql:// address, not {given.split(':')[0]}:")
    return given


def _flag(name: str) -> bool:
    value = os.environ.get(name, "").lower()
    if value not in ("", "0", "1", "no", "yes", "false", "true"):
        raise SystemExit(f"{name} must be 1 or 0, not {value!r}")
    return value in ("1", "yes", "true")


def _kept_key(path: Path) -> str:
    """Several workers may start at once: the first to link its whole key to the name decides for all."""
    if not path.exists():
        draft = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_hex(32))
        with suppress(FileExistsError):
            os.link(draft, path)
        draft.unlink()
    return path.read_text().strip()
