"""Started in a folder that holds a person's own ``flows/``, ``parsers.py``, ``pickle.py``: ours are what runs."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer
from ruamel.yaml import YAML

from storage import Store
from tests.builders.engine import ROOT, Engine, ManyPages, a_free_port, kill
from tests.builders.folders import BIN, namesakes, namesakes_of_pythons_own
from tests.builders.program import Program, Ran
from tests.builders.stores import read_by_an_older_parser
from tests.flows.test_backfill import WebArchive
from tests.flows.test_cluster import filled, on, read_by_older

# From so many sources on a run reads in processes beside it.
MANY = 60

in_each_folder = pytest.mark.parametrize("made", [namesakes, namesakes_of_pythons_own])
Folder = Callable[[Path], Path]


def surroundings(more: Mapping[str, str]) -> dict[str, str]:
    """The environment of a person who has installed the program, and nothing else."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PLENARYWATCH_", "PREFECT_", "PYTHON"))}
    return kept | more


def plenarywatch(folder: Path, home: Path, *arguments: str, **more: str) -> Ran:
    """The installed command, as a person who stands in *folder* starts it."""
    return _run([str(BIN / "plenarywatch")], folder, home, *arguments, **more)


def _run(command: list[str], folder: Path, home: Path, *arguments: str, **more: str) -> Ran:
    done = subprocess.run(
        [*command, *arguments],
        cwd=folder, env=surroundings({"PLENARYWATCH_HOME": str(home)} | more), capture_output=True, text=True,
        timeout=500, check=False,
    )  # fmt: skip
    return Ran(done.returncode, done.stdout, done.stderr)


@contextmanager
def standing_in(folder: Path, *command: str, **more: str) -> Iterator[None]:
    """A command that a person who stands in *folder* leaves running; killed in the end."""
    with open(folder.parent / f"{command[0]}.log", "ab") as log:
        running = subprocess.Popen(
            [str(BIN / command[0]), *command[1:]],
            cwd=folder, env=surroundings(more), stdout=log, stderr=log, start_new_session=True,
        )  # fmt: skip
    try:
        yield
    finally:
        kill(running)


@in_each_folder
def test_a_run_large_enough_for_processes_beside_it_reads_every_page(made: Folder, tmp_path: Path) -> None:
    folder, home = made(tmp_path / "mine"), tmp_path / "home"
    with ManyPages() as pages:
        config = pages.declared(tmp_path, "fx", range(1, MANY + 1))
        arguments = ("--config", str(config), "--allow-private", "127.0.0.1", "--direct", "--json")
        ran = plenarywatch(folder, home, "monitor", *arguments)
    assert ran.code == 0, ran.err
    assert Counter(source["outcome"] for source in json.loads(ran.out)["sources"]) == {"baseline": MANY}
    with Store.open(f"sqlite:///{home / 'plenarywatch.sqlite'}") as store, store.reading() as r:
        assert len(r.versions("fx")) == MANY


@in_each_folder
def test_pages_are_derived_again_by_processes_of_this_machine(made: Folder, program: Program, tmp_path: Path) -> None:
    folder = made(tmp_path / "mine")
    filled(program, tmp_path, 6)
    ran = plenarywatch(folder, program.home, "reparse", "--workers", "2", "--json")
    assert (ran.code, ran.err) == (0, "")
    assert json.loads(ran.out)["read"] == 6
    assert read_by_older(program) == 0


def test_a_script_of_a_persons_own_finds_its_modules_after_processes_were_used_as_before(tmp_path: Path) -> None:
    """What `flows.cluster.pool` asks of its processes holds for them alone."""
    (tmp_path / "mine.py").write_text("print('mine')\n")
    script = tmp_path / "script.py"
    script.write_text(
        "import subprocess, sys\n"
        "from flows.cluster import pool\n"
        "if __name__ == '__main__':\n"
        "    with pool(2) as readers:\n"
        "        print(readers.submit(abs, -3).result())\n"
        "    print(subprocess.run([sys.executable, '-m', 'mine'], capture_output=True, text=True).stdout)\n"
    )
    ran = _run([sys.executable, str(script)], tmp_path, tmp_path / "home")
    assert (ran.code, ran.out.split()) == (0, ["3", "mine"]), ran.err


def test_the_module_is_the_command_where_python_is_told_to_leave_the_folder_out(tmp_path: Path) -> None:
    folder = namesakes(tmp_path / "mine")
    ran = _run([sys.executable, "-P", "-m", "flows.cli"], folder, tmp_path / "home", "sources", "check")
    assert (ran.code, ran.err) == (0, "")
    assert "mtcr" in ran.out


@pytest.mark.slow
@in_each_folder
def test_a_run_of_the_flow_brings_its_own_server_up(made: Folder, tmp_path: Path) -> None:
    folder, home = made(tmp_path / "mine"), tmp_path / "home"
    with ManyPages() as pages:
        config = pages.declared(tmp_path, "fx", range(1, 4))
        arguments = ("--config", str(config), "--allow-private", "127.0.0.1", "--json")
        ran = plenarywatch(folder, home, "monitor", *arguments, PREFECT_HOME=str(tmp_path / "prefect"))
    assert (ran.code, ran.err) == (0, "")
    assert [source["outcome"] for source in json.loads(ran.out)["sources"]] == ["baseline"] * 3


