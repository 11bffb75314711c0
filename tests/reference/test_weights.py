"""The numbers that a score is made of, and those that a user puts in their place."""

from pathlib import Path

import msgspec
import pytest

from headstamp.actions.settings import read_settings
from headstamp.reference.weights import OwnRate, Weights, rates, weights, weights_with
from headstamp.terms.errors import SettingError

WORKED = {
    "p_read": 0.98,
    "p_read_folded": 0.95,
    "p_not_reused": 0.99,
    "most_without_maker": 0.5,
    "most_by_edit": 0.49,
}
"""What REASONING.md section 4 says; a single edit is below one half."""


def own(name: str, value: float, source: str = "our own count") -> Weights:
    """Return the weights with one of the user's own."""
    return weights_with({name: OwnRate(value=value, source=source)})


def test_the_table_says_what_the_method_says() -> None:
    """The rates that are written in REASONING.md, number by number."""
    told = msgspec.structs.asdict(weights())

    assert {name: told[name] for name in WORKED} == WORKED


def test_every_number_has_a_source_an_explanation_and_lies_within_its_bounds() -> None:
    """Who says so, what it is of, and between what it may be put."""
    for rate in rates():
        assert rate.about.strip()
        assert rate.source.strip()
        assert float(rate.least) <= float(rate.value) <= float(rate.most)


def test_names_of_the_table_are_those_that_are_reckoned_with() -> None:
    """Each once, and none that nobody reads."""
    names = [rate.name for rate in rates()]

    assert sorted(names) == sorted(Weights.__struct_fields__)


@pytest.mark.parametrize("rate", rates(), ids=lambda rate: rate.name)
def test_each_may_be_put_at_its_bounds_and_not_beyond(rate: msgspec.Struct) -> None:
    """Beyond, a probability would be none, or an edit outrank *not on record here*."""
    name, least, most = (getattr(rate, field) for field in ("name", "least", "most"))

    assert getattr(own(name, float(least)), name) == float(least)
    assert getattr(own(name, float(most)), name) == float(most)
    for beyond in (float(least) - 1e-7, float(most) * (1 + 1e-9) + 1e-7):
        with pytest.raises(SettingError, match=f"weights.{name} = ") as caught:
            own(name, beyond)
        assert f"from {float(least):g} to {float(most):g}" in caught.value.hint


def test_an_edit_never_outranks_not_on_record() -> None:
    """However a user puts it: below one half."""
    (most,) = (float(rate.most) for rate in rates() if rate.name == "most_by_edit")

    assert most < 0.5


def test_only_the_one_that_is_named_changes() -> None:
    """All others stay ours."""
    changed = msgspec.structs.asdict(own("p_read", 0.9))

    assert changed == {**msgspec.structs.asdict(weights()), "p_read": 0.9}
    assert weights_with({}) == weights()


@pytest.mark.parametrize(
    ("name", "hint"),
    [("p_raed", "did you mean p_read?"), ("wholly_else", "known are: p_read ")],
)
def test_a_misspelt_weight_is_refused(name: str, hint: str) -> None:
    """With the one that was meant, or with all there are."""
    with pytest.raises(SettingError, match=f"weights.{name}: there is no such weight") as caught:
        own(name, 0.5)

    assert caught.value.hint.startswith(hint)


@pytest.mark.parametrize("source", ["", "  "])
def test_a_weight_without_a_source_is_refused(source: str) -> None:
    """A number that nobody measured is an opinion."""
    with pytest.raises(SettingError, match="p_read: no source is named") as caught:
        own("p_read", 0.9, source)

    assert 'source = "' in caught.value.hint


def test_what_is_no_number_is_refused() -> None:
    """Also one that compares with nothing."""
    with pytest.raises(SettingError, match="p_read"):
        own("p_read", float("nan"))


# --- in a casebook's settings ---------------------------------------------------------------------


def settings(tmp_path: Path, text: str) -> dict[str, OwnRate]:
    """Return the weights that stand in a casebook's settings."""
    (tmp_path / "headstamp.toml").write_text(text, encoding="utf-8")
    return read_settings(tmp_path, {}).weights


def test_a_casebook_names_value_and_source(tmp_path: Path) -> None:
    """One table for each weight."""
    text = '[weights.p_edit]\nvalue = 0.001\nsource = "our own count"\n'

    assert settings(tmp_path, text) == {"p_edit": OwnRate(value=0.001, source="our own count")}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[weights.p_edit]\nvalue = 0.001\n", "source"),
        ('[weights.p_edit]\nsource = "x"\n', "value"),
        ('[weights.p_edit]\nvalue = "high"\nsource = "x"\n', "float"),
        ('[weights.p_edit]\nvalue = 0.1\nsource = "x"\nby = "us"\n', "by"),
        ("[weights]\np_edit = 0.1\n", "p_edit|object"),
    ],
    ids=["no source", "no value", "text", "more", "bare"],
)
def test_a_weight_in_another_shape_is_refused(tmp_path: Path, text: str, said: str) -> None:
    """A typing error is no silent default."""
    with pytest.raises(SettingError, match=said):
        settings(tmp_path, text)


def test_weights_are_not_taken_from_the_environment(tmp_path: Path) -> None:
    """They belong to the casebook, not to whoever sits at the machine."""
    with pytest.raises(SettingError, match="HEADSTAMP_WEIGHTS"):
        read_settings(tmp_path, {"HEADSTAMP_WEIGHTS": "p_edit=1"})
