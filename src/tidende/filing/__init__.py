"""Filing: one article into a store, the stories it touches made anew, and what is asked of them."""
