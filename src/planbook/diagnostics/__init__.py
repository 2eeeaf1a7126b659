"""What is said of a plan file: its data with the place of every key and value, and findings at these places."""
