"""What is watched, one kind of alarm a file: found by walking."""
