"""The service: HTTP API, command line and settings.

Thin: every answer comes from `loaders` and `graph`.
"""
