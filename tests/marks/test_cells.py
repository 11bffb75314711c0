"""The parts of a cell, against a worked table, and that nothing of it is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headstamp.marks.cells import split_cell

ODD = st.text() | st.text(alphabet="AB12Ж٣ ?*{}\\()[]/;,.-nºe+#éo\n🔥\u0301")


@pytest.mark.parametrize(
    ("raw", "parts"),
    [
        ("AB12", "piece:AB12"),
        ("QX-25-0123", "piece:QX|separator:-|piece:25|separator:-|piece:0123"),
        ("12345.0", "piece:12345|decimals:.0"),
        ("12345,00 ", "piece:12345|decimals:,00 "),
        ("12345.5", "piece:12345|separator:.|piece:5"),
        ("1,23E+11", "unread:1,23E+11"),
        ("12 (worn)", "piece:12|separator: |note:(worn)"),
        ("(12)", "separator:(|piece:12|separator:)"),
        ("№12", "label:№|piece:12"),
        ("serial 12", "label:serial|separator: |piece:12"),
        ("12 e 34", "piece:12|separator: |divider:e|separator: |piece:34"),
        ("12;34", "piece:12|divider:;|piece:34"),
        ("12 removed", "piece:12|separator: |phrase:removed"),
        ("12 pistol", "piece:12|separator: |words:pistol"),
        ("12 pistol AB", "piece:12|separator: |words:pistol|separator: |words:AB"),
        ("12 not removed", "piece:12|separator: |words:not|separator: |words:removed"),
        ("pistol AB 12", "words:pistol|separator: |piece:AB|separator: |piece:12"),
        ("АВ٣", "piece:АВ٣"),
        ("1🔥", "piece:1|unread:🔥"),
        ("1(", "piece:1|unread:("),
        ("", ""),
    ],
)
def test_parts(raw: str, parts: str) -> None:
    """Each sort of part is told from the others."""
    found = "|".join(f"{part.kind}:{part.text}" for part in split_cell(raw))

    assert found == parts


@given(ODD)
def test_nothing_of_a_cell_is_lost(raw: str) -> None:
    """The parts, put together, are the cell; none of them is empty."""
    parts = split_cell(raw)

    assert "".join(part.text for part in parts) == raw
    assert all(part.text for part in parts)
