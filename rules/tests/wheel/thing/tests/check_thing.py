"""What goes into the wheel of tests."""
