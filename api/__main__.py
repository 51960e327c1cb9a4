"""``python -m api`` is the command `mercato`."""

from api.cli import main

main()
