"""The deployments of ``prefect.yaml``, their work pool and the hosts' paces, put on the server of the settings."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TypedDict

from ruamel.yaml import YAML

from flows import engine
from flows.errors import BadRequest
from flows.settings import shown
from sources import RegimeConfig, load_regimes

POOL = "plenarywatch"
# Where prefect.yaml and the flows stand.
CHECKOUT = Path(__file__).resolve().parent.parent

_MONITOR = "flows.monitor.monitor"

Values = dict[str, object]


class Deployment(TypedDict, total=False):
    """One deployment of ``prefect.yaml``, as far as we read or write it."""

    name: str
    description: str
    entrypoint: str
    tags: list[str]
    parameters: Values
    schedules: list[Values]


def deploy(config: Path | None = None, private: Sequence[str] = ()) -> tuple[str, ...]:
    """Put everything on the server; the names of the hosts' limits. May be repeated: what is there is updated.

    With *config*, a file or folder of declarations, its regimes are watched, each at the hours that it declares;
    *private* are hosts of one's own that runs may reach. Raises `BadRequest` without a server, without
    ``prefect.yaml``, and where Prefect refuses.
    """
    if not engine.has_server():
        raise BadRequest("PREFECT_API_URL is not set; set it to your server, such as http://127.0.0.1:4200/api")
    file = CHECKOUT / "prefect.yaml"
    if not file.is_file():
        raise BadRequest(f"{CHECKOUT}: holds no prefect.yaml; install from a checkout with pip install -e .")
    from flows.pacing import declare_paces, hosts_of

    regimes = load_regimes(config)
    prefect("work-pool", "create", "--type", "process", "--overwrite", POOL)
    limits = declare_paces(hosts_of(regimes, private))
    if config is None and not private:
        prefect("--no-prompt", "deploy", "--all")
        return limits
    yaml = YAML(typ="safe")
    declared = yaml.load(file.read_text(encoding="utf-8"))
    declared["deployments"] = deployments_of(declared["deployments"], regimes, config, private)
    with tempfile.NamedTemporaryFile("w", suffix=".yaml", encoding="utf-8") as made:
        yaml.dump(declared, made)
        made.flush()
        prefect("--no-prompt", "deploy", "--all", "--prefect-file", made.name)
    return limits


def deployments_of(
    declared: Sequence[Deployment], regimes: Sequence[RegimeConfig], config: Path | None, private: Sequence[str]
) -> list[Deployment]:
    """The *declared* deployments with those that watch replaced by one for each of *regimes*, at its own hours; *config*
    and *private* are among their parameters, and of the others that declare such ones."""
    where: Values = {"config": str(config.resolve())} if config else {}
    if private:
        where["allow_private"] = list(private)
    pattern = next(one for one in declared if one["entrypoint"] == _MONITOR)
    watching: list[Deployment] = [
        {
            **pattern,
            "name": regime.regime,
            "description": f"Watch {regime.name}",
            "tags": ["plenarywatch", regime.regime],
            "parameters": {"regimes": [regime.regime], **where},
            "schedules": [{**regime.schedule.model_dump(), "slug": f"{regime.regime}-declared"}],
        }
        for regime in regimes
    ]
    others = [one for one in declared if one["entrypoint"] != _MONITOR]
    return watching + [
        {**one, "parameters": {name: where.get(name, value) for name, value in one.get("parameters", {}).items()}}
        for one in others
    ]


def environment() -> dict[str, str]:
    """The environment in which Prefect's own commands run: this one, and they ask nobody anything."""
    return {**os.environ, "PREFECT_CLI_PROMPT": "false"}


def prefect(*arguments: str) -> None:
    """Run a command of Prefect's to its end. Raises `BadRequest` with the last of its lines."""
    done = subprocess.run(  # noqa: S603 (our own words, no shell)
        [sys.executable, "-m", "prefect", *arguments],
        cwd=CHECKOUT, env=environment(), capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        lines = (done.stderr.strip() or done.stdout.strip() or "no reason given").splitlines()
        raise BadRequest(
            f"prefect {' '.join(arguments)}: {shown(lines[-1].strip())}; is the server at PREFECT_API_URL up?"
        )
