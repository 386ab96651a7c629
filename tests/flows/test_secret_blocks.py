"""Addresses in Secret blocks of a real Prefect server, and the digest as a flow.

Slow: a server takes half a minute to come up, and each flow run is a process of its own.
"""

from __future__ import annotations

import subprocess
import sys

import pytest

from storage import Store
from tests.builders.engine import Engine
from tests.builders.program import ROOT, Program
from tests.builders.receivers import SECRET, http_receiver
from tests.builders.stores import a_change, told

pytestmark = pytest.mark.slow


@pytest.mark.fault("K20", "K21")
def test_a_channel_may_have_its_address_in_a_secret_block_and_the_digest_is_a_flow(
    engine: Engine, program: Program
) -> None:
    program.home.mkdir()
    (program.home / "alerts.yaml").write_text(
        "channels: {desk: {}}\nroutes:\n  - {name: all, audience: analyst, to: desk}\n", encoding="utf-8"
    )
    with http_receiver() as receiver:
        address = receiver.address.replace("/hook", "/t0ken")
        save = "import sys; from prefect.blocks.system import Secret; Secret(value=sys.argv[2]).save(sys.argv[1])"
        for name, value in (("plenarywatch-channel-desk", address), ("plenarywatch-webhook-secret", SECRET)):
            subprocess.run([sys.executable, "-c", save, name, value], env=engine.environment(), check=True, timeout=200)
        assert program("alerts", "check", env=engine.environment()).code == 0
        with Store.open(f"sqlite:///{program.home / 'plenarywatch.sqlite'}") as store, store.writing() as w:
            told(w, a_change(), "desk")
        run = "from flows.chores import digest; digest('weekly')"
        ran = subprocess.run(
            [sys.executable, "-c", run], cwd=ROOT, env=engine.environment(PLENARYWATCH_HOME=str(program.home)),
            capture_output=True, text=True, timeout=200, check=False,
        )  # fmt: skip
        assert ran.returncode == 0, ran.stderr
        assert len(receiver.taken) == 1
    (artifact,) = engine.ask("artifacts/latest/filter", artifacts={"key": {"any_": ["plenarywatch-weekly"]}})
    assert str(artifact["data"]).startswith("# Plenarywatch, weekly digest")
    for place in (ran.stdout, ran.stderr, str(engine.ask("flow_runs/filter")), str(engine.ask("logs/filter"))):
        assert "t0ken" not in place
        assert SECRET not in place
