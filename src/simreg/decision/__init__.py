"""What follows: facts in, outcome and reasons out."""
