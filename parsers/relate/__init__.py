"""Relations between what a clause names, by rules that are data."""
