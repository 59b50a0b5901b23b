"""Tests of the rules of the neighbourhood: pure, fast, mostly tables."""
