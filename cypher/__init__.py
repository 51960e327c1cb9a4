"""Every Cypher statement of the product, one per file, named for what it does or answers.

`schema/` is applied at start, `ingest/` writes, `lookup/`, `explorer/` and `interop/` read.
"""
