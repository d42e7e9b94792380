"""What checks are made with: the target on a sample, what columns say of it alone and together, what it costs."""
