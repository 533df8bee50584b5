"""One self-contained page about one verification."""
