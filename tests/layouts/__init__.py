"""One text in every layout and format."""
