"""The inspector's desk: what the log tells, counted, sampled and held against the network's own list of lines."""
