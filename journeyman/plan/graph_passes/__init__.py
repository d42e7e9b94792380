"""Ways to make a finished graph smaller, one a file; `journeyman.plan.smaller_graph` walks them."""
