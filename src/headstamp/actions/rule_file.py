"""Is this a written rule? TOML to a checked rule, or what is wrong with it and the remedy."""

import re
from codecs import BOM_UTF8
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import msgspec

from headstamp.intake.nearest import nearest
from headstamp.terms.errors import MisuseError
from headstamp.terms.link import LinkVerdict
from headstamp.terms.register import EntryKind, is_register_name
from headstamp.terms.rule import WrittenRule

BASES = (
    "same_serial",
    "same_serial_read",
    "in_line",
    "same_lot",
    "sister_lot",
    "near_serial",
    "same_packing",
)
"""The bases of REASONING.md section 4."""
LEAST_PROBABILITY = 0.5
"""A rule judges nothing of which the contrary is as probable."""

_DOCS = "docs/how-to/judge-proposals.md"
_MOST_REASON = 2_000
_UNKNOWN = re.compile(r"unknown field `([^`]*)`")
_LACKING = re.compile(r"missing required field `([^`]*)`")
_FIELDS = tuple(field.encode_name for field in msgspec.structs.fields(WrittenRule))
_LISTED = f"a rule has: {' '.join(_FIELDS)}"


class RuleFile(msgspec.Struct, frozen=True, kw_only=True):
    """A rule with the bytes that say it, which are sealed beside what was judged by it."""

    rule: WrittenRule
    data: bytes
    name: str


def open_rule(path: Path) -> RuleFile:
    """Return the rule in a file.

    Raises:
        MisuseError: It cannot be read, or is no rule: file, field, value and remedy.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        message = f"--rule {path}: cannot be read ({error.strerror})"
        raise MisuseError(message, hint=f"name a TOML file; see {_DOCS}") from error
    return read_rule(data, name=path.name)


def read_rule(data: bytes, *, name: str) -> RuleFile:
    """Return the rule that TOML says.

    Raises:
        MisuseError: It is no TOML, has a field or value that no rule has, or judges everything.
    """
    if not data.strip():
        raise MisuseError(f"{name}: is empty, and no rule", hint=f"{_LISTED}; see {_DOCS}")
    try:
        rule = msgspec.toml.decode(data.removeprefix(BOM_UTF8), type=WrittenRule)
    except UnicodeDecodeError as error:
        message = f"{name}: is no rule: it is no text in UTF-8"
        raise MisuseError(message, hint=f"--rule names a TOML file; see {_DOCS}") from error
    except (msgspec.ValidationError, msgspec.DecodeError, RecursionError) as error:
        raise MisuseError(f"{name}: {_said(str(error))}", hint=_remedy(str(error))) from error
    for problem, hint in _problems(rule):
        raise MisuseError(f"{name}: {problem}", hint=hint)
    return RuleFile(rule=rule, data=data, name=name)


def _said(text: str) -> str:
    if unknown := _UNKNOWN.search(text):
        return f"the field {unknown[1]!r} is none that a rule has"
    if lacking := _LACKING.search(text):
        return f"the field {lacking[1]!r} is missing"
    return f"is no rule: {text}"


def _remedy(text: str) -> str:
    unknown = _UNKNOWN.search(text)
    near = nearest(unknown[1], _FIELDS) if unknown else ""
    if near:
        return f"is {near} meant? {_LISTED}"
    if "`array`" in text:
        return 'write it as a list, such as ["one", "other"]'
    if "verdict" in text:
        return f"verdict is one of: {' '.join(get_args(LinkVerdict))}"
    if "kinds" in text:
        return f"kinds are of: {' '.join(get_args(EntryKind))}"
    return f"{_LISTED}; see {_DOCS}"


def _problems(rule: WrittenRule) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with the values of a rule, each with its remedy."""
    if not is_register_name(rule.name):
        yield (
            f"name {rule.name!r} cannot name a rule",
            "write 2 to 40 of a-z, 0-9 and -, a letter first",
        )
    if not 0 < len(rule.reason.strip()) <= _MOST_REASON:
        words = f"reason has {len(rule.reason)} characters, or is blank"
        yield words, f"say why in 1 to {_MOST_REASON} characters: it stays on record"
    yield from _problems_of_reach(rule)
    for register in rule.registers:
        if not is_register_name(register):
            yield f"registers: {register!r} cannot name a register", "write the name it has here"


def _problems_of_reach(rule: WrittenRule) -> Iterator[tuple[str, str]]:
    """Yield in what a rule would judge everything, or nothing that can be."""
    if not rule.basis:
        yield "it names no basis, and would judge everything", f"basis = [ … ] of {' '.join(BASES)}"
    for basis in rule.basis:
        if basis not in BASES:
            near = nearest(basis, BASES)
            meant = f"is {near} meant? " if near else ""
            yield f"basis {basis!r} is none", f"{meant}one of: {' '.join(BASES)}"
    least = rule.least_probability
    if not LEAST_PROBABILITY <= least <= 1:
        what = f"least_probability is {least}" if least else "it has no least_probability"
        hint = f"write a number from {LEAST_PROBABILITY} to 1, such as 0.99"
        yield f"{what}, and would judge what is as probably wrong, or cannot be", hint
    if rule.most_strangers is not None and not 0 <= rule.most_strangers < float("inf"):
        hint = "write how many entries may match as well by chance, such as 0.01"
        yield f"most_strangers is {rule.most_strangers}", hint
