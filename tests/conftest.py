"""What holds for every test: it meets no machine but this one, and prints how to repeat it."""

import ipaddress
import socket
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import settings

# A slow machine is no failure, and a failing example prints how to have it again.
settings.register_profile("house", deadline=None, print_blob=True)
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
