"""The checks on a capture, one file each."""
