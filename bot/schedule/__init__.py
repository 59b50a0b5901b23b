"""What is due when: expiry, consent that never came, retention."""
