"""The deployments of ``prefect.yaml``, their work pool and the hosts' paces, put on the server of the settings."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from flows import engine
from flows.errors import BadRequest
from sources import load_regimes

POOL = "plenarywatch"
# Where prefect.yaml and the flows stand.
CHECKOUT = Path(__file__).resolve().parent.parent


def deploy(config: Path | None = None) -> tuple[str, ...]:
    """Put everything on the server; the names of the hosts' limits. May be repeated: what is there is updated.

    Raises `BadRequest` without a server, without ``prefect.yaml``, and where Prefect refuses.
    """
    if not engine.has_server():
        raise BadRequest("PREFECT_API_URL is not set; set it to your server, such as http://127.0.0.1:4200/api")
    if not (CHECKOUT / "prefect.yaml").is_file():
        raise BadRequest(f"{CHECKOUT}: holds no prefect.yaml; install from a checkout with pip install -e .")
    from flows.pacing import declare_paces, hosts_of

    regimes = load_regimes(config)
    prefect("work-pool", "create", "--type", "process", "--overwrite", POOL)
    limits = declare_paces(hosts_of(regimes))
    prefect("--no-prompt", "deploy", "--all")
    return limits


def environment(**more: str) -> dict[str, str]:
    """The environment in which Prefect's own commands run."""
    return {**os.environ, "PLENARYWATCH_CHECKOUT": str(CHECKOUT), "PREFECT_CLI_PROMPT": "false", **more}


def prefect(*arguments: str, env: Mapping[str, str] | None = None) -> None:
    """Run a command of Prefect's to its end. Raises `BadRequest` with the last of its lines."""
    done = subprocess.run(  # noqa: S603 (our own words, no shell)
        [sys.executable, "-m", "prefect", *arguments],
        cwd=CHECKOUT, env=dict(env or environment()), capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        lines = (done.stderr.strip() or done.stdout.strip() or "no reason given").splitlines()
        raise BadRequest(f"prefect {' '.join(arguments)}: {lines[-1].strip()}; is the server at PREFECT_API_URL up?")
