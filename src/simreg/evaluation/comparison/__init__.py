"""How well two faces are told apart: scores, error rates and thresholds on anybody's pictures."""
