"""A small language model and a server for it, on this machine."""
