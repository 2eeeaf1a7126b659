"""What several rules need: the parts of a plan that they go through, and how names and texts are compared."""
