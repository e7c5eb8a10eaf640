"""Files of a workspace and the git program: the only place that touches the disk."""
