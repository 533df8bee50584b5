"""Commands: thin edges over the package."""
