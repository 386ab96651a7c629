"""The version of the reading rules, kept with every record: another one may read the same page otherwise."""

PARSER = "plenarywatch-parser 6"
