"""Every incoming update passes here once: seen, read, known, consented, permitted, handled."""
