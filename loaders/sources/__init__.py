"""Sources: where articles come from.

Each module yields articles as a stream.
"""
