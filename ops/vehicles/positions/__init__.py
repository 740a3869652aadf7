"""派车设置: what the dispatch board weighs and when it reminds; dated, with the source of each value."""
