"""An account in other people's frameworks: `mount(app, account)` of the module named like yours."""
