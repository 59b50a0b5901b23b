"""What the core needs from the outside: small Protocols, implemented further up."""
