"""A comparison in a terminal: facts in sentences, then the redline in colour, wrapped to the width."""

from __future__ import annotations

from diffs.meaning import say_wording
from diffs.render import origin
from diffs.script import Op
from diffs.sentence import say
from flows.cli.output import safe
from reports.comparison import Comparison


def show_comparison(found: Comparison) -> None:
    """Print what changed; marks as well as colours, so that nothing hangs on colour alone."""
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False)
    console.print(Text(found.heading, style="bold"))
    for change in found.changes:
        console.print(Text(f"  {change.severity.value:<8} {safe(say(change))}"))
    for fact in found.wording:
        console.print(Text(f"  {'wording':<8} {safe(say_wording(fact))}"))
    console.print()
    unchanged = 0
    for edit in found.script.edits:
        if not edit.shows:
            unchanged += 1
            continue
        line = Text(f"({told}) " if (told := origin(edit)) else "", style="italic")
        for words in edit.words:
            text = safe(words.text)
            if words.op is Op.DELETE:
                line.append(f"[-{text}-]", style="red strike")
            elif words.op is Op.INSERT:
                line.append(f"{{+{text}+}}", style="green")
            else:
                line.append(text)
        console.print(line)
        console.print()
    console.print(Text(f"{unchanged} paragraphs unchanged", style="dim"))
