from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pytest

from journeyman.brief.aim import find_aim
from journeyman.brief.brief import Brief
from journeyman.errors import BriefError, InputError
from journeyman.table.table import Table

Make = Callable[..., Table]


def aim_of(table_of: Make, cells: Sequence[Any], **options: Any) -> Any:
    table = table_of({"x": np.arange(len(cells)), "y": cells})
    return find_aim(table, Brief(predict="y", **options))


def test_two_words_are_a_binary_target_whose_positive_class_is_found_by_its_name(table_of: Make) -> None:
    aim = aim_of(table_of, ["Yes"] * 30 + ["No"] * 10)
    assert (aim.task, aim.classes, aim.positive, aim.metric) == ("binary", ("No", "Yes"), "Yes", "log_loss")
    assert "'Yes' is the positive" in aim.reason


def test_without_a_telling_name_the_rarer_class_is_positive(table_of: Make) -> None:
    assert aim_of(table_of, ["cat"] * 9 + ["dog"] * 20).classes == ("dog", "cat")
    assert aim_of(table_of, ["cat"] * 10 + ["dog"] * 10).classes == ("cat", "dog")
    assert aim_of(table_of, ["dog"] * 10 + ["cat"] * 10).classes == ("cat", "dog")


def test_the_brief_names_the_positive_class(table_of: Make) -> None:
    assert aim_of(table_of, ["yes", "no"] * 10, positive="NO").classes == ("yes", "no")
    assert aim_of(table_of, [0, 1] * 10, positive="0.0").classes == ("1", "0")
    with pytest.raises(BriefError, match="no class"):
        aim_of(table_of, ["yes", "no"] * 10, positive="maybe")


def test_numbers_with_two_values_are_binary_and_one_is_positive(table_of: Make) -> None:
    aim = aim_of(table_of, [0, 1, 1, 1] * 5)
    assert (aim.task, aim.classes) == ("binary", ("0", "1"))
    assert aim_of(table_of, [0.5, 2.0] * 10).classes == ("0.5", "2")


def test_small_whole_numbers_keep_their_order(table_of: Make) -> None:
    aim = aim_of(table_of, [3, 4, 5, 6, 7, 8, 9] * 4)
    assert (aim.task, aim.classes, aim.metric) == ("regression", (), "rmse")
    assert "order" in aim.reason
    assert "3 to 9" in aim.reason


def test_the_brief_may_ask_for_classes(table_of: Make) -> None:
    aim = aim_of(table_of, [3, 3, 3, 5, 5, 10, 10, 10, 10, 5, 5, 5], task="multiclass")
    assert (aim.task, aim.classes, aim.positive) == ("multiclass", ("5", "10", "3"), "")
    assert aim_of(table_of, [1, 2] * 8, task="multiclass").task == "binary"
    assert aim_of(table_of, [1, 2] * 8, task="regression").task == "regression"


def test_a_metric_of_classes_asks_for_classes(table_of: Make) -> None:
    aim = aim_of(table_of, [3, 3, 3, 5, 5, 10, 10, 10, 10, 5, 5, 5], metric="log_loss")
    assert (aim.task, aim.classes, aim.metric) == ("multiclass", ("5", "10", "3"), "log_loss")
    assert "judges classes" in aim.reason
    assert aim_of(table_of, [3, 4, 5, 6] * 4, metric="mae").task == "regression"
    # Amounts are no classes, whatever the metric.
    for amounts in (list(range(500)), [0.25, 0.5, 1.75] * 5):
        with pytest.raises(BriefError, match="does not fit a regression"):
            aim_of(table_of, amounts, metric="log_loss")


def test_values_are_places_in_the_classes_and_nan_where_there_is_none(table_of: Make) -> None:
    table = table_of({"x": range(14), "y": ["no", None, "yes", "typo"] + ["no", "yes"] * 5})
    aim = find_aim(table, Brief(predict="y"))
    assert aim.classes == ("no", "yes")
    values = aim.values(table)
    assert values[[0, 2, 4, 5]].tolist() == [0, 1, 0, 1]
    assert np.isnan(values[[1, 3]]).all()


