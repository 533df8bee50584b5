"""The life of a case: what may happen to it, when, and what follows. Pure: times come in as arguments."""
