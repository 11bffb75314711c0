"""Is a casebook still what was recorded? A check that shares no code with Headstamp.

Run as ``python verify_casebook.py CASEBOOK``: Python 3.11 or later and nothing else; the
format is in docs/reference/journal.md. Prints the first thing that is wrong and exits with 3,
or what was checked and 0. Protected content is not decrypted: its sealed bytes are checked.
"""
# ruff: noqa: INP001, T201 - a script that stands alone and prints what it finds

import gzip
import hashlib
import json
import os
import re
import sqlite3
import sys
import zlib
from pathlib import Path

DIGEST, KEY_ID = re.compile(r"[0-9a-f]{64}"), re.compile(r"[0-9a-f]{32}")
DAY = r"[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
INSTANT = re.compile(DAY + r"T([01][0-9]|2[0-3])(:[0-5][0-9]){2}\.[0-9]{6}Z")
FIELDS = ["seq", "entry_id", "kind", "recorded_at", "actor", "payload", "payload_digest"]
FIELDS += ["derived_from", "prev_hash", "hash"]
SELECT = f"SELECT {', '.join(FIELDS)} FROM entries"  # noqa: S608 - constants


def sha256(text: str) -> str:
    """Return the SHA-256 of a text in UTF-8."""
    return hashlib.sha256(text.encode()).hexdigest()


def is_id(value: object, shape: re.Pattern[str]) -> bool:
    """Whether a value is text of a digest's or a key id's shape."""
    return isinstance(value, str) and shape.fullmatch(value) is not None


class WrongError(Exception):
    """The first thing that is wrong: where, and what."""


def require(holds: object, place: str, problem: str) -> None:
    """Stop at the first thing that does not hold."""
    if not holds:
        raise WrongError(f"{place}: {problem}")


def canonical(value: object, depth: int = 0) -> str:
    """Spell a value by RFC 8785; floats and great integers are not allowed."""
    if value is None or isinstance(value, (bool, str)):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, int) and abs(value) < 2**53:
        return str(value)
    if isinstance(value, list) and depth < 64:
        return "[" + ",".join(canonical(member, depth + 1) for member in value) + "]"
    if isinstance(value, dict) and depth < 64:
        keys = sorted(value, key=lambda key: key.encode("utf-16-be", "surrogatepass"))
        members = (f"{canonical(key)}:{canonical(value[key], depth + 1)}" for key in keys)
        return "{" + ",".join(members) + "}"
    raise ValueError(f"not in a journal: {value!r}")


def decoded(text: str, shape: type, place: str, name: str) -> object:
    """Decode text that must be the canonical spelling of a list or of an object."""
    try:
        value = json.loads(text)
        good = isinstance(value, shape) and canonical(value) == text
    except (ValueError, RecursionError):
        good = False
    require(good, place, f"{name} is not canonical JSON")
    return value


def checked_entry(row: tuple, last: dict | None) -> dict:
    """Check a row against its own digests and the entry before it."""
    seq = last["seq"] + 1 if last else 1
    place = f"entry {seq}"
    entry = dict(zip(FIELDS, row, strict=True))
    require(entry["seq"] == seq, place, f"is missing; the next one there is {entry['seq']}")
    require(all(isinstance(value, str) for value in row[1:]), place, "a field is not text")
    derived = decoded(entry["derived_from"], list, place, "derived_from")
    require(all(isinstance(e, str) for e in derived), place, "derived_from is no list of ids")
    require(sha256(entry["payload"]) == entry["payload_digest"], place, "payload_digest is not it")
    said = [entry["kind"], entry["actor"], entry["payload_digest"], derived]
    require(sha256(canonical(said)) == entry["entry_id"], place, "entry_id is not it")
    whole = [*row[:5], entry["payload_digest"], derived, entry["prev_hash"]]
    require(sha256(canonical(whole)) == entry["hash"], place, "hash is not it")
    require(entry["prev_hash"] == (last["hash"] if last else "0" * 64), place, "chain is broken")
    require(INSTANT.fullmatch(entry["recorded_at"]), place, "recorded_at is no instant")
    require(entry["recorded_at"] >= (last["recorded_at"] if last else ""), place, "goes back")
    require(derived == sorted(set(derived)), place, "derived_from is not sorted")
    entry["content"] = decoded(entry["payload"], dict, place, "payload")
    return entry


