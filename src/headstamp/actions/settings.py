"""Which opinions does the user hold? One TOML file in the casebook, and the environment."""

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path

import msgspec

from headstamp.ledger.storage import storage_trouble, write_durably
from headstamp.reference.weights import OwnRate
from headstamp.terms.errors import NoActorError, SettingError

FILE_NAME = "headstamp.toml"
ENVIRONMENT_PREFIX = "HEADSTAMP_"
_MOST_CHARACTERS = 200
_IN_ENVIRONMENT = ("actor",)
"""Settings that may also stand in the environment: those that are one text."""


class Settings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All settings. The environment (``HEADSTAMP_ACTOR``) goes before the file.

    ``actor`` is whoever writes in the journal: a name or a code, kept with every entry.
    ``weights``, in the file only, stand in the place of ours in reference/linkage.csv.
    """

    actor: str | None = None
    weights: dict[str, OwnRate] = {}

    def __post_init__(self) -> None:
        """Refuse an actor that a reader could not tell from something else."""
        if self.actor is not None:
            _require_actor(self.actor)


def read_settings(root: Path, environment: Mapping[str, str] | None = None) -> Settings:
    """Return the settings of a casebook, read once by whoever opens a door.

    Raises:
        SettingError: A key is unknown, a value odd, or the file no TOML.
    """
    values = _file_values(root / FILE_NAME)
    variables = os.environ if environment is None else environment
    for name, value in variables.items():
        key = name.removeprefix(ENVIRONMENT_PREFIX).lower()
        if not name.startswith(ENVIRONMENT_PREFIX) or not value:
            continue
        if key not in _IN_ENVIRONMENT:
            known = " ".join(ENVIRONMENT_PREFIX + field.upper() for field in _IN_ENVIRONMENT)
            raise SettingError(f"{name}: there is no such setting", hint=f"known: {known}")
        values[key] = value
    try:
        return msgspec.convert(values, Settings)
    except msgspec.ValidationError as error:
        message = f"{root / FILE_NAME} or the environment: {error}"
        raise SettingError(message, hint=f"known settings: {' '.join(_fields())}") from error


def require_actor(settings: Settings) -> str:
    """Return who writes.

    Raises:
        NoActorError: Nobody is named.
    """
    if settings.actor is None:
        raise NoActorError(
            "nobody is named as the one who writes, so nothing was written",
            hint=f'set HEADSTAMP_ACTOR, or write actor = "…" in the casebook\'s {FILE_NAME}',
        )
    return settings.actor


def write_actor(root: Path, actor: str) -> None:
    """Name in the casebook's settings who writes, unless they do so already."""
    path = root / FILE_NAME
    if "actor" in _file_values(path):
        return
    with storage_trouble(path):
        there = path.read_bytes() if path.exists() else b""
    quoted = actor.replace("\\", "\\\\").replace('"', '\\"')
    write_durably(path, f'actor = "{quoted}"\n'.encode() + there, top=root)


def _fields() -> tuple[str, ...]:
    return Settings.__struct_fields__


def _file_values(path: Path) -> dict[str, object]:
    with storage_trouble(path):
        try:
            text = path.read_bytes().decode()
        except (FileNotFoundError, NotADirectoryError):
            return {}
        except UnicodeDecodeError as error:
            raise SettingError(f"{path}: is not UTF-8", hint="save it as UTF-8") from error
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingError(f"{path}: is no TOML ({error})", hint='write actor = "…"') from error


def _require_actor(actor: str) -> None:
    """Raise a ValueError, which msgspec reports as its own."""
    if not actor.strip() or actor != actor.strip():
        raise ValueError(f"actor {actor!r} is blank or has spaces around it")
    if len(actor) > _MOST_CHARACTERS or not actor.isprintable():
        raise ValueError(f"actor {actor[:40]!r} is too long or has characters that do not print")
    if actor.startswith("rule:"):
        raise ValueError(f"actor {actor!r} would pass for a written rule")
