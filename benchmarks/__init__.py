"""Figures against goals: `python -m benchmarks`."""
