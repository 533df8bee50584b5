"""The movements that can be asked for, one file each."""
