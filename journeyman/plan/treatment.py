"""Plans that treat the training data of an inner plan, each of which has a twin without the treatment."""

from __future__ import annotations

from journeyman.plan.cleaned import Cleaned
from journeyman.plan.recent import Recent
from journeyman.plan.repaired import Repaired

#: Fewer rows, or columns repaired: kept only for a gain beyond noise over the inner plan as it is.
Treatment = Recent | Cleaned | Repaired
#: With fewer scored rows no gain of a treatment would be beyond noise.
FEWEST_SCORED = 500
