"""合并乘车: two requests to one destination travel in one car, with one driver, as one dispatch."""
