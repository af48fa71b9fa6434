"""An old project."""
