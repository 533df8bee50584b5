"""What is seen in a frame: detector, mesh, pose, eyes, recogniser, and the observer that follows a face."""
