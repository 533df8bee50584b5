"""Keys, sealed data, and the keyed hash of identity numbers."""
