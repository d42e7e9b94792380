"""Same data, same name."""

from __future__ import annotations

import numpy as np
import pytest

from journeyman.store.digest import canonical, digest_arrays, digest_bytes, digest_data


def test_order_of_keys_does_not_matter_and_order_of_values_does() -> None:
    assert digest_data({"a": 1, "b": [1, 2]}) == digest_data({"b": (1, 2), "a": 1})
    assert digest_data([1, 2]) != digest_data([2, 1])
    assert canonical({"ü": 0.1}) == '{"ü":0.1}'.encode()


def test_what_has_no_json_is_refused() -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        canonical(float("nan"))


def test_known_digest() -> None:
    assert digest_bytes(b"") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def test_arrays_are_told_apart_by_name_type_shape_and_cells() -> None:
    plain = np.arange(4.0)
    others = [
        {"b": plain},
        {"a": plain.astype(np.float32)},
        {"a": plain.reshape(2, 2)},
        {"a": plain[::-1]},
        {"a": np.array(["0", "1"], dtype=object)},
        {"a": np.array(["01", ""], dtype=object)},
    ]
    digests = {digest_arrays(one) for one in [{"a": plain}, *others]}
    assert len(digests) == len(others) + 1
    assert digest_arrays({"a": plain[::-1][::-1]}) == digest_arrays({"a": plain})
