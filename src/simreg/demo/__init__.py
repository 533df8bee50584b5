"""A subject made by code, for someone with no files at hand."""
