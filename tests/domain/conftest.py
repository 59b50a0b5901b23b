"""How hard the properties are tried here."""

from hypothesis import settings

# The same examples on every machine: a red build is a bug, never a bad day.
settings.register_profile("domain", deadline=None, derandomize=True, max_examples=60)
settings.load_profile("domain")