@pytest.mark.slow
@in_each_folder
def test_a_dask_cluster_of_the_commands_own_reads_every_page(made: Folder, program: Program, tmp_path: Path) -> None:
    folder = made(tmp_path / "mine")
    filled(program, tmp_path, 6)
    ran = plenarywatch(folder, program.home, "reparse", "--workers", "2", "--json", PLENARYWATCH_TASK_RUNNER="dask")
    assert ran.code == 0, ran.err
    assert json.loads(ran.out)["read"] == 6
    assert read_by_older(program) == 0


@pytest.mark.slow
def test_a_dask_cluster_that_is_started_in_any_folder_reads_every_page(program: Program, tmp_path: Path) -> None:
    """Its workers keep what does not fit into memory in a folder named ``storage``, which is on their path."""
    filled(program, tmp_path, 6)
    address = f"tcp://127.0.0.1:{a_free_port()}"
    worker = ("dask", "worker", address, "--nthreads", "1", "--no-dashboard", "--host", "127.0.0.1")
    with ExitStack() as cluster:
        scheduler = ("dask", "scheduler", "--host", "127.0.0.1", "--port", address.rsplit(":", 1)[1], "--no-dashboard")
        cluster.enter_context(standing_in(namesakes(tmp_path / "one"), *scheduler))
        for name, nanny in (("two", ()), ("three", ("--no-nanny",))):
            cluster.enter_context(standing_in(namesakes(tmp_path / name), *worker, *nanny))
        for _ in range(2):
            ran = plenarywatch(namesakes(tmp_path / "four"), program.home, "reparse", "--json", **on(address))
            assert ran.code == 0, ran.err
            assert json.loads(ran.out)["read"] == 6
            assert read_by_older(program) == 0
            read_by_an_older_parser(program.home)
            shutil.rmtree(tmp_path / "four")


@pytest.mark.slow
def test_a_dask_worker_that_finds_another_package_is_named_in_one_line(program: Program, tmp_path: Path) -> None:
    folder, address = namesakes(tmp_path / "mine"), f"tcp://127.0.0.1:{a_free_port()}"
    port = ("--port", address.rsplit(":", 1)[1])
    with (
        standing_in(folder, "dask", "scheduler", "--host", "127.0.0.1", *port, "--no-dashboard"),
        standing_in(folder, "dask", "worker", address, "--no-dashboard", "--host", "127.0.0.1", PYTHONPATH=str(folder)),
    ):
        ran = plenarywatch(folder, program.home, "reparse", **on(address))
    assert ran.code == 2
    assert "finds no Plenarywatch (RuntimeError('flows/__init__.py of a person was imported'))" in ran.err
    assert ran.err.count("\n") == 1


@pytest.fixture
def archive(httpserver: HTTPServer) -> WebArchive:
    return WebArchive(httpserver)


@pytest.mark.slow
def test_every_deployment_of_a_checkout_that_is_gone_is_run_by_a_worker_in_another_folder(
    engine: Engine, archive: WebArchive, tmp_path: Path
) -> None:
    """`prefect deploy --all`, as a person calls it; nothing else of the checkout is needed to run what was deployed."""
    checkout = tmp_path / "checkout"
    rooms = sorted(path.parent.name for path in ROOT.glob("*/__init__.py"))
    for room in rooms:
        shutil.copytree(ROOT / room, checkout / room, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "prefect.yaml", checkout)
    env = {k: v for k, v in engine.environment().items() if k.startswith("PREFECT_")}
    for command in (("work-pool", "create", "--type", "process", "--overwrite", "plenarywatch"), ("deploy", "--all")):
        ran = _run([str(BIN / "prefect"), "--no-prompt", *command], checkout, tmp_path / "home", **env)
        assert ran.code == 0, ran.out + ran.err
    shutil.rmtree(checkout)

    names = {d["name"]: d["entrypoint"] for d in YAML(typ="safe").load(ROOT / "prefect.yaml")["deployments"]}
    folder = namesakes(tmp_path / "mine")
    home = {"PLENARYWATCH_HOME": str(tmp_path / "home")}
    worker = ("prefect", "worker", "start", "--pool", "plenarywatch", "--limit", "3")
    with ManyPages() as pages, standing_in(folder, *worker, **env, **home):
        runs = {}
        for n, (name, entrypoint) in enumerate(names.items()):
            flow, regime = entrypoint.rsplit(".", 1)[1], name if entrypoint == "flows.monitor.monitor" else "mtcr"
            parameters: dict[str, object] = {}
            if flow in ("monitor", "backfill"):
                config = pages.declared(tmp_path, regime, [n + 1])
                parameters = {"config": str(config), "allow_private": ["127.0.0.1", archive.host]}
            if flow == "backfill":
                parameters |= {"cdx": archive.cdx}
            made = engine.deployment(f"{flow}/{name}")
            assert (made["path"], made["pull_steps"], made["entrypoint"]) == (None, [], entrypoint)
            runs[name] = engine.run(f"{flow}/{name}", **parameters)
        ended = {name: engine.ended(run) for name, run in runs.items()}
    assert {name: state for name, state in ended.items() if state[0] != "Completed"} == {}
    with Store.open(f"sqlite:///{tmp_path / 'home' / 'plenarywatch.sqlite'}") as store, store.reading() as r:
        assert {run.state for run in r.runs()} == {"completed"}
        assert all(len(r.versions(regime)) == 1 for regime in ("mtcr", "nsg", "ag", "wa", "hcoc", "zc"))
