"""Nothing tells a shuffled target: whatever is found in it was learnt by heart, or chosen by luck."""

from __future__ import annotations

from collections.abc import Iterable

from journeyman.selftests.bench import Bench, Built
from journeyman.selftests.outcome import Seen
from journeyman.selftests.subject import Subject
from journeyman.simulation.world import World

MUST_NOT = "find anything where the target was shuffled: no verdict to deploy, no gain whose interval is above 0"
SHUFFLES = 5
#: A build may be wrong about a table without signal in one of twenty; three or more of five are then one of 860. (Of
#: 80 such builds none was.)
MOST_FOUND = 2
_ROWS = 300


def ours(bench: Bench) -> Seen:
    """Tables with a clear signal, of classes and of numbers by turns, shuffled."""
    found = []
    for number in range(SHUFFLES):
        seed = bench.seed + number
        world = World(rows=_ROWS, seed=seed, strength=2.0, task="regression" if number % 2 else "binary")
        bench.say(f"shuffle {number + 1} of {SHUFFLES}")
        found.append(bench.build(Subject.of_world(world).shuffled(seed)))
    return judged(found)


def yours(bench: Bench, subject: Subject) -> Seen:
    """The user's table, shuffled several times."""
    found = []
    for number in range(SHUFFLES):
        bench.say(f"shuffle {number + 1} of {SHUFFLES}")
        found.append(bench.build(subject.shuffled(bench.seed + number)))
    return judged(found)


def judged(builds: Iterable[Built]) -> Seen:
    """What is to be said of builds on shuffled targets."""
    evaluations = [(one.verdict.decision, one.shipped.evaluation) for one in builds]
    told = [(decision, one) for decision, one in evaluations if not one.too_few]
    if len(told) < SHUFFLES:
        reason = next(one.too_few_reason for _, one in evaluations if one.too_few)
        return Seen(None, f"it says itself that there are too few rows: {reason}")
    deployed = sum(decision == "deploy" for decision, _ in told)
    above = sum(one.gain.low > 0 for _, one in told)
    found = sum(decision == "deploy" or one.gain.low > 0 for decision, one in told)
    highest = max(one.gain_probability for _, one in told)
    text = f"deploy in {deployed} of {SHUFFLES} shuffles, an interval of the gain above 0 in {above}"
    by_chance = "; by chance one or two may be" if 0 < found <= MOST_FOUND else ""
    numbers = {"shuffles": SHUFFLES, "deploy": deployed, "above_0": above, "highest_probability": round(highest, 3)}
    return Seen(found <= MOST_FOUND, text + by_chance, numbers)
