"""The register of cars: one car, one file; transfers, quota and the vehicle reform."""
