"""Turn native treebanks into Universal Dependencies by rule."""
