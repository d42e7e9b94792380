from __future__ import annotations

from journeyman.learners.learner import Learner, answer_names
from journeyman.plan import needs
from journeyman.plan.shelf import steps


def test_every_learner_names_its_answers_alike() -> None:
    assert answer_names(3) == ("answer.0", "answer.1", "answer.2")


def test_every_learner_on_the_shelf_proposes_forms_of_itself_with_known_needs() -> None:
    kinds = [kind for kind in steps("learners") if issubclass(kind, Learner)]
    assert len(kinds) >= 4
    for kind in kinds:
        forms = list(kind.candidates(task="binary", rows=1000, columns=10, classes=2, seed=3))
        assert forms, kind
        for form in forms:
            assert isinstance(form.learner, kind)
            assert set(form.needs) <= set(needs.ORDER)
            assert form.seconds_per_million > 0
