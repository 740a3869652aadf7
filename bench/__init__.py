"""How fast it is: ratios against limits measured in the same run, never bare times (`make bench`)."""
