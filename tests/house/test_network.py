"""House rule: no test meets another machine."""

import socket

import pytest

ELSEWHERE = "192.0.2.1"
"""An address that is reserved for documents: nothing is there."""


def test_a_connection_elsewhere_is_refused() -> None:
    """A test that reaches out fails at once and says where it reached."""
    with socket.socket() as plug, pytest.raises(AssertionError, match=ELSEWHERE):
        plug.connect((ELSEWHERE, 80))


def test_a_datagram_elsewhere_is_refused() -> None:
    """One packet is enough to tell somebody that a test ran."""
    with (
        socket.socket(type=socket.SOCK_DGRAM) as plug,
        pytest.raises(AssertionError, match=ELSEWHERE),
    ):
        plug.sendto(b"", (ELSEWHERE, 53))


def test_a_name_elsewhere_is_not_looked_up() -> None:
    """Asking for an address is a question to another machine too."""
    with pytest.raises(AssertionError, match="example"):
        socket.create_connection(("www.example", 80))


def test_this_machine_is_reached() -> None:
    """A server that a test starts for itself answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        with socket.create_connection(server.getsockname()) as plug:
            reached = plug.getpeername()

        assert reached == server.getsockname()
