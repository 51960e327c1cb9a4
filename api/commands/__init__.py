"""The commands, one file per group. Each imports what it needs only when it runs."""
