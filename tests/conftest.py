"""What holds for every test: it meets no machine but this one, and prints how to repeat it.

And the invented case that several rooms look at, taken by Amina.
"""

import ipaddress
import socket
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import settings

from headstamp.actions.init_casebook import init_casebook
from headstamp.actions.take import take
from headstamp.actions.writing import Writing
from headstamp.casebook.opening import Casebook, open_casebook

from .casebook import world
from .intake import photo_files

# A slow machine is no failure, and a failing example prints how to have it again.
settings.register_profile("house", deadline=None, print_blob=True)
# `make check` tries fewer examples; `make test` and CI try them all.
settings.register_profile("quick", deadline=None, print_blob=True, max_examples=15)
settings.load_profile("house")


class NetworkRefusedError(AssertionError):
    """A test asked for something outside this machine."""


@pytest.fixture(scope="session", autouse=True)
def _no_network() -> Iterator[None]:
    """Let nothing in this process connect to, send to, or look up, another machine."""
    real: dict[str, Callable[..., Any]] = {
        "connect": socket.socket.connect,
        "connect_ex": socket.socket.connect_ex,
        "sendto": socket.socket.sendto,
    }
    real_lookup = socket.getaddrinfo

    def guard(name: str) -> Any:  # noqa: ANN401 - stands in for methods of several shapes
        def guarded(self: socket.socket, *args: Any) -> Any:  # noqa: ANN401 - as above
            _require_this_machine(self.family, args[-1])
            return real[name](self, *args)

        return guarded

    def look_up(host: Any, *args: Any, **options: Any) -> Any:  # noqa: ANN401 - as above
        _require_this_machine(socket.AF_INET, (host, 0))
        return real_lookup(host, *args, **options)

    with pytest.MonkeyPatch.context() as patch:
        for name in real:
            patch.setattr(socket.socket, name, guard(name))
        patch.setattr(socket, "getaddrinfo", look_up)
        yield


def _require_this_machine(family: int, address: Any) -> None:  # noqa: ANN401 - as sockets take it
    if family not in {socket.AF_INET, socket.AF_INET6}:
        return
    host = address[0]
    if isinstance(host, bytes):
        host = host.decode()
    if not _is_loopback(host):
        raise NetworkRefusedError(f"a test reached for {host!r}; tests use this machine only")


def _is_loopback(host: str | None) -> bool:
    if host in {None, "", "localhost"}:
        return True
    try:
        return ipaddress.ip_address(str(host).partition("%")[0]).is_loopback
    except ValueError:
        return False


@pytest.fixture(scope="session")
def cast() -> ModuleType:
    """Return the invented case: ``world``, ``write_package``, ``CANARIES``."""
    return world


@pytest.fixture(scope="session")
def photos() -> ModuleType:
    """Return what builds photos with secrets planted in them: ``planted``, ``needles``."""
    return photo_files


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Return the folder of other institutions' files, beside the project; read, never copied."""
    beside = [folder / "shared" / "data" for folder in Path(__file__).resolve().parents]
    found = next((folder for folder in beside if folder.is_dir()), None)
    if found is None:
        pytest.skip("no folder shared/data beside the project: it holds files we may not copy")
    return found


@pytest.fixture(scope="session")
def shared_files(shared_data: Path) -> Callable[[str], list[Path]]:
    """Return what finds files of that folder by a pattern, in order."""

    def find(pattern: str) -> list[Path]:
        paths = sorted(shared_data.glob(pattern))
        if not paths:
            pytest.skip(f"no {pattern} in the folder of shared data")
        return paths

    return find


@pytest.fixture
def amina() -> Writing:
    """Amina documents."""
    return Writing(actor="Amina", today=date(2020, 1, 1))


@pytest.fixture
def made(tmp_path: Path, cast: ModuleType, amina: Writing) -> Callable[..., Path]:
    """Return what makes a casebook of the invented case, some tables replaced."""

    def make(name: str = "book", **changed: Any) -> Path:  # noqa: ANN401 - rows of any table
        root = tmp_path / name
        init_casebook(root, actor="Amina", title="Ten rifles")
        package = cast.write_package(tmp_path / f"{name}-package", cast.world(**changed))
        list(take(root, [package], by=amina))
        return root

    return make


@pytest.fixture
def opened(made: Callable[..., Path]) -> Callable[..., Casebook]:
    """Return what opens a fresh casebook of the invented case, some tables replaced."""

    def open_it(name: str = "book", **changed: Any) -> Casebook:  # noqa: ANN401 - any rows
        return open_casebook(made(name, **changed), today=date(2020, 1, 1))

    return open_it
