"""How well a redline knows what was edited, beside difflib by lines, difflib by words, and the redlines package.

Texts of a statement's phrases are edited at five strengths (moves, rewording, cuts, joins, paragraphs new and gone), so
that the truth is known; every system sees the same pairs in the same run. ``python benchmarks/redline.py`` prints the
table; ``--json`` prints it as JSON alone; ``--pairs N`` sets the pairs a strength, ``--large N`` times one document of N
paragraphs in seconds of the processor. What is aimed at: a pair of 1,000 words below 50 ms; 50,000 paragraphs, however
edited, below 60 seconds and 1 GB (the decision 0003 says what was measured). The redlines package is left out where it is missing; ``pip install redlines`` brings it.

The other systems do not say which paragraph became which. Their answer is read off their own output: by lines from
blocks that are equal or replaced, by words from where most of a paragraph's words went. They tell no moves.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import resource
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from difflib import SequenceMatcher
from importlib.util import find_spec
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from rapidfuzz.distance import Indel

from diffs.redline import EditScript, Op, redline_texts
from tests.builders.edits import STRENGTHS, Edited, a_paragraph, a_text, edited

Pairs = set[tuple[int, int]]


@dataclass(frozen=True)
class Answer:
    """What a system says of a pair: paragraphs that are one another, those that moved, and how many words it marks."""

    pairs: Pairs
    moved: set[int]
    marked: int


def ours(before: list[str], after: list[str]) -> Answer:
    """Plenarywatch, without a corpus: the two texts alone."""
    script = redline_texts(before, after)
    return Answer(
        {(e.before, e.after) for e in script.edits if e.before is not None and e.after is not None},
        {e.after for e in script.edits if e.moved and e.after is not None},
        _marked(script),
    )


def _marked(script: EditScript) -> int:
    return sum(len(_words(w.text)) for e in script.edits for w in e.words if w.op is not Op.KEEP)


def by_lines(before: list[str], after: list[str]) -> Answer:
    """difflib on paragraphs: equal ones, and those of a replaced block one after the other."""
    pairs: Pairs = set()
    marked = 0
    for tag, a1, a2, b1, b2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag in ("equal", "replace"):
            pairs.update(zip(range(a1, a2), range(b1, b2), strict=False))
        if tag != "equal":
            marked += sum(len(_words(t)) for t in (*before[a1:a2], *after[b1:b2]))
    return Answer(pairs, set(), marked)


def by_words(before: list[str], after: list[str]) -> Answer:
    """difflib on all words of both texts."""
    (a, owners_a), (b, owners_b) = _owned(before), _owned(after)
    return _read_off(SequenceMatcher(None, a, b, autojunk=False).get_opcodes(), a, b, owners_a, owners_b)


def by_redlines(before: list[str], after: list[str]) -> Answer:
    """The redlines package, as its users call it."""
    from redlines import Redlines

    found = Redlines("\n\n".join(before), "\n\n".join(after))
    chunk = found._diff_ops[0]
    a, b = [t.strip() for t in chunk.source_chunk.text], [t.strip() for t in chunk.test_chunk.text]
    return _read_off(found.opcodes, a, b, _by_pilcrow(a), _by_pilcrow(b))


def _by_pilcrow(tokens: list[str]) -> list[int]:
    owners, at = [], 0
    for token in tokens:
        owners.append(at)
        at += token == "¶"
    return owners


def _owned(paragraphs: list[str]) -> tuple[list[str], list[int]]:
    words = [(word, i) for i, text in enumerate(paragraphs) for word in _words(text)]
    return [w for w, _ in words], [i for _, i in words]


def _read_off(
    opcodes: list[tuple[str, int, int, int, int]], a: list[str], b: list[str], owners_a: list[int], owners_b: list[int]
) -> Answer:
    """Paragraphs are one another when the words kept between them are a third of either one's."""
    kept: Counter[tuple[int, int]] = Counter()
    marked = 0
    for tag, a1, a2, b1, b2 in opcodes:
        if tag == "equal":
            kept.update((owners_a[a1 + k], owners_b[b1 + k]) for k in range(a2 - a1))
        else:
            marked += sum(len(_words(t)) for t in (*a[a1:a2], *b[b1:b2]))
    sizes_a, sizes_b = Counter(owners_a), Counter(owners_b)
    return Answer({(i, j) for (i, j), n in kept.items() if n * 3 >= min(sizes_a[i], sizes_b[j])}, set(), marked)


SYSTEMS: dict[str, Callable[[list[str], list[str]], Answer]] = {
    "plenarywatch": ours,
    "difflib by lines": by_lines,
    "difflib by words": by_words,
    "redlines": by_redlines,
}


def _words(text: str) -> list[str]:
    return re.findall(r"\w+|[^\w\s]", text)


def least_marked(case: Edited) -> int:
    """The fewest words that must be marked when it is known which paragraph became which: what no shared order of
    words keeps, and the whole of what has no partner."""
    done_a, done_b = set(), set()
    least = 0
    for olds, news in case.groups:
        old = [w for i in olds for w in _words(case.before[i])]
        new = [w for i in news for w in _words(case.after[i])]
        least += Indel.distance(old, new)
        done_a.update(olds)
        done_b.update(news)
    least += sum(len(_words(t)) for i, t in enumerate(case.before) if i not in done_a)
    return least + sum(len(_words(t)) for i, t in enumerate(case.after) if i not in done_b)


