"""The self-evaluation (绩效自评): scores by dated rules, the official form, and what people decide in it."""
