"""What keys to the service are good for."""

from __future__ import annotations

from enum import StrEnum


class Scope(StrEnum):
    """What a key is good for; none includes another."""

    READ = "read"
    """Ask the graph, Cypher and exports included."""
    LOAD = "load"
    """Send in articles and loads, and follow those."""
    ADMIN = "admin"
    """Delete articles."""
