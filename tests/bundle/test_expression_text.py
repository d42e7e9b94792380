from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journeyman.bundle.expression_text import parse_tree, spell
from journeyman.bundle.expression_tree import OPERATIONS, Cell, Node, Told, operation
from journeyman.errors import InputError

NAMES = st.sampled_from(["a", "unit price", "prediction", "min", "tick`ed", "größe", "x,y=z", "1st", "`", "( "])
LEAVES = st.one_of(
    st.floats(allow_nan=False, allow_infinity=False),
    NAMES.map(Cell),
    st.sampled_from([Told("prediction"), Told("actual")]),
)


def grown(parts: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    return st.one_of(
        *[
            st.tuples(*[parts] * count).map(lambda given, name=name: operation(name, *given))
            for name, (count, *_) in OPERATIONS.items()
        ]
    )


TREES = st.recursive(LEAVES, grown, max_leaves=12)


@settings(max_examples=300, deadline=None)
@given(TREES)
def test_one_spelling_means_one_tree(tree: Node) -> None:
    text = spell(tree)
    assert parse_tree(text) == tree
    assert spell(parse_tree(f"  ({text} ) ")) == text


@settings(max_examples=300, deadline=None)
@given(st.text("ab1.e+-*/(),` prediction", max_size=30))
def test_any_text_is_read_or_refused_with_a_remedy(text: str) -> None:
    tree, refused = None, None
    try:
        tree = parse_tree(text)
    except InputError as error:
        refused = error
    assert refused is None or (refused.because and refused.remedy)
    assert tree is None or parse_tree(spell(tree)) == tree


@pytest.mark.parametrize(
    ("text", "spelling"),
    [
        ("amount-12", "amount - 12"), ("a-b-c", "a - b - c"), ("a-(b-c)", "a - (b - c)"), ("a/(b*c)", "a / (b * c)"),
        ("(a+b)*-c", "(a + b) * -c"), ("-(a+b)", "-(a + b)"), ("--a", "--a"), ("- - 5", "5"), ("1e3*.5", "1000 * 0.5"),
        ("min( a,max(b ,1) )", "min(a, max(b, 1))"), ("`plain`", "plain"), ("`actual`-actual", "`actual` - actual"),
        ("min - 1", "`min` - 1"), ("`a``b`", "`a``b`"), ("\ta\n", "a"),
    ],
)  # fmt: skip
def test_what_people_write_has_one_spelling(text: str, spelling: str) -> None:
    assert spell(parse_tree(text)) == spelling


@pytest.mark.parametrize(
    ("text", "because"),
    [
        ("", "empty"), ("   ", "empty"), ("a +", "ends at character 4"), ("a b", "'b' is not expected at character 3"),
        ("(a", "')' is missing at character 3"), ("a)", "not expected at character 2"), ("min(a)", "',' is missing"),
        ("min(a, b, c)", "')' is missing"), ("eval(a)", "no function 'eval'"), ("a.b", "'.' at character 2"),
        ("a ** 2", "'*' stands at character 4"), ("a $ b", "'$' at character 3"), ("`a", "character 1"),
        ("``", "character 1"),
        ("1e999", "finite"), ("a; b", "';'"), ("a == b", "'='"), ("[a]", "'['"), ("lambda: 1", "':'"),
        ("a if b", "'if'"),
        ("+a", "'+' stands at character 1"), ("2a", "'a' is not expected at character 2"),
        ("((" * 40 + "a" + "))" * 40, "deep"),
        ("-" * 100 + "a", "deep"), ("+".join("a" * 70), "deep"), ("a+" * 5000 + "a", "too long"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_says_where(text: str, because: str) -> None:
    with pytest.raises(InputError) as refused:
        parse_tree(text)
    assert because in refused.value.because
    assert len(str(refused.value)) < 400
