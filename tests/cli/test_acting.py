"""What a trace says that it proposed."""

from headstamp.actions.trace import Proposed, Traced
from headstamp.cli.acting import traced_text


def traced(*proposed: Proposed) -> Traced:
    """Return a trace that proposed this."""
    return Traced(
        seq=7,
        same_as=None,
        n_subjects=3,
        n_accounts=4,
        n_gaps=2,
        n_findings=5,
        n_links=1_300,
        n_proposed=1_234,
        n_issues=6,
        proposed=proposed,
    )


def test_each_kind_of_proposal_has_its_line() -> None:
    """With which register, as what, how many, and how many of them are likely."""
    text = traced_text(
        traced(
            Proposed(other_kind="consignment", register="losses", n=2, n_likely=1),
            Proposed(other_kind="register_entry", register="losses", n=1_200, n_likely=1_000),
            Proposed(other_kind="consignment", register="", n=20, n_likely=3),
            Proposed(other_kind="item", register="", n=12, n_likely=0),
        )
    )

    assert [line.strip() for line in text.splitlines()] == [
        "links     1,300, of which 1,234 only proposed",
        "2 proposed with register losses, as a consignment of it, 1 of them at 0.9 or more",
        "1,200 proposed with register losses, 1,000 of them at 0.9 or more",
        "20 proposed with consignments of packages, 3 of them at 0.9 or more",
        "12 proposed between items, 0 of them at 0.9 or more",
        "chains    3 subjects, 4 accounts, 2 gaps",
        "findings  5",
        "issues    6 to look at",
    ]


def test_where_nothing_is_proposed_no_line_says_so() -> None:
    """The counts of links stand all the same."""
    text = traced_text(traced())

    assert text.splitlines()[0] == "links     1,300, of which 1,234 only proposed"
    assert "proposed " not in "".join(text.splitlines()[1:])
