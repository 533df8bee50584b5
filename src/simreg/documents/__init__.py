"""The document side: where the portrait is."""
