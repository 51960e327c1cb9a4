"""Reading: an article's text into entities and claims.

Generic code only; what is particular to a language is data in `loaders/languages/<code>/`.
"""
