"""What is said of the settings shows no password, whoever says it."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from flows.deploying import prefect
from flows.errors import BadRequest
from flows.settings import Settings, settings_from_environment, shown
from tests.builders.program import Program
from tests.flows.test_command_line import refused

ADDRESSES = (
    "postgresql://u:s3cret@127.0.0.1:9/db",
    "postgresql://u@127.0.0.1:9/db?password=s3cret",
    "postgresql://u:s3@cret@127.0.0.1:9/db",
    "postgresql+asyncpg://u:s3cret@127.0.0.1:9/db",
)


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_command_shows_the_databases_password(program: Program, address: str) -> None:
    for command in (("members", "mtcr"), ("--debug", "verify"), ("monitor", "--direct")):
        env = {"PLENARYWATCH_DATABASE_URL": address}
        if "--debug" in command:
            ran = program(*command, env=env)
            assert ran.code != 0
            assert "cret" not in ran.out + ran.err.replace("/secrets", "")
        else:
            line = refused(program, *command, env=env)
            assert "***" in line
            assert "cret" not in line


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("name", ["PLENARYWATCH_DATABASE_URL", "PREFECT_API_DATABASE_CONNECTION_URL"])
def test_words_of_another_program_are_shown_without_it(
    monkeypatch: pytest.MonkeyPatch, address: str, name: str
) -> None:
    monkeypatch.setenv(name, address)
    password = "s3@cret" if "s3@" in address else "s3cret"
    line = shown(f"cannot connect to {address}: password {password} is wrong")
    assert "cret" not in line
    assert line.endswith(": password *** is wrong")


@pytest.mark.parametrize("address", ADDRESSES)
def test_what_prefect_says_of_a_deployment_is_told_without_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, address: str
) -> None:
    python = tmp_path / "python"
    python.write_text(f"#!/bin/sh\necho 'cannot connect to {address}' >&2\nexit 1\n")
    python.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(python))
    monkeypatch.setenv("PREFECT_API_DATABASE_CONNECTION_URL", address)
    with pytest.raises(BadRequest, match=r"prefect deploy: cannot connect to .*\*\*\*") as refusal:
        prefect("deploy")
    assert "cret" not in str(refusal.value)


@pytest.mark.parametrize("address", ADDRESSES)
def test_settings_that_stand_in_a_log_show_none(address: str) -> None:
    settings = Settings(Path("home"), address, address, "file")
    assert "cret" not in f"{settings!r} {settings}"
    assert settings.database_url == address


def test_settings_have_defaults_in_the_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in [name for name in os.environ if name.startswith("PLENARYWATCH_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PLENARYWATCH_HOME", str(tmp_path))
    settings = settings_from_environment()
    assert settings.database_url == f"sqlite:///{tmp_path / 'plenarywatch.sqlite'}"
    assert settings.archive_url == str(tmp_path / "archive")
