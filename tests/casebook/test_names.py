"""Which thing does a typed id name?"""

from collections.abc import Callable

import pytest

from headstamp.casebook.names import Named, name_of
from headstamp.casebook.opening import Casebook
from headstamp.terms.errors import MisuseError, UnknownIdError


@pytest.mark.parametrize(
    ("text", "table", "row_id"),
    [
        ("c1", "claims", "c1"),
        ("claim:c1", "claims", "c1"),
        ("u1", "undertakings", "u1"),
        ("f1", "published_figures", "f1"),
        ("report", "sources", "report"),
        ("source:report", "sources", "report"),
        ("item:i1", "items", "i1"),
        ("i1", "items", "i1"),
        ("mark:m1", "marks", "m1"),
        ("line:k1:1", "consignment_lines", "k1:1"),
        ("link:i1:consignment:k1", "links", "i1:consignment:k1"),
        ("party:group", "parties", "group"),
    ],
)
def test_the_forms_of_support_sets_name_rows(
    opened: Callable[..., Casebook], text: str, table: str, row_id: str
) -> None:
    """Whatever ``rests_on`` prints can be typed again."""
    named = name_of(opened(), text)

    assert (named.table, named.row_id) == (table, row_id)
    assert name_of(opened(name="again"), named.form) == named


def test_every_atom_of_every_finding_can_be_typed(opened: Callable[..., Casebook]) -> None:
    """No set holds an id that the command line would not take."""
    casebook = opened()
    atoms = {atom for f in casebook.conclusions.findings for s in f.rests_on for atom in s}

    assert atoms
    assert all(isinstance(name_of(casebook, atom), Named) for atom in atoms)


def test_a_finding_has_a_name(opened: Callable[..., Casebook]) -> None:
    """Findings are explained by their id."""
    casebook = opened()
    finding_id = casebook.conclusions.findings[0].finding_id

    assert name_of(casebook, finding_id).table == "findings"


def test_one_id_of_two_things_must_be_written_out(opened: Callable[..., Casebook]) -> None:
    """The hint lists the forms."""
    figure = {"figure_id": "c1", "measure": "weapons", "value": "3", "source_id": "report"}

    with pytest.raises(MisuseError) as caught:
        name_of(opened(published_figures=[figure]), "c1")

    assert "claim:c1" in caught.value.hint
    assert "figure:c1" in caught.value.hint


def test_a_bare_id_of_a_claim_goes_before_a_party_of_the_same_name(
    opened: Callable[..., Casebook],
) -> None:
    """The contract writes claims bare and parties with a prefix."""
    parties = [
        {"party_id": "c2", "name": "State of XQ", "kind": "state", "country": "XQ"},
        {"party_id": "xa"}, {"party_id": "xb"}, {"party_id": "xb_army"}, {"party_id": "group"},
    ]  # fmt: skip

    assert name_of(opened(parties=parties), "c2").table == "claims"


def test_an_unknown_id_names_the_nearest(opened: Callable[..., Casebook]) -> None:
    """A typing error is told from an absent row."""
    with pytest.raises(UnknownIdError, match="repotr") as caught:
        name_of(opened(), "repotr")

    assert "report" in caught.value.hint
