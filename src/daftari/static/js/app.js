// What every page gets. Each module has one concern and finds its own places in the page.
import './share.js'
import './undo.js'
