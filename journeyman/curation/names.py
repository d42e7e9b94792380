"""What the name of a column says: that it is a time, a clock, a fact about something, or who a row is about."""

from __future__ import annotations

import re

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[^\W\d_A-Za-z]+")
_YEAR = frozenset({"year", "yr", "jahr"})
_MONTH = frozenset({"month", "mnth", "mo", "mon", "monat"})
_DAY = frozenset({"day", "dy", "tag", "dom"})
_HOUR = frozenset({"hour", "hr", "hh", "stunde"})
#: Hands of a clock: they go round, so alone they are no time.
_CLOCK = _MONTH | _DAY | _HOUR | {"minute", "min", "weekday", "dow", "week", "wk", "period", "quarter", "season"}
#: Words for a moment, alone or at the end of a word ("dteday", "datetime").
_MOMENT = ("date", "time", "day", "datum", "stamp", "epoch", "when", "moment", "zeit", "created")
_EVENT = frozenset(
    word
    for line in (
        "arrival departure appointment booking order purchase sale transaction event visit admission screening report",
        "reported recorded observation flight trip pickup incident accident crash delivery invoice shipment call",
        "utc local gmt unix of the at on num index ts",
    )
    for word in line.split()
)
#: Dates of what a row is about, which say when it began, was last touched, or ended: no times of decision.
_ABOUT = frozenset(
    word
    for line in (
        "birth dob born birthday bday built build blt constructed construction remod remodeled renovated hire hired",
        "last latest first since opened founded established expiry expires expiration due review reviewed inspection",
        "approval approved updated modified death died registered registration registr signup enrolled license licence",
        "manufacture manufactured model veh vehicle end ended closed resolved paid returned finished until target",
        "renewal maturity graduation joined insp warranty",
    )
    for word in line.split()
)
_NUMBER = frozenset({"number", "num", "no", "nr", "code"})
#: Whom or what several rows may be about.
_SUBJECT = frozenset(
    word
    for line in (
        "person people patient customer client user member subject student pupil employee worker player driver",
        "family account host provider hospital clinic case individual respondent participant donor owner tenant",
        "applicant contract policy animal horse cow device machine sensor turbine engine building property session",
        "household borrower",
    )
    for word in line.split()
)
#: Kinds and places: many rows are of each, and new rows are of known ones as a rule.
_KIND = frozenset(
    word
    for line in (
        "model make brand type kind class category subcategory genre style variety species breed colour color format",
        "product sku ingredient drug medicine diagnosis disease procedure occupation role airline airport carrier",
        "country nation state province region county district city town village suburb neighbourhood neighborhood",
        "postcode zip zipcode zone language currency",
    )
    for word in line.split()
)
#: Names that end so are of amounts, which name nobody, however many other columns go with them.
_AMOUNT = frozenset(
    word
    for line in (
        "weight height width length size price cost amount area volume speed distance rate score value income",
        "salary",
    )
    for word in line.split()
)


def words_of(name: str) -> tuple[str, ...]:
    """The words of a name in lower case.

    >>> words_of("PatientId"), words_of("time_hour")
    (('patient', 'id'), ('time', 'hour'))
    """
    return tuple(word.lower() for word in _WORD.findall(name))


def part_of_date(name: str) -> tuple[str, tuple[str, ...]]:
    """Which part of a date a name says ("year", "month", "day", "hour" or nothing), and its other words.

    >>> part_of_date("arrival_date_year")
    ('year', ('arrival', 'date'))
    """
    words = words_of(name)
    for part, known in (("year", _YEAR), ("month", _MONTH), ("hour", _HOUR), ("day", _DAY)):
        said = [word for word in words if word in known]
        if len(said) == 1:
            return part, tuple(word for word in words if word not in known)
    return "", words


def says_moment(name: str) -> bool:
    """Whether a name speaks of a moment, and not of a fact about something."""
    return not says_about(name) and any(_is_moment(word) or word in _EVENT for word in words_of(name))


def says_only_time(name: str) -> bool:
    """Whether every word of a name speaks of time.

    >>> says_only_time("year"), says_only_time("Yr Sold"), says_only_time("YearsAtCompany")
    (True, False, False)
    """
    words = words_of(name)
    return bool(words) and all(_is_time(word) for word in words) and not all(word in _EVENT for word in words)


def says_year(name: str) -> bool:
    """Whether a word of the name is a year, or begins or ends with it."""
    return any(word in _YEAR or word.startswith("year") or word.endswith("year") for word in words_of(name))


def says_about(name: str) -> bool:
    """Whether a name is that of a fact about something: when it was born, built, last seen, or over."""
    return bool(_ABOUT.intersection(words_of(name)))


def says_clock(name: str) -> bool:
    """Whether a name is that of a hand of a clock or calendar."""
    words = words_of(name)
    return bool(words) and words[-1] in _CLOCK and len(words) <= 2


def says_subject(name: str) -> bool:
    """Whether a name is that of an id that several rows may share, or of whom they are about.

    >>> [says_subject(name) for name in ("caseid", "subject#", "hospital_number", "name", "house_number", "paid")]
    [True, True, True, True, False, False]
    """
    words = words_of(name)
    if not words:
        return False
    last = words[-1]
    before = words[-2] if len(words) > 1 else ""
    if last in {"id", "ids", "uuid", "guid", "key"} or last in _SUBJECT or "#" in name or words == ("name",):
        return True
    if last in _NUMBER and before in (_SUBJECT | {"id"}):
        return True
    return (last.endswith("id") and last[:-2] in _SUBJECT) or (last.startswith("id") and last[2:] in _NUMBER)


def says_amount(name: str) -> bool:
    """Whether a name ends as that of an amount does.

    >>> says_amount("curb_weight"), says_amount("account")
    (True, False)
    """
    return bool(words_of(name)) and words_of(name)[-1] in _AMOUNT


def says_kind(name: str) -> bool:
    """Whether a name is that of a kind or a place, of which new rows are mostly of known ones, and no id.

    >>> [says_kind(name) for name in ("model", "region_1", "model_number", "product_id", "winery")]
    [True, True, True, False, False]
    """
    words = words_of(name)
    last = words[-2] if len(words) > 1 and words[-1] in _NUMBER | {"name"} else words[-1] if words else ""
    return last in _KIND and not says_subject(name)


def says_somebody(name: str) -> bool:
    """Whether a name is that of an id, and says of whom or what.

    >>> says_somebody("PatientId"), says_somebody("meal_id")
    (True, False)
    """
    words = words_of(name)
    is_said = any(word in _SUBJECT or (word.endswith("id") and word[:-2] in _SUBJECT) for word in words)
    return says_subject(name) and is_said


def _is_moment(word: str) -> bool:
    return word.endswith(_MOMENT)


def _is_time(word: str) -> bool:
    return word in _YEAR or word in _CLOCK or word in _EVENT or _is_moment(word)