def checked_journal(path: Path) -> list[dict]:
    """Read and check all entries, one statement each, so that damage is blamed on its place."""
    has_log = any(log.stat().st_size for log in path.parent.glob(path.name + "-wal"))
    lone = "" if has_log or os.access(path.parent, os.W_OK) else "&immutable=1"
    entries, place = [], path.name
    try:
        database = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro{lone}", uri=True)
        database.execute(SELECT + " LIMIT 0")
        start, place = -(2**63), "entry 1"
        query = SELECT + " WHERE seq >= ? ORDER BY seq LIMIT 1"
        while row := database.execute(query, (start,)).fetchone():
            entries.append(checked_entry(row, entries[-1] if entries else None))
            start, place = len(entries) + 1, f"entry {len(entries) + 1}"
        n_rows = database.execute("SELECT count(*) FROM entries").fetchone()[0]
        require(n_rows == len(entries), place, f"of {n_rows} rows only those before can be read")
        database.close()
    except (sqlite3.Error, UnicodeDecodeError) as error:
        raise WrongError(f"{place}: cannot be read ({error})") from error
    return entries


def named(entry: dict) -> tuple[list, dict | None, list]:
    """Return the exhibits, the records and the destroyed keys that an entry names."""
    place, content = f"entry {entry['seq']}", entry["content"]
    if content.get("sealed") == "aes-256-gcm":
        require(is_id(content.get("key_id"), KEY_ID), place, "names a key_id that is none")
        return [], None, []
    seals = entry["kind"] in ("intake", "register", "judgement")
    exhibits = content.get("exhibits", []) if seals else []
    records = content.get("records") if seals or entry["kind"] == "trace" else None
    keys = content.get("keys", []) if entry["kind"] == "erasure" else []
    require(isinstance(exhibits, list) and isinstance(keys, list), place, "names no list")
    pairs = [(e, name) for e in exhibits for name in ("digest", "plain_digest")]
    pairs += [(records, name) for name in ("stored_digest", "plain_digest") if records is not None]
    for holder, name in pairs:
        digest = holder.get(name) if isinstance(holder, dict) else None
        require(is_id(digest, DIGEST), place, f"names something whose {name} is none")
    keyed = [exhibit.get("key_id", "") for exhibit in exhibits]
    every = keys + [key for key in keyed if key is not None]
    require(all(is_id(key, KEY_ID) for key in every), place, "names a key_id that is none")
    return exhibits, records, keys


def checked_file(path: Path, digest: str, place: str, unpack: str | None = None) -> None:
    """Check a sealed file's bytes, and those it unpacks to where a digest is given for them."""
    require(path.is_file(), place, "is missing")
    require(hashlib.sha256(path.read_bytes()).hexdigest() == digest, place, "was changed")
    if unpack is not None:
        try:
            plain = hashlib.sha256(gzip.decompress(path.read_bytes())).hexdigest()
        except (gzip.BadGzipFile, EOFError, zlib.error) as error:
            raise WrongError(f"{place}: is not gzip") from error
        require(plain == unpack, place, "its lines were changed")


def checked_key(root: Path, key_id: str, place: str, erased: dict[str, int]) -> None:
    """Check that a key is there, or that an entry says that it was destroyed."""
    key = b"".join(path.read_bytes() for path in (root / "keys").glob(key_id))
    is_known = (len(key) == 32 and any(key)) or key_id in erased
    require(is_known, place, f"key {key_id} is missing and was not erased")


def verify(root: Path) -> str:
    """Check a casebook and return what was checked."""
    entries = checked_journal(root / "journal.sqlite")
    names = [(entry, *named(entry)) for entry in entries]
    erased = {key: entry["seq"] for entry, _, _, keys in reversed(names) for key in keys}
    n_files = sum(len(exhibits) + (records is not None) for _, exhibits, records, _ in names)
    for entry, exhibits, records, _ in names:
        if entry["content"].get("sealed") == "aes-256-gcm":
            checked_key(root, entry["content"]["key_id"], f"entry {entry['seq']}", erased)
        for exhibit in exhibits:
            name, place = exhibit["digest"], f"exhibit {exhibit['digest']}"
            checked_file(root / "exhibits" / name[:2] / name[2:], name, place)
            if exhibit["key_id"] is None:
                require(exhibit["plain_digest"] == name, place, "plain_digest differs")
            else:
                checked_key(root, exhibit["key_id"], place, erased)
        if records is not None:
            name, plain = records["stored_digest"], records["plain_digest"]
            path = root / "records" / name[:2] / (name[2:] + ".jsonl.gz")
            checked_file(path, name, f"records {name}", plain)
            for row in map(json.loads, gzip.decompress(path.read_bytes()).splitlines()):
                if row.get("type") == "sealed":
                    checked_key(root, row["envelope"]["key_id"], f"records {name}", erased)
    head = f"head {entries[-1]['hash'] if entries else None}"
    return f"{len(entries)} entries, {n_files} files, {len(erased)} keys erased, {head}"


def main(arguments: list[str]) -> int:
    """Verify the casebook named on the command line."""
    if len(arguments) != 1 or not Path(arguments[0], "journal.sqlite").is_file():
        print("usage: python verify_casebook.py CASEBOOK (a folder with journal.sqlite)")
        return 2
    try:
        print("as recorded:", verify(Path(arguments[0])))
    except (WrongError, OSError) as error:
        print("WRONG", error)
        return 3
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
