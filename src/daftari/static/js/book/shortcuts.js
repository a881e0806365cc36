// Shortcuts of the installed app: fixed addresses that lead into a shop.
// Twin of src/daftari/identity/rules/shortcuts.py.

export const SHORTCUTS = {
  '/open/new-entry': 'entries/new',
  '/open/due': 'due',
  '/open/new-customer': 'customers/new'
}
