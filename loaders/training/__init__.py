"""Training: makes the small models that reading uses, from the data in `loaders/languages`.

Nothing here runs when articles are read.
"""
