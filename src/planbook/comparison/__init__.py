"""Two versions of a plan → what has changed between them, told in lines or as a 新旧対照表."""
