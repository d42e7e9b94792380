"""Deployment: which run serves, how a challenger comes to, and how to go back."""
