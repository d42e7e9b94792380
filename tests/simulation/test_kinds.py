from __future__ import annotations

import pytest

from journeyman.simulation.company.part import Part
from journeyman.simulation.kinds import built, data_of, kind_named, kinds, name_of
from journeyman.simulation.laws.law import Law
from journeyman.simulation.plants.label_noise import LabelNoise
from journeyman.simulation.plants.leaks.leak import Leak
from journeyman.simulation.plants.plant import Plant


def test_the_folder_is_the_registry():
    assert list(kinds("laws", Law)) == ["counts", "linear", "no_signal", "smooth", "structural", "trees"]
    leaks = [name for name, kind in kinds("plants", Plant).items() if issubclass(kind, Leak)]
    assert len(leaks) == 9
    assert all(name.startswith("leaks.") for name in leaks)
    assert {"drift", "insight", "missing.at_random"} <= kinds("plants", Plant).keys()
    assert len(kinds("company", Part)) == 7


def test_contracts_are_no_kinds():
    for shelf, contract in (("laws", Law), ("plants", Plant), ("company", Part)):
        assert not {"law", "plant", "leaks.leak", "missing.gaps", "part", "company"} & kinds(shelf, contract).keys()


def test_a_kind_is_built_from_what_people_write():
    wanted = LabelNoise(share=0.3)
    assert built("plants", Plant, {"kind": "label_noise", "share": 0.3}) == wanted == built("plants", Plant, wanted)
    assert data_of("plants", Plant, wanted) == {"kind": "label_noise", "share": 0.3, "how": "uniform"}
    assert built("plants", Plant, "leaks.copies:weak").strength == "weak"
    assert name_of("plants", Plant, wanted) == "label_noise"


def test_near_names_are_offered_and_unknown_fields_refused():
    with pytest.raises(ValueError, match="label_noise"):
        kind_named("plants", Plant, "label_nois")
    with pytest.raises(ValueError, match="it has how, share"):
        built("plants", Plant, {"kind": "label_noise", "part": 1})
