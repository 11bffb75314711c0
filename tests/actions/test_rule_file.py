"""A written rule is a rule, or what is wrong with it is named with the remedy."""

from pathlib import Path

import pytest

from headstamp.actions.rule_file import open_rule, read_rule
from headstamp.terms.errors import MisuseError

RULE = {
    "name": '"sure"',
    "verdict": '"same"',
    "reason": '"serial and maker agree"',
    "basis": '["same_serial"]',
    "least_probability": "0.95",
    "most_strangers": "0.01",
    "kinds": '["theft", "loss"]',
}


def toml(**changed: str | None) -> bytes:
    """Return the rule's file, some fields changed or left out."""
    told = {name: cell for name, cell in (RULE | changed).items() if cell is not None}
    return "".join(f"{name} = {cell}\n" for name, cell in told.items()).encode()


def test_a_rule_is_read_as_it_is_written() -> None:
    """Its bytes are kept beside it: the digest is of these."""
    found = read_rule(toml(registers='["army"]'), name="sure.toml")

    rule = found.rule
    assert (rule.name, rule.verdict, rule.basis) == ("sure", "same", ("same_serial",))
    assert (rule.least_probability, rule.most_strangers) == (0.95, 0.01)
    assert (rule.kinds, rule.registers) == (("theft", "loss"), ("army",))
    assert found.data == toml(registers='["army"]')


@pytest.mark.parametrize(
    ("changed", "said", "remedy"),
    [
        ({"least_probabilty": "0.9"}, "'least_probabilty' is none", "is least_probability meant?"),
        ({"bases": '["x"]'}, "'bases' is none that a rule has", "is basis meant?"),
        ({"threshold": "1"}, "'threshold' is none", "a rule has: name verdict reason basis"),
        ({"verdict": None}, "'verdict' is missing", "verdict is one of: same not_same"),
        ({"verdict": '"sameish"'}, "is no rule", "verdict is one of: same not_same"),
        ({"reason": None}, "'reason' is missing", "a rule has"),
        ({"reason": '"  "'}, "is blank", "stays on record"),
        ({"reason": f'"{"x" * 2001}"'}, "2001 characters", "1 to 2000"),
        ({"name": '"../sure"'}, "cannot name a rule", "2 to 40 of a-z"),
        ({"basis": None}, "judge everything", "basis = ["),
        ({"basis": "[]"}, "judge everything", "basis = ["),
        ({"basis": '["same_serail"]'}, "'same_serail' is none", "is same_serial meant?"),
        ({"least_probability": None}, "it has no least_probability", "from 0.5 to 1"),
        ({"least_probability": "0"}, "judge what is as probably wrong", "from 0.5 to 1"),
        ({"least_probability": "0.49"}, "0.49", "from 0.5 to 1"),
        ({"least_probability": "1.01"}, "1.01", "from 0.5 to 1"),
        ({"least_probability": "nan"}, "nan", "from 0.5 to 1"),
        ({"least_probability": '"0.9"'}, "is no rule", "a rule has"),
        ({"least_probability": "true"}, "least_probability", "a rule has"),
        ({"most_strangers": '"few"'}, "most_strangers", "a rule has"),
        ({"basis": '"same_serial"'}, "basis", "write it as a list"),
        ({"registers": '"army"'}, "registers", "write it as a list"),
        ({"most_strangers": "-1"}, "most_strangers is -1", "such as 0.01"),
        ({"most_strangers": "inf"}, "most_strangers is inf", "such as 0.01"),
        ({"kinds": '["thefts"]'}, "is no rule", "kinds are of: production transfer"),
        ({"registers": '["Army"]'}, "'Army' cannot name a register", "the name it has here"),
    ],
)
def test_what_is_no_rule_is_refused_with_the_remedy(
    changed: dict[str, str | None], said: str, remedy: str
) -> None:
    """The file, the field and the value are named."""
    with pytest.raises(MisuseError) as raised:
        read_rule(toml(**changed), name="sure.toml")

    assert raised.value.message.startswith("sure.toml: ")
    assert said in raised.value.message
    assert remedy in raised.value.hint


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "is empty"),
        (b" \n", "is empty"),
        (b"\xef\xbb\xbf", "'name' is missing"),
        (b"# a remark\n", "'name' is missing"),
        (b"name = ", "is no rule"),
        (b"\xff\xfe", "no text in UTF-8"),
        (toml().decode().encode("utf-16"), "no text in UTF-8"),
        (b"[[rule]]\nname = 1\n", "'rule' is none that a rule has"),
        (toml() + b'name = "again"\n', "is no rule"),
        (b"PK\x03\x04", "is no rule"),
        (b'{"name": "sure"}', "is no rule"),
    ],
)
def test_what_is_no_toml_of_a_rule_is_refused(data: bytes, said: str) -> None:
    """Never a rule that judges by its defaults."""
    with pytest.raises(MisuseError) as raised:
        read_rule(data, name="sure.toml")

    assert raised.value.message.startswith("sure.toml: ")
    assert said in raised.value.message


def test_a_mark_of_byte_order_is_no_word_of_the_rule() -> None:
    """Some editors write one; the bytes are kept as they are."""
    found = read_rule(b"\xef\xbb\xbf" + toml(), name="sure.toml")

    assert found.rule == read_rule(toml(), name="sure.toml").rule
    assert found.data.startswith(b"\xef\xbb\xbf")


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    """The path is named."""
    with pytest.raises(MisuseError, match="cannot be read"):
        open_rule(tmp_path / "none.toml")
