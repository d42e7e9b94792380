"""The scikit-learn face: `JourneymanClassifier` and `JourneymanRegressor` keep scikit-learn's contract.

    from journeyman.estimator import JourneymanClassifier

    model = JourneymanClassifier(time="1m").fit(X, y)
    model.predict_proba(rows), model.evaluation_, model.leaderboard_
    model.save("churn-model")  # a bundle, as `journeyman.load` opens it

``X`` is an array, a list of lists, or a frame of any library that narwhals knows; words, dates and missing cells are
read as `journeyman.build` reads them. scikit-learn is imported here, and this room only where it is asked for.

>>> model = JourneymanRegressor(trials=1, workers=0).fit([[n, n % 3] for n in range(40)], range(40))
>>> bool(abs(model.predict([[20, 2]])[0] - 20) < 2)
True
"""

from journeyman.estimator.classifier import JourneymanClassifier
from journeyman.estimator.regressor import JourneymanRegressor

__all__ = ["JourneymanClassifier", "JourneymanRegressor"]
