"""The graph: the model of entities and claims, the store that keeps them, and what is asked of it.

Knows the ontology and the database; knows no language and no HTTP.
"""
