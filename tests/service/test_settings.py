"""Settings out of the environment, and what is put together from them."""

import base64
from dataclasses import fields, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from simreg.errors import InputError
from simreg.privacy.keys import keys_of, make_secret
from simreg.service import registration
from simreg.service.registration import known_profiles, open_keys, open_registration
from simreg.service.types import Order
from simreg.service.vault import open_store
from simreg.settings import Settings, read_settings, table, variable
from simreg.storage.database import Database
from synthetic.reference import portrait

SECRET = base64.b64encode(bytes(range(32))).decode()


def test_nothing_set_gives_the_defaults() -> None:
    assert read_settings({}) == read_settings({"SIMREG_PORT": "  ", "PORT": "1"}) == Settings()


def test_what_is_set_is_read() -> None:
    read = read_settings(
        {
            "SIMREG_DATABASE": "postgresql://a:b@c/d",
            "SIMREG_PORT": "9000",
            "SIMREG_KEY_FILE": "/etc/simreg/key",
            "SIMREG_PUBLIC_URL": "https://sim.example",
            "SIMREG_ORIGINS": "https://shop.example, https://app.example:8443",
            "SIMREG_LOG_LEVEL": "debug",
        }
    )
    assert (read.database, read.port, read.key_file) == ("postgresql://a:b@c/d", 9000, Path("/etc/simreg/key"))
    assert read.origins == ("https://shop.example", "https://app.example:8443")
    assert (read.public_url, read.log_level) == ("https://sim.example", "debug")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "0"),
        ("PORT", "eighty"),
        ("PORT", "٨٠"),
        ("CAPTURES", "-1"),
        ("PUBLIC_URL", "sim.example"),
        ("PUBLIC_URL", "https://sim.example/path"),
        ("ORIGINS", "https://shop.example/"),
        ("ORIGINS", "https://user:hunter2@shop.example"),
        ("ORIGINS", "*"),
        ("LOG_LEVEL", "loud"),
    ],
)
def test_a_value_that_cannot_be_used_is_refused_by_its_name_only(name: str, value: str) -> None:
    with pytest.raises(InputError) as caught:
        read_settings({f"SIMREG_{name}": value})
    assert caught.value.code == "setting"
    assert f"SIMREG_{name}" in caught.value.sentence
    assert value not in str(caught.value).replace("from 0", "").replace("from 1", "")


def test_a_recogniser_of_one_s_own_needs_thresholds_of_its_own() -> None:
    with pytest.raises(InputError) as caught:
        read_settings({"SIMREG_RECOGNISER": "own.toml"})
    assert caught.value.code == "setting"
    both = read_settings({"SIMREG_RECOGNISER": "own.toml", "SIMREG_THRESHOLD": "own.json"})
    assert (both.own_recogniser, both.own_thresholds) == (Path("own.toml"), Path("own.json"))
    assert (Settings().own_recogniser, Settings().own_thresholds) == (None, None)


def test_secrets_are_not_shown() -> None:
    shown = repr(read_settings({"SIMREG_KEY": SECRET, "SIMREG_DATABASE": "postgresql://a:hunter2@c/d"}))
    assert SECRET not in shown
    assert "hunter2" not in shown


def test_the_table_has_every_setting() -> None:
    rows = table()
    assert all(f"`{variable(one)}`" in rows for one in fields(Settings))


def test_keys_come_from_the_environment_or_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = keys_of(bytes(range(32)))
    assert open_keys(Settings(key=SECRET)) == wanted
    path = tmp_path / "key"
    with pytest.raises(InputError):  # one that was named must be there
        open_keys(Settings(key_file=path))
    path.write_text(SECRET)
    path.chmod(0o600)
    assert open_keys(Settings(key_file=path)) == wanted
    usual = tmp_path / "data" / "key"
    monkeypatch.setattr(registration, "KEY_FILE", usual)
    assert open_keys(Settings(key_file=usual)) == open_keys(Settings(key_file=usual))


def test_orders_name_profiles_that_come_with_simreg_or_the_operator_s_own_and_no_files(tmp_path: Path) -> None:
    assert known_profiles(Settings())("kr").name == "kr"
    with pytest.raises(InputError):
        known_profiles(Settings())(str(tmp_path / "own.toml"))
    with pytest.raises(InputError):
        known_profiles(Settings(profiles=(str(tmp_path / "own.toml"),)))


@pytest.mark.parametrize(
    ("database", "store", "expected"),
    [
        ("sqlite:///simreg-data/simreg.db", "", "sqlite:///simreg-data/keys.db"),
        ("sqlite:////data/other.db", "", "sqlite:////data/keys.db"),
        ("sqlite:////data/other.db", "sqlite:////vault/keys.db", "sqlite:////vault/keys.db"),
        ("postgresql://simreg@db/simreg", "", ""),
    ],
)
def test_the_key_store_lies_beside_a_sqlite_database_unless_it_is_named(database: str, store: str, expected: str) -> None:
    assert Settings(database=database, key_store=store).key_store_url == expected


def test_postgresql_needs_a_key_store_that_is_named() -> None:
    with pytest.raises(InputError) as caught:
        open_store(Settings(database="postgresql://simreg@db/simreg"), keys_of(bytes(32)))
    assert caught.value.code == "key-store"


def test_a_key_store_of_another_key_is_refused(tmp_path: Path) -> None:
    settings = Settings(key_store=f"sqlite:///{tmp_path}/keys.db")
    store = open_store(settings, keys_of(bytes(32)))
    store.salt("case_1", datetime(2026, 11, 24, tzinfo=UTC))
    store.close()
    with pytest.raises(InputError) as caught:
        open_store(settings, keys_of(bytes(range(32))))
    assert caught.value.code == "key-store-other-key"
    open_store(settings, keys_of(bytes(32))).close()


def test_another_file_may_wrap_the_keys(tmp_path: Path) -> None:
    make_secret(tmp_path / "wrap")
    settings = Settings(key_store=f"sqlite:///{tmp_path}/keys.db", vault_key_file=str(tmp_path / "wrap"))
    store = open_store(settings, keys_of(bytes(32)))
    salt = store.salt("case_1", datetime(2026, 11, 24, tzinfo=UTC))
    store.close()
    again = open_store(settings, keys_of(bytes(range(32))))  # the deployment's key does not matter to it
    assert again.known_salt("case_1") == salt
    again.close()
    with pytest.raises(InputError):
        open_store(replace(settings, vault_key_file=""), keys_of(bytes(32)))


def test_a_key_management_needs_its_token(tmp_path: Path) -> None:
    settings = Settings(key_store=f"sqlite:///{tmp_path}/keys.db", transit="https://vault.example/transit/simreg")
    with pytest.raises(InputError) as caught:
        open_store(settings, keys_of(bytes(32)))
    assert caught.value.code == "transit-token"


def test_all_of_it_together(database: Database, tmp_path: Path) -> None:
    make_secret(tmp_path / "log-key")
    settings = Settings(key=SECRET, key_store=f"sqlite:///{tmp_path}/keys.db", log_key_file=tmp_path / "log-key")
    keys = open_keys(settings)
    take = open_registration(settings, database, keys, open_store(settings, keys), lambda _: portrait())
    profile = known_profiles(settings)("default")
    order = Order("default", profile.transactions[0], profile.channels[0], "+8613800000001", identity_number="1")
    case = take.open_case(order, "api:1")
    assert take.case(case.id) == case
    assert (case.expires_at - case.created_at).total_seconds() == profile.case_s
