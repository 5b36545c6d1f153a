"""`python -m wire` is `wire`."""

from wire.cli import main

main()
