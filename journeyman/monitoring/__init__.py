"""Monitoring: new rows against a deployed model, one test that goes on, and alarms with a price."""
