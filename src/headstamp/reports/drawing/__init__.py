"""How does it look? Geometry of timelines and maps: shapes as data, no text made by hand."""
