"""Opinions about what people write."""
