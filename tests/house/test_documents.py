"""House rule: documents are true. What they name exists, and what exists is named in them."""

import ast
import importlib
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
import typer.main

PACKAGE = Path("src/headstamp")
FRAGMENT = re.compile(r"[0-9]+(-[a-z0-9-]+)?\.(security|removed|changed|added|fixed|results)\.md")
ISSUE_CODE = re.compile(r"(?!SHA-|AES-|ISO-|RFC-|UTF-)[A-Z]+-[0-9]{3}")
FENCE = re.compile(r"^ *```.*?^ *```[^\n]*$", re.DOTALL | re.MULTILINE)
CONSOLE = re.compile(r"^ *```console\n(.*?)^ *```", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"\[[^\]]*\]\(<?([^)\s>]+)>?[^)]*\)|^\[[^\]]+\]: +(\S+)", re.MULTILINE)


# --- links ----------------------------------------------------------------------------------


def test_links_lead_somewhere(root: Path, documents: tuple[Path, ...]) -> None:
    """Every link inside the project names a file that exists and a heading that it has."""
    broken = [
        f"{path}: {target}"
        for path in documents
        for target in _links((root / path).read_text(encoding="utf-8"))
        if not _leads_somewhere(root / path, target)
    ]

    assert broken == []


def test_decisions_are_listed(root: Path) -> None:
    """A reader of the index finds every decision record."""
    index = (root / "docs/index.md").read_text(encoding="utf-8")
    records = sorted((root / "docs/decisions").glob("[0-9][0-9][0-9][0-9]-*.md"))

    assert [record.name for record in records if f"decisions/{record.name}" not in index] == []


def test_changelog_fragments_have_a_kind(root: Path) -> None:
    """A fragment is called `<issue>.<kind>.md`, so that a release can be put together."""
    names = {path.name for path in (root / "changelog.d").iterdir()} - {"README.md"}

    assert [name for name in sorted(names) if not FRAGMENT.fullmatch(name)] == []


# --- commands -------------------------------------------------------------------------------


def test_every_command_is_documented(root: Path) -> None:
    """docs/reference/commands.md has a heading for each verb of the command line."""
    text = _document(root, "commands.md")
    headings = " ".join(re.findall(r"^#+ .*$", text, re.MULTILINE))

    assert [name for name in _verbs() if not re.search(rf"`(headstamp )?{name}\b", headings)] == []


def test_every_option_is_documented(root: Path) -> None:
    """docs/reference/commands.md names each option that `--help` shows."""
    text = _document(root, "commands.md")
    options = {
        option: verb
        for verb, command in {"headstamp": _cli(), **_verbs()}.items()
        for option in _options(command)
        if option.startswith("--")
    }

    assert {o: v for o, v in options.items() if not re.search(rf"{o}(?![a-z-])", text)} == {}


def test_no_command_is_documented_that_is_not_there(root: Path) -> None:
    """A heading that names a verb in code is about a verb that exists."""
    text = _document(root, "commands.md")
    headings = "\n".join(re.findall(r"^#+ .*$", text, re.MULTILINE))
    named = re.findall(r"`(?:headstamp )?([a-z][a-z-]*)\b", headings)

    assert [name for name in named if name not in {"headstamp", *_verbs()}] == []


def test_examples_of_commands_can_be_typed(root: Path, documents: tuple[Path, ...]) -> None:
    """`$ headstamp …` and `$ make …` in documents use commands and options that exist."""
    targets = _targets(root)
    wrong = [
        f"{path}: {line}: {trouble}"
        for path in documents
        for line in _typed((root / path).read_text(encoding="utf-8"))
        for trouble in _troubles(line, targets)
    ]

    assert wrong == []


@pytest.mark.parametrize(
    ("line", "trouble"),
    [
        ("make test", None),
        ("headstamp --help", None),
        ("headstamp --no-such-option", "--no-such-option"),
        ("headstamp no-such-verb", "no-such-verb"),
        ("make no-such-target", "no-such-target"),
    ],
)
def test_the_reader_of_examples_sees_mistakes(line: str, trouble: str | None, root: Path) -> None:
    """A command that cannot be typed is found, one that can be is left alone."""
    found = list(_troubles(line, _targets(root)))

    assert found == ([] if trouble is None else [f"there is no {trouble}"])


# --- codes, settings, words -----------------------------------------------------------------


def test_every_issue_code_is_documented(root: Path, source_files: tuple[Path, ...]) -> None:
    """docs/reference/issues.md has each code that the package can report, and no other."""
    text = _document(root, "issues.md")
    used = {code for path in source_files for code in _codes(root / path)}
    documented = set(re.findall(rf"\b{ISSUE_CODE.pattern}\b", text))

    assert sorted(used - documented) == []
    assert sorted(documented - used) == []


