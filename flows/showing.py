"""A comparison in a terminal: facts in sentences, then the redline in colour, wrapped to the width."""

from __future__ import annotations

from diffs.facts import say_wording
from diffs.render import in_marks, noted, origin, unchanged
from diffs.script import Op
from diffs.sentence import say
from flows.cli.output import safe
from reports.comparison import Comparison

_STYLES = {Op.DELETE: "red strike", Op.INSERT: "green"}


def show_comparison(found: Comparison) -> None:
    """Print what changed; marks as well as colours, so that nothing hangs on colour alone."""
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False)
    console.print(Text(safe(found.heading), style="bold"))
    if found.caution:
        console.print(Text(safe(found.caution), style="italic"))
    for change in found.facts:
        console.print(Text(f"  {change.severity.value:<8} {safe(say(change))}"))
    for fact in found.wording:
        console.print(Text(f"  {'wording':<8} {safe(say_wording(fact))}"))
    console.print()
    folded = 0
    for edit in found.script.edits:
        if not edit.shows:
            folded += 1
            continue
        line = Text(noted(origin(edit)), style="italic")
        for words in edit.words:
            line.append(in_marks(words, found.script), style=_STYLES.get(words.op))
        console.print(line)
        console.print()
    console.print(Text(unchanged(folded), style="dim"))
