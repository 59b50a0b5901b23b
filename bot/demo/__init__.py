"""A written day in a real neighbourhood, played through the whole bot."""