def test_every_setting_is_documented(root: Path) -> None:
    """docs/reference/settings.md names each setting, and no other."""
    settings = importlib.import_module("headstamp.actions.settings").Settings
    rows = re.findall(r"^\| `([a-z_]+)` \|", _document(root, "settings.md"), re.MULTILINE)

    assert sorted(field.encode_name for field in msgspec.structs.fields(settings)) == sorted(rows)


def test_every_noun_is_in_the_glossary(root: Path, source_files: tuple[Path, ...]) -> None:
    """Each class of `terms` has its line: one word, one meaning."""
    glossary = (root / "docs/glossary.md").read_text(encoding="utf-8")
    explained = set(re.findall(r"\*\*([A-Za-z]+)\*\*", glossary))
    nouns = {
        node.name: str(path)
        for path in source_files
        if path.parent == PACKAGE / "terms" and path.name != "errors.py"
        for node in ast.parse((root / path).read_text(encoding="utf-8")).body
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    }

    assert {noun: path for noun, path in nouns.items() if noun not in explained} == {}


# --- how documents are read -------------------------------------------------------------------


def _document(root: Path, name: str) -> str:
    return (root / "docs/reference" / name).read_text(encoding="utf-8")


def _links(text: str) -> Iterator[str]:
    for match in LINK.finditer(FENCE.sub("", text)):
        target = match[1] or match[2]
        if not re.match(r"[a-z]+:", target):
            yield target


def _leads_somewhere(document: Path, target: str) -> bool:
    name, _, anchor = target.partition("#")
    goal = document.parent / name if name else document
    if not goal.exists():
        return False
    return not anchor or goal.suffix != ".md" or anchor in _anchors(goal)


def _anchors(document: Path) -> set[str]:
    text = FENCE.sub("", document.read_text(encoding="utf-8"))
    headings = re.findall(r"^#+ +(.*?) *$", text, re.MULTILINE)
    slugs = [re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings]
    return {
        slug if not n else f"{slug}-{n}" for slug, n in zip(slugs, _earlier(slugs), strict=True)
    }


def _earlier(slugs: list[str]) -> list[int]:
    return [slugs[:position].count(slug) for position, slug in enumerate(slugs)]


def _typed(text: str) -> Iterator[str]:
    for block in CONSOLE.findall(text):
        joined = block.replace("\\\n", " ")
        yield from re.findall(r"^ *\$ (.+)$", joined, re.MULTILINE)


def _targets(root: Path) -> set[str]:
    text = (root / "Makefile").read_text(encoding="utf-8")
    return set(re.findall(r"^([a-z]+):", text, re.MULTILINE))


def _codes(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        value = node.value if isinstance(node, ast.Constant) else None
        if isinstance(value, str) and ISSUE_CODE.fullmatch(value):
            yield value


# --- how the command line is asked ------------------------------------------------------------
# typer carries its own copy of click, whose classes have no public name: hence Any.


def _cli() -> Any:  # noqa: ANN401 - see above
    return typer.main.get_command(importlib.import_module("headstamp.cli.main").app)


def _verbs() -> dict[str, Any]:
    return {name: command for name, command in _commands(_cli()).items() if not command.hidden}


def _commands(group: Any) -> dict[str, Any]:  # noqa: ANN401 - see above
    context = group.context_class(group)
    return {name: group.get_command(context, name) for name in group.list_commands(context)}


def _options(command: Any) -> dict[str, Any]:  # noqa: ANN401 - see above
    context = command.context_class(command)
    return {
        name: parameter
        for parameter in command.get_params(context)
        if parameter.param_type_name == "option" and not getattr(parameter, "hidden", False)
        for name in (*parameter.opts, *parameter.secondary_opts)
    }


def _troubles(line: str, targets: set[str]) -> Iterator[str]:
    """Say what of a typed line does not exist; what other programs do is not looked at."""
    words = _own_words(shlex.split(line, comments=True))
    program = Path(words[0]).name if words else ""
    if program == "make":
        yield from (
            f"there is no {word}"
            for word in words[1:]
            if "=" not in word and not word.startswith("-") and word not in targets
        )
    elif program == "headstamp":
        yield from _troubles_of_headstamp(words[1:])


def _own_words(words: list[str]) -> list[str]:
    ends = [n for n, word in enumerate(words) if re.match(r"[|;&<>]|[12]>", word)]
    return words[: ends[0]] if ends else words


def _troubles_of_headstamp(words: list[str]) -> Iterator[str]:
    command = _cli()
    remaining = iter(words)
    for word in remaining:
        if word.startswith("-") and word != "-":
            name, is_joined, _ = word.partition("=")
            option = _options(command).get(name)
            if option is None:
                yield f"there is no {name}"
            elif not is_joined and not option.is_flag and not option.count:
                next(remaining, None)
        elif hasattr(command, "list_commands"):
            command = _commands(command).get(word)
            if command is None:
                yield f"there is no {word}"
                return
