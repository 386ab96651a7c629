"""`python -P -m flows.cli`: the command where no script of it is on the path."""

from flows.cli.main import main

if __name__ == "__main__":
    main()
