"""Journeyman: the machine learning engineer you can install.

    import journeyman as jm
    run = jm.build("churn.csv", predict="Churn", time="2m")
    model = jm.load("runs/churn-1")
    model.predict(rows)

Names load on first use, so importing the package costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

__version__ = "0.1.0"

if TYPE_CHECKING:
    from journeyman.automation.automation import Automation
    from journeyman.bundle.model import Model, load
    from journeyman.bundle.predictions import Predictions
    from journeyman.deployment.promote import promote
    from journeyman.deployment.rollback import rollback
    from journeyman.deployment.sign import sign
    from journeyman.insights.explored import Explored
    from journeyman.insights.insight import Insight
    from journeyman.job.audit import audit
    from journeyman.job.automate import automate
    from journeyman.job.build import build
    from journeyman.job.explore import explore
    from journeyman.job.monitor import monitor
    from journeyman.job.retrain import Retrained, retrain
    from journeyman.job.run import Run
    from journeyman.monitoring.monitored import Monitored
    from journeyman.selftests.outcome import Selftest
    from journeyman.selftests.selftest import selftest
    from journeyman.sources.read import read
    from journeyman.verification.verification import Verification
    from journeyman.verification.verify import verify

#: Public name → the module that holds it.
_HOMES = {
    "rollback": "journeyman.deployment.rollback",
    "promote": "journeyman.deployment.promote",
    "sign": "journeyman.deployment.sign",
    "Retrained": "journeyman.job.retrain",
    "retrain": "journeyman.job.retrain",
    "Monitored": "journeyman.monitoring.monitored",
    "monitor": "journeyman.job.monitor",
    "build": "journeyman.job.build",
    "Run": "journeyman.job.run",
    "load": "journeyman.bundle.model",
    "Model": "journeyman.bundle.model",
    "Predictions": "journeyman.bundle.predictions",
    "audit": "journeyman.job.audit",
    "automate": "journeyman.job.automate",
    "Automation": "journeyman.automation.automation",
    "explore": "journeyman.job.explore",
    "Explored": "journeyman.insights.explored",
    "Insight": "journeyman.insights.insight",
    "read": "journeyman.sources.read",
    "selftest": "journeyman.selftests.selftest",
    "Selftest": "journeyman.selftests.outcome",
    "verify": "journeyman.verification.verify",
    "Verification": "journeyman.verification.verification",
}

__all__ = [
    "Automation",
    "Explored",
    "Insight",
    "Model",
    "Monitored",
    "Predictions",
    "Retrained",
    "Run",
    "Selftest",
    "Verification",
    "__version__",
    "audit",
    "automate",
    "build",
    "explore",
    "load",
    "monitor",
    "promote",
    "read",
    "retrain",
    "rollback",
    "selftest",
    "sign",
    "verify",
]


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module 'journeyman' has no attribute {name!r}")
    from importlib import import_module

    try:
        return getattr(import_module(_HOMES[name]), name)
    except ModuleNotFoundError as missing:
        if not missing.name or not _HOMES[name].startswith(missing.name):
            raise
        # What only serves holds some rooms and not the others.
        told = f"journeyman.{name} is not installed here: this is the part that serves (pip install journeyman)"
        raise AttributeError(told) from missing


def __dir__() -> list[str]:
    return sorted(__all__)
