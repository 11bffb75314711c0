from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from headstamp.actions.judge_link import judge_link
from headstamp.actions.writing import Writing
from headstamp.casebook.names import LINKS
from headstamp.casebook.opening import open_casebook
from headstamp.terms.errors import RefusedError


def test_a_protected_link_is_not_judged_in_the_open(
    made: Callable[..., Path], cast: ModuleType, amina: Writing
) -> None:
    """What the judge saw would stand in the journal for ever; nothing of it is written."""
    links = [{**cast.WORLD["links"][0], "sensitivity": "protected", "reason": "ZQX in person"}]
    root = made(links=links)
    (link_id,) = [key[1] for key in open_casebook(root).rows if key[0] == LINKS]

    with pytest.raises(RefusedError, match="protected"):
        judge_link(root, f"link:{link_id}", verdict="same", reason="seen", by=amina)

    assert b"ZQX" not in (root / "journal.sqlite").read_bytes()
