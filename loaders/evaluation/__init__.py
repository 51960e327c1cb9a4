"""Scores: what was read in articles against what is annotated in them, without any graph.

`docs/evaluation.md` says what is counted and how. One module for each public set.
"""
