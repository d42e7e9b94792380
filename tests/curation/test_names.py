from __future__ import annotations

import pytest

from journeyman.curation import names


@pytest.mark.parametrize(
    "name", ["dteday", "time_hour", "Date", "AppointmentDay", "created_at", "arrival_date", "when"]
)
def test_moments(name: str) -> None:
    assert names.says_moment(name)


@pytest.mark.parametrize("name", ["dob", "birth_date", "YearBuilt", "last_review", "hire date", "lastper_insp_date"])
def test_facts_about_something_are_no_moments(name: str) -> None:
    assert names.says_about(name)
    assert not names.says_moment(name)


def test_parts_of_dates_and_what_they_are_parts_of() -> None:
    assert names.part_of_date("Yr Sold") == ("year", ("sold",))
    assert names.part_of_date("mnth") == ("month", ())
    assert names.part_of_date("price") == ("", ("price",))


def test_clocks() -> None:
    assert [names.says_clock(one) for one in ("hr", "period", "weekday", "hours_per_week_x", "year", "")] == [
        True, True, True, False, False, False,
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["YearsAtCompany", "price", "", "Training"])
def test_durations_are_no_times(name: str) -> None:
    assert not names.says_only_time(name)


@pytest.mark.parametrize("name", ["PatientId", "idcode", "caseid", "Provider Id", "person", "userId", "device_number"])
def test_ids_that_rows_share(name: str) -> None:
    assert names.says_subject(name)


@pytest.mark.parametrize("name", ["humid", "zip_code", "house_number", "customer_type", "country", "paid", "42"])
def test_what_is_no_id(name: str) -> None:
    assert not names.says_subject(name)
