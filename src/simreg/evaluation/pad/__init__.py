"""How good presentation attack detection is: error rates by species, and what each check catches and costs."""
