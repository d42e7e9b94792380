"""A table with another one joined to it, from the build to the retrained model; and a database that holds both."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

import journeyman as jm
from journeyman.errors import InputError
from journeyman.job.predict import predict
from journeyman.verification.verify import verify


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Sales of shops, as files and in a database; what decides is a property of the shop."""
    folder = tmp_path_factory.mktemp("shops")
    random = np.random.default_rng(3)
    size = random.normal(size=30)
    shop, x = random.integers(0, 30, 900), random.normal(size=900)
    sold = np.where(x + 2 * size[shop] + random.normal(size=900) > 0, "yes", "no")
    sales = pl.DataFrame({"shop": [f"{one:03d}" for one in shop], "x": x.round(3), "year": 2020, "sold": sold})
    shops = pl.DataFrame({"shop": range(30), "size": size.round(3), "year": random.integers(1990, 2010, 30)})
    sales[:500].write_csv(folder / "sales.csv")
    sales[500:].write_csv(folder / "june.csv")
    sales[500:].drop("sold", "year").write_csv(folder / "new.csv")
    shops.write_csv(folder / "shops.csv")
    connection = sqlite3.connect(folder / "shop.sqlite")
    connection.execute("CREATE TABLE sales (shop, x, year, sold)")
    connection.executemany("INSERT INTO sales VALUES (?, ?, ?, ?)", sales[:500].rows())
    connection.execute("CREATE TABLE shops (shop, size, year)")
    connection.executemany("INSERT INTO shops VALUES (?, ?, ?)", shops.rows())
    connection.commit()
    connection.close()
    return folder


@pytest.fixture(scope="module")
def run(place: Path) -> Any:
    join = f"{place / 'shops.csv'}:shop"
    return jm.build(place / "sales.csv", predict="sold", join=join, entity="none", trials=1, out=place / "run")


def test_the_run_knows_what_was_joined(run: Any, place: Path) -> None:
    (joined,) = run.summary["joined"]
    assert joined["columns"] == {"size": "size", "year": "shops_year"}
    assert len(joined["digest"]) == 64
    assert "shops" in run.summary["origin"]
    codes = {one["code"] for one in run.summary["findings"]}
    assert {"joined", "join_key_spelling"} <= codes
    assert json.loads((place / "run" / "run.json").read_text())["brief"]["join"] == [joined["said"]]
    assert f'join = ["{joined["said"]}"]' in (place / "run" / "brief.toml").read_text()


def test_new_rows_need_the_same_join(run: Any, place: Path) -> None:
    with pytest.raises(InputError, match="--join"):
        predict(run, place / "new.csv", place / "without.csv")
    # The new rows lack a column that clashed at the build; the joined one is called as it was there all the same.
    scored = predict(run, place / "new.csv", place / "with.csv", join=f"{place / 'shops.csv'}:shop")
    assert scored.predictions.counts()["refused"] == 0
    written = pl.read_csv(place / "with.csv")
    assert written.columns[:2] == ["shop", "x"]
    assert not {"size", "shops_year"} & set(written.columns)
    both = pl.read_csv(place / "new.csv", schema_overrides={"shop": pl.String})
    shops = pl.read_csv(place / "shops.csv").rename({"year": "shops_year"})
    by_hand = both.with_columns(number=pl.col("shop").cast(pl.Int64)).join(
        shops.rename({"shop": "number"}), on="number", how="left", maintain_order="left"
    )
    expected = predict(run, by_hand.drop("number"), place / "by_hand.csv").predictions.probabilities
    assert scored.predictions.probabilities is not None
    assert expected is not None
    assert scored.predictions.probabilities.tolist() == expected.tolist()


def test_the_run_is_resumed_verified_and_retrained_with_its_join(run: Any, place: Path) -> None:
    resumed = jm.build(place / "sales.csv", brief=place / "run" / "brief.toml", resume=True, out=place / "run")
    assert resumed.summary == run.summary
    verified = verify(place / "run")
    assert verified.holds
    assert all(one.state != "not checked" for one in verified.checks)
    retrained = jm.retrain(place / "run", place / "june.csv", trials=1)
    assert retrained.run.summary["rows"]["read"] == 900
    assert retrained.run.summary["joined"][0]["columns"] == {"size": "size", "year": "shops_year"}


def test_a_database_gives_both_tables(run: Any, place: Path) -> None:
    database = place / "shop.sqlite"
    table = jm.read(database, table="sales", join=f"{database}#shops:shop", target="sold")
    assert [one.name for one in table.schema] == [one["name"] for one in run.summary["schema"]]
    by_query = jm.read(database, query="SELECT * FROM sales", join=f"{database}#shops:shop")
    assert by_query.values["size"].tolist() == table.values["size"].tolist()
    assert table.joined[0].origin == "shop.sqlite, shops: 30 rows, 3 columns"
