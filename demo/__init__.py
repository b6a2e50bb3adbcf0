"""A small invented press, served on loopback."""
