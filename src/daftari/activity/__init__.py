"""The audit log and the alerts of a shop, written in the transaction of the action itself."""
