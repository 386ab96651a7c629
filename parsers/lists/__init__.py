"""Lists of states, wherever a page puts them: in a sentence, in bullets, in tables, a name a line; and whose they are."""
