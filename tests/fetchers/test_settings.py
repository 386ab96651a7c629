"""What the environment and the defaults make of a fetcher."""

from __future__ import annotations

from pathlib import Path

import pytest

from fetchers.errors import BadSetting
from fetchers.settings import FetchSettings, settings_from_environment


@pytest.fixture(autouse=True)
def _bare(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("CONTACT", "PROXY", "CA_BUNDLE"):
        monkeypatch.delenv(f"PLENARYWATCH_{name}", raising=False)


def test_the_defaults_are_those_that_the_documents_give() -> None:
    s = FetchSettings()
    assert (s.connect, s.read, s.total, s.max_bytes, s.max_ratio) == (10.0, 20.0, 60.0, 20_971_520, 200.0)
    assert (s.max_hops, s.retries, s.backoff, s.retry_after_cap, s.pace, s.private_pace) == (8, 2, 0.5, 20.0, 1.0, 0.0)
    assert (s.robots, s.allow_private, s.proxy, s.ca_bundle) == (True, frozenset(), "", "")


def test_a_request_names_whom_to_ask_where_there_is_somebody() -> None:
    name = "Plenarywatch/0.1 (monitoring of export-control statements"
    assert FetchSettings().user_agent == f"{name})"
    assert FetchSettings(contact="ops@example.org").user_agent == f"{name}; +ops@example.org)"


def test_the_environment_gives_contact_proxy_and_certificates(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    bundle = tmp_path / "ca.pem"
    bundle.write_text("")
    assert settings_from_environment() == FetchSettings()
    monkeypatch.setenv("PLENARYWATCH_CONTACT", "ops@example.org")
    monkeypatch.setenv("PLENARYWATCH_PROXY", "http://proxy.example:3128")
    monkeypatch.setenv("PLENARYWATCH_CA_BUNDLE", str(bundle))
    own = frozenset({"127.0.0.1"})
    assert settings_from_environment(own) == FetchSettings(
        contact="ops@example.org", proxy="http://proxy.example:3128", ca_bundle=str(bundle), allow_private=own
    )


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [("PROXY", "proxy.example:3128", "http://proxy.example:3128"), ("CA_BUNDLE", "/nowhere/ca.pem", "/nowhere/ca.pem")],
)
def test_a_setting_that_cannot_be_meant_is_refused_by_its_name(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, says: str
) -> None:
    monkeypatch.setenv(f"PLENARYWATCH_{name}", value)
    with pytest.raises(BadSetting, match=f"^PLENARYWATCH_{name}: .*{says}"):
        settings_from_environment()
