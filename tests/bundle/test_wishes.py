from __future__ import annotations

import pytest

from journeyman.bundle.wishes import CHOICES, KEYS, LISTS, as_wished, require_wishes, split_wishes
from journeyman.errors import BriefError
from journeyman.table.schema import Column

NUMBER = Column(name="x", kind="number", missing=("?", "-999"))


@pytest.mark.parametrize(
    ("text", "name", "wishes"),
    [
        ("zip:kind=category", "zip", {"kind": "category"}),
        ("a:b:kind=text, role=ignored", "a:b", {"kind": "text", "role": "ignored"}),
        ("price:decimal=,,thousands=.", "price", {"decimal": ",", "thousands": "."}),
        ("when:date_format=y:m", "when", {"date_format": "y:m"}),
        ("w:other_units=g=1/1000|t=1000,unit=kg", "w", {"other_units": "g=1/1000|t=1000", "unit": "kg"}),
        ("x:missing=-1|none", "x", {"missing": "-1|none"}),
    ],
)
def test_what_is_said_is_taken_apart(text: str, name: str, wishes: dict[str, str]) -> None:
    assert split_wishes(text) == (name, wishes)


@pytest.mark.parametrize("text", ["", "zip", ":kind=text", "zip:kind", "zip:=text", "zip:kind="])
def test_what_cannot_be_taken_apart_is_nothing(text: str) -> None:
    assert split_wishes(text) is None


def test_everything_that_a_reader_obeys_can_be_said() -> None:
    found = {"name", "sure", "reason", "role_reason", "levels", "low", "high", "numeric_spelling"}
    assert set(NUMBER.as_data()) - found == set(KEYS) - {"keep"}


@pytest.mark.parametrize(
    "wishes",
    [
        *({"knid": "number"}, {"kind": "numbr"}, {"role": "x"}, {"decimal": ";"}, {"notation": "yards"}),
        *({"date_format": "d.d.y"}, {"date_formats": "iso|x"}, {"thousands": ".."}, {"other_units": "g"}),
    ],
)
def test_what_cannot_be_is_refused(wishes: dict[str, str]) -> None:
    with pytest.raises(BriefError):
        require_wishes("x", wishes)


def test_every_choice_can_be_made() -> None:
    for key, choices in CHOICES.items():
        for choice in choices:
            require_wishes("x", {key: choice})
            assert getattr(as_wished(NUMBER, {key: choice}), key) == choice


def test_what_was_said_wins() -> None:
    column = as_wished(NUMBER, {"missing": "-1|?", "unit": "kg", "other_units": "g=1/1000", "thousands": "space"})
    assert column.missing == ("?", "-999", "-1")
    assert (column.unit, column.other_units, column.thousands) == ("kg", ("g=1/1000",), " ")
    assert as_wished(NUMBER, {"keep": "-999"}).missing == ("?",)
    assert as_wished(NUMBER, {"kind": "id"}).reason == "you said so"
    assert as_wished(NUMBER, {"role": "time"}).role_reason == "you said so"
    assert as_wished(NUMBER, {}) is NUMBER
    assert all(key in KEYS for key in LISTS)
