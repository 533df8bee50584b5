"""Says how good simreg is, on anybody's data: error rates, thresholds, attacks."""