def test_a_level_without_rows_is_no_class(table_of: Make) -> None:
    table = table_of({"x": range(30), "y": ["a", "b", "c"] * 10}).take(np.array([0, 1, 3, 4, 6, 7, 9, 10, 12, 13]))
    assert find_aim(table, Brief(predict="y")).classes == ("a", "b")


@pytest.mark.parametrize(
    ("cells", "options", "code", "words"),
    [
        (["yes"] * 20, {}, "one_class", "'yes'"),
        (["no"] * 30 + ["yes"], {}, "class_too_small", "1 row"),
        ([f"C{place}" for place in range(30)], {}, "target_is_id", "unique"),
        ([7.0] * 20, {}, "target_constant", "7"),
        ([7.0] * 20, {"task": "regression"}, "target_constant", "7"),
        (np.array(["2024-01-01"] * 20, "M8[D]"), {}, "target_type", "date"),
        ([1, 2, 3], {}, "too_few_rows", "3 rows"),
        ([1] + [None] * 30, {}, "too_few_rows", "1 row "),
        (["a", "b", "c"] * 9, {"task": "regression"}, "target_type", "words"),
        (["a", "b", "c"] * 9, {"task": "binary"}, "", "3 classes"),
        (list(range(30)), {"task": "multiclass"}, "target_is_id", "unique"),
        (list(range(30)), {"positive": "3"}, "", "--positive"),
        (list(range(30)), {"gain": {"act": {"true": 1.0}}}, "", "no classes"),
        (list(range(30)), {"metric": "roc_auc"}, "", "does not fit"),
        (["a", "b"] * 9, {"metric": "nonsense"}, "", "no metric"),
        (["a", "b"] * 9, {"gain": {"act": {"c": 1.0}}}, "", "no class"),
        (["a", "b"] * 9, {"entity": "who"}, "column_missing", "who"),
        (["a", "b"] * 9, {"ignore": ("X",)}, "column_missing", "'x'"),
    ],
)
def test_a_target_that_cannot_be_predicted_is_refused(
    table_of: Make, cells: Sequence[Any], options: dict[str, Any], code: str, words: str
) -> None:
    with pytest.raises(BriefError) as refused:
        aim_of(table_of, cells, **options)
    assert refused.value.code == code
    assert words in str(refused.value)
    assert refused.value.remedy


def test_a_column_that_is_not_there_is_told_its_neighbours(table_of: Make) -> None:
    with pytest.raises(InputError, match="did you mean 'Churn'"):
        find_aim(table_of({"Churn": [1, 2] * 10}), Brief(predict="churm"))


def test_none_is_no_column_that_is_missing(table_of: Make) -> None:
    assert aim_of(table_of, ["a", "b"] * 9, when="none", entity="none").task == "binary"


def test_a_gain_reads_columns_of_numbers_and_flags_that_are_there(table_of: Make) -> None:
    table = table_of(
        {"amount": np.arange(20.0), "vip": [True, False] * 10, "note": ["a", "b"] * 10, "y": ["no", "yes"] * 10}
    )

    def aim(expression: str, **options: Any) -> Any:
        gain = {"act": {"true": expression, "false": -5.0}}
        return find_aim(table, Brief(predict="y", gain=gain, **options))

    assert aim("amount * vip - 12").classes == ("no", "yes")
    for expression, words, code in (
        ("amuont", "did you mean 'amount'", "column_missing"),
        ("note", "kind category.*--column note:kind=number", ""),
        ("y", "nobody knows it when deciding", ""),
        ("actual", "number is predicted", ""),
    ):
        with pytest.raises(BriefError, match=words) as refused:
            aim(expression)
        assert refused.value.code == code
    assert aim("amount", current="note").task == "binary"
    with pytest.raises(BriefError, match="did you mean 'note'"):
        aim("amount", current="nota")


def test_a_gain_for_numbers(table_of: Make) -> None:
    table = table_of({"fee": np.arange(20.0), "y": np.arange(20.0) * 7.5})
    gain = {"buy": {"any": "actual - prediction / 2 - fee"}}
    assert find_aim(table, Brief(predict="y", gain=gain)).task == "regression"
    with pytest.raises(BriefError, match="write actual"):
        find_aim(table, Brief(predict="y", gain={"buy": {"any": "y"}}))
