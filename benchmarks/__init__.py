"""Measurements of mercato beside what one would compare it with; `make bench` runs them all."""
