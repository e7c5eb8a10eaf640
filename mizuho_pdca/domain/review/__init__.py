"""The review of a year and what stands beside it: council, trend, standing."""