def f1(right: int, said: int, true: int) -> tuple[float, float, float]:
    """Precision, recall and their harmonic mean; nothing said where nothing is true is right."""
    precision = right / said if said else 1.0
    recall = right / true if true else 1.0
    return precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def measured(system: Callable[[list[str], list[str]], Answer], cases: list[Edited]) -> dict[str, float]:
    """The figures of one system over *cases*."""
    counts: Counter[str] = Counter()
    times: list[float] = []
    for case in cases:
        begin = time.perf_counter()
        answer = system(case.before, case.after)
        times.append((time.perf_counter() - begin) * 1000)
        true = {(i, j) for olds, news in case.groups for i in olds for j in news}
        counts.update(pairs=len(true), said=len(answer.pairs), right=len(true & answer.pairs))
        counts.update(moves=len(case.moved), moves_said=len(answer.moved), moves_right=len(case.moved & answer.moved))
        parted = {(o, n) for o, n in case.groups if len(o) > 1 or len(n) > 1}
        told = parted_groups(answer.pairs)
        counts.update(parted=len(parted), parted_said=len(told), parted_right=len(parted & told))
        counts.update(marked=answer.marked, least=least_marked(case))
    move_precision, move_recall, _ = f1(counts["moves_right"], counts["moves_said"], counts["moves"])
    return {
        "paragraph_f1": round(f1(counts["right"], counts["said"], counts["pairs"])[2], 4),
        "move_precision": round(move_precision, 4),
        "move_recall": round(move_recall, 4),
        "cut_or_joined_f1": round(f1(counts["parted_right"], counts["parted_said"], counts["parted"])[2], 4),
        "marked_of_least": round(counts["marked"] / counts["least"], 3) if counts["least"] else 1.0,
        "median_ms": round(statistics.median(times), 2),
    }


def parted_groups(pairs: Pairs) -> set[tuple[tuple[int, ...], tuple[int, ...]]]:
    """The paragraphs that *pairs* say were cut or joined: all that hang together, where they are more than one each."""
    groups: list[tuple[set[int], set[int]]] = []
    for i, j in sorted(pairs):
        mine = ({i}, {j})
        apart = []
        for group in groups:
            if i in group[0] or j in group[1]:
                mine[0].update(group[0])
                mine[1].update(group[1])
            else:
                apart.append(group)
        groups = [*apart, mine]
    return {(tuple(sorted(o)), tuple(sorted(n))) for o, n in groups if len(o) > 1 or len(n) > 1}


def a_thousand_words(seed: int) -> list[str]:
    """A text of a thousand words."""
    rng = random.Random(seed)
    found: list[str] = []
    while sum(len(_words(t)) for t in found) < 1000:
        found.append(a_paragraph(rng))
    return found


def large(paragraphs: int) -> dict[str, float]:
    """Processor seconds for a document of so many paragraphs: a tenth of it edited, half of it, and wholly different;
    and the most memory held in MB, the texts of all three included."""
    found: dict[str, float] = {"paragraphs": paragraphs}
    rng = random.Random(0)
    tenth = a_text(rng, paragraphs)
    after = [
        t.replace("discussed", "debated").replace("noted", "observed") if i % 10 == 0 else t
        for i, t in enumerate(tenth)
    ]
    other = [" ".join(f"{word}x" for word in t.split(" ")) for t in tenth]
    # In chapters: to edit one long text takes longer than to compare it.
    chapters = [edited(seed, min(paragraphs, 1000), STRENGTHS[3]) for seed in range(max(1, paragraphs // 1000))]
    case = [t for c in chapters for t in c.before], [t for c in chapters for t in c.after]
    for name, (old, new) in {
        "tenth_edited_s": (tenth, after),
        "half_edited_s": case,
        "wholly_different_s": (tenth, other),
    }.items():
        begin = time.process_time()
        redline_texts(old, new)
        found[name] = round(time.process_time() - begin, 2)
    found["most_memory_mb"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    return found


def main() -> None:
    """Measure what the command line asks for, and print the figures."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--pairs", type=int, default=40, help="pairs of texts a strength")
    options.add_argument("--paragraphs", type=int, default=25, help="paragraphs of a text")
    options.add_argument("--large", type=int, default=0, help="time one document of so many paragraphs, and no more")
    options.add_argument("--json", action="store_true")
    given = options.parse_args()
    if given.large:
        print(json.dumps(large(given.large)))
        return
    redline_texts(["warm"], ["up 2004"])
    if find_spec("redlines") is None:
        print("redlines is left out; pip install redlines brings it", file=sys.stderr)
        del SYSTEMS["redlines"]
    results = {
        strength: {
            name: measured(system, [edited(seed, given.paragraphs, how) for seed in range(given.pairs)])
            for name, system in SYSTEMS.items()
        }
        for strength, how in STRENGTHS.items()
    }
    times = []
    for seed in range(20):
        old, new = a_thousand_words(seed), a_thousand_words(seed + 1)
        half = [*old[: len(old) // 2], *new[len(new) // 2 :]]
        begin = time.process_time()
        redline_texts(old, half)
        times.append((time.process_time() - begin) * 1000)
    thousand = {"median_ms": round(statistics.median(times), 2), "worst_ms": round(max(times), 2)}
    if given.json:
        print(json.dumps({"strengths": results, "thousand_words": thousand}))
        return
    for strength, systems in results.items():
        print(f"strength {strength}")
        for name, figures in systems.items():
            print(f"  {name:18}" + "  ".join(f"{key} {value}" for key, value in figures.items()))
    print(
        f"1,000 words: {thousand['median_ms']} ms of the processor a pair (median of 20), {thousand['worst_ms']} ms at worst"
    )


if __name__ == "__main__":
    main()
