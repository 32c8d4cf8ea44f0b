"""What is counted: by each process in a file of its own, and summed for whoever asks."""
