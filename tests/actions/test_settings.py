"""One file and the environment, read once; nothing odd gets through."""

from pathlib import Path

import pytest

from headstamp.actions.settings import Settings, read_settings, require_actor
from headstamp.terms.errors import NoActorError, SettingError


def _write(folder: Path, text: str) -> Path:
    (folder / "headstamp.toml").write_text(text, encoding="utf-8")
    return folder


def test_the_file_names_the_actor(tmp_path: Path) -> None:
    """One key, one opinion."""
    assert read_settings(_write(tmp_path, 'actor = "Amina"\n'), {}).actor == "Amina"


def test_the_environment_goes_before_the_file(tmp_path: Path) -> None:
    """Who sits at the machine today, whoever set it up."""
    root = _write(tmp_path, 'actor = "Amina"\n')

    assert read_settings(root, {"HEADSTAMP_ACTOR": "Boris"}).actor == "Boris"
    assert read_settings(root, {"HEADSTAMP_ACTOR": ""}).actor == "Amina"


@pytest.mark.parametrize(
    "text", ['acter = "A"', "actor = 3", "actor = [", 'actor = ""', 'actor = "rule:x@1"', "[actor]"]
)
def test_an_unknown_key_or_odd_value_is_refused(tmp_path: Path, text: str) -> None:
    """A typing error is no silent default."""
    with pytest.raises(SettingError):
        read_settings(_write(tmp_path, text), {})


def test_a_file_that_is_not_utf8_is_refused(tmp_path: Path) -> None:
    """Nothing is guessed about encodings."""
    (tmp_path / "headstamp.toml").write_bytes(b'actor = "\xff"')

    with pytest.raises(SettingError, match="UTF-8"):
        read_settings(tmp_path, {})


def test_an_unknown_variable_of_ours_is_refused(tmp_path: Path) -> None:
    """HEADSTAMP_ACTER is a typing error; OTHER is not ours."""
    with pytest.raises(SettingError, match="HEADSTAMP_ACTER"):
        read_settings(tmp_path, {"HEADSTAMP_ACTER": "A", "OTHER": "B"})


def test_no_actor_is_a_refusal_that_says_where_to_set_one() -> None:
    """Exit 3, with the remedy."""
    with pytest.raises(NoActorError) as caught:
        require_actor(Settings())

    assert "HEADSTAMP_ACTOR" in caught.value.hint
