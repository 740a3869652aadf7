"""车辆投诉: what people complain of about an official car, what was found out about it, and what they were told."""
