"""What is said of many towns."""
