"""Two versions of a plan → what has changed between them, in lines or as a 新旧対照表."""
