"""Loaders: from files to articles, and from articles to entities and claims.

Knows language; knows no database.
"""
