from __future__ import annotations

from journeyman.learners.learner import Learner, Problem, answer_names
from journeyman.plan import needs
from journeyman.plan.shelf import steps


def test_every_learner_names_its_answers_alike() -> None:
    assert answer_names(3) == ("answer.0", "answer.1", "answer.2")


def test_every_learner_on_the_shelf_proposes_forms_of_itself_with_known_needs() -> None:
    kinds = [kind for kind in steps("learners") if issubclass(kind, Learner)]
    assert len(kinds) >= 4
    for kind in kinds:
        forms = list(kind.candidates(Problem(task="binary", rows=1000, numbers=7, words=3, classes=2, seed=3)))
        assert bool(forms) == kind.is_there(), kind
        for form in forms:
            assert isinstance(form.learner, kind)
            assert set(form.needs) <= set(needs.ORDER)
            assert form.seconds_per_million > 0


def test_a_learner_whose_library_is_not_installed_is_not_there() -> None:
    class Elsewhere(Learner):
        library = "a_library_that_nobody_has"

    class Here(Learner):
        library = "json"

    assert not Elsewhere.is_there()
    assert Here.is_there()
    assert Learner.is_there()
