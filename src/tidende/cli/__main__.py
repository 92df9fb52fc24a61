"""`python -m tidende.cli` is `tidende`."""

from tidende.cli import main

main()
