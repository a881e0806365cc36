"""Long work in the background: tasks with progress, whose file is kept sealed for a day."""
