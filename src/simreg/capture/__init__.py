"""Files, recordings and cameras to frames, with limits on size, time and count."""
