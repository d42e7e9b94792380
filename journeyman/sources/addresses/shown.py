"""Addresses as they may be shown: without what is secret in them. Needs nothing heavy, so every face can use it."""

from __future__ import annotations

import re
from pathlib import Path

HIDDEN = "***"
_ADDRESS = re.compile(r"\s*(?P<scheme>[a-zA-Z][a-zA-Z0-9+.-]+):(?P<rest>[/\\]+.*)", re.DOTALL)
#: A host and its port, and options behind them: an @ further on is no end of a password.
_PORT = re.compile(r"[^@/?:]*:[0-9]*/[^?]*\?")
_DATABASES = ("postgresql", "postgres")


def scheme_of(text: str) -> str:
    """The scheme of an address in lower case; nothing where the text is none.

    >>> scheme_of("HTTPS://example.org/a.csv"), scheme_of("file:/etc/passwd"), scheme_of("data/a.csv")
    ('https', 'file', '')
    """
    found = _ADDRESS.match(text)
    return found["scheme"].lower() if found else ""


def shown(source: object) -> str:
    r"""A source as it may be shown and stored: an address without its password and, but for databases, its query.

    >>> shown("postgresql://ada:s3cret@db.example.org/shop?sslmode=require")
    'postgresql://ada@db.example.org/shop?sslmode=require'
    >>> shown("https://example.org/a.csv?token=s3cret"), shown("churn.csv")
    ('https://example.org/a.csv?***', 'churn.csv')
    """
    text = str(source)
    found = _ADDRESS.match(text)
    if found is None:
        return text
    scheme, rest = found["scheme"].lower(), found["rest"]
    slashes = rest[: len(rest) - len(rest.lstrip("/\\"))]
    rest = rest[len(slashes) :]
    rest = _without_password(rest, scheme in _DATABASES)
    place, mark, query = rest.partition("?")
    if mark and scheme in _DATABASES:
        kept = [one if _is_open(one) else f"{one.partition('=')[0]}={HIDDEN}" for one in query.split("&")]
        rest = f"{place}?{'&'.join(kept)}"
    elif mark:
        rest = f"{place}?{HIDDEN}"
    return f"{scheme}:{slashes}{rest}"


def called(source: object) -> str:
    """What a source may be called before it is read: the stem of a file, the last part of an address.

    >>> called("data/churn.csv.gz"), called("postgresql://ada:x@host/shop"), called("https://a.org/c.csv?x=1")
    ('churn.csv', 'shop', 'c')
    """
    text = str(source)
    if not scheme_of(text):
        return Path(text.partition("#")[0]).stem or "table"
    place = shown(text).partition("?")[0].partition("#")[0].rstrip("/\\")
    last = re.split(r"[/\\]", place)[-1].rpartition("@")[2]
    return last.partition(".")[0].partition(":")[0] or "table"


def _without_password(rest: str, is_database: bool) -> str:
    if is_database:
        # People forget to escape what a password holds, so it ends at the last @ there is.
        user, at, place = rest.rpartition("@")
        is_secret = bool(at) and ":" in user and not _PORT.match(user)
        return f"{user.partition(':')[0]}@{place}" if is_secret else rest
    authority = re.split(r"[/?#\\\\]", rest)[0]
    # What stands before the @ may be a token, too.
    return rest[authority.rfind("@") + 1 :] if "@" in authority else rest


def _is_open(option: str) -> bool:
    """Whether an option of a database's address holds nothing secret."""
    name = option.partition("=")[0].lower()
    return not ("pass" in name or "secret" in name or "token" in name or "%" in name)
