"""Make the model in `tidende.parse.model` from treebanks and named-entity corpora; never imported by the package."""
