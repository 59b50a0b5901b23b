"""How hard the properties are tried here."""

from hypothesis import settings

# The same examples on every machine: a red build is a bug, never a bad day.
settings.register_profile("telegram", deadline=None, derandomize=True, max_examples=150)
settings.load_profile("telegram")
