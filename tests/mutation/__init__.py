"""Mutation testing of one room: does a test notice when a line is wrong? ``make mutants ROOM=fetchers``."""
