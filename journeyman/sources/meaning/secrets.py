"""Cells that open something: keys of services, private keys, passwords. They are never shown."""

from __future__ import annotations

import re
from collections import Counter

from journeyman.sources.meaning.seen import Seen
from journeyman.table.finding import Finding, Remedy

#: Different texts that are looked at, from everywhere in a column, and characters of each.
_LOOKED_AT, _LONGEST = 50_000, 20_000
#: Forms that issuers of keys document, so that a leaked one can be told.
_FORMS = {
    "keys of a cloud": r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b|\bAIza[0-9A-Za-z_-]{35}\b",
    "tokens of a service": (
        r"\bgh[pousr]_[0-9A-Za-z]{36,}|\bgithub_pat_\w{30,}|\bglpat-[\w-]{20,}|\bxox[abeoprs]-[0-9A-Za-z-]{10,}"
        r"|\bsk[-_](?:live|test|proj|ant)?[-_]?[0-9A-Za-z_-]{24,}|\bnpm_[0-9A-Za-z]{36}|\bpypi-[\w-]{40,}|\bSG\.[\w-]{16,}\.[\w-]{16,}"
    ),
    "signed tokens": r"\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]*",
    "private keys": r"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY",
    "passwords in addresses": r"\b[a-z][a-z0-9+.-]{1,20}://[^\s/:@]{1,64}:[^\s/@]{3,128}@[^\s/]",
    "hashes of passwords": (
        r"\$2[abxy]\$\d\d\$[./0-9A-Za-z]{53}|\$argon2(?:id|i|d)\$|\$[156]\$[./0-9A-Za-z]{1,16}\$[./0-9A-Za-z]{22,}"
    ),
}
#: Every form holds one of these; to look for them first is many times as fast.
_MARKS = (
    *("AKIA", "ASIA", "AIza", "ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_", "glpat-", "xox", "sk-", "sk_"),
    *("npm_", "pypi-", "SG.", "eyJ", "PRIVATE KEY", "://", "$2", "$argon2", "$1$", "$5$", "$6$"),
)
_ANY = re.compile("|".join(f"(?P<form{place}>{form})" for place, form in enumerate(_FORMS.values())))
_NAMED = re.compile(
    r"(?i)(?:.*[\W_])?(?:password|passwd|passwort|passphrase|pwd|api[\W_]?key|secret|secret[\W_]?key|access[\W_]?token|"
    r"auth[\W_]?token|private[\W_]?key|client[\W_]?secret)"
)
#: What people and programs choose as a password: no blank, and no mere digit, flag or word for missing.
_CHOSEN = re.compile(r"(?=.*\D)\S{6,200}")
_FEWEST, _MOSTLY = 5, 0.8


def tell(seen: Seen) -> Finding | None:
    """What sorts of secrets a column holds, and in how many cells (``secrets``)."""
    texts = seen.texts
    if texts is None or seen.is_plain:
        return None
    step = max(1, len(texts.levels) // _LOOKED_AT)
    looked = range(0, len(texts.levels), step)
    forms = tuple(_FORMS)
    sorts: Counter[str] = Counter()
    counts = texts.counts()
    for place in looked:
        text = texts.levels[place]
        if len(text) <= 12 or not any(mark in text for mark in _MARKS):
            continue
        match = _ANY.search(text[:_LONGEST])
        if match is not None and counts[place]:
            sorts[forms[int(str(match.lastgroup)[4:])]] += int(counts[place])
    if not sorts and _NAMED.fullmatch(seen.column.name.strip()):
        some = [texts.levels[place] for place in looked if texts.levels[place]]
        chosen = sum(_CHOSEN.fullmatch(text) is not None for text in some)
        if chosen >= max(_FEWEST, _MOSTLY * len(some)):
            sorts["passwords or keys, by its name"] = int(counts.sum())
    if not sorts:
        return None
    name = seen.column.name
    listed = ", ".join(f"{sort}: {count:,}" for sort, count in sorts.most_common())
    least = "" if step == 1 else "at least "
    return Finding(
        code="secrets",
        severity="warning",
        message=f"{name!r} holds what opens something, in {least}{sum(sorts.values()):,} cells ({listed}); "
        "no page of ours shows its cells",
        columns=(name,),
        numbers=dict(sorts),
        remedy=Remedy(
            action="role",
            value="ignored",
            words="it is not used; take it out of the file, and make what it opens invalid",
        ),
    )
