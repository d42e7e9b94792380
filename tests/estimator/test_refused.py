from __future__ import annotations

import pickle

import pytest

from journeyman.errors import BriefError, InputError, ResourceError
from journeyman.estimator.refused import Refused, refusing


def test_input_errors_become_value_errors_with_all_their_parts() -> None:
    with pytest.raises(ValueError, match=r"it is so, because of that\. Try: this\.") as caught, refusing():
        raise BriefError("it is so", because="of that", remedy="this", code="groups")
    assert isinstance(caught.value, InputError)
    assert caught.value.as_data() == {"error": "it is so", "because": "of that", "try": "this", "code": "groups"}


def test_the_surroundings_are_no_value_error() -> None:
    with pytest.raises(ResourceError), refusing():
        raise ResourceError("the disk is full", remedy="free some space")


def test_it_travels_between_processes() -> None:
    error = Refused("it is so", because="of that", remedy="this", code="groups")
    again = pickle.loads(pickle.dumps(error))
    assert (str(again), again.code) == (str(error), "groups")
