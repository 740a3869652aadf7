"""The checks of the product; one folder per package, and the harness they share."""
