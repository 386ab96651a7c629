"""``python -m tests.mutation ROOM``: how many of a sample of a room's mutants its own quick tests notice."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path

from tests.mutation.mutations import Mutant
from tests.mutation.sampling import Found, judged, sample_of

ROOT = Path(__file__).resolve().parents[2]


def _shown(found: Found) -> str:
    why = "no test reaches it" if not found.tests else f"{found.tests} tests reach it"
    return f"{found.mutant.file}:{found.mutant.line}: {why}\n{found.diff}\n"


def _as_json(room: str, seed: int, found: list[Found]) -> str:
    return json.dumps(
        {
            "room": room,
            "seed": seed,
            "mutants": len(found),
            "killed": sum(f.killed for f in found),
            "results": [
                {
                    "file": f.mutant.file,
                    "line": f.mutant.line,
                    "diff": f.diff,
                    "start": f.mutant.start,
                    "new": f.mutant.new,
                    "how": f.how,
                    "test": f.test,
                    "tests": f.tests,
                }
                for f in found
            ],
        },
        indent=2,
    )


def _that_survived(sample: list[Mutant], told: Path) -> list[Mutant]:
    """Those of a sample that survived by what an earlier ``--json`` told."""
    survived = {
        (one["file"], one["start"], one["new"])
        for one in json.loads(told.read_text())["results"]
        if one["how"] == "survived"
    }
    return [mutant for mutant in sample if (mutant.file, mutant.start, mutant.new) in survived]


def main() -> None:
    """Judge the sample; print the survivors and the score."""
    options = argparse.ArgumentParser(prog="python -m tests.mutation", description=__doc__)
    options.add_argument("room", help="a folder of the project with tests of its own, such as fetchers")
    options.add_argument("--mutants", type=int, default=200, help="how many to try (200)")
    options.add_argument("--seed", type=int, default=1, help="which sample (1)")
    options.add_argument("--processes", type=int, default=2, help="how many judges at once (2)")
    options.add_argument("--again", type=Path, help="judge those alone that survived by this earlier JSON")
    options.add_argument("--json", action="store_true", help="print every mutant as JSON")
    asked = options.parse_args()
    if not (ROOT / asked.room / "__init__.py").is_file() or not (ROOT / "tests" / asked.room).is_dir():
        sys.exit(f"mutants: {asked.room}: no room with tests of its own; name a folder such as ROOM=fetchers")
    sample = sample_of(ROOT, asked.room, asked.mutants, asked.seed)
    if asked.again is not None:
        sample = _that_survived(sample, asked.again)
    with tempfile.TemporaryDirectory(prefix="mutants-") as name:
        found = judged(ROOT, Path(name), asked.room, sample, asked.processes)
    if asked.json:
        print(_as_json(asked.room, asked.seed, found))
        return
    survived = [f for f in found if not f.killed]
    for one in survived:
        print(_shown(one))
    killed = len(found) - len(survived)
    print(
        f"{asked.room}: {killed} of {len(found)} mutants noticed, {killed / max(len(found), 1):.1%} (seed {asked.seed})"
    )


if __name__ == "__main__":
    main()
