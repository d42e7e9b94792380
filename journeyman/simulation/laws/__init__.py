"""Laws: how the target depends on the features. The folder is the registry."""
