"""``python -m foedus``: the command line."""

from foedus.cli import main

if __name__ == "__main__":
    main()
