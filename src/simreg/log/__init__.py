"""The tamper-evident log: its tree, its leaves, checkpoints, receipts, and what a witness checks."""
