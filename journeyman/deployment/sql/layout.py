"""Which terms become columns of a step: those used more than once, and those too deep; each behind its parts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from journeyman.deployment.sql.dialect import Dialect, Step
from journeyman.deployment.sql.reading import PLACE
from journeyman.deployment.sql.term import Term, too_large
from journeyman.deployment.sql.text import Texts

#: What is shorter than this, in characters, is written again where it is used again; a test within trees may be longer.
_CHEAP, _CHEAP_TEST = 30, 100
#: A sum that is longer than this is a column of its own: databases take long for long expressions.
_LONG = 1_500
#: About how long a reference to a column is, a literal, and what an operator adds.
_REFERENCE, _LITERAL, _AROUND, _CASE = 10, 12, 6, 26
_ROUNDS = 3
#: The longest statement, in characters.
MOST_TEXT = 2_000_000


def laid_out(
    answers: Sequence[tuple[str, Term]], dialect: Dialect, cells: Sequence[str], prefix: str
) -> tuple[list[Step], list[tuple[str, str]]]:
    """The steps, and the SQL of each answer over their columns.

    Parameters
    ----------
    cells : what stands for each cell in the table
    prefix : of the names of the columns that are made; no column of the table begins so

    Raises
    ------
    InputError : the text is too long, or a step too wide
    """
    terms = _reachable([term for _, term in answers])
    named = _named(terms, [term for _, term in answers], dialect)
    levels = _levels(terms, named)
    made: list[list[Term]] = [[] for _ in range(max(levels.values(), default=0))]
    for term in terms:
        if term.number in named:
            made[levels[term.number] - 1].append(term)
    last_use = _last_uses(terms, named, levels, [term for _, term in answers], len(made))
    texts = Texts(dialect, cells)
    steps, count, length = [], 0, 0
    kept: list[tuple[str, int]] = []
    for place, some in enumerate(made, 1):
        columns = []
        for at, term in enumerate(some, count + 1):
            columns.append((f"{prefix}{at}", texts.definition(term)))
            length += len(columns[-1][1])
            if length > MOST_TEXT:
                raise too_large(f"it takes more than {MOST_TEXT:,} characters")
        for (name, _), term in zip(columns, some, strict=True):
            texts.names[term.number] = dialect.reference(place, name)
        count += len(some)
        kept = [(name, last) for name, last in kept if last > place]
        kept += [(name, last_use[term.number]) for (name, _), term in zip(columns, some, strict=True)]
        width = count if dialect.keeps_all else len(kept)
        if width > dialect.most_columns:
            raise too_large(f"it has steps of {width:,} columns, and {dialect.name} holds {dialect.most_columns:,}")
        steps.append(Step(tuple(columns), tuple(name for name, _ in kept)))
    return steps, [(name, texts.alone(term)) for name, term in answers]


def _reachable(roots: Sequence[Term]) -> list[Term]:
    """All terms that others are made of, parts first."""
    found: dict[int, Term] = {}
    open_terms = list(roots)
    while open_terms:
        term = open_terms.pop()
        if term.number not in found:
            found[term.number] = term
            open_terms += term.parts
    return [found[number] for number in sorted(found)]


def _times(term: Term) -> int:
    """How often a term writes each of its parts."""
    if term.operator == "clip":
        return 3 if term.parts[0].bounds.missing else 1
    if term.operator in ("least", "most"):
        return 4 if term.bounds.missing else 1
    if term.operator == "made":
        return int(term.data.count(PLACE))
    if term.operator == "as_whole":
        return 1 if term.parts[0].bounds.low >= 0 else 3
    return 1


def _cost(term: Term, costs: Mapping[int, int]) -> int:
    """About how many characters a term takes."""
    name = term.operator
    if name in ("constant", "cell"):
        return _LITERAL if name == "constant" else _REFERENCE
    own = {"where": _CASE, "lookup": _CASE, "made": 0, "sum": 0}.get(name, _AROUND)
    own += len(term.data) if name == "made" else 0
    own += _CASE * len(term.data.keys) if name == "lookup" else 0
    own += (_CASE + 2 * _LITERAL) * (_times(term) > 1) if name == "clip" else 0
    return min(own + sum(costs[part.number] + 3 for part in term.parts) * _times(term), 1 << 40)


def _named(terms: Sequence[Term], roots: Sequence[Term], dialect: Dialect) -> set[int]:
    """The numbers of the terms that get a column."""
    named: set[int] = set()
    for _ in range(_ROUNDS):  # what stands for a column is short, and so is what is made of it
        named = _dear(terms, roots, named)
    depths: dict[int, int] = {}
    for term in terms:
        deepest = _depth(term, depths, named)
        if deepest > dialect.most_depth:
            named |= {part.number for part in term.parts if depths[part.number] > dialect.most_depth // 2}
            deepest = _depth(term, depths, named)
        depths[term.number] = deepest
    return named


def _dear(terms: Sequence[Term], roots: Sequence[Term], named: set[int]) -> set[int]:
    """The terms that are too long to be written more than once, where some have a column already."""
    costs: dict[int, int] = {}
    seen: dict[int, int] = {}
    for term in terms:
        costs[term.number] = _cost(term, seen)
        seen[term.number] = _REFERENCE if term.number in named else costs[term.number]
    uses = dict.fromkeys(costs, 0)
    for root in roots:
        uses[root.number] += 1
    found: set[int] = set()
    for term in reversed(terms):
        # Tests within trees are asked only where the way leads by: they stay where they are.
        is_test = term.kind == "flag" and costs[term.number] <= _CHEAP_TEST
        is_dear = costs[term.number] > _CHEAP and not is_test and uses[term.number] > 1
        is_long = term.operator == "sum" and costs[term.number] > _LONG
        if term.operator == "cell" or is_dear or is_long:
            found.add(term.number)
        times = 1 if term.number in found else min(uses[term.number], 1 << 30)
        for part in term.parts:
            uses[part.number] += times * _times(term)
    return found


def _depth(term: Term, depths: Mapping[int, int], named: set[int]) -> int:
    """How deep the text of a term nests, in marks that a parser has to remember."""
    if not term.parts:
        return 1
    below = [1 if part.number in named else depths[part.number] for part in term.parts]
    if term.operator == "where":
        # Trees are cut by the number of their CASEs; what stands in their tests is not.
        inside = [
            min(deep, 1) if part.operator in ("where", "constant") else deep
            for part, deep in zip(term.parts, below, strict=True)
        ]
        return 6 + max(inside)
    return (4 if term.operator == "lookup" else 2 * _times(term)) + max(below)


def _levels(terms: Sequence[Term], named: set[int]) -> dict[int, int]:
    """The step of each named term, from 1 on; of any other the last step that it uses."""
    levels: dict[int, int] = {}
    for term in terms:
        last = max((levels[part.number] for part in term.parts), default=0)
        levels[term.number] = last + 1 if term.number in named else last
    return levels


def _last_uses(
    terms: Sequence[Term], named: set[int], levels: Mapping[int, int], roots: Sequence[Term], steps: int
) -> dict[int, int]:
    """The last step that uses each named term; behind all of them for what the answers use."""
    last: dict[int, int] = dict.fromkeys((term.number for term in terms), 0)
    for root in roots:
        last[root.number] = steps + 1
    for term in reversed(terms):
        used = levels[term.number] if term.number in named else last[term.number]
        for part in term.parts:
            last[part.number] = max(last[part.number], used)
    return last
