"""租赁社会车辆: vehicles hired from outside for activities of units; counted apart from the dispatches of own cars."""
