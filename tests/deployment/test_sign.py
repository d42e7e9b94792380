"""A run's own bundle is signed after it was checked, and every door that loads one can require that."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from cryptography.hazmat.primitives import serialization as forms
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

import journeyman as jm
from journeyman.bundle.keys import fingerprint
from journeyman.cli.main import main
from journeyman.errors import BundleError, InputError
from journeyman.server.deployed import deploy

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))


@pytest.fixture
def keys(tmp_path: Path) -> tuple[Path, Path]:
    """A private key and its public one."""
    private, public = tmp_path / "bundle.key", tmp_path / "bundle.pub"
    private.write_bytes(KEY.private_bytes(forms.Encoding.PEM, forms.PrivateFormat.PKCS8, forms.NoEncryption()))
    public.write_bytes(KEY.public_key().public_bytes(forms.Encoding.PEM, forms.PublicFormat.SubjectPublicKeyInfo))
    return private, public


def test_a_run_is_signed_and_then_required(runs: Path, keys: tuple[Path, Path]) -> None:
    private, public = keys
    run = runs / "one"
    with pytest.raises(BundleError, match="is not signed"):
        jm.load(run, require_signature=public)
    signature = jm.sign(run, private)
    assert signature.key == fingerprint(KEY.public_key())
    assert jm.load(run, require_signature=public).target == "y"
    assert deploy(run, require_signature=public).model.target == "y"
    # By its own folder, too; and again, which changes nothing.
    before = (run / "bundle" / "signature.json").read_bytes()
    jm.sign(run / "bundle", private)
    assert (run / "bundle" / "signature.json").read_bytes() == before


def test_a_pointer_leads_to_no_unsigned_model(runs: Path, keys: tuple[Path, Path]) -> None:
    private, public = keys
    jm.sign(runs / "one", private)
    jm.promote(runs / "one", "two")
    with pytest.raises(BundleError, match="is not signed"):
        jm.load(runs / "one", require_signature=public)
    # What is signed is the run's own bundle, not that of its champion.
    jm.sign(runs / "one", private)
    assert not (runs / "two" / "bundle" / "signature.json").exists()
    jm.sign(runs / "two", private)
    assert jm.load(runs / "one", require_signature=public).target == "y"


def test_a_damaged_bundle_is_not_signed(runs: Path, keys: tuple[Path, Path]) -> None:
    (runs / "one" / "bundle" / "card.md").write_text("changed")
    with pytest.raises(BundleError, match="digest"):
        jm.sign(runs / "one", keys[0])
    assert not (runs / "one" / "bundle" / "signature.json").exists()
    with pytest.raises(BundleError, match="no bundle"):
        jm.sign(runs / "nowhere", keys[0])


def test_the_commands_sign_and_require(
    runs: Path, keys: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    private, public = map(str, keys)
    run, table = str(runs / "one"), tmp_path / "new.csv"
    table.write_text("x,z\n1,2\n-1,0\n")
    require = ["--require-signature", public]
    predict = ["predict", run, str(table), "-o", str(tmp_path / "scored.csv"), *require]
    assert main(predict) == 2
    assert "is not signed" in capsys.readouterr().err
    for command in (["serve", run, "--port", "0"], ["export", run, "--to", "docker", "-o", str(tmp_path / "x")]):
        assert main([*command, *require]) == 2
        assert "is not signed" in capsys.readouterr().err
    assert main(["monitor", run, str(table), *require]) == 2
    assert "is not signed" in capsys.readouterr().err
    assert main(["verify", run, *require]) == 4
    assert "signature" in capsys.readouterr().err
    assert main(["sign", run]) == 2
    assert "--key" in capsys.readouterr().err
    assert main(["sign", run, "--key", private, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["key"] == fingerprint(KEY.public_key())
    assert main(predict) == 0
    assert pl.read_csv(tmp_path / "scored.csv").height == 2
    assert main(["verify", run, *require]) == 0
    assert "signed by SHA256:" in capsys.readouterr().out
    assert main(["verify", run, "--require-signature", private]) == 2
    assert "private key" in capsys.readouterr().err


def test_a_build_signs_and_nothing_else_of_the_run_knows(
    built: Path, keys: tuple[Path, Path], tmp_path: Path, table_rows: pl.DataFrame
) -> None:
    private, public = keys
    plain = built / "y"
    signed = jm.build(table_rows, predict="y", trials=1, out=tmp_path / "signed", sign=private)
    assert jm.load(signed.folder, require_signature=public).target == "y"
    for one in sorted((plain / "bundle").iterdir()):
        assert one.read_bytes() == (signed.folder / "bundle" / one.name).read_bytes()
    secret = KEY.private_bytes_raw()
    for one in signed.folder.rglob("*"):
        if one.is_file():
            content = one.read_bytes()
            assert secret not in content
            assert private.read_bytes().splitlines()[1] not in content
            assert str(private).encode() not in content
    assert (plain / "brief.toml").read_bytes() == (signed.folder / "brief.toml").read_bytes()
    told = [json.loads((one / "certificate.json").read_text())["model"] for one in (plain, signed.folder)]
    assert told[0] == told[1]


def test_a_key_that_cannot_be_used_stops_a_build_before_it_begins(
    keys: tuple[Path, Path], tmp_path: Path, table_rows: pl.DataFrame
) -> None:
    with pytest.raises(InputError, match="public key"):
        jm.build(table_rows, predict="y", trials=1, out=tmp_path / "run", sign=keys[1])
    assert not (tmp_path / "run").exists()


@pytest.fixture
def table_rows() -> pl.DataFrame:
    """The table that `built` was built from."""
    random = np.random.default_rng(0)
    x = random.normal(size=200)
    return pl.DataFrame(
        {"x": x, "z": random.normal(size=200), "y": np.where(x + random.normal(size=200) > 0, "b", "a")}
    )
